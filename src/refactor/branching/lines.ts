import { isComment, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { indentAt, indentChanges, indentUnit, lineEnd } from "../extraction/moved-text.ts";
import type { Source } from "../refactoring.ts";
import { lineOf } from "./comments.ts";

/** Whole lines of a row, with their comments and without the end of the last one. */
export interface Lines {
  readonly from: number;
  readonly to: number;
  readonly nodes: readonly SyntaxNode[];
}

/** The lines of these nodes of a row, which must have them for themselves; `undefined`: they have not. */
export function linesOf(nodes: readonly SyntaxNode[], { text }: Source): Lines | undefined {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) return undefined;
  const [from, to] = [lineOf(first.from, text).from, lineOf(last.to, text).to];
  const isAlone = text.slice(from, first.from).trim() === "" && text.slice(last.to, to).trim() === "";
  return isAlone ? { from, to: to - (text.charAt(to - 1) === "\r" ? 1 : 0), nodes } : undefined;
}

/** All that follows a node in its row, comments too. */
export function restBehind(node: SyntaxNode): readonly SyntaxNode[] {
  const row = node.parent?.children ?? [];
  return row.slice(row.indexOf(node) + 1).filter((it) => it.isNamed || isComment(it));
}

/** The changes that put lines one step further in. */
export function deeper(lines: Lines, source: Source): readonly TextChange[] {
  const indent = indentAt(lines.from, source.text) + stepOf(source);
  const own = indentChanges(lines.nodes, lines, source, indent);
  return [
    { from: lines.from, to: lines.from + indentAt(lines.from, source.text).length, text: indent },
    ...own.filter((it) => it.from !== lines.from),
  ];
}

/** One step of indentation. */
export function stepOf({ text, rules }: Source): string {
  return indentUnit(text, rules.branching?.step ?? "  ");
}

/** The lines as text, indented like that. */
export function textWith(lines: Lines, source: Source, indent: string): string {
  const { text } = source;
  const first = { from: lines.from, to: lines.from + indentAt(lines.from, text).length, text: indent };
  const changes = [first, ...indentChanges(lines.nodes, lines, source, indent)];
  let made = "";
  let at = lines.from;
  for (const it of changes) {
    made += text.slice(at, it.from) + it.text;
    at = it.to;
  }
  return made + text.slice(at, lines.to);
}

/** A text of several lines with the line ends of the file. */
export function inLines(lines: readonly string[], { text }: Source): string {
  return lines.join(lineEnd(text));
}
