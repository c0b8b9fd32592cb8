import type { IndexMap, IndexScope } from "../syntax/index/port.ts";
import { languageOf } from "../syntax/language-of.ts";
import { outlineText } from "../syntax/outline-text.ts";
import { cutEnd } from "../text/cut.ts";
import { shownPath } from "../text/paths.ts";
import type { Abilities, ToolResult } from "./tool.ts";
import { answer, failure } from "./tools/parts/result.ts";

/** Most files that are looked through. */
const MAX_FILES = 50_000;
/** Most declarations of one answer. */
const MAX_FOUND = 100;
const MAX_TEXT = 30_000;
/** How long a whole answer is waited for, in milliseconds. */
const PATIENCE_MS = 1_000;
/** Files between two words about how far it is. */
const TOLD_EVERY = 1_000;

/** What is used to look through the files of a folder. */
export type IndexPorts = Pick<Abilities, "files" | "folder" | "index" | "mayRead" | "print" | "search">;

/** The source files below a folder, absolute, as an index is asked about them; tells how far it is where that takes long. */
export async function scopeOf(
  folder: string,
  ports: Pick<IndexPorts, "files" | "print" | "search">,
  signal: AbortSignal,
): Promise<IndexScope> {
  const { search, files, print } = ports;
  const all = await search.files(folder, MAX_FILES, signal);
  const texts: { path: string; text: string }[] = [];
  for (const path of files.unsaved?.() ?? []) {
    const found = await files.read(path, signal);
    if (found.kind === "text") texts.push({ path, text: found.text });
  }
  let told = 0;
  return {
    folder,
    texts,
    files: all.filter((it) => languageOf(it) !== undefined),
    onProgress(done, of) {
      if (of < TOLD_EVERY || done - told < TOLD_EVERY) return;
      told = done;
      print(`${done} of ${of} files\n`);
    },
  };
}

/** The declarations below `folder` (absolute) whose names fit, the best first. */
export async function namedIn(
  name: string,
  folder: string,
  ports: IndexPorts,
  signal: AbortSignal,
): Promise<ToolResult> {
  const scope = { ...(await scopeOf(folder, ports, signal)), patienceMs: PATIENCE_MS };
  const found = await ports.index.symbols(scope, name, MAX_FOUND, signal);
  if (found.kind === "failed") return failure(`${found.reason}.`);
  const rows: string[] = [];
  const may = new Map<string, boolean>();
  for (const it of found.found) {
    if (!may.has(it.path)) may.set(it.path, await ports.mayRead(it.path));
    if (may.get(it.path) === true)
      rows.push(`${shownPath(it.path, ports.folder)}:${it.line}-${it.endLine} ${it.kind} ${it.name}`);
  }
  if (rows.length === 0)
    return answer(`Nothing below "${shownPath(folder, ports.folder)}" declares "${name}".`);
  const more = found.total > MAX_FOUND ? [`(The best ${MAX_FOUND} of ${found.total}.)`] : [];
  return answer(
    cutEnd([...rows, ...more, ...notYet(found.ahead), ...notRead(found.left)].join("\n"), MAX_TEXT),
  );
}

/** What of the files below `folder` (absolute) the rest builds on most, as about `tokens` tokens. */
export async function mapOf(
  folder: string,
  wish: { readonly focus: readonly string[]; readonly tokens: number },
  ports: IndexPorts,
  signal: AbortSignal,
): Promise<ToolResult> {
  const scope = await scopeOf(folder, ports, signal);
  const map = await ports.index.map(scope, wish, signal);
  if (map.kind === "failed") return failure(`${map.reason}.`);
  const files: Extract<IndexMap, { kind: "map" }>["files"][number][] = [];
  for (const it of map.files) if (await ports.mayRead(it.path)) files.push(it);
  if (files.length === 0)
    return answer(`No file below "${shownPath(folder, ports.folder)}" declares what another one uses.`);
  const parts = files.map((it) => `${shownPath(it.path, ports.folder)}\n${outlineText(it.symbols)}`);
  const count = `(Of ${map.all.symbols} declarations in ${map.all.files} files, those on which most builds.)`;
  return answer([...parts, count, ...notRead(map.left)].join("\n"));
}

function notYet(ahead: number): readonly string[] {
  return ahead === 0
    ? []
    : [`(${ahead} files have not been looked into yet: ask again for what they declare.)`];
}

function notRead(left: number): readonly string[] {
  return left === 0 ? [] : [`(The parser broke down at ${left} of the files.)`];
}
