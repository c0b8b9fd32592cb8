import { allInField, inField, type SyntaxNode } from "../tree.ts";
import type { OpenScope } from "./builder.ts";
import type { CSharpHandler, CSharpVisit } from "./c-sharp.ts";

/** What stands in a body is visited in the scope of its parameters: they share their names (section 7.3, "Declarations"). */
export function visitBody(body: SyntaxNode | undefined, scope: OpenScope, visit: CSharpVisit): void {
  if (body?.type === "block") visit.within(body, scope);
  else visit.visit(body, scope);
}

/** Declares what is in `<…>`. */
function declareTypes(node: SyntaxNode, scope: OpenScope, { builder }: CSharpVisit): void {
  const lists = node.children.filter((it) => it.type === "type_parameter_list");
  for (const it of lists.flatMap((list) => list.children)) {
    const name = it.children.findLast((at) => at.type === "identifier");
    if (it.type === "type_parameter" && name)
      builder.declare(name, scope, { kind: "type", spaces: ["type"] });
  }
}

/** Declares what is in `(…)`; `kind`: what it is in a record. */
export function declareParameters(
  list: SyntaxNode | undefined,
  scope: OpenScope,
  visit: CSharpVisit,
  kind: "parameter" | "constant" = "parameter",
): void {
  for (const it of list?.children ?? []) {
    // `params T[] a` is no node of its own.
    const name = it.type === "identifier" && it.field !== "type" ? it : inField(it, "name");
    if (name) visit.builder.declare(name, scope, { kind });
    if (name !== it) visit.within(it, scope, [name]);
  }
}

const typeLike: CSharpHandler = (node, scope, visit) => {
  const { builder } = visit;
  const [name, body, bases] = [inField(node, "name"), inField(node, "body"), inField(node, "bases")];
  const header = inField(node, "parameters");
  if (name) builder.declare(name, scope, { kind: "class", spaces: ["type"] });
  const around = builder.open("type", node, scope);
  declareTypes(node, around, visit);
  const isBody = body !== undefined && body.children.length > 0;
  const home = isBody ? builder.open("class", body, around) : around;
  declareParameters(header, home, visit, "constant");
  visit.within(node, around, [name, body, bases, header, ...lists(node)]);
  visit.visit(bases, home);
  if (isBody) visit.within(body, home);
};

function lists(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((it) => it.type === "type_parameter_list");
}

const delegate: CSharpHandler = (node, scope, visit) => {
  const { builder } = visit;
  const [name, header] = [inField(node, "name"), inField(node, "parameters")];
  if (name) builder.declare(name, scope, { kind: "class", spaces: ["type"] });
  const around = builder.open("function", node, scope);
  declareTypes(node, around, visit);
  declareParameters(header, around, visit);
  visit.within(node, around, [name, header, ...lists(node)]);
};

/** What has parameters and a body. What an interface is named before is no name by itself. */
const methodLike: CSharpHandler = (node, scope, visit) => {
  const { builder } = visit;
  const name = inField(node, "name");
  const isNamed = /^(method_declaration|local_function_statement)$/.test(node.type);
  const isExplicit = node.children.some((it) => it.type === "explicit_interface_specifier");
  if (name && isNamed && !isExplicit) visit.declareLocal(name, scope, { kind: "function" });
  const inner = builder.open("function", node, scope);
  declareTypes(node, inner, visit);
  const header = inField(node, "parameters");
  const bodies = allInField(node, "body");
  const own =
    node.type === "destructor_declaration" ? node.children.find((it) => it.type === "identifier") : name;
  declareParameters(header, inner, visit);
  visit.within(node, inner, [own, header, ...bodies, ...lists(node)]);
  for (const it of bodies) visitBody(it, inner, visit);
};

const property: CSharpHandler = (node, scope, visit) => {
  const { builder } = visit;
  const [name, value] = [inField(node, "name"), inField(node, "value")];
  const isExplicit = node.children.some((it) => it.type === "explicit_interface_specifier");
  if (name && !isExplicit) builder.declare(name, scope, { kind: "variable" });
  const inner = builder.open("function", node, scope);
  declareParameters(inField(node, "parameters"), inner, visit);
  visit.within(node, inner, [name, value, inField(node, "parameters")]);
  if (value) visit.visit(value, inner);
};

const accessor: CSharpHandler = (node, scope, visit) => {
  const inner = visit.builder.open("function", node, scope);
  const body = inField(node, "body");
  const name = node.children.filter((it) => it.type === "identifier");
  visit.within(node, inner, [body, ...name]);
  visitBody(body, inner, visit);
};

const enumMember: CSharpHandler = (node, scope, visit) => {
  const name = inField(node, "name");
  if (name) visit.builder.declare(name, scope, { kind: "constant" });
  visit.within(node, scope, [name]);
};

/** Fields and events: what they are given is no place for locals of the class. */
const fields: CSharpHandler = (node, scope, visit) => {
  const isFixed = node.children.some(
    (it) => it.type === "modifier" && it.children.some((at) => /^(const|readonly)$/.test(at.type)),
  );
  const list = node.children.find((it) => it.type === "variable_declaration");
  visit.within(node, scope, [list]);
  for (const it of list?.children ?? []) {
    const [name] = it.type === "variable_declarator" ? it.children : [];
    if (name?.type !== "identifier") {
      visit.visit(it, scope);
      continue;
    }
    visit.builder.declare(name, scope, { kind: isFixed ? "constant" : "variable" });
    visit.within(it, visit.builder.open("block", it, scope), [name]);
  }
};

const namespace: CSharpHandler = (node, scope, visit) => {
  const inner = visit.builder.open("module", node, scope);
  visit.within(node, inner, [inField(node, "name")]);
};

/** `using A = B.C;` gives a name, any other brings names that are not seen. */
const using: CSharpHandler = (node, scope, visit) => {
  const alias = node.children.find((it) => it.type === "name_equals");
  const name = alias?.children.find((it) => it.type === "identifier");
  if (name)
    visit.builder.declare(name, scope, { kind: "import", spaces: ["type"], shape: "import-specifier" });
};

const nothing: CSharpHandler = () => undefined;

/** `[A(1, B = 2)]`: what is evaluated there has no locals. */
const attribute: CSharpHandler = (node, scope, visit) =>
  visit.within(node, visit.builder.open("block", node, scope));

/** Types, members and what they are made of. */
export const declarationHandlers: readonly (readonly [string, CSharpHandler])[] = [
  ["class_declaration", typeLike],
  ["struct_declaration", typeLike],
  ["interface_declaration", typeLike],
  ["record_declaration", typeLike],
  ["record_struct_declaration", typeLike],
  ["enum_declaration", typeLike],
  ["enum_member_declaration", enumMember],
  ["delegate_declaration", delegate],
  ["method_declaration", methodLike],
  ["constructor_declaration", methodLike],
  ["destructor_declaration", methodLike],
  ["operator_declaration", methodLike],
  ["conversion_operator_declaration", methodLike],
  ["local_function_statement", methodLike],
  ["property_declaration", property],
  ["indexer_declaration", property],
  ["event_declaration", property],
  ["accessor_declaration", accessor],
  ["field_declaration", fields],
  ["event_field_declaration", fields],
  ["namespace_declaration", namespace],
  ["file_scoped_namespace_declaration", namespace],
  ["using_directive", using],
  ["extern_alias_directive", nothing],
  ["attribute", attribute],
];
