import { ask } from "./ask.ts";
import { configure } from "./configure.ts";
import { messagesOf } from "./conversation.ts";
import type { Command } from "./events.ts";
import type { Memory } from "./memory.ts";
import { changeQueue } from "./queue.ts";
import type { Replies } from "./replies.ts";
import { rewind, takeBackRewind } from "./rewind.ts";
import { refused, type Sent, TAKEN } from "./sent.ts";
import { keepFiles, reviewPlace, undoFiles } from "./undo.ts";
import type { Live } from "./wiring.ts";
import type { Work } from "./work.ts";

/** Does what a command says; resolves when that is in the log. Rejects when it cannot be recorded. */
export async function obey(live: Live, work: Work, replies: Replies, command: Command): Promise<Sent> {
  if (work.isClosed()) return refused("This session is closed here.");
  while (work.rewinding()) await work.rewinding();
  switch (command.type) {
    case "ask":
      return ask(live, work, command);
    case "requeue":
    case "unqueue":
      return changeQueue(live, command);
    case "stop":
      await work.stop();
      return TAKEN;
    case "retry":
      return retry(live, work);
    case "reply":
      return reply(replies, command);
    case "configure":
      return configure(live, command);
    case "title":
      await live.record(
        { type: "titled", title: command.title.trim() || "Untitled", by: "person" },
        "durable",
      );
      return TAKEN;
    case "keep":
      return keepFiles(live, command.paths);
    case "undo":
      return undoFiles(live, command.paths);
    case "review":
      return reviewPlace(live, command);
    case "rewind":
      return work.alone(() => rewind(live, command));
    case "takeBackRewind":
      return work.alone(() => takeBackRewind(live, command));
  }
}

async function retry(live: Live, work: Work): Promise<Sent> {
  if (work.turn()) return refused("It is working already.");
  return mayRetry(live.memory())
    ? work.begin(async () => undefined)
    : refused("There is nothing to try again.");
}

/** Whether the model still owes an answer, or its last one was cut short. */
function mayRetry({ state, conversation, turn }: Memory): boolean {
  const last = messagesOf(conversation).at(-1);
  if (turn !== undefined || last === undefined) return turn !== undefined;
  const { lastRest } = state;
  return (
    last.role !== "assistant" || (lastRest !== undefined && lastRest !== "done" && lastRest !== "refused")
  );
}

function reply(
  replies: Replies,
  { question, reply: said, edited = [] }: Extract<Command, { type: "reply" }>,
): Sent {
  const isOpen = replies.give(question, { reply: said, edited });
  return isOpen ? TAKEN : refused("This question is no longer open.");
}
