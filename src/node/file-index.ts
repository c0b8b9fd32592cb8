import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { gunzipSync, gzipSync } from "node:zlib";
import { type IndexedFile, indexedFile } from "../syntax/index/indexed-file.ts";
import type { IndexRequest } from "../syntax/index/message.ts";
import { languages } from "../syntax/languages/all.ts";
import type { ParseThreads, Unparsed } from "./parse-threads.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Files between two looks at whether somebody still waits. */
const STEP = 500;
/** Folders of which everything is held at once. */
const MOST_HELD = 2;

/** What is known of source files, followed as they change. */
export interface FileIndex {
  /**
   * All files of a request as they are now, the open and the last changed ones first; `soFar` has those that are done.
   * Rejects with the signal's reason, or where no parser works.
   */
  of(
    request: IndexRequest,
    onProgress: (done: number, of: number, soFar: () => readonly IndexedFile[]) => void,
    signal: AbortSignal,
  ): Promise<{ readonly files: readonly IndexedFile[]; readonly left: number }>;
  /** Keeps what is new for another run; that takes a while, so for when nobody waits. */
  keep(): Promise<void>;
}

type Known = Map<string, IndexedFile>;

/** An index whose changed files are parsed by `threads`. */
export function fileIndex(threads: ParseThreads): FileIndex {
  const held = new Map<string, Known>();
  const unkept = new Map<string, Known>();
  return {
    async keep() {
      const all = [...unkept];
      unkept.clear();
      for (const [store, known] of all) await keep(store, known);
    },
    async of({ files, texts, store }, onProgress, signal) {
      const known = held.get(store) ?? stored(store);
      held.delete(store);
      held.set(store, known);
      for (const oldest of held.keys()) if (held.size > MOST_HELD) held.delete(oldest);
      const { now, changed } = await compared(files, known, signal);
      const edited = await unsaved(texts, now, threads, signal);
      const ahead = new Set(changed.map((it) => it.path));
      const those = () => filesOf(now, edited, known, ahead);
      let left = 0;
      const parsed = (all: readonly IndexedFile[]) => {
        for (const it of all) {
          known.set(it.path, it);
          ahead.delete(it.path);
        }
        onProgress(changed.length - ahead.size, changed.length, those);
      };
      const broken = (it: Unparsed) => {
        left++;
        parsed([indexedFile(it, "", [])]);
      };
      try {
        await threads.parse(changed, parsed, broken, signal);
      } catch (error) {
        if (signal.aborted) unkept.set(store, known);
        // What the parser broke down at is tried again.
        else held.delete(store);
        throw error;
      }
      const gone = known.size === now.size ? [] : [...known.keys()].filter((it) => !now.has(it));
      for (const it of gone) known.delete(it);
      if (changed.length + gone.length > 0) unkept.set(store, known);
      return { files: those(), left };
    },
  };
}

/** What is known of these files by now: of texts that are not saved, else of the disk, without what is ahead. */
function filesOf(
  paths: ReadonlySet<string>,
  edited: Known,
  known: Known,
  ahead: ReadonlySet<string>,
): readonly IndexedFile[] {
  const found: IndexedFile[] = [];
  for (const path of paths) {
    const it = edited.get(path) ?? (ahead.has(path) ? undefined : known.get(path));
    if (it !== undefined) found.push(it);
  }
  return found;
}

/** The files that are there, and those of them that are not as they are known. */
async function compared(files: readonly string[], known: Known, signal: AbortSignal) {
  const now = new Set<string>();
  const changed: Unparsed[] = [];
  for (const [index, path] of files.entries()) {
    if (index % STEP === STEP - 1) await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile()) continue;
    now.add(path);
    const [size, modified] = [found.size, found.mtimeMs];
    const there = known.get(path);
    if (there?.size !== size || there.modified !== modified) changed.push({ path, size, modified });
  }
  return { now, changed: changed.toSorted((a, b) => b.modified - a.modified) };
}

async function unsaved(
  texts: IndexRequest["texts"],
  now: ReadonlySet<string>,
  threads: ParseThreads,
  signal: AbortSignal,
): Promise<Known> {
  const edited: Known = new Map();
  const files = texts
    .filter((it) => now.has(it.path))
    .map(({ path, text }) => ({ path, text, size: text.length, modified: 0 }));
  const parsed = (all: readonly IndexedFile[]) => {
    for (const it of all) edited.set(it.path, it);
  };
  await threads.parse(files, parsed, () => undefined, signal);
  return edited;
}

/** Of another form, or of other queries, what is kept means something else. */
const FORM = createHash("sha256")
  .update(JSON.stringify(["1", ...languages.map((it) => [it.id, it.symbols, it.extensions])]))
  .digest("hex");

interface Kept {
  readonly form: string;
  readonly files: readonly IndexedFile[];
}

/** What is kept; nothing where it is missing, damaged or of another form. */
function stored(store: string): Known {
  try {
    const kept: Kept = deserialize(gunzipSync(readFileSync(store)));
    if (kept.form === FORM) return new Map(kept.files.map((it) => [it.path, it]));
  } catch {
    // It is made anew.
  }
  return new Map();
}

/** Where it cannot be kept, it is made again another time. */
async function keep(store: string, known: Known): Promise<void> {
  try {
    mkdirSync(dirname(store), { recursive: true, mode: 0o700 });
    const kept: Kept = { form: FORM, files: [...known.values()] };
    await writeAtomically(store, gzipSync(serialize(kept), { level: 1 }));
    forgetOld(dirname(store));
  } catch {
    // A full disk, or one that is not for writing.
  }
}

/** What was not changed for so long is of folders that nobody works on; in milliseconds. */
const OLD_MS = 60 * 24 * 60 * 60 * 1000;

function forgetOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.endsWith(".bin") && Date.now() - statSync(path).mtimeMs > OLD_MS) rmSync(path);
  }
}
