import { isInside } from "../permission/paths.ts";
import { isSecret } from "../permission/protect.ts";
import { absolute } from "../text/paths.ts";
import type { Files } from "../world.ts";
import type { Attachment } from "./events.ts";

/** Longest text of one mentioned file that is put into a message, in UTF-16 units; the model can read on. */
const LIMIT = 40_000;

/** Where mentions are looked up: relative ones below `folder`, and none outside `roots` (links resolved). */
export interface MentionPlace {
  readonly folder: string;
  readonly roots: readonly string[];
}

/**
 * Files and folders named as `@path` (or `@"path with blanks"`) in a message, read now. What does not exist is left as
 * words, and so is what holds secrets or lies outside the workspace: a message may have been pasted or piped in, so
 * these stay behind the question that reading them asks.
 */
export async function mentionedFiles(
  text: string,
  place: MentionPlace,
  files: Files,
  signal: AbortSignal,
): Promise<readonly Attachment[]> {
  const names = new Set(
    [...text.matchAll(/(?:^|\s)@(?:"([^"]+)"|([^\s"@]+))/g)].map((it) => it[1] ?? it[2] ?? ""),
  );
  const paths = [...names].map((name) => absolute(name.replace(/[.,;:!?)]+$/, ""), place.folder));
  const read = paths.map(async (path) =>
    (await isFree(path, place, files)) ? readMention(path, files, signal) : undefined,
  );
  return (await Promise.all(read)).flatMap((it) => it ?? []);
}

async function isFree(path: string, { folder, roots }: MentionPlace, files: Files): Promise<boolean> {
  const real = await files.resolve(path).catch(() => undefined);
  if (real === undefined || isSecret(path) || isSecret(real)) return false;
  const own = await files.resolve(folder).catch(() => folder);
  return [own, ...roots].some((it) => isInside(real, it));
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
