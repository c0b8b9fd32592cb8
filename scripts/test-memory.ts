import { execFileSync } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Counts } from "../test/support/report.ts";
import { CLIENT_MODULES } from "./clients.ts";
import { dependenciesOf } from "./dependencies.ts";
import { cache, root as ROOT } from "./paths.ts";

/** Test files that have passed with everything as it is now. */
export interface TestMemory {
  /** What came of a file; `undefined`: it has to run. */
  readonly of: (file: string) => Counts | undefined;
  /** Keeps what came of files that passed; of one that was changed meanwhile nothing is known. */
  readonly keep: (passed: Readonly<Record<string, Counts>>) => void;
}

/** Where the repository is, where is kept what is remembered, and what time it is. */
export interface TestMemoryParts {
  readonly root: string;
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What passed longer ago runs again: many tests draw their examples by chance. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/** What is remembered here. `undefined`: without git nobody can tell what the tests depend on. */
export function openTestMemory(parts: Partial<TestMemoryParts> = {}): TestMemory | undefined {
  const { root, path, now } = { root: ROOT, path: join(cache, "passed.json"), now: Date.now, ...parts };
  const before = printsOf(root);
  if (before === undefined) return undefined;
  let kept = read(path);
  return {
    of(file) {
      const it = kept[file];
      const isSame = it !== undefined && now() - it.at < LONGEST_MS && it.print === before(file);
      return isSame ? it.counts : undefined;
    },
    keep(passed) {
      const after = printsOf(root);
      const added = Object.entries(passed).flatMap(([file, counts]) => {
        const print = before(file);
        return print === after?.(file) ? [[file, { print, at: now(), counts }] as const] : [];
      });
      kept = { ...kept, ...Object.fromEntries(added) };
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(kept));
    },
  };
}

type Kept = Readonly<
  Record<string, { readonly print: string; readonly at: number; readonly counts: Counts }>
>;

function read(path: string): Kept {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Nothing has passed yet, or a write was cut off.
    return {};
  }
}

/** Gives the print of a test file: another as soon as anything has changed that it depends on. */
function printsOf(root: string): ((file: string) => string) | undefined {
  const all = listed(root);
  if (all === undefined) return undefined;
  const texts = remembering((path) => contentOf(join(root, path)));
  const lines = remembering((path) => `${path} ${hashed([texts(path) ?? ""])}`);
  const [tests, others] = partition(all, (it) => /^test\/.*\.tsx?$/.test(it));
  const [sources, rest] = partition(others, (it) => /^src\/.*\.tsx?$/.test(it));
  const around = hashed([...surroundings(root), ...rest.map(lines)]);
  const product = hashed(sources.map(lines));
  const known = new Set([...tests, ...sources]);
  return (file) => {
    const { files, isWide } = dependenciesOf(file, (path) => (known.has(path) ? texts(path) : undefined));
    return hashed([file, around, isWide ? product : "", ...files.map(lines)]);
  };
}

function remembering<T>(work: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const there = known.get(path);
    if (there !== undefined) return there;
    const made = work(path);
    known.set(path, made);
    return made;
  };
}

function partition<T>(all: readonly T[], isFirst: (it: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(isFirst), all.filter((it) => !isFirst(it))];
}

/** Files of the repository, also those that are new; `undefined`: it is none. */
function listed(root: string): readonly string[] | undefined {
  try {
    const given = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    const names = execFileSync("git", given, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return [...new Set(names.split("\0"))].filter((it) => it !== "").sort();
  } catch {
    return undefined;
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    // A file that was removed, and is not yet committed as removed.
    return undefined;
  }
}

/** Programs that tests start where they are there. */
const PROGRAMS = [
  "git",
  "bash",
  "python3",
  "bwrap",
  "redis-server",
  "chromium",
  "chromium-headless-shell",
  "rg",
  "go",
];
/** Variables that programs and tests listen to. */
const VARIABLES =
  /^(WH_|WHEELHOUSE_|ANTHROPIC_|OPENAI_|NODE_|LANG$|LC_|TZ$|DISPLAY$|PATH$|HOME$|[a-z]+_proxy$)/i;

/** What tests see beside the repository: Node, installed packages, programs, the environment, and data beside it. */
function surroundings(root: string): readonly string[] {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const programs = PROGRAMS.flatMap((name) => folders.map((it) => stateOf(join(it, name))));
  const data = globSync("../shared/cases/**", { cwd: root }).sort();
  return [
    `${process.version} ${process.platform} ${process.arch}`,
    stateOf(join(root, "node_modules/.package-lock.json")),
    stateOf(join(CLIENT_MODULES, ".package-lock.json")),
    ...programs,
    ...data.map((it) => stateOf(join(root, it))),
    ...Object.entries(process.env)
      .filter(([name]) => VARIABLES.test(name))
      .map(([name, value]) => `${name}=${value}`)
      .sort(),
  ];
}

/** Where a file is and how it was last written; "": there is none. */
function stateOf(path: string): string {
  const it = statSync(path, { throwIfNoEntry: false });
  return it === undefined ? "" : `${path} ${it.size} ${it.mtimeMs}`;
}

function hashed(lines: readonly string[]): string {
  const hash: Hash = createHash("sha256");
  for (const it of lines) hash.update(it).update("\n");
  return hash.digest("base64");
}
