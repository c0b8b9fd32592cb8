import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { isClear, textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isConstant } from "../steady.ts";

/** "text": certainly a text; "plain": certainly no object, so that it is the same text however it becomes one; else unknown. */
export type Kind = "text" | "plain" | "unknown";

/** How far values of names are followed. */
const FAR = 6;

/** Operators whose result is no object, whatever they are used on. */
const PLAIN_SIGNS = /^([-*/%&|^]|\*\*|<<|>>|>>>|[=!]==?|[<>]=?|in|instanceof)$/;
/** What these give is a text, by whatever name the object goes. */
const TEXT_METHODS =
  /^(toFixed|toPrecision|toString|toISOString|toUpperCase|toLowerCase|trim|trimStart|trimEnd|padStart|padEnd|charAt|join)$/;
const PLAIN_METHODS = /^(charCodeAt|codePointAt|indexOf|lastIndexOf|getTime)$/;

/** What kind of value an expression has, as far as its text says; types that are written are believed. */
export function kindOf(node: SyntaxNode, source: Source, far = FAR): Kind {
  const inner = (it: SyntaxNode | undefined) => (it && far > 0 ? kindOf(it, source, far - 1) : "unknown");
  switch (node.type) {
    case "string":
    case "template_string":
      return "text";
    case "number":
    case "true":
    case "false":
    case "null":
    case "undefined":
    case "update_expression":
      return "plain";
    case "parenthesized_expression":
    case "non_null_expression":
      return inner(parts(node)[0]);
    case "unary_expression":
      return inField(node, "operator")?.type === "typeof" ? "text" : "plain";
    case "ternary_expression":
      return both(inner(inField(node, "consequence")), inner(inField(node, "alternative")));
    case "binary_expression":
      return operated(node, inner);
    case "identifier":
      return kindOfName(node, source, far);
    case "member_expression":
      return textOf(inField(node, "property") ?? node, source) === "length" ? "plain" : "unknown";
    case "call_expression":
      return kindOfCall(node, source);
    default:
      return "unknown";
  }
}

function operated(node: SyntaxNode, inner: (it: SyntaxNode | undefined) => Kind): Kind {
  const sign = inField(node, "operator")?.type ?? "";
  const [left, right] = [inner(inField(node, "left")), inner(inField(node, "right"))];
  if (PLAIN_SIGNS.test(sign)) return "plain";
  // A text and an object is a text, too.
  if (sign === "+" && (left === "text" || right === "text")) return "text";
  return both(left, right);
}

function both(left: Kind, right: Kind): Kind {
  if (left === "unknown" || right === "unknown") return "unknown";
  return left === right ? left : "plain";
}

function kindOfName(node: SyntaxNode, source: Source, far: number): Kind {
  const binding = source.bindings().at(node);
  const [declaration, ...more] = binding?.declarations ?? [];
  const holder = declaration?.parent;
  if (!binding || !declaration || !holder || more.length > 0) return "unknown";
  const isParameter = /^(required|optional)_parameter$/.test(holder.type) && declaration.field === "pattern";
  const isVariable = holder.type === "variable_declarator" && declaration.field === "name";
  if (!isParameter && !isVariable) return "unknown";
  const type = inField(holder, "type");
  if (type) return kindOfType(type, source, holder.type === "optional_parameter");
  const value = inField(holder, "value");
  if (!value || !isVariable || far === 0 || !isConstant(binding) || isClear(binding, source))
    return "unknown";
  const kind = kindOf(value, source, far - 1);
  // Before its line a `var` is there without its value.
  return kind === "text" && holder.parent?.type === "variable_declaration" ? "plain" : kind;
}

/** What a type that is written says: `string`, or a choice of what is no object. */
function kindOfType(annotation: SyntaxNode, source: Source, isOptional = false): Kind {
  const names = textOf(annotation, source)
    .replace(/^:\s*/, "")
    .split("|")
    .map((it) => it.trim());
  if (!isOptional && names.every((it) => it === "string")) return "text";
  return names.every((it) =>
    /^(string|number|boolean|bigint|null|undefined|-?\d+|true|false|"[^"|]*"|'[^'|]*')$/.test(it),
  )
    ? "plain"
    : "unknown";
}

function kindOfCall(node: SyntaxNode, source: Source): Kind {
  const callee = inField(node, "function");
  if (!callee) return "unknown";
  const name = textOf(callee, source);
  if (callee.type === "identifier") {
    const binding = source.bindings().at(callee);
    if (!binding)
      return name === "String"
        ? "text"
        : /^(Number|Boolean|BigInt|parseInt|parseFloat)$/.test(name)
          ? "plain"
          : "unknown";
    const [declaration] = binding.declarations;
    const made = nearest(declaration?.parent, (it) => it.type === "function_declaration");
    const type =
      made && made === declaration?.parent && isConstant(binding) ? inField(made, "return_type") : undefined;
    return type ? kindOfType(type, source) : "unknown";
  }
  const [object, property] = [inField(callee, "object"), inField(callee, "property")];
  if (callee.type !== "member_expression" || !object || !property) return "unknown";
  if (/^Math\b/.test(name) && !source.bindings().at(object)) return "plain";
  const method = textOf(property, source);
  if (isInChain(callee)) return "unknown";
  return TEXT_METHODS.test(method) ? "text" : PLAIN_METHODS.test(method) ? "plain" : "unknown";
}

/** Whether it may be left out with what stands before it: `a?.b.c`. */
function isInChain(node: SyntaxNode | undefined): boolean {
  if (!node || !/^(member|subscript|call|non_null)_expression$/.test(node.type)) return false;
  const inner = inField(node, "object") ?? inField(node, "function") ?? parts(node)[0];
  return node.children.some((it) => it.type === "optional_chain") || isInChain(inner);
}
