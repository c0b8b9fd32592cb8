import type { SyntaxNode } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { indentAt, lineEnd } from "../../extraction/moved-text.ts";
import type { Source } from "../../refactoring.ts";

/** A method that is new: `head` up to its brace, the lines of its body as they are indented in it. */
export interface NewMember {
  readonly head: string;
  readonly lines: readonly string[];
}

/** The change that puts a method behind another member, with a line between them where each has its own. */
export function withMember(made: NewMember, behind: SyntaxNode, { text }: Source): TextChange {
  const { head, lines } = made;
  const [indent, end] = [indentAt(behind.from, text), lineEnd(text)];
  const sign = /^[ \t]*;/.exec(text.slice(behind.to))?.[0].length ?? 0;
  const after = behind.to + sign;
  const stop = text.indexOf("\n", after);
  const line = text.slice(after, stop === -1 ? text.length : stop);
  const isBlock = behind.type.startsWith("method_definition");
  // `get` and the like, alone, would be read as a word of what follows.
  const isOpen = sign === 0 && !isBlock && /^(static\s+)?[a-z]+$/.test(text.slice(behind.from, behind.to));
  if (!/^\s*(\/\/.*|\/\*[^*]*\*\/\s*)?$/.test(line.trimEnd()) || stop === -1)
    return {
      from: after,
      to: after,
      text: `${sign === 0 && !isBlock ? ";" : ""} ${[head, ...lines.map((it) => it.trim()), "}"].join(" ")}`,
    };
  const at = after + line.trimEnd().length;
  const next = /^\r?\n([^\n]*)/.exec(text.slice(stop - (line.endsWith("\r") ? 1 : 0)))?.[1]?.trim() ?? "";
  const body = [head, ...lines, "}"].map((it) => indent + it).join(end);
  const gap = next === "" || next.startsWith("}") ? "" : end;
  if (!isOpen) return { from: at, to: at, text: end + end + body + gap };
  return { from: after, to: at, text: `;${text.slice(after, at)}${end}${end}${body}${gap}` };
}
