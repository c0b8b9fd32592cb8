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
  const { root, text } = source;
  const whole = nearest(smallestAround(root, from, to), (it) => /^(string|template_string)$/.test(it.type));
  if (!whole || from === to || from <= whole.from || to >= whole.to || !isPlain(whole, from, to))
    return undefined;
  if (cutsSign(text.slice(whole.from + 1, whole.to - 1), [from - whole.from - 1, to - whole.from - 1]))
    return undefined;
  const attribute = whole.parent?.type === "jsx_attribute" ? whole.parent : undefined;
  // There signs are written as in HTML.
  if (attribute && /[&\\\r\n]/.test(textOf(whole, source))) return undefined;
  const [ahead, behind] = [
    signs(whole, whole.from + 1, from, source),
    signs(whole, to, whole.to - 1, source),
  ];
  if (ahead === undefined || behind === undefined || cannotBeTemplate(whole, source)) return undefined;
  const value = literal(whole, text.slice(from, to), source);
  return {
    // For what is asked of places it is a text of its own, in an attribute one in braces.
    node: {
      ...whole,
      type: "string",
      from,
      to,
      children: [],
      parent: attribute ? braced(attribute) : whole.parent,
    },
    whole,
    declaration: (name) => `const ${name} = ${value}${statementEnd(source)}`,
    inPlace(name): TextChange {
      const made = `\`${ahead}\${${name}}${behind}\``;
      return { from: whole.from, to: whole.to, text: attribute ? `{${made}}` : made };
    },
  };
}

function braced(attribute: SyntaxNode): SyntaxNode {
  return { ...attribute, type: "jsx_expression" };
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
  return asSigns({ ...whole, from: from - 1, to: to + 1, children: [] }, source);
}

function cannotBeTemplate(whole: SyntaxNode, source: Source): boolean {
  const { parent, from } = whole;
  const call = parent?.type === "arguments" ? parent.parent : undefined;
  const loads = call?.children.some((it) => /^(import|require)$/.test(textOf(it, source)));
  return (
    loads === true ||
    (parent?.type !== "jsx_attribute" && source.rules.cannotStandAlone(whole, source) !== undefined) ||
    // A line before it may go on with a template string.
    statementInRow(whole, source)?.from === from
  );
}

/** Signs as a text of their own. */
function literal(whole: SyntaxNode, raw: string, source: Source): string {
  const quote = source.text.charAt(whole.from);
  return quote === "`" ? quoted(raw, quoteOf(source)) : quote + raw + quote;
}
