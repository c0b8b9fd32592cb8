import { messageOf } from "../std/error-message.ts";
import type { FileChange } from "../world.ts";
import { attached } from "./attached.ts";
import { titleOf } from "./content.ts";
import { messagesOf } from "./conversation.ts";
import { tell } from "./deliver.ts";
import type { Attachment, Command, Delivery, SessionEvent } from "./events.ts";
import { unfitAttachment } from "./image.ts";
import { learn, type Memory, memoryOf } from "./memory.ts";
import { type Draft, previewOf } from "./preview.ts";
import { modeNote } from "./prompt.ts";
import { recorder } from "./recorder.ts";
import { recoverSession, settleOpen } from "./recover.ts";
import { previewRewind, rewind, takeBackRewind } from "./rewind.ts";
import type { RewindPreview } from "./screen.ts";
import { refused, type Sent, TAKEN } from "./sent.ts";
import type { SessionState } from "./session.ts";
import { CLOSING, runTurn } from "./turn.ts";
import { keepFiles, reviewPlace, undoFiles } from "./undo.ts";
import type { Given, Live, Wiring } from "./wiring.ts";
import { withGuards } from "./with-guards.ts";

/** A session at work. Many live side by side and know nothing of each other. */
export interface Session {
  readonly state: () => SessionState;
  /** The whole change about which the person is asked for this call. */
  readonly proposal: (call: string) => readonly FileChange[] | undefined;
  /** What an edit the model is still writing would change so far, when it is one that will be asked about. */
  readonly preview: (draft: Draft, signal: AbortSignal) => Promise<readonly FileChange[] | undefined>;
  readonly memory: () => Memory;
  /** Resolves when the command is in the log (a turn it starts goes on by itself). Never rejects. */
  readonly send: (command: Command) => Promise<Sent>;
  /** What a rewind to just before the message with that number would do to files now, or a sentence. */
  readonly previewRewind: (to: number, signal: AbortSignal) => Promise<RewindPreview | string>;
  /** Resolves when no turn runs. */
  readonly rested: () => Promise<void>;
  /** Stops what runs, records it and closes the log. */
  readonly close: () => Promise<void>;
}

/** Takes up a session from its events: what a crash left open is settled first, then commands are taken. */
export async function takeUp(wiring: Wiring, events: readonly SessionEvent[]): Promise<Session> {
  let memory = memoryOf(events);
  const replies = new Map<string, (given: Given) => void>();
  const take = (event: SessionEvent) => {
    memory = learn(memory, event);
    try {
      wiring.emit(event);
    } catch (error) {
      // A screen that fails must not take the session with it.
      wiring.complain(`This event could not be shown: ${messageOf(error)}`);
    }
  };
  const { record, settled } = recorder(wiring.log, wiring.world.clock, memory.state.n, take);
  const replyTo: Live["replyTo"] = (question, signal) => waitFor(replies, question, signal);
  const live = withGuards({ ...wiring, memory: () => memory, record, replyTo, proposals: new Map() }, events);
  await recoverSession(live);
  await withdrawBypass(live);
  return sessionOf(live, replies, settled);
}

function waitFor(
  replies: Map<string, (given: Given) => void>,
  question: string,
  signal: AbortSignal,
): Promise<Given> {
  return new Promise<Given>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    replies.set(question, (given) => {
      replies.delete(question);
      signal.removeEventListener("abort", abort);
      resolve(given);
    });
  }).finally(() => replies.delete(question));
}

