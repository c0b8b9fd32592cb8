import type { Binding, Bindings, Opaque, Reference, Scope } from "../bindings.ts";
import { inField, parts, type SyntaxNode, walk } from "../tree.ts";
import { bodyScope } from "./body-scope.ts";
import { QUOTED } from "./spellings.ts";

/** Types of the platform from which a class has no names of its own but those that every object has. */
const WITHOUT_NAMES = new Set(
  (
    "IDisposable IAsyncDisposable IEnumerable IEnumerator IComparable IComparer IEquatable IEqualityComparer ICloneable " +
    "IFormattable IFormatProvider IConvertible Attribute EventArgs"
  ).split(" "),
);

/** Names of which it cannot be told from the file what they stand for. */
export function hiddenIn(bindings: Bindings, text: string): readonly Opaque[] {
  const found: Opaque[] = [...conditional(bindings.root.node, text), ...quoted(bindings, text)];
  const known = new Map<Scope, boolean>();
  for (const { node, scope, space, binding } of bindings.references) {
    // Types, and what is imported, are renamed nowhere.
    if (!binding || space === "label" || /^(import|class)$/.test(binding.kind)) continue;
    for (let at: Scope | undefined = scope; at && at !== binding.scope; at = at.parent)
      if (at.kind === "class" && mayInherit(at, binding.name, space, bindings, text, known)) {
        const why = `"${binding.name}" may be a member that a class has from elsewhere`;
        found.push({ node, why, names: new Set([binding.name]) });
        break;
      }
  }
  return found;
}

const CONDITION = /^(if|elif|else|endif)_directive$/;

/** A stretch of a text. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Stretches of which a compiler may see nothing, each between two directives that follow each other. */
export function conditionalStretches(root: SyntaxNode): readonly Stretch[] {
  const found: Stretch[] = [];
  let depth = 0;
  let from = 0;
  for (const it of walk(root)) {
    if (!CONDITION.test(it.type)) continue;
    if (depth > 0) found.push({ from, to: it.from });
    if (it.type === "if_directive") depth++;
    if (it.type === "endif_directive") depth--;
    from = it.to;
  }
  return found;
}

/** What stands between `#if` and `#endif`: its words, or any name around it where it begins or ends what goes on beside it. */
function conditional(root: SyntaxNode, text: string): readonly Opaque[] {
  const why = "What stands between #if and #endif may not be there";
  return conditionalStretches(root).flatMap((stretch) => {
    const { from, to } = stretch;
    const leaves = [...walk(root, (it) => it.to <= from || it.from >= to)].filter(
      (it) => it.children.length === 0 && from <= it.from && it.to <= to,
    );
    return leaves.flatMap((node) => {
      if (isCutBy(node, stretch)) return [{ node, why }];
      return node.type === "identifier"
        ? [{ node, why, names: new Set([text.slice(node.from, node.to)]) }]
        : [];
    });
  });
}

/** Whether a node belongs to one that is only in part in the stretch. */
function isCutBy(node: SyntaxNode, { from, to }: Stretch): boolean {
  for (let at: SyntaxNode | undefined = node; at && (from <= at.from || at.to <= to); at = at.parent)
    if (at.from < from || to < at.to) return true;
  return false;
}

/** `@a` is `a` (section 6.4.3, "Identifiers"): names that are written in both ways. */
function quoted({ root }: Bindings, text: string): readonly Opaque[] {
  const all = [...walk(root.node)].filter((it) => it.type === "identifier");
  const words = new Set(all.map((it) => text.slice(it.from, it.to)));
  return all.flatMap((node) => {
    const word = text.slice(node.from, node.to);
    const bare = QUOTED.plain(word);
    if (bare === word || !words.has(bare)) return [];
    return [{ node, why: `"${word}" is the same name as "${bare}"`, names: new Set([word, bare]) }];
  });
}

/** Whether a class may have the name from what it extends, or from its other parts. */
function mayInherit(
  scope: Scope,
  name: string,
  space: Reference["space"],
  bindings: Bindings,
  text: string,
  known: Map<Scope, boolean>,
): boolean {
  const isOpen = known.get(scope) ?? isOpenClass(scope, bindings, text);
  known.set(scope, isOpen);
  return isOpen || ownBases(scope, bindings).some((it) => hasMember(it, name, space, bindings, text));
}

function hasMember(
  scope: Scope,
  name: string,
  space: Reference["space"],
  bindings: Bindings,
  text: string,
  far = 8,
): boolean {
  if (scope.bindings.has(`${space} ${name}`) || scope.bindings.has(`value ${name}`) || far === 0) return true;
  if (isOpenClass(scope, bindings, text)) return true;
  return ownBases(scope, bindings).some((it) => hasMember(it, name, space, bindings, text, far - 1));
}

/** Whether a class has members that this file does not show: it is partial, or extends what stands elsewhere. */
export function isOpenClass(scope: Scope, bindings: Bindings, text: string, far = 8): boolean {
  const owner = scope.node.parent;
  if (!owner || far === 0) return true;
  if (isPartial(owner)) return true;
  if (/^(struct|record_struct|enum)_declaration$/.test(owner.type)) return false;
  return basesOf(owner).some((it) => {
    const name = nameOfType(it);
    if (!name) return true;
    const own = bindings.at(name);
    if (!own || own.kind === "import") return !WITHOUT_NAMES.has(text.slice(name.from, name.to));
    const members = memberScope(own, bindings);
    return !members || isOpenClass(members, bindings, text, far - 1);
  });
}

function ownBases(scope: Scope, bindings: Bindings): readonly Scope[] {
  const owner = scope.node.parent;
  return basesOf(owner).flatMap((it) => {
    const name = nameOfType(it);
    const own = name && bindings.at(name);
    const members = own && memberScope(own, bindings);
    return members ? [members] : [];
  });
}

/** The types that a class extends or implements, as they are written there. */
export function basesOf(owner: SyntaxNode | undefined): readonly SyntaxNode[] {
  const list = owner && inField(owner, "bases");
  return list ? parts(list) : [];
}

/** The name of a written type, where it has no dot. */
function nameOfType(type: SyntaxNode): SyntaxNode | undefined {
  if (type.type === "identifier") return type;
  const [first] = type.children;
  return /^(generic_name|primary_constructor_base_type)$/.test(type.type) && first?.type === "identifier"
    ? first
    : undefined;
}

/** Whether a class, or a method, may go on in another place. */
export function isPartial(owner: SyntaxNode): boolean {
  return owner.children.some(
    (it) => it.type === "modifier" && it.children.some((at) => at.type === "partial"),
  );
}

/** The scope of the members of a type of the file; of several of a name none is certain. */
export function memberScope(binding: Binding, bindings: Bindings): Scope | undefined {
  return binding.declarations.length === 1 ? bodyScope(binding, bindings) : undefined;
}
