import { inField, nearest, type SyntaxNode } from "../../../syntax/tree.ts";
import { isClear } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place } from "../../refactoring.ts";

/** Why other classes may extend a class that is declared, and so have members of their own beside its; `undefined`: none does. */
export function maybeExtended(whole: SyntaxNode, place: Place, id: string): Refusal | undefined {
  const { source, others } = place;
  const name = /_declaration$/.test(whole.type) ? inField(whole, "name") : undefined;
  const binding = name && source.bindings().at(name);
  if (binding?.declarations.length !== 1)
    return refused(`${id}.class`, "The class has no name of its own.", whole);
  const use = binding.references.find(
    (it) => it.space !== "type" && /^(plain|shorthand)/.test(it.shape) && !isPlainUse(it.node),
  );
  if (use) return refused(`${id}.extended`, `"${binding.name}" may be extended here.`, use.node);
  const hidden = isClear(binding, source);
  if (hidden) return hidden;
  if (!source.rules.isSeenByItsName(binding))
    return binding.isExported
      ? refused(`${id}.exported`, `"${binding.name}" is exported under another name.`, name)
      : undefined;
  if (!others)
    return {
      ...refused(
        `${id}.unseen`,
        `"${binding.name}" may be extended in other files, and those were not looked at.`,
      ),
      lacks: "others",
      sought: { words: [binding.name], modules: [source.path] },
    };
  for (const other of others) {
    const found = source.rules.importedBy(other, source, binding.name, others);
    if ("code" in found) return found;
    const uses = found.bindings.flatMap((it) => it.references);
    const mayExtend = uses.some((it) => it.space !== "type" && !isPlainUse(it.node));
    if (mayExtend || found.names.length + found.handedOn.length > 0)
      return refused(`${id}.extended`, `"${other.path}" may extend "${binding.name}".`);
  }
  return undefined;
}

/** `new A()`, `a instanceof A`, `A.b`: no class comes of it. */
function isPlainUse(node: SyntaxNode): boolean {
  const { parent, field } = node;
  const isType =
    nearest(node, (it) => /^(type_annotation|implements_clause|type_query)$/.test(it.type)) !== undefined;
  return (
    isType ||
    (parent?.type === "new_expression" && field === "constructor") ||
    (parent?.type === "member_expression" && field === "object") ||
    (parent?.type === "binary_expression" && parent.children.some((it) => it.type === "instanceof"))
  );
}
