import { absolute } from "../text/paths.ts";
import type { Files } from "../world.ts";
import type { Attachment } from "./events.ts";

/** Longest text of one mentioned file that is put into a message, in UTF-16 units; the model can read on. */
const LIMIT = 40_000;

/** What a message named: what was read, and what stands behind a question and was left out. */
export interface Mentions {
  readonly read: readonly Attachment[];
  /** Absolute paths. */
  readonly leftOut: readonly string[];
}

/**
 * Files and folders named as `@path` (or `@"path with blanks"`) in a message, read now. What does not exist is left as
 * words. What may not be read without asking is left out: a message may have been pasted or piped in, so it is no
 * answer to that question.
 */
export async function mentionedFiles(
  text: string,
  folder: string,
  files: Files,
  mayRead: (path: string) => Promise<boolean>,
  signal: AbortSignal,
): Promise<Mentions> {
  const names = new Set(
    [...text.matchAll(/(?:^|\s)@(?:"([^"]+)"|([^\s"@]+))/g)].map((it) => it[1] ?? it[2] ?? ""),
  );
  const paths = [...names].map((name) => absolute(name.replace(/[.,;:!?)]+$/, ""), folder));
  const free = await Promise.all(paths.map((path) => mayRead(path).catch(() => false)));
  const read = await Promise.all(
    paths.filter((_, index) => free[index]).map((path) => readMention(path, files, signal)),
  );
  const present = await Promise.all(paths.map((path) => files.entry(path)));
  const leftOut = paths.filter((_, index) => !free[index] && present[index] !== undefined);
  return { read: read.flatMap((it) => it ?? []), leftOut };
}

async function readMention(path: string, files: Files, signal: AbortSignal): Promise<Attachment | undefined> {
  const found = await files.read(path, signal);
  if (found.kind === "folder") {
    const entries = await files.list(path);
    return {
      kind: "file",
      path,
      text: entries.map((it) => it.path + (it.kind === "folder" ? "/" : "")).join("\n"),
    };
  }
  if (found.kind !== "text") return undefined;
  const { text } = found;
  if (text.length <= LIMIT) return { kind: "file", path, text };
  const end = text.lastIndexOf("\n", LIMIT);
  const shown = text.slice(0, end > 0 ? end : LIMIT);
  return { kind: "file", path, text: `${shown}\n(cut here; use Read for the rest)` };
}
