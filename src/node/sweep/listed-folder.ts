import { join } from "node:path";
import type { Environment } from "../environment.ts";
import { arrivals } from "./arrivals.ts";
import type { Before } from "./change.ts";
import type { Pieces } from "./git-changes.ts";
import { type Keeper, type Noted, touchedIn } from "./noted.ts";
import { namesIn, outputOf } from "./output-of.ts";

/** A folder without git as it was noted: every file that is not ignored. */
export interface ListedFolder {
  readonly kind: "list";
  readonly folder: string;
  readonly noted: readonly (readonly [string, Noted])[];
  readonly oddNames: number;
}

/** More files than this are not gone through twice for every command. */
export const MAX_LISTED = 100_000;
const PIECE = 256;

/** As much as so many long names take, in bytes. */
const MAX_OUTPUT = 200 * MAX_LISTED;

/** Lists files with ripgrep. */
export interface Lister {
  readonly ripgrep: string;
  readonly env: Environment;
  /** Whether a path, absolute, is our own and no part of the person's work. */
  readonly isOwn: (path: string) => boolean;
}

/** Notes every file below a folder that is not ignored; `undefined` when there are too many. Rejects with a sentence. */
export async function noteListed(
  folder: string,
  lister: Lister,
  keeper: Keeper,
  signal: AbortSignal,
): Promise<ListedFolder | undefined> {
  const { paths, oddNames } = await list(folder, lister, signal);
  if (paths.length > MAX_LISTED) return undefined;
  const found = await keeper.note(paths.map((it) => join(folder, it)));
  const noted = paths.map((path, at) => [path, found[at] ?? { kind: "absent" }] as const);
  return { kind: "list", folder, noted, oddNames };
}

/** What may have changed in a listed folder since it was noted. */
export async function* changesInList(
  { folder, noted }: ListedFolder,
  at: number,
  lister: Lister,
  signal: AbortSignal,
): Pieces {
  const now = await list(folder, lister, signal);
  const known = new Map(noted);
  const all = [...new Set([...known.keys(), ...now.paths])];
  const touched = await touchedIn(folder, all, known);
  const arrived = arrivals(
    folder,
    at,
    touched.map((it) => [it, known.get(it)]),
    [],
  );
  for (let from = 0; from < touched.length; from += PIECE)
    yield touched
      .slice(from, from + PIECE)
      .map((path): [string, Before] => [path, arrived(path, known.get(path))]);
}

async function list(
  folder: string,
  { ripgrep, env, isOwn }: Lister,
  signal: AbortSignal,
): Promise<{ readonly paths: readonly string[]; readonly oddNames: number }> {
  const args = [
    "--files",
    "--null",
    "--no-config",
    "--no-messages",
    "--hidden",
    "--no-require-git",
    "--glob",
    "!.git",
  ];
  const ended = await outputOf({ program: ripgrep, args, folder, env, maxOutput: MAX_OUTPUT }, signal);
  if (ended.kind === "failed") throw new Error(ended.why);
  const names = namesIn(ended.output);
  const named = names.filter((it) => it !== undefined);
  return { paths: named.filter((it) => !isOwn(join(folder, it))), oddNames: names.length - named.length };
}
