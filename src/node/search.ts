import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Search, SearchLine, SearchQuery, SearchResult } from "../world.ts";
import { lazy } from "./lazy.ts";
import { ripgrepLines } from "./ripgrep-message.ts";
import { reasonOf } from "./system-error.ts";

/** For both searches: no settings of the user's, hidden files yes, `.git` no, ignore files also outside of git. */
const COMMON = ["--no-config", "--no-messages", "--hidden", "--no-require-git", "--sort", "path"];
/** For a look at all there is: what is ignored, too, and in any order. */
const ALL = ["--no-config", "--no-messages", "--hidden", "--no-ignore"];
const WITHOUT_GIT = ["--glob", "!.git"];
/** Our own bookkeeping has nothing to do with the output; this much of an error text is enough. */
const MAX_ERROR = 2_000;

/** Search by the ripgrep at `program`; `undefined`: there is none, and searches say so. */
export function nodeSearch(program: string | undefined): Search {
  return {
    text,
    files: (folder, limit, signal) => listed(COMMON, folder, limit, signal),
    named: (name, folder, limit, signal) => listed([...ALL, `--iglob=${name}`], folder, limit, signal),
  };

  async function text(query: SearchQuery, limit: number, signal: AbortSignal): Promise<SearchResult> {
    const lines: SearchLine[] = [];
    const ended = await run(argumentsFor(query), query.path, signal, (line) => {
      lines.push(...ripgrepLines(line));
      return lines.length <= limit;
    });
    if (ended.reason !== undefined && lines.length === 0) return { kind: "failed", reason: ended.reason };
    return { kind: "lines", lines: lines.slice(0, limit), cut: lines.length > limit };
  }

  async function listed(
    which: readonly string[],
    folder: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const paths: string[] = [];
    if (limit < 1) return paths;
    await run(["--files", ...which, ...WITHOUT_GIT, "--", folder], folder, signal, (line) => {
      paths.push(resolve(folder, line));
      return paths.length < limit;
    });
    return paths.slice(0, limit);
  }

  async function run(
    args: readonly string[],
    path: string,
    signal: AbortSignal,
    take: (line: string) => boolean,
  ): Promise<{ readonly reason?: string }> {
    signal.throwIfAborted();
    if (program === undefined) return { reason: "Cannot search: there is no ripgrep (rg) on this machine" };
    const found = await stat(path).catch(() => undefined);
    if (!found) return { reason: `Cannot search "${path}": there is no such file or folder` };
    // Globs are matched relative to the folder ripgrep stands in.
    const ended = await ripgrep(program, args, found.isDirectory() ? path : dirname(path), signal, take);
    signal.throwIfAborted();
    return ended;
  }
}

function argumentsFor(query: SearchQuery): readonly string[] {
  return [
    "--json",
    ...COMMON,
    ...(query.ignoreCase ? ["--ignore-case"] : []),
    ...(query.multiline ? ["--multiline", "--multiline-dotall"] : []),
    ...(query.before ? ["--before-context", String(query.before)] : []),
    ...(query.after ? ["--after-context", String(query.after)] : []),
    ...(query.type ? [`--type=${query.type}`] : []),
    ...(query.glob ? [`--glob=${query.glob}`] : []),
    ...(query.exclude ?? []).map((it) => `--iglob=!${it}`),
    ...(query.hidden ?? []).map((it) => `--glob=!${it}`),
    ...WITHOUT_GIT,
    "--",
    query.pattern,
    query.path,
  ];
}

/** Runs it until its end or until `take` has enough; `reason` when it said that it could not search. */
function ripgrep(
  program: string,
  args: readonly string[],
  folder: string,
  signal: AbortSignal,
  take: (line: string) => boolean,
): Promise<{ readonly reason?: string }> {
  return new Promise((resolve) => {
    const child = lazy.childProcess.spawn(program, args, {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      signal,
    });
    const lines = createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY });
    let errors = "";
    let enough = false;
    child.stderr
      .setEncoding("utf8")
      .on("data", (text: string) => (errors = (errors + text).slice(0, MAX_ERROR)));
    lines.on("line", (line) => {
      if (enough || take(line)) return;
      enough = true;
      child.kill();
    });
    child.once("error", (error) => resolve({ reason: `Cannot search: ${reasonOf(error)}` }));
    // 0: found, 1: nothing found, 2: it could not search all it was asked to.
    child.once("close", (code) =>
      resolve(code === 2 && errors !== "" ? { reason: `Cannot search: ${errors.trim()}` } : {}),
    );
  });
}
