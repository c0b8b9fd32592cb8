import { bindCSharp } from "../../syntax/scopes/c-sharp.ts";
import { hasSpelling, QUOTED } from "../../syntax/scopes/spellings.ts";
import { branching } from "../c-sharp/branching.ts";
import { choosing } from "../c-sharp/choosing.ts";
import { constantHome } from "../c-sharp/constants.ts";
import { declaration, declared, isName } from "../c-sharp/declared.ts";
import { effectOf, isFixed, mayFail } from "../c-sharp/effects.ts";
import { extraction } from "../c-sharp/extraction.ts";
import { importing } from "../c-sharp/importing.ts";
import { cannotTakePlaceOf, inPlaceOf } from "../c-sharp/in-place.ts";
import { namesakes } from "../c-sharp/namesakes.ts";
import { actsItself, inOrder, isExpression, isFunction, isStatement, notAlways } from "../c-sharp/places.ts";
import { cannotRename } from "../c-sharp/renaming.ts";
import { splitting } from "../c-sharp/splitting.ts";
import { cannotStandAlone } from "../c-sharp/standing.ts";
import { trying } from "../c-sharp/trying.ts";
import { unused } from "../c-sharp/unused.ts";
import type { CodeRules } from "../code-rules.ts";
import { refused } from "../plan.ts";

/** C# 10. */
export const cSharp: CodeRules = {
  languages: ["c-sharp"],
  bind: bindCSharp,
  isExpression,
  isStatement,
  isFunction,
  isName,
  isSpelledOtherwise: (name, { root, text }) => hasSpelling(name, root, text, QUOTED),
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
  holdsVariables: ({ type }) => type === "block",
  constantHome,
  extraction,
  branching,
  choosing,
  splitting,
  unused,
  importing,
  trying,
  isSeenByItsName: () => false,
  importedBy: () => refused("rename.visible", "Which other files use it is not known."),
  isHandedOn: () => true,
  cannotRename,
  namesakes,
};
