import type { SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

/** The type of a variable that begins as such a literal: `number` for `1` and `-1`; `undefined`: it is none. */
export function literalType(node: SyntaxNode | undefined, source: Source): string | undefined {
  if (!node) return undefined;
  if (node.type !== "number" && node.type !== "unary_expression") return USUAL[node.type];
  const text = textOf(node, source);
  // The grammar calls `1n` a number.
  return /^[-+]?\s*\.?\d[\w.]*$/.test(text) ? (text.endsWith("n") ? "bigint" : "number") : undefined;
}

const USUAL: Readonly<Record<string, string>> = {
  string: "string",
  template_string: "string",
  true: "boolean",
  false: "boolean",
};
