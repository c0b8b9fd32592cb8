import type { Binding } from "../../syntax/bindings.ts";
import { memberScope } from "../../syntax/scopes/c-sharp-hidden.ts";
import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { givenValue } from "./places.ts";
import { isNumeric, isWhole, promoted, together, written } from "./plain-types.ts";
import { resultOf } from "./platform.ts";

/** How far names are followed to their values. */
const FAR = 8;

/** The type of an expression as it would be written there, where the file leaves no doubt; `undefined`: it does. */
export function typeOf(node: SyntaxNode, source: Source, far = FAR): string | undefined {
  if (far === 0) return undefined;
  const of = (field: string) => {
    const it = inField(node, field);
    return it && typeOf(it, source, far - 1);
  };
  const only = () => parts(node).map((it) => typeOf(it, source, far - 1))[0];
  switch (node.type) {
    case "parenthesized_expression":
    case "checked_expression":
      return only();
    case "identifier":
      return nameType(node, source, far);
    case "prefix_unary_expression":
      return signed(node.children[0]?.type ?? "", only());
    case "postfix_unary_expression":
      return node.children.at(-1)?.type === "!" ? undefined : only();
    case "binary_expression":
      return operated(inField(node, "operator")?.type ?? "", of("left"), of("right"));
    case "assignment_expression":
      return of("left");
    case "conditional_expression":
      return sameOf(of("consequence"), of("alternative"));
    case "is_expression":
    case "is_pattern_expression":
      return "bool";
    case "cast_expression":
    case "object_creation_expression":
      return writtenType(node, source);
    case "as_expression":
      return inField(node, "right") && written(inField(node, "right") ?? node, source);
    case "element_access_expression":
      return elementOf(of("expression"), node, source, far);
    case "member_access_expression":
      return memberType(node, source, far);
    case "invocation_expression":
      return resultOf(node, source, (it) => typeOf(it, source, far - 1));
    default:
      return literalType(node, source);
  }
}

function literalType(node: SyntaxNode, source: Source): string | undefined {
  const text = textOf(node, source);
  switch (node.type) {
    case "integer_literal":
      return integerType(text);
    case "real_literal":
      return /f$/i.test(text) ? "float" : /m$/i.test(text) ? "decimal" : "double";
    case "character_literal":
      return "char";
    case "boolean_literal":
      return "bool";
    case "string_literal":
    case "verbatim_string_literal":
    case "interpolated_string_expression":
      return "string";
    case "array_creation_expression":
      return arrayType(node, source);
    default:
      return undefined;
  }
}

/** The first type that holds the number, of those that its ending leaves (section 6.4.5.3). */
function integerType(text: string): string {
  const digits = text.replace(/_|[ul]+$/gi, "");
  const value = BigInt(digits);
  const [isUnsigned, isLong] = [/u/i.test(text), /l/i.test(text.replace(/^0x/i, ""))];
  if (!isUnsigned && !isLong && value < 2n ** 31n) return "int";
  if (!isLong && value < 2n ** 32n) return "uint";
  return !isUnsigned && value < 2n ** 63n ? "long" : "ulong";
}

function signed(sign: string, type: string | undefined): string | undefined {
  if (sign === "!") return type === "bool" ? "bool" : undefined;
  if (/^(\+\+|--)$/.test(sign)) return isNumeric(type) ? type : undefined;
  if (sign === "-" && type === "uint") return "long";
  if (sign === "-" && type === "ulong") return undefined;
  return /^[-+~]$/.test(sign) && !(sign === "~" && !isWhole(type)) ? promoted(type) : undefined;
}

function operated(sign: string, left: string | undefined, right: string | undefined): string | undefined {
  const areNumbers = isNumeric(left) && isNumeric(right);
  if (/^(&&|\|\|)$/.test(sign)) return left === "bool" && right === "bool" ? "bool" : undefined;
  if (/^(==|!=)$/.test(sign))
    return areNumbers || (left === right && /^(bool|string)$/.test(left ?? "")) ? "bool" : undefined;
  if (/^(<|>|<=|>=)$/.test(sign)) return areNumbers ? "bool" : undefined;
  if (sign === "+" && (left === "string" || right === "string")) return left && right ? "string" : undefined;
  if (/^[&|^]$/.test(sign) && left === "bool" && right === "bool") return "bool";
  if (/^(<<|>>)$/.test(sign)) return isWhole(left) && isWhole(right) ? promoted(left) : undefined;
  if (sign === "??") return left === right && left === "string" ? left : undefined;
  return together(left, right);
}

function sameOf(a: string | undefined, b: string | undefined): string | undefined {
  return a === b && (isNumeric(a) || /^(bool|string)$/.test(a ?? "")) ? a : undefined;
}

