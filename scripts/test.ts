// `npm test [-- PART…] [--grep PATTERN]`: all tests, or those of some parts. Ends with "N passed, N failed".
import { globSync } from "node:fs";
import { parseArgs } from "node:util";
import { added, NO_REPORT, type Report } from "../test/support/report.ts";
import { ensureBubblewrap } from "./bubblewrap.ts";
import { pack } from "./pack.ts";
import { root } from "./paths.ts";
import { timed } from "./steps.ts";
import { runChecks } from "./test-checks.ts";
import { runPart } from "./test-part.ts";
import { ensureChromium } from "./web-host/chromium.ts";
import { installWebHost } from "./web-host/install.ts";

const NAMES = ["checks", "unit", "vscode", "window"] as const;
type Name = (typeof NAMES)[number];

const MINUTE_MS = 60_000;
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
  const reports = [await part("checks", () => runChecks(grep))];
  const built = chosen.some((it) => it !== "checks")
    ? await attempt("the package is built", build)
    : NO_REPORT;
  reports.push(built);
  // The parts in VS Code wait for most of their time: what needs none of it runs beside them.
  if (built.failed === 0) reports.push(...(await Promise.all([part("unit", runUnit), inVsCode()])));
  const all = reports.reduce(added, NO_REPORT);
  if (all.skipped > 0) console.log(`\n${all.skipped} skipped: what they need is not on this machine`);
  // The last line is read by programs.
  console.log(`\n${all.passed} passed, ${all.failed} failed`);
  return all.failed === 0 ? 0 : 1;
}

/** The very package that people install is what the tests see, its budgets kept. */
async function build(): Promise<void> {
  ensureBubblewrap();
  const chromium = await ensureChromium();
  if (chromium) process.env["WH_CHROMIUM"] = chromium;
  await timed("Building", () => pack("production"));
}

async function inVsCode(): Promise<Report> {
  if (!chosen.includes("vscode") && !chosen.includes("window")) return NO_REPORT;
  const installed = await attempt(
    "VS Code is installed",
    async () => void installWebHost({ withBrowser: false }),
  );
  if (installed.failed > 0) return installed;
  // A window waits for most of its time, too: half of them are opened beside the other half.
  const [early, late] = [windowFiles(0), windowFiles(1)];
  const [first, second] = await Promise.all([
    part("window", () => runInWindow(early)),
    part("vscode", runInVsCode).then(async (it) => added(it, await part("window", () => runInWindow(late)))),
  ]);
  return added(first, second);
}

/** Every second file, from this one on. */
function windowFiles(from: 0 | 1): readonly string[] {
  return filesOf((it) => it.startsWith("test/window/")).filter((_, index) => index % 2 === from);
}

/** Runs a part that was chosen and shows what came of it. */
async function part(name: Name, run: () => Promise<Report>): Promise<Report> {
  if (!chosen.includes(name)) return NO_REPORT;
  const report = await timed(name, run);
  show(report);
  console.log(`${name}: ${summary(report)}`);
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

function runUnit(): Promise<Report> {
  const files = filesOf((it) => !/^test\/(vscode|window)\//.test(it));
  return runFiles("unit", files, 14 * MINUTE_MS, true);
}

function runInVsCode(): Promise<Report> {
  const script = "scripts/test-vscode.ts";
  return runPart({ name: "vscode", script, given: [grep], isShown: false, limitMs: 6 * MINUTE_MS });
}

function runInWindow(files: readonly string[]): Promise<Report> {
  return runFiles("window", files, 14 * MINUTE_MS, chosen.length === 1);
}

/** Test files, in name order. */
function filesOf(isWanted: (path: string) => boolean): readonly string[] {
  return globSync("test/**/*.test.ts", { cwd: root })
    .map((it) => it.replaceAll("\\", "/"))
    .filter(isWanted)
    .sort();
}

/** Runs test files with mocha. */
function runFiles(name: Name, files: readonly string[], limitMs: number, isShown: boolean): Promise<Report> {
  return runPart({ name, script: "scripts/test-mocha.ts", given: [grep, ...files], isShown, limitMs });
}

function show({ failures }: Report): void {
  for (const { title, file, why } of failures)
    console.log(`\n✗ ${title}\n  ${file}\n${why.replace(/^/gm, "    ")}`);
}

function summary({ passed, failed, skipped }: Report): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
