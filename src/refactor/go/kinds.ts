import type { Binding } from "../../syntax/bindings.ts";
import { allInField, inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

/**
 * Whether an expression has its type from itself: "typed"; "constant": a constant without a type, which takes one from
 * where it stands; "condition": a comparison, which is of whatever boolean type is asked for; "open": that depends on
 * what is not to be seen, or a shift whose left side takes its type from where the whole stands (The Go Programming
 * Language Specification, "Constants", "Operators").
 */
export type Kind = "typed" | "constant" | "condition" | "open";

/** How far a constant's name is followed. */
const FAR = 8;

/** See `Kind`. */
export function kindOf(node: SyntaxNode, source: Source, far = FAR): Kind {
  switch (node.type) {
    case "int_literal":
    case "float_literal":
    case "imaginary_literal":
    case "rune_literal":
    case "interpreted_string_literal":
    case "raw_string_literal":
      return "constant";
    case "true":
    case "false":
      return isShadowed(node, source) ? "open" : "constant";
    case "parenthesized_expression":
      return partsKind(node, source, far);
    case "unary_expression":
      return /^[-+!^]$/.test(node.children[0]?.type ?? "") ? partsKind(node, source, far) : "typed";
    case "binary_expression":
      return binaryKind(node, source, far);
    case "identifier":
      return nameKind(source.bindings().at(node), source, far);
    case "selector_expression":
      return isOfPackage(node, source) ? "open" : "typed";
    case "call_expression":
      return callKind(node, source);
    case "nil":
    case "iota":
      return "open";
    default:
      return "typed";
  }
}

function partsKind(node: SyntaxNode, source: Source, far: number): Kind {
  const [only] = parts(node);
  return only ? kindOf(only, source, far) : "open";
}

function binaryKind(node: SyntaxNode, source: Source, far: number): Kind {
  const sign = inField(node, "operator")?.type ?? "";
  const [left, right] = parts(node).map((it) => kindOf(it, source, far));
  if (!left || !right) return "open";
  const areConstants = left === "constant" && right === "constant";
  if (/^(<<|>>)$/.test(sign)) return left === "typed" || areConstants ? left : "open";
  if (/^([!=]=|[<>]=?)$/.test(sign)) {
    if (areConstants) return "constant";
    return left === "typed" || right === "typed" ? "condition" : "open";
  }
  if (left === "typed" || right === "typed") return "typed";
  if (left === "open" || right === "open") return "open";
  return areConstants ? "constant" : "condition";
}

function nameKind(binding: Binding | undefined, source: Source, far: number): Kind {
  const [declaration] = binding?.declarations ?? [];
  if (!binding || !declaration || far === 0) return "open";
  if (/^(variable|parameter|function)$/.test(binding.kind)) return "typed";
  const spec = declaration.parent;
  if (binding.kind !== "constant" || !spec) return "open";
  if (inField(spec, "type")) return "typed";
  const list = inField(spec, "value");
  const value = list && parts(list)[allInField(spec, "name").indexOf(declaration)];
  return value ? kindOf(value, source, far - 1) : "open";
}

/** Functions of the language that give constants without a type where they are given such. */
const OPEN_BUILT_IN = /^(complex|real|imag|min|max)$/;

function callKind(node: SyntaxNode, source: Source): Kind {
  const callee = inField(node, "function");
  return callee?.type === "identifier" && OPEN_BUILT_IN.test(textOf(callee, source)) ? "open" : "typed";
}

function isShadowed(node: SyntaxNode, source: Source): boolean {
  return source.bindings().resolve(textOf(node, source), "value", node.from) !== undefined;
}

/** `pkg.Name`; without a name of its own, a package has one that is not to be seen. */
export function isOfPackage(node: SyntaxNode, source: Source): boolean {
  const operand = node.type === "selector_expression" ? inField(node, "operand") : undefined;
  if (operand?.type !== "identifier") return false;
  const binding = source.bindings().at(operand);
  const field = inField(node, "field");
  const isSeen = field !== undefined && /^\p{Lu}/u.test(textOf(field, source));
  return isSeen && (binding === undefined || binding.kind === "import");
}

/** Whether it may be the name of a type, which stands like a value in conversions and where types are arguments. */
export function mayBeType(node: SyntaxNode, source: Source): boolean {
  switch (node.type) {
    case "identifier": {
      const binding = source.bindings().at(node);
      return binding === undefined || /^(type|import)$/.test(binding.kind);
    }
    case "parenthesized_expression":
      return parts(node).some((it) => mayBeType(it, source));
    case "unary_expression":
      return node.children[0]?.type === "*" && parts(node).some((it) => mayBeType(it, source));
    case "index_expression":
      return parts(node).some((it) => mayBeType(it, source));
    case "type_instantiation_expression":
      return true;
    case "selector_expression":
      return isOfPackage(node, source);
    default:
      return false;
  }
}
