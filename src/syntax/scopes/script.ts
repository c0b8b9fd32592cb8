import type { Bindings } from "../bindings.ts";
import { allInField, inField, nearest, type SyntaxNode, walk } from "../tree.ts";
import { type OpenScope, scopeBuilder } from "./builder.ts";
import { assigned, declared } from "./script-patterns.ts";
import { typeHandlers } from "./script-types.ts";
import { functionScope, isExported } from "./script-visit.ts";
import { ESCAPED, spelledOtherwise } from "./spellings.ts";
import { type Handler, type Visit, visitWith } from "./visit.ts";

/**
 * Who is who in a file of JavaScript or TypeScript, as strict code and modules have it
 * (ECMA-262, "Scope Analysis"). Members of classes, objects and namespaces are no names of their own.
 */
export function bindScript(root: SyntaxNode, text: string): Bindings {
  const builder = scopeBuilder(root, text);
  visitWith(builder, HANDLERS, (it) => it).within(root, builder.root);
  const built = builder.built();
  return { ...built, opaque: [...built.opaque, ...spelledOtherwise(root, text, ESCAPED)] };
}

const identifier: Handler = (node, scope, { builder }) => builder.refer(node, scope);
const nothing: Handler = () => undefined;

const functionLike: Handler = (node, scope, visit) => {
  const name = inField(node, "name");
  const isDeclaration = /declaration|signature/.test(node.type);
  const isMember = /^(method|abstract_method)/.test(node.type);
  if (name && isMember) visit.visit(name, scope);
  if (isDeclaration && scope.kind === "block" && !isModule(node))
    visit.builder.hide(node, "a function in a block is one of the function around it, too", [
      name ? visit.builder.nameOf(name) : "",
    ]);
  if (name && !isMember && isDeclaration)
    visit.builder.declare(name, scope, { kind: "function", isExported: isExported(node) });
  const outer = name && !isMember && !isDeclaration ? visit.builder.open("block", node, scope) : scope;
  if (outer !== scope && name) visit.builder.declare(name, outer, { kind: "function" });
  const inner = visit.builder.open("function", node, outer);
  const body = inField(node, "body");
  const single = inField(node, "parameter");
  if (single) declared(single, inner, { kind: "parameter" }, visit);
  for (const it of node.children) {
    if (it === name || it === single || it === body) continue;
    visit.visit(it, inner);
  }
  if (body?.type === "statement_block") visit.within(body, bodyScope(node, body, inner, visit));
  else visit.visit(body, inner);
};

/** Where a parameter has a default, the body's names are not those of the parameters (ECMA-262, FunctionDeclarationInstantiation, step 28). */
function bodyScope(node: SyntaxNode, body: SyntaxNode, inner: OpenScope, { builder }: Visit): OpenScope {
  const list = inField(node, "parameters");
  const isSimple = ![...(list ? walk(list) : [])].some(
    (it) => /assignment_pattern$/.test(it.type) || it.field === "value",
  );
  if (isSimple) return inner;
  const taken = [...walk(body)].find(
    (it) =>
      it.type === "variable_declarator" &&
      it.parent?.type === "variable_declaration" &&
      inner.bindings.has(`value ${builder.nameOf(it.children[0] ?? it)}`),
  );
  if (taken)
    builder.hide(taken, "a variable begins as the parameter of that name", [
      builder.nameOf(taken.children[0] ?? taken),
    ]);
  return builder.open("function", body, inner);
}

/** Modules are strict (ECMA-262, section 11.2.2); a script is so only in parts. */
function isModule(node: SyntaxNode): boolean {
  const file = nearest(node, (it) => it.parent === undefined);
  return file?.children.some((it) => /^(import|export)_statement$/.test(it.type)) ?? false;
}

const parameter: Handler = (node, scope, visit) => {
  // `[name: string]`: the label of a tuple's member names nothing.
  if (node.parent?.type === "tuple_type") return visit.within(node, scope, [inField(node, "name")]);
  const pattern = inField(node, "pattern") ?? inField(node, "name");
  if (node.children.some((it) => /accessibility_modifier|override_modifier|^readonly$/.test(it.type)))
    visit.builder.hide(node, "a parameter of this constructor is a member, too", [
      pattern ? visit.builder.nameOf(pattern) : "",
    ]);
  if (pattern) declared(pattern, scope, { kind: "parameter" }, visit);
  visit.within(node, scope, [pattern]);
};

/** JavaScript has patterns right among the parameters, TypeScript nodes around them. */
const parameters: Handler = (node, scope, visit) => {
  for (const it of node.children) {
    if (/^(identifier|.*_pattern)$/.test(it.type)) declared(it, scope, { kind: "parameter" }, visit);
    else visit.visit(it, scope);
  }
};

const variables: Handler = (node, scope, visit) => {
  const isVar = node.type === "variable_declaration";
  const home = isVar ? functionScope(scope) : scope;
  const isConstant = node.children.some((it) => it.type === "const");
  for (const it of node.children) {
    if (it.type !== "variable_declarator") continue;
    const name = inField(it, "name");
    const as = { kind: isConstant ? "constant" : "variable", isExported: isExported(node) } as const;
    if (name) declared(name, home, as, visit);
    visit.within(it, scope, [name]);
  }
};

const classLike: Handler = (node, scope, visit) => {
  const name = inField(node, "name");
  const isDeclaration = node.type !== "class";
  const outer = isDeclaration ? scope : visit.builder.open("block", node, scope);
  const as = { kind: "class", spaces: ["value", "type"], isExported: isExported(node) } as const;
  if (name) visit.builder.declare(name, outer, as);
  const inner = visit.builder.open("class", node, outer);
  visit.within(node, inner, [name]);
};

