import { cutEnd } from "../text/cut.ts";
import { linesOf } from "../text/lines.ts";
import { shownPath } from "../text/paths.ts";
import type { Outliner, SymbolEntry } from "../world.ts";
import { placesOfThing, type ReferencePlace, type ReferencePorts, type References } from "./referenced.ts";

/** How many steps away from the function callers are looked for. */
const MAX_DEPTH = 4;
/** Most functions whose callers are looked for; each takes a search. */
const MAX_LOOKED = 40;

/** What is used to find callers. */
export type CallerPorts = ReferencePorts & { readonly outliner: Outliner };

/** Who uses a function, and who uses that one, and so on. */
export interface Caller {
  /** What the function around the use is called; `undefined`: the use stands at the top of the file. */
  readonly name: string | undefined;
  readonly path: string;
  /** Of the function, from 1; where it has none, of the first use. */
  readonly line: number;
  /** Its calls and other uses of the one below. */
  readonly places: readonly ReferencePlace[];
  readonly callers: readonly Caller[];
  /** Why its own callers are not told, where they are not. */
  readonly ends?: "seen" | "far" | "unknown";
}

/** A function's callers, to the fourth step. */
export interface Callers {
  readonly name: string;
  readonly callers: readonly Caller[];
  /** Sentences about what is not certain. */
  readonly notes: readonly string[];
}

/** Who calls, or otherwise uses, what is named at `selection` in a file; a sentence when it cannot be told. */
export async function callersOf(
  path: string,
  selection: string,
  ports: CallerPorts,
  signal: AbortSignal,
): Promise<Callers | string> {
  const notes = new Set<string>();
  const seen = new Set<string>();
  let looked = 0;
  const first = await placesOfThing(path, selection, ports, signal);
  if (typeof first === "string") return first;
  // One that calls itself is told once.
  for (const { path: at, places } of first.files)
    for (const it of places) if (it.kind === "declaration") seen.add(`${at}:${it.line}:${first.name}`);
  return { name: first.name, callers: await above(first, 1), notes: [...notes] };

  async function above(of: References, depth: number): Promise<readonly Caller[]> {
    for (const it of of.notes) notes.add(it);
    const callers: Caller[] = [];
    for (const user of await usersIn(of, ports, signal)) callers.push(await withCallers(user, depth));
    return callers;
  }

  async function withCallers(user: User, depth: number): Promise<Caller> {
    const { symbol, path: at, places, start } = user;
    const line = symbol?.line ?? places[0]?.line ?? 1;
    const own = { name: symbol?.name, path: at, line, places, callers: [] };
    if (!symbol) return own;
    const key = `${at}:${line}:${symbol.name}`;
    if (seen.has(key)) return { ...own, ends: "seen" };
    if (depth >= MAX_DEPTH || looked >= MAX_LOOKED) return { ...own, ends: "far" };
    seen.add(key);
    looked++;
    const next = start === undefined ? "" : await placesOfThing(at, start, ports, signal);
    return typeof next === "string"
      ? { ...own, ends: "unknown" }
      : { ...own, callers: await above(next, depth + 1) };
  }
}

/** A function with uses of another one in it. */
interface User {
  readonly path: string;
  readonly symbol: SymbolEntry | undefined;
  /** "LINE:COL" of its name; `undefined` where that is not found. */
  readonly start: string | undefined;
  readonly places: readonly ReferencePlace[];
}

async function usersIn(
  {
    files,
  }: { readonly files: readonly { readonly path: string; readonly places: readonly ReferencePlace[] }[] },
  ports: CallerPorts,
  signal: AbortSignal,
): Promise<readonly User[]> {
  const all: User[] = [];
  for (const { path, places } of files) {
    const used = places.filter((it) => ["call", "use", "member"].includes(it.kind));
    const found = used.length === 0 ? undefined : await ports.files.read(path, signal);
    if (found?.kind !== "text") continue;
    const outline = await ports.outliner.outline(path, found.text, signal);
    const symbols = outline.kind === "symbols" ? outline.symbols : [];
    const groups = new Map<SymbolEntry | undefined, ReferencePlace[]>();
    for (const it of used) {
      const symbol = around(it.line, symbols);
      const group = groups.get(symbol);
      if (group) group.push(it);
      else groups.set(symbol, [it]);
    }
    for (const [symbol, group] of groups)
      all.push({ path, symbol, places: group, start: symbol && nameStart(found.text, symbol) });
  }
  return all;
}

/** The innermost function, or constant that may be one, around a line. */
function around(line: number, symbols: readonly SymbolEntry[]): SymbolEntry | undefined {
  return symbols.findLast(
    (it) =>
      it.line <= line &&
      line <= it.endLine &&
      (["function", "method"].includes(it.kind) || (it.kind === "constant" && it.line < it.endLine)),
  );
}

/** Where the name of a declaration stands: on its first line, or soon behind what decorates it. */
function nameStart(text: string, { name, line, endLine }: SymbolEntry): string | undefined {
  const lines = linesOf(text);
  const word = new RegExp(
    `(?<![\\p{ID_Continue}$])${name.replace(/[$#.*+?^()[\]{}|\\]/g, "\\$&")}(?![\\p{ID_Continue}$])`,
    "u",
  );
  for (let at = line; at <= Math.min(endLine, line + 10); at++) {
    const { from = 0, to = 0 } = lines[at - 1] ?? {};
    const found = word.exec(text.slice(from, to));
    if (found) return `${at}:${found.index + 1}`;
  }
  return undefined;
}

/** For people and models: one line a function, its users indented below it. */
export function callersText({ name, callers, notes }: Callers, folder: string, most: number): string {
  const rows = callers.flatMap((it) => rowsOf(it, 1, folder));
  const body = rows.length === 0 ? `Nothing was found that uses "${name}".` : [name, ...rows].join("\n");
  return [cutEnd(body, most), ...notes.map((it) => `(${it})`)].join("\n");
}

const ENDS = {
  seen: " (told above)",
  far: " (and so on)",
  unknown: " (who uses it cannot be told)",
} as const;

function rowsOf(
  { name, path, line, places, callers, ends }: Caller,
  depth: number,
  folder: string,
): readonly string[] {
  const isOnly = places.every((it) => it.kind === "call");
  const times = places.map((it) => it.line).join(", ");
  const how = isOnly ? "calls in line" : "uses in line";
  const who = `${name ?? "top of the file"} ${shownPath(path, folder)}:${line}`;
  const end = ends === undefined ? "" : ENDS[ends];
  return [
    `${"  ".repeat(depth)}← ${who}, ${how} ${times}${end}`,
    ...callers.flatMap((it) => rowsOf(it, depth + 1, folder)),
  ];
}
