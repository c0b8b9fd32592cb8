import type { Binding } from "../../syntax/bindings.ts";
import { inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Effect } from "../code-rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isConstant } from "../steady.ts";

const PURE =
  /^(identifier|integer|float|true|false|none|ellipsis|string_start|string_content|string_end|escape_sequence|escape_interpolation|type_conversion|type)$/;
/** As pure as their parts, which they hold. */
const AS_PARTS =
  /^(parenthesized_expression|list|tuple|dictionary|set|pair|expression_list|concatenated_string)$/;
/** Look into what their parts are, so that it matters when: a list is another one after `append`. */
const READS =
  /^(attribute|subscript|slice|dictionary_splat|not_operator|boolean_operator|conditional_expression|comparison_operator|unary_operator|binary_operator|interpolation|format_specifier|format_expression)$/;
const RANK: Readonly<Record<Effect, number>> = { pure: 0, reads: 1, acts: 2 };

/** See `CodeRules.effectOf`. Operators on numbers, texts and what is made of them are pure; on anything else they read. */
export function effectOf(node: SyntaxNode, source: Source): Effect {
  if (!node.isNamed || isComment(node) || PURE.test(node.type)) return "pure";
  const inner = () =>
    parts(node)
      .map((it) => effectOf(it, source))
      .reduce(stronger, "pure");
  // "string" may hold expressions.
  if (node.type === "lambda")
    return defaultsOf(node)
      .map((it) => effectOf(it, source))
      .reduce(stronger, "pure");
  // Looking for something in an iterator takes from it.
  if (node.type === "comparison_operator" && isSearch(node) && !isPlain(node, source)) return "acts";
  if (node.type === "string" || AS_PARTS.test(node.type)) return inner();
  if (READS.test(node.type)) return isPlain(node, source) ? "pure" : stronger("reads", inner());
  return "acts";
}

function isSearch({ children }: SyntaxNode): boolean {
  return children.some((it) => it.type === "in" || it.type === "not in");
}

/** What is evaluated when a function is made: defaults and annotations. */
export function defaultsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const list = inField(node, "parameters");
  const type = inField(node, "return_type");
  const values = [...(list ? walk(list) : [])].filter((it) => it.field === "value" || it.type === "type");
  return type ? [...values, type] : values;
}

function stronger(a: Effect, b: Effect): Effect {
  return RANK[a] > RANK[b] ? a : b;
}

const LITERAL = /^(integer|float|true|false|none)$/;
const PLAIN_IF_PARTS =
  /^(parenthesized_expression|unary_operator|not_operator|binary_operator|comparison_operator|boolean_operator|conditional_expression|concatenated_string|interpolation|type_conversion)$/;
/** How far a name's value is followed. */
const FAR = 8;

/** Whether its value certainly is a number, a text, a truth value or `None`: nothing can change such a thing. */
function isPlain(node: SyntaxNode, source: Source, far = FAR): boolean {
  if (far === 0) return false;
  if (LITERAL.test(node.type)) return true;
  if (/^(string_|escape_)/.test(node.type)) return true;
  if (node.type === "identifier") return isPlainName(source.bindings().at(node), source, far);
  if (node.type === "string" || PLAIN_IF_PARTS.test(node.type))
    return parts(node).every((it) => isPlain(it, source, far - 1));
  return false;
}

function isPlainName(binding: Binding | undefined, source: Source, far: number): boolean {
  const [declaration] = binding?.declarations ?? [];
  if (!binding || !declaration || !isConstant(binding)) return false;
  const { parent } = declaration;
  if (parent?.type === "assignment" && declaration.field === "left") {
    const value = inField(parent, "right");
    return value !== undefined && isPlain(value, source, far - 1);
  }
  if (binding.kind !== "parameter" || !parent) return false;
  const type = inField(parent, "type");
  return type !== undefined && /^(int|float|complex|str|bytes|bool|None)$/.test(textOf(type, source));
}

/** See `CodeRules.mayFail`: an operator on what is not known, or one that not all numbers have a value for. */
export function mayFail(node: SyntaxNode, source: Source): boolean {
  return [...walk(node)].some((it) => {
    if (it.type === "interpolation") return parts(it).length > 1;
    if (!/^(binary|unary|comparison)_operator$/.test(it.type)) return false;
    const signs = it.children.filter((at) => !at.isNamed).map((at) => textOf(at, source));
    if (it.type === "comparison_operator" && signs.every((at) => /^([!=]=|is|not|is not)$/.test(at)))
      return false;
    const kinds = parts(it).flatMap((at) => kindsIn(at, source, FAR));
    const areNumbers = kinds.every((at) => /^(integer|float)$/.test(at));
    const areTexts = kinds.every((at) => /^string_/.test(at)) && signs.every((at) => at === "+");
    return !(areTexts || (areNumbers && signs.every((at) => /^([-+*()]|[<>]=?)$/.test(at))));
  });
}

/** What an expression is made of; a name that has one value is what that is made of. */
function kindsIn(node: SyntaxNode, source: Source, far: number): readonly string[] {
  const leaves = [...walk(node)].filter((it) => it.isNamed && it.children.length === 0);
  return leaves.flatMap((it) => {
    const binding = it.type === "identifier" && far > 0 ? source.bindings().at(it) : undefined;
    const [declaration] = binding && isConstant(binding) ? binding.declarations : [];
    const isGiven = declaration?.parent?.type === "assignment" && declaration.field === "left";
    const value = isGiven ? inField(declaration.parent, "right") : undefined;
    return value && !mayFail(value, source) ? kindsIn(value, source, far - 1) : [it.type];
  });
}

/** Whether it runs what a class says of its operators, truth, text or hash: asked of nothing that certainly is a number or a text. */
export function mayAsk(node: SyntaxNode, source: Source): boolean {
  return [...walk(node)].some((it) => askedIn(it).some((at) => !isPlain(at, source) && !isIdentity(at)));
}

/** The same of a condition, whose truth is asked for. */
export function asksForTruth(node: SyntaxNode, source: Source): boolean {
  const isTruth = node.type === "not_operator" || isIdentity(node) || isPlain(node, source);
  return !isTruth || mayAsk(node, source);
}

/** The parts of a node of which its own class may be asked. */
function askedIn(node: SyntaxNode): readonly SyntaxNode[] {
  const all = parts(node);
  if (isIdentity(node)) return [];
  if (/^(comparison|unary|binary)_operator$/.test(node.type)) return all;
  if (/^(not_operator|interpolation|set)$/.test(node.type)) return all;
  if (/^(boolean_operator|pair)$/.test(node.type)) return all.slice(0, 1);
  return node.type === "conditional_expression" ? all.slice(1, 2) : [];
}

/** `a is b` is a truth value and asks nobody. */
function isIdentity({ type, children }: SyntaxNode): boolean {
  return type === "comparison_operator" && children.every((it) => it.isNamed || /^is( not)?$/.test(it.type));
}
