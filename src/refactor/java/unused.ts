import type { Binding } from "../../syntax/bindings.ts";
import { supertypes } from "../../syntax/scopes/java-hidden.ts";
import { inField, isComment, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { isRow } from "../selection.ts";
import { mentionOf, withoutParts, withoutStatement } from "../unused/parts.ts";
import type { Removal, UnusedRules } from "../unused/rules.ts";
import { hasModifier } from "./places.ts";
import { isSpecial, memberUses, textNaming } from "./renaming.ts";

const ID = "remove-unused";

/** What is unused in Java. */
export const unused: UnusedRules = {
  importAround: (node) => nearest(node, (it) => it.type === "import_declaration"),
  withoutImports,
  withoutVariable,
};

function withoutImports(statement: SyntaxNode, names: readonly Binding[], source: Source): Removal | Refusal {
  const [name] = names;
  const told = name && mentionOf(name, source, (it, text) => isComment(it) && text.startsWith("/**"));
  if (told) return refused(`${ID}.told`, "A comment that tools read has its name.", told);
  const change = withoutStatement(statement, source, ID);
  return "code" in change ? change : { changes: [change], warnings: [] };
}

function withoutVariable(binding: Binding, source: Source): Removal | Refusal {
  const [name] = binding.declarations;
  const declarator = name?.parent;
  const list = declarator?.parent;
  const isLocal =
    list?.type === "local_variable_declaration" && list.parent !== undefined && isRow(list.parent);
  if (
    !name ||
    declarator?.type !== "variable_declarator" ||
    !list ||
    !(isLocal || list.type === "field_declaration")
  )
    return refused(`${ID}.form`, "What declares it needs a name there.", name);
  const obstacle = isLocal ? undefined : seenByOthers(binding, list, source);
  if (obstacle) return obstacle;
  const value = inField(declarator, "value");
  const acts =
    value && (source.rules.effectOf(value, source) === "acts" || source.rules.mayFail?.(value, source));
  if (acts) return refused(`${ID}.effect`, "Its value does something, or may fail.", value);
  const all = parts(list).filter((it) => it.type === "variable_declarator");
  const comment = [...list.children, ...declarator.children].find(isComment);
  if (comment) return refused(`${ID}.comment`, "A comment is about it.", comment);
  if (all.length > 1) return { changes: withoutParts([declarator], all), warnings: [] };
  const change = withoutStatement(list, source, ID);
  return "code" in change ? change : { changes: [change], warnings: [] };
}

/** A field may be found by its name, or be part of what is written of an object. */
function seenByOthers(binding: Binding, field: SyntaxNode, source: Source): Refusal | undefined {
  const [name] = binding.declarations;
  const isNoted = field.children.some(
    (it) => it.type === "modifiers" && it.children.some((at) => /annotation$/.test(at.type)),
  );
  const isKept = !hasModifier(field, "static") && supertypes(binding.scope).length > 0;
  if (!hasModifier(field, "private") || isNoted || isKept || isSpecial(binding.name))
    return refused(`${ID}.seen`, "Others may use it, or find it by its name.", name);
  const asked = textNaming(binding.name, source) ?? askedForAll(source);
  if (asked) return refused(`${ID}.seen`, "It may be found by its name.", asked);
  const [use] = memberUses(binding.name, false, source);
  return use && refused(`${ID}.used`, "Whether this is another one is not certain.", use);
}

/** What gives all fields of a class. */
function askedForAll(source: Source): SyntaxNode | undefined {
  return [...walk(source.root)].find(
    (it) => it.type === "identifier" && textOf(it, source) === "getDeclaredFields",
  );
}
