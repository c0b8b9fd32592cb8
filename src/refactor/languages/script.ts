import { bindScript } from "../../syntax/scopes/script.ts";
import { ESCAPED, hasSpelling } from "../../syntax/scopes/spellings.ts";
import type { CodeRules } from "../code-rules.ts";
import { branching } from "../script/branching.ts";
import { choosing } from "../script/choosing.ts";
import { fieldHome } from "../script/class-field.ts";
import { declaration, declared, isName } from "../script/declared.ts";
import { namesakes } from "../script/doc-parameters.ts";
import { effectOf, mayFail } from "../script/effects.ts";
import { encapsulated } from "../script/encapsulating/encapsulated.ts";
import { exporting } from "../script/exporting/exporting.ts";
import { extraction } from "../script/extraction.ts";
import { accessors } from "../script/generating/accessors.ts";
import { constructorFor } from "../script/generating/constructor.ts";
import { implementation } from "../script/generating/implementation.ts";
import { importedBy, isSeenByItsName } from "../script/importers.ts";
import { importing } from "../script/importing.ts";
import { inPlaceOf } from "../script/in-place.ts";
import { inlining } from "../script/inlining.ts";
import { toFor } from "../script/looping/to-for.ts";
import { toForEach } from "../script/looping/to-for-each.ts";
import { misread } from "../script/misread.ts";
import { fileMoving } from "../script/moving/file.ts";
import { moving } from "../script/moving/moving.ts";
import {
  actsItself,
  cannotStandAlone,
  cannotTakePlaceOf,
  isExpression,
  isFunction,
  isStatement,
  nameInPlaceOf,
  notAlways,
} from "../script/places.ts";
import { toImport } from "../script/requiring/to-import.ts";
import { toRequire } from "../script/requiring/to-require.ts";
import { signature } from "../script/signature.ts";
import { splitting } from "../script/splitting.ts";
import { toConcatenation, toTemplate } from "../script/templates.ts";
import { partAt } from "../script/text-part.ts";
import { toArrow } from "../script/to-arrow.ts";
import { toFunction } from "../script/to-function.ts";
import { trying } from "../script/trying.ts";
import { typing } from "../script/typing/typing.ts";
import { unused } from "../script/unused.ts";
import { valueInPlaceOf } from "../script/value-in-place.ts";
import { toAsync } from "../script/waiting/to-async.ts";
import { toPromise } from "../script/waiting/to-promise.ts";

/** JavaScript and TypeScript, with or without JSX. */
export const script: CodeRules = {
  languages: ["javascript", "typescript", "tsx"],
  bind: bindScript,
  misread,
  isExpression,
  isStatement,
  isFunction,
  isName,
  isSpelledOtherwise: (name, { root, text }) => hasSpelling(name, root, text, ESCAPED),
  effectOf,
  mayFail,
  actsItself,
  notAlways,
  cannotStandAlone,
  cannotTakePlaceOf,
  nameInPlaceOf,
  declaration,
  fieldHome,
  // ECMA-262, section 12.10, "Automatic Semicolon Insertion".
  goesOn: /^[([`/+*-]/,
  declared,
  inPlaceOf,
  valueInPlaceOf,
  isSeenByItsName,
  importedBy,
  extraction,
  inlining,
  signature,
  branching,
  choosing,
  trying,
  importing,
  unused,
  splitting,
  textForms: { name: "template string", toTemplate, toConcatenation, partAt },
  functionForms: { toArrow, toFunction },
  looping: { toForEach, toFor },
  waiting: { toAsync, toPromise },
  moduleForms: { toImport, toRequire },
  typing,
  generating: { constructorFor, implementation, accessors, encapsulated },
  moving,
  fileMoving,
  exporting,
  isHandedOn: (binding) => binding.isExported,
  isMember: (node) => /property_identifier$/.test(node.type),
  namesakes,
};
