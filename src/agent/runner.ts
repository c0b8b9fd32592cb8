import { messageOf } from "../std/error-message.ts";
import type { FileChange } from "../world.ts";
import { withdrawBypass } from "./configure.ts";
import type { Command, SessionEvent } from "./events.ts";
import { learn, type Memory, memoryOf } from "./memory.ts";
import { obey } from "./obey.ts";
import { type Draft, previewOf } from "./preview.ts";
import { recorder } from "./recorder.ts";
import { recoverSession } from "./recover.ts";
import { openReplies, type Replies } from "./replies.ts";
import { previewRewind } from "./rewind.ts";
import type { RewindPreview } from "./screen.ts";
import { couldNot, refused, type Sent } from "./sent.ts";
import type { SessionState } from "./session.ts";
import type { Live, Wiring } from "./wiring.ts";
import { withGuards } from "./with-guards.ts";
import { workOf } from "./work.ts";

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
  const replies = openReplies();
  const { replyTo } = replies;
  const live = withGuards({ ...wiring, memory: () => memory, record, replyTo, proposals: new Map() }, events);
  await recoverSession(live);
  await withdrawBypass(live);
  return sessionOf(live, replies, settled);
}

function sessionOf(live: Live, replies: Replies, settled: () => Promise<void>): Session {
  const work = workOf(live);
  return {
    state: () => live.memory().state,
    proposal: (call) => live.proposals.get(call),
    preview: (draft, signal) => previewOf(live, draft, signal),
    memory: live.memory,
    send: (command) => obey(live, work, replies, command).catch((error: unknown) => refused(couldNot(error))),
    previewRewind: (to, signal) =>
      previewRewind(live.memory(), to, { files: live.world.files, blobs: live.blobs }, signal),
    rested: async () => {
      while (work.turn()) await work.turn();
    },
    async close() {
      await work.close();
      await settled();
      await live.log.close();
    },
  };
}
