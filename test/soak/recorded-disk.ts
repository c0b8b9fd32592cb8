/** What calls of the disk did, one after the other, so that it can be said what is left of it when the power goes. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Watcher } from "./faulty-disk.ts";

/** A file or a folder, whatever its name. */
export interface Node {
  readonly kind: "file" | "folder";
  /** Number within its recording. */
  readonly id: number;
}

/** What one call did. `from` and `to` are the moments of its beginning and its end: in between it may have happened. */
export type Effect = { readonly call: string; readonly from: number; readonly to: number } & (
  | { readonly kind: "named"; readonly folder: Node; readonly names: readonly Naming[] }
  /** The whole content of the file, as who reads it finds it. */
  | { readonly kind: "filled"; readonly file: Node; readonly bytes: Uint8Array }
  /** What had ended before it began is on the disk once it has ended. */
  | { readonly kind: "synced"; readonly node: Node }
);

/** A name of a folder, and what it is of; `undefined`: of nothing any more. */
export type Naming = readonly [name: string, node: Node | undefined];

/** All that was done below `root`, in the order in which it ended. */
export interface Recording<Mark> {
  readonly root: Node;
  /** How the disk was before, all of it durable. */
  readonly names: ReadonlyMap<Node, ReadonlyMap<string, Node>>;
  readonly contents: ReadonlyMap<Node, Uint8Array>;
  readonly effects: readonly Effect[];
  /** What the marker said at each moment. */
  readonly marks: readonly Mark[];
}

/** Records what is done below `root`; at each moment asks `mark`. A call that it does not know throws. */
export function recordDisk<Mark>(root: string, mark: () => Mark): Recorder<Mark> {
  const before = treeAt(root);
  const live = new Map([...before.paths]);
  const contents = new Map(before.contents);
  const opened = new Map<string, Node>();
  const effects: Effect[] = [];
  const marks: Mark[] = [];
  const moment = () => marks.push(mark()) - 1;
  const draft: Draft = { live, contents, opened, effects, newNode: before.newNode };
  return {
    watcher(name, path, given) {
      const from = moment();
      return (result) => apply(draft, { name, path, given, result, from, to: moment() });
    },
    wroteElsewhere(path, bytes, from, to) {
      const call = { name: "command", path, given: [], result: undefined, from, to };
      fill(draft, call, draft.live.get(path) ?? created(draft, call), bytes);
      effects.sort((a, b) => a.to - b.to);
    },
    recording: () => ({ root: before.root, names: before.names, contents: before.contents, effects, marks }),
  };
}

/** What stood at `path`, which begins with a slash, before anything was done. */
export function nodeAt({ root, names }: Recording<unknown>, path: string): Node {
  let node: Node | undefined = root;
  for (const it of path.split("/").slice(1)) node = node && names.get(node)?.get(it);
  if (!node) throw new Error(`There was no ${path}`);
  return node;
}

/** What `recordDisk` makes. */
export interface Recorder<Mark> {
  readonly watcher: Watcher;
  /** Another program wrote, at some time between two moments. */
  readonly wroteElsewhere: (path: string, bytes: Uint8Array, from: number, to: number) => void;
  readonly recording: () => Recording<Mark>;
}

/** Files and folders that are there. */
export interface Tree {
  readonly root: Node;
  readonly paths: ReadonlyMap<string, Node>;
  readonly names: ReadonlyMap<Node, ReadonlyMap<string, Node>>;
  readonly contents: ReadonlyMap<Node, Uint8Array>;
  readonly newNode: (kind: Node["kind"]) => Node;
}

/** The disk below `root` as it is. */
export function treeAt(root: string): Tree {
  let id = 0;
  const newNode = (kind: Node["kind"]): Node => ({ kind, id: id++ });
  const paths = new Map<string, Node>();
  const names = new Map<Node, Map<string, Node>>();
  const contents = new Map<Node, Uint8Array>();
  return { root: take(root, "folder"), paths, names, contents, newNode };

  function take(path: string, kind: Node["kind"]): Node {
    const node = newNode(kind);
    paths.set(path, node);
    if (kind === "file") contents.set(node, readFileSync(path));
    else
      names.set(
        node,
        new Map(
          readdirSync(path, { withFileTypes: true }).map((it) => [
            it.name,
            take(join(path, it.name), it.isDirectory() ? "folder" : "file"),
          ]),
        ),
      );
    return node;
  }
}

/** The disk as programs see it now. */
interface Draft {
  readonly live: Map<string, Node>;
  readonly contents: Map<Node, Uint8Array>;
  /** Files by the name they had when they were opened: no two that are written at a time have the same. */
  readonly opened: Map<string, Node>;
  readonly effects: Effect[];
  readonly newNode: (kind: Node["kind"]) => Node;
}

interface Call {
  readonly name: string;
  readonly path: string;
  readonly given: readonly unknown[];
  readonly result: unknown;
  readonly from: number;
  readonly to: number;
}

type Apply = (draft: Draft, call: Call) => void;

/** Times and modes are not looked at. */
const ignored: Apply = () => undefined;

