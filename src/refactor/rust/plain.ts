import type { Binding } from "../../syntax/bindings.ts";
import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isConstant } from "../steady.ts";

/**
 * What an expression certainly is: a value of the language's own that is copied and not dropped, and on which operators
 * are those of the language. "text": `&'static str`; `undefined`: that is not certain.
 */
export type Plain = "whole" | "float" | "bool" | "char" | "text";

/** How far a name's value is followed. */
const FAR = 8;

/** See `Plain`. */
export function plainOf(node: SyntaxNode, source: Source, far = FAR): Plain | undefined {
  switch (node.type) {
    case "integer_literal":
      return /f(32|64)$/.test(textOf(node, source)) ? "float" : "whole";
    case "float_literal":
      return "float";
    case "boolean_literal":
      return "bool";
    case "char_literal":
      return /^b/.test(textOf(node, source)) ? "whole" : "char";
    case "string_literal":
    case "raw_string_literal":
      return /^b/.test(textOf(node, source)) ? undefined : "text";
    case "parenthesized_expression":
      return onlyPart(node, source, far);
    case "unary_expression":
      return unary(node, source, far);
    case "binary_expression":
      return binary(node, source, far);
    case "type_cast_expression":
      return cast(node, source, far);
    case "identifier":
      return far > 0 ? named(source.bindings().at(node), source, far) : undefined;
    default:
      return undefined;
  }
}

function onlyPart(node: SyntaxNode, source: Source, far: number): Plain | undefined {
  const [only] = parts(node);
  return only && plainOf(only, source, far);
}

function unary(node: SyntaxNode, source: Source, far: number): Plain | undefined {
  const kind = onlyPart(node, source, far);
  const sign = node.children[0]?.type;
  if (sign === "-") return kind === "whole" || kind === "float" ? kind : undefined;
  return sign === "!" && (kind === "bool" || kind === "whole") ? kind : undefined;
}

function binary(node: SyntaxNode, source: Source, far: number): Plain | undefined {
  const sign = inField(node, "operator")?.type ?? "";
  const [left, right] = ["left", "right"].map((it) => {
    const side = inField(node, it);
    return side && plainOf(side, source, far);
  });
  if (!left || left !== right) return undefined;
  if (/^([!=]=|[<>]=?|&&|\|\|)$/.test(sign)) return "bool";
  if (left === "whole") return left;
  if (left === "float") return /^[-+*/%]$/.test(sign) ? left : undefined;
  return left === "bool" && /^[&|^]$/.test(sign) ? left : undefined;
}

function cast(node: SyntaxNode, source: Source, far: number): Plain | undefined {
  const [value, type] = [inField(node, "value"), inField(node, "type")];
  return value && type && plainOf(value, source, far) ? ofType(type, source) : undefined;
}

/** What a written type says. */
function ofType(type: SyntaxNode, source: Source): Plain | undefined {
  const text = textOf(type, source);
  if (/^[iu](8|16|32|64|128|size)$/.test(text)) return "whole";
  if (/^f(32|64)$/.test(text)) return "float";
  if (text === "bool" || text === "char") return text;
  return /^&\s*('static\s+)?str$/.test(text) ? "text" : undefined;
}

function named(binding: Binding | undefined, source: Source, far: number): Plain | undefined {
  const [name] = binding?.declarations ?? [];
  const holder = name?.parent;
  if (!binding || !holder || (name.field !== "pattern" && name.field !== "name")) return undefined;
  if (!/^(parameter|let_declaration|const_item|const_parameter)$/.test(holder.type)) return undefined;
  const type = inField(holder, "type");
  if (type) return ofType(type, source);
  const value = inField(holder, "value");
  // What is made of a value that is given again may be of another kind only where the program is none.
  return value && (isConstant(binding) || isMutableLet(holder)) ? plainOf(value, source, far - 1) : undefined;
}

function isMutableLet({ type, children }: SyntaxNode): boolean {
  return type === "let_declaration" && children.some((it) => it.type === "mutable_specifier");
}
