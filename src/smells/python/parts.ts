import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";

/** See `SmellRules.parameters`: those behind `*` are given by name. */
export function parameters(fn: SyntaxNode, text: string): readonly SyntaxNode[] {
  const all = parts(inField(fn, "parameters") ?? fn).filter((it) => it.type !== "positional_separator");
  const end = all.findIndex((it) => isSplat(it));
  const inOrder = end === -1 ? all : all.slice(0, end);
  const [first, ...rest] = inOrder;
  return first && classAround(fn) && /^(self|cls|mcs|mcls)\b/.test(text.slice(first.from, first.to))
    ? rest
    : inOrder;
}

function isSplat(node: SyntaxNode): boolean {
  const at = node.type === "typed_parameter" ? node.children[0] : node;
  return /^(keyword_separator|list_splat_pattern|dictionary_splat_pattern)$/.test(at?.type ?? "");
}

/** The class in whose body the function stands. */
function classAround(fn: SyntaxNode): SyntaxNode | undefined {
  const definition = fn.parent?.type === "decorated_definition" ? fn.parent : fn;
  const around = definition.parent?.parent;
  return around?.type === "class_definition" ? around : undefined;
}

/** See `SmellRules.methods`: special ones, properties and tests are many by nature. */
export function methods(type: SyntaxNode, text: string): readonly SyntaxNode[] {
  return parts(inField(type, "body") ?? type).flatMap((it) => {
    const method = it.type === "decorated_definition" ? inField(it, "definition") : it;
    const name = method?.type === "function_definition" ? inField(method, "name") : undefined;
    const isProperty = it.children.some(
      (at) =>
        at.type === "decorator" &&
        /property$|\.(setter|getter|deleter)$|overload$/.test(text.slice(at.from, at.to)),
    );
    return !method || !name || isProperty || /^(__\w+__|test|visit_)/.test(text.slice(name.from, name.to))
      ? []
      : [method];
  });
}

/** See `SmellRules.ownName`. */
export function ownName(method: SyntaxNode, text: string): string | undefined {
  if (method.type !== "function_definition" || !classAround(method)) return undefined;
  const name = inField(method, "name");
  const first = parts(inField(method, "parameters") ?? method)[0];
  const isSpecial = name !== undefined && /^__\w+__$/.test(text.slice(name.from, name.to));
  const own = first ? text.slice(first.from, first.to) : "";
  return own === "self" && !isSpecial ? own : undefined;
}

/** See `SmellRules.calleeOf`. */
export function calleeOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === "call" ? inField(node, "function") : undefined;
}
