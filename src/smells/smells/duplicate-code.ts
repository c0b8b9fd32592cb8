import { clonesIn } from "../clones.ts";
import type { Smell } from "../smell.ts";

const TOKENS = { name: "duplicateTokens", default: 50, source: "jscpd, min-tokens" };
const LINES = { name: "duplicateLines", default: 6, source: "one more than jscpd, min-lines" };

/** Statements that stand in two places, in one file or in two. */
export const duplicateCode: Smell = {
  id: "duplicate-code",
  title: "Duplicate code",
  meaning: "What stands in two places has to be changed in both, and the second one is easily forgotten.",
  level: "warning",
  limits: [TOKENS, LINES],
  unitedBy: "extract-function",
  across: (files, limits) =>
    clonesIn(files, {
      tokens: Math.max(1, limits[TOKENS.name] ?? TOKENS.default),
      lines: limits[LINES.name] ?? LINES.default,
    }),
};
