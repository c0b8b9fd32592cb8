import type { Binding, Reference } from "../../syntax/bindings.ts";
import { contains, inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Effect } from "../code-rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isConstantExpression } from "./declared-type.ts";
import { aroundOf, hasModifier, isTarget, overflowAround } from "./places.ts";
import { isNumeric, isPlainType, isShared, isWhole } from "./plain-types.ts";
import { isNameof, isPureCall } from "./platform.ts";
import { bindingType, typeOf } from "./types.ts";

const PURE =
  /^((integer|real|string|verbatim_string|character|boolean|null)_literal|(this|base|type_of|size_of|default|lambda)_expression|\w+_type|type_argument_list|qualified_name|interpolated_string_text|interpolated_verbatim_string_text|interpolation_format_clause|name_colon|\w+_pattern|discard)$/;
/** As pure as their parts, which they hold. */
const AS_PARTS =
  /^((parenthesized|prefix_unary|binary|conditional|as|is|is_pattern|cast|checked|array_creation|tuple|initializer)_expression|argument_list|argument|bracketed_argument_list|array_type|array_rank_specifier)$/;
const READS =
  /^((member_access|element_access|conditional_access)_expression|member_binding_expression|element_binding_expression)$/;
const RANK: Readonly<Record<Effect, number>> = { pure: 0, reads: 1, acts: 2 };

/** See `CodeRules.effectOf`. The variables of a method are pure, unless they may be structs that change in their place; members are read. */
export function effectOf(node: SyntaxNode, source: Source): Effect {
  if (!node.isNamed || isComment(node)) return "pure";
  if (/^(is_pattern_expression|switch_expression_arm)$/.test(node.type) && declares(node)) return "acts";
  if (PURE.test(node.type) && node.type !== "array_type") return "pure";
  const inner = (all: readonly SyntaxNode[] = parts(node)) =>
    all.map((it) => effectOf(it, source)).reduce(stronger, "pure");
  if (node.type === "identifier" || node.type === "generic_name") return nameEffect(node, source);
  if (node.type === "interpolated_string_expression") return stronger("reads", inner(holes(node)));
  if (READS.test(node.type)) return stronger("reads", inner(parts(node).filter((it) => it.field !== "name")));
  if (node.type === "invocation_expression") return callEffect(node, source);
  if (!AS_PARTS.test(node.type) || isChanging(node)) return "acts";
  const isOther =
    /^(binary|prefix_unary|cast)_expression$/.test(node.type) && !isPlainType(typeOf(node, source));
  return isOther ? stronger("reads", inner()) : inner();
}

function stronger(a: Effect, b: Effect): Effect {
  return RANK[a] > RANK[b] ? a : b;
}

function declares(node: SyntaxNode): boolean {
  return [...walk(node)].some((it) => /^(declaration|var|recursive)_pattern$/.test(it.type));
}

/** What stands in the braces of a text. */
function holes(text: SyntaxNode): readonly SyntaxNode[] {
  return parts(text).flatMap((it) =>
    it.type === "interpolation" ? parts(it).filter((at) => at.type !== "interpolation_alignment_clause") : [],
  );
}

/** `++a`, `&a`, `ref a`, `out a`. */
function isChanging({ type, children }: SyntaxNode): boolean {
  if (type === "prefix_unary_expression") return /^(\+\+|--|&|\*)$/.test(children[0]?.type ?? "");
  return type === "argument" && children.some((it) => /^(ref|out)$/.test(it.type));
}

function callEffect(node: SyntaxNode, source: Source): Effect {
  if (isNameof(node, source)) return "pure";
  if (!isPureCall(node, source, (it) => typeOf(it, source))) return "acts";
  const object = inField(inField(node, "function") ?? node, "expression");
  const all = [object, inField(node, "arguments")];
  return all
    .map((it) =>
      it && it.type !== "predefined_type" && !isTypeName(it, source) ? effectOf(it, source) : "pure",
    )
    .reduce(stronger, "pure");
}

function isTypeName(node: SyntaxNode, source: Source): boolean {
  return (
    node.type === "identifier" &&
    source.bindings().at(node) === undefined &&
    /^[A-Z]/.test(textOf(node, source))
  );
}

/** A name of a type that stands before a dot is nothing to evaluate. */
function nameEffect(node: SyntaxNode, source: Source): Effect {
  const binding = source.bindings().at(node);
  // Methods are not exchanged while something runs.
  if (!binding)
    return node.field === "function" || (isTypeName(node, source) && node.field === "expression")
      ? "pure"
      : "reads";
  if (!binding.spaces.includes("value") || binding.kind === "function") return "pure";
  if (binding.scope.kind !== "class") return mayChangeInPlace(binding, source) ? "reads" : "pure";
  return isConstantExpression(node, source) ||
    (isFinalField(binding) && isPlainType(bindingType(binding, source)))
    ? "pure"
    : "reads";
}

