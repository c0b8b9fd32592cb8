import { nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { badName, clashWith, freshName, isClear } from "../names.ts";
import { equalTo } from "../occurrences.ts";
import { lazyWithin, mayMoveToStart } from "../order.ts";
import { type Plan, type Refusal, refused } from "../plan.ts";
import type { Options, Refactoring, Source } from "../refactoring.ts";
import { selectedExpression, statementInRow, trimmed } from "../selection.ts";
import { suggestedName } from "../suggested-name.ts";

/** Gives an expression a name: a variable just before its statement. */
export const extractVariable: Refactoring = {
  id: "extract-variable",
  title: "Extract variable",
  kind: "refactor.extract",
  offer(place) {
    const { from, to } = trimmed(place);
    if (from === to) return undefined;
    const node = selectedExpression(place);
    if (!node || whyNot(node, place.source)) return undefined;
    return "Extract variable";
  },
  plan(place, options) {
    const node = selectedExpression(place);
    if (!node)
      return refused(
        "extract-variable.selection",
        "What is selected is not a whole expression.",
        trimmed(place),
      );
    const { source } = place;
    const obstacle = whyNot(node, source);
    if (obstacle) return obstacle;
    const statement = statementInRow(node, source);
    if (!statement) return inNoRow(node);
    const name = nameFor(node, statement, source, options);
    return typeof name === "string" ? extracted(node, statement, name, source, options) : name;
  },
};

function whyNot(node: SyntaxNode, source: Source): Refusal | undefined {
  const alone = source.rules.cannotStandAlone(node, source);
  if (alone !== undefined)
    return refused("extract-variable.place", `It cannot be a variable: ${alone}.`, node);
  const statement = statementInRow(node, source);
  if (!statement) return inNoRow(node);
  const hidden = isClear({ scope: source.bindings().scopeAt(node.from) }, source);
  if (hidden) return hidden;
  const lazy = lazyWithin(node, statement, source);
  if (lazy !== undefined)
    return refused("extract-variable.lazy", `It cannot be evaluated before its statement: ${lazy}.`, node);
  if (!mayMoveToStart(node, statement, source))
    return refused(
      "extract-variable.order",
      "Its statement does something else before it, and which comes first may matter.",
      node,
    );
  return undefined;
}

function inNoRow(node: SyntaxNode): Refusal {
  return refused(
    "extract-variable.row",
    "Its statement stands in no block in which a variable can be declared.",
    node,
  );
}

function nameFor(
  node: SyntaxNode,
  statement: SyntaxNode,
  source: Source,
  { name }: Options,
): string | Refusal {
  if (name === undefined) return freshName(suggestedName(node, source), statement, source);
  return badName(name, source) ?? clashWith(name, statement, source) ?? clashWith(name, node, source) ?? name;
}

function extracted(
  node: SyntaxNode,
  statement: SyntaxNode,
  name: string,
  source: Source,
  { replaceAll }: Options,
): Plan | Refusal {
  const { text, rules } = source;
  const declaration = ended(rules.declaration(name, node, source), statement, source);
  const title = `Extract variable '${name}'`;
  const alone = ownStatement(node, source);
  if (alone) {
    const changes = [{ from: alone.from, to: alone.to, text: declaration }];
    return planOf(title, changes, source, alone.from + declaration.indexOf(name));
  }
  const all = replaceAll ? equalTo(node, statement, source) : [node];
  if ("kind" in all) return all;
  const before: TextChange = {
    from: statement.from,
    to: statement.from,
    text: declaration + between(statement, declaration, text),
  };
  const uses = all.map((it) => standingFor(it, name, text));
  return planOf(title, [before, ...uses], source, statement.from + declaration.indexOf(name));
}

/** The declaration, with an end of its own where the statement would go on with it. */
function ended(declaration: string, statement: SyntaxNode, { text, rules }: Source): string {
  const isOpen = !declaration.endsWith(";") && rules.goesOn?.test(text.slice(statement.from));
  return isOpen ? `${declaration};` : declaration;
}

/** The name in the place of a node; a word before or behind it, as in `return(a)`, stays one of its own. */
function standingFor({ from, to }: SyntaxNode, name: string, text: string): TextChange {
  const ahead = /[\p{ID_Continue}$]$/u.test(text.slice(Math.max(0, from - 2), from)) ? " " : "";
  const behind = /^[\p{ID_Continue}$]/u.test(text.slice(to, to + 2)) ? " " : "";
  return { from, to, text: ahead + name + behind };
}

function planOf(title: string, changes: readonly TextChange[], { path, text }: Source, nameAt: number): Plan {
  return { kind: "plan", title, files: [{ path, before: text, changes }], warnings: [], nameAt };
}

/** The statement that consists of the expression alone. */
function ownStatement(node: SyntaxNode, source: Source): SyntaxNode | undefined {
  const around = nearest(node.parent, (it) => it.type !== "parenthesized_expression");
  return around?.type === "expression_statement" &&
    parts(around).length === 1 &&
    statementInRow(node, source) === around
    ? around
    : undefined;
}

/** What stands between the declaration and its statement: a line's end, or a blank when the statement begins in its line's middle. */
function between(statement: SyntaxNode, declaration: string, text: string): string {
  const lineStart = text.lastIndexOf("\n", statement.from - 1) + 1;
  const ahead = text.slice(lineStart, statement.from);
  if (ahead.trim() !== "") return declaration.endsWith(";") ? " " : "; ";
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  return ending + ahead;
}