const CALLS: Readonly<Record<string, Apply>> = {
  open: openedFile,
  write: (draft, call) => {
    const [bytes, offset = 0] = call.given as [Uint8Array, number?];
    const { bytesWritten } = call.result as { readonly bytesWritten: number };
    append(draft, call, bytes.subarray(offset, offset + bytesWritten));
  },
  writeSync: (draft, call) => {
    const [bytes, offset = 0] = call.given as [Uint8Array, number?];
    append(draft, call, bytes.subarray(offset, offset + Number(call.result)));
  },
  writeFile: wroteFile,
  truncate: (draft, call) => {
    const file = openedAs(draft, call);
    const length = Number(call.given[0] ?? 0);
    fill(draft, call, file, draft.contents.get(file)?.subarray(0, length) ?? new Uint8Array());
  },
  sync: synced,
  datasync: synced,
  fsync: synced,
  fdatasync: synced,
  mkdir: (draft, call) => {
    const { path, given, result } = call;
    const isDeep = (given[0] as { readonly recursive?: boolean } | undefined)?.recursive === true;
    // It answers the first folder that it made, if any.
    if (isDeep && typeof result !== "string") return;
    const made = [path];
    while (isDeep && made[0] !== undefined && made[0] !== result) made.unshift(dirname(made[0]));
    for (const it of made) name(draft, { ...call, path: it }, [[it, draft.newNode("folder")]]);
  },
  rename: (draft, call) => {
    const to = String(call.given[0]);
    name(draft, call, [
      [call.path, undefined],
      [to, draft.live.get(call.path)],
    ]);
  },
  link: (draft, call) => name(draft, call, [[String(call.given[0]), draft.live.get(call.path)]]),
  unlink: removed,
  rm: removed,
  rmdir: removed,
  cp: copied,
  chmod: ignored,
  utimes: ignored,
};

function apply(draft: Draft, call: Call): void {
  const known = CALLS[call.name] ?? CALLS[call.name.replace(/Sync$/, "")];
  if (!known) throw new Error(`It is not known what ${call.name} does to a disk`);
  known(draft, call);
}

function openedFile(draft: Draft, call: Call): void {
  const flags = String(call.given[0]);
  const found = draft.live.get(call.path);
  const file = found ?? created(draft, call);
  draft.opened.set(call.path, file);
  if (found && flags.startsWith("w")) fill(draft, call, file, new Uint8Array());
}

function created(draft: Draft, call: Call): Node {
  const file = draft.newNode("file");
  draft.contents.set(file, new Uint8Array());
  name(draft, call, [[call.path, file]]);
  return file;
}

/** By path it makes or empties the file; by an open one it goes on at its end. */
function wroteFile(draft: Draft, call: Call): void {
  const [bytes] = call.given;
  // Node writes an open file by a call that is recorded itself.
  if (
    draft.effects.some(
      (it) => it.from > call.from && it.kind === "filled" && it.call.endsWith(` ${call.path}`),
    )
  )
    return;
  const isNew = typeof call.given[1] === "object";
  if (isNew)
    openedFile(draft, { ...call, given: [(call.given[1] as { readonly flag?: string }).flag ?? "w"] });
  append(draft, call, typeof bytes === "string" ? Buffer.from(bytes) : (bytes as Uint8Array));
}

function append(draft: Draft, call: Call, bytes: Uint8Array): void {
  const file = openedAs(draft, call);
  fill(draft, call, file, Buffer.concat([draft.contents.get(file) ?? new Uint8Array(), bytes]));
}

function openedAs({ opened }: Draft, { name, path }: Call): Node {
  const file = opened.get(path);
  if (!file) throw new Error(`${name} on ${path}, which was not opened`);
  return file;
}

function synced(draft: Draft, { name, path, from, to }: Call): void {
  const node = draft.opened.get(path) ?? draft.live.get(path);
  if (node) draft.effects.push({ kind: "synced", node, call: `${name} ${path}`, from, to });
}

function fill(
  { contents, effects }: Draft,
  { name, path, from, to }: Call,
  file: Node,
  bytes: Uint8Array,
): void {
  contents.set(file, bytes);
  effects.push({ kind: "filled", file, bytes: Buffer.from(bytes), call: `${name} ${path}`, from, to });
}

function name(
  { live, effects }: Draft,
  call: Call,
  namings: readonly (readonly [string, Node | undefined])[],
): void {
  const folders = namings.map(([path]) => live.get(dirname(path)));
  const [folder] = folders;
  if (!folder || new Set(folders).size > 1) throw new Error(`${call.name} ${call.path}: in which folder?`);
  const { from, to } = call;
  for (const [path, node] of namings) {
    if (node) live.set(path, node);
    else for (const it of live.keys()) if (it === path || it.startsWith(`${path}/`)) live.delete(it);
  }
  const names = namings.map(([path, node]): Naming => [basename(path), node]);
  effects.push({ kind: "named", folder, names, call: `${call.name} ${call.path}`, from, to });
}

function removed(draft: Draft, call: Call): void {
  if (draft.live.has(call.path)) name(draft, call, [[call.path, undefined]]);
}

/** Node copies behind our back, so what came of it is looked at. */
function copied(draft: Draft, call: Call): void {
  const to = String(call.given[0]);
  if (!draft.live.has(to)) name(draft, call, [[to, draft.newNode("folder")]]);
  for (const it of readdirSync(to, { withFileTypes: true })) {
    const path = join(to, it.name);
    if (it.isDirectory()) copied(draft, { ...call, given: [path] });
    else fill(draft, call, created(draft, { ...call, path }), readFileSync(path));
  }
}
