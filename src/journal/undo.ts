import { BINARY, binaryText } from "../text/encoding.ts";
import { takeBack } from "../text/take-back.ts";
import type { Blobs, FileChange, Files } from "../world.ts";
import { type ChangedFile, ledAway, placeOf, textOf } from "./images.ts";

/** How to take changes back: what to write, and files that are left as they are. */
export interface UndoPlan {
  readonly changes: readonly FileChange[];
  /** Files in which later changes stand in the way. */
  readonly conflicts: readonly string[];
  /** Files that are no longer where they were changed, and where their path leads now. */
  readonly moved: readonly { readonly path: string; readonly now: string }[];
}

/** A file with its changes, the oldest first. */
export interface Undoable {
  readonly path: string;
  readonly encoding: string;
  readonly bom: boolean;
  readonly steps: readonly ChangedFile[];
}

/** Takes back what was changed and nothing else: what somebody changed elsewhere in a file, before or since, stays. */
export async function undoPlan(
  changed: readonly Undoable[],
  files: Files,
  blobs: Blobs,
  signal: AbortSignal,
): Promise<UndoPlan> {
  const changes: FileChange[] = [];
  const conflicts: string[] = [];
  const moved: { path: string; now: string }[] = [];
  for (const { path, encoding, bom, steps } of changed) {
    const away = await ledAwayOf(steps, files);
    if (away !== undefined) {
      moved.push({ path, now: away });
      continue;
    }
    const now = await textAs(encoding, path, files, signal);
    const back = now === UNREADABLE ? undefined : await withoutSteps(now, steps, blobs);
    if (!back) conflicts.push(path);
    else if (back.text !== now) {
      const target = steps[0] && placeOf(steps[0]);
      const form = { encoding, bom };
      const mode = now === undefined ? steps.at(-1)?.mode : undefined;
      const more = { ...(target !== undefined && { target }), ...(mode !== undefined && { mode }) };
      changes.push({ path, before: now, after: back.text, form, ...more });
    }
  }
  return { changes, conflicts, moved };
}

async function ledAwayOf(steps: readonly ChangedFile[], files: Files): Promise<string | undefined> {
  for (const step of steps) {
    const away = await ledAway(step, files);
    if (away !== undefined) return away;
  }
  return undefined;
}

/** The newest change first, each out of what is left; `undefined` when one cannot be told from what is there. */
async function withoutSteps(
  now: string | undefined,
  steps: readonly ChangedFile[],
  blobs: Blobs,
): Promise<{ text: string | undefined } | undefined> {
  let text = now;
  for (const step of steps.toReversed()) {
    const [before, after] = [await textOf(step.before, blobs), await textOf(step.after, blobs)];
    if (text === after) text = before;
    else if (text !== before) {
      // A file that was made, removed or is gone now has no lines to compare.
      if (text === undefined || before === undefined || after === undefined) return undefined;
      const back = takeBack(text, before, after);
      if (back === undefined) return undefined;
      text = back;
    }
  }
  return { text };
}

const UNREADABLE = "\0unreadable";

/** The present text of a file that is read in that encoding; what is no text is one to "binary". As `textNow` in all else. */
export async function textAs(
  encoding: string,
  path: string,
  files: Files,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (encoding !== BINARY.encoding) return textNow(path, files, signal);
  const bytes = await files.bytes(path, signal);
  return bytes && binaryText(bytes);
}

/** The present text; `undefined`: no file; a text no file has when it is none. */
export async function textNow(path: string, files: Files, signal: AbortSignal): Promise<string | undefined> {
  const found = await files.read(path, signal);
  if (found.kind === "absent") return undefined;
  return found.kind === "text" ? found.text : UNREADABLE;
}
