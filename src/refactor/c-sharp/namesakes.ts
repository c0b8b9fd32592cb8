import type { Binding } from "../../syntax/bindings.ts";
import { isPartial } from "../../syntax/scopes/c-sharp-hidden.ts";
import { inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Namesakes } from "../code-rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { isMemberOf, memberUses } from "./members.ts";
import { hasModifier } from "./places.ts";
import { isNameof } from "./platform.ts";

const NONE: Namesakes = { names: [], warnings: [] };

/** See `CodeRules.namesakes`: members of objects of the class, told by the types that are written, and arguments that are given by name. */
export function namesakes(binding: Binding, { source }: Place): Namesakes | Refusal {
  const found =
    binding.kind === "parameter"
      ? givenByName(binding, source)
      : binding.scope.kind === "class"
        ? members(binding, source)
        : NONE;
  if ("code" in found) return found;
  const all = [...found.names, ...binding.references.map((it) => it.node)];
  const isTold = all.some((it) => nearest(it, (at) => isNameof(at, source)));
  const warning = `What "nameof" gives changes with the name "${binding.name}".`;
  return isTold ? { ...found, warnings: [...found.warnings, warning] } : found;
}

function members(binding: Binding, source: Source): Namesakes | Refusal {
  const names: SyntaxNode[] = [];
  for (const it of memberUses(binding.name, source)) {
    const isOwn = isMemberOf(it, binding, source);
    if (isOwn === undefined)
      return refused("rename.member", `Whether this "${binding.name}" is of that class is not certain.`, it);
    if (isOwn) names.push(it);
  }
  return { names, warnings: [] };
}

function givenByName(binding: Binding, source: Source): Namesakes | Refusal {
  const owner = binding.scope.node;
  // Whoever calls a lambda knows the names of its delegate only.
  if (!/_declaration$|^local_function_statement$/.test(owner.type)) return NONE;
  const names: SyntaxNode[] = [];
  for (const it of namedArguments(binding.name, source)) {
    const isOwn = isGivenTo(it, owner, binding, source);
    if (isOwn === undefined)
      return refused(
        "rename.argument",
        `Something is called with "${binding.name}" by name here, and that may be it.`,
        it,
      );
    if (isOwn) names.push(it);
  }
  const warnings = isSeenHereOnly(owner)
    ? []
    : [`Calls from other files that give "${binding.name}" by its name were not seen.`];
  return { names, warnings };
}

/** Names before `:` in arguments, also those of attributes. */
function namedArguments(name: string, source: Source): readonly SyntaxNode[] {
  return [...walk(source.root)].filter(
    (it) =>
      it.type === "identifier" &&
      it.parent?.type === "name_colon" &&
      /^(attribute_)?argument$/.test(it.parent.parent?.type ?? "") &&
      it.parent.parent?.parent?.type !== "tuple_expression" &&
      textOf(it, source) === name,
  );
}

/** Whether an argument is given to the function of the parameter; `undefined`: not certain. */
function isGivenTo(
  name: SyntaxNode,
  owner: SyntaxNode,
  binding: Binding,
  source: Source,
): boolean | undefined {
  const call = name.parent?.parent?.parent?.parent;
  if (!call) return undefined;
  const own = inField(owner, "name");
  const target = own && source.bindings().at(own);
  switch (call.type) {
    case "invocation_expression":
      return isCallOf(call, owner, target, binding, source);
    case "object_creation_expression":
      return isMadeBy(call, owner, binding, source);
    case "element_access_expression":
      return owner.type === "indexer_declaration" ? undefined : false;
    case "constructor_initializer":
    case "implicit_object_creation_expression":
    case "primary_constructor_base_type":
    case "attribute":
      return owner.type === "constructor_declaration" ? undefined : false;
    default:
      return undefined;
  }
}

function isCallOf(
  call: SyntaxNode,
  owner: SyntaxNode,
  target: Binding | undefined,
  binding: Binding,
  source: Source,
): boolean | undefined {
  const callee = inField(call, "function");
  if (!callee || owner.type === "constructor_declaration" || owner.type === "indexer_declaration")
    return callee ? false : undefined;
  if (owner.type === "delegate_declaration" || !target) return undefined;
  const member = inField(callee, "name") ?? callee;
  const word = member.type === "generic_name" ? (member.children[0] ?? member) : member;
  if (source.bindings().at(word) === target)
    return isOnlyOneWith(target, binding.name, source) ? true : undefined;
  if (owner.type === "local_function_statement") return false;
  return textOf(word, source) === target.name ? undefined : word.type === "identifier" ? false : undefined;
}

function isMadeBy(
  call: SyntaxNode,
  owner: SyntaxNode,
  binding: Binding,
  source: Source,
): boolean | undefined {
  if (owner.type !== "constructor_declaration") return false;
  const [type, name] = [inField(call, "type"), inField(owner, "name")];
  const word = type?.type === "generic_name" ? type.children[0] : type;
  if (!word || !name || word.type !== "identifier") return undefined;
  if (textOf(word, source) !== textOf(name, source)) return false;
  const all =
    owner.parent?.children.filter(
      (it) => it.type === "constructor_declaration" && hasParameter(it, binding.name, source),
    ) ?? [];
  return source.bindings().at(word) === source.bindings().at(name) && all.length === 1 ? true : undefined;
}

/** Whether one overload only has a parameter of that name. */
function isOnlyOneWith({ declarations }: Binding, name: string, source: Source): boolean {
  return declarations.filter(({ parent }) => parent && hasParameter(parent, name, source)).length === 1;
}

function hasParameter(method: SyntaxNode, name: string, source: Source): boolean {
  const list = inField(method, "parameters");
  return list !== undefined && parts(list).some((it) => textOf(inField(it, "name") ?? it, source) === name);
}

function isSeenHereOnly(owner: SyntaxNode): boolean {
  if (owner.type === "local_function_statement") return true;
  const home = owner.parent?.parent;
  const isClass = /^(class|struct|record|record_struct)_declaration$/.test(home?.type ?? "");
  const isOpen =
    hasModifier(owner, /^(public|protected|internal|override|virtual|abstract)$/) ||
    owner.children.some((it) => it.type === "explicit_interface_specifier");
  return (
    isClass &&
    home !== undefined &&
    !isPartial(home) &&
    !isOpen &&
    /^(method|constructor)_declaration$/.test(owner.type)
  );
}
