import { readdirSync, statSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { envSecrets, isEnvName } from "../text/env-values.ts";
import type { KnownSecret } from "../text/secrets.ts";

/** How deep below a workspace's folder `.env` files are looked for, and in how many folders at most. */
const MAX_DEPTH = 4;
const MAX_FOLDERS = 2_000;
/** All folders are looked through again after this long; those with such a file, and the uppermost, at every time. */
const WALK_MS = 15_000;
const MAX_BYTES = 1024 * 1024;
const MAX_SECRETS = 2_000;
const SKIPPED = new Set(["node_modules", ".git", ".hg", ".svn", "target", "dist", "build", "vendor"]);

/** The secrets that stand in the `.env` files of `roots`, as they are now; files are read again when they have changed. Never rejects. */
export type EnvFiles = () => Promise<readonly KnownSecret[]>;

interface ReadFile {
  readonly stamp: string;
  readonly secrets: readonly KnownSecret[];
}

/** Looks after the `.env` files below the folders that `roots` names at the time. */
export function envFiles(roots: () => readonly string[]): EnvFiles {
  const read = new Map<string, ReadFile>();
  const envFilesIn = envFileLists();
  let folders: readonly string[] = [];
  let walkedAt = Number.NEGATIVE_INFINITY;
  let walking: Promise<void> | undefined;
  let walked = "";
  return async () => {
    const now = roots();
    const key = now.join("\n");
    // Only what was never looked at is waited for; a walk that is under way may be one through other folders.
    while (key !== walked) await (walking ??= walk(now, key));
    if (performance.now() - walkedAt > WALK_MS) walking ??= walk(now, key);
    const paths = (await Promise.all([...new Set([...now, ...folders])].map(envFilesIn))).flat();
    const files = await Promise.all(paths.map(secretsAt));
    for (const path of read.keys()) if (!paths.includes(path)) read.delete(path);
    return files.flat().slice(0, MAX_SECRETS);
  };

  async function walk(from: readonly string[], key: string): Promise<void> {
    folders = await foldersWithEnv(from);
    walkedAt = performance.now();
    walked = key;
    walking = undefined;
  }

  async function secretsAt(path: string): Promise<readonly KnownSecret[]> {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile() || found.size > MAX_BYTES) return [];
    const stamp = `${found.mtimeMs} ${found.size} ${found.ino}`;
    const known = read.get(path);
    if (known?.stamp === stamp) return known.secrets;
    const secrets = envSecrets(await readFile(path, "utf8").catch(() => ""));
    read.set(path, { stamp, secrets });
    return secrets;
  }
}

/** Times of folders may be this coarse, in milliseconds. */
const COARSE_MS = 50;

/** Folders with no more entries are listed in place: a trip to a thread takes longer. */
const FEW = 500;

interface Listed {
  /** `undefined`: to be listed again. */
  readonly stamp: string | undefined;
  readonly paths: readonly string[];
  readonly isSmall: boolean;
}

/** Lists the `.env` files of folders, and again when names in a folder have changed. */
function envFileLists(): (folder: string) => Promise<readonly string[]> {
  const lists = new Map<string, Listed>();
  return async (folder) => {
    const stamp = stampOf(folder);
    const known = lists.get(folder);
    if (stamp !== undefined && known?.stamp === stamp) return known.paths;
    const names = known?.isSmall ? namesAt(folder) : await readdir(folder).catch((): string[] => []);
    const paths = names.filter(isEnvName).map((it) => join(folder, it));
    lists.set(folder, { stamp, paths, isSmall: names.length <= FEW });
    return paths;
  };
}

function namesAt(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Changes with every name in the folder; `undefined`: it changed just now, and may again without a trace. Asked in place: a trip to a thread takes longer. */
function stampOf(folder: string): string | undefined {
  try {
    const { mtimeMs, ino } = statSync(folder);
    return mtimeMs < Date.now() - COARSE_MS ? `${mtimeMs} ${ino}` : undefined;
  } catch {
    return undefined;
  }
}

async function lookInto(folder: string): Promise<{ folder: string; hasEnv: boolean; below: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const below = entries.filter((it) => it.isDirectory() && !SKIPPED.has(it.name));
  const hasEnv = entries.some((it) => isEnvName(it.name));
  return { folder, hasEnv, below: below.map((it) => join(folder, it.name)) };
}

/** Breadth first, so that of a large workspace the folders near its top are those looked at. */
async function foldersWithEnv(roots: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  let level = [...roots];
  let left = MAX_FOLDERS;
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0 && left > 0; depth++) {
    const looked = await Promise.all(level.slice(0, left).map(lookInto));
    found.push(...looked.filter((it) => it.hasEnv).map((it) => it.folder));
    const next = looked.flatMap((it) => it.below);
    left -= level.length;
    level = next;
  }
  return found;
}
