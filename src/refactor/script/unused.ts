import type { Binding } from "../../syntax/bindings.ts";
import { inField, isComment, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { isRow } from "../selection.ts";
import { mentionOf, withoutParts, withoutStatement } from "../unused/parts.ts";
import type { Removal, UnusedRules } from "../unused/rules.ts";
import { isSharedScript } from "./importers.ts";

const ID = "remove-unused";
/** Names that JSX is turned into calls of. */
const FOR_JSX = /^(React|h|Fragment|jsx|jsxs|createElement|preact)$/;

/** What is unused in JavaScript and TypeScript. */
export const unused: UnusedRules = {
  importAround: (node) => nearest(node, (it) => it.type === "import_statement"),
  withoutImports,
  withoutVariable,
};

function withoutImports(statement: SyntaxNode, names: readonly Binding[], source: Source): Removal | Refusal {
  const clause = statement.children.find((it) => it.type === "import_clause");
  const from = inField(statement, "source");
  if (!clause || !from || /\.d\.[cm]?ts$/.test(source.path))
    return refused(`${ID}.place`, "This import is not one of names that can be told.", statement);
  const trouble = names.map((it) => mayBeUsed(it, source)).find((it) => it !== undefined);
  if (trouble) return trouble;
  const named = clause.children.find((it) => it.type === "named_imports");
  const comment = [...clause.children, ...(named?.children ?? []), ...statement.children].find(isComment);
  if (comment) return refused(`${ID}.comment`, "A comment is about it.", comment);
  const isGone = (it: SyntaxNode) =>
    names.some(({ declarations: [at] }) => at !== undefined && it.from <= at.from && at.to <= it.to);
  const specifiers = named ? parts(named) : [];
  const gone = specifiers.filter(isGone);
  const kinds = parts(clause);
  const out = kinds.filter((it) => (it === named ? gone.length === specifiers.length : isGone(it)));
  if (out.length === kinds.length) return withoutAll(statement, clause, from, source);
  const changes = [
    ...withoutParts(out, kinds),
    ...(named && out.includes(named) ? [] : withoutParts(gone, specifiers)),
  ];
  return { changes, warnings: [] };
}

/** Nothing of a module is used any more: in JavaScript a file is loaded all the same. */
function withoutAll(
  statement: SyntaxNode,
  clause: SyntaxNode,
  from: SyntaxNode,
  source: Source,
): Removal | Refusal {
  const path = textOf(from, source).slice(1, -1);
  const isTypeOnly = statement.children.some((it) => it.type === "type");
  if (source.language === "javascript" && /^[./#]/.test(path))
    return { changes: [{ from: clause.from, to: from.from, text: "" }], warnings: [] };
  const change = withoutStatement(statement, source, ID);
  if ("code" in change) return change;
  const isKnown = isTypeOnly || path.startsWith("node:");
  const warnings = isKnown
    ? []
    : [`"${path}" is no longer loaded: nothing but its names was taken to be wanted.`];
  return { changes: [change], warnings };
}

function mayBeUsed(binding: Binding, source: Source): Refusal | undefined {
  const mayBeJsx = /^(tsx|javascript)$/.test(source.language);
  if (mayBeJsx && FOR_JSX.test(binding.name))
    return refused(
      `${ID}.jsx`,
      `Elements of JSX may be calls of "${binding.name}".`,
      binding.declarations[0],
    );
  const told = mentionOf(binding, source, (it, text) => isComment(it) && /^\/\*\*|@|<reference/.test(text));
  return told && refused(`${ID}.told`, `A comment that tools read has "${binding.name}".`, told);
}

function withoutVariable(binding: Binding, source: Source): Removal | Refusal {
  const [name] = binding.declarations;
  if (!name || (!binding.scope.parent && isSharedScript(source)))
    return refused(`${ID}.script`, "All scripts of its page may use it.", name);
  if (binding.isExported) return refused(`${ID}.exported`, "Others may use it.", name);
  if (/^(object|pair)_pattern$/.test(name.parent?.type ?? "")) return withoutProperty(name);
  const declarator = name.parent;
  const list = declarator?.parent;
  const isPlain = declarator?.type === "variable_declarator" && name.field === "name";
  if (!isPlain || !list?.parent || !isRow(list.parent))
    return refused(`${ID}.form`, "What declares it needs a name there.", name);
  const value = inField(declarator, "value");
  const acts =
    value && (source.rules.effectOf(value, source) === "acts" || source.rules.mayFail?.(value, source));
  if (acts) return refused(`${ID}.effect`, "Its value does something, or may fail.", value);
  const all = list.children.filter((it) => it.type === "variable_declarator");
  const comment = [...list.children, ...declarator.children].find(isComment);
  if (comment) return refused(`${ID}.comment`, "A comment is about it.", comment);
  if (all.length > 1) return { changes: withoutParts([declarator], all), warnings: [] };
  const change = withoutStatement(list, source, ID);
  return "code" in change ? change : { changes: [change], warnings: [] };
}

/** `a` of `const { a, b } = c`: what is left takes no more for it. */
function withoutProperty(name: SyntaxNode): Removal | Refusal {
  const entry = name.parent?.type === "pair_pattern" ? name.parent : name;
  const pattern = entry.parent;
  const all = pattern ? parts(pattern) : [];
  const isNamed = entry === name || inField(entry, "key")?.type === "property_identifier";
  const isOfVariable = pattern?.parent?.type === "variable_declarator";
  if (!pattern || !isNamed || !isOfVariable || all.length < 2 || all.some((it) => it.type === "rest_pattern"))
    return refused(`${ID}.form`, "What declares it needs a name there.", name);
  if (pattern.children.some(isComment)) return refused(`${ID}.comment`, "A comment may be about it.", name);
  return { changes: withoutParts([entry], all), warnings: [] };
}
