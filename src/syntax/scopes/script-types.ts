import { inField, type SyntaxNode, walk } from "../tree.ts";
import type { ScopeBuilder } from "./builder.ts";
import { isExported } from "./script-visit.ts";
import type { Handler } from "./visit.ts";

const typeName: Handler = (node, scope, { builder }) => builder.refer(node, scope, { space: "type" });
const nothing: Handler = () => undefined;

/** Has type parameters, or parameters, that nothing outside sees. */
const signature: Handler = (node, scope, visit) => {
  const inner = visit.builder.open("type", node, scope);
  const name = inField(node, "name");
  // A computed name is a value; any other names a member.
  if (name?.type === "computed_property_name") visit.visit(name, scope);
  visit.within(node, inner, [name]);
};

const typeDeclaration: Handler = (node, scope, visit) => {
  const name = inField(node, "name");
  if (name)
    visit.builder.declare(name, scope, { kind: "type", spaces: ["type"], isExported: isExported(node) });
  visit.within(node, visit.builder.open("type", node, scope), [name]);
};

const typeParameter: Handler = (node, scope, visit) => {
  const name = inField(node, "name");
  if (name) visit.builder.declare(name, scope, { kind: "type", spaces: ["type"] });
  visit.within(node, scope, [name]);
};

const enumeration: Handler = (node, scope, visit) => {
  const name = inField(node, "name");
  const as = { kind: "enum", spaces: ["value", "type"], isExported: isExported(node) } as const;
  if (name) visit.builder.declare(name, scope, as);
  visit.builder.hide(node, "members of an enumeration are names in it", membersOf(node, visit.builder));
  visit.within(node, scope, [name]);
};

function membersOf(enumeration: SyntaxNode, { nameOf }: ScopeBuilder): readonly string[] {
  const members = inField(enumeration, "body")?.children ?? [];
  return members
    .filter((it) => it.isNamed)
    .map((it) => nameOf(inField(it, "name") ?? it).replace(/^["'`]|["'`]$/g, ""));
}

const namespace: Handler = (node, scope, visit) => {
  const name = inField(node, "name");
  const as = { kind: "module", spaces: ["value", "type"], isExported: isExported(node) } as const;
  if (name?.type === "identifier") visit.builder.declare(name, scope, as);
  const body = inField(node, "body");
  const inner = visit.builder.open("function", node, scope);
  if (body) visit.within(body, inner);
  const aliases = walkSome(body, "export_specifier").flatMap((it) => inField(it, "alias") ?? []);
  const declared = [...inner.bindings.values()].map((it) => it.name);
  visit.builder.hide(node, "what a namespace exports is a name elsewhere, too", [
    ...declared,
    ...aliases.map(visit.builder.nameOf),
  ]);
};

function walkSome(node: SyntaxNode | undefined, type: string): readonly SyntaxNode[] {
  return node ? [...walk(node)].filter((it) => it.type === type) : [];
}

/** `infer T` declares T for the branches of its type. */
const inferred: Handler = (node, scope, { builder, within }) => {
  const name = node.children.find((it) => it.type === "type_identifier");
  if (name) builder.declare(name, scope, { kind: "type", spaces: ["type"] });
  within(node, scope, [name]);
};

const scoped: Handler = (node, scope, visit) => visit.within(node, visit.builder.open("type", node, scope));

/** Only its first part is a name; what is behind a dot is a member. */
const dotted: Handler = (node, scope, visit) => {
  const [first] = node.children;
  if (first?.type === "identifier") visit.builder.refer(first, scope, { isEither: true });
  else visit.visit(first, scope);
};

const withoutName: Handler = (node, scope, visit) => visit.within(node, scope, [inField(node, "name")]);

const alias: Handler = (node, scope, { builder, within }) => {
  const [, name] = node.children;
  if (name?.type === "identifier")
    builder.declare(name, scope, { kind: "import", spaces: ["value", "type"], isExported: isExported(node) });
  within(node, scope, [name]);
};

/** What only TypeScript has. */
export const typeHandlers: readonly (readonly [string, Handler])[] = [
  ["type_identifier", typeName],
  ["predefined_type", nothing],
  ["this_type", nothing],
  ["type_alias_declaration", typeDeclaration],
  ["interface_declaration", typeDeclaration],
  ["enum_declaration", enumeration],
  ["internal_module", namespace],
  ["module", namespace],
  ["type_parameter", typeParameter],
  ["infer_type", inferred],
  ["conditional_type", scoped],
  // `[K in keyof T]` declares K in the type around it.
  ["mapped_type_clause", typeParameter],
  ["function_type", signature],
  ["constructor_type", signature],
  ["call_signature", signature],
  ["construct_signature", signature],
  ["method_signature", signature],
  ["abstract_method_signature", signature],
  ["index_signature", withoutName],
  ["tuple_parameter", withoutName],
  ["optional_tuple_parameter", withoutName],
  ["nested_type_identifier", dotted],
  ["nested_identifier", dotted],
  ["import_alias", alias],
];
