import { accessSync, constants, readFileSync, statSync, unlinkSync } from "node:fs";
import { chmod, rmdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { never } from "../std/abort.ts";
import { BINARY, binaryText, decode, encode, sameBytes } from "../text/encoding.ts";
import { lineAt } from "../text/lines.ts";
import type { FileChange, Written } from "../world.ts";
import { readWhole, whyNotRead } from "./read-file.ts";
import { resolveLinks } from "./resolve-links.ts";
import { isAbsence, reasonOf } from "./system-error.ts";
import { makeFolder, syncFolder } from "./write-atomically.ts";

/** Replaces the bytes of one file, all or nothing; `check` is called just before, and may throw. */
export type WriteFile = (path: string, bytes: Uint8Array, check?: () => void) => Promise<void>;

/** A change as bytes; `undefined` is "no such file". `target` is where links led. */
interface Step {
  readonly path: string;
  readonly target: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
  readonly mode?: number | undefined;
}

/** Checks every `before`, then writes all files or none: what was written before a failure is put back. */
export async function writeFiles(
  changes: readonly FileChange[],
  writeFile: WriteFile,
  signal: AbortSignal,
): Promise<Written> {
  const steps: Step[] = [];
  for (const change of changes) {
    signal.throwIfAborted();
    const step = await prepare(change);
    if ("kind" in step) return step;
    if (steps.some((it) => it.target === step.target))
      return failed(step.path, "it is named twice in one change");
    steps.push(step);
  }
  signal.throwIfAborted();
  return commit(steps, writeFile);
}

async function prepare(change: FileChange): Promise<Step | Written> {
  const { path } = change;
  try {
    const target = await resolveLinks(path);
    if (change.target !== undefined && change.target !== target) return { kind: "stale", path };
    const before = await bytesAt(target);
    // A rename would replace it all the same.
    if (before !== undefined && !(await isWritable(target))) return failed(path, "it is read-only");
    if (!(await reads(before, change))) return { kind: "stale", path };
    if (change.after === undefined) return { path, target, before, after: undefined };
    const encoded = await encode(change.after, change.form);
    if (encoded.kind === "bytes") return { path, target, before, after: encoded.bytes, mode: change.mode };
    const line = lineAt(change.after, encoded.at);
    return failed(
      path,
      `${change.form.encoding} has no character for what stands in line ${line} of the new text`,
    );
  } catch (error) {
    return failed(path, reasonOf(error));
  }
}

/** Whether there is a file that may be written; rejects when there is none. */
export async function isWritable(target: string): Promise<boolean> {
  const mode = (await stat(target)).mode;
  // The superuser may write everything; a file that nobody may write is meant to stay as it is.
  if ((mode & 0o222) === 0) return false;
  try {
    accessSync(target, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function bytesAt(target: string): Promise<Uint8Array | undefined> {
  try {
    const found = await readWhole(target, Number.POSITIVE_INFINITY, NEVER);
    if ("kind" in found) throw new Error(whyNotRead(found));
    return found;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

const NEVER = never();

async function reads(bytes: Uint8Array | undefined, { before: text, form }: FileChange): Promise<boolean> {
  if (bytes === undefined || text === undefined) return bytes === text;
  if (form.encoding === BINARY.encoding) return binaryText(bytes) === text;
  const decoded = await decode(bytes);
  return decoded.kind === "text" && decoded.text === text;
}

async function commit(steps: readonly Step[], writeFile: WriteFile): Promise<Written> {
  const folders: string[] = [];
  for (const [index, step] of steps.entries()) {
    try {
      await take(step, folders, writeFile);
    } catch (error) {
      const isStale = error === CHANGED;
      // The step may have been taken in part: a folder made, or the file written and read back wrong.
      const taken = isStale ? [] : [step];
      const lost = await putBack(steps.slice(0, index), taken, folders, writeFile);
      if (isStale && lost.length === 0) return { kind: "stale", path: step.path };
      const rest = lost.length === 0 ? "" : `; and these could not be put back: ${lost.join(", ")}`;
      return failed(step.path, reasonOf(error) + rest);
    }
  }
  return { kind: "written", formatted: [] };
}

async function take(step: Step, folders: string[], writeFile: WriteFile): Promise<void> {
  const { target, before, after } = step;
  const check = () => mustBe(target, before);
  if (after === undefined) {
    if (before === undefined) return;
    check();
    unlinkSync(target);
    return syncFolder(dirname(target));
  }
  if (step.before === undefined) {
    const made = await makeFolder(dirname(target));
    if (made !== undefined) folders.push(...foldersBetween(made, dirname(target)));
  }
  await writeFile(target, after, check);
  if (step.before === undefined && step.mode !== undefined) await chmod(target, step.mode);
  const back = await bytesAt(target);
  if (!back || !sameBytes(back, after)) throw new Error("what was read back is not what was written");
}

/** What is thrown when somebody else was quicker. */
const CHANGED = new Error("it was changed just now");
/** Larger files are known by their size here: to read them would take long, with everything waiting. */
const COMPARED_BYTES = 1024 * 1024;

/** Throws when something else stands there than did when the change was checked: what somebody saved since is not lost. */
function mustBe(target: string, before: Uint8Array | undefined): void {
  const found = statSync(target, { throwIfNoEntry: false });
  const isSame =
    found === undefined || before === undefined
      ? found === before
      : found.size === before.length &&
        (before.length > COMPARED_BYTES || sameBytes(readFileSync(target), before));
  if (!isSame) throw CHANGED;
}

/**
 * Puts back the steps that were taken whole, and those that may have been taken in part, but for files that hold what
 * nobody but somebody else can have written. Answers what could not be put back, each with the reason.
 */
async function putBack(
  whole: readonly Step[],
  parts: readonly Step[],
  folders: readonly string[],
  writeFile: WriteFile,
): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const step of [...whole, ...parts].toReversed()) {
    const { path, target, before, after } = step;
    try {
      const now = await bytesAt(target);
      const isOurs =
        isSame(now, after) || (parts.includes(step) && (isSame(now, before) || isBegun(now, after)));
      if (!isOurs) throw CHANGED;
      if (isSame(now, before)) continue;
      const check = () => mustBe(target, now);
      if (before !== undefined) await writeFile(target, before, check);
      else {
        check();
        unlinkSync(target);
      }
    } catch (error) {
      lost.push(`${path} (${reasonOf(error)})`);
    }
  }
  // Deepest first; one that someone else has filled meanwhile stays.
  for (const folder of folders.toReversed()) await rmdir(folder).catch(() => undefined);
  return lost;
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameBytes(a, b);
}

/** Whether no more than a beginning of it was written. */
function isBegun(now: Uint8Array | undefined, after: Uint8Array | undefined): boolean {
  return now === undefined || (after !== undefined && sameBytes(now, after.subarray(0, now.length)));
}

function foldersBetween(first: string, last: string): readonly string[] {
  const folders = [last];
  while (folders[0] !== undefined && folders[0] !== first && folders[0].length > first.length) {
    folders.unshift(dirname(folders[0]));
  }
  return folders;
}

function failed(path: string, reason: string): Written & { readonly kind: "failed" } {
  return { kind: "failed", path, reason };
}
