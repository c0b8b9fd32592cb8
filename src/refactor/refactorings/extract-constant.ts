import { ancestors, contains, inField, type SyntaxNode } from "../../syntax/tree.ts";
import type { ConstantHome } from "../code-rules.ts";
import { lastingPlace } from "../lasting-place.ts";
import { textOf } from "../names.ts";
import { withMember, withVariable } from "../new-variable.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Options, Refactoring, Source } from "../refactoring.ts";
import { isRow, selectedExpression, trimmed } from "../selection.ts";
import { variablePlace } from "../variable-place.ts";

/** Gives a value that never changes a name for the whole file, or for a function, class or block around it. */
export const extractConstant: Refactoring = {
  id: "extract-constant",
  title: "Extract constant",
  kind: "refactor.extract",
  repeats: true,
  offer(place) {
    const { from, to } = trimmed(place);
    const node = from === to ? undefined : selectedExpression(place);
    if (!node) return undefined;
    const home = place.source.rules.constantHome?.(node, place.source);
    // In any other place it is a variable.
    return "code" in (home ?? lastingPlace(node, place.source, place.source.root))
      ? undefined
      : "Extract constant";
  },
  plan(place, options) {
    const node = selectedExpression(place);
    if (!node)
      return refused(
        "extract-constant.selection",
        "What is selected is not a whole expression.",
        trimmed(place),
      );
    const home = homeFor(node, place.source, options);
    if (home)
      return "code" in home ? home : withMember(node, home, "Extract constant", place.source, options);
    const statement = statementFor(node, place.source, options);
    if ("code" in statement) return statement;
    return withVariable({ node, statement, title: "Extract constant" }, place, options);
  },
};

/** The class of which it becomes a member, where constants are such or one is wanted. */
function homeFor(node: SyntaxNode, source: Source, { scope }: Options): ConstantHome | Refusal | undefined {
  const { constantHome, fieldHome } = source.rules;
  if (scope === undefined) return constantHome?.(node, source);
  const [, name] = /\bclass\b(?: '?([^\s']+?)'?)?$/i.exec(scope) ?? [];
  return /\bclass\b/i.test(scope) ? fieldHome?.(node, source, name) : undefined;
}

/** The statement before which the constant is declared, or why there is none: the outermost that is certain, if nobody said where. */
function statementFor(node: SyntaxNode, source: Source, { scope }: Options): SyntaxNode | Refusal {
  if (scope !== undefined && /\benclosing\b/i.test(scope)) return variablePlace(node, source);
  const row = rowFor(node, source, scope);
  if ("code" in row) return row;
  const lasting = lastingPlace(node, source, row);
  if (!("code" in lasting) || scope !== undefined) return lasting;
  const near = variablePlace(node, source);
  return "code" in near ? lasting : near;
}

/** The row of statements that `scope` names: as it is called here, or as editors call it in their menus. */
function rowFor(node: SyntaxNode, source: Source, scope = "file"): SyntaxNode | Refusal {
  if (/\b(file|module|global)\b/i.test(scope)) return source.root;
  const name = /\bfunction '?([^\s']+?)'?$/i.exec(scope)?.[1];
  const owner = ancestors(node).find((it) => {
    const named = source.rules.isFunction(it) && inField(it, "name");
    return named && textOf(named, source) === name;
  });
  const body = owner && inField(owner, "body");
  if (body && isRow(body) && contains(body, node)) return body;
  return refused(
    "extract-constant.scope",
    `There is no scope "${scope}" around it; there are "file", "enclosing", "function NAME" and "class".`,
    node,
  );
}
