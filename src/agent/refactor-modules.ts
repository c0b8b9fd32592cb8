import type { FileText } from "../refactor/engine.ts";
import { absolute, baseName, parentOf } from "../text/paths.ts";
import type { Files } from "../world.ts";

/** Most files that are looked at for what they load. */
const MAX_LOADED = 150;
/** Longer ones, in UTF-16 units, are left out. */
const MAX_TEXT = 512 * 1024;

/** Endings that a specifier of JavaScript or TypeScript may leave out, or that stand for another one. */
const ENDINGS = ["", ".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs"].flatMap((it) => [it, `/index${it}`]);

/** What files are read with. */
interface Reading {
  readonly files: Pick<Files, "read" | "entry">;
  readonly mayRead: (path: string) => Promise<boolean>;
}

/** Why a path that somebody gives cannot be that of a file to move to; `undefined`: it can. A sentence. */
export function whyNoTarget(to: string): string | undefined {
  const shown = JSON.stringify(to);
  if (/[\0-\x1f\x7f]/.test(to)) return `${shown} holds characters that are in no file's name.`;
  if (/^~([\\/]|$)/.test(to)) return `${shown} is not followed: write the home folder in full.`;
  if (to.includes("\\") && !/^([A-Za-z]:|\\\\)/.test(to))
    return `${shown} is not followed: write it with "/".`;
  const foreign = /(?:^|[\\/])(node_modules|\.git)(?:[\\/]|$)/.exec(to)?.[1];
  return foreign && `What lies in "${foreign}" is not the project's own.`;
}

/** The path or, when something like it is there, the first with a number that is free: `total.ts`, `total.1.ts`. */
export async function freePath(path: string, files: Pick<Files, "list">): Promise<string> {
  const there = await namesIn(parentOf(path), files);
  const [, stem = path, ending = ""] = /^(.*?)(\.[^./\\]*)$/s.exec(path) ?? [];
  for (let number = 0; ; number++) {
    const at = number === 0 ? path : `${stem}.${number}${ending}`;
    if (!there.some((it) => isLike(it, baseName(at)))) return at;
  }
}

/** What stands beside a path, itself left out, and an import may take for it: it differs in ending or capitals only. */
export async function likeness(path: string, files: Pick<Files, "list">): Promise<string | undefined> {
  const there = await namesIn(parentOf(path), files);
  return there.find((it) => it !== baseName(path) && isLike(it, baseName(path)));
}

async function namesIn(folder: string, files: Pick<Files, "list">): Promise<readonly string[]> {
  return (await files.list(folder)).map((it) => baseName(it.path));
}

function isLike(a: string, b: string): boolean {
  const bare = (it: string) => it.toLowerCase().replace(/(\.d)?\.[cm]?[jt]sx?$/, "");
  return bare(a) === bare(b);
}

/** The file if it is there, as a list of one; a sentence without its end when it is there and is no text that may be read. */
export async function textAt(
  path: string,
  { files, mayRead }: Reading,
  signal: AbortSignal,
): Promise<readonly FileText[] | string> {
  const found = (await mayRead(path)) ? await files.read(path, signal) : undefined;
  if (found?.kind === "absent") return [];
  if (found?.kind === "folder") return `"${path}" is a folder`;
  return found?.kind === "text" ? [{ path, text: found.text }] : `"${path}" cannot be read as text`;
}

/**
 * The files of JavaScript and TypeScript that these load by relative specifiers, and what those load, without the files
 * themselves. `isAll`: none was left out, for its length, for not being readable or for there being too many.
 */
export async function loadedBy(
  texts: readonly FileText[],
  reading: Reading,
  signal: AbortSignal,
): Promise<{ readonly files: readonly FileText[]; readonly isAll: boolean }> {
  const seen = new Set(texts.map((it) => it.path));
  const files: FileText[] = [];
  const waiting = [...texts];
  let isAll = true;
  for (let it = waiting.shift(); it; it = waiting.shift())
    for (const candidates of candidatesIn(it)) {
      if (candidates.some((at) => seen.has(at))) continue;
      const path = await firstThere(candidates, reading.files);
      if (path === undefined) continue;
      seen.add(path);
      const read = files.length < MAX_LOADED ? await textAt(path, reading, signal) : [];
      const [file] = typeof read === "string" ? [] : read.filter(({ text }) => text.length <= MAX_TEXT);
      isAll &&= file !== undefined;
      if (!file) continue;
      files.push(file);
      waiting.push(file);
    }
  return { files, isAll };
}

/** For each relative specifier the paths that it may mean, likeliest first. */
function candidatesIn({ path, text }: FileText): readonly (readonly string[])[] {
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"'\n]*)["']/g)].map(
    ([, it = ""]) => it,
  );
  return [...new Set(specifiers)].map((it) => {
    const exact = absolute(it, parentOf(path));
    const bare = exact.replace(/\.[cm]?jsx?$/, "");
    const all = [...new Set([exact, bare])].flatMap((at) => ENDINGS.map((ending) => at + ending));
    return all.filter((at) => /\.[cm]?[jt]sx?$/.test(baseName(at)));
  });
}

async function firstThere(
  paths: readonly string[],
  files: Pick<Files, "entry">,
): Promise<string | undefined> {
  for (const it of paths) if (await files.entry(it)) return it;
  return undefined;
}
