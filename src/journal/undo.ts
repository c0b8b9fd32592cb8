import { applyPatch, structuredPatch } from "diff";
import type { Blobs, FileChange, Files } from "../world.ts";
import { type ChangedFile, textOf } from "./images.ts";

/** How to take changes back: what to write, and files in which later changes stand in the way. */
export interface UndoPlan {
  readonly changes: readonly FileChange[];
  readonly conflicts: readonly string[];
}

/** Takes back what was changed and nothing else: what somebody changed elsewhere in a file since then stays. */
export async function undoPlan(
  changed: readonly ChangedFile[],
  files: Files,
  blobs: Blobs,
  signal: AbortSignal,
): Promise<UndoPlan> {
  const changes: FileChange[] = [];
  const conflicts: string[] = [];
  for (const file of changed) {
    const [now, before, after] = [
      await textNow(file.path, files, signal),
      await textOf(file.before, blobs),
      await textOf(file.after, blobs),
    ];
    if (now === before) continue;
    const back = now === after ? { text: before } : merged(now, before, after);
    if (!back || now === UNREADABLE) conflicts.push(file.path);
    else
      changes.push({
        path: file.path,
        before: now,
        after: back.text,
        form: { encoding: file.encoding, bom: file.bom },
      });
  }
  return { changes, conflicts };
}

const UNREADABLE = "\0unreadable";

/** The present text; `undefined`: no file; a text no file has when it is none. */
export async function textNow(path: string, files: Files, signal: AbortSignal): Promise<string | undefined> {
  const found = await files.read(path, signal);
  if (found.kind === "absent") return undefined;
  return found.kind === "text" ? found.text : UNREADABLE;
}

/** `now` without the change from `before` to `after`; `undefined` when the two cannot be told apart. */
function merged(
  now: string | undefined,
  before: string | undefined,
  after: string | undefined,
): { text: string } | undefined {
  if (now === undefined || before === undefined || after === undefined) return undefined;
  const text = applyPatch(
    now,
    structuredPatch("f", "f", after, before, undefined, undefined, { context: 3 }),
    { fuzzFactor: 0 },
  );
  return text === false ? undefined : { text };
}
