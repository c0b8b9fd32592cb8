import { keepImages } from "../journal/images.ts";
import type { ToolUseBlock } from "../model/conversation.ts";
import { never } from "../std/abort.ts";
import { patchOf } from "../text/diff.ts";
import type { FileChange, Problem, Written } from "../world.ts";
import { finish } from "./answers.ts";
import { asSaved, imagesAsSaved } from "./as-saved.ts";
import { diffsOf } from "./diffs.ts";
import type { ApprovedEdit } from "./judge.ts";
import type { Live } from "./wiring.ts";

/** Problems told to the model after an edit, at most. */
const PROBLEMS_TOLD = 20;

/**
 * Makes an approved change: before-images kept, intent on disk, files written and read back, all or none; then the
 * problems it caused. Once writing has begun, a Stop waits for its end.
 */
export async function runEdit(
  live: Live,
  call: ToolUseBlock,
  { changes, notes, isCertain }: ApprovedEdit,
  signal: AbortSignal,
): Promise<void> {
  const paths = changes.map((it) => it.path);
  const from = live.world.clock.now();
  const earlier = await problemsOf(live, paths, signal);
  signal.throwIfAborted();
  const written = await live.world.locks.hold(paths, async () => {
    const files = await keepImages(changes, live.blobs);
    signal.throwIfAborted();
    await live.record({ type: "began", call: call.id, files }, "durable");
    return { files, outcome: await live.world.files.write(changes, never()) };
  });
  const { outcome } = written;
  if (outcome.kind !== "written")
    return finish(live, call, "failed", await failureText(live, outcome, changes, signal));
  const after = asSaved(changes, outcome);
  const files = await imagesAsSaved(changes, outcome, written.files, live.blobs);
  // Without what was there before, nothing can be called new.
  const now = earlier && (await problemsOf(live, paths, signal));
  const caused = newProblems(earlier ?? [], now ?? []);
  if (isCertain && isWorse(earlier ?? [], now ?? []) && (await isTakenBack(live, after)))
    return finish(live, call, "failed", [TAKEN_BACK, ...problemText(caused, "What it brought:")].join("\n"));
  const content = [
    doneText(changes),
    ...notes,
    ...formatText(changes, after),
    ...problemText(caused, "New problems since this edit:"),
  ].join("\n");
  const display = { kind: "diff", files: diffsOf(after, live.outside.told) } as const;
  await finish(live, call, "done", content, {
    display,
    files,
    read: await hashesOf(live, known(live, changes)).catch(() => []),
    durationMs: live.world.clock.now() - from,
  });
}

/** A change that came between is told, so far as it is not long. */
const MAX_TOLD = 4_000;

async function failureText(
  { world, outside }: Live,
  outcome: Exclude<Written, { kind: "written" }>,
  changes: readonly FileChange[],
  signal: AbortSignal,
): Promise<string> {
  const { path } = outcome;
  if (outcome.kind !== "stale") return `Nothing was changed: ${path} could not be written: ${outcome.reason}`;
  const told = `Nothing was changed: ${path} changed while this edit waited. Read it again and make the edit anew.`;
  const before = changes.find((it) => it.path === path)?.before;
  const now = await world.files.read(path, signal).catch(() => undefined);
  if (before === undefined || now?.kind !== "text") return told;
  const { patch } = patchOf(before, now.text, outside.told);
  return patch === "" || patch.length > MAX_TOLD ? told : `${told} What changed:\n${patch}`;
}

function doneText(changes: readonly FileChange[]): string {
  return changes
    .map(
      ({ path, before, after }) =>
        `${path} was ${before === undefined ? "created" : after === undefined ? "removed" : "changed"}.`,
    )
    .join("\n");
}

function formatText(changes: readonly FileChange[], saved: readonly FileChange[]): string[] {
  return changes
    .filter((it, at) => saved[at]?.after !== it.after)
    .map((it) => `The editor formatted ${it.path} on saving: read it again before you edit it.`);
}

/** The model knows what it made, and what it has read; a refactoring changes more. */
function known(live: Live, changes: readonly FileChange[]): readonly string[] {
  const { read } = live.memory();
  return changes
    .filter(({ path, before }) => before === undefined || read.some((it) => it.path === path))
    .map((it) => it.path);
}

/** Hashes of what now stands there, so that the session may edit on without reading again. */
async function hashesOf(
  live: Live,
  paths: readonly string[],
): Promise<readonly { path: string; hash: string }[]> {
  const found = await Promise.all(
    paths.map(async (path) => ({
      path,
      file: await live.world.files.read(path, never()),
    })),
  );
  return found.flatMap(({ path, file }) => (file.kind === "text" ? [{ path, hash: file.hash }] : []));
}

/** `undefined`: nobody can say. */
async function problemsOf(
  { world }: Live,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly Problem[] | undefined> {
  return world.problems.available ? world.problems.of(paths, signal).catch(() => undefined) : undefined;
}

function newProblems(earlier: readonly Problem[], now: readonly Problem[]): readonly Problem[] {
  const known = new Set(earlier.map((it) => `${it.path}\n${it.severity}\n${it.message}`));
  return now.filter(
    (it) =>
      (it.severity === "error" || it.severity === "warning") &&
      !known.has(`${it.path}\n${it.severity}\n${it.message}`),
  );
}

const TAKEN_BACK =
  "Nothing is changed: the refactoring was made, and taken back because it brought errors. Do it by Edit if it is right.";

/** Errors that were there may read otherwise now, as with another name in them; more of them are new. */
function isWorse(earlier: readonly Problem[], now: readonly Problem[]): boolean {
  const count = (all: readonly Problem[]) => all.filter((it) => it.severity === "error").length;
  return count(now) > count(earlier);
}

/** Whether the files are what they were before a change that has been made; a crash before that leaves it to recovery. */
async function isTakenBack({ world }: Live, made: readonly FileChange[]): Promise<boolean> {
  const back = made.map((it) => ({ ...it, before: it.after, after: it.before }));
  const written = await world.locks.hold(
    back.map((it) => it.path),
    () => world.files.write(back, never()),
  );
  return written.kind === "written";
}

function problemText(problems: readonly Problem[], title: string): string[] {
  if (problems.length === 0) return [];
  const told = problems
    .slice(0, PROBLEMS_TOLD)
    .map((it) => `${it.path}:${it.line}:${it.column} ${it.severity}: ${it.message}`);
  const more = problems.length > PROBLEMS_TOLD ? [`and ${problems.length - PROBLEMS_TOLD} more`] : [];
  return [title, ...told, ...more];
}
