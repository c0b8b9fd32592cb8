// `npm test [-- PART…] [--grep PATTERN]`: all tests, or those of some parts. Ends with "N passed, N failed".
import { globSync } from "node:fs";
import { parseArgs } from "node:util";
import { added, NO_REPORT, type Report } from "../test/support/report.ts";
import { pack } from "./pack.ts";
import { root } from "./paths.ts";
import { timed } from "./steps.ts";
import { runChecks } from "./test-checks.ts";
import { runPart } from "./test-part.ts";
import { ensureChromium } from "./web-host/chromium.ts";
import { installWebHost } from "./web-host/install.ts";

const MINUTE_MS = 60_000;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: "string", default: "" } },
});
const grep = values.grep;

/** Each part with what it needs and how it runs. */
const PARTS = {
  checks: { needsBuild: false, needsVsCode: false, run: () => runChecks(grep) },
  unit: {
    needsBuild: true,
    needsVsCode: false,
    run: () => runFiles("unit", (it) => !/^test\/(vscode|window)\//.test(it), 12 * MINUTE_MS),
  },
  vscode: {
    needsBuild: true,
    needsVsCode: true,
    run: () =>
      runPart({
        name: "vscode",
        script: "scripts/test-vscode.ts",
        given: [grep],
        env: process.env,
        isShown: false,
        limitMs: 6 * MINUTE_MS,
      }),
  },
  window: {
    needsBuild: true,
    needsVsCode: true,
    run: () => runFiles("window", (it) => it.startsWith("test/window/"), 10 * MINUTE_MS),
  },
};

process.exitCode = await main();

async function main(): Promise<number> {
  const wrong = positionals.find((it) => !(it in PARTS));
  if (wrong !== undefined) {
    console.error(`There is no part "${wrong}"; there are ${Object.keys(PARTS).join(", ")}.`);
    return 2;
  }
  const chosen = Object.entries(PARTS).filter(
    ([name]) => positionals.length === 0 || positionals.includes(name),
  );
  await prepare(
    chosen.some(([, it]) => it.needsBuild),
    chosen.some(([, it]) => it.needsVsCode),
  );
  let all = NO_REPORT;
  for (const [name, { run }] of chosen) {
    const report = await timed(name, run);
    for (const { title, file, why } of report.failures)
      console.log(`\n✗ ${title}\n  ${file}\n${indented(why)}`);
    console.log(summary(report));
    all = added(all, report);
  }
  console.log(`\n${summary(all)}`);
  return all.failed === 0 ? 0 : 1;
}

async function prepare(needsBuild: boolean, needsVsCode: boolean): Promise<void> {
  if (!needsBuild) return;
  const chromium = await ensureChromium();
  if (chromium) process.env["WH_CHROMIUM"] = chromium;
  if (needsVsCode) await timed("VS Code", () => installWebHost({ withBrowser: false }));
  // The very package that people install is what the tests see, its budgets kept.
  await timed("Building", () => pack("production"));
}

/** Runs test files with mocha, in name order. */
function runFiles(name: string, isWanted: (path: string) => boolean, limitMs: number): Promise<Report> {
  const files = globSync("test/**/*.test.ts", { cwd: root })
    .map((it) => it.replaceAll("\\", "/"))
    .filter(isWanted)
    .sort();
  return runPart({
    name,
    script: "scripts/test-mocha.ts",
    given: [grep, ...files],
    env: process.env,
    isShown: true,
    limitMs,
  });
}

function summary({ passed, failed, skipped }: Report): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function indented(text: string): string {
  return text.replace(/^/gm, "    ");
}
