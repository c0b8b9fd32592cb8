import type { Bindings } from "../bindings.ts";
import { inField, isComment, type SyntaxNode } from "../tree.ts";
import { type OpenScope, type ScopeBuilder, scopeBuilder } from "./builder.ts";
import { hiddenIn } from "./java-hidden.ts";
import { patternHandlers } from "./java-patterns.ts";
import { type Handler, type Visit, visitWith } from "./visit.ts";

/** A visit that knows where members are looked up. */
interface JavaVisit extends Visit {
  /** Names a member of the class of a scope, and of none around it. */
  readonly member: (node: SyntaxNode, scope: OpenScope, used: Parameters<ScopeBuilder["refer"]>[2]) => void;
}

/**
 * Who is who in a file of Java (The Java Language Specification, chapter 6, "Names"). Members are names of their class;
 * those of `this` are looked up in it, those of any other object are no names of their own. What a class may inherit from
 * one that stands elsewhere is opaque.
 */
export function bindJava(root: SyntaxNode, text: string): Bindings {
  const members = new WeakSet<object>();
  const builder = scopeBuilder(root, text, (scope, from) => !members.has(from) || scope === from.parent);
  const member: JavaVisit["member"] = (node, scope, used) => {
    const home = classScope(scope);
    if (!home) return;
    const own = builder.open("type", node, home);
    members.add(own);
    builder.refer(node, own, used);
  };
  visitWith<JavaVisit>(builder, HANDLERS, (it) => ({ ...it, member })).within(root, builder.root);
  const built = builder.built();
  return { ...built, opaque: [...built.opaque, ...hiddenIn(built, text)] };
}

type JavaHandler = Handler<JavaVisit>;

function classScope(scope: OpenScope): OpenScope | undefined {
  let at: OpenScope | undefined = scope;
  while (at && at.kind !== "class") at = at.parent;
  return at;
}

const nothing: JavaHandler = () => undefined;
/** A name where a value may stand may be that of a type, `Math.max` (section 6.5.2). */
const identifier: JavaHandler = (node, scope, { builder }) => builder.refer(node, scope, { isEither: true });
const typeName: JavaHandler = (node, scope, { builder }) => {
  if (builder.nameOf(node) !== "var") builder.refer(node, scope, { space: "type" });
};
const block: JavaHandler = (node, scope, visit) =>
  visit.within(node, visit.builder.open("block", node, scope));

/** Only the first part of `a.b.C` is looked up. */
const dotted: JavaHandler = (node, scope, visit) => {
  const [first] = node.children.filter((it) => it.isNamed && !/annotation/.test(it.type));
  if (first?.type === "identifier") visit.builder.refer(first, scope, { isEither: true });
  else visit.visit(first, scope);
};

const importing: JavaHandler = (node, scope, { builder }) => {
  const path = node.children.find((it) => it.type === "scoped_identifier");
  const name = path && inField(path, "name");
  if (!name || node.children.some((it) => it.type === "asterisk")) return;
  const isStatic = node.children.some((it) => it.type === "static");
  const spaces = isStatic ? (["value", "type", "method"] as const) : (["type"] as const);
  builder.declare(name, scope, { kind: "import", spaces, shape: "import-specifier" });
};

const typeLike: JavaHandler = (node, scope, visit) => {
  const { builder } = visit;
  const [name, body, header] = [inField(node, "name"), inField(node, "body"), inField(node, "parameters")];
  if (name) builder.declare(name, scope, { kind: "class", spaces: ["type"] });
  const around = builder.open("type", node, scope);
  declareTypes(node, around, visit);
  const home = body && builder.open("class", body, around);
  for (const it of header && home ? header.children : []) {
    const component = inField(it, "name");
    if (component && home) builder.declare(component, home, { kind: "constant" });
    visit.within(it, around, [component]);
  }
  visit.within(node, around, [name, body, header]);
  if (body && home) visit.within(body, home);
};

function declareTypes(node: SyntaxNode, scope: OpenScope, { builder }: Visit): void {
  for (const it of inField(node, "type_parameters")?.children ?? []) {
    const name = it.children.find((at) => at.type === "type_identifier");
    if (name) builder.declare(name, scope, { kind: "type", spaces: ["type"] });
  }
}

