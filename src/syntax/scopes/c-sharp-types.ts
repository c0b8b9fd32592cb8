import { inField, type SyntaxNode } from "../tree.ts";
import type { CSharpHandler } from "./c-sharp.ts";

/** Nodes whose names are those of types. */
const OF_TYPES =
  /^(base_list|type_argument_list|array_type|nullable_type|pointer_type|ref_type|type_of_expression|size_of_expression|type_constraint|type_parameter_constraint|type_parameter_constraints_clause|attribute|using_directive|explicit_interface_specifier|primary_constructor_base_type|function_pointer_parameter|tuple_element)$/;

/** Whether a name, or one with type arguments, stands where only a type can. */
export function isTypePlace(node: SyntaxNode): boolean {
  const { parent, field } = node;
  if (!parent) return false;
  if (parent.type === "generic_name" || parent.type === "qualified_name")
    return parent.children[0] === node && isTypePlace(parent);
  if (field === "type") return true;
  if (parent.type === "as_expression") return field === "right";
  if (/^(from|join)_clause$/.test(parent.type)) return parent.children[1] === node && isTyped(parent);
  return OF_TYPES.test(parent.type);
}

/** Whether a clause of a query says the type of its name. */
export function isTyped(clause: SyntaxNode): boolean {
  const [, , behind] = clause.children;
  return behind !== undefined && behind.type !== "in";
}

/** Only the first part of `a.b.C` is looked up. */
const dotted: CSharpHandler = (node, scope, visit) => {
  const [first, ...rest] = node.children;
  visit.visit(first, scope);
  for (const it of rest) if (it.type === "generic_name") visit.visit(inTypeArguments(it), scope);
};

function inTypeArguments(name: SyntaxNode): SyntaxNode | undefined {
  return name.children.find((it) => it.type === "type_argument_list");
}

/** `global::A`: looked up from outside of the file. */
const aliased: CSharpHandler = (node, scope, visit) => {
  const last = node.children.at(-1);
  if (last?.type === "generic_name") visit.visit(inTypeArguments(last), scope);
};

/** What is a member of something, and no name by itself. */
const access: CSharpHandler = (node, scope, visit) => {
  const [object, name] = [inField(node, "expression"), inField(node, "name")];
  const own = name?.type === "generic_name" ? name.children[0] : name;
  if (own && object?.type === "this_expression") visit.member(own, scope, {});
  else visit.visit(object, scope);
  if (name?.type === "generic_name") visit.visit(inTypeArguments(name), scope);
};

const binding: CSharpHandler = (node, scope, visit) => {
  const name = inField(node, "name");
  if (name?.type === "generic_name") visit.visit(inTypeArguments(name), scope);
};

const tupleElement: CSharpHandler = (node, scope, visit) =>
  visit.within(node, scope, [inField(node, "name")]);

/** `a:` before an argument, or a member in a pattern; `a =` of a member that is made, or an attribute's. */
const nothing: CSharpHandler = () => undefined;

/** Types, and what is a member of something. */
export const typeHandlers: readonly (readonly [string, CSharpHandler])[] = [
  ["qualified_name", dotted],
  ["alias_qualified_name", aliased],
  ["member_access_expression", access],
  ["member_binding_expression", binding],
  ["tuple_element", tupleElement],
  ["name_colon", nothing],
  ["name_equals", nothing],
  ["expression_colon", nothing],
  ["attribute_target_specifier", nothing],
];
