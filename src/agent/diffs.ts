import { patchOf } from "../text/diff.ts";
import type { FileChange } from "../world.ts";
import type { FileDiff } from "./display.ts";

/** What a screen shows of changes to files, their texts as `told` tells them. */
export function diffsOf(
  changes: readonly Pick<FileChange, "path" | "before" | "after">[],
  told: (text: string) => string,
): readonly FileDiff[] {
  return changes.map(({ path, before, after }) => ({
    path,
    change: before === undefined ? "added" : after === undefined ? "removed" : "changed",
    ...patchOf(before, after, told),
  }));
}