const typeParameter: JavaHandler = (node, scope, visit) => {
  visit.within(node, scope, [node.children.find((it) => it.type === "type_identifier")]);
};

const methodLike: JavaHandler = (node, scope, visit) => {
  const { builder } = visit;
  const [name, body] = [inField(node, "name"), inField(node, "body")];
  if (name && /constructor/.test(node.type)) builder.refer(name, scope, { space: "type" });
  else if (name) builder.declare(name, scope, { kind: "function", spaces: ["method"] });
  const inner = builder.open("function", node, scope);
  declareTypes(node, inner, visit);
  visit.within(node, inner, [name, body]);
  // Parameters share the body's names (section 6.4).
  if (body) visit.within(body, inner);
};

const lambda: JavaHandler = (node, scope, visit) => {
  const inner = visit.builder.open("function", node, scope);
  const [list, body] = [inField(node, "parameters"), inField(node, "body")];
  if (list?.type === "formal_parameters") visit.visit(list, inner);
  else
    for (const it of list?.type === "identifier" ? [list] : (list?.children ?? []))
      if (it.type === "identifier") visit.builder.declare(it, inner, { kind: "parameter" });
  if (body?.type === "block") visit.within(body, inner);
  else visit.visit(body, inner);
};

const parameter: JavaHandler = (node, scope, visit) => {
  const name =
    inField(node, "name") ??
    inField(
      node.children.find((it) => it.field === undefined && it.type === "variable_declarator") ?? node,
      "name",
    );
  if (name) visit.builder.declare(name, scope, { kind: "parameter" });
  for (const it of node.children)
    if (it !== name && it.type !== "variable_declarator") visit.visit(it, scope);
};

const variables: JavaHandler = (node, scope, visit) => {
  const isFixed = isFinal(node) || node.type === "constant_declaration";
  for (const it of node.children) {
    const name = it.type === "variable_declarator" ? inField(it, "name") : undefined;
    if (!name) visit.visit(it, scope);
    else visit.builder.declare(name, scope, { kind: isFixed ? "constant" : "variable" });
    if (name) visit.within(it, scope, [name]);
  }
};

function isFinal(node: SyntaxNode): boolean {
  return node.children.some((it) => it.type === "modifiers" && it.children.some((at) => at.type === "final"));
}

/** The variable of `for (T a : b)`, of a resource, of `catch`: in a block of its own. */
const eachLoop: JavaHandler = (node, scope, visit) => {
  const [name, value, body] = [inField(node, "name"), inField(node, "value"), inField(node, "body")];
  visit.visit(value, scope);
  const inner = visit.builder.open("block", node, scope);
  if (name) visit.builder.declare(name, inner, { kind: "variable" });
  visit.within(node, inner, [name, value, body]);
  visit.visit(body, inner);
};

const named: JavaHandler = (node, scope, visit) => {
  const name = inField(node, "name");
  if (name) visit.builder.declare(name, scope, { kind: "variable" });
  visit.within(node, scope, [name]);
};

const labelled: JavaHandler = (node, scope, visit) => {
  const inner = visit.builder.open("block", node, scope);
  const [label] = node.children;
  if (label) visit.builder.declare(label, inner, { kind: "label", spaces: ["label"] });
  visit.within(node, inner, [label]);
};

const jump: JavaHandler = (node, scope, { builder }) => {
  const label = node.children.find((it) => it.type === "identifier");
  if (label) builder.refer(label, scope, { space: "label" });
};

const assignment: JavaHandler = (node, scope, visit) => {
  const left = inField(node, "left");
  const isPlain = inField(node, "operator")?.type === "=";
  if (left) written(left, scope, isPlain ? "write" : "update", visit);
  visit.within(node, scope, [left]);
};

const update: JavaHandler = (node, scope, visit) => {
  for (const it of node.children) if (it.isNamed && !isComment(it)) written(it, scope, "update", visit);
};

