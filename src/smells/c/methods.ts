import { inField, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { isOverride } from "../nodes/functions.ts";

/** See `SmellRules.methods`: those that are only declared count, too, since the rest of them stands elsewhere. */
export function methods(type: SyntaxNode, text: string): readonly SyntaxNode[] {
  const body = inField(type, "body");
  return (body ? parts(body) : [])
    .flatMap((it) => (it.type === "template_declaration" ? parts(it) : [it]))
    .filter((it) => isMethod(it) && !isOverride(it, text) && !MADE.test(text.slice(it.from, it.to)));
}

function isMethod(member: SyntaxNode): boolean {
  if (!/^(function_definition|field_declaration|declaration)$/.test(member.type)) return false;
  const isClosed = (it: SyntaxNode) => /^(compound_statement|parameter_list|.*_specifier)$/.test(it.type);
  return [...walk(member, isClosed)].some(isNamed);
}

/** Not a pointer to a function. */
function isNamed(node: SyntaxNode): boolean {
  return (
    node.type === "function_declarator" && inField(node, "declarator")?.type !== "parenthesized_declarator"
  );
}

/** Copying, assigning and operators are many by nature. */
const MADE = /=\s*(default|delete)\s*;?$|\boperator\b/;
