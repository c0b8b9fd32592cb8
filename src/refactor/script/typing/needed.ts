import type { Binding, Reference } from "../../../syntax/bindings.ts";
import { ancestors, contains, inField, nearest, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { sees } from "../../extraction/part.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { namesIn } from "../../selection.ts";

/** Type parameters that types use, in the order in which they are declared. */
export interface Needed {
  readonly names: readonly string[];
  /** With their constraints; a default would have to be the last. */
  readonly declared: readonly string[];
  readonly bindings: readonly Binding[];
}

/** The type parameters that types need where only what `row` sees is known; or what they need besides. */
export function neededBy(types: readonly SyntaxNode[], row: SyntaxNode, source: Source): Needed | Refusal {
  const found = new Set<Binding>();
  const open = [...types];
  for (let node = open.shift(); node; node = open.shift()) {
    const foreign = namesIn(node, source).filter(
      (it) => !types.some((type) => isDeclaredIn(type, it.binding)),
    );
    const trouble = foreign.map((it) => unknownIn(it, row, source)).find((it) => it !== undefined);
    if (trouble) return trouble;
    for (const { binding } of foreign) {
      if (!binding || found.has(binding) || sees(row, binding.scope)) continue;
      found.add(binding);
      open.push(...(constraintOf(binding) ?? []));
    }
  }
  const bindings = source.bindings().all.filter((it) => found.has(it));
  const twice = bindings.find((it) => bindings.some((other) => other !== it && other.name === it.name));
  if (twice) return refused("type.parameters", `There are two types "${twice.name}".`, twice.declarations[0]);
  return {
    bindings,
    names: bindings.map((it) => it.name),
    declared: bindings.map((it) => declared(it, source)),
  };
}

/** Why a name cannot be used in the row; `undefined`: it can, or is a type parameter, which goes along. */
function unknownIn(
  { node, binding, space }: Reference,
  row: SyntaxNode,
  source: Source,
): Refusal | undefined {
  if (space === "value" && binding && mayBeNarrower(node, binding))
    return refused(
      "type.value",
      `What the type of "${binding.name}" is may depend on where that is asked.`,
      node,
    );
  // The grammar has no `import("…")` as a type.
  if (!binding && textOf(node, source) === "import")
    return refused("type.import", "A type that imports a module is not understood.", node);
  if (!binding || sees(row, binding.scope)) return undefined;
  const holder = binding.declarations[0]?.parent;
  if (holder?.type === "infer_type")
    return refused("type.infer", `"${binding.name}" is found out by the type around it.`, node);
  const isParameter = space === "type" && /^(type_parameter|mapped_type_clause)$/.test(holder?.type ?? "");
  return isParameter ? undefined : refused("type.local", `"${binding.name}" is known there only.`, node);
}

/** `typeof a` is as narrow as the checks before it have made `a`, unless it is of no choice of types. */
function mayBeNarrower(node: SyntaxNode, { kind, declarations: [name] }: Binding): boolean {
  const query = nearest(node, (it) => it.type === "type_query");
  if (!query || /^(function|class|enum|module)$/.test(kind)) return false;
  const holder = name?.parent;
  const value = holder?.type === "variable_declarator" ? inField(holder, "value") : undefined;
  const isPlain =
    value !== undefined &&
    /^(object|array|arrow_function|function_expression|class)$/.test(inside(value).type);
  return (
    kind !== "constant" ||
    !isPlain ||
    (holder !== undefined && inField(holder, "type") !== undefined) ||
    parts(query)[0] !== node
  );
}

/** What `as const` stands behind. */
function inside(value: SyntaxNode): SyntaxNode {
  const isConst = value.type === "as_expression" && value.children.at(-1)?.type === "const";
  return (isConst && value.children[0]) || value;
}

function isDeclaredIn(node: SyntaxNode, binding: Binding | undefined): boolean {
  return binding?.declarations.some((it) => contains(node, it)) ?? false;
}

/** What a type parameter is bound to: `[K in T]` binds K to the keys T. */
function constraintOf({ declarations: [name] }: Binding): readonly SyntaxNode[] | undefined {
  const holder = name?.parent;
  if (holder?.type === "mapped_type_clause") return holder.children.filter((it) => it.field === "type");
  const constraint = holder && inField(holder, "constraint");
  return constraint && parts(constraint);
}

function declared(binding: Binding, source: Source): string {
  const [constraint] = constraintOf(binding) ?? [];
  return constraint ? `${binding.name} extends ${textOf(constraint, source)}` : binding.name;
}

/** Whether what a type is said of the parameters holds only where it stands; `undefined`: it holds wherever they are known. */
export function boundToPlace(node: SyntaxNode, { bindings }: Needed, source: Source): Refusal | undefined {
  const uses = (it: SyntaxNode | undefined) =>
    it !== undefined && namesIn(it, source).some(({ binding }) => binding && bindings.includes(binding));
  const around = [node, ...ancestors(node)];
  const narrowing = around.find(
    (it) =>
      it.parent?.type === "conditional_type" &&
      it.field === "consequence" &&
      uses(inField(it.parent, "left")),
  );
  if (narrowing)
    return refused(
      "type.narrowed",
      "What it is made of is known more closely there, by the condition around it.",
      node,
    );
  const own = around.find(
    (it) => /^(type_parameter|mapped_type_clause)$/.test(it.type) && isOneOf(inField(it, "name"), bindings),
  );
  return own && refused("type.circular", "A type parameter would be bound to what is made of itself.", node);
}

function isOneOf(name: SyntaxNode | undefined, bindings: readonly Binding[]): boolean {
  return bindings.some((it) => it.declarations.some((at) => at === name));
}

/** A `this` of a type in the node, or of a predicate. */
export function thisIn(node: SyntaxNode): SyntaxNode | undefined {
  return [...walk(node)].find((it) => it.type === "this_type" || it.type === "this");
}
