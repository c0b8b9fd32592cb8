import { inField, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import { textOf } from "../../names.ts";
import type { Source } from "../../refactoring.ts";
import { has, memberName } from "../class-parts.ts";

/** What everybody sees of the objects of a class, as an interface has it. */
export interface Shown {
  /** Members of an interface, one line each but for types of several. */
  readonly members: readonly string[];
  /** The written types in them, and what else of the class names are used of. */
  readonly types: readonly SyntaxNode[];
  /** Names of members that are left out, as their types are not written. */
  readonly left: readonly string[];
}

/** The public members of the class with that body that are written with their types, in order. */
export function shownBy(body: SyntaxNode, source: Source): Shown {
  const all = parts(body).filter((it) => isMember(it) && !isHidden(it, source));
  const members = all.flatMap((it) =>
    isConstructor(it, source) ? propertiesOf(it, source) : (memberOf(it, all, source) ?? []),
  );
  return {
    members: members.flatMap((it) => it.text ?? []),
    types: members.flatMap((it) => (it.text === undefined ? [] : it.types)),
    left: [...new Set(members.flatMap((it) => (it.text === undefined ? it.name : [])))],
  };
}

/** `text`: as an interface has it; `undefined`: it is not written with its types. */
interface Member {
  readonly name: string;
  readonly text: string | undefined;
  readonly types: readonly SyntaxNode[];
}

const MEMBER = /^(public_field_definition|method_definition|method_signature|abstract_method_signature)$/;

function isMember({ type }: SyntaxNode): boolean {
  return MEMBER.test(type);
}

function isHidden(node: SyntaxNode, source: Source): boolean {
  const words = node.children.map((it) => textOf(it, source));
  return (
    words.some((it) => /^(private|protected|static)$/.test(it)) ||
    inField(node, "name")?.type === "private_property_identifier"
  );
}

function isConstructor(node: SyntaxNode, source: Source): boolean {
  return node.type !== "public_field_definition" && memberName(node, source) === "constructor";
}

/** What a constructor's parameters make: `constructor(readonly a: string)`. */
function propertiesOf(node: SyntaxNode, source: Source): readonly Member[] {
  const parameters = node.type === "method_definition" ? inField(node, "parameters") : undefined;
  return (parameters ? parts(parameters) : [])
    .filter((it) => it.children.some((at) => at.type === "accessibility_modifier" || at.type === "readonly"))
    .filter((it) => !isHidden(it, source))
    .map((it) => {
      const pattern = inField(it, "pattern");
      return property(it, pattern ? textOf(pattern, source) : "", has(it, "readonly"), source);
    });
}

function property(node: SyntaxNode, name: string, isReadonly: boolean, source: Source): Member {
  const type = inField(node, "type");
  const optional = node.type === "optional_parameter" || has(node, "?") ? "?" : "";
  const text = type && `${isReadonly ? "readonly " : ""}${name}${optional}${textOf(type, source)};`;
  return { name, text, types: type ? [type] : [] };
}

function memberOf(node: SyntaxNode, all: readonly SyntaxNode[], source: Source): Member | undefined {
  const name = memberName(node, source);
  const named = inField(node, "name");
  const isKnown = named?.type !== "computed_property_name" || /^\[Symbol\.\w+\]$/.test(name);
  if (!named || !isKnown) return { name, text: undefined, types: [] };
  if (node.type === "public_field_definition") return property(node, name, has(node, "readonly"), source);
  if (has(node, "get") || has(node, "set")) return accessed(node, name, all, source);
  const isOverloaded = all.some(
    (it) => it !== node && it.type === "method_signature" && memberName(it, source) === name,
  );
  // Who calls sees the signatures only.
  return isOverloaded && node.type === "method_definition" ? undefined : method(node, name, source);
}

/** What is read and written by functions is a property; what is only written is no such thing. */
function accessed(
  node: SyntaxNode,
  name: string,
  all: readonly SyntaxNode[],
  source: Source,
): Member | undefined {
  const same = all.filter((it) => memberName(it, source) === name);
  const setter = same.find((it) => has(it, "set"));
  if (has(node, "set"))
    return same.some((it) => has(it, "get")) ? undefined : { name, text: undefined, types: [] };
  const type = inField(node, "return_type");
  const parameters = setter && inField(setter, "parameters");
  const given = parameters && parts(parameters)[0];
  const written = given && inField(given, "type");
  const isSame = !written || (type !== undefined && textOf(written, source) === textOf(type, source));
  if (!type || !isSame) return { name, text: undefined, types: [] };
  return { name, text: `${setter ? "" : "readonly "}${name}${textOf(type, source)};`, types: [type] };
}

function method(node: SyntaxNode, name: string, source: Source): Member {
  const [parameters, result] = [inField(node, "parameters"), inField(node, "return_type")];
  const generics = inField(node, "type_parameters");
  const given = parameters ? parts(parameters) : [];
  const texts = given.map((it, index) => parameter(it, given.slice(index + 1), source));
  const isWritten = result !== undefined && texts.every((it) => it !== undefined);
  const optional = has(node, "?") ? "?" : "";
  const head = `${name}${optional}${generics ? textOf(generics, source) : ""}`;
  return {
    name,
    text: isWritten ? `${head}(${texts.join(", ")})${textOf(result, source)};` : undefined,
    types: [generics, parameters, result].filter((it) => it !== undefined),
  };
}

/** As a signature has it: what has a default may be left out. */
function parameter(node: SyntaxNode, behind: readonly SyntaxNode[], source: Source): string | undefined {
  const [pattern, type] = [inField(node, "pattern"), inField(node, "type")];
  const isPlain = pattern !== undefined && /^(identifier|this|rest_pattern)$/.test(pattern.type);
  if (!isPlain || !type || has(node, "decorator")) return undefined;
  const isDefault = inField(node, "value") !== undefined;
  const isRequired = (it: SyntaxNode) =>
    it.type === "required_parameter" &&
    !inField(it, "value") &&
    inField(it, "pattern")?.type !== "rest_pattern";
  if (isDefault && behind.some(isRequired)) return undefined;
  const optional = isDefault || node.type === "optional_parameter" ? "?" : "";
  return `${textOf(pattern, source)}${optional}${textOf(type, source)}`;
}
