import { titleOf } from "./content.ts";
import { tell } from "./deliver.ts";
import type { Attachment, Command, Delivery, Reply, SessionEvent } from "./events.ts";
import { learn, type Memory, NO_MEMORY } from "./memory.ts";
import { mentionedFiles } from "./mentions.ts";
import { modeNote } from "./prompt.ts";
import { recorder } from "./recorder.ts";
import { recoverSession, settleOpen } from "./recover.ts";
import type { SessionState } from "./session.ts";
import { runTurn } from "./turn.ts";
import { keepFiles, undoFiles } from "./undo.ts";
import type { Live, Wiring } from "./wiring.ts";

/** What became of a command: taken, or refused with a sentence for the person. */
export type Sent = { readonly kind: "taken" } | { readonly kind: "refused"; readonly reason: string };

/** A session at work. Many live side by side and know nothing of each other. */
export interface Session {
  readonly state: () => SessionState;
  readonly memory: () => Memory;
  /** Resolves when the command is in the log (a turn it starts goes on by itself). Never rejects. */
  readonly send: (command: Command) => Promise<Sent>;
  /** Resolves when no turn runs. */
  readonly rested: () => Promise<void>;
  /** Stops what runs, records it and closes the log. */
  readonly close: () => Promise<void>;
}

const TAKEN: Sent = { kind: "taken" };

/** Takes up a session from its events: what a crash left open is settled first, then commands are taken. */
export async function takeUp(wiring: Wiring, events: readonly SessionEvent[]): Promise<Session> {
  let memory = events.reduce(learn, NO_MEMORY);
  const replies = new Map<string, (reply: Reply) => void>();
  const take = (event: SessionEvent) => {
    memory = learn(memory, event);
    wiring.emit(event);
  };
  const live: Live = {
    ...wiring,
    memory: () => memory,
    record: recorder(wiring.log, wiring.world.clock, memory.state.n, take),
    replyTo: (question, signal) => waitFor(replies, question, signal),
  };
  await recoverSession(live);
  return sessionOf(live, replies);
}

function waitFor(
  replies: Map<string, (reply: Reply) => void>,
  question: string,
  signal: AbortSignal,
): Promise<Reply> {
  return new Promise<Reply>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    replies.set(question, (reply) => {
      signal.removeEventListener("abort", abort);
      resolve(reply);
    });
  }).finally(() => replies.delete(question));
}

function sessionOf(live: Live, replies: Map<string, (reply: Reply) => void>): Session {
  let stop = new AbortController();
  let turn: Promise<void> | undefined;
  return {
    state: () => live.memory().state,
    memory: live.memory,
    send: (command) =>
      obey(command).catch((error: unknown) => refused(`This could not be recorded: ${messageOf(error)}`)),
    rested: async () => {
      while (turn) await turn;
    },
    async close() {
      stop.abort(new Error("the session was closed"));
      while (turn) await turn;
      await live.log.close();
    },
  };

  async function obey(command: Command): Promise<Sent> {
    switch (command.type) {
      case "ask":
        return ask(command.text, command.attachments, command.delivery ?? "step");
      case "requeue":
      case "unqueue":
        return changeQueue(live, command);
      case "stop":
        stop.abort(new Error("stopped by the person"));
        if (!turn) await settle(live);
        return TAKEN;
      case "retry":
        return turn ? refused("It is working already.") : begin(async () => undefined);
      case "reply":
        return reply(command.question, command.reply);
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
    }
  }

  async function ask(text: string, attachments: readonly Attachment[], delivery: Delivery): Promise<Sent> {
    if (text.trim() === "" && attachments.length === 0) return refused("There is nothing in this message.");
    const id = live.world.clock.id();
    const named = await mentionedFiles(
      text,
      live.memory().state.folder,
      live.world.files,
      new AbortController().signal,
    );
    const message = { id, text, attachments: [...attachments, ...named] };
    if (turn) {
      await live.record({ type: "queued", ...message, delivery }, "durable");
      return TAKEN;
    }
    return begin(async () => {
      if (live.memory().state.title === "")
        await live.record({ type: "titled", title: titleOf(text), by: "first-words" });
      await tell(live, message, false);
    });
  }

  /** Starts a turn; resolves when `first` is recorded. Waiting messages follow, one turn each, unless it was stopped or failed. */
  async function begin(first: () => Promise<void>): Promise<Sent> {
    stop = new AbortController();
    const { signal } = stop;
    const opening = Promise.withResolvers<void>();
    turn = turns(first, opening.resolve, signal)
      .then(opening.resolve, (error: unknown) => opening.reject(error))
      .finally(() => {
        turn = undefined;
      });
    await opening.promise;
    return TAKEN;
  }

  async function turns(first: () => Promise<void>, opened: () => void, signal: AbortSignal): Promise<void> {
    await settle(live);
    await first();
    opened();
    try {
      await runTurn(live, signal);
      for (let next = nextOf(live); next && !signal.aborted; next = nextOf(live)) {
        await tell(live, next, false);
        await runTurn(live, signal);
      }
    } catch (error) {
      live.complain(
        `The session had to stop, for its log could not be written: ${messageOf(error)} Make room and choose Stop, then Retry; nothing recorded is lost.`,
      );
    }
  }

  function reply(question: string, answer: Reply): Sent {
    const resolve = replies.get(question);
    if (!resolve) return refused("This question is no longer open.");
    resolve(answer);
    return TAKEN;
  }
}

/** Closes a turn that died because it could not be recorded. */
async function settle(live: Live): Promise<void> {
  if (live.memory().turn !== undefined) await settleOpen(live);
}

/** The next waiting message, when the last turn ended well. */
function nextOf(live: Live) {
  const { queue, lastRest } = live.memory().state;
  return lastRest === "done" ? queue[0] : undefined;
}

async function changeQueue(
  live: Live,
  command: Extract<Command, { type: "requeue" | "unqueue" }>,
): Promise<Sent> {
  if (!live.memory().state.queue.some((it) => it.id === command.id))
    return refused("This message has been sent already.");
  const { id } = command;
  if (command.type === "unqueue") await live.record({ type: "unqueued", id }, "durable");
  else await live.record({ type: "requeued", id, text: command.text, delivery: command.delivery }, "durable");
  return TAKEN;
}

async function configure(
  live: Live,
  { model, effort, mode }: Extract<Command, { type: "configure" }>,
): Promise<Sent> {
  const { state, isPrimed } = live.memory();
  if (mode === "bypassPermissions" && !live.policy().bypassAllowed) {
    return refused(
      "Mode bypassPermissions is switched off. Set wheelhouse.permissions.allowBypass to use it, only where nothing can be lost.",
    );
  }
  await live.record(
    {
      type: "configured",
      ...(model !== undefined && { model }),
      ...(effort !== undefined && { effort }),
      ...(mode !== undefined && { mode }),
    },
    "durable",
  );
  if (mode !== undefined && mode !== state.mode && isPrimed)
    await live.record({ type: "noted", text: modeNote(mode) });
  return TAKEN;
}

function refused(reason: string): Sent {
  return { kind: "refused", reason };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
