import { invertedAt } from "../branching/inverted.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Has an `if` ask the opposite, with what it does the other way round. */
export const invertIf: Refactoring = rewriting(
  { id: "invert-if", title: "Invert if", needs: "branching" },
  invertedAt,
);
