import { undoPlan } from "../journal/undo.ts";
import type { Sent } from "./runner.ts";
import type { ChangedPath } from "./session.ts";
import type { Live } from "./wiring.ts";

/** The person keeps changes: nothing is written, they are only no longer open. */
export async function keepFiles(live: Live, paths: readonly string[] | undefined): Promise<Sent> {
  const chosen = chosenOf(live, paths);
  if (chosen.length === 0) return NOTHING;
  await live.record({ type: "kept", paths: chosen.map((it) => it.path) }, "durable");
  return { kind: "taken" };
}

/** Takes changes back, all or none of those that can be; what somebody changed since then is left and named. */
export async function undoFiles(live: Live, paths: readonly string[] | undefined): Promise<Sent> {
  const chosen = chosenOf(live, paths);
  if (chosen.length === 0) return NOTHING;
  const { files, locks } = live.world;
  const { signal } = new AbortController();
  return locks.hold(
    chosen.map((it) => it.path),
    async (): Promise<Sent> => {
      const { changes, conflicts } = await undoPlan(chosen, files, live.blobs, signal);
      const outcome = changes.length === 0 ? undefined : await files.write(changes, signal);
      if (outcome && outcome.kind !== "written") {
        const why = outcome.kind === "stale" ? "it was changed just now" : outcome.reason;
        return { kind: "refused", reason: `Nothing was undone: ${outcome.path}: ${why}.` };
      }
      const undone = chosen.filter((it) => !conflicts.includes(it.path));
      if (undone.length > 0) {
        await live.record({ type: "undone", files: undone }, "durable");
        await live.record({
          type: "noted",
          text: `The person took back your changes to: ${undone.map((it) => it.path).join(", ")}. Read these files again before you edit them.`,
        });
      }
      if (conflicts.length === 0) return { kind: "taken" };
      return {
        kind: "refused",
        reason: `Not undone, because they were changed since in the same places: ${conflicts.join(", ")}. Open Review to see both.`,
      };
    },
  );
}

const NOTHING: Sent = { kind: "refused", reason: "There are no changes to decide on." };

function chosenOf(live: Live, paths: readonly string[] | undefined): readonly ChangedPath[] {
  const { changed } = live.memory().state;
  return paths ? changed.filter((it) => paths.includes(it.path)) : changed;
}
