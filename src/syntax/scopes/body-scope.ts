import type { Binding, Bindings, Scope } from "../bindings.ts";
import { contains, inField } from "../tree.ts";

/** The scope of the members of a class of the file, by its name; of several of a name the first. */
export function bodyScope({ declarations: [name] }: Binding, { root }: Bindings): Scope | undefined {
  const body = name?.parent && inField(name.parent, "body");
  const find = (scope: Scope): Scope | undefined => {
    if (scope.node === body && scope.kind === "class") return scope;
    for (const it of scope.children) {
      const found = body && contains(it.node, body) ? find(it) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  return find(root);
}
