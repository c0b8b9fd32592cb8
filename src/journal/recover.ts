import type { Blobs, FileChange, Files } from "../world.ts";
import { type ChangedFile, ledAway, placeOf, textOf } from "./images.ts";
import { textAs } from "./undo.ts";

/**
 * What became of a change that was begun and never reported:
 * "untouched": no file was changed; "whole": all were; "half": some were, and `changes` puts them back;
 * "foreign": a file is neither what it was nor what it was to be, so nobody but the person may decide.
 */
export type Aftermath =
  | { readonly kind: "untouched" | "whole" }
  | { readonly kind: "half"; readonly changes: readonly FileChange[] }
  | { readonly kind: "foreign"; readonly paths: readonly string[]; readonly changes: readonly FileChange[] };

/** Judges a begun change by what the files hold now. A half-made change is to be put back: its turn did not end. */
export async function aftermathOf(
  begun: readonly ChangedFile[],
  files: Files,
  blobs: Blobs,
  signal: AbortSignal,
): Promise<Aftermath> {
  const back: FileChange[] = [];
  const foreign: string[] = [];
  let untouched = 0;
  for (const file of begun) {
    const [now, before, after] = [
      await textAs(file.encoding, file.path, files, signal),
      await textOf(file.before, blobs),
      await textOf(file.after, blobs),
    ];
    if (await ledAway(file, files)) foreign.push(file.path);
    else if (now === before) untouched++;
    else if (now === after)
      back.push({
        path: file.path,
        before: now,
        after: before,
        form: { encoding: file.encoding, bom: file.bom },
        target: placeOf(file),
        ...(file.mode !== undefined && { mode: file.mode }),
      });
    else foreign.push(file.path);
  }
  if (foreign.length > 0) return { kind: "foreign", paths: foreign, changes: back };
  if (back.length === 0) return { kind: "untouched" };
  return untouched === 0 ? { kind: "whole" } : { kind: "half", changes: back };
}
