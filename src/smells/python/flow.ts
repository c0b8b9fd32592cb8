import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Role } from "../smell-rules.ts";
import { visit } from "../visit.ts";

const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ["function_definition", "function"],
  ["lambda", "function"],
  ["class_definition", "class"],
  ["if_statement", "if"],
  ["elif_clause", "else-if"],
  ["for_statement", "loop"],
  ["while_statement", "loop"],
  ["match_statement", "switch"],
  ["try_statement", "try"],
  ["except_clause", "catch"],
  ["except_group_clause", "catch"],
  ["conditional_expression", "conditional"],
  ["boolean_operator", "logical"],
  ["for_in_clause", "filter"],
  ["if_clause", "filter"],
]);

/** See `SmellRules.roleOf`: the `else` of a `try` is its usual way. */
export function roleOf(node: SyntaxNode): Role | undefined {
  if (!node.isNamed) return undefined;
  if (node.type === "else_clause") return node.parent?.type === "try_statement" ? undefined : "else";
  if (node.type === "case_clause") return isFallback(node) ? "fallback" : "case";
  return ROLES.get(node.type);
}

/** `case _:` without a condition. */
function isFallback(node: SyntaxNode): boolean {
  const [pattern, guard] = [parts(node)[0], inField(node, "guard")];
  return !guard && pattern?.type === "case_pattern" && pattern.children[0]?.type === "_";
}

/** See `SmellRules.isNested`. */
export function isNested({ field }: SyntaxNode): boolean {
  return field === "consequence" || field === "body";
}

/** See `SmellRules.isRow`. */
export function isRow({ type }: SyntaxNode): boolean {
  return type === "module" || type === "block";
}

/** See `SmellRules.leaves`: also where all ways of a condition do. */
export function leaves(statement: SyntaxNode): boolean {
  switch (statement.type) {
    case "return_statement":
    case "raise_statement":
    case "break_statement":
    case "continue_statement":
      return true;
    case "block": {
      const last = parts(statement).at(-1);
      return last !== undefined && leaves(last);
    }
    case "if_statement": {
      const clauses = statement.children.filter((it) => it.field === "alternative");
      const bodies = [statement, ...clauses].map((it) => inField(it, "consequence") ?? inField(it, "body"));
      return clauses.at(-1)?.type === "else_clause" && bodies.every((it) => it !== undefined && leaves(it));
    }
    default:
      return false;
  }
}

/** See `SmellRules.isForForm`: a `yield` that is never reached makes a generator. */
export function isForForm(statement: SyntaxNode): boolean {
  let yields = false;
  visit(statement, (it) => {
    yields ||= it.type === "yield";
    return roleOf(it) !== "function";
  });
  return yields;
}

/** A text that stands by itself. */
export function isDocumentation(node: SyntaxNode): boolean {
  const [only, ...more] = node.type === "expression_statement" ? parts(node) : [];
  return more.length === 0 && /string$/.test(only?.type ?? "");
}
