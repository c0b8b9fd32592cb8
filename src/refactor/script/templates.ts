import { isComment, nearest, parts, type SyntaxNode, smallestAround, walk } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { joined } from "../branching/negation.ts";
import { joinsBefore } from "../joining.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { trimmed } from "../selection.ts";
import { eachSign, merged, type Piece, sumAt, summands } from "../texts/pieces.ts";
import { inPlaceOf, strengthOf } from "./in-place.ts";
import { kindOf } from "./primitive.ts";

/** How strongly `a + b` holds together. */
const SUM = 11;

/** See `TextForms.toTemplate`. */
export function toTemplate(place: Place): readonly TextChange[] | Refusal {
  const id = "convert-concatenation-to-template";
  const { source } = place;
  const node = sumAt(place, "binary_expression");
  if (!node) return refused(`${id}.place`, "There is no sum here.", trimmed(place));
  const comment = [...walk(node)].find(isComment);
  if (comment) return refused(`${id}.comment`, "A comment would have no place.", comment);
  const all = summands(node, "binary_expression");
  const first = all.findIndex((it) => kindOf(it, source) === "text");
  const unsure = all.find((it) => kindOf(it, source) === "unknown");
  if (first === -1) return refused(`${id}.text`, "That it is a text is not certain.", node);
  if (unsure)
    return refused(
      `${id}.type`,
      "That this is no object, which may be one text here and another there, is not certain.",
      unsure,
    );
  if (nearest(node, (it) => /^enum_assignment$|_type$/.test(it.type)))
    return refused(`${id}.compiler`, "The compiler evaluates it.", node);
  // What stands before the first text is added up as it is.
  const [ahead] = all.slice(0, first);
  const sum = ahead && first > 1 ? all[first - 1] : undefined;
  const opening =
    sum?.parent && first > 1
      ? [valuePiece(sum.parent, source)]
      : ahead
        ? [pieceOf(ahead, source)].flat()
        : [];
  const pieces = merged([...opening, ...all.slice(first).flatMap((it) => pieceOf(it, source))]);
  if (pieces.some((it) => it.kind === "signs" && isOctal(it.raw)))
    return refused(`${id}.escape`, "A number behind a backslash has no place in a template string.", node);
  const made = `\`${pieces.map(written).join("")}\``;
  if (joinsBefore(node, made, source))
    return refused(`${id}.semicolon`, "It would go on with the line before it.", node);
  return [{ from: node.from, to: node.to, text: made }];
}

function written(piece: Piece): string {
  if (piece.kind === "value") return `\${${piece.text}}`;
  return eachSign(piece.raw, (sign, rest) => {
    if (/^\\["']$/.test(sign)) return sign.slice(1);
    return sign === "`" || (sign === "$" && rest.startsWith("{")) ? `\\${sign}` : sign;
  });
}

/** A text as its signs are written in a template string; `undefined`: it is none, or cannot be. */
export function asSigns(node: SyntaxNode, source: Source): string | undefined {
  if (!/^(string|template_string)$/.test(node.type)) return undefined;
  const signs = pieceOf(node, source).map(written).join("");
  return isOctal(signs) ? undefined : signs;
}

/** Whether a number stands behind a backslash, which has no place in a template string. */
function isOctal(raw: string): boolean {
  return /(^|[^\\])(\\\\)*\\([1-9]|0[0-9])/.test(raw);
}

function valuePiece(node: SyntaxNode, source: Source): Piece {
  return { kind: "value", node, text: textOf(node, source) };
}

function pieceOf(node: SyntaxNode, source: Source): readonly Piece[] {
  if (node.type === "string") return [{ kind: "signs", raw: source.text.slice(node.from + 1, node.to - 1) }];
  if (node.type === "template_string") return within(node, source);
  const [only] = node.type === "parenthesized_expression" ? parts(node) : [];
  return [valuePiece(only ?? node, source)];
}

/** The pieces of a template; the text between its nodes is text, too. */
function within(template: SyntaxNode, { text }: Source): readonly Piece[] {
  const made: Piece[] = [];
  let from = template.from + 1;
  for (const it of template.children.filter((at) => at.type === "template_substitution")) {
    made.push({ kind: "signs", raw: text.slice(from, it.from) });
    const [only] = parts(it);
    if (only) made.push({ kind: "value", node: only, text: text.slice(only.from, only.to) });
    from = it.to;
  }
  return [...made, { kind: "signs", raw: text.slice(from, template.to - 1) }];
}

/** See `TextForms.toConcatenation`. */
export function toConcatenation(place: Place): readonly TextChange[] | Refusal {
  const id = "convert-template-to-concatenation";
  const { source } = place;
  const { from, to } = trimmed(place);
  const inner = smallestAround(source.root, from, from === to ? from + 1 : to);
  const node = nearest(inner, (it) => it.type === "template_string" || source.rules.isStatement(it));
  if (
    node?.type !== "template_string" ||
    (node.parent?.type === "call_expression" && node.field === "arguments")
  )
    return refused(`${id}.place`, "There is no template string here.", trimmed(place));
  const comment = [...walk(node)].find(isComment);
  if (comment) return refused(`${id}.comment`, "A comment would have no place.", comment);
  if (
    node.parent?.type === "expression_statement" ||
    nearest(node, (it) => /^enum_assignment$|_type$/.test(it.type))
  )
    return refused(`${id}.directive`, "Such a text alone may be a directive, or is the compiler's.", node);
  const pieces = merged(within(node, source));
  const unsure = pieces.find((it) => it.kind === "value" && kindOf(it.node, source) === "unknown");
  if (unsure?.kind === "value")
    return refused(
      `${id}.type`,
      "That this is no object, which may be one text here and another there, is not certain.",
      unsure.node,
    );
  const quote = quoteOf(source);
  const isText = pieces.slice(0, 2).some((it) => it.kind === "signs" || kindOf(it.node, source) === "text");
  const all = pieces.map((it, index) =>
    it.kind === "signs" ? quoted(it.raw, quote) : inSum(it.node, it.text, isText && index === 0),
  );
  const made = (isText ? all : [quote + quote, ...all]).join(" + ");
  const sign: SyntaxNode = { ...node, type: "+", field: "operator", children: [] };
  const [only] = pieces;
  const alone = only?.kind === "value" ? only.node : node;
  const value = all.length > 1 || !isText ? { ...node, type: "binary_expression", children: [sign] } : alone;
  const ahead = source.text.slice(Math.max(0, node.from - 1), node.from);
  const text = joined(ahead, inPlaceOf(node, value, made)).slice(ahead.length);
  return [{ from: node.from, to: node.to, text }];
}

function inSum(node: SyntaxNode, text: string, isFirst: boolean): string {
  return strengthOf(node) < SUM || (strengthOf(node) === SUM && !isFirst) || /^[+-]/.test(text)
    ? `(${text})`
    : text;
}

/** Signs of a template as a string has them. */
export function quoted(raw: string, quote: string): string {
  const signs = eachSign(raw.replace(/\r\n?/g, "\n"), (sign) => {
    if (sign === "\n") return "\\n";
    if (sign === quote) return `\\${sign}`;
    return /^\\[`${]$/.test(sign) ? sign.slice(1) : sign;
  });
  return quote + signs + quote;
}

/** The quotes that most texts of the file have. */
export function quoteOf({ root, text }: Source): string {
  let single = 0;
  let double = 0;
  for (const it of walk(root)) {
    if (it.type !== "string" || !it.isNamed) continue;
    if (text.charAt(it.from) === "'") single++;
    else double++;
  }
  return single > double ? "'" : '"';
}
