import { inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Effect } from "../code-rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isAddressed } from "./addressed.ts";
import { isOfPackage } from "./kinds.ts";

const PURE =
  /(^(int|float|imaginary|rune|interpreted_string|raw_string|func)_literal|^(true|false|nil|iota|blank_identifier|escape_sequence)|_content|_type|^(type|field|package)_identifier|^type_arguments)$/;
/** As pure as their parts. */
const AS_PARTS =
  /^((parenthesized|binary)_expression|expression_list|argument_list|composite_literal|literal_value|literal_element|keyed_element)$/;
/** Look into what may be another one later. */
const READS =
  /^((selector|index|slice|type_assertion|type_conversion|type_instantiation)_expression|variadic_argument)$/;
const NUMBER = /^(u?int(8|16|32|64)?|uintptr|float(32|64)|complex(64|128)|byte|rune|bool)$/;
const RANK: Readonly<Record<Effect, number>> = { pure: 0, reads: 1, acts: 2 };

/** See `CodeRules.effectOf`. Operators are the language's own; variables of the package may be changed by any function. */
export function effectOf(node: SyntaxNode, source: Source): Effect {
  if (!node.isNamed || isComment(node) || PURE.test(node.type)) return "pure";
  if (node.type === "identifier") return nameEffect(node, source);
  if (AS_PARTS.test(node.type)) return inner(node, source);
  if (node.type === "unary_expression") return unaryEffect(node, source);
  if (node.type === "call_expression") return callEffect(node, source);
  if (isOfPackage(node, source) && node.field === "function") return "pure";
  return READS.test(node.type) ? stronger("reads", inner(node, source)) : "acts";
}

function inner(node: SyntaxNode, source: Source): Effect {
  return parts(node)
    .map((it) => effectOf(it, source))
    .reduce(stronger, "pure");
}

function nameEffect(node: SyntaxNode, source: Source): Effect {
  const binding = source.bindings().at(node);
  if (!binding) return "reads";
  if (/^(constant|function|type|import)$/.test(binding.kind)) return "pure";
  return binding.isExported || isAddressed(binding) ? "reads" : "pure";
}

function unaryEffect(node: SyntaxNode, source: Source): Effect {
  const sign = node.children[0]?.type ?? "";
  if (sign === "<-") return "acts";
  return sign === "*" ? stronger("reads", inner(node, source)) : inner(node, source);
}

/** Conversions to numbers, and the lengths of things; other functions may do anything. */
function callEffect(node: SyntaxNode, source: Source): Effect {
  const [callee, list] = [inField(node, "function"), inField(node, "arguments")];
  if (callee?.type !== "identifier" || !list || source.bindings().at(callee)) return "acts";
  const name = textOf(callee, source);
  if (NUMBER.test(name)) return inner(list, source);
  return /^(string|len|cap)$/.test(name) ? stronger("reads", inner(list, source)) : "acts";
}

function stronger(a: Effect, b: Effect): Effect {
  return RANK[a] > RANK[b] ? a : b;
}

const LITERAL = /^((int|float|imaginary|rune|interpreted_string|raw_string)_literal|true|false|nil)$/;

/**
 * See `CodeRules.mayFail`: what is divided by or shifted, indices, members of what may be nil, assertions, and
 * comparisons of what may be interfaces (The Go Programming Language Specification, "Run-time panics").
 */
export function mayFail(node: SyntaxNode, source: Source): boolean {
  return [...walk(node, (it) => it.type === "func_literal")].some((it) => {
    if (/^(index|slice|type_assertion|type_conversion)_expression$/.test(it.type)) return true;
    if (it.type === "selector_expression") return !isOfPackage(it, source);
    if (it.type === "unary_expression") return it.children[0]?.type === "*";
    if (it.type !== "binary_expression") return false;
    const sign = inField(it, "operator")?.type ?? "";
    const right = inField(it, "right");
    if (/^([/%]|<<|>>)$/.test(sign)) return !right || !/^[1-9]/.test(textOf(right, source));
    return /^[!=]=$/.test(sign) && !parts(it).some((at) => LITERAL.test(at.type));
  });
}