function sessionOf(
  live: Live,
  replies: Map<string, (given: Given) => void>,
  settled: () => Promise<void>,
): Session {
  let stop = new AbortController();
  let turn: Promise<void> | undefined;
  let settling: Promise<void> | undefined;
  let rewinding: Promise<unknown> | undefined;
  let isClosed = false;
  return {
    state: () => live.memory().state,
    proposal: (call) => live.proposals.get(call),
    preview: (draft, signal) => previewOf(live, draft, signal),
    memory: live.memory,
    send: (command) => obey(command).catch((error: unknown) => refused(couldNot(error))),
    previewRewind: (to, signal) =>
      previewRewind(live.memory(), to, { files: live.world.files, blobs: live.blobs }, signal),
    rested: async () => {
      while (turn) await turn;
    },
    async close() {
      isClosed = true;
      stop.abort(CLOSING);
      while (turn) await turn;
      while (rewinding) await rewinding;
      await settled();
      await live.log.close();
    },
  };

  async function obey(command: Command): Promise<Sent> {
    if (isClosed) return refused("This session is closed here.");
    while (rewinding) await rewinding;
    switch (command.type) {
      case "ask":
        return ask(command.text, command.attachments, command.delivery ?? "step");
      case "requeue":
      case "unqueue":
        return changeQueue(live, command);
      case "stop":
        stop.abort(new Error("stopped by the person"));
        if (!turn) await settleOnce();
        return TAKEN;
      case "retry":
        return retry();
      case "reply":
        return reply(command.question, { reply: command.reply, edited: command.edited ?? [] });
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
        return alone(() => rewind(live, command));
      case "takeBackRewind":
        return alone(() => takeBackRewind(live, command));
    }
  }

  async function ask(text: string, attachments: readonly Attachment[], delivery: Delivery): Promise<Sent> {
    if (text.trim() === "" && attachments.length === 0) return refused("There is nothing in this message.");
    const id = live.world.clock.id();
    const { signal } = new AbortController();
    const unfit = attachments.map(unfitAttachment).find((it) => it !== undefined);
    if (unfit !== undefined) return refused(unfit);
    const along = await attached(live, text, attachments, signal);
    const message = { id, text, attachments: along.attachments };
    if (along.leftOut.length > 0)
      await live.record({
        type: "warned",
        text: `Not sent along, since reading it must be asked, or an ignore file hides it: ${along.leftOut.join(", ")}.`,
      });
    // A message after Stop begins a turn of its own; what was queued before stays queued.
    while (rewinding || (turn && stop.signal.aborted)) await (rewinding ?? turn);
    if (turn) {
      await live.record({ type: "queued", ...message, delivery }, "durable");
      // The turn may have ended meanwhile, and with it whoever would have looked.
      goOn();
      return TAKEN;
    }
    return begin(async () => {
      if (live.memory().state.title === "")
        await live.record({ type: "titled", title: titleOf(text), by: "first-words" });
      await tell(live, message, false);
    });
  }

  /** Nothing else is begun meanwhile. */
  async function alone(work: () => Promise<Sent>): Promise<Sent> {
    if (turn) return refused("Wheelhouse is at work: stop it first, then rewind.");
    const done = settleOnce().then(work);
    rewinding = done
      .catch(() => undefined)
      .finally(() => {
        rewinding = undefined;
      });
    return done;
  }

  async function retry(): Promise<Sent> {
    if (turn) return refused("It is working already.");
    return mayRetry(live.memory()) ? begin(async () => undefined) : refused("There is nothing to try again.");
  }

  /** Starts a turn; resolves when `first` is recorded. Waiting messages follow, one turn each, unless it was stopped or failed. */
  function begin(first: () => Promise<void>): Promise<Sent> {
    stop = new AbortController();
    const { signal } = stop;
    return new Promise((resolve, reject) => {
      const over = (next: () => void) => {
        turn = undefined;
        next();
      };
      // After a turn that could not begin, the next one could not either.
      turn = turns(first, () => resolve(TAKEN), signal).then(
        () => over(goOn),
        (error: unknown) => over(() => reject(error)),
      );
    });
  }

  /** Starts a turn with the next waiting message, if nothing runs and the last turn ended well. */
  function goOn(): void {
    if (turn || isClosed || !nextOf(live)) return;
    begin(() => tellNext(live)).catch((error: unknown) => live.complain(couldNot(error)));
  }

  async function turns(first: () => Promise<void>, opened: () => void, signal: AbortSignal): Promise<void> {
    await settleOnce();
    await first();
    opened();
    try {
      await runTurn(live, signal);
      while (nextOf(live) && !signal.aborted) {
        await tellNext(live);
        await runTurn(live, signal);
      }
    } catch (error) {
      await breakOff(live, error);
    }
  }

  /** Several may ask for it at one time: the calls left open are answered once. */
  function settleOnce(): Promise<void> {
    settling ??= settle(live).finally(() => {
      settling = undefined;
    });
    return settling;
  }

  function reply(question: string, given: Given): Sent {
    const resolve = replies.get(question);
    if (!resolve) return refused("This question is no longer open.");
    resolve(given);
    return TAKEN;
  }
}

/** Ends a turn that something unforeseen broke off. When not even that can be recorded, the person is told. */
async function breakOff(live: Live, error: unknown): Promise<void> {
  const text = `The turn broke off: ${messageOf(error)} Choose Retry to go on.`;
  try {
    await settleOpen(live, { reason: "failed", text });
  } catch (again) {
    live.complain(
      `The session had to stop, for its log could not be written: ${messageOf(again)} Make room and choose Retry; nothing recorded is lost.`,
    );
  }
}

/** Closes a turn that could not even record its end. */
async function settle(live: Live): Promise<void> {
  if (live.memory().turn === undefined) return;
  await settleOpen(live, { reason: "failed", text: "The turn broke off, for it could not be recorded." });
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

async function tellNext(live: Live): Promise<void> {
  const next = nextOf(live);
  if (next) await tell(live, next, false);
}

/** A session keeps its mode, but not one that the person has switched off since. */
async function withdrawBypass(live: Live): Promise<void> {
  const { state, isPrimed } = live.memory();
  if (state.mode !== "bypassPermissions" || live.policy().bypassAllowed) return;
  await live.record({ type: "configured", mode: "default" });
  if (isPrimed) await live.record({ type: "noted", text: modeNote("default") });
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

function couldNot(error: unknown): string {
  return `This could not be recorded: ${messageOf(error)}`;
}
