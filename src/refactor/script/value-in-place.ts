import { isComment, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import type { Source } from "../refactoring.ts";
import { isElement, unwrapped } from "./components/elements.ts";
import { asSigns } from "./templates.ts";

/** See `CodeRules.valueInPlaceOf`. */
export function valueInPlaceOf(at: SyntaxNode, value: SyntaxNode, source: Source): TextChange | undefined {
  const holder = at.parent;
  if (!holder || parts(holder)[0] !== at || holder.children.some(isComment)) return undefined;
  if (holder.type === "template_substitution") return inTemplate(holder, value, source);
  return holder.type === "jsx_expression" ? amongChildren(holder, value, source) : undefined;
}

/** `{a}` among an element's children, when that is an element itself. */
function amongChildren(holder: SyntaxNode, value: SyntaxNode, { text }: Source): TextChange | undefined {
  const element = unwrapped(value);
  if (holder.parent?.type !== "jsx_element" || !isElement(element)) return undefined;
  return { from: holder.from, to: holder.to, text: text.slice(element.from, element.to) };
}

/** `${a}` in a template string, when that is a text as well, or a number that is shown as it is written. */
function inTemplate(holder: SyntaxNode, value: SyntaxNode, source: Source): TextChange | undefined {
  const template = holder.parent;
  // A tag is given what stands between, one by one.
  if (template?.type !== "template_string" || template.field === "arguments") return undefined;
  if (nearest(template, (it) => /^enum_assignment$|_type$/.test(it.type))) return undefined;
  const { text } = source;
  const written = text.slice(value.from, value.to);
  const signs = NUMBER.test(written) ? written : asSigns(value, source);
  if (signs === undefined) return undefined;
  const [ahead, behind] = [text.slice(template.from, holder.from), text.slice(holder.to, template.to)];
  // Together they would mean something else: "$" and "{", or "\0" and a digit.
  const isAnother =
    (ahead.endsWith("$") && signs.startsWith("{")) ||
    (signs.endsWith("$") && behind.startsWith("{")) ||
    (ahead.endsWith("$") && signs === "" && behind.startsWith("{")) ||
    (/\\[\dxu][\da-f{]*$/i.test(ahead) && /^[\da-f]/i.test(signs + behind)) ||
    (/\\[\dxu][\da-f{]*$/i.test(signs) && /^[\da-f]/i.test(behind));
  return isAnother ? undefined : { from: holder.from, to: holder.to, text: signs };
}

/** Digits that a number which they make is shown with. */
const NUMBER = /^(0|[1-9]\d{0,14})$/;
