/**
 * What a disk may hold after the power went.
 *
 * The model is what POSIX and fsync(2) promise and no more; what single file systems do besides (ext4 forces a file
 * that is renamed over another, and the name of a new one together with its content) is not relied on. It is the
 * abstract persistence model of Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014, section 3.3:
 *
 * - Content is durable once an fsync or fdatasync that began after it was written has ended.
 * - Until then each sector of 512 bytes of a file holds what it held at any time since, and so does its length, each on
 *   its own: writes are lost, torn and reordered, and where a length has come before its bytes there are zeros.
 * - The names in a folder (made, replaced, removed) are durable once an fsync of that folder which began after them has
 *   ended. Until then each may have come or not, in any order; one rename has come whole or not at all.
 * - An fsync of a file says nothing of its name, and one of a folder nothing of what its names are of, nor of its own name.
 * - A call that had not yet ended may have had its effect, like one that had.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "./random.ts";
import type { Effect, Node, Recording } from "./recorded-disk.ts";

const SECTOR = 512;

/** Names and contents after a power cut. */
export interface Remains {
  readonly names: ReadonlyMap<Node, ReadonlyMap<string, Node>>;
  readonly contentOf: (file: Node) => Uint8Array;
}

type Filled = Extract<Effect, { kind: "filled" }>;
type Named = Extract<Effect, { kind: "named" }>;

/** Whether something that is not forced to the disk is there all the same. */
type Luck = (effects: readonly Effect[]) => readonly boolean[];

/** What may be left when the power goes right after a moment; `chance` decides what of it is. */
export function remainsOf(
  recording: Pick<Recording<unknown>, "names" | "contents" | "effects">,
  moment: number,
  chance: Random,
): Remains {
  const { effects } = recording;
  const begun = effects.filter((it) => it.from <= moment);
  const luck = luckOf(chance);
  const names = new Map([...recording.names].map(([folder, own]) => [folder, new Map(own)]));
  const named = begun.filter((it) => it.kind === "named");
  const lucky = luck(named);
  for (const [at, it] of named.entries()) {
    const isForced = isDurable(it, it.folder, effects, moment);
    if (isForced || lucky[at]) take(names, it);
  }
  const contents = new Map<Node, Uint8Array>();
  return {
    names,
    contentOf(file) {
      const known = contents.get(file) ?? mixed(versionsOf(recording, file, moment), chance);
      contents.set(file, known);
      return known;
    },
  };
}

/** What is certain to be in a file when the power goes right after a moment. */
export function durableContent(
  recording: Pick<Recording<unknown>, "contents" | "effects">,
  file: Node,
  moment: number,
): Uint8Array {
  return versionsOf(recording, file, moment)[0] ?? new Uint8Array();
}

function isDurable(effect: Effect, of: Node, effects: readonly Effect[], moment: number): boolean {
  return effects.some(
    (it) => it.kind === "synced" && it.node === of && it.to <= moment && it.from >= effect.to,
  );
}

/** None, all, the first few, or each as it comes. */
function luckOf(chance: Random): Luck {
  const kind = chance.pick(["none", "all", "first", "any", "any"]);
  return (effects) => {
    const upTo = chance.below(effects.length + 1);
    return effects.map((_, at) =>
      kind === "first" ? at < upTo : kind === "any" ? chance.below(2) === 0 : kind === "all",
    );
  };
}

function take(all: Map<Node, Map<string, Node>>, { folder, names }: Named): void {
  const own = all.get(folder) ?? new Map<string, Node>();
  all.set(folder, own);
  for (const [name, node] of names) {
    if (node) own.set(name, node);
    else own.delete(name);
  }
}

/** What a file held since it was last forced to the disk, oldest first. */
function versionsOf(
  { contents, effects }: Pick<Recording<unknown>, "contents" | "effects">,
  file: Node,
  moment: number,
): readonly Uint8Array[] {
  const own = effects.filter((it): it is Filled => it.kind === "filled" && it.file === file);
  const begun = own.filter((it) => it.from <= moment);
  const last = begun.findLastIndex((it) => isDurable(it, file, effects, moment));
  const forced = begun[last]?.bytes ?? contents.get(file) ?? new Uint8Array();
  return [forced, ...begun.slice(last + 1).map((it) => it.bytes)];
}

/** One of the things that a file may hold which held these. */
function mixed(versions: readonly Uint8Array[], chance: Random): Uint8Array {
  const [oldest = new Uint8Array()] = versions;
  const newest = versions.at(-1) ?? oldest;
  switch (chance.pick(["oldest", "newest", "cut", "mixed", "mixed"])) {
    case "oldest":
      return oldest;
    case "newest":
      return newest;
    case "cut":
      // Never shorter than what is certain, if nothing was taken from it.
      return newest.subarray(0, Math.max(oldest.length, SECTOR * chance.below(newest.length / SECTOR + 1)));
    default:
      return bySectors(versions, chance);
  }
}

function bySectors(versions: readonly Uint8Array[], chance: Random): Uint8Array {
  const bytes = new Uint8Array(chance.pick(versions).length);
  for (let at = 0; at < bytes.length; at += SECTOR)
    bytes.set(chance.pick(versions).subarray(at, Math.min(at + SECTOR, bytes.length)), at);
  return bytes;
}

/** Makes the folder `path` what is left of the one that was recorded. */
export function putDown(path: string, root: Node, remains: Remains): void {
  rmSync(path, { recursive: true, force: true });
  put(path, root);

  function put(at: string, node: Node): void {
    if (node.kind === "file") return writeFileSync(at, remains.contentOf(node), { mode: 0o600 });
    mkdirSync(at, { mode: 0o700 });
    for (const [name, own] of remains.names.get(node) ?? []) put(join(at, name), own);
  }
}

/** What is left when everything had come. */
export function allOf({ names, contents, effects }: Recording<unknown>): Remains {
  const last = new Map(contents);
  const own = new Map([...names].map(([folder, it]) => [folder, new Map(it)]));
  for (const it of effects)
    if (it.kind === "named") take(own, it);
    else if (it.kind === "filled") last.set(it.file, it.bytes);
  return { names: own, contentOf: (file) => last.get(file) ?? new Uint8Array() };
}

/** Each path below the root, with its content, `undefined` for a folder. */
export function pathsOf(root: Node, remains: Remains): ReadonlyMap<string, string | undefined> {
  const paths = new Map<string, string | undefined>();
  walk("", root);
  return paths;

  function walk(at: string, node: Node): void {
    const isFile = node.kind === "file";
    paths.set(at, isFile ? Buffer.from(remains.contentOf(node)).toString("latin1") : undefined);
    for (const [name, own] of remains.names.get(node) ?? []) walk(`${at}/${name}`, own);
  }
}
