import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import type { MemberUse } from "../smell-rules.ts";

/** See `SmellRules.ownName`. */
export function ownName(method: SyntaxNode, text: string): string | undefined {
  const name = inField(method, "name");
  const isStatic = method.children.some((it) => it.type === "static_modifier");
  const isMaking = name !== undefined && /^__/.test(text.slice(name.from, name.to));
  return method.type !== "method_declaration" || isStatic || isMaking ? undefined : "$this";
}

/** See `SmellRules.memberUse`. */
export function memberUse(node: SyntaxNode, text: string): MemberUse | undefined {
  const [object, name] = [inField(node, "object"), inField(node, "name")];
  if (!object || !name || !/^member_(access|call)_expression$/.test(node.type)) return undefined;
  return { object, name: text.slice(name.from, name.to), isCalled: node.type === "member_call_expression" };
}
