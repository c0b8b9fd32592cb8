import { absolute } from "../text/paths.ts";
import type { Files } from "../world.ts";
import type { Attachment } from "./events.ts";

/** Longest text of one mentioned file that is put into a message, in UTF-16 units; the model can read on. */
const LIMIT = 40_000;

/** Files and folders named as `@path` (or `@"path with blanks"`) in a message, read now; what does not exist is left as words. */
export async function mentionedFiles(
  text: string,
  folder: string,
  files: Files,
  signal: AbortSignal,
): Promise<readonly Attachment[]> {
  const names = new Set(
    [...text.matchAll(/(?:^|\s)@(?:"([^"]+)"|([^\s"@]+))/g)].map((it) => it[1] ?? it[2] ?? ""),
  );
  const read = [...names].map((name) =>
    readMention(absolute(name.replace(/[.,;:!?)]+$/, ""), folder), files, signal),
  );
  return (await Promise.all(read)).flatMap((it) => it ?? []);
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
  const isLong = found.text.length > LIMIT;
  return {
    kind: "file",
    path,
    text: isLong ? `${found.text.slice(0, LIMIT)}\n(cut here; use Read for the rest)` : found.text,
  };
}
