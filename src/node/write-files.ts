import { access, chmod, constants, mkdir, rmdir, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { BINARY, binaryText, decode, encode, sameBytes } from "../text/encoding.ts";
import { lineAt } from "../text/lines.ts";
import type { FileChange, Written } from "../world.ts";
import { readWhole, whyNotRead } from "./read-file.ts";
import { resolveLinks } from "./resolve-links.ts";
import { isAbsence, reasonOf } from "./system-error.ts";
import { syncFolder } from "./write-atomically.ts";

/** Replaces the bytes of one file, all or nothing. */
export type WriteFile = (path: string, bytes: Uint8Array) => Promise<void>;

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
  return (
    (mode & 0o222) !== 0 &&
    access(target, constants.W_OK).then(
      () => true,
      () => false,
    )
  );
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

const NEVER = new AbortController().signal;

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
      // The step may have been taken in part: a folder made, or the file written and read back wrong.
      await take(step, folders, writeFile);
    } catch (error) {
      const lost = await putBack(steps.slice(0, index + 1), folders, writeFile);
      const rest = lost.length === 0 ? "" : `; and these could not be put back: ${lost.join(", ")}`;
      return failed(step.path, reasonOf(error) + rest);
    }
  }
  return { kind: "written", formatted: [] };
}

async function take(step: Step, folders: string[], writeFile: WriteFile): Promise<void> {
  const { target, after } = step;
  if (after === undefined) {
    if (step.before !== undefined) await unlink(target);
    return syncFolder(dirname(target));
  }
  if (step.before === undefined) {
    const made = await mkdir(dirname(target), { recursive: true });
    if (made !== undefined) folders.push(...foldersBetween(made, dirname(target)));
  }
  await writeFile(target, after);
  if (step.before === undefined && step.mode !== undefined) await chmod(target, step.mode);
  const back = await bytesAt(target);
  if (!back || !sameBytes(back, after)) throw new Error("what was read back is not what was written");
}

/** Answers what could not be put back, each with the reason. */
async function putBack(
  steps: readonly Step[],
  folders: readonly string[],
  writeFile: WriteFile,
): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const { path, target, before } of steps.toReversed()) {
    try {
      const now = await bytesAt(target);
      if (before === undefined) {
        if (now !== undefined) await unlink(target);
      } else if (now === undefined || !sameBytes(now, before)) await writeFile(target, before);
    } catch (error) {
      lost.push(`${path} (${reasonOf(error)})`);
    }
  }
  // Deepest first; one that someone else has filled meanwhile stays.
  for (const folder of folders.toReversed()) await rmdir(folder).catch(() => undefined);
  return lost;
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
