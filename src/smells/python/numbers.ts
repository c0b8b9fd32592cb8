import { nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";

/** See `SmellRules.numberOf`: hexadecimal, binary and octal numbers are patterns of bits, or characters. */
export function numberOf(node: SyntaxNode, text: string): number | undefined {
  const written = node.type === "integer" || node.type === "float" ? text.slice(node.from, node.to) : "";
  return /^[\d_.]+(e[+-]?\d+)?$/i.test(written) ? Number(written.replaceAll("_", "")) : undefined;
}

/** See `SmellRules.isUnexplained`. */
export function isUnexplained(number: SyntaxNode, text: string): boolean {
  const at = nearest(number.parent, (it) => !/^(parenthesized_expression|unary_operator)$/.test(it.type));
  if (!at || !/^(binary_operator|comparison_operator)$/.test(at.type)) return false;
  const operator = at.children.find((it) => /^operators?$/.test(it.field ?? ""))?.type ?? "";
  if (!/^([<>]=?|[!=]=|[-+*/%]|\/\/)$/.test(operator)) return false;
  // A step of a few is a place beside another one.
  if (/^[-+]$/.test(operator) && /^\d$/.test(text.slice(number.from, number.to))) return false;
  const others = parts(at).filter((it) => !(it.from <= number.from && number.to <= it.to));
  return !others.some((it) => isTold(it, text)) && !isNamedValue(at);
}

/** A length or a place in a text tells by itself what is compared with it, a text is repeated, two numbers are an example. */
function isTold(other: SyntaxNode, text: string): boolean {
  const written = text.slice(other.from, other.to);
  return (
    /^(integer|float|string|list|tuple|concatenated_string)$/.test(other.type) ||
    /^(len|ord|sum)\(|(version_info.*|version|length|size|count|index|status|code|ch|char|argc|major|minor)$/i.test(
      written,
    )
  );
}

/** `DAY_S = 24 * HOUR_S`, `timeout=3 * second`: the name says what it is. */
function isNamedValue(node: SyntaxNode): boolean {
  const top = nearest(
    node,
    (it) => !/^(binary_operator|parenthesized_expression|unary_operator)$/.test(it.parent?.type ?? ""),
  );
  return (
    (top?.field === "right" && top.parent?.type === "assignment") ||
    (top?.field === "value" &&
      /^(keyword_argument|default_parameter|typed_default_parameter|pair)$/.test(top.parent?.type ?? ""))
  );
}
