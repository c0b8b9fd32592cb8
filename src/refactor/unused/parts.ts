import type { Binding } from "../../syntax/bindings.ts";
import { contains, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { wordPattern } from "../../text/word-pattern.ts";
import { lineOf } from "../branching/comments.ts";
import { isOpen, statementBefore } from "../joining.ts";
import { wholeLines } from "../lines.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";

/** Parts of a list with the commas that go with them; not all of them. */
export function withoutParts(gone: readonly SyntaxNode[], all: readonly SyntaxNode[]): readonly TextChange[] {
  const kept = all.filter((it) => !gone.includes(it));
  const first = kept[0];
  return gone.flatMap((it) => {
    const next = all[all.indexOf(it) + 1];
    const before = all[all.indexOf(it) - 1];
    // Before the first that stays the comma behind goes, else the one before.
    const isAhead = first !== undefined && it.from < first.from;
    if (isAhead && next) return [{ from: it.from, to: next.from, text: "" }];
    return before ? [{ from: before.to, to: it.to, text: "" }] : [];
  });
}

/** A statement with its lines; why it stays, where a comment in its line is about it. */
export function withoutStatement(statement: SyntaxNode, source: Source, id: string): TextChange | Refusal {
  const { text } = source;
  const { to } = lineOf(statement.to, text);
  const comment = [...walk(source.root, (it) => it.to <= statement.from || it.from > to)].find(
    (it) => isComment(it) && it.from >= statement.from && it.from < to,
  );
  if (comment) return refused(`${id}.comment`, "A comment is about it.", comment);
  const row = statement.parent?.children.filter((it) => it.isNamed && !isComment(it)) ?? [];
  const next = row[row.indexOf(statement) + 1];
  const before = statementBefore(statement);
  if (next && source.rules.goesOn?.test(text.slice(next.from)) && isOpen(before, source))
    return refused(`${id}.semicolon`, "What stands behind it would go on with the line before.", statement);
  if (next && isTextAlone(next) && (!before || isTextAlone(before)))
    return refused(`${id}.directive`, "A text behind it would become a directive, or documentation.", next);
  const { from, to: end } = wholeLines(statement, text);
  return { from, to: end, text: "" };
}

function isTextAlone(statement: SyntaxNode): boolean {
  return statement.type === "expression_statement" && /string$/.test(parts(statement)[0]?.type ?? "");
}

/** A comment or a text that has the name as a word and may be read by somebody: types in comments, examples that are run, names that are looked up. */
export function mentionOf(
  { name, declarations }: Binding,
  source: Source,
  isRead: (node: SyntaxNode, text: string) => boolean,
): SyntaxNode | undefined {
  const word = wordPattern(name);
  return [...walk(source.root)].find((it) => {
    if (!isComment(it) && !/^(string|template_string)$/.test(it.type)) return false;
    if (it.field === "source" || declarations.some((at) => contains(it, at))) return false;
    const text = textOf(it, source);
    return word.test(text) && isRead(it, text);
  });
}
