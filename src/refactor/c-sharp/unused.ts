import type { Binding } from "../../syntax/bindings.ts";
import { isComment, parts } from "../../syntax/tree.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { withoutParts, withoutStatement } from "../unused/parts.ts";
import type { Removal, UnusedRules } from "../unused/rules.ts";
import { isUsing } from "./branching.ts";
import { givenValue, hasModifier } from "./places.ts";

const ID = "remove-unused";

/** What is unused in C#: locals. What a `using` brings along, such as methods of other types, is not seen. */
export const unused: UnusedRules = {
  importAround: () => undefined,
  withoutImports: (statement) => refused(`${ID}.using`, "What a using brings along is not seen.", statement),
  withoutVariable,
};

function withoutVariable(binding: Binding, source: Source): Removal | Refusal {
  const [name] = binding.declarations;
  const declarator = name?.parent;
  const list = declarator?.parent;
  const statement = list?.parent;
  const isLocal = statement?.type === "local_declaration_statement" && statement.parent?.type === "block";
  if (
    !name ||
    declarator?.type !== "variable_declarator" ||
    declarator.children[0] !== name ||
    !list ||
    !isLocal
  )
    return refused(`${ID}.form`, "What declares it needs a name there, or is no variable of a method.", name);
  if (isUsing(statement) || hasModifier(statement, /^ref$/))
    return refused(`${ID}.effect`, "What it has is closed at the end, or is another variable.", name);
  const value = givenValue(declarator);
  const acts =
    value && (source.rules.effectOf(value, source) === "acts" || source.rules.mayFail?.(value, source));
  if (acts) return refused(`${ID}.effect`, "Its value does something, or may fail.", value);
  const all = parts(list).filter((it) => it.type === "variable_declarator");
  const comment = [...statement.children, ...list.children, ...declarator.children].find(isComment);
  if (comment) return refused(`${ID}.comment`, "A comment is about it.", comment);
  if (all.length > 1) return { changes: withoutParts([declarator], all), warnings: [] };
  const change = withoutStatement(statement, source, ID);
  return "code" in change ? change : { changes: [change], warnings: [] };
}
