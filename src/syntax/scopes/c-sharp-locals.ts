import { inField, isComment, nearest, type SyntaxNode, walk } from "../tree.ts";
import type { OpenScope } from "./builder.ts";
import type { CSharpHandler, CSharpVisit } from "./c-sharp.ts";
import { declareParameters, visitBody } from "./c-sharp-declarations.ts";
import { queryHandlers } from "./c-sharp-queries.ts";

const block: CSharpHandler = (node, scope, visit) =>
  visit.within(node, visit.builder.open("block", node, scope));

/** A statement that stands in another one has its own space, with braces or without (section 7.3). */
const BRANCHED = /^(if|while|do|for|for_each|using|fixed|lock|else)_statement$/;

function embedded(it: SyntaxNode, scope: OpenScope, visit: CSharpVisit): void {
  if (it.type === "block" || !/_statement$/.test(it.type)) visit.visit(it, scope);
  else visit.visit(it, visit.builder.open("block", it, scope));
}

/** What a condition names is known behind its `if`, too (C# 7, "Scope of expression variables"). */
const branch: CSharpHandler = (node, scope, visit) => {
  for (const it of node.children) {
    if (BRANCHED.test(node.type) && it.field !== "condition") embedded(it, scope, visit);
    else visit.visit(it, scope);
  }
};

/** Loops, and what has a resource: their names are known within. */
const heading: CSharpHandler = (node, scope, visit) =>
  branch(node, visit.builder.open("block", node, scope), visit);

const eachLoop: CSharpHandler = (node, scope, visit) => {
  const inner = visit.builder.open("block", node, scope);
  const [type, left] = [inField(node, "type"), inField(node, "left")];
  visit.visit(inField(node, "right"), scope);
  visit.visit(type, scope);
  if (left && type) declareAll(left, inner, visit);
  else visit.visit(left, inner);
  const body = inField(node, "body");
  if (body) embedded(body, inner, visit);
};

/** What is locked, or chosen from, may give names: whether they are known behind it, compilers do not agree. */
const unsure: CSharpHandler = (node, scope, visit) => {
  const head = node.children.filter(
    (it) => it.isNamed && it.field !== "body" && !/_statement$|^block$/.test(it.type),
  );
  for (const it of head.flatMap((at) => [...walk(at)]))
    if (it.type === "identifier" && isDesignation(it))
      visit.builder.hide(it, "where it is known is not certain", [visit.builder.nameOf(it)]);
  branch(node, scope, visit);
};

function isDesignation({ parent, field }: SyntaxNode): boolean {
  const type = parent?.type ?? "";
  if (type === "declaration_expression") return field === "name";
  return (
    field !== "type" &&
    /^(declaration_pattern|var_pattern|recursive_pattern|parenthesized_variable_designation)$/.test(type)
  );
}

/** Names in `(a, b)`, and in what is named alone. */
function declareAll(node: SyntaxNode, scope: OpenScope, visit: CSharpVisit): void {
  if (node.type === "identifier") visit.declareLocal(node, scope, { kind: "variable" });
  else for (const it of node.children) if (it.isNamed && !isComment(it)) declareAll(it, scope, visit);
}

const variables: CSharpHandler = (node, scope, visit) => {
  const isFixed = node.parent?.children.some(
    (it) => it.type === "modifier" && it.children.some((at) => at.type === "const"),
  );
  for (const it of node.children) {
    const [name] = it.type === "variable_declarator" ? it.children : [];
    if (name?.type === "identifier")
      visit.declareLocal(name, scope, { kind: isFixed ? "constant" : "variable" });
    else if (name) declareAll(name, scope, visit);
    if (name) visit.within(it, scope, [name]);
    else visit.visit(it, scope);
  }
};