function written(node: SyntaxNode, scope: OpenScope, access: "write" | "update", visit: JavaVisit): void {
  const field = node.type === "field_access" ? inField(node, "field") : undefined;
  if (node.type === "parenthesized_expression")
    for (const it of node.children) written(it, scope, access, visit);
  else if (node.type === "identifier") visit.builder.refer(node, scope, { access });
  else if (field && inField(node, "object")?.type === "this") visit.member(field, scope, { access });
  else visit.visit(node, scope);
}

const access: JavaHandler = (node, scope, visit) => {
  const [object, field] = [inField(node, "object"), inField(node, "field")];
  if (field && object?.type === "this") visit.member(field, scope, {});
  else visit.visit(object, scope);
};

const call: JavaHandler = (node, scope, visit) => {
  const [object, name] = [inField(node, "object"), inField(node, "name")];
  const isOther = object !== undefined || node.children.some((it) => it.type === "super");
  if (name && object?.type === "this") visit.member(name, scope, { space: "method" });
  else if (name && !isOther) visit.builder.refer(name, scope, { space: "method" });
  visit.within(node, scope, [name]);
};

const methodReference: JavaHandler = (node, scope, visit) => {
  const [first] = node.children;
  const name = node.children.findLast((it) => it.type === "identifier");
  if (name && name !== first && first?.type === "this") visit.member(name, scope, { space: "method" });
  visit.within(node, scope, [name === first ? undefined : name]);
};

/** The body of an anonymous class, and of a constant of an enum. */
const making: JavaHandler = (node, scope, visit) => {
  const body = inField(node, "body") ?? node.children.find((it) => it.type === "class_body");
  const name = node.type === "enum_constant" ? inField(node, "name") : undefined;
  if (name) visit.builder.declare(name, scope, { kind: "constant" });
  visit.within(node, scope, [name, body]);
  if (body) visit.within(body, visit.builder.open("class", body, scope));
};

const initializer: JavaHandler = (node, scope, visit) => {
  const kind = scope.kind === "class" ? "function" : "block";
  visit.within(node, visit.builder.open(kind, node, scope));
};

const annotation: JavaHandler = (node, scope, visit) => {
  const name = inField(node, "name");
  if (name?.type === "identifier") visit.builder.refer(name, scope, { space: "type" });
  visit.within(node, scope, name?.type === "identifier" ? [name] : []);
};

const keyed: JavaHandler = (node, scope, visit) => visit.within(node, scope, [inField(node, "key")]);

const HANDLERS: ReadonlyMap<string, JavaHandler> = new Map<string, JavaHandler>([
  ["identifier", identifier],
  ["type_identifier", typeName],
  ["scoped_identifier", dotted],
  ["scoped_type_identifier", dotted],
  ["package_declaration", nothing],
  ["import_declaration", importing],
  ["class_declaration", typeLike],
  ["interface_declaration", typeLike],
  ["enum_declaration", typeLike],
  ["record_declaration", typeLike],
  ["annotation_type_declaration", typeLike],
  ["type_parameter", typeParameter],
  ["method_declaration", methodLike],
  ["constructor_declaration", methodLike],
  ["compact_constructor_declaration", methodLike],
  ["annotation_type_element_declaration", methodLike],
  ["lambda_expression", lambda],
  ["formal_parameter", parameter],
  ["spread_parameter", parameter],
  ["field_declaration", variables],
  ["constant_declaration", variables],
  ["local_variable_declaration", variables],
  ["enhanced_for_statement", eachLoop],
  ["for_statement", block],
  ["try_with_resources_statement", block],
  ["resource", named],
  ["catch_clause", block],
  ["catch_formal_parameter", named],
  ["switch_block", block],
  ["labeled_statement", labelled],
  ["break_statement", jump],
  ["continue_statement", jump],
  ["assignment_expression", assignment],
  ["update_expression", update],
  ["field_access", access],
  ["method_invocation", call],
  ["method_reference", methodReference],
  ["object_creation_expression", making],
  ["enum_constant", making],
  ["block", initializer],
  ["static_initializer", block],
  ["annotation", annotation],
  ["marker_annotation", annotation],
  ["element_value_pair", keyed],
  ...patternHandlers,
]);
