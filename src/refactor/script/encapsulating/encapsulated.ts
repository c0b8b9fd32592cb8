import { inField, nearest, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { indentUnit } from "../../extraction/moved-text.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { wordAt } from "../../selection.ts";
import { has, hasWord, isField, memberName, misreadIn } from "../class-parts.ts";
import { statementEnd } from "../declared.ts";
import { foreign } from "../generating/accessors.ts";
import { maybeExtended } from "../generating/extended.ts";
import { behindMember, type NewMember } from "../generating/member-text.ts";
import { hadBy, plainName } from "../generating/wanted-members.ts";
import { literalType } from "../literal-type.ts";
import { isFunction } from "../places.ts";
import { isStructural } from "./lookalikes.ts";
import { outOfSight } from "./sight.ts";

const ID = "encapsulate-field";

/** A field that is to be private. */
interface Encapsulated {
  readonly word: SyntaxNode;
  readonly field: SyntaxNode;
  readonly body: SyntaxNode;
  readonly old: string;
  /** `#a`, or `_a` that is said to be private. */
  readonly name: string;
  /** ": string"; empty: none is written. */
  readonly type: string;
}

/** See `GeneratingRules.encapsulated`. */
export function encapsulated(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const word = wordAt(place);
  const field = word?.parent;
  const isName = word?.type === "property_identifier" && /^(name|property)$/.test(word.field ?? "");
  const body = field && isField(field) && isName ? field.parent : undefined;
  const whole = body?.parent;
  if (!word || !field || !body || !whole)
    return refused(`${ID}.place`, "There is no name of a field that others see.");
  const misread = misreadIn(body, source);
  if (misread) return refused(`${ID}.word`, "A name without an end is a word of what follows.", misread);
  const unfit = unfitFor(field, source);
  if (unfit) return unfit;
  const type = typeFor(field, source);
  if (typeof type !== "string") return type;
  const old = textOf(word, source);
  const made = { word, field, body, old, name: nameFor(old, body, source), type };
  const trouble =
    taken(made, place) ?? early(made) ?? foreign(whole, source, ID) ?? maybeExtended(whole, place, ID);
  if (trouble) return trouble;
  // Types are asked when all files have been looked at, and then only those with the name are there.
  const isOnlyRead = hasWord(field, /^readonly$/, source);
  const seen = place.typed ? undefined : outOfSight(whole, { name: old, isOnlyRead }, place, ID);
  return seen ?? isStructural(whole, made, place, ID) ?? changesFor(made, source);
}

/** Why accessors cannot be what the field is; `undefined`: they can. */
function unfitFor(field: SyntaxNode, source: Source): Refusal | undefined {
  if (hasWord(field, /^private$/, source)) return refused(`${ID}.private`, "The field is private.", field);
  const isOther = hasWord(field, /^(static|declare|abstract|override|accessor)$/, source);
  if (
    isOther ||
    /\.d\.[cm]?ts$/.test(source.path) ||
    nearest(field, (it) => it.type === "ambient_declaration")
  )
    return refused(`${ID}.kind`, "It is no field that only objects of its class have.", field);
  if (has(field, "?")) return refused(`${ID}.optional`, "It may be left out, and accessors may not.", field);
  if (/^(__proto__|constructor)$/.test(memberName(field, source)))
    return refused(`${ID}.name`, "Its name has a meaning of its own.", field);
  const value = inField(field, "value");
  const inner = value && unwrapped(value);
  const isNamed = inner && (isFunction(inner) || inner.type === "class") && !inField(inner, "name");
  return isNamed
    ? refused(`${ID}.named`, "A function has its name from the field that it is given to.", inner)
    : undefined;
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  const [only] = node.type === "parenthesized_expression" ? parts(node) : [];
  return only ? unwrapped(only) : node;
}

/** What the accessors say of the type: what a field that is only read is given, is all that it can be. */
function typeFor(field: SyntaxNode, source: Source): string | Refusal {
  const type = inField(field, "type");
  if (type && /\bunique\s+symbol\b/.test(textOf(type, source)))
    return refused(`${ID}.type`, "Only what is declared can be a symbol of its own.", type);
  if (type) return textOf(type, source);
  if (source.language === "javascript") return "";
  const value = inField(field, "value");
  const usual = literalType(value, source);
  if (!hasWord(field, /^readonly$/, source)) return usual ? `: ${usual}` : "";
  if (/^(string|number|true|false)$/.test(value?.type ?? ""))
    return value ? `: ${textOf(value, source)}` : "";
  return /^(object|array|new_expression|regex)$/.test(value?.type ?? "")
    ? ""
    : refused(`${ID}.type`, "Its type is not written, and an accessor may have another one.", field);
}

/** In TypeScript as the class, or else the file, calls what is private. */
function nameFor(old: string, body: SyntaxNode, { language, root, text }: Source): string {
  const hasSign = (it: SyntaxNode) => [...walk(it)].some((at) => at.type === "private_property_identifier");
  const saysSo = /\bprivate\b/.test(text.slice(body.from, body.to));
  const isSigned = language === "javascript" || hasSign(body) || (!saysSo && hasSign(root));
  return isSigned ? `#${old}` : `_${old}`;
}

/** Why objects have, or may get, something else by one of the two names. */
function taken(
  { field, body, old, name }: Encapsulated,
  { source, others = [] }: Place,
): Refusal | undefined {
  const members = parts(body);
  const again = members.find((it) => it !== field && plainName(memberName(it, source)) === old);
  const open = members.find((it) => it.type === "index_signature");
  if (open) return refused(`${ID}.kind`, "Its objects have members of any name.", open);
  const made = hadBy(
    members.filter((it) => !isField(it)),
    source,
  ).map(plainName);
  if (again || made.includes(old))
    return refused("name.taken", `The class has another "${old}".`, again ?? body);
  const isHere = name.startsWith("#");
  const where = isHere ? [source] : [source, ...others];
  const used = where.find((it) =>
    [...walk(isHere ? body : it.root)].some(
      (at) => at.children.length === 0 && plainName(textOf(at, it)) === name,
    ),
  );
  return used && refused("name.taken", `"${used.path}" has a "${name}".`);
}

/** What may look for the field before it is there: to read `#a` fails then, where there was nothing to read. */
function early({ field, body, name }: Encapsulated): Refusal | undefined {
  if (!name.startsWith("#")) return undefined;
  const before = parts(body).filter((it) => isField(it) && it.from <= field.from && !has(it, "static"));
  const values = before.flatMap((it) => inField(it, "value") ?? []).filter((it) => !isFunction(it));
  const use = values.flatMap((it) => [...walk(it)]).find((it) => it.type === "this");
  return use && refused(`${ID}.early`, "It may be looked for here before it has a value.", use);
}

function changesFor(made: Encapsulated, source: Source): readonly TextChange[] {
  const { word, field, body, name } = made;
  const isBehind = (it: SyntaxNode) => isField(it) || memberName(it, source) === "constructor";
  const behind = parts(body).findLast(isBehind) ?? field;
  return [
    ...modified(field, name, source),
    { from: word.from, to: word.to, text: name },
    ...written(made, source),
    behindMember(accessorsOf(made, source), behind, source),
  ].toSorted((a, b) => a.from - b.from || a.to - b.to);
}

/** `private` in the place of `public`, or none where the name says it. */
function modified(field: SyntaxNode, name: string, { text, language }: Source): readonly TextChange[] {
  const word = field.children.find((it) => it.type === "accessibility_modifier");
  if (language === "javascript") return [];
  if (!name.startsWith("#"))
    return word
      ? [{ from: word.from, to: word.to, text: "private" }]
      : [{ from: field.from, to: field.from, text: "private " }];
  const blanks = word ? (/^\s*/.exec(text.slice(word.to))?.[0].length ?? 0) : 0;
  return word ? [{ from: word.from, to: word.to + blanks, text: "" }] : [];
}

/**
 * What the constructor itself does with the field, it does with the private one: one that is only read has no setter, and
 * TypeScript looks there for what a field is given.
 */
function written({ body, old, name }: Encapsulated, source: Source): readonly TextChange[] {
  const maker = parts(body).find((it) => memberName(it, source) === "constructor");
  const block = maker && inField(maker, "body");
  const members = block ? [...walk(block, isApart)].filter((it) => it.type === "member_expression") : [];
  return members.flatMap((it) => {
    const property = inField(it, "property");
    const isOwn = inField(it, "object")?.type === "this" && property && textOf(property, source) === old;
    return isOwn ? [{ from: property.from, to: property.to, text: name }] : [];
  });
}

/** What has another `this`, or runs later. */
function isApart(node: SyntaxNode): boolean {
  return isFunction(node) || node.type === "class_body";
}

function accessorsOf({ field, old, name, type }: Encapsulated, source: Source): readonly NewMember[] {
  const [unit, end] = [indentUnit(source.text, "  "), statementEnd(source)];
  const seen = field.children.find((it) => it.type === "accessibility_modifier");
  const word = seen ? `${textOf(seen, source)} ` : "";
  const getter = [`${word}get ${old}()${type} {`, `${unit}return this.${name}${end}`, "}"];
  const setter = [`${word}set ${old}(value${type}) {`, `${unit}this.${name} = value${end}`, "}"];
  return hasWord(field, /^readonly$/, source) ? [getter] : [getter, setter];
}