/** `a is T b`, `case T b`, `out T b`, `(T a, var b) = c`. */
const designating: CSharpHandler = (node, scope, visit) => {
  const type = inField(node, "type");
  visit.visit(type, scope);
  const rest = node.children.filter((it) => it !== type);
  for (const it of rest) {
    const isName = it.type === "identifier" && isDesignation(it);
    if (isName || it.type === "parenthesized_variable_designation") declareAll(it, scope, visit);
    else visit.visit(it, scope);
  }
};

/** `T { A: 1 } b`: what stands first is a type. */
const recursive: CSharpHandler = (node, scope, visit) => {
  const name = node.children.findLast((it) => it.isNamed);
  const [first] = node.children;
  for (const it of node.children) {
    const isName =
      it === name && it !== first && /^(identifier|parenthesized_variable_designation)$/.test(it.type);
    if (isName) declareAll(it, scope, visit);
    else if (it === first && it.type === "identifier") visit.builder.refer(it, scope, { space: "type" });
    else visit.visit(it, scope);
  }
};

/** The labels of a section give names to it only, its statements to all sections. */
const section: CSharpHandler = (node, scope, visit) => {
  const inner = visit.builder.open("block", node, scope);
  for (const it of node.children) if (/_switch_label$/.test(it.type)) visit.visit(it, inner);
  visit.share(inner, scope);
  for (const it of node.children) if (!/_switch_label$/.test(it.type)) visit.visit(it, inner);
};

const lambda: CSharpHandler = (node, scope, visit) => {
  const inner = visit.builder.open("function", node, scope);
  const list = node.children.find((it) => it.type === "parameter_list");
  const body = inField(node, "body") ?? node.children.findLast((it) => it.isNamed && !isComment(it));
  const single = list ? undefined : node.children.find((it) => it.type === "identifier" && it !== body);
  declareParameters(list, inner, visit);
  if (single) visit.builder.declare(single, inner, { kind: "parameter" });
  visit.within(node, inner, [list, single, body]);
  visitBody(body, inner, visit);
};

const caught: CSharpHandler = (node, scope, visit) => {
  const name = inField(node, "name");
  if (name) visit.builder.declare(name, scope, { kind: "variable" });
  visit.within(node, scope, [name]);
};

/** A label is known in its whole block (section 13.5); the block is that of its statement. */
const labelled: CSharpHandler = (node, scope, visit) => {
  const label = node.children.find((it) => it.type === "identifier");
  if (label) visit.declareLocal(label, scope, { kind: "label", spaces: ["label"] });
  visit.within(node, scope, [label]);
};

const jump: CSharpHandler = (node, scope, visit) => {
  const isCase = node.children.some((it) => it.type === "case");
  const label = isCase ? undefined : node.children.find((it) => it.type === "identifier");
  if (label) visit.builder.refer(label, scope, { space: "label" });
  visit.within(node, scope, [label]);
};

const assignment: CSharpHandler = (node, scope, visit) => {
  const [left, right] = [inField(node, "left"), inField(node, "right")];
  const sign = node.children.find((it) => it.type === "assignment_operator");
  const isPlain = sign !== undefined && visit.builder.nameOf(sign) === "=";
  if (left && isMade(node)) made(left, scope, visit);
  else if (left) written(left, scope, isPlain ? "write" : "update", visit);
  visit.visit(right, scope);
};

/** `new T { A = 1 }`: a member of what is made. */
function isMade({ parent }: SyntaxNode): boolean {
  if (parent?.type !== "initializer_expression") return false;
  const around = nearest(parent.parent, (it) => it.type !== "initializer_expression");
  return around !== undefined && /object_creation_expression$/.test(around.type);
}

function made(left: SyntaxNode, scope: OpenScope, visit: CSharpVisit): void {
  if (left.type !== "identifier") visit.visit(left, scope);
}

const update: CSharpHandler = (node, scope, visit) => {
  const [first, last] = [node.children[0], node.children.at(-1)];
  const isWritten = [first, last].some((it) => it && /^(\+\+|--)$/.test(it.type));
  if (first?.type === "&") taken(node, visit);
  for (const it of node.children)
    if (isWritten || first?.type === "&") written(it, scope, "update", visit);
    else visit.visit(it, scope);
};

