// Gathered by scripts/gather.ts: edit the files beside this one, not this list.
import type { Refactoring } from "../refactoring.ts";
import { changeSignature } from "./change-signature.ts";
import { convertArrowToFunction } from "./convert-arrow-to-function.ts";
import { convertAsyncToPromise } from "./convert-async-to-promise.ts";
import { convertComprehensionToLoop } from "./convert-comprehension-to-loop.ts";
import { convertConcatenationToTemplate } from "./convert-concatenation-to-template.ts";
import { convertDefaultExportToNamed } from "./convert-default-export-to-named.ts";
import { convertForToForeach } from "./convert-for-to-foreach.ts";
import { convertForeachToFor } from "./convert-foreach-to-for.ts";
import { convertFunctionToArrow } from "./convert-function-to-arrow.ts";
import { convertIfToGuard } from "./convert-if-to-guard.ts";
import { convertIfToTernary } from "./convert-if-to-ternary.ts";
import { convertImportToRequire } from "./convert-import-to-require.ts";
import { convertLoopToComprehension } from "./convert-loop-to-comprehension.ts";
import { convertNamedExportToDefault } from "./convert-named-export-to-default.ts";
import { convertPromiseToAsync } from "./convert-promise-to-async.ts";
import { convertRequireToImport } from "./convert-require-to-import.ts";
import { convertTemplateToConcatenation } from "./convert-template-to-concatenation.ts";
import { convertTernaryToIf } from "./convert-ternary-to-if.ts";
import { encapsulateField } from "./encapsulate-field.ts";
import { extractComponent } from "./extract-component.ts";
import { extractConstant } from "./extract-constant.ts";
import { extractFunction } from "./extract-function.ts";
import { extractInterface } from "./extract-interface.ts";
import { extractType } from "./extract-type.ts";
import { extractVariable } from "./extract-variable.ts";
import { generateAccessors } from "./generate-accessors.ts";
import { generateConstructor } from "./generate-constructor.ts";
import { generateEquality } from "./generate-equality.ts";
import { generateImplementation } from "./generate-implementation.ts";
import { inlineFunction } from "./inline-function.ts";
import { inlineVariable } from "./inline-variable.ts";
import { introduceParameterObject } from "./introduce-parameter-object.ts";
import { invertIf } from "./invert-if.ts";
import { mergeDeclarations } from "./merge-declarations.ts";
import { moveFile } from "./move-file.ts";
import { moveSymbol } from "./move-symbol.ts";
import { removeUnused } from "./remove-unused.ts";
import { rename } from "./rename.ts";
import { replaceMagicNumber } from "./replace-magic-number.ts";
import { sortImports } from "./sort-imports.ts";
import { splitDeclaration } from "./split-declaration.ts";
import { wrapWithTry } from "./wrap-with-try.ts";

/** Every refactoring, by file name: the order in which they are offered. */
export const refactorings: readonly Refactoring[] = [
  changeSignature,
  convertArrowToFunction,
  convertAsyncToPromise,
  convertComprehensionToLoop,
  convertConcatenationToTemplate,
  convertDefaultExportToNamed,
  convertForToForeach,
  convertForeachToFor,
  convertFunctionToArrow,
  convertIfToGuard,
  convertIfToTernary,
  convertImportToRequire,
  convertLoopToComprehension,
  convertNamedExportToDefault,
  convertPromiseToAsync,
  convertRequireToImport,
  convertTemplateToConcatenation,
  convertTernaryToIf,
  encapsulateField,
  extractComponent,
  extractConstant,
  extractFunction,
  extractInterface,
  extractType,
  extractVariable,
  generateAccessors,
  generateConstructor,
  generateEquality,
  generateImplementation,
  inlineFunction,
  inlineVariable,
  introduceParameterObject,
  invertIf,
  mergeDeclarations,
  moveFile,
  moveSymbol,
  removeUnused,
  rename,
  replaceMagicNumber,
  sortImports,
  splitDeclaration,
  wrapWithTry,
];
