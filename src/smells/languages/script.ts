import { memberUseBy } from "../nodes/members.ts";
import { countsUnreached, isNested, isRow, leaves, roleOf } from "../script/flow.ts";
import { importPart, isImportForUse, isOwn } from "../script/names.ts";
import { isUnexplained, numberOf } from "../script/numbers.ts";
import { calleeOf, isDictated, methods, ownName, parameters } from "../script/parts.ts";
import type { SmellRules } from "../smell-rules.ts";

/** JavaScript and TypeScript, with or without JSX. */
export const script: SmellRules = {
  languages: ["javascript", "typescript", "tsx"],
  roleOf,
  isNested,
  isParenthesis: ({ type }) => type === "parenthesized_expression",
  isNegation: (node) => node.type === "unary_expression" && node.children[0]?.type === "!",
  isRow,
  isMembers: ({ type }) => type === "class_body",
  leaves,
  countsUnreached,
  isForForm: () => false,
  parameters,
  isDictated,
  methods,
  ownName,
  memberUse: memberUseBy({
    access: "member_expression",
    object: "object",
    member: "property",
    call: "call_expression",
  }),
  calleeOf,
  numberOf,
  isUnexplained,
  isWholeToken: ({ type }) => type === "string" || type === "regex",
  isNoCode: ({ type }) => type === "import_statement",
  reachesAll: ({ type }) => type === "call_expression" || type === "with_statement",
  isOwn,
  isImportForUse,
  importPart,
};
