import type { Binding, Scope } from "../../syntax/bindings.ts";
import { supertypes } from "../../syntax/scopes/java-hidden.ts";
import { ancestors, contains, inField, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Namesakes } from "../code-rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { hasModifier, isMember } from "./places.ts";
import { typeOf } from "./types.ts";

/** Methods that every object has, and those by which objects are written and read. */
const SPECIAL =
  /^(toString|equals|hashCode|getClass|clone|finalize|wait|notify|notifyAll|readObject|writeObject|readResolve|writeReplace|readObjectNoData|main|values|valueOf|name|ordinal|serialVersionUID|serialPersistentFields)$/;

/** See `CodeRules.cannotRename`: what others may see, or find by its name, keeps it. */
export function cannotRename(binding: Binding, source: Source, name?: string): Refusal | undefined {
  const [at] = binding.declarations;
  if (!at) return undefined;
  if (binding.kind === "import")
    return refused("rename.import", `"${binding.name}" has its name from where it is imported from.`, at);
  const declaration = declarationOf(at);
  if (declaration?.type === "record_declaration" && binding.scope.kind === "class")
    return refused(
      "rename.component",
      `"${binding.name}" of a record is a method that others may call, too.`,
      at,
    );
  const seen = binding.declarations
    .map((it) => visibleAs(it, binding, source))
    .find((it) => it !== undefined);
  return (
    seen ?? (name === undefined ? undefined : (hiddenLocal(binding, name) ?? taken(binding, name, source)))
  );
}

/** The declaration whose name a node is. */
function declarationOf(name: SyntaxNode): SyntaxNode | undefined {
  const { parent } = name;
  const holder = parent?.type === "variable_declarator" ? parent.parent : parent;
  return holder?.type === "formal_parameter" ? holder.parent?.parent : holder;
}

function visibleAs(at: SyntaxNode, { name, kind, scope }: Binding, source: Source): Refusal | undefined {
  const { parent } = at;
  const declaration = parent?.type === "variable_declarator" ? parent.parent : parent;
  const isOuter = scope.kind === "module" || scope.kind === "class";
  if (!isOuter || !declaration || kind === "label") return undefined;
  if (!isMember(declaration) || !hasModifier(declaration, "private"))
    return refused("rename.visible", `"${name}" is not private: other files, or subclasses, may use it.`, at);
  if (SPECIAL.test(name)) return refused("rename.special", `"${name}" has a meaning of its own.`, at);
  const told = textNaming(name, source) ?? (kind === "class" ? toldName(source) : undefined);
  if (told) return refused("rename.text", `"${name}" may be looked up, or told, by its name here.`, told);
  const note = [...walk(declaration, (it) => it.type === "class_body" || it.type === "block")].find((it) =>
    /^(marker_)?annotation$/.test(it.type),
  );
  const isTold =
    note &&
    !/^@(SuppressWarnings|Deprecated|SafeVarargs|Nullable|NotNull|NonNull)\b/.test(textOf(note, source));
  if (isTold)
    return refused(
      "rename.annotated",
      `What the annotation of "${name}" does with the name is not known.`,
      note,
    );
  const owner = scope.node.parent;
  const isInherited = supertypes(scope).length > 0 || owner?.type === "object_creation_expression";
  if (kind === "function" && isInherited)
    return refused("rename.overload", `"${name}" may have overloads in what its class extends.`, at);
  const isNative = declaration.type === "method_declaration" && hasModifier(declaration, "native");
  return isNative ? refused("rename.native", `"${name}" is looked up by its name.`, at) : undefined;
}

/** A text that is the name: what is looked up by it, as `getDeclaredField` does. */
export function textNaming(name: string, source: Source): SyntaxNode | undefined {
  return [...walk(source.root)].find(
    (it) => it.type === "string_literal" && textOf(it, source) === `"${name}"`,
  );
}

/** A call that tells the name of a class. */
function toldName(source: Source): SyntaxNode | undefined {
  return [...walk(source.root)].find((it) => {
    if (it.type !== "method_invocation") return false;
    const [object, name] = [inField(it, "object"), inField(it, "name")];
    const isName = name && /^get(Simple|Type|Canonical)?Name$/.test(textOf(name, source));
    return isName && object && /(\.\s*class|\bgetClass\s*\(\s*\))$/.test(textOf(object, source));
  });
}

/** No variable of a method may have the name of another one that is known there (The Java Language Specification, section 6.4). */
function hiddenLocal(binding: Binding, name: string): Refusal | undefined {
  const { scope, spaces } = binding;
  const space = spaces.includes("value") ? "value" : spaces.includes("label") ? "label" : undefined;
  if (!space || scope.kind === "class" || scope.kind === "module") return undefined;
  const key = `${space} ${name}`;
  const found =
    around(scope, key).find((it) => isBehind(binding, it)) ??
    within(scope, key).find((it) => isBehind(it, binding));
  return (
    found &&
    refused("rename.taken", `"${name}" is declared around or within it already.`, found.declarations[0])
  );
}

function isBehind(inner: Binding, { declarations: [first] }: Binding): boolean {
  return first !== undefined && inner.declarations.some((it) => it.from > first.from);
}

function around(scope: Scope, key: string): readonly Binding[] {
  const found: Binding[] = [];
  for (let at: Scope | undefined = scope; at && at.kind !== "class"; at = at.parent) {
    const there = at.bindings.get(key);
    if (there) found.push(there);
  }
  return found;
}

