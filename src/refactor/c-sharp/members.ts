import type { Binding } from "../../syntax/bindings.ts";
import { basesOf, isPartial } from "../../syntax/scopes/c-sharp-hidden.ts";
import { inField, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isPlainType } from "./plain-types.ts";
import { typeOf } from "./types.ts";

/** Places at which a member of that name is taken of something other than plain `this`, or given a value by its name. */
export function memberUses(name: string, source: Source): readonly SyntaxNode[] {
  return [...walk(source.root)].filter((it) => {
    const { parent, field } = it;
    if (it.type !== "identifier" || textOf(it, source) !== name || !parent) return false;
    const whole = parent.type === "generic_name" ? parent : it;
    const at = whole.parent ?? parent;
    switch (at.type) {
      case "member_access_expression":
        return whole.field === "name" && inField(at, "expression")?.type !== "this_expression";
      case "member_binding_expression":
      case "expression_colon":
        return true;
      case "name_colon":
        return at.parent?.type === "subpattern";
      case "name_equals":
        return at.parent?.type === "attribute_argument";
      case "qualified_name":
        return at.children[0] !== whole;
      case "simple_assignment_expression":
        return at.children[0] === it;
      case "assignment_expression":
        return field === "left" && source.bindings().at(it) === undefined;
      default:
        return false;
    }
  });
}

/** Whether a member is taken of the binding's class; `undefined`: that is not certain. */
export function isMemberOf(name: SyntaxNode, { scope }: Binding, source: Source): boolean | undefined {
  const owner = scope.node.parent && inField(scope.node.parent, "name");
  const own = owner && source.bindings().at(owner);
  const whole = name.parent?.type === "generic_name" ? name.parent : name;
  const access = whole.parent;
  const isTaken = access?.type === "member_access_expression" && whole.field === "name";
  const object = isTaken ? inField(access, "expression") : undefined;
  if (!own || !access) return undefined;
  if (access.type === "assignment_expression") return isMadeOf(access, own, source);
  if (!object) return undefined;
  if (object.type === "base_expression") return false;
  const named = object.type === "identifier" ? source.bindings().at(object) : undefined;
  if (named?.spaces.includes("type")) return named === own && isOnlyOne(own, source) ? true : undefined;
  return isType(typeOf(object, source), own, source);
}

/** `new T { a = 1 }` */
function isMadeOf(assignment: SyntaxNode, own: Binding, source: Source): boolean | undefined {
  const list = assignment.parent;
  const made = list?.type === "initializer_expression" ? list.parent : undefined;
  const type = made?.type === "object_creation_expression" ? inField(made, "type") : undefined;
  return type && isType(textOf(type, source), own, source);
}

function isType(type: string | undefined, own: Binding, source: Source): boolean | undefined {
  const bare = type?.replace(/<.*>/s, "").replace(/\?$/, "");
  if (bare === undefined || !isOnlyOne(own, source)) return undefined;
  if (bare === own.name) return true;
  return isUnlike(bare, source) ? false : undefined;
}

/** Whether a type certainly is, and extends, no class that has private members here. */
function isUnlike(type: string, source: Source): boolean {
  const all = source.bindings().all.filter((it) => it.name === type && it.spaces.includes("type"));
  if (all.length === 0) return isPlainType(type) || type === "object" || /\]$/.test(type);
  return all.every(
    ({ kind, declarations: [name, ...more] }) =>
      kind === "class" &&
      more.length === 0 &&
      name?.parent !== undefined &&
      !isPartial(name.parent) &&
      basesOf(name.parent).length === 0,
  );
}

/** Whether no other type of the file, nor a parameter of one, has its name. */
function isOnlyOne({ name }: Binding, source: Source): boolean {
  const all = source.bindings().all.filter((it) => it.name === name && it.spaces.includes("type"));
  return all.length === 1 && all[0]?.declarations.length === 1;
}
