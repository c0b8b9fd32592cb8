import { type ChangedFile, keepImages } from "../journal/images.ts";
import type { Blobs, FileChange, Written } from "../world.ts";

/** The changes as they came about: an editor may have formatted files when it saved them. The same list when it has not. */
export function asSaved(
  changes: readonly FileChange[],
  { formatted }: Extract<Written, { kind: "written" }>,
): readonly FileChange[] {
  if (formatted.length === 0) return changes;
  const texts = new Map(formatted.map((it) => [it.path, it.text]));
  return changes.map((it) => ({ ...it, after: texts.get(it.path) ?? it.after }));
}

/** The images of what was written; `planned`, those of what was to be, where it is the same or cannot be kept now. */
export async function imagesAsSaved(
  changes: readonly FileChange[],
  outcome: Extract<Written, { kind: "written" }>,
  planned: readonly ChangedFile[],
  blobs: Blobs,
): Promise<readonly ChangedFile[]> {
  const saved = asSaved(changes, outcome);
  // The files are written whatever comes now, and the log has to say so.
  return saved === changes ? planned : keepImages(saved, blobs).catch(() => planned);
}
