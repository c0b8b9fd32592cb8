import { inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Effect } from "../code-rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { plainOf } from "./plain.ts";

const PURE =
  /(_literal|^(identifier|self|escape_sequence|scoped_identifier|generic_function|lifetime|mutable_specifier|unit_expression|closure_expression)|_type|^(type|field)_identifier|^type_(identifier|arguments))$/;
/** As pure as their parts. */
const AS_PARTS =
  /^((parenthesized|tuple|array|struct|range)_expression|arguments|field_initializer_list|(shorthand_)?field_initializer)$/;
/** Look into what may be another one later. */
const READS = /^((field|index|reference|type_cast)_expression)$/;
const RANK: Readonly<Record<Effect, number>> = { pure: 0, reads: 1, acts: 2 };

/**
 * See `CodeRules.effectOf`. Operators may be anybody's own, and take what they are given, unless both sides are numbers,
 * truth values or texts. What is borrowed cannot change meanwhile (The Rust Reference, "Variables", "Operator expressions").
 */
export function effectOf(node: SyntaxNode, source: Source): Effect {
  if (!node.isNamed || isComment(node)) return "pure";
  if (node.type === "identifier") return isStatic(node, source) ? "reads" : "pure";
  if (PURE.test(node.type)) return "pure";
  if (/^(binary|unary|type_cast)_expression$/.test(node.type) && plainOf(node, source))
    return inner(node, source);
  if (AS_PARTS.test(node.type)) return inner(node, source);
  if (node.type === "unary_expression" && node.children[0]?.type === "*")
    return stronger("reads", inner(node, source));
  if (node.type === "reference_expression" && node.children.some((it) => it.type === "mutable_specifier"))
    return "acts";
  return READS.test(node.type) ? stronger("reads", inner(node, source)) : "acts";
}

function isStatic(node: SyntaxNode, source: Source): boolean {
  return source.bindings().at(node)?.declarations[0]?.parent?.type === "static_item";
}

function inner(node: SyntaxNode, source: Source): Effect {
  return parts(node)
    .map((it) => effectOf(it, source))
    .reduce(stronger, "pure");
}

function stronger(a: Effect, b: Effect): Effect {
  return RANK[a] > RANK[b] ? a : b;
}

/** See `CodeRules.mayFail`: whole numbers that have no place for a result, what is divided by, indices (The Rust Reference, "Overflow"). */
export function mayFail(node: SyntaxNode, source: Source): boolean {
  return [...walk(node, (it) => it.type === "closure_expression")].some((it) => {
    if (it.type === "index_expression") return true;
    if (it.type === "unary_expression")
      return it.children[0]?.type === "-" && !isLiteral(it) && !isFloat(it, source);
    if (it.type !== "binary_expression") return false;
    const sign = textOf(inField(it, "operator") ?? it, source);
    return /^([-+*/%]|<<|>>)$/.test(sign) && !isFloat(it, source);
  });
}

function isFloat(node: SyntaxNode, source: Source): boolean {
  return plainOf(node, source) === "float";
}

function isLiteral(node: SyntaxNode): boolean {
  return parts(node).every((it) => /_literal$/.test(it.type));
}