function within(scope: Scope, key: string): readonly Binding[] {
  return scope.children
    .filter((it) => it.kind !== "class")
    .flatMap((it) => {
      const there = it.bindings.get(key);
      return [...(there ? [there] : []), ...within(it, key)];
    });
}

/** Whether the new name is used in the same stretch: a variable hides a type of its name, and a member one that is inherited. */
function taken(binding: Binding, name: string, source: Source): Refusal | undefined {
  const { scope, spaces } = binding;
  const isMethod = spaces.includes("method");
  const used = source
    .bindings()
    .references.find(
      (it) =>
        textOf(it.node, source) === name &&
        it.space !== "label" &&
        (it.space === "method") === isMethod &&
        !(spaces.includes("value") && it.binding?.spaces.includes("value")) &&
        (spaces.includes("type") || contains(scope.node, it.node)),
    );
  const member = scope.kind === "class" ? memberUses(name, isMethod, source)[0] : undefined;
  const at = used?.node ?? member;
  if (at) return refused("rename.captures", `"${name}" is used here for something else.`, at);
  return isMethod && SPECIAL.test(name)
    ? refused("rename.special", `"${name}" has a meaning of its own.`, binding.declarations[0])
    : undefined;
}

/** Whether members of that name are called by the platform, or every object has one. */
export function isSpecial(name: string): boolean {
  return SPECIAL.test(name);
}

/** Places at which a member of that name is taken of something other than plain `this`. */
export function memberUses(name: string, isMethod: boolean, source: Source): readonly SyntaxNode[] {
  return [...walk(source.root)].filter((it) => {
    if (it.type !== "identifier" || textOf(it, source) !== name || !it.parent) return false;
    const { parent, field } = it;
    const object = inField(parent, "object");
    if (object?.type === "this") return false;
    if (parent.type === "field_access") return !isMethod && field === "field";
    if (parent.type === "method_invocation") return isMethod && field === "name" && parent.children[0] !== it;
    return (
      parent.type === "method_reference" &&
      isMethod &&
      parent.children[0]?.type !== "this" &&
      parent.children[0] !== it
    );
  });
}

/** See `CodeRules.namesakes`: members of objects of the class, told by the types that are written. */
export function namesakes(binding: Binding, { source }: Place): Namesakes | Refusal {
  const [at] = binding.declarations;
  if (binding.spaces.includes("type")) return qualified(binding, source);
  if (!at || binding.scope.kind !== "class") return { names: [], warnings: [] };
  const names: SyntaxNode[] = [];
  for (const it of memberUses(binding.name, binding.spaces.includes("method"), source)) {
    const owner = ownerOf(it, binding, source);
    if (owner === undefined)
      return refused("rename.member", `Whether this "${binding.name}" is of that class is not certain.`, it);
    if (owner) names.push(it);
  }
  const isOpen = supertypes(binding.scope).length > 0;
  const warnings = isOpen
    ? ["What its class extends was not looked at: it may have a member of that name."]
    : [];
  return { names, warnings };
}

/** Whether a member is taken of the binding's class; `undefined`: that is not certain. */
function ownerOf(name: SyntaxNode, { scope }: Binding, source: Source): boolean | undefined {
  const { parent } = name;
  const object = parent && (inField(parent, "object") ?? parent.children[0]);
  const owner = scope.node.parent && inField(scope.node.parent, "name");
  const own = owner && source.bindings().at(owner);
  if (!object || object.type === "super") return object ? false : undefined;
  if (object.type === "field_access" && inField(object, "field")?.type === "this") {
    const outer = inField(object, "object");
    return outer && own !== undefined && source.bindings().at(outer) === own;
  }
  if (object.type === "identifier" && source.bindings().at(object)?.spaces.includes("type"))
    return source.bindings().at(object) === own ? true : undefined;
  const type = typeOf(object, source)?.replace(/<.*>$/s, "");
  if (type === undefined || !own || !/^\w+(\[\])*$/.test(type)) return undefined;
  return isOnlyOne(own, source) ? type === own.name : undefined;
}

/** Whether no other type of the file, nor a parameter of one, has its name. */
function isOnlyOne({ name }: Binding, source: Source): boolean {
  return source.bindings().all.filter((it) => it.name === name && it.spaces.includes("type")).length === 1;
}

/** `Outer.Inner` */
function qualified(binding: Binding, source: Source): Namesakes | Refusal {
  const names: SyntaxNode[] = [];
  for (const it of walk(source.root)) {
    const { parent } = it;
    if (
      !/identifier$/.test(it.type) ||
      it.children.length > 0 ||
      textOf(it, source) !== binding.name ||
      !parent
    )
      continue;
    const isPart =
      /^(scoped_type_identifier|field_access|scoped_identifier)$/.test(parent.type) &&
      parent.children[0] !== it;
    if (!isPart) continue;
    const before = parent.children[0];
    const owner = binding.scope.node.parent && inField(binding.scope.node.parent, "name");
    const isOwner =
      before &&
      owner &&
      before.children.length === 0 &&
      source.bindings().at(before) === source.bindings().at(owner);
    if (!isOwner || ancestors(it).some((at) => at.type === "import_declaration"))
      return refused("rename.member", `Whether this "${binding.name}" is that class is not certain.`, it);
    names.push(it);
  }
  return { names, warnings: [] };
}
