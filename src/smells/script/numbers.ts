import { inField, nearest, type SyntaxNode } from "../../syntax/tree.ts";

/** See `SmellRules.numberOf`: hexadecimal, binary and octal numbers are patterns of bits, or characters. */
export function numberOf(node: SyntaxNode, text: string): number | undefined {
  const written = node.type === "number" ? text.slice(node.from, node.to) : "";
  return /^[\d_.]+(e[+-]?\d+)?$/i.test(written) ? Number(written.replaceAll("_", "")) : undefined;
}

/** See `SmellRules.isUnexplained`. */
export function isUnexplained(number: SyntaxNode, text: string): boolean {
  const at = nearest(number.parent, (it) => !/^(parenthesized_expression|unary_expression)$/.test(it.type));
  if (at?.type !== "binary_expression") return false;
  const operator = inField(at, "operator")?.type ?? "";
  if (!/^([<>]=?|[!=]==?|[-+*/%])$/.test(operator)) return false;
  // A step of a few is a place beside another one.
  if (/^[-+]$/.test(operator) && /^\d$/.test(text.slice(number.from, number.to))) return false;
  const other = at.children.find((it) => it.isNamed && !(it.from <= number.from && number.to <= it.to));
  return !(other && isTold(other, text)) && !isNamedValue(at);
}

/** A length or a place in a text tells by itself what is compared with it, and two numbers are an example. */
function isTold(other: SyntaxNode, text: string): boolean {
  const written = text.slice(other.from, other.to);
  return (
    other.type === "number" ||
    /(length|size|count|index|indexOf\(.*\)|charCodeAt\(.*\)|version|major|minor|status|code|ch|char|arity)$/i.test(
      written,
    )
  );
}

/** `const DAY_MS = 24 * HOUR_MS`: the variable or the member says what it is. */
function isNamedValue(node: SyntaxNode): boolean {
  const top = nearest(
    node,
    (it) =>
      !/^(binary_expression|parenthesized_expression|unary_expression|as_expression)$/.test(
        it.parent?.type ?? "",
      ),
  );
  return (
    (top?.field === "value" &&
      /^(variable_declarator|pair|public_field_definition|field_definition|enum_assignment|required_parameter|optional_parameter)$/.test(
        top.parent?.type ?? "",
      )) ||
    (top?.field === "right" &&
      /^(assignment_pattern|object_assignment_pattern|assignment_expression)$/.test(top.parent?.type ?? ""))
  );
}
