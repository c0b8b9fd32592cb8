import { bindJava } from "../../syntax/scopes/java.ts";
import type { CodeRules } from "../code-rules.ts";
import { branching } from "../java/branching.ts";
import { choosing } from "../java/choosing.ts";
import { constantHome } from "../java/constants.ts";
import { declaration, declared, isName } from "../java/declared.ts";
import { effectOf, isFixed, mayFail } from "../java/effects.ts";
import { extraction } from "../java/extraction.ts";
import { equality } from "../java/generating/equality.ts";
import { importing } from "../java/importing.ts";
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
import { splitting } from "../java/splitting.ts";
import { trying } from "../java/trying.ts";
import { unused } from "../java/unused.ts";
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
  constantHome,
  extraction,
  branching,
  choosing,
  splitting,
  generating: { equality },
  unused,
  importing,
  trying,
  isSeenByItsName: () => false,
  importedBy: () => refused("rename.visible", "Which other files use it is not known."),
  isHandedOn: () => true,
  cannotRename,
  namesakes,
};
