// `npm test [-- PART…] [--grep PATTERN] [--all]`: all tests, or those of some parts. Files that have passed, with all
// they depend on as it is now, are counted and not run again, but with --all or where CI is set. Ends with
// "N passed, N failed".
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { atOnce } from "../src/std/at-once.ts";
import { added, type Counts, NO_REPORT, type Report } from "../test/support/report.ts";
import { ensureBubblewrap } from "./bubblewrap.ts";
import { ensureClients } from "./clients.ts";
import { pack } from "./pack.ts";
import { cache, root } from "./paths.ts";
import { ensureRedis } from "./redis.ts";
import { timed } from "./steps.ts";
import { runChecks } from "./test-checks.ts";
import { openTestMemory } from "./test-memory.ts";
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
  options: { grep: { type: "string", default: "" }, all: { type: "boolean", default: false } },
});
const { grep } = values;
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
  const checks: readonly Job[] = [{ part: "checks", title: "checks", files: [], run: () => runChecks(grep) }];
  const [ready, ...checked] = await Promise.all([prepared(), ...chosenOf(checks).map(reportOf)]);
  const tested = ready.failed === 0 ? await runJobs() : [];
  const all = [ready, ...checked, ...tested].reduce(added, NO_REPORT);
  if (all.skipped > 0) console.log(`\n${all.skipped} skipped: what they need is not on this machine`);
  // The last line is read by programs.
  console.log(`\n${all.passed} passed, ${all.failed} failed`);
  return all.failed === 0 ? 0 : 1;
}

async function runJobs(): Promise<readonly Report[]> {
  // Of a part of the tests of a file nothing can be remembered.
  const memory = grep === "" ? openTestMemory() : undefined;
  const isAll = values.all || Boolean(process.env["CI"]);
  const remembered = new Map<string, Counts>();
  const toRun = (file: string) => {
    const known = isAll ? undefined : memory?.of(file);
    if (known !== undefined) remembered.set(file, known);
    return known === undefined;
  };
  const tested = await atOnce(chosenOf(jobs(toRun)), LANES, async (job) => {
    const report = await reportOf(job);
    memory?.keep(passedIn(report, job));
    return report;
  });
  return [...tested, toldOf(remembered)];
}

/** The files of a job of which every test passed. */
function passedIn({ byFile, ...counts }: Report, { files }: Job): Readonly<Record<string, Counts>> {
  // VS Code runs all its tests as one.
  const [only] = files;
  const told = files.length === 1 && only !== undefined ? { [only]: counts } : byFile;
  return Object.fromEntries(
    Object.entries(told).filter(([file, it]) => files.includes(file) && it.failed === 0),
  );
}

/** What came of the files that did not have to run, which is said. */
function toldOf(remembered: ReadonlyMap<string, Counts>): Report {
  const report = [...remembered.values()].reduce(
    (sum: Report, it) => added(sum, { ...NO_REPORT, ...it }),
    NO_REPORT,
  );
  if (remembered.size > 0)
    console.log(
      `not run again: ${report.passed} tests in ${remembered.size} files that passed within a day, with nothing changed since that they depend on (npm test -- --all runs them)`,
    );
  return report;
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
  const clients = ensureClients();
  ensureBubblewrap();
  ensureRedis();
  const chromium = await ensureChromium();
  if (chromium) process.env["WH_CHROMIUM"] = chromium;
  await timed("Building", () => pack());
  await clients;
  // What is compiled once, of our sources and of VS Code's, need not be again by the next of many processes.
  process.env["NODE_COMPILE_CACHE"] = join(cache, "compiled");
  process.env["WHEELHOUSE_CLI"] = join(root, "dist/cli.cjs");
}

/** Tests that run in a process of their own. */
interface Job {
  readonly part: Name;
  readonly title: string;
  readonly files: readonly string[];
  readonly run: () => Promise<Report>;
}

/** All jobs but the checks, of the files that have to run, those that take longest first. */
function jobs(toRun: (file: string) => boolean): readonly Job[] {
  const inWindow = chosen.includes("window")
    ? filesOf((it) => it.startsWith("test/window/")).filter(toRun)
    : [];
  // So both halves take about as long.
  const middle = Math.floor(inWindow.length * 0.4);
  const unit = chosen.includes("unit")
    ? filesOf((it) => !/^test\/(vscode|window)\//.test(it)).filter((it) => isAlwaysRun(it) || toRun(it))
    : [];
  const inVsCode = chosen.includes("vscode") ? ["test/vscode/index.ts"].filter(toRun) : [];
  return [
    // The files of a job share one VS Code, neighbours even a window.
    mochaJob("window", "window, first half", inWindow.slice(0, middle)),
    mochaJob("window", "window, second half", inWindow.slice(middle)),
    ...[...Map.groupBy(unit, groupOf)].map(([group, files]) => mochaJob("unit", `unit, ${group}`, files)),
    { part: "vscode" as const, title: "vscode", files: inVsCode, run: runInVsCode },
  ].filter((it) => it.files.length > 0);
}

/** Tests of the repository itself read all of it. */
function isAlwaysRun(path: string): boolean {
  return /^test\/(house|scripts)\//.test(path);
}

/** Which unit tests run in one process: those of a folder that takes long, the rest together. */
function groupOf(path: string): string {
  const folder = path.split("/")[1] ?? "";
  return ["webview", "terminal", "store", "soak", "node", "refactor"].includes(folder) ? folder : "the rest";
}

function mochaJob(part: Name, title: string, files: readonly string[]): Job {
  const given = [grep, ...files];
  const script = "scripts/test-mocha.ts";
  const run = () => runPart({ name: title, script, given, limitMs: 14 * MINUTE_MS });
  return { part, title, files, run };
}

function runInVsCode(): Promise<Report> {
  const script = "scripts/test-vscode.ts";
  return runPart({ name: "vscode", script, given: [grep], limitMs: 6 * MINUTE_MS });
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
