import { isComment, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { type TextChange, withChanges } from "../../text/changes.ts";
import type { Source } from "../refactoring.ts";
import type { Part } from "./part.ts";

/** Nodes whose lines are text of the program: their blanks mean something. */
const LITERAL =
  /^(string|string_literal|raw_string_literal|verbatim_string_literal|interpolated_string_expression|template_string|template_literal_type|concatenated_string|regex)$/;

/**
 * The part's text, each line but the first with `indent` in the place of what its first line was indented by. `more`: what
 * else is changed in it, by places of the file.
 */
export function movedText(
  part: Part,
  source: Source,
  indent: string,
  more: readonly TextChange[] = [],
): string {
  const { from, to, nodes } = part;
  const changes = [...indentChanges(nodes, part, source, indent), ...more];
  const own = changes.map((it) => ({ ...it, from: it.from - from, to: it.to - from }));
  return withChanges(source.text.slice(from, to), own);
}

/** The changes that indent the lines of a range like that, but for its first and those within literals. */
export function indentChanges(
  nodes: readonly SyntaxNode[],
  { from, to }: { readonly from: number; readonly to: number },
  { text }: Source,
  indent: string,
): readonly TextChange[] {
  const old = indentAt(from, text);
  const fixed = nodes.flatMap((it) => [...walk(it)].filter((at) => LITERAL.test(at.type)));
  const starts = [...text.slice(from, to).matchAll(/\n(?=[^\r\n])/g)].map((it) => from + it.index + 1);
  return starts
    .filter((at) => !fixed.some((it) => it.from < at && at <= it.to))
    .map((at) => {
      const blanks = indentAt(at, text);
      return { from: at, to: at + (blanks.startsWith(old) ? old : blanks).length, text: indent };
    });
}

/** The blanks that the line of an offset begins with. */
export function indentAt(offset: number, text: string): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
}

/** One step of the file's indentation: what most lines are deeper by than the one before them; `fallback` where none is. */
export function indentUnit(text: string, fallback: string): string {
  const depths = [...text.matchAll(/^([ \t]*)\S/gm)].map((it) => it[1] ?? "");
  const steps = depths.flatMap((it, index) => {
    const before = depths[index - 1] ?? "";
    return it.length > before.length && it.startsWith(before) ? [it.slice(before.length)] : [];
  });
  const counts = Map.groupBy(steps, (it) => it);
  const [most] = [...counts.values()].sort((a, b) => b.length - a.length);
  return most?.[0] ?? fallback;
}

/** The line end that the file has. */
export function lineEnd(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** Where a statement begins together with the comments just above it. */
export function startWithComments(statement: SyntaxNode, text: string): number {
  const row = statement.parent?.children ?? [];
  let from = statement.from;
  for (const it of row.slice(0, row.indexOf(statement)).toReversed()) {
    // The first lines may be for the system, or say the encoding.
    if (/^#(!|.*coding[:=])/.test(text.slice(it.from, it.to))) break;
    if (!isComment(it) || text.slice(it.to, from).split("\n").length !== 2 || !isAlone(it, text)) break;
    from = it.from;
  }
  return from;
}

function isAlone({ from }: SyntaxNode, text: string): boolean {
  return text.slice(text.lastIndexOf("\n", from - 1) + 1, from).trim() === "";
}
