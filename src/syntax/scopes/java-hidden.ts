import type { Binding, Bindings, Opaque, Reference, Scope } from "../bindings.ts";
import {
  allInField,
  contains,
  inField,
  nearest,
  parts,
  type SyntaxNode,
  smallestAround,
  walk,
} from "../tree.ts";
import { bodyScope } from "./body-scope.ts";

/** Types of the platform without fields and member types that their subtypes would inherit. */
const WITHOUT_FIELDS = new Set(
  (
    "Object Runnable Callable Comparable Comparator Iterable Iterator AutoCloseable Closeable Cloneable Serializable " +
    "Supplier Consumer BiConsumer Function BiFunction Predicate BiPredicate UnaryOperator BinaryOperator IntFunction " +
    "IntPredicate IntSupplier IntConsumer IntUnaryOperator IntBinaryOperator ToIntFunction ToLongFunction " +
    "ToDoubleFunction LongFunction BooleanSupplier Throwable Exception RuntimeException Error IllegalArgumentException " +
    "IllegalStateException IOException TimerTask ThreadLocal Record"
  ).split(" "),
);

/** Names of which it cannot be told from the file what they stand for. */
export function hiddenIn(bindings: Bindings, text: string): readonly Opaque[] {
  const found: Opaque[] = [...escaped(bindings.root, text)];
  for (const it of bindings.references) {
    const why = it.binding && doubt(it, it.binding, bindings, text);
    if (why) found.push({ node: it.node, why, names: new Set([it.binding?.name ?? ""]) });
  }
  return found;
}

/** Escapes are read before anything else (The Java Language Specification, section 3.3): they may end a text or a comment, or be a part of a name. */
function escaped(root: Scope, text: string): readonly Opaque[] {
  const isHarmful = [...text.matchAll(/\\u+([\da-fA-F]{4})/g)].some(({ index, 1: code = "" }) => {
    const { type } = smallestAround(root.node, index, index + 1);
    const isQuoted = /string|escape|character/.test(type) && !/^00(22|27|5c|0a|0d)$/i.test(code);
    return !isQuoted && !(/comment/.test(type) && !/^00(2a|2f|0a|0d)$/i.test(code));
  });
  const all = (scope: Scope): readonly Scope[] => [scope, ...scope.children.flatMap(all)];
  const why = "an escape stands for a sign of the language";
  return isHarmful ? all(root).map(({ node }) => ({ node, why })) : [];
}

function doubt(use: Reference, binding: Binding, bindings: Bindings, text: string): string | undefined {
  // Who is imported is renamed nowhere.
  if (use.space === "label" || binding.kind === "import") return undefined;
  for (let scope: Scope | undefined = use.scope; scope && scope !== binding.scope; scope = scope.parent)
    if (scope.kind === "class" && mayInherit(scope, use, bindings, text))
      return `"${binding.name}" may be inherited from a class that was not looked at`;
  const isLocal = binding.scope.kind !== "class" && binding.scope.kind !== "module";
  if (!isLocal || use.space !== "value") return undefined;
  const [first] = binding.declarations;
  if (first && use.node.from < first.from) return `"${binding.name}" is used before it is declared`;
  const isOutOfReach = binding.declarations.some((it) => isBesideResource(it, use.node));
  const isPattern = binding.declarations.some((it) => PATTERN.test(it.parent?.type ?? ""));
  if (isOutOfReach || (isPattern && !isMatched(binding, use.node, bindings)))
    return `"${binding.name}" may be something else where it is not known`;
  return undefined;
}

const PATTERN = /^(instanceof_expression|type_pattern|record_pattern_component)$/;

/** Resources are known in their statement's body only (section 14.20.3). */
function isBesideResource(declaration: SyntaxNode, use: SyntaxNode): boolean {
  const list = nearest(declaration, (it) => it.type === "resource_specification");
  const clause = list && nearest(use, (it) => /^(catch|finally)_clause$/.test(it.type));
  return clause !== undefined && clause.parent === list?.parent;
}

/** Whether a use certainly stands where the pattern has matched, or nothing else there can have the name. */
function isMatched({ declarations, scope, name }: Binding, use: SyntaxNode, bindings: Bindings): boolean {
  const outer = scope.parent && bindings.resolve(name, "value", scope.node.from - 1);
  const isWithin = declarations.some((it) => guards(it, use));
  return isWithin || (!outer && declarations.some(isNegated));
}

/** Whether the use stands in what the pattern's condition guards: not in what is done otherwise. */
function guards(declaration: SyntaxNode, use: SyntaxNode): boolean {
  const owner = nearest(declaration, (it) => GUARDING.test(it.type));
  return (
    owner !== undefined &&
    contains(owner, use) &&
    !allInField(owner, "alternative").some((it) => contains(it, use))
  );
}

const GUARDING =
  /^(if_statement|while_statement|ternary_expression|switch_rule|switch_block_statement_group|.*_declaration|return_statement|expression_statement)$/;

/** `if (!(a instanceof T b)) return;`: known behind it. */
function isNegated(declaration: SyntaxNode): boolean {
  return (
    nearest(
      declaration,
      (it) => it.type === "unary_expression" && it.children.some((at) => at.type === "!"),
    ) !== undefined
  );
}

/** Whether a class may have the name from what it extends. */
function mayInherit(scope: Scope, { node, space }: Reference, bindings: Bindings, text: string): boolean {
  const name = text.slice(node.from, node.to);
  return inheritsFrom(scope, name, space, bindings, text, 8);
}

function inheritsFrom(
  scope: Scope,
  name: string,
  space: string,
  bindings: Bindings,
  text: string,
  far: number,
): boolean {
  return supertypes(scope).some((type) => {
    const last = [...walk(type, (it) => it.type === "type_arguments")].findLast(
      (it) => it.type === "type_identifier",
    );
    const written = last ? text.slice(last.from, last.to) : "";
    const own = last && type.type !== "scoped_type_identifier" ? bindings.at(last) : undefined;
    if (!own || own.kind === "import") return !WITHOUT_FIELDS.has(written) || space === "method";
    const members = far > 0 ? bodyScope(own, bindings) : undefined;
    if (!members) return true;
    return (
      members.bindings.has(`${space} ${name}`) || inheritsFrom(members, name, space, bindings, text, far - 1)
    );
  });
}

/** The types that the class of a scope extends or implements, as they are written there. */
export function supertypes({ node }: Scope): readonly SyntaxNode[] {
  const owner = node.parent;
  if (owner?.type === "object_creation_expression") return [inField(owner, "type") ?? owner];
  if (owner?.type === "enum_constant") return [];
  const clauses = owner?.children.filter((it) =>
    /^(superclass|super_interfaces|extends_interfaces)$/.test(it.type),
  );
  return (clauses ?? [])
    .flatMap((it) => parts(it))
    .flatMap((it) => (it.type === "type_list" ? parts(it) : [it]));
}
