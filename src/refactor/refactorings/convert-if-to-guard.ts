import { toGuard } from "../branching/guard.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Has a case leave first, so that the other one need not be indented. */
export const convertIfToGuard: Refactoring = rewriting(
  { id: "convert-if-to-guard", title: "Convert to guard clause", needs: "branching" },
  toGuard,
);
