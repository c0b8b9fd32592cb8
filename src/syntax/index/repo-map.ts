import type { IndexedFile } from "./indexed-file.ts";
import { symbolAt } from "./indexed-file.ts";
import { hashOf } from "./words.ts";

/** What a map of a repository is asked for. */
export interface MapWish {
  /** Absolute paths of files that matter most; empty: all alike. */
  readonly focus: readonly string[];
  /** About so many tokens it may have. */
  readonly tokens: number;
}

/** A map: the declarations that most of the rest builds on. */
export interface RepoMap {
  readonly files: readonly {
    readonly path: string;
    readonly symbols: readonly {
      readonly kind: string;
      readonly name: string;
      readonly line: number;
      readonly endLine: number;
      readonly depth: number;
    }[];
  }[];
  /** How many files and declarations there are in all. */
  readonly all: { readonly files: number; readonly symbols: number };
}

/** Names that more files than this declare tell nothing of who is meant. */
const MOST_DEFINERS = 20;
/** Words that more than this part of all files have are the language's, or everybody's. */
const MOST_USERS = 0.3;
/** PageRank's damping, as in the paper ("The PageRank Citation Ranking", 1999), and rounds, after which the order is settled. */
const DAMPING = 0.85;
const ROUNDS = 20;
/** How much likelier one begins at a file that matters. */
const FOCUS = 50;
/** Characters of a path or a declaration for one token. */
const CHARACTERS_PER_TOKEN = 3.6;

/**
 * The declarations that matter most, within `tokens`. A file leads to those that declare the words it has; from where
 * one mostly ends up when one follows such ways is what most builds on (PageRank over the graph of files, and its flow
 * into each name, as Aider ranks: https://aider.chat/docs/repomap.html).
 */
export function repoMap(files: readonly IndexedFile[], { focus, tokens }: MapWish): RepoMap {
  const names = namesOf(files);
  const uses = usesOf(files, names);
  const ranks = ranksOf(files, names, uses, new Set(focus));
  return chosen(files, namesByFlow(names, uses, ranks), tokens);
}

