import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";

/** See `SmellRules.parameters`: what also declares a member is written once for both and does not count. */
export function parameters(fn: SyntaxNode, text: string): readonly SyntaxNode[] {
  const list = inField(fn, "parameters");
  return (list ? parts(list) : []).filter((it) => {
    const isMember = it.children.some((at) => /accessibility_modifier|^readonly$/.test(at.type));
    return !isMember && !/^this\b/.test(text.slice(it.from, it.to));
  });
}

/** See `SmellRules.isDictated`. */
export function isDictated(fn: SyntaxNode): boolean {
  return fn.parent?.type === "arguments" || fn.children.some((it) => it.type === "override_modifier");
}

/** See `SmellRules.methods`: reading and writing one member through a method each is that member's business. */
export function methods(type: SyntaxNode): readonly SyntaxNode[] {
  const body = inField(type, "body");
  return (body?.children ?? []).filter(
    (it) => it.type === "method_definition" && !it.children.some((at) => /^(get|set)$/.test(at.type)),
  );
}

/** See `SmellRules.ownName`. */
export function ownName(method: SyntaxNode, text: string): string | undefined {
  const name = inField(method, "name");
  const isStatic = method.children.some((it) => it.type === "static");
  const isMaking = name !== undefined && text.slice(name.from, name.to) === "constructor";
  return method.type !== "method_definition" || isStatic || isMaking ? undefined : "this";
}

/** See `SmellRules.calleeOf`. */
export function calleeOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === "call_expression" ? inField(node, "function") : undefined;
}
