import { bindJava } from "../../syntax/scopes/java.ts";
import type { CodeRules } from "../code-rules.ts";
import { declaration, declared, isName } from "../java/declared.ts";
import { effectOf, isFixed, mayFail } from "../java/effects.ts";
import { extraction } from "../java/extraction.ts";
import { cannotTakePlaceOf, inPlaceOf } from "../java/in-place.ts";
import {
  actsItself,
  cannotStandAlone,
  inOrder,
  isExpression,
  isFunction,
  isStatement,
  notAlways,
} from "../java/places.ts";
import { cannotRename, namesakes } from "../java/renaming.ts";
import { refused } from "../plan.ts";

/** Java 17. */
export const java: CodeRules = {
  languages: ["java"],
  bind: bindJava,
  isExpression,
  isStatement,
  isFunction,
  isName,
  effectOf,
  mayFail,
  isFixed,
  actsItself,
  notAlways,
  inOrder,
  cannotStandAlone,
  cannotTakePlaceOf,
  declaration,
  declared,
  inPlaceOf,
  holdsVariables: ({ type }) => type !== "program",
  extraction,
  isSeenByItsName: () => false,
  importedBy: () => refused("rename.visible", "Which other files use it is not known."),
  isHandedOn: () => true,
  cannotRename,
  namesakes,
};
