import { resolve } from "node:path";
import { minimatch } from "minimatch";
import { changesOf, planRefactoring } from "../agent/refactor-files.ts";
import { isUnderstood } from "../agent/related-files.ts";
import { whyNotWritten } from "../agent/why-not-written.ts";
import { shownPath } from "../text/paths.ts";
import { visible } from "../text/visible.ts";
import type { FileChange } from "../world.ts";
import { type Console, EXIT } from "./console.ts";
import type { RefactorArguments } from "./refactor-arguments.ts";
import { patchText } from "./rewind-words.ts";
import type { SourceTools } from "./source-tools.ts";

/** Most files that are looked at for a pattern. */
const MAX_FILES = 50_000;

/** What came of one refactoring of several whole files. */
interface Several {
  readonly changes: readonly FileChange[];
  readonly refused: readonly { readonly path: string; readonly code: string; readonly reason: string }[];
  readonly warnings: readonly string[];
}

/**
 * Applies one refactoring to each of several files as a whole; what is refused in one changes nothing of the others, and
 * all that is changed is written at once or not at all. Resolves with the exit code: refused where it is in all of them.
 */
export async function applyToSeveral(
  id: string,
  given: RefactorArguments,
  tools: SourceTools,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const { cwd, stderr } = console;
  const paths = await filesOf(given.files, cwd, tools, signal);
  if (paths.length === 0) throw new Error(`No file that can be refactored fits ${given.files.join(" ")}.`);
  const made = await plannedIn(paths, id, given, cwd, tools, signal);
  if (typeof made === "string") throw new Error(made);
  if (given.write && made.changes.length > 0) {
    const written = await tools.files.write(made.changes, signal);
    if (written.kind !== "written") throw new Error(`Nothing was written. ${whyNotWritten(written)}`);
  }
  tell(made, given, console);
  for (const it of given.json ? [] : made.refused)
    stderr.write(visible(`wheelhouse: refused in ${shownPath(it.path, cwd)} (${it.code}): ${it.reason}\n`));
  return made.changes.length === 0 ? EXIT.refused : EXIT.success;
}

/** The files that the patterns name, in the order of their paths: those that ignore files leave, and are understood. */
async function filesOf(
  patterns: readonly string[],
  cwd: string,
  { search, files }: SourceTools,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found = new Set<string>();
  let all: readonly string[] | undefined;
  for (const pattern of patterns) {
    const path = resolve(cwd, pattern);
    if ((await files.entry(path))?.kind === "file") {
      found.add(path);
      continue;
    }
    all ??= await search.files(cwd, MAX_FILES, signal);
    const options = { dot: true, matchBase: !pattern.includes("/") };
    for (const it of all)
      if (minimatch(shownPath(it, cwd), pattern.replace(/^\.\//, ""), options)) found.add(it);
  }
  return [...found].filter(isUnderstood).sort();
}

async function plannedIn(
  paths: readonly string[],
  id: string,
  { options }: RefactorArguments,
  cwd: string,
  tools: SourceTools,
  signal: AbortSignal,
): Promise<Several | string> {
  const ports = { ...tools, mayRead: async () => true };
  const changes = new Map<string, FileChange>();
  const refused: Several["refused"][number][] = [];
  const warnings = new Set<string>();
  for (const path of paths) {
    signal.throwIfAborted();
    const found = await tools.files.read(path, signal);
    if (found.kind !== "text") continue;
    const { text } = found;
    const plan = await planRefactoring(
      id,
      { file: { path, text }, from: 0, to: text.length },
      options,
      cwd,
      ports,
      signal,
    );
    const made = plan.kind === "refused" ? plan : await changesOf(plan, tools.files, signal);
    if ("kind" in made) {
      refused.push({ path, code: made.code, reason: made.reason });
      continue;
    }
    for (const it of plan.kind === "plan" ? plan.warnings : []) warnings.add(it);
    for (const it of made) {
      // Each was planned on the file as it is now.
      if (changes.has(it.path))
        return `Two of the files would change "${it.path}"; refactor them one by one.`;
      changes.set(it.path, it);
    }
  }
  return { changes: [...changes.values()], refused, warnings: [...warnings] };
}

function tell(
  { changes, refused, warnings }: Several,
  { json, write, diff }: RefactorArguments,
  { stdout, stderr }: Console,
): void {
  if (json) {
    const files = changes.map(({ path, before = null, after = null }) => ({ path, before, after }));
    const status = changes.length === 0 ? "refused" : "ok";
    stdout.write(`${JSON.stringify({ status, files, refused, warnings })}\n`);
    return;
  }
  const patch = changes.map(({ path, before, after }) => patchText({ path, before, after, isBinary: false }));
  const text = write && !diff ? changes.map(({ path }) => `changed ${path}\n`).join("") : patch.join("");
  stdout.write(stdout.isTTY ? visible(text) : text);
  for (const it of warnings) stderr.write(`wheelhouse: note: ${visible(it)}\n`);
}
