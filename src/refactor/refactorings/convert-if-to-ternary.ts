import { toTernary } from "../choosing/conversion.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes one statement of an `if` that gives a value in both cases. */
export const convertIfToTernary: Refactoring = rewriting(
  { id: "convert-if-to-ternary", title: "Convert to conditional expression", needs: "choosing" },
  toTernary,
);
