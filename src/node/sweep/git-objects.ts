import type { Before } from "./change.ts";
import type { GitFolder, GitTools } from "./git-folder.ts";
import type { IndexEntry } from "./git-index.ts";
import { MAX_FILE } from "./noted.ts";

const LINK = 0o120000;
const LINE_FEED = 10;
const RETURN = 13;

/** A path from the folder with what the index said of it. */
interface Tracked {
  readonly path: string;
  readonly entry: IndexEntry;
}

/**
 * What tracked and unchanged files were: their objects in git's store, where what git does between store and work tree
 * can be told to have changed nothing, or line ends only.
 */
export async function objectsBefore(
  tracked: readonly Tracked[],
  { folder, pins }: GitFolder,
  { git }: Pick<GitTools, "git">,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Before>> {
  const before = new Map<string, Before>();
  for (const { path, entry } of tracked) {
    const why = unfit(entry);
    if (why !== undefined) before.set(path, { kind: "lost", why });
  }
  const wanted = tracked.filter((it) => !before.has(it.path));
  if (wanted.length === 0) return before;
  const input = wanted.map((it) => `${it.entry.oid}\n`).join("");
  const [objects, converted] = await Promise.all([
    git.run(folder, ["cat-file", "--batch"], { pins, input }, signal),
    convertedOnes(wanted, (args, input) => git.run(folder, args, { pins, input }, signal)),
  ]);
  const found = objects.kind === "ended" ? objectsIn(objects.output) : new Map<string, Buffer>();
  for (const { path, entry } of wanted) {
    const bytes = converted.has(path) ? undefined : asInTree(found.get(entry.oid), entry.size);
    before.set(path, bytes ? { kind: "bytes", bytes, mode: entry.mode } : { kind: "lost", why: CONVERTED });
  }
  return before;
}

const CONVERTED = "git keeps it in another form than it had";

function unfit({ mode, size, isUnwatched }: IndexEntry): string | undefined {
  if (isUnwatched) return "git was told not to look at it";
  if (mode === LINK) return "it was a link";
  if ((mode & 0o170000) !== 0o100000) return "it was a repository of its own";
  return size > MAX_FILE ? `it is larger than ${MAX_FILE / 1024 / 1024} MB` : undefined;
}

/** Attributes by which git keeps another content than the work tree has (gitattributes(5)); line ends are seen by the size. */
const CONVERTING = ["filter", "working-tree-encoding", "ident"];

async function convertedOnes(
  wanted: readonly Tracked[],
  run: (args: readonly string[], input: string) => ReturnType<GitTools["git"]["run"]>,
): Promise<ReadonlySet<string>> {
  const all = wanted.map((it) => it.path);
  const input = all.map((it) => `${it}\0`).join("");
  const rules = await run(["check-attr", "-z", "--stdin", ...CONVERTING], input);
  if (rules.kind === "failed" || rules.code !== 0) return new Set(all);
  // path, attribute, value, each ended by a NUL.
  const said = rules.output.toString("utf8").split("\0");
  const isSet = (at: number) => !/^(unspecified|unset)$/.test(said[at * 3 + 2] ?? "");
  return new Set(all.filter((_, at) => CONVERTING.some((_, which) => isSet(at * CONVERTING.length + which))));
}

/** What `cat-file --batch` says (https://git-scm.com/docs/git-cat-file#_batch_output), by object. */
function objectsIn(output: Buffer): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(LINE_FEED, at);
    if (end === -1) break;
    const [oid = "", type, size] = output.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (type === "missing") continue;
    const length = Number(size);
    if (!Number.isSafeInteger(length)) break;
    found.set(oid, output.subarray(at, at + length));
    at += length + 1;
  }
  return found;
}

/** The object as the file was, by the size the file had; `undefined` when that cannot be told. */
function asInTree(object: Buffer | undefined, size: number): Buffer | undefined {
  if (!object || object.length === size) return object;
  if (object.includes(RETURN)) return undefined;
  const lines = object.reduce((count, byte) => count + (byte === LINE_FEED ? 1 : 0), 0);
  if (object.length + lines !== size) return undefined;
  return Buffer.from(object.toString("latin1").replaceAll("\n", "\r\n"), "latin1");
}
