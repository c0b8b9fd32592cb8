import type { Binding, Scope } from "../../syntax/bindings.ts";
import { isOpenClass, isPartial } from "../../syntax/scopes/c-sharp-hidden.ts";
import { QUOTED } from "../../syntax/scopes/spellings.ts";
import { contains, inField, nearest, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { memberUses } from "./members.ts";
import { hasModifier } from "./places.ts";
import { isCalledLikeItsType } from "./plain-types.ts";

/** Members that every object has, those that the language calls by their names, and those by which tools find more. */
const SPECIAL =
  /^(ToString|Equals|GetHashCode|GetType|MemberwiseClone|ReferenceEquals|Finalize|Main|GetEnumerator|GetAsyncEnumerator|MoveNext|MoveNextAsync|Current|GetAwaiter|IsCompleted|GetResult|OnCompleted|Dispose|DisposeAsync|Deconstruct|Add|Invoke|BeginInvoke|EndInvoke|Select|SelectMany|Where|Join|GroupJoin|OrderBy|OrderByDescending|ThenBy|ThenByDescending|GroupBy|Cast|Slice|Length|Count|Item|GetPinnableReference|PrintMembers|EqualityContract|value__|(get|set|add|remove|op)_\w+|(ShouldSerialize|Reset)\w+)$/;
/** Attributes that nobody looks up by the name of what they are at. */
const SILENT =
  /^(System\.)?(Diagnostics\.)?(CodeAnalysis\.)?(Obsolete|SuppressMessage|ExcludeFromCodeCoverage|CLSCompliant|Flags|MethodImpl|NonSerialized|ThreadStatic|DebuggerStepThrough|DebuggerHidden)(Attribute)?$/;

/** See `CodeRules.cannotRename`: what others may see, or find by its name, keeps it. */
export function cannotRename(binding: Binding, source: Source, name: string): Refusal | undefined {
  const [at] = binding.declarations;
  if (!at) return undefined;
  if (binding.kind === "import")
    return refused("rename.import", `"${binding.name}" has its name from where it is imported from.`, at);
  if (binding.name === "_") return refused("rename.discard", "What is called so is thrown away.", at);
  const obstacle =
    binding.declarations.map((it) => visibleAs(it, binding, source)).find((it) => it !== undefined) ??
    namingMember(binding) ??
    likeItsType(binding, source) ??
    openParameter(binding, source);
  return obstacle ?? hiddenLocal(binding, name) ?? taken(binding, name, source);
}

/** The declaration whose name a node is. */
export function declarationOf({ parent }: SyntaxNode): SyntaxNode | undefined {
  return parent?.type === "variable_declarator" ? parent.parent?.parent : parent;
}

function visibleAs(at: SyntaxNode, binding: Binding, source: Source): Refusal | undefined {
  const { name, kind, scope } = binding;
  const declaration = declarationOf(at);
  const owner = scope.node.parent;
  if (kind === "class") return seen(name, at);
  if (kind === "type") return isPartial(scope.node) ? seen(name, at) : undefined;
  const isRecord =
    /^record/.test(declaration?.parent?.parent?.type ?? "") && declaration?.type === "parameter";
  if (isRecord)
    return refused("rename.component", `"${name}" of a record is a property that others may have, too.`, at);
  if (scope.kind !== "class" || kind === "label") return undefined;
  if (!declaration || !owner || !isPrivate(declaration, owner)) return seen(name, at);
  return otherwiseFound(at, declaration, owner, binding, source);
}

function seen(name: string, at: SyntaxNode): Refusal {
  return refused(
    "rename.visible",
    `"${name}" is not private to its class: other files, or other parts of it, may use it.`,
    at,
  );
}

/** Whether nobody but its class, in this file, can use a member. */
function isPrivate(declaration: SyntaxNode, owner: SyntaxNode): boolean {
  const isPlace = /^(class|struct|record|record_struct)_declaration$/.test(owner.type) && !isPartial(owner);
  const isMember = /^(method|property|field|event_field|event)_declaration$/.test(declaration.type);
  return (
    isPlace &&
    isMember &&
    !hasModifier(declaration, /^(public|protected|internal|partial|extern|abstract|virtual|override)$/)
  );
}

/** What looks a member up by its name, or has others that are called so. */
function otherwiseFound(
  at: SyntaxNode,
  declaration: SyntaxNode,
  owner: SyntaxNode,
  binding: Binding,
  source: Source,
): Refusal | undefined {
  const { name, kind, scope } = binding;
  if (SPECIAL.test(QUOTED.plain(name)))
    return refused("rename.special", `"${name}" has a meaning of its own.`, at);
  const told = textNaming(name, source);
  if (told) return refused("rename.text", `"${name}" may be looked up by its name here.`, told);
  const note = [declaration, owner].map((it) => tellingAttribute(it, source)).find((it) => it !== undefined);
  if (note)
    return refused(
      "rename.annotated",
      `What this attribute does with the name "${name}" is not known.`,
      note,
    );
  if (kind === "function" && isOpenClass(scope, source.bindings(), source.text))
    return refused("rename.overload", `"${name}" may have overloads in what its class extends.`, at);
  return undefined;
}

function tellingAttribute(declaration: SyntaxNode, source: Source): SyntaxNode | undefined {
  const all = declaration.children.filter((it) => it.type === "attribute_list").flatMap((it) => it.children);
  return all.find((it) => it.type === "attribute" && !SILENT.test(textOf(inField(it, "name") ?? it, source)));
}

/** A text that is the name, or one of an attribute that has it as a word: what is looked up by it. */
function textNaming(name: string, source: Source): SyntaxNode | undefined {
  const bareName = QUOTED.plain(name);
  const word = new RegExp(`(?<![\\p{L}\\p{Nd}_])${bareName}(?![\\p{L}\\p{Nd}_])`, "u");
  return [...walk(source.root)].find((it) => {
    const text = textIn(it, source) ?? "";
    return (
      text === bareName || (word.test(text) && nearest(it, (at) => at.type === "attribute") !== undefined)
    );
  });
}

/** What is between the quotes; `undefined`: it is no text. */
function textIn(node: SyntaxNode, source: Source): string | undefined {
  return /^(verbatim_)?string_literal$/.test(node.type)
    ? textOf(node, source).replace(/^@?"|"$/g, "")
    : undefined;
}

/** `new { a }`: the name is that of a member, too. */
function namingMember({ name, references }: Binding): Refusal | undefined {
  const found = references.find((it) => it.shape === "shorthand-pattern");
  return (
    found &&
    refused("rename.member", `"${name}" is the name of a member of what is made here, too.`, found.node)
  );
}

function likeItsType(binding: Binding, source: Source): Refusal | undefined {
  const [at] = binding.declarations;
  return isCalledLikeItsType(binding, source)
    ? refused(
        "rename.type",
        `"${binding.name}" is its type's name, too: which one is meant is not certain.`,
        at,
      )
    : undefined;
}

/** A parameter whose name somebody asks for, or that another part of its method has. */
function openParameter(binding: Binding, source: Source): Refusal | undefined {
  const [at] = binding.declarations;
  const declaration = at && declarationOf(at);
  if (binding.kind !== "parameter" || !at || !declaration) return undefined;
  const told = [...walk(source.root, (it) => it.type === "block")].find(
    (it) => it.type === "attribute" && textNamingWithin(it, binding.name, source),
  );
  const note = (declaration.type === "parameter" ? tellingAttribute(declaration, source) : undefined) ?? told;
  if (note)
    return refused(
      "rename.annotated",
      `What this attribute does with the name "${binding.name}" is not known.`,
      note,
    );
  const method = binding.scope.node;
  return isPartial(method) || hasModifier(method, /^extern$/)
    ? refused("rename.part", "Its method has another part, or stands elsewhere.", at)
    : undefined;
}

function textNamingWithin(node: SyntaxNode, name: string, source: Source): boolean {
  return [...walk(node)].some((it) => textIn(it, source) === QUOTED.plain(name));
}

/** No variable of a method may have the name of another one that is known there (C# language specification, section 7.3). */
function hiddenLocal({ scope, spaces }: Binding, name: string): Refusal | undefined {
  const space = spaces.includes("value") ? "value" : spaces.includes("label") ? "label" : undefined;
  if (!space || scope.kind === "class") return undefined;
  const key = `${space} ${name}`;
  const found = around(scope, key) ?? within(scope, key);
  return (
    found &&
    refused("rename.taken", `"${name}" is declared around or within it already.`, found.declarations[0])
  );
}

function around(scope: Scope, key: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at && at.kind !== "class"; at = at.parent) {
    const there = at.bindings.get(key);
    if (there) return there;
  }
  return undefined;
}

function within(scope: Scope, key: string): Binding | undefined {
  for (const it of scope.children) {
    const found = it.kind === "class" ? undefined : (it.bindings.get(key) ?? within(it, key));
    if (found) return found;
  }
  return undefined;
}

/** Whether the new name is used in the same stretch: a variable hides a type of its name, and a member one that is inherited. */
function taken(binding: Binding, name: string, source: Source): Refusal | undefined {
  const { scope, kind } = binding;
  const used = source
    .bindings()
    .references.find(
      (it) =>
        textOf(it.node, source) === name &&
        (it.space === "label") === (kind === "label") &&
        !(it.binding && contains(scope.node, it.binding.scope.node) && it.binding.scope !== scope) &&
        contains(scope.node, it.node),
    );
  const member = scope.kind === "class" ? memberUses(name, source)[0] : undefined;
  const at = used?.node ?? member;
  if (at) return refused("rename.captures", `"${name}" is used here for something else.`, at);
  return scope.kind === "class" && SPECIAL.test(name)
    ? refused("rename.special", `"${name}" has a meaning of its own.`, binding.declarations[0])
    : undefined;
}
