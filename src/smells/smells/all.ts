// Gathered by scripts/gather.ts: edit the files beside this one, not this list.
import type { Smell } from "../smell.ts";
import { cognitiveComplexity } from "./cognitive-complexity.ts";
import { complexCondition } from "./complex-condition.ts";
import { cyclomaticComplexity } from "./cyclomatic-complexity.ts";
import { deepNesting } from "./deep-nesting.ts";
import { duplicateCode } from "./duplicate-code.ts";
import { featureEnvy } from "./feature-envy.ts";
import { largeClass } from "./large-class.ts";
import { longFunction } from "./long-function.ts";
import { longParameterList } from "./long-parameter-list.ts";
import { magicNumber } from "./magic-number.ts";
import { unreachableCode } from "./unreachable-code.ts";
import { unusedImport } from "./unused-import.ts";
import { unusedName } from "./unused-name.ts";

/** Every smell, by file name. */
export const smells: readonly Smell[] = [
  cognitiveComplexity,
  complexCondition,
  cyclomaticComplexity,
  deepNesting,
  duplicateCode,
  featureEnvy,
  largeClass,
  longFunction,
  longParameterList,
  magicNumber,
  unreachableCode,
  unusedImport,
  unusedName,
];
