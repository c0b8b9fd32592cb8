import { resolve } from "node:path";
import { changesOf, planRefactoring } from "../agent/refactor-files.ts";
import { selectionIn } from "../agent/selection.ts";
import { whyNotWritten } from "../agent/why-not-written.ts";
import type { RefactorRequest } from "../refactor/engine.ts";
import type { Plan, Refusal } from "../refactor/plan.ts";
import { visible } from "../text/visible.ts";
import type { FileChange } from "../world.ts";
import { type Console, EXIT } from "./console.ts";
import { type RefactorArguments, refactorArguments } from "./refactor-arguments.ts";
import { applyToSeveral } from "./refactor-several.ts";
import { patchText } from "./rewind-words.ts";
import { type SourceTools, withSourceTools } from "./source-tools.ts";
import { REFACTOR_USAGE } from "./usage.ts";

/** `wheelhouse refactor …`: what can be done at a place, or does it. Resolves with the exit code. */
export async function refactorCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr } = console;
  if (argv.some((it) => it === "--help" || it === "-h")) {
    stdout.write(`${REFACTOR_USAGE}\n`);
    return EXIT.success;
  }
  const given = refactorArguments(argv);
  if (typeof given === "string") {
    stderr.write(`${given === REFACTOR_USAGE ? given : `wheelhouse: ${given}`}\n`);
    return EXIT.usage;
  }
  return withSourceTools(console, (tools, signal) => obey(given, tools, console, signal));
}

async function obey(
  given: RefactorArguments,
  tools: SourceTools,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  if (given.files.length > 0 && given.id !== undefined)
    return applyToSeveral(given.id, given, tools, console, signal);
  const path = resolve(console.cwd, given.path);
  const found = await tools.files.read(path, signal);
  if (found.kind !== "text") throw new Error(`Cannot refactor "${given.path}": ${whyNoText(found)}.`);
  const at = selectionIn(found.text, given.selection);
  if (typeof at === "string") {
    console.stderr.write(`wheelhouse: ${at}\n`);
    return EXIT.usage;
  }
  const request = { file: { path, text: found.text }, ...at };
  return given.id === undefined
    ? list(request, given, tools, console, signal)
    : apply(given.id, request, given, tools, console, signal);
}

function whyNoText(found: {
  readonly kind: string;
  readonly reason?: string;
  readonly why?: string;
}): string {
  if (found.kind === "absent") return "there is no such file";
  if (found.kind === "folder") return "it is a folder";
  return found.reason ?? `it is no text (${found.why ?? found.kind})`;
}

async function list(
  request: RefactorRequest,
  { json }: RefactorArguments,
  { refactorer }: SourceTools,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const offered = await refactorer.offers(request, signal);
  if (offered.kind === "refused") return refuse(offered, json, console);
  const offers = offered.offers.map(({ id, title, kind }) => ({ id, title, kind }));
  const lines = offers.map((it) => `${it.id.padEnd(18)} ${visible(it.title)}\n`);
  console.stdout.write(json ? `${JSON.stringify({ status: "ok", offers })}\n` : lines.join(""));
  if (offers.length === 0 && !json) console.stderr.write("There is nothing to refactor at this place.\n");
  return EXIT.success;
}

async function apply(
  id: string,
  request: RefactorRequest,
  given: RefactorArguments,
  tools: SourceTools,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const ports = { ...tools, mayRead: async () => true };
  const plan = await planRefactoring(id, request, given.options, console.cwd, ports, signal);
  if (plan.kind === "refused") return refuse(plan, given.json, console);
  const changes = await changesOf(plan, tools.files, signal);
  if ("kind" in changes) return refuse(changes, given.json, console);
  if (given.write) {
    const written = await tools.files.write(changes, signal);
    if (written.kind !== "written") throw new Error(`Nothing was written. ${whyNotWritten(written)}`);
  }
  tell(plan, changes, given, console);
  return EXIT.success;
}

function tell(
  { title, warnings }: Plan,
  changes: readonly FileChange[],
  { json, write, diff }: RefactorArguments,
  { stdout, stderr }: Console,
): void {
  if (json) {
    const files = changes.map(({ path, before = null, after = null }) => ({ path, before, after }));
    stdout.write(`${JSON.stringify({ status: "ok", title, files, warnings })}\n`);
    return;
  }
  const patch = changes.map(({ path, before, after }) => patchText({ path, before, after, isBinary: false }));
  const text = write && !diff ? written(title, changes) : patch.join("");
  stdout.write(stdout.isTTY ? visible(text) : text);
  for (const it of warnings) stderr.write(`wheelhouse: note: ${visible(it)}\n`);
}

function written(title: string, changes: readonly FileChange[]): string {
  const lines = changes.map(
    ({ path, before, after }) =>
      `  ${before === undefined ? "created" : after === undefined ? "removed" : "changed"} ${path}`,
  );
  return [title, ...lines, ""].join("\n");
}

function refuse({ code, reason }: Refusal, json: boolean, { stdout, stderr }: Console): number {
  if (json) stdout.write(`${JSON.stringify({ status: "refused", reason, code })}\n`);
  else stderr.write(`wheelhouse: refused (${code}): ${visible(reason)}\n`);
  return EXIT.refused;
}
