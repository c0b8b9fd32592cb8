import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type Mocha from "mocha";

/** How many tests ended in which way. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What came of a part of the tests. */
export interface Report extends Counts {
  readonly failures: readonly { readonly title: string; readonly file: string; readonly why: string }[];
  /** The same by file, with its path from the root and `/`; of tests in VS Code there is no file. */
  readonly byFile: Readonly<Record<string, Counts>>;
}

export const NO_COUNTS: Counts = { passed: 0, failed: 0, skipped: 0 };
export const NO_REPORT: Report = { ...NO_COUNTS, failures: [], byFile: {} };

/** Both reports as one; they tell of different files. */
export function added(one: Report, other: Report): Report {
  return {
    ...addedCounts(one, other),
    failures: [...one.failures, ...other.failures],
    byFile: { ...one.byFile, ...other.byFile },
  };
}

function addedCounts(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** Runs the tests loaded into `mocha`, and answers what came of them. Prints nothing itself. */
export function runLoaded(mocha: Mocha): Promise<Report> {
  let report = NO_REPORT;
  const count = ({ file }: Mocha.Runnable, as: keyof Counts, failures: Report["failures"] = []) => {
    const one = { ...NO_COUNTS, [as]: 1 };
    const path = relative(process.cwd(), file ?? "").replaceAll("\\", "/");
    const byFile = path === "" ? {} : { [path]: addedCounts(report.byFile[path] ?? NO_COUNTS, one) };
    report = added(report, { ...one, failures, byFile });
  };
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(report));
    runner.on("pass", (test) => count(test, "passed"));
    runner.on("pending", (test) => count(test, "skipped"));
    runner.on("fail", (test, error: unknown) => {
      const file = relative(process.cwd(), test.file ?? "");
      count(test, "failed", [{ title: test.fullTitle(), file, why: whyOf(error) }]);
    });
  });
}

/** Lines of a stack that are shown. */
const LINES = 40;

/** The stack, which begins with the message; without colours, which some errors bring along. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? "";
  const text = stack.includes(error.message) ? stack : `${error.message}\n${stack}`;
  const lines = stripVTControlCharacters(text).split("\n");
  return lines.length <= LINES
    ? lines.join("\n")
    : [...lines.slice(0, LINES / 2), "…", ...lines.slice(-LINES / 2)].join("\n");
}
