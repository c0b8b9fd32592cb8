import { allInField, inField, parts, type SyntaxNode } from "../tree.ts";
import type { OpenScope, ScopeBuilder } from "./builder.ts";

/** Types that a file declares at its top, by name; `undefined`: one that stands there twice. */
type TopTypes = ReadonlyMap<string, SyntaxNode>;

const known = new WeakMap<SyntaxNode, TopTypes>();

/**
 * Whether the key of an element of a composite literal is a field's name; `undefined`: its type is not to be seen (The
 * Go Programming Language Specification, "Composite literals").
 */
export function keyIsField(
  element: SyntaxNode,
  scope: OpenScope,
  builder: ScopeBuilder,
): boolean | undefined {
  const type = element.parent && typeOf(element.parent);
  return type && hasFields(type, element, scope, builder, FAR);
}

/** How far a type's name is followed. */
const FAR = 8;

/** The type that a literal in braces is of, where it is written. */
function typeOf(literal: SyntaxNode): SyntaxNode | undefined {
  const { parent } = literal;
  if (parent?.type === "composite_literal") return inField(parent, "type");
  const element = parent?.type === "literal_element" ? parent : literal;
  const holder = element.parent?.type === "keyed_element" ? element.parent : element;
  const outer = holder.parent?.type === "literal_value" ? typeOf(holder.parent) : undefined;
  const isKey = holder.type === "keyed_element" && parts(holder)[0] === element;
  const made =
    outer && (isKey ? inField(outer, "key") : (inField(outer, "element") ?? inField(outer, "value")));
  return made?.type === "pointer_type" ? parts(made)[0] : made;
}

function hasFields(
  type: SyntaxNode,
  element: SyntaxNode,
  scope: OpenScope,
  builder: ScopeBuilder,
  far: number,
): boolean | undefined {
  if (type.type === "struct_type") return true;
  if (/^(map|slice|array|implicit_length_array)_type$/.test(type.type)) return false;
  // Fields of other packages begin with a capital letter.
  if (type.type === "qualified_type")
    return /^\p{Lu}/u.test(builder.nameOf(parts(element)[0] ?? element)) ? undefined : false;
  const name = type.type === "generic_type" ? inField(type, "type") : type;
  if (name?.type !== "type_identifier" || far === 0) return undefined;
  const text = builder.nameOf(name);
  for (let at: OpenScope | undefined = scope; at?.parent; at = at.parent)
    if (at.bindings.has(`value ${text}`)) return undefined;
  const declared = topTypes(builder).get(text);
  return declared && hasFields(declared, element, scope, builder, far - 1);
}

function topTypes({ root, nameOf }: ScopeBuilder): TopTypes {
  const there = known.get(root.node);
  if (there) return there;
  const found = new Map<string, SyntaxNode>();
  for (const it of root.node.children) {
    if (it.type !== "type_declaration") continue;
    for (const spec of parts(it)) {
      const type = inField(spec, "type");
      for (const name of allInField(spec, "name")) if (type) found.set(nameOf(name), type);
    }
  }
  known.set(root.node, found);
  return found;
}
