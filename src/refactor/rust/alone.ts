import { contains, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Source } from "../refactoring.ts";
import { functionAround, namesIn, statementInRow } from "../selection.ts";
import { isTaken, leavesNothing } from "./moving.ts";
import { isFixed, isFunction } from "./places.ts";
import { plainOf } from "./plain.ts";

/** See `CodeRules.cannotStandAlone`. */
export function cannotStandAlone(node: SyntaxNode, source: Source): string | undefined {
  const { parent, type, field } = node;
  if (!parent) return "it is the whole file";
  if (isFixed(node) || (field === "length" && parent.type === "array_expression"))
    return "it has to be known to the compiler, or is no value";
  if (/^(identifier|self|scoped_identifier|generic_function)$/.test(type)) return "it is a name already";
  if (field === "function" || (field === "left" && /assign/.test(parent.type)))
    return "it is called, or given a value";
  if (parent.type === "reference_expression") return "it is borrowed where it stands";
  if (parent.type === "unary_expression" && type === "integer_literal") return "its sign belongs to it";
  if (parent.type === "expression_statement") return "nobody would use the variable";
  if (isBehindAttribute(node, source)) return "an attribute belongs to its statement";
  if (isInConstant(node, source)) return "its function is evaluated by the compiler";
  return ofStatement(node, source) ?? valueAt(node, source);
}

function isBehindAttribute(node: SyntaxNode, source: Source): boolean {
  const statement = statementInRow(node, source);
  const row = statement?.parent?.children.filter((it) => it.isNamed) ?? [];
  const before = statement && row[row.indexOf(statement) - 1];
  return before?.type === "attribute_item";
}

/** A `const fn` may not do all that others do. */
function isInConstant(node: SyntaxNode, source: Source): boolean {
  const home = nearest(functionAround(node, source), (it) => it.type === "function_item");
  const words = home?.children.find((it) => it.type === "function_modifiers");
  return words?.children.some((it) => it.type === "const") ?? false;
}

function ofStatement(node: SyntaxNode, source: Source): string | undefined {
  const statement = statementInRow(node, source);
  const isOwn = namesIn(node, source).some(({ binding }) =>
    binding?.declarations.some((it) => statement && contains(statement, it) && !contains(node, it)),
  );
  return isOwn ? "it uses what its own statement declares" : undefined;
}

function valueAt(node: SyntaxNode, source: Source): string | undefined {
  if (plainOf(node, source) && !isFunction(node))
    return isPlaceWanted(node) ? "it is borrowed where it stands" : undefined;
  if (!isTaken(node)) return "what it is may be borrowed or dropped where it stands";
  return leavesNothing(node, source)
    ? undefined
    : "what it makes meanwhile may be dropped at another time, or its type depend on where it stands";
}

/** `x.f()` may borrow the number to change it, and a macro takes what it is given as it likes. */
function isPlaceWanted({ parent, type }: SyntaxNode): boolean {
  const isLiteral = /_literal$/.test(type);
  return parent?.type === "field_expression" && !isLiteral && parts(parent).length > 0;
}