/** Whether it may be a struct of which a member is given a value, or a method called. */
export function mayChangeInPlace(binding: Binding, source: Source): boolean {
  const type = bindingType(binding, source);
  if (isPlainType(type) || isShared(type, source)) return false;
  return binding.references.some(({ node }) => isChangedThere(node));
}

/** `a.b = 1`, `a.b.c()`, `a[0]++` */
export function isChangedThere(node: SyntaxNode): boolean {
  let at = aroundOf(node);
  while (
    at.field === "expression" &&
    /^(member|element)_access_expression$/.test(at.parent?.type ?? "") &&
    at.parent
  )
    at = aroundOf(at.parent);
  return (
    at !== aroundOf(node) &&
    (isTarget(at) || (at.field === "function" && at.parent?.type === "invocation_expression"))
  );
}

/** A field that is given its value once, by its class or a constructor of it. */
function isFinalField(binding: Binding): boolean {
  const declaration = binding.declarations[0]?.parent?.parent?.parent;
  return (
    binding.declarations.length === 1 &&
    declaration?.type === "field_declaration" &&
    hasModifier(declaration, /^(readonly|const)$/)
  );
}

/** See `CodeRules.isFixed`: a field that is read only, once its object is made. */
export function isFixed({ binding }: Reference, statement: SyntaxNode, source: Source): boolean {
  if (!binding || !isFinalField(binding) || !isPlainType(bindingType(binding, source))) return false;
  const member = binding.scope.node.children.find((it) => contains(it, statement));
  return member?.type === "method_declaration" && source.rules.isStatement(statement);
}

/** See `CodeRules.mayFail`: a division of whole numbers, a cast, an index, a member of what may be `null`, an overflow where that is looked for. */
export function mayFail(node: SyntaxNode, source: Source): boolean {
  const isClosed = (it: SyntaxNode) =>
    /^(lambda_expression|anonymous_method_expression|type_of_expression)$/.test(it.type) ||
    isNameof(it, source);
  return [...walk(node, isClosed)].some((it) => failsItself(it, source));
}

function failsItself(node: SyntaxNode, source: Source): boolean {
  const types = () => parts(node).map((it) => typeOf(it, source));
  switch (node.type) {
    case "element_access_expression":
    case "element_binding_expression":
    case "array_creation_expression":
    case "implicit_array_creation_expression":
    case "object_creation_expression":
    case "implicit_object_creation_expression":
    case "switch_expression":
    case "await_expression":
    case "query_expression":
    case "with_expression":
    case "throw_expression":
      return true;
    case "invocation_expression":
      return !isNameof(node, source);
    case "member_access_expression":
      return inField(node, "expression")?.type !== "this_expression";
    case "cast_expression": {
      const value = inField(node, "value");
      const isPlain = isNumeric(typeOf(node, source)) && isNumeric(value && typeOf(value, source));
      return (
        !isPlain ||
        isCounted(node) ||
        typeOf(node, source) === "decimal" ||
        (value !== undefined && typeOf(value, source) === "decimal")
      );
    }
    case "interpolation":
      return !isPlainType(types()[0]);
    case "prefix_unary_expression":
      return !isPlainType(typeOf(node, source)) || (node.children[0]?.type === "-" && isCounted(node));
    case "binary_expression":
      return mayFailAt(node, types(), source);
    default:
      return false;
  }
}

/** Whether a number that is too large is a failure there. */
function isCounted(node: SyntaxNode): boolean {
  return overflowAround(node)?.children.some((it) => it.type === "checked") ?? false;
}

function mayFailAt(node: SyntaxNode, types: readonly (string | undefined)[], source: Source): boolean {
  const sign = inField(node, "operator")?.type ?? "";
  const isNothing = parts(node).some((it) => it.type === "null_literal");
  if (/^(&&|\|\||\?\?)$/.test(sign) || (/^[!=]=$/.test(sign) && isNothing)) return false;
  if (!isPlainType(typeOf(node, source)) || !types.every(isPlainType)) return true;
  if (types.includes("decimal")) return /^[-+*/%]$/.test(sign);
  if (/^[/%]$/.test(sign)) return types.every(isWhole);
  return isCounted(node) && types.every(isWhole) && /^[-+*]$/.test(sign);
}