/** What a place of a text or an array holds; several places, `a[1..2]`, are one of its own. */
function elementOf(
  type: string | undefined,
  access: SyntaxNode,
  source: Source,
  far: number,
): string | undefined {
  const list = access.children.find((it) => it.type === "bracketed_argument_list");
  const [argument, ...more] = list ? parts(list) : [];
  const [index] = argument ? parts(argument) : [];
  if (!index || more.length > 0 || !isOnePlace(index, source, far)) return undefined;
  if (type === "string") return "char";
  return type?.endsWith("[]") ? type.slice(0, -2) : undefined;
}

/** A number, also one that counts from the end; a name may stand for a range. */
function isOnePlace(index: SyntaxNode, source: Source, far: number): boolean {
  const isFromEnd = index.type === "prefix_unary_expression" && index.children[0]?.type === "^";
  return isFromEnd || isWhole(typeOf(index, source, far - 1));
}

/** The type that is written in a cast, or after `new`. */
function writtenType(node: SyntaxNode, source: Source): string | undefined {
  const type = inField(node, "type");
  return type && written(type, source);
}

/** `new int[2]`: of one dimension. */
function arrayType(node: SyntaxNode, source: Source): string | undefined {
  const type = node.children.find((it) => it.type === "array_type");
  const element = type && inField(type, "type");
  const rank = type && inField(type, "rank");
  return element &&
    rank &&
    parts(rank).length <= 1 &&
    !textOf(rank, source).includes(",") &&
    element.type !== "array_type"
    ? `${written(element, source)}[]`
    : undefined;
}

function nameType(node: SyntaxNode, source: Source, far: number): string | undefined {
  const binding = source.bindings().at(node);
  return binding && bindingType(binding, source, far);
}

/** `this.a`, and `a.Length` of an array or a text. */
function memberType(node: SyntaxNode, source: Source, far: number): string | undefined {
  const [object, name] = [inField(node, "expression"), inField(node, "name")];
  if (!object || !name) return undefined;
  if (object.type === "this_expression") return nameType(name, source, far);
  const member = `${textOf(object, source)}.${textOf(name, source)}`;
  if (/^(int|long|short|byte)\.(Max|Min)Value$/.test(member)) return member.replace(/\..*$/, "");
  const type = typeOf(object, source, far - 1);
  const own = type === undefined ? undefined : ownMember(type, textOf(name, source), source);
  if (own) return bindingType(own, source, far - 1);
  return textOf(name, source) === "Length" && (type === "string" || type?.endsWith("[]")) ? "int" : undefined;
}

/** The member of a class of the file, where no other type has its name. */
function ownMember(type: string, name: string, source: Source): Binding | undefined {
  const bindings = source.bindings();
  const [home, ...others] = bindings.all.filter((it) => it.name === type && it.spaces.includes("type"));
  const scope = home?.kind === "class" && others.length === 0 ? memberScope(home, bindings) : undefined;
  return scope?.bindings.get(`value ${name}`);
}

/** The type with which a variable is declared; of `var` that of its value. `undefined`: it is not written. */
export function bindingType(binding: Binding, source: Source, far = FAR): string | undefined {
  const isDoubtful = source.bindings().opaque.some((it) => it.names?.has(binding.name));
  if (!/^(variable|constant|parameter)$/.test(binding.kind) || isDoubtful) return undefined;
  const types = binding.declarations.map((it) => declaredType(it, source, far));
  return types.every((it) => it === types[0]) ? types[0] : undefined;
}

function declaredType(name: SyntaxNode, source: Source, far: number): string | undefined {
  const { parent } = name;
  if (!parent) return undefined;
  const isDeclarator = parent.type === "variable_declarator";
  const owner = isDeclarator ? parent.parent : parent;
  const type = owner && (owner.type === "parameter_list" ? restType(name, owner) : inField(owner, "type"));
  if (!type || !owner) return undefined;
  if (type.type !== "implicit_type") return written(type, source);
  const value = isDeclarator ? givenValue(parent) : undefined;
  if (value) return typeOf(value, source, far - 1);
  const right =
    owner.type === "for_each_statement" && name.field === "left" ? inField(owner, "right") : undefined;
  const many = right && typeOf(right, source, far - 1);
  return many === "string" ? "char" : many?.endsWith("[]") ? many.slice(0, -2) : undefined;
}

/** `params T[] a` is no node of its own. */
function restType(name: SyntaxNode, list: SyntaxNode): SyntaxNode | undefined {
  const before = list.children[list.children.indexOf(name) - 1];
  return before && /_type$/.test(before.type) ? before : undefined;
}
