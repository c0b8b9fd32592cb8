import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Role } from "../smell-rules.ts";
import { visit } from "../visit.ts";

const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ["function_declaration", "function"],
  ["generator_function_declaration", "function"],
  ["function_expression", "function"],
  ["generator_function", "function"],
  ["arrow_function", "function"],
  ["method_definition", "function"],
  ["class_declaration", "class"],
  ["abstract_class_declaration", "class"],
  ["class", "class"],
  ["for_statement", "loop"],
  ["for_in_statement", "loop"],
  ["while_statement", "loop"],
  ["do_statement", "loop"],
  ["switch_statement", "switch"],
  ["switch_case", "case"],
  ["switch_default", "fallback"],
  ["try_statement", "try"],
  ["catch_clause", "catch"],
  ["ternary_expression", "conditional"],
]);

/** See `SmellRules.roleOf`. */
export function roleOf(node: SyntaxNode): Role | undefined {
  if (!node.isNamed) return undefined;
  switch (node.type) {
    case "if_statement":
      return node.parent?.type === "else_clause" ? "else-if" : "if";
    case "else_clause":
      return parts(node)[0]?.type === "if_statement" ? undefined : "else";
    case "binary_expression":
      return /^(&&|\|\|)$/.test(inField(node, "operator")?.type ?? "") ? "logical" : undefined;
    case "break_statement":
    case "continue_statement":
      return inField(node, "label") ? "jump" : undefined;
    default:
      return ROLES.get(node.type);
  }
}

/** See `SmellRules.isNested`. */
export function isNested({ field }: SyntaxNode): boolean {
  return field === "consequence" || field === "body";
}

/** See `SmellRules.isRow`. */
export function isRow({ type }: SyntaxNode): boolean {
  return /^(program|statement_block|switch_case|switch_default)$/.test(type);
}

/** See `SmellRules.leaves`: also where both ways of a condition do. */
export function leaves(statement: SyntaxNode): boolean {
  switch (statement.type) {
    case "return_statement":
    case "throw_statement":
    case "break_statement":
    case "continue_statement":
      return true;
    case "statement_block": {
      const last = parts(statement).at(-1);
      return last !== undefined && leaves(last);
    }
    case "else_clause":
      return parts(statement).some(leaves);
    case "if_statement": {
      const [then, other] = [inField(statement, "consequence"), inField(statement, "alternative")];
      return then !== undefined && other !== undefined && leaves(then) && leaves(other);
    }
    default:
      return false;
  }
}

/** See `SmellRules.countsUnreached`: what is declared all the same, and a `break` written for the form of a case. */
export function countsUnreached(statement: SyntaxNode): boolean {
  if (statement.type === "variable_declaration") return !hasValue(statement);
  return /^(function_declaration|generator_function_declaration|function_signature|type_alias_declaration|interface_declaration|ambient_declaration|empty_statement|break_statement)$/.test(
    statement.type,
  );
}

function hasValue(declaration: SyntaxNode): boolean {
  let found = false;
  visit(declaration, (it) => {
    found ||= it.field === "value";
    return !found;
  });
  return found;
}
