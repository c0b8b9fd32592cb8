import { inField, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { indentUnit } from "../../extraction/moved-text.ts";
import { parameterFor } from "../../generating.ts";
import { hiddenAround, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Options, Place, Source } from "../../refactoring.ts";
import { wordAt } from "../../selection.ts";
import { decoratorIn, has, hasWord, isField, memberName, misreadIn } from "../class-parts.ts";
import { statementEnd } from "../declared.ts";
import { maybeExtended } from "./extended.ts";
import { behindMember, type NewMember } from "./member-text.ts";
import { hadBy, plainName } from "./wanted-members.ts";

const ID = "generate-accessors";

/** See `GeneratingRules.accessors`. */
export function accessors(place: Place, options: Options): readonly TextChange[] | Refusal {
  const { source } = place;
  const word = wordAt(place);
  const field = word?.parent;
  const body =
    field && isField(field) && /^(name|property)$/.test(word?.field ?? "") ? field.parent : undefined;
  const whole = body?.parent;
  if (!field || !body || !whole || !isOwn(field, source))
    return refused(`${ID}.place`, "There is no name of a private field that objects have.");
  const misread = misreadIn(body, source);
  if (misread) return refused(`${ID}.word`, "A name without an end is a word of what follows.", misread);
  const old = memberName(field, source);
  const name = options.name ?? parameterFor(old, source);
  if (!source.rules.isName(name) || name === "constructor" || name === old)
    return refused(`${ID}.name`, `"${name}" cannot be the name by which "${old}" is read.`, field);
  const trouble = taken(name, body, source) ?? foreign(whole, source, ID) ?? maybeExtended(whole, place, ID);
  if (trouble) return trouble;
  const isBehind = (it: SyntaxNode) => isField(it) || memberName(it, source) === "constructor";
  const behind = parts(body).findLast(isBehind) ?? field;
  return [behindMember(written(field, name, source), behind, source)];
}

/** Whether it is a field of objects that nobody else sees. */
function isOwn(field: SyntaxNode, source: Source): boolean {
  const isPrivate = memberName(field, source).startsWith("#") || hasWord(field, /^private$/, source);
  return isPrivate && !hasWord(field, /^(static|declare)$/, source);
}

/** Why objects have, or get, something else by that name. */
function taken(name: string, body: SyntaxNode, source: Source): Refusal | undefined {
  const members = parts(body);
  const there = [...members.map((it) => memberName(it, source)), ...hadBy(members, source)].map(plainName);
  const used = [...walk(body)].find(
    (it) => it.type === "property_identifier" && textOf(it, source) === name && isOfThis(it.parent),
  );
  if (!there.includes(name) && !used) return undefined;
  return refused("name.taken", `The class has something that is called "${name}".`, used ?? body);
}

function isOfThis(member: SyntaxNode | undefined): boolean {
  return member?.type === "member_expression" && inField(member, "object")?.type === "this";
}

/** What may give the objects of a class members that do not stand in it; `undefined`: nothing. `id`: of the refactoring. */
export function foreign(whole: SyntaxNode, source: Source, id: string): Refusal | undefined {
  const heritage = whole.children.find((it) => it.type === "class_heritage");
  if (heritage?.children.some((it) => it.isNamed && it.type !== "implements_clause"))
    return refused(`${id}.super`, "What the class above has is not looked at.", heritage);
  const decorator = decoratorIn(whole);
  if (decorator)
    return refused(`${id}.decorator`, "What a decorator does with the class is not known.", decorator);
  const open = parts(inField(whole, "body") ?? whole).find((it) => mayBeCalledAnything(it, source));
  if (open)
    return refused(`${id}.computed`, "By what name objects have what stands here is not certain.", open);
  const filled = [...walk(whole)].find((it) => isFilled(it, source));
  return filled
    ? refused(`${id}.filled`, "Which members the objects are given here is not certain.", filled)
    : hiddenAround(whole, source);
}

/** `[a]() {}`, but for `[Symbol.a]() {}`. */
function mayBeCalledAnything(member: SyntaxNode, source: Source): boolean {
  const name = inField(member, "name") ?? inField(member, "property");
  if (name?.type !== "computed_property_name" || hasWord(member, /^static$/, source)) return false;
  return !/^\[\s*Symbol\.\w+\s*\]$/.test(textOf(name, source));
}

/** `this[a]`, `Object.assign(this, a)`, `const { a } = this` and the like. */
function isFilled(node: SyntaxNode, source: Source): boolean {
  if (node.type !== "this") return false;
  const { parent, field } = node;
  const call = parent?.type === "arguments" ? parent.parent : undefined;
  const callee = call && inField(call, "function");
  return (
    (parent?.type === "subscript_expression" && field === "object") ||
    (parent?.type === "variable_declarator" && inField(parent, "name")?.type === "object_pattern") ||
    parent?.type === "spread_element" ||
    (callee !== undefined && /^(Object|Reflect|JSON)\b/.test(textOf(callee, source)))
  );
}

function written(field: SyntaxNode, name: string, source: Source): readonly NewMember[] {
  const [unit, end, old] = [indentUnit(source.text, "  "), statementEnd(source), memberName(field, source)];
  const type = inField(field, "type");
  // What may be left out has a type that is not written.
  const annotation = type && !has(field, "?") ? textOf(type, source) : "";
  const getter = [`get ${name}()${annotation} {`, `${unit}return this.${old}${end}`, "}"];
  const setter = [`set ${name}(value${annotation}) {`, `${unit}this.${old} = value${end}`, "}"];
  return hasWord(field, /^readonly$/, source) ? [getter] : [getter, setter];
}
