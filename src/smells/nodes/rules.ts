import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import type { SmellRules } from "../smell-rules.ts";
import { type LeavingNodes, leavingBy } from "./leaving.ts";
import { type NumberNodes, numbersBy } from "./numbers.ts";
import { type RoleNodes, rolesBy } from "./roles.ts";
import { among, type Types } from "./types.ts";

/** What is told of a language by the types of its nodes. */
export interface NodeTable extends RoleNodes, Omit<NumberNodes, "wrapping">, Partial<LeavingNodes> {
  readonly languages: readonly string[];
  readonly parenthesis: Types;
  /** What only wraps a value, besides parentheses. */
  readonly wrapping?: Types;
  readonly negation: Types;
  /** Rows of statements that are no statements themselves. */
  readonly rows: Types;
  /** Rows that are statements themselves. */
  readonly blocks: Types;
  /** Bodies of classes. */
  readonly members?: Types;
  /** Texts: one token each. */
  readonly texts: Types;
  /** Imports and what is like them. */
  readonly imports?: Types;
}

/** The rules that follow from a table, and `more` that do not. */
export function rulesBy(table: NodeTable, more: Partial<SmellRules>): SmellRules {
  const isParenthesis = among(table.parenthesis);
  const [isRow, isMembers] = [among(`${table.rows} ${table.blocks}`), among(table.members)];
  const [isText, isImport, isNegation] = [among(table.texts), among(table.imports), among(table.negation)];
  const wrapping = `${table.parenthesis} ${table.wrapping ?? ""}`;
  return {
    languages: table.languages,
    ...rolesBy(table),
    isParenthesis: ({ type }) => isParenthesis(type),
    isNegation: (node) => isNegation(node.type) && isNot(node),
    isRow: ({ type }) => isRow(type),
    isMembers: ({ type }) => isMembers(type),
    isWholeToken: ({ type }) => isText(type),
    isNoCode: ({ type }) => isImport(type),
    ...(table.leaving !== undefined && leavingBy({ ...table, leaving: table.leaving })),
    ...numbersBy({ ...table, wrapping }),
    ...more,
  };
}

function isNot(node: SyntaxNode): boolean {
  const sign = inField(node, "operator") ?? node.children[0];
  return /^(!|not)$/.test(sign?.type ?? "");
}
