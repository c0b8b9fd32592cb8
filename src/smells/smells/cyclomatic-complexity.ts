import { cyclomatic } from "../complexity.ts";
import type { Smell } from "../smell.ts";

const COMPLEXITY = {
  name: "cyclomaticComplexity",
  default: 10,
  source: "McCabe, A Complexity Measure, 1976",
};

/** Functions with many ways through them. */
export const cyclomaticComplexity: Smell = {
  id: "cyclomatic-complexity",
  title: "High cyclomatic complexity",
  meaning: "A function needs about as many tests as there are ways through it.",
  level: "warning",
  limits: [COMPLEXITY],
  *find(file, limits) {
    const limit = limits[COMPLEXITY.name] ?? COMPLEXITY.default;
    for (const fn of file.functions) {
      const { total, cases } = cyclomatic(fn, file);
      // McCabe himself lets a large selection of independent cases pass.
      if (total - cases <= limit) continue;
      const message = `${fn.title} has a cyclomatic complexity of ${total}; the limit is ${limit}.`;
      yield { ...fn.head, message, value: total, limit };
    }
  },
};
