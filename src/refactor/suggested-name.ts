import { inField, type SyntaxNode, walk } from "../syntax/tree.ts";
import { textOf } from "./names.ts";
import type { Source } from "./refactoring.ts";

/** A name for the value of an expression, from what it calls or which member it takes: `getTotal()` gives "total"; or from the key it is given under. */
export function suggestedName(node: SyntaxNode, source: Source): string {
  const key = keyOf(node, source);
  if (key !== undefined) return key;
  const callee = inField(node, "function") ?? node;
  const last = [...walk(callee)].findLast((it) => it.children.length === 0 && /identifier/.test(it.type));
  const isNamed = last !== undefined && /^(call|member|attribute|await|new)/.test(node.type);
  const said = isNamed
    ? textOf(last, source).replace(/^(get|compute|make|create|build|find)_?(?=[A-Z_a-z])/, "")
    : "";
  const name = said.replace(/^[A-Z]/, (it) => it.toLowerCase());
  return name !== "" && source.rules.isName(name) ? name : "value";
}

/** The name under which an object or a call is given the value. */
function keyOf({ parent, field }: SyntaxNode, source: Source): string | undefined {
  if (!parent || field !== "value" || !/^(pair|keyword_argument)$/.test(parent.type)) return undefined;
  const key = inField(parent, "key") ?? inField(parent, "name");
  const text = key && /identifier$/.test(key.type) ? textOf(key, source) : "";
  return source.rules.isName(text) ? text : undefined;
}
