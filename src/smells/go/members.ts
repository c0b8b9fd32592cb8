import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { MemberUse } from "../smell-rules.ts";

/** See `SmellRules.ownName`: the name of the receiver. */
export function ownName(method: SyntaxNode, text: string): string | undefined {
  const list = inField(method, "receiver");
  const name = list && parts(list)[0] && inField(parts(list)[0] as SyntaxNode, "name");
  return name && text.slice(name.from, name.to);
}

/** See `SmellRules.memberUse`. */
export function memberUse(node: SyntaxNode, text: string): MemberUse | undefined {
  const [object, field] = [inField(node, "operand"), inField(node, "field")];
  if (node.type !== "selector_expression" || !object || !field) return undefined;
  const isCalled = node.parent?.type === "call_expression" && node.field === "function";
  return { object, name: text.slice(field.from, field.to), isCalled };
}
