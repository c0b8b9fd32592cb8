import type { Setting } from "./settings.ts";

/** What may be set about smells: whether they are shown, which are left out, and the limits, each of them named by the smell it is for. */
export const SMELL_SETTINGS = {
  "smells.enabled": {
    type: "boolean",
    default: false,
    reach: "folder",
    description: "Shows code smells in open files among the problems. Off: only when they are asked for.",
  },
  "smells.ignored": {
    type: "list",
    default: [],
    reach: "folder",
    description: "Smells that are not looked for, by their names: `magic-number`, `feature-envy`.",
  },
  "smells.functionLines": limit(
    50,
    "Lines of code that a function may have, without blank ones, comments and functions within.",
  ),
  "smells.nestingDepth": limit(
    4,
    "How deep conditions, loops, switches and tries of a function may be nested.",
  ),
  "smells.parameters": limit(5, "Parameters of a function that are told apart by their order."),
  "smells.duplicateTokens": limit(50, "Tokens that two places have to share to count as duplicate code.", 10),
  "smells.duplicateLines": limit(6, "Lines that two places have to share to count as duplicate code."),
  "smells.conditionOperators": limit(3, "Mixed logical operators that a condition may have."),
  "smells.classMethods": limit(20, "Methods that a class may have."),
  "smells.classLines": limit(600, "Lines of code that a class may have."),
  "smells.cyclomaticComplexity": limit(10, "McCabe's cyclomatic complexity that a function may have."),
  "smells.cognitiveComplexity": limit(15, "Cognitive complexity that a function may have."),
  "smells.enviedMembers": limit(
    5,
    "Members of a parameter that a method may use when it uses fewer of its own.",
  ),
} as const satisfies Record<string, Setting>;

function limit(value: number, description: string, minimum = 1) {
  return { type: "number", default: value, reach: "folder", description, minimum } as const;
}
