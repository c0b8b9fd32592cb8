// `npm run soak [-- F5 F9 …] [--minutes N] [--seed N] [--case WHICH] [--grep PATTERN]`: the figures under fault and fuzz,
// with their full amounts. Prints a line for each, with its seed, and fails when one does not hold.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Soak } from "../test/soak/figure.ts";
import type { Report } from "../test/support/report.ts";
import { runPart } from "./test-part.ts";

/** Longer than any figure takes, in milliseconds. */
const LIMIT_MS = 24 * 60 * 60 * 1000;

/** What each figure is about, and the tests that take it. */
const FIGURES: Readonly<Record<string, { readonly what: string; readonly files: readonly string[] }>> = {
  F1: {
    what: "kill -9 at any moment",
    files: ["test/store/killed.test.ts", "test/store/rewind-killed.test.ts"],
  },
  F2: { what: "death at each call of the disk", files: ["test/soak/failing-disk.test.ts"] },
  F3: { what: "an error at each call of the disk", files: ["test/soak/failing-disk.test.ts"] },
  F4: { what: "the power goes", files: ["test/soak/power-cut.test.ts"] },
  F5: { what: "damaged logs", files: ["test/soak/damaged-logs.test.ts"] },
  F6: { what: "a person beside the agent", files: ["test/soak/person-types.test.ts"] },
  F7: { what: "several processes at one place", files: ["test/soak/several-processes.test.ts"] },
  F9: {
    what: "hostile input",
    files: ["fuzz", "fuzz-guided", "fuzz-page", "fuzz-shell"].map((it) => `test/soak/${it}.test.ts`),
  },
  F10: {
    what: "any sequence of commands",
    files: ["test/agent/commands.test.ts", "test/agent/rewind-law.test.ts"],
  },
  F14: { what: "what is very large", files: ["test/soak/large.test.ts"] },
  R1: {
    what: "refactorings of chance in real files and made programs",
    files: [
      "test/soak/refactor.test.ts",
      "test/soak/refactor-programs.test.ts",
      "test/soak/parameter-programs.test.ts",
      "test/soak/refactor-go.test.ts",
      "test/soak/refactor-java.test.ts",
      "test/soak/refactor-rust.test.ts",
      "test/refactor/generate-equality.test.ts",
      "test/soak/encapsulated-programs.test.ts",
      "test/soak/component-programs.test.ts",
      ...["go", "rust", "rust-number", "java", "java-extract", "java-form", "java-value"].map(trapsOf),
      ...["c-sharp", "c-sharp-extract", "c-sharp-form"].map(trapsOf),
    ],
  },
  F15: { what: "processes that slip away", files: ["test/soak/process-trees.test.ts"] },
};

function trapsOf(language: string): string {
  return `test/refactor/${language}-traps.test.ts`;
}

/** Tests of a file that belong to one of two figures. */
const PARTS: Readonly<Record<string, string>> = { F2: "death", F3: "error" };

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string" },
    seed: { type: "string" },
    case: { type: "string" },
    grep: { type: "string" },
  },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main();

async function main(): Promise<number> {
  const wrong = positionals.find((it) => !(it in FIGURES));
  if (wrong !== undefined) {
    console.error(`There is no figure "${wrong}"; there are ${Object.keys(FIGURES).join(", ")}.`);
    return 2;
  }
  let failed = 0;
  for (const figure of positionals.length > 0 ? positionals : Object.keys(FIGURES))
    failed += (await take(figure)).failed;
  return failed === 0 ? 0 : 1;
}

async function take(figure: string): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-soak-"));
  const tally = join(folder, "tally");
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const soak: Soak = {
    figure,
    seed,
    tally,
    ...(values.minutes !== undefined && { minutes: Number(values.minutes) }),
    ...(values.case !== undefined && { case: values.case }),
  };
  process.env["WHEELHOUSE_SOAK"] = JSON.stringify(soak);
  const { what, files } = FIGURES[figure] ?? { what: "", files: [] };
  const given = [values.grep ?? PARTS[figure] ?? "", ...files];
  const script = "scripts/test-mocha.ts";
  const from = performance.now();
  const report = await runPart({ name: figure, script, given, limitMs: LIMIT_MS });
  const seconds = ((performance.now() - from) / 1000).toFixed(0);
  const state = report.failed > 0 ? "FAILED" : report.passed > 0 ? "holds " : "skipped";
  console.log(`${figure.padEnd(4)}${state} ${what}: ${amountsIn(tally)}seed ${seed}, ${seconds} s`);
  for (const { title, why } of report.failures) console.log(`\n✗ ${title}\n${why.replace(/^/gm, "    ")}\n`);
  rmSync(folder, { recursive: true });
  return report;
}

/** "12 × is whole after …; " of each test. */
function amountsIn(tally: string): string {
  if (!existsSync(tally)) return "";
  const lines = readFileSync(tally, "utf8").trim().split("\n");
  return lines
    .map((it) => {
      const { what, inputs }: { what: string; inputs: number } = JSON.parse(it);
      return `${inputs} × ${what}; `;
    })
    .join("");
}
