import { toIf } from "../choosing/conversion.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes an `if` of a statement that chooses the value it gives. */
export const convertTernaryToIf: Refactoring = rewriting(
  { id: "convert-ternary-to-if", title: "Convert to if", needs: "choosing" },
  toIf,
);
