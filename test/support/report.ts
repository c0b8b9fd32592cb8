import { relative } from "node:path";
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

/** Runs the tests loaded into `mocha`, one mark a test for `show`, and answers what came of them. Prints nothing itself. */
export function runLoaded(mocha: Mocha, show: (mark: string) => void): Promise<Report> {
  const report = { passed: 0, failed: 0, skipped: 0, failures: [] as Report["failures"][number][] };
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(report));
    runner.on("pass", () => {
      report.passed++;
      show(".");
    });
    runner.on("pending", () => {
      report.skipped++;
      show(",");
    });
    runner.on("fail", (test, error: unknown) => {
      report.failed++;
      report.failures.push({
        title: test.fullTitle(),
        file: relative(process.cwd(), test.file ?? ""),
        why: whyOf(error),
      });
      show("!");
    });
  });
}

/** The stack, which begins with the message. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? "";
  return stack.includes(error.message) ? stack : `${error.message}\n${stack}`;
}
