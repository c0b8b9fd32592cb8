import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type Mocha from "mocha";

/** What came of a part of the tests. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly title: string; readonly file: string; readonly why: string }[];
}

export const NO_REPORT: Report = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** Both reports as one. */
export function added(one: Report, other: Report): Report {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    failures: [...one.failures, ...other.failures],
  };
}

/** Runs the tests loaded into `mocha`, and answers what came of them. Prints nothing itself. */
export function runLoaded(mocha: Mocha): Promise<Report> {
  const report = { passed: 0, failed: 0, skipped: 0, failures: [] as Report["failures"][number][] };
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(report));
    runner.on("pass", () => report.passed++);
    runner.on("pending", () => report.skipped++);
    runner.on("fail", (test, error: unknown) => {
      report.failed++;
      report.failures.push({
        title: test.fullTitle(),
        file: relative(process.cwd(), test.file ?? ""),
        why: whyOf(error),
      });
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
