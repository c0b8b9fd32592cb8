import { messageOf } from "../std/error-message.ts";
import { nextWaiting, tellNext } from "./queue.ts";
import { settleOpen } from "./recover.ts";
import { couldNot, refused, type Sent, TAKEN } from "./sent.ts";
import { CLOSING, runTurn } from "./turn.ts";
import type { Live } from "./wiring.ts";

/** What a session is at: one turn after the other, or a rewind, and nothing beside it. */
export interface Work {
  /** The turns that run; `undefined`: none does. Never rejects. */
  readonly turn: () => Promise<void> | undefined;
  /** The rewind that is being made; `undefined`: none is. Never rejects. */
  readonly rewinding: () => Promise<unknown> | undefined;
  /** Whether the last turn was stopped; it may not have ended yet. */
  readonly isStopped: () => boolean;
  readonly isClosed: () => boolean;
  /** Starts a turn; resolves when `first` is recorded. Waiting messages follow, one turn each, unless it was stopped or failed. */
  readonly begin: (first: () => Promise<void>) => Promise<Sent>;
  /** Starts a turn with the next waiting message, if nothing runs and the last turn ended well. */
  readonly goOn: () => void;
  /** Nothing else is begun meanwhile; refused while a turn runs. */
  readonly alone: (deed: () => Promise<Sent>) => Promise<Sent>;
  /** Stops the turn; one that does not run any more and could not record its end is closed. */
  readonly stop: () => Promise<void>;
  /** Ends what there is; nothing is begun any more. */
  readonly close: () => Promise<void>;
}

/** A session at rest. */
export function workOf(live: Live): Work {
  let controller = new AbortController();
  let turn: Promise<void> | undefined;
  let rewinding: Promise<unknown> | undefined;
  let isClosed = false;
  const settle = shared(() => closeBroken(live));
  return {
    turn: () => turn,
    rewinding: () => rewinding,
    isStopped: () => controller.signal.aborted,
    isClosed: () => isClosed,
    begin,
    goOn,
    alone,
    async stop() {
      controller.abort(new Error("stopped by the person"));
      if (!turn) await settle();
    },
    async close() {
      isClosed = true;
      controller.abort(CLOSING);
      while (turn) await turn;
      while (rewinding) await rewinding;
    },
  };

  function begin(first: () => Promise<void>): Promise<Sent> {
    controller = new AbortController();
    const { signal } = controller;
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

  function goOn(): void {
    if (turn || isClosed || !nextWaiting(live)) return;
    begin(() => tellNext(live)).catch((error: unknown) => live.complain(couldNot(error)));
  }

  async function turns(first: () => Promise<void>, opened: () => void, signal: AbortSignal): Promise<void> {
    await settle();
    await first();
    opened();
    await runTurns(live, signal);
  }

  async function alone(deed: () => Promise<Sent>): Promise<Sent> {
    if (turn) return refused("Wheelhouse is at work: stop it first, then rewind.");
    const done = settle().then(deed);
    rewinding = done
      .catch(() => undefined)
      .finally(() => {
        rewinding = undefined;
      });
    return done;
  }
}

/** `work`, of which there is one at a time: who asks while it is done gets the same. */
function shared(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** Closes a turn that could not even record its end. */
async function closeBroken(live: Live): Promise<void> {
  if (live.memory().turn === undefined) return;
  await settleOpen(live, { reason: "failed", text: "The turn broke off, for it could not be recorded." });
}

/** One turn, and one more for each message that waits. */
async function runTurns(live: Live, signal: AbortSignal): Promise<void> {
  try {
    await runTurn(live, signal);
    while (nextWaiting(live) && !signal.aborted) {
      await tellNext(live);
      await runTurn(live, signal);
    }
  } catch (error) {
    await breakOff(live, error);
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
