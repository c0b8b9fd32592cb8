import { bindGo } from "../../syntax/scopes/go.ts";
import type { CodeRules } from "../code-rules.ts";
import { cannotStandAlone } from "../go/alone.ts";
import { branching } from "../go/branching.ts";
import { declaration, declared, isName } from "../go/declared.ts";
import { effectOf, mayFail } from "../go/effects.ts";
import { cannotTakePlaceOf } from "../go/fitting.ts";
import { cannotRename, importedBy, isHandedOn, isOfOnePackage, isSeenByItsName } from "../go/importers.ts";
import { importing } from "../go/importing.ts";
import { inPlaceOf } from "../go/in-place.ts";
import { actsItself, inOrder, isExpression, isFunction, isStatement, notAlways } from "../go/places.ts";

/** Go. */
export const go: CodeRules = {
  languages: ["go"],
  bind: bindGo,
  isExpression,
  isStatement,
  isFunction,
  isName,
  effectOf,
  mayFail,
  actsItself,
  notAlways,
  inOrder,
  cannotStandAlone,
  cannotTakePlaceOf,
  declaration,
  declared,
  inPlaceOf,
  sharesNames: isOfOnePackage,
  isSeenByItsName,
  importedBy,
  isHandedOn,
  branching,
  importing,
  cannotRename,
};
