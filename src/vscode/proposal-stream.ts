import type { SessionEvent } from "../agent/events.ts";
import type { Draft } from "../agent/preview.ts";
import type { Session } from "../agent/runner.ts";
import { never } from "../std/abort.ts";
import type { Proposals } from "./proposals.ts";

/** How often a change that is being written is shown anew, in milliseconds. */
const EVERY_MS = 150;

/** Follows what the models of sessions write and shows their edits while they grow. */
export interface ProposalStream {
  readonly hear: (event: SessionEvent, session: Session | undefined) => void;
}

/** What one session's model is writing, by call, and the calls that are shown. */
interface Writing {
  readonly drafts: Map<string, Draft>;
  readonly due: Set<string>;
  readonly shown: Set<string>;
}

/** A stream into `proposed`; `isWanted`: whether proposals are opened at all. */
export function proposalStream(
  proposed: Proposals,
  isWanted: () => boolean,
  report: (error: unknown) => void,
): ProposalStream {
  const sessions = new Map<string, Writing>();
  let last = Promise.resolve();
  const then = (work: () => Promise<void>) => {
    last = last.then(work).catch(report);
  };
  return {
    hear(event, session) {
      if (!session) return;
      const { id } = session.state();
      const writing = sessions.get(id) ?? { drafts: new Map(), due: new Set(), shown: new Set() };
      if (event.type === "streamed" && event.kind === "call" && isWanted()) {
        sessions.set(id, writing);
        const call = grown(event, writing);
        if (call !== undefined)
          setTimeout(() => then(() => draw(call, writing, session, proposed)), EVERY_MS);
      } else if (event.type === "said") writing.drafts.clear();
      else if (event.type === "answered") close(writing, [event.call]);
      else if (event.type === "broke" || event.type === "rested") {
        close(writing, [...writing.shown]);
        sessions.delete(id);
      }
    },
  };

  function close({ drafts, shown }: Writing, calls: readonly string[]): void {
    for (const call of calls) drafts.delete(call);
    const mine = calls.filter((it) => shown.delete(it));
    if (mine.length > 0) then(() => proposed.closeStreams(mine));
  }
}

/** Takes in more of a call; answers its id when it is to be drawn anew. */
function grown(
  { id: call, name: tool, text }: Extract<SessionEvent, { type: "streamed" }>,
  { drafts, due }: Writing,
): string | undefined {
  if (call === undefined || tool === undefined) return undefined;
  drafts.set(call, { call, tool, raw: (drafts.get(call)?.raw ?? "") + text });
  if (due.has(call)) return undefined;
  due.add(call);
  return call;
}

async function draw(
  call: string,
  { drafts, due, shown }: Writing,
  session: Session,
  proposed: Proposals,
): Promise<void> {
  due.delete(call);
  const draft = drafts.get(call);
  const changes = draft && (await session.preview(draft, never()));
  // Meanwhile it may have ended, and then the whole change is shown or nothing.
  if (!changes || !drafts.has(call)) return;
  shown.add(call);
  await proposed.stream(call, changes);
}
