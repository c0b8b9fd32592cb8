// Gathered by scripts/gather.ts: edit the files beside this one, not this list.
import type { Refactoring } from "../refactoring.ts";
import { changeSignature } from "./change-signature.ts";
import { extractConstant } from "./extract-constant.ts";
import { extractFunction } from "./extract-function.ts";
import { extractVariable } from "./extract-variable.ts";
import { inlineFunction } from "./inline-function.ts";
import { inlineVariable } from "./inline-variable.ts";
import { invertIf } from "./invert-if.ts";
import { moveSymbol } from "./move-symbol.ts";
import { rename } from "./rename.ts";

/** Every refactoring, by file name: the order in which they are offered. */
export const refactorings: readonly Refactoring[] = [
  changeSignature,
  extractConstant,
  extractFunction,
  extractVariable,
  inlineFunction,
  inlineVariable,
  invertIf,
  moveSymbol,
  rename,
];
