import { patchOf } from "../text/diff.ts";
import type { FileChange } from "../world.ts";
import type { FileDiff } from "./display.ts";

/** What a screen shows of changes to files. */
export function diffsOf(
  changes: readonly Pick<FileChange, "path" | "before" | "after">[],
): readonly FileDiff[] {
  return changes.map(({ path, before, after }) => ({
    path,
    change: before === undefined ? "added" : after === undefined ? "removed" : "changed",
    ...patchOf(before, after),
  }));
}