/** Names that somebody declares, by number. */
interface Names {
  /** Numbers by hash. */
  readonly numbers: ReadonlyMap<number, number>;
  /** Of each name: the files that declare it, and how sure a file that has the word means it. */
  readonly files: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** Of each file the numbers of the names that it has and does not declare. As numbers in a row: there are millions. */
interface Uses {
  readonly names: readonly Uint32Array[];
  /** The sum of their weights. */
  readonly totals: Float64Array;
}

function namesOf(files: readonly IndexedFile[]): Names {
  const numbers = new Map<number, number>();
  const of: number[][] = [];
  const weights: number[] = [];
  for (const [index, { names, places }] of files.entries())
    for (const [at, name] of names.entries()) {
      const hash = hashOf(name);
      if (hash === undefined) continue;
      const number = numbers.get(hash) ?? of.length;
      if (number === of.length) {
        numbers.set(hash, number);
        of.push([]);
        weights.push(weightOf(name, places[at * 3 + 2]));
      }
      const there = of[number];
      if (there !== undefined && there.at(-1) !== index) there.push(index);
    }
  return { numbers, files: of, weights };
}

function usesOf(files: readonly IndexedFile[], { numbers, files: of, weights }: Names): Uses {
  const all = files.map(({ words }) => {
    const found: number[] = [];
    for (const hash of words) {
      const number = numbers.get(hash);
      if (number !== undefined && (of[number]?.length ?? 0) <= MOST_DEFINERS) found.push(number);
    }
    return Uint32Array.from(found);
  });
  const users = new Uint32Array(of.length);
  for (const it of all) for (const number of it) users[number] = (users[number] ?? 0) + 1;
  const mostUsers = Math.max(20, files.length * MOST_USERS);
  const names = all.map((it, from) =>
    it.filter((number) => (users[number] ?? 0) <= mostUsers && of[number]?.includes(from) === false),
  );
  const totals = Float64Array.from(names, (it) =>
    it.reduce((sum, number) => sum + (weights[number] ?? 0), 0),
  );
  return { names, totals };
}

function ranksOf(
  files: readonly IndexedFile[],
  { files: of, weights }: Names,
  { names, totals }: Uses,
  focus: ReadonlySet<string>,
): Float64Array {
  const starts = Float64Array.from(files, (it) => (focus.has(it.path) ? FOCUS : 1));
  const sum = starts.reduce((a, b) => a + b, 0);
  let ranks = starts.map((it) => it / sum);
  for (let round = 0; round < ROUNDS; round++) {
    const next = starts.map((it) => (it / sum) * (1 - DAMPING));
    let lost = 0;
    for (const [from, uses] of names.entries()) {
      const rank = (ranks[from] ?? 0) * DAMPING;
      const total = totals[from] ?? 0;
      if (total === 0) lost += rank;
      else
        for (const number of uses) {
          const definers = of[number] ?? [];
          const flow = (rank * (weights[number] ?? 0)) / total / definers.length;
          for (const to of definers) next[to] = (next[to] ?? 0) + flow;
        }
    }
    // What leads nowhere begins anew.
    ranks = next.map((it, at) => it + (lost * (starts[at] ?? 0)) / sum);
  }
  return ranks;
}

/** Where a name is declared. */
interface DeclaredName {
  readonly file: number;
  readonly hash: number;
}

/** Declared names, those first into which most flows. */
function namesByFlow(
  { numbers, files: of, weights }: Names,
  { names, totals }: Uses,
  ranks: Float64Array,
): readonly DeclaredName[] {
  const flows = new Float64Array(of.length);
  for (const [from, uses] of names.entries())
    for (const number of uses)
      flows[number] =
        (flows[number] ?? 0) + ((ranks[from] ?? 0) * (weights[number] ?? 0)) / (totals[from] || 1);
  const used = [...numbers].filter(([, number]) => (flows[number] ?? 0) > 0);
  const share = ([, number]: readonly [number, number]) => (flows[number] ?? 0) / (of[number]?.length ?? 1);
  used.sort((a, b) => share(b) - share(a) || a[1] - b[1]);
  return used.flatMap(([hash, number]) => (of[number] ?? []).map((file) => ({ file, hash })));
}

/** A name of several words is hardly meant by chance; a plain word stands in comments, too. Private ones are for their own file. */
function weightOf(name: string, depth = 0): number {
  if (name.startsWith("_") || name.startsWith("#")) return 0.1;
  const isTelling = name.length >= 8 && /[a-z][A-Z]|[a-z]_[a-z]|[A-Z][a-z]/.test(name);
  const isWord = /^[a-z]+$/.test(name);
  return (isTelling ? 10 : isWord ? 0.1 : 1) * (depth > 0 ? 0.3 : 1);
}

function chosen(files: readonly IndexedFile[], best: readonly DeclaredName[], tokens: number): RepoMap {
  let left = tokens * CHARACTERS_PER_TOKEN;
  const taken = new Map<number, Set<number>>();
  for (const { file, hash } of best) {
    const it = files[file];
    if (it === undefined) continue;
    const there = taken.get(file);
    const numbers = it.names.flatMap((name, at) => (hashOf(name) === hash ? [at] : []));
    const lines = numbers.reduce((sum, at) => sum + (it.names[at]?.length ?? 0) + LINE, 0);
    const cost = lines + (there === undefined ? it.path.length + 1 : 0);
    if (cost > left) break;
    left -= cost;
    taken.set(file, new Set([...(there ?? []), ...numbers]));
  }
  const shown = [...taken].flatMap(([index, numbers]) => {
    const file = files[index];
    const ordered = [...numbers].sort((a, b) => a - b);
    return file === undefined ? [] : [{ path: file.path, symbols: ordered.map((at) => symbolAt(file, at)) }];
  });
  const symbols = files.reduce((sum, it) => sum + it.names.length, 0);
  return { files: shown, all: { files: files.length, symbols } };
}

/** Characters of a declaration's line beside its name. */
const LINE = 20;