const block: Handler = (node, scope, visit) => {
  visit.within(node, visit.builder.open("block", node, scope));
};

const eachLoop: Handler = (node, scope, visit) => {
  const inner = visit.builder.open("block", node, scope);
  const left = inField(node, "left");
  const kind = inField(node, "kind");
  if (left && kind) {
    const isVar = kind.type === "var";
    const home = isVar ? functionScope(scope) : inner;
    const as = { kind: kind.type === "const" ? "constant" : "variable", isRewritten: isVar } as const;
    declared(left, home, as, visit);
  } else if (left) assigned(left, inner, "write", visit);
  visit.within(node, inner, [left, kind]);
};

const caught: Handler = (node, scope, visit) => {
  const inner = visit.builder.open("block", node, scope);
  const name = inField(node, "parameter");
  if (name) declared(name, inner, { kind: "variable" }, visit);
  const body = inField(node, "body");
  visit.within(node, inner, [name, body]);
  if (body) visit.within(body, inner);
};

const labelled: Handler = (node, scope, visit) => {
  const inner = visit.builder.open("block", node, scope);
  const label = inField(node, "label");
  if (label) visit.builder.declare(label, inner, { kind: "label", spaces: ["label"] });
  visit.within(node, inner, [label]);
};

const jump: Handler = (node, scope, { builder }) => {
  const label = inField(node, "label");
  if (label) builder.refer(label, scope, { space: "label" });
};

const importing: Handler = (node, scope, { builder, within }) => {
  const as = { kind: "import", spaces: ["value", "type"] } as const;
  const [name, alias] = [inField(node, "name"), inField(node, "alias")];
  if (node.type === "import_specifier") {
    if (alias) builder.declare(alias, scope, as);
    else if (name?.type === "identifier") builder.declare(name, scope, { ...as, shape: "import-specifier" });
    return;
  }
  const own = node.children.find((it) => it.type === "identifier");
  if (own) builder.declare(own, scope, as);
  within(node, scope, [own]);
};

const exporting: Handler = (node, scope, visit) => {
  const isFromElsewhere = inField(node, "source") !== undefined;
  for (const it of node.children) {
    if (it.type === "namespace_export") continue;
    if (it.type !== "export_clause") visit.visit(it, scope);
    else if (!isFromElsewhere) for (const part of it.children) exported(part, scope, visit);
  }
};

const exported: Handler = (node, scope, { builder }) => {
  const [name, alias] = [inField(node, "name"), inField(node, "alias")];
  if (node.type !== "export_specifier" || name?.type !== "identifier") return;
  builder.refer(name, scope, { isEither: true, shape: alias ? "plain" : "export-specifier" });
};

const assignment: Handler = (node, scope, visit) => {
  const left = inField(node, "left");
  const access = node.type === "augmented_assignment_expression" ? "update" : "write";
  if (left) assigned(left, scope, access, visit);
  visit.within(node, scope, [left]);
};

const update: Handler = (node, scope, visit) => {
  const argument = inField(node, "argument");
  if (argument) assigned(argument, scope, "update", visit);
};

const call: Handler = (node, scope, visit) => {
  const callee = inField(node, "function");
  if (callee && visit.builder.nameOf(callee) === "eval")
    visit.builder.hide(node, "eval() runs code that is not seen");
  visit.within(node, scope);
};

const hidden: Handler = (node, scope, visit) => {
  visit.builder.hide(node, "with() makes names of members");
  visit.within(node, scope);
};

const shorthand: Handler = (node, scope, { builder }) =>
  builder.refer(node, scope, { shape: "shorthand-value" });

/** `<item>` is the name of an element, `<Item>` a name of ours. */
const element: Handler = (node, scope, { builder, within }) => {
  const names = allInField(node, "name");
  for (const it of names) {
    const first = firstName(it);
    const isOurs = first !== it || /^[^a-z]/.test(builder.nameOf(it));
    if (first?.type === "identifier" && isOurs) builder.refer(first, scope);
  }
  within(node, scope, names);
};

function firstName(node: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | undefined = node;
  while (at && at.children.length > 0) at = at.children[0];
  return at;
}

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["identifier", identifier],
  ["shorthand_property_identifier", shorthand],
  ["function_declaration", functionLike],
  ["generator_function_declaration", functionLike],
  ["function_signature", functionLike],
  ["function_expression", functionLike],
  ["generator_function", functionLike],
  ["arrow_function", functionLike],
  ["method_definition", functionLike],
  ["formal_parameters", parameters],
  ["required_parameter", parameter],
  ["optional_parameter", parameter],
  ["lexical_declaration", variables],
  ["variable_declaration", variables],
  ["class_declaration", classLike],
  ["abstract_class_declaration", classLike],
  ["class", classLike],
  ["statement_block", block],
  ["class_static_block", block],
  ["switch_body", block],
  ["for_statement", block],
  ["for_in_statement", eachLoop],
  ["catch_clause", caught],
  ["labeled_statement", labelled],
  ["break_statement", jump],
  ["continue_statement", jump],
  ["import_clause", importing],
  ["namespace_import", importing],
  ["import_specifier", importing],
  ["import_require_clause", importing],
  ["export_statement", exporting],
  ["assignment_expression", assignment],
  ["augmented_assignment_expression", assignment],
  ["update_expression", update],
  ["call_expression", call],
  ["with_statement", hidden],
  ["jsx_opening_element", element],
  ["jsx_closing_element", element],
  ["jsx_self_closing_element", element],
  ["meta_property", nothing],
  ["undefined", nothing],
  ...typeHandlers,
]);
