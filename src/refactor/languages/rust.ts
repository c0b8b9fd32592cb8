import { bindRust } from "../../syntax/scopes/rust.ts";
import { hasSpelling, RAW } from "../../syntax/scopes/spellings.ts";
import type { CodeRules } from "../code-rules.ts";
import { cannotStandAlone } from "../rust/alone.ts";
import { declaration, declared, isName, topDeclaration } from "../rust/declared.ts";
import { effectOf, mayFail } from "../rust/effects.ts";
import { cannotTakePlaceOf, inPlaceOf, isTypedByPlace } from "../rust/in-place.ts";
import { cannotRename, importedBy, isHandedOn, isSeenByItsName } from "../rust/names.ts";
import { actsItself, inOrder, isExpression, isFunction, isStatement, notAlways } from "../rust/places.ts";

/** Rust. */
export const rust: CodeRules = {
  languages: ["rust"],
  bind: bindRust,
  isExpression,
  isStatement,
  isFunction,
  isName,
  isSpelledOtherwise: (name, { root, text }) => hasSpelling(name, root, text, RAW),
  effectOf,
  mayFail,
  actsItself,
  notAlways,
  inOrder,
  cannotStandAlone,
  cannotTakePlaceOf,
  isTypedByPlace,
  declaration,
  topDeclaration,
  declared,
  inPlaceOf,
  isSeenByItsName,
  importedBy,
  isHandedOn,
  cannotRename,
};
