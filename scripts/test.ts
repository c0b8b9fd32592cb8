// `npm test [-- PART…] [--grep PATTERN]`: all tests, or those of some parts. Ends with "N passed, N failed".
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { atOnce } from "../src/std/at-once.ts";
import { added, NO_REPORT, type Report } from "../test/support/report.ts";
import { ensureBubblewrap } from "./bubblewrap.ts";
import { pack } from "./pack.ts";
import { cache, root } from "./paths.ts";
import { ensureRedis } from "./redis.ts";
import { timed } from "./steps.ts";
import { runChecks } from "./test-checks.ts";
import { runPart } from "./test-part.ts";
import { ensureChromium } from "./web-host/chromium.ts";
import { installWebHost } from "./web-host/install.ts";

const NAMES = ["checks", "unit", "vscode", "window"] as const;
type Name = (typeof NAMES)[number];

const MINUTE_MS = 60_000;
/** Jobs that run beside each other: they wait for half of their time, for windows, processes and the disk. */
const LANES = Math.max(4, availableParallelism());
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: "string", default: "" } },
});
const grep = values.grep;
const chosen = NAMES.filter((it) => positionals.length === 0 || positionals.includes(it));

// So that what runs in processes of its own is ended too.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main();

async function main(): Promise<number> {
  const wrong = positionals.find((it) => !NAMES.some((name) => name === it));
  if (wrong !== undefined) {
    console.error(`There is no part "${wrong}"; there are ${NAMES.join(", ")}.`);
    return 2;
  }
  const checks: readonly Job[] = [{ part: "checks", title: "checks", run: () => runChecks(grep) }];
  const [ready, ...checked] = await Promise.all([prepared(), ...chosenOf(checks).map(reportOf)]);
  const tested = ready.failed === 0 ? await atOnce(chosenOf(jobs()), LANES, reportOf) : [];
  const all = [ready, ...checked, ...tested].reduce(added, NO_REPORT);
  if (all.skipped > 0) console.log(`\n${all.skipped} skipped: what they need is not on this machine`);
  // The last line is read by programs.
  console.log(`\n${all.passed} passed, ${all.failed} failed`);
  return all.failed === 0 ? 0 : 1;
}

/** Builds the package and installs the VS Code that the chosen parts need. */
async function prepared(): Promise<Report> {
  if (chosen.every((it) => it === "checks")) return NO_REPORT;
  const built = await attempt("the package is built", build);
  if (!chosen.includes("vscode") && !chosen.includes("window")) return built;
  const install = async () => void installWebHost({ withBrowser: false });
  return added(built, await attempt("VS Code is installed", install));
}

/** The very package that people install is what the tests see, its budgets kept. */
async function build(): Promise<void> {
  ensureBubblewrap();
  ensureRedis();
  const chromium = await ensureChromium();
  if (chromium) process.env["WH_CHROMIUM"] = chromium;
  await timed("Building", () => pack());
  // What is compiled once, of our sources and of VS Code's, need not be again by the next of many processes.
  process.env["NODE_COMPILE_CACHE"] = join(cache, "compiled");
  process.env["WHEELHOUSE_CLI"] = join(root, "dist/cli.cjs");
}

/** Tests that run in a process of their own. */
interface Job {
  readonly part: Name;
  readonly title: string;
  readonly run: () => Promise<Report>;
}

/** All jobs but the checks, those that take longest first. */
function jobs(): readonly Job[] {
  const inWindow = filesOf((it) => it.startsWith("test/window/"));
  // So both halves take about as long.
  const middle = Math.floor(inWindow.length * 0.4);
  const unit = Map.groupBy(
    filesOf((it) => !/^test\/(vscode|window)\//.test(it)),
    groupOf,
  );
  return [
    // The files of a job share one VS Code, neighbours even a window.
    mochaJob("window", "window, first half", inWindow.slice(0, middle)),
    mochaJob("window", "window, second half", inWindow.slice(middle)),
    ...[...unit].map(([group, files]) => mochaJob("unit", `unit, ${group}`, files)),
    { part: "vscode", title: "vscode", run: runInVsCode },
  ];
}

/** Which unit tests run in one process: those of a folder that takes long, the rest together. */
function groupOf(path: string): string {
  const folder = path.split("/")[1] ?? "";
  return ["webview", "terminal", "store", "soak", "node", "refactor"].includes(folder) ? folder : "the rest";
}

function mochaJob(part: Name, title: string, files: readonly string[]): Job {
  const given = [grep, ...files];
  const script = "scripts/test-mocha.ts";
  return { part, title, run: () => runPart({ name: title, script, given, limitMs: 14 * MINUTE_MS }) };
}

function runInVsCode(): Promise<Report> {
  return runPart({ name: "vscode", script: "scripts/test-vscode.ts", given: [grep], limitMs: 6 * MINUTE_MS });
}

function chosenOf(all: readonly Job[]): readonly Job[] {
  return all.filter((it) => chosen.includes(it.part));
}

/** Runs a job and shows what came of it. */
async function reportOf({ title, run }: Job): Promise<Report> {
  const from = Date.now();
  const report = await run();
  show(report);
  console.log(`${title}: ${summary(report)}, ${((Date.now() - from) / 1000).toFixed(1)} s`);
  return report;
}

/** What has to be done before tests counts only when it cannot be. */
async function attempt(title: string, work: () => Promise<void>): Promise<Report> {
  try {
    await work();
    return NO_REPORT;
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const report = { ...NO_REPORT, failed: 1, failures: [{ title, file: "scripts/test.ts", why }] };
    show(report);
    return report;
  }
}

/** Test files, in name order. */
function filesOf(isWanted: (path: string) => boolean): readonly string[] {
  return globSync("test/**/*.test.ts", { cwd: root })
    .map((it) => it.replaceAll("\\", "/"))
    .filter(isWanted)
    .sort();
}

function show({ failures }: Report): void {
  for (const { title, file, why } of failures)
    console.log(`\n✗ ${title}\n  ${file}\n${why.replace(/^/gm, "    ")}`);
}

function summary({ passed, failed, skipped }: Report): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
