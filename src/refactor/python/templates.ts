import {
  inField,
  isComment,
  nearest,
  parts,
  type SyntaxNode,
  smallestAround,
  walk,
} from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { joined } from "../branching/negation.ts";
import { isClear, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { trimmed } from "../selection.ts";
import { isConstant } from "../steady.ts";
import { eachSign, merged, type Piece, sumAt, summands } from "../texts/pieces.ts";
import type { TextForms } from "../texts/rules.ts";
import { inPlaceOf } from "./in-place.ts";
import { isStatementAlone } from "./places.ts";

/** Texts of Python. */
export const textForms: TextForms = { name: "f-string", toTemplate, toConcatenation };

/** How far values of names are followed. */
const FAR = 6;
/** Methods of texts that give texts. */
const TEXT_METHODS =
  /^(upper|lower|strip|lstrip|rstrip|title|capitalize|casefold|swapcase|replace|join|zfill|ljust|rjust|center|removeprefix|removesuffix|expandtabs)$/;
/** What can stand in the braces of every version of Python as it is (PEP 701). */
const PLAIN_VALUE = /^(identifier|attribute|call|subscript)$/;

function toTemplate(place: Place): readonly TextChange[] | Refusal {
  const id = "convert-concatenation-to-template";
  const { source } = place;
  const node = sumAt(place, "binary_operator");
  if (!node) return refused(`${id}.place`, "There is no sum here.", trimmed(place));
  const comment = [...walk(node)].find(isComment);
  if (comment) return refused(`${id}.comment`, "A comment would have no place.", comment);
  const all = summands(node, "binary_operator");
  const unsure = all.find((it) => !isText(it, source));
  if (unsure) return refused(`${id}.type`, "That this is a text is not certain.", unsure);
  if (isStatementAlone(node)) return refused(`${id}.place`, "A text alone may be documentation.", node);
  const literal = all.find((it) => it.type === "string");
  const quote = literal ? (partsOf(literal, source)?.quote ?? "") : "";
  if (quote === "") return refused(`${id}.text`, "There is no text among them that is written here.", node);
  const pieces = all.map((it) => pieceOf(it, source));
  const wrong = pieces.indexOf(undefined);
  if (wrong !== -1) return refused(`${id}.value`, "It cannot be written within a text.", all[wrong]);
  const made = merged(pieces.flatMap((it) => it ?? []));
  const quoting = made.find((it) => it.kind === "value" && it.text.includes(quote));
  if (quoting?.kind === "value")
    return refused(`${id}.value`, "It cannot be written within a text with these quotes.", quoting.node);
  const text = `f${quote}${made.map((it) => (it.kind === "signs" ? requoted(it.raw, quote) : `{${it.text}}`)).join("")}${quote}`;
  const ahead = source.text.slice(Math.max(0, node.from - 1), node.from);
  return [{ from: node.from, to: node.to, text: joined(ahead, text).slice(ahead.length) }];
}

/** The signs and values of an operand; `undefined`: it cannot be one. */
function pieceOf(node: SyntaxNode, source: Source): readonly Piece[] | undefined {
  if (node.type === "string") return partsOf(node, source)?.pieces;
  const text = textOf(node, source);
  return PLAIN_VALUE.test(node.type) && !/["'\\#\n{}]/.test(text)
    ? [{ kind: "value", node, text }]
    : undefined;
}

/** A string in one line with no prefix but `f` and `u`: its quote, and its pieces with braces doubled; `undefined`: another one. */
function partsOf(
  node: SyntaxNode,
  source: Source,
): { readonly quote: string; readonly pieces: readonly Piece[] } | undefined {
  const start = node.children[0];
  const [, prefix = "", quote = ""] = /^(\w*)(["']+)$/.exec(start ? textOf(start, source) : "") ?? [];
  if (quote.length !== 1 || !/^[fuFU]?$/.test(prefix)) return undefined;
  const isFormat = /^f$/i.test(prefix);
  const pieces: Piece[] = [];
  for (const it of node.children) {
    const raw = textOf(it, source);
    if (it.type === "string_content") {
      if (/\\N\{/.test(raw)) return undefined;
      pieces.push({ kind: "signs", raw: isFormat ? raw : raw.replace(/[{}]/g, "$&$&") });
    } else if (it.type === "interpolation") {
      const inner = raw.slice(1, -1);
      pieces.push({ kind: "value", node: it, text: inner });
    }
  }
  return { quote, pieces };
}

/** Signs that stood between other quotes. */
function requoted(raw: string, quote: string): string {
  return eachSign(raw, (sign) => (sign === quote ? `\\${sign}` : sign));
}

/** Whether it certainly is a text, as far as literals and annotations say. */
function isText(node: SyntaxNode, source: Source, far = FAR): boolean {
  if (far === 0) return false;
  if (node.type === "string") return !/^\w*b/i.test(textOf(node, source));
  if (node.type === "parenthesized_expression") return parts(node).every((it) => isText(it, source, far - 1));
  if (node.type === "binary_operator")
    return (
      summands(node, "binary_operator").length > 1 && parts(node).every((it) => isText(it, source, far - 1))
    );
  if (node.type === "identifier") return isTextName(node, source, far);
  const callee = node.type === "call" ? inField(node, "function") : undefined;
  if (!callee) return false;
  if (callee.type === "identifier") return textOf(callee, source) === "str" && !source.bindings().at(callee);
  const [object, method] = [inField(callee, "object"), inField(callee, "attribute")];
  return (
    object !== undefined &&
    method !== undefined &&
    TEXT_METHODS.test(textOf(method, source)) &&
    isText(object, source, far - 1)
  );
}

function isTextName(node: SyntaxNode, source: Source, far: number): boolean {
  const binding = source.bindings().at(node);
  const [declaration] = binding?.declarations ?? [];
  const holder = declaration?.parent;
  if (!binding || !holder || !isConstant(binding) || isClear(binding, source)) return false;
  if (holder.type === "assignment" && declaration.field === "left") {
    const value = inField(holder, "right");
    return value !== undefined && isText(value, source, far - 1);
  }
  const [type, value] = [inField(holder, "type"), inField(holder, "value")];
  // `a: str = None` is written, too.
  if (value && !isText(value, source, far - 1)) return false;
  return binding.kind === "parameter" && type !== undefined && textOf(type, source) === "str";
}

function toConcatenation(place: Place): readonly TextChange[] | Refusal {
  const id = "convert-template-to-concatenation";
  const { source } = place;
  const { from, to } = trimmed(place);
  const inner = smallestAround(source.root, from, from === to ? from + 1 : to);
  const node = nearest(inner, (it) => it.type === "string" || source.rules.isStatement(it));
  const start = node?.children[0];
  const prefix = start && node.type === "string" ? textOf(start, source) : "";
  if (!node || !/^f["']$/i.test(prefix) || node.parent?.type === "concatenated_string")
    return refused(`${id}.place`, "There is no f-string in one line here.", trimmed(place));
  if (isStatementAlone(node)) return refused(`${id}.place`, "A text alone may be documentation.", node);
  const quote = prefix.slice(1);
  const pieces: string[] = [];
  let signs = "";
  const flush = () => {
    if (signs !== "") pieces.push(quote + signs + quote);
    signs = "";
  };
  for (const it of node.children) {
    const raw = textOf(it, source);
    if (it.type === "string_content") signs += raw.replace(/\{\{|\}\}/g, (two) => two.charAt(0));
    if (it.type !== "interpolation") continue;
    const [value, ...more] = parts(it);
    if (
      !value ||
      more.length > 0 ||
      it.children.some((at) => at.type === "=" || isComment(at)) ||
      !isText(value, source)
    )
      return refused(`${id}.type`, "That this is a text, as it is, is not certain.", it);
    flush();
    pieces.push(PLAIN_VALUE.test(value.type) ? textOf(value, source) : `(${textOf(value, source)})`);
  }
  flush();
  if (/\\N\{/.test(textOf(node, source)))
    return refused(`${id}.escape`, "A named sign has braces of its own.", node);
  const sign: SyntaxNode = { ...node, type: "+", field: "operator", children: [] };
  const value = pieces.length > 1 ? { ...node, type: "binary_operator", children: [sign] } : node;
  const made = pieces.length === 0 ? quote + quote : pieces.join(" + ");
  const ahead = source.text.slice(Math.max(0, node.from - 1), node.from);
  return [
    { from: node.from, to: node.to, text: joined(ahead, inPlaceOf(node, value, made)).slice(ahead.length) },
  ];
}