/** Another name stands for it from then on, or its address is known. */
function taken(node: SyntaxNode, { builder }: CSharpVisit): void {
  for (const it of walk(node))
    if (it.type === "identifier")
      builder.hide(it, "it has another name, or its address is known", [builder.nameOf(it)]);
}

const alias: CSharpHandler = (node, scope, visit) => {
  taken(node.parent ?? node, visit);
  const declarator = nearest(node, (it) => it.type === "variable_declarator");
  if (declarator) taken(declarator, visit);
  for (const it of node.children) written(it, scope, "update", visit);
};

const argument: CSharpHandler = (node, scope, visit) => {
  const way = node.children.find((it) => /^(ref|out)$/.test(it.type));
  for (const it of node.children)
    if (way && it.isNamed) written(it, scope, way.type === "out" ? "write" : "update", visit);
    else visit.visit(it, scope);
};

function written(node: SyntaxNode, scope: OpenScope, access: "write" | "update", visit: CSharpVisit): void {
  const name = node.type === "member_access_expression" ? inField(node, "name") : undefined;
  if (/^(parenthesized_expression|tuple_expression|argument)$/.test(node.type))
    for (const it of node.children) written(it, scope, access, visit);
  else if (node.type === "identifier") visit.builder.refer(node, scope, { access });
  else if (name?.type === "identifier" && inField(node, "expression")?.type === "this_expression")
    visit.member(name, scope, { access });
  else visit.visit(node, scope);
}

/** `a with { B = 1 }` */
const member: CSharpHandler = (node, scope, visit) =>
  visit.within(node, scope, [node.children.find((it) => it.type === "identifier")]);

/** `new { a }` and `(a, b)` name a member after what stands there. */
const anonymous: CSharpHandler = (node, scope, visit) => {
  node.children.forEach((it, at) => {
    const isShort = it.type === "identifier" && node.children[at - 1]?.type !== "name_equals";
    if (isShort) visit.builder.refer(it, scope, { shape: "shorthand-pattern", isEither: true });
    else visit.visit(it, scope);
  });
};

const tuple: CSharpHandler = (node, scope, visit) => {
  for (const it of node.children) {
    const [only, ...more] = it.type === "argument" ? it.children : [];
    const isShort = only?.type === "identifier" && more.length === 0;
    if (isShort) visit.builder.refer(only, scope, { shape: "shorthand-value", isEither: true });
    else visit.visit(it, scope);
  }
};

/** What is within a statement and gives names. */
export const localHandlers: readonly (readonly [string, CSharpHandler])[] = [
  ["block", block],
  ["if_statement", branch],
  ["while_statement", heading],
  ["do_statement", heading],
  ["for_statement", heading],
  ["using_statement", heading],
  ["fixed_statement", heading],
  ["for_each_statement", eachLoop],
  ["lock_statement", unsure],
  ["switch_statement", unsure],
  ["switch_body", block],
  ["switch_section", section],
  ["switch_expression_arm", block],
  ["catch_clause", block],
  ["catch_declaration", caught],
  ["variable_declaration", variables],
  ["declaration_expression", designating],
  ["declaration_pattern", designating],
  ["var_pattern", designating],
  ["recursive_pattern", recursive],
  ["lambda_expression", lambda],
  ["anonymous_method_expression", lambda],
  ["labeled_statement", labelled],
  ["goto_statement", jump],
  ["assignment_expression", assignment],
  ["postfix_unary_expression", update],
  ["prefix_unary_expression", update],
  ["ref_expression", alias],
  ["make_ref_expression", alias],
  ["argument", argument],
  ["simple_assignment_expression", member],
  ["anonymous_object_creation_expression", anonymous],
  ["tuple_expression", tuple],
  ...queryHandlers,
];
