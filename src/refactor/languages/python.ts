import { bindPython } from "../../syntax/scopes/python.ts";
import { hasSpelling, NORMALISED } from "../../syntax/scopes/spellings.ts";
import type { CodeRules } from "../code-rules.ts";
import { branching } from "../python/branching.ts";
import { choosing } from "../python/choosing.ts";
import { toComprehension } from "../python/collecting/to-comprehension.ts";
import { toLoop } from "../python/collecting/to-loop.ts";
import { constructorFor } from "../python/constructor.ts";
import { declaration, declared, isName } from "../python/declared.ts";
import { defaultsOf, effectOf, mayFail } from "../python/effects.ts";
import { equality } from "../python/equality.ts";
import { extraction } from "../python/extraction.ts";
import { importedBy, isHandedOn, isSeenByItsName } from "../python/importers.ts";
import { importing } from "../python/importing.ts";
import { cannotTakePlaceOf, inPlaceOf } from "../python/in-place.ts";
import { inlining } from "../python/inlining.ts";
import { cannotRename, namesakes } from "../python/namesakes.ts";
import {
  actsItself,
  cannotStandAlone,
  inOrder,
  isExpression,
  isFunction,
  isStatement,
  notAlways,
} from "../python/places.ts";
import { signature } from "../python/signature.ts";
import { splitting } from "../python/splitting.ts";
import { textForms } from "../python/templates.ts";
import { trying } from "../python/trying.ts";
import { unused } from "../python/unused.ts";

/** Python 3. */
export const python: CodeRules = {
  languages: ["python"],
  bind: bindPython,
  isExpression,
  isStatement,
  isFunction,
  isName,
  isSpelledOtherwise: (name, { root, text }) => hasSpelling(name, root, text, NORMALISED),
  effectOf,
  mayFail,
  actsItself,
  notAlways,
  inOrder,
  evaluatedWhenMade: defaultsOf,
  cannotStandAlone,
  declaration,
  declared,
  inPlaceOf,
  cannotTakePlaceOf,
  isSeenByItsName,
  importedBy,
  isHandedOn,
  extraction,
  inlining,
  signature,
  branching,
  choosing,
  trying,
  importing,
  unused,
  splitting,
  generating: { constructorFor, equality },
  textForms,
  collecting: { toComprehension, toLoop },
  cannotRename,
  namesakes,
};
