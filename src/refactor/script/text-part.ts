import { nearest, type SyntaxNode, smallestAround } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { textOf } from "../names.ts";
import type { Place, Source } from "../refactoring.ts";
import { statementInRow } from "../selection.ts";
import type { TextPart } from "../texts/rules.ts";
import { statementEnd } from "./declared.ts";
import { asSigns, quoted, quoteOf } from "./templates.ts";

/** See `TextForms.partAt`. */
export function partAt({ source, from, to }: Place): TextPart | undefined {
  const whole = nearest(smallestAround(source.root, from, to), (it) =>
    /^(string|template_string|jsx_text)$/.test(it.type),
  );
  if (!whole) return undefined;
  const content = whole.type === "jsx_text" ? shownOf(whole, source) : within(whole);
  const isAll = whole.parent?.type === "jsx_attribute" && (from === to || from === whole.from);
  const part = isAll ? content : { from, to };
  return content && part && isPart(part, whole, content, source)
    ? partOf(part, whole, content, source)
    : undefined;
}

/** A stretch of the file. */
interface Range {
  readonly from: number;
  readonly to: number;
}

function within({ from, to }: SyntaxNode): Range {
  return { from: from + 1, to: to - 1 };
}

/** What is shown of a text among elements: blanks at its ends are not where they have a line's end (JSX, "JSX Text"). */
function shownOf(whole: SyntaxNode, { text }: Source): Range | undefined {
  const siblings = whole.parent?.children ?? [];
  const at = siblings.indexOf(whole);
  // The grammar makes several of one text, and leaves blanks out.
  const before = siblings.slice(0, at).findLast((it) => it.type !== "jsx_text");
  const next = siblings.slice(at).find((it) => it.type !== "jsx_text");
  if (!before || !next || [before, next].some((it) => it.type === "html_character_reference"))
    return undefined;
  const written = text.slice(before.to, next.from);
  const ahead = /^\s*\n\s*/.exec(written)?.[0].length ?? 0;
  const behind = /\s*\n\s*$/.exec(written.slice(ahead))?.[0].length ?? 0;
  const shown = { from: before.to + ahead, to: next.from - behind };
  return /[\r\n]/.test(text.slice(shown.from, shown.to)) ? undefined : shown;
}

function isPart({ from, to }: Range, whole: SyntaxNode, content: Range, source: Source): boolean {
  const raw = source.text.slice(content.from, content.to);
  if (from >= to || from < content.from || to > content.to || !isPlain(whole, from, to)) return false;
  if (cutsSign(raw, [from - content.from, to - content.from])) return false;
  // There signs are written as in HTML.
  if (isOfElement(whole)) return !/[&\\\r\n]/.test(raw);
  return !cannotBeTemplate(whole, source);
}

function isOfElement({ type, parent }: SyntaxNode): boolean {
  return type === "jsx_text" || parent?.type === "jsx_attribute";
}

function partOf(
  { from, to }: Range,
  whole: SyntaxNode,
  content: Range,
  source: Source,
): TextPart | undefined {
  const [ahead, behind] = [signs(whole, content.from, from, source), signs(whole, to, content.to, source)];
  if (ahead === undefined || behind === undefined) return undefined;
  const value = literal(whole, source.text.slice(from, to), source);
  const isOfIt = isOfElement(whole);
  const parent = isOfIt && whole.parent ? braced(whole.parent) : whole.parent;
  const place = whole.type === "jsx_text" ? content : { from: whole.from, to: whole.to };
  return {
    // For what is asked of places it is a text of its own, in an element one in braces.
    node: { ...whole, type: "string", from, to, children: [], parent },
    whole,
    declaration: (name) => `const ${name} = ${value}${statementEnd(source)}`,
    inPlace(name): TextChange {
      const made = ahead + behind === "" ? name : `\`${ahead}\${${name}}${behind}\``;
      return { ...place, text: isOfIt ? `{${made}}` : made };
    },
  };
}

function braced(holder: SyntaxNode): SyntaxNode {
  return { ...holder, type: "jsx_expression", field: undefined, children: [], parent: holder };
}

/** Whether a stretch of a text is of signs alone. */
function isPlain({ children }: SyntaxNode, from: number, to: number): boolean {
  return !children.some((it) => it.type === "template_substitution" && it.from < to && it.to > from);
}

const ESCAPE =
  /\\(?:x[\da-f]{2}|u\{[\da-f]+\}|u[\da-f]{4}|[0-7]{1,3}|\r\n|[\s\S])|[\ud800-\udbff][\udc00-\udfff]|\r\n/gi;

/** Whether one of the offsets lies within what is one sign. */
function cutsSign(raw: string, offsets: readonly number[]): boolean {
  return [...raw.matchAll(ESCAPE)].some((it) =>
    offsets.some((at) => it.index < at && at < it.index + it[0].length),
  );
}

/** A stretch of a text as a template string has it. */
function signs(whole: SyntaxNode, from: number, to: number, source: Source): string | undefined {
  if (whole.type === "template_string") return source.text.slice(from, to);
  return asSigns({ ...whole, type: "string", from: from - 1, to: to + 1, children: [] }, source);
}

function cannotBeTemplate(whole: SyntaxNode, source: Source): boolean {
  const { parent, from } = whole;
  const call = parent?.type === "arguments" ? parent.parent : undefined;
  const loads = call?.children.some((it) => /^(import|require)$/.test(textOf(it, source)));
  return (
    loads === true ||
    source.rules.cannotStandAlone(whole, source) !== undefined ||
    // A line before it may go on with a template string.
    statementInRow(whole, source)?.from === from
  );
}

/** Signs as a text of their own. */
function literal(whole: SyntaxNode, raw: string, source: Source): string {
  const quote = source.text.charAt(whole.from);
  if (/["']/.test(quote) && whole.type === "string") return quote + raw + quote;
  return quoted(raw, quoteOf(source));
}
