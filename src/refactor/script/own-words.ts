import { inField, nearest, type SyntaxNode, smallestAround } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Place, Source } from "../refactoring.ts";
import { trimmed } from "../selection.ts";
import { isFunction } from "./places.ts";

/** What means something else in a function of its own than in an arrow function, wherever it may be looked for in one. */
export function ownWord(node: SyntaxNode, source: Source): SyntaxNode | undefined {
  if (node.children.length === 0)
    return /^(this|super|arguments)$/.test(textOf(node, source)) && node.type !== "property_identifier"
      ? node
      : undefined;
  const isNewTarget = node.type === "meta_property" && textOf(node, source).startsWith("new");
  const callee = node.type === "call_expression" ? inField(node, "function") : undefined;
  if (
    isNewTarget ||
    node.type === "this_type" ||
    (callee && /^[(\s]*eval[)\s]*$/.test(textOf(callee, source)))
  )
    return node;
  for (const it of node.children) {
    // Other functions have words of their own, but what computes their names has not.
    const isClosed = isFunction(it) && it.type !== "arrow_function";
    const name = isClosed ? inField(it, "name") : it;
    const found = name && ownWord(name, source);
    if (found) return found;
  }
  return undefined;
}

/** The innermost function at the place: it is selected whole, or the place lies before its body. */
export function functionAt(place: Place, types: RegExp): SyntaxNode | undefined {
  const { source } = place;
  const { from, to } = trimmed(place);
  const inner = smallestAround(source.root, from, from === to ? from + 1 : to);
  const around = nearest(inner, (it) => isFunction(it) || /_declaration$|^export_statement$/.test(it.type));
  const found = around && (isFunction(around) ? around : onlyFunction(around));
  const body = found && inField(found, "body");
  if (!found || !body || !types.test(found.type)) return undefined;
  const isWhole = from <= found.from && found.to <= to;
  return isWhole || to <= body.from ? found : undefined;
}

/** The function that a declaration of one name gives it. */
function onlyFunction(statement: SyntaxNode): SyntaxNode | undefined {
  const inner = inField(statement, "declaration") ?? statement;
  if (isFunction(inner)) return inner;
  const [only, ...more] = inner.children.filter((it) => it.type === "variable_declarator");
  const value = only && more.length === 0 ? inField(only, "value") : undefined;
  return value && isFunction(value) ? value : undefined;
}
