import { memberUseBy } from "../nodes/members.ts";
import { isDocumentation, isForForm, isNested, isRow, leaves, roleOf } from "../python/flow.ts";
import { importPart, isImportForUse, isOwn } from "../python/names.ts";
import { isUnexplained, numberOf } from "../python/numbers.ts";
import { calleeOf, methods, ownName, parameters } from "../python/parts.ts";
import { offeredAs, taken } from "../python/taken.ts";
import type { SmellRules } from "../smell-rules.ts";

/** Python 3. */
export const python: SmellRules = {
  languages: ["python"],
  roleOf,
  isNested,
  isParenthesis: ({ type }) => type === "parenthesized_expression",
  isNegation: ({ type }) => type === "not_operator",
  isRow,
  isMembers: () => false,
  leaves,
  countsUnreached: isDocumentation,
  isForForm,
  parameters,
  isDictated: ({ type }) => type === "lambda",
  methods,
  ownName,
  memberUse: memberUseBy({ access: "attribute", object: "object", member: "attribute", call: "call" }),
  calleeOf,
  numberOf,
  isUnexplained,
  isWholeToken: ({ type }) => type === "string",
  isNoCode: (node) => /^(future_)?import(_from)?_statement$/.test(node.type) || isDocumentation(node),
  reachesAll: ({ type }) => /^(identifier|subscript|exec_statement)$/.test(type),
  isOwn,
  isImportForUse,
  importPart,
  offeredAs,
  taken,
};
