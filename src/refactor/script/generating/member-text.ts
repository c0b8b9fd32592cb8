import { isComment, type SyntaxNode } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { indentAt, indentUnit, lineEnd } from "../../extraction/moved-text.ts";
import type { Source } from "../../refactoring.ts";

/** A method that is new, by its lines: the first and the last are not indented, those of its body by one step. */
export type NewMember = readonly string[];

/** The change that puts methods at the end of a class with that body. */
export function withMembers(made: readonly NewMember[], body: SyntaxNode, source: Source): TextChange {
  const { text } = source;
  const last = body.children.findLast((it) => it.isNamed);
  if (last && !isComment(last)) return behindMember(made, last, source);
  const [end, outer] = [lineEnd(text), indentAt(body.from, text)];
  const lines = textOf(made, outer + indentUnit(text, "  "), end);
  return { from: last?.to ?? body.from + 1, to: body.to - 1, text: end + lines + end + outer };
}

function textOf(made: readonly NewMember[], indent: string, end: string): string {
  return made.map((lines) => lines.map((it) => indent + it).join(end)).join(end + end);
}

/** The change that puts methods behind another member, with lines between them where each has its own. */
export function behindMember(made: readonly NewMember[], behind: SyntaxNode, { text }: Source): TextChange {
  const [indent, end] = [indentAt(behind.from, text), lineEnd(text)];
  const sign = /^[ \t]*;/.exec(text.slice(behind.to))?.[0].length ?? 0;
  const after = behind.to + sign;
  const stop = text.indexOf("\n", after);
  const line = text.slice(after, stop === -1 ? text.length : stop);
  const isBlock = /^(method_definition|class_static_block)$/.test(behind.type);
  if (!/^\s*(\/\/.*|\/\*[^*]*\*\/\s*)?$/.test(line.trimEnd()) || stop === -1) {
    const inLine = made.flatMap((lines) => lines.map((it) => it.trim())).join(" ");
    return { from: after, to: after, text: `${sign === 0 && !isBlock ? ";" : ""} ${inLine}` };
  }
  const at = after + line.trimEnd().length;
  const next = /^\r?\n([^\n]*)/.exec(text.slice(at))?.[1]?.trim() ?? "";
  const gap = next === "" || next.startsWith("}") ? "" : end;
  const lines = end + end + textOf(made, indent, end) + gap;
  // `get` and the like, alone, would be read as a word of what follows.
  const isOpen = sign === 0 && !isBlock && /^(static\s+)?[a-z]+$/.test(text.slice(behind.from, behind.to));
  return isOpen
    ? { from: after, to: at, text: `;${text.slice(after, at)}${lines}` }
    : { from: at, to: at, text: lines };
}
