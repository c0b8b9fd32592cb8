import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Examined } from "../smell.ts";
import type { MemberUse } from "../smell-rules.ts";

/** See `SmellRules.ownName`. */
export function ownName(method: SyntaxNode): string | undefined {
  const modifiers = method.children.find((it) => it.type === "modifiers");
  const isStatic = modifiers?.children.some((it) => it.type === "static");
  return method.type === "method_declaration" && !isStatic ? "this" : undefined;
}

/** See `SmellRules.memberUse`: what a getter gives is data. */
export function memberUse(node: SyntaxNode, text: string): MemberUse | undefined {
  const object = inField(node, "object");
  const name = inField(node, "field") ?? inField(node, "name");
  if (!object || !name || !/^(field_access|method_invocation)$/.test(node.type)) return undefined;
  const written = text.slice(name.from, name.to);
  const given = inField(node, "arguments");
  const isGetter = given !== undefined && parts(given).length === 0 && /^(get|is|has)[A-Z]/.test(written);
  return { object, name: written, isCalled: given !== undefined && !isGetter };
}

/** See `SmellRules.ownMember`: a field or a method of the class, or what it inherits. */
export function ownMember(node: SyntaxNode, { source: { text }, code }: Examined): string | undefined {
  if (node.type === "method_invocation") {
    const name = inField(node, "object") ? undefined : inField(node, "name");
    return name && text.slice(name.from, name.to);
  }
  if (node.type !== "identifier" || /^(name|field)$/.test(node.field ?? "")) return undefined;
  const written = text.slice(node.from, node.to);
  const binding = code?.bindings().at(node);
  const isOwn = binding ? binding.scope.kind === "class" : /^[a-z]/.test(written);
  return isOwn ? written : undefined;
}
