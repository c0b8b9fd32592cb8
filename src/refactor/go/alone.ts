import { mayBeChangedAt } from "../../syntax/scopes/go.ts";
import { ancestors, contains, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { namesIn, statementInRow } from "../selection.ts";
import { kindOf, mayBeType } from "./kinds.ts";
import { hasJumps, isFunction } from "./places.ts";
import { hasOneValue, takesItsType } from "./results.ts";

/** See `CodeRules.cannotStandAlone`. */
export function cannotStandAlone(node: SyntaxNode, source: Source): string | undefined {
  return fixedAt(node, source) ?? placeOf(node, source) ?? typeAt(node, source);
}

/** What the grammar has in that place is no value, or has to be a constant of the compiler. */
function fixedAt(node: SyntaxNode, source: Source): string | undefined {
  const { parent, field, type } = node;
  if (!parent) return "it is the whole file";
  const around = nearest(parent, (it) => isFunction(it) || FIXED.test(it.type));
  if (around && !isFunction(around)) return "it is a fixed part of what stands around it";
  if (type === "nil" || type === "iota") return "it has no value of its own";
  if (mayBeType(node, source)) return "it may be a type, or a constant that takes its type from elsewhere";
  if (isTypeArgument(node, source)) return "it is a type";
  if (field === "function") return "it is called";
  const statement = nearest(parent, (it) => it.type !== "parenthesized_expression");
  if (statement?.type === "expression_statement") return "nobody would use the variable";
  if (/^(go|defer)_statement$/.test(statement?.type ?? "")) return "it is called at another time";
  if (isKeyOfList(node)) return "it is an index, which has to be a constant";
  if (hasJumps(node)) return "its function has jumps, which must not skip a variable";
  return undefined;
}

const FIXED =
  /^(const_spec|import_spec|field_declaration|array_type|communication_case|package_clause|parameter_declaration|type_spec)$/;

/** `make([]int, n)` */
function isTypeArgument(node: SyntaxNode, source: Source): boolean {
  const call = node.parent?.type === "argument_list" ? node.parent.parent : undefined;
  const callee = call && inField(call, "function");
  return (
    callee !== undefined &&
    /^(make|new)$/.test(textOf(callee, source)) &&
    node.parent !== undefined &&
    parts(node.parent)[0] === node
  );
}

function isKeyOfList({ parent }: SyntaxNode): boolean {
  const element = parent?.type === "literal_element" ? parent : undefined;
  const holder = element?.parent;
  if (holder?.type !== "keyed_element" || parts(holder)[0] !== element) return false;
  const literal = holder.parent?.parent;
  return literal?.type !== "composite_literal" || inField(literal, "type")?.type !== "map_type";
}

/** Where not the value is meant, but what holds it; and names that are there for the statement alone. */
function placeOf(node: SyntaxNode, source: Source): string | undefined {
  if (isTarget(node)) return "it is given a value";
  const isPlace =
    /^(identifier|(selector|index|parenthesized)_expression)$/.test(node.type) || isPointedAt(node);
  if (isPlace && mayBeChangedAt(node)) return "it may be changed in its place";
  if (isPlace && node.parent?.type === "selector_expression" && !isPlainField(node.parent, source))
    return "a method may be taken from it in its place";
  const statement = statementInRow(node, source);
  const isOfStatement = namesIn(node, source).some(({ binding }) =>
    binding?.declarations.some((it) => statement && contains(statement, it) && !contains(node, it)),
  );
  return isOfStatement ? "it uses what its own statement declares" : undefined;
}

function isPointedAt(node: SyntaxNode): boolean {
  return node.type === "unary_expression" && node.children[0]?.type === "*";
}

/** On the left side of an assignment, but for indices in it. */
function isTarget(node: SyntaxNode): boolean {
  for (let at = node; at.parent; at = at.parent) {
    if (/^(inc|dec)_statement$/.test(at.parent.type)) return true;
    if (at.field === "left" && at.type === "expression_list") return true;
    if (at.field === "left" && at.parent.type === "range_clause") return true;
    if (at.field === "index" || /^(argument_list|block)$/.test(at.parent.type)) return false;
  }
  return false;
}

/** Whether the member is a field for certain: structs of the file have one of that name, and no method has it. */
function isPlainField(selector: SyntaxNode, source: Source): boolean {
  const field = inField(selector, "field");
  const name = field && textOf(field, source);
  const named = [...walk(source.root)].filter(
    (it) => it.type === "field_identifier" && it.field === "name" && textOf(it, source) === name,
  );
  return named.length > 0 && named.every((it) => it.parent?.type === "field_declaration");
}

/** What has its type from where it stands would have another one as a variable. */
function typeAt(node: SyntaxNode, source: Source): string | undefined {
  const kind = kindOf(node, source);
  if (kind === "open") return "its type may depend on where it stands";
  if (kind === "condition" && !takesItsType(node, source))
    return "its boolean type may depend on where it stands";
  if (!hasOneValue(node, source)) return "it may have more than one value";
  const shift = ancestors(node).find((it) => it.type !== "parenthesized_expression");
  const isShift =
    shift?.type === "binary_expression" && /^(<<|>>)$/.test(inField(shift, "operator")?.type ?? "");
  // A shift that is not constant takes its type from elsewhere.
  return isShift &&
    kind !== "constant" &&
    shift &&
    kindOf(inField(shift, "left") ?? shift, source) !== "typed"
    ? "the type of the shift may depend on it"
    : undefined;
}
