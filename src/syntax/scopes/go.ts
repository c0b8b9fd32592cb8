import type { Bindings } from "../bindings.ts";
import { allInField, inField, parts, type SyntaxNode } from "../tree.ts";
import { type Declared, type OpenScope, type ScopeBuilder, scopeBuilder } from "./builder.ts";
import { keyIsField } from "./go-literals.ts";
import { type Handler, type Visit, visitWith } from "./visit.ts";

/**
 * Who is who in a file of Go (The Go Programming Language Specification, "Declarations and scope"). All names but labels
 * share one space. What stands at the top is that of all files of the package, so it counts as exported; within functions
 * a name counts from behind its declaration on. Members are in no scope.
 */
export function bindGo(root: SyntaxNode, text: string): Bindings {
  const builder = scopeBuilder(root, text);
  const { visit } = visitWith(builder, HANDLERS, (it) => it);
  for (const it of root.children) if (it.type === "import_declaration") visit(it, builder.root);
  for (const it of root.children) if (it.type !== "import_declaration") visit(it, builder.root);
  return builder.built();
}

function declare(node: SyntaxNode | undefined, scope: OpenScope, builder: ScopeBuilder, as: Declared): void {
  if (!node || node.type === "blank_identifier" || builder.nameOf(node) === "_") return;
  const isExported = scope === builder.root && as.kind !== "import";
  builder.declare(node, scope, { ...as, isExported });
}

const identifier: Handler = (node, scope, { builder }) => {
  if (builder.nameOf(node) === "_") return;
  const isChanged = mayBeChangedAt(node) && !isPackage(node, scope, builder);
  builder.refer(node, scope, { access: isChanged ? "update" : "read", isInOrder: true });
};

/**
 * Whether the variable, or a part of it, may be changed through what is made of it here: its address, a slice of it, or a
 * method that is called on it or taken from it, which may have its address.
 */
export function mayBeChangedAt(name: SyntaxNode): boolean {
  for (let at = name; at.parent; at = at.parent) {
    const { parent, field } = at;
    switch (parent.type) {
      case "unary_expression":
        return parent.children[0]?.type === "&";
      case "selector_expression":
        if (parent.parent?.type === "call_expression" && parent.field === "function") return true;
        break;
      case "slice_expression":
        return field === "operand";
      case "index_expression":
        if (field !== "operand") return false;
        break;
      case "parenthesized_expression":
        break;
      default:
        return false;
    }
  }
  return false;
}

function isPackage(node: SyntaxNode, scope: OpenScope, { nameOf }: ScopeBuilder): boolean {
  const key = `value ${nameOf(node)}`;
  for (let at: OpenScope | undefined = scope; at; at = at.parent) {
    const found = at.bindings.get(key);
    if (found) return found.kind === "import";
  }
  return false;
}

/** A package has a name of its own, which most often is the last part of its path. */
const importing: Handler = (node, scope, { builder }) => {
  const [name, path] = [inField(node, "name"), inField(node, "path")];
  if (name?.type === "dot") builder.hide(node, "it imports names that are not seen");
  else if (name) declare(name, scope, builder, { kind: "import" });
  if (!name && path && builder.nameOf(path) === '"C"')
    builder.hide(builder.root.node, "C code may use the names of the file");
};

const typeSpec: Handler = (node, scope, visit) => {
  const name = inField(node, "name");
  declare(name, scope, visit.builder, { kind: "type" });
  const list = inField(node, "type_parameters");
  const inner = list ? visit.builder.open("type", node, scope) : scope;
  if (list) typeParameters(list, inner, visit);
  visit.within(node, inner, [name, list]);
};

/** They may name each other. */
const typeParameters: Handler = (list, inner, { builder, visit }) => {
  for (const it of parts(list))
    for (const name of allInField(it, "name")) declare(name, inner, builder, { kind: "type" });
  for (const it of parts(list)) for (const type of allInField(it, "type")) visit(type, inner);
};

const fn: Handler = (node, scope, visit) => {
  const { builder } = visit;
  if (node.type === "function_declaration") declareFunction(inField(node, "name"), scope, builder);
  const inner = builder.open("function", node, scope);
  const [types, own] = [inField(node, "type_parameters"), inField(node, "receiver")];
  if (types) typeParameters(types, inner, visit);
  if (own) receiver(own, inner, visit);
  for (const it of ["parameters", "result"]) signature(inField(node, it), inner, visit);
  const body = inField(node, "body");
  // Parameters and what the body declares are of one block.
  if (body) visit.within(body, inner);
};

/** `init` and `_` are no names that anybody uses. */
function declareFunction(name: SyntaxNode | undefined, scope: OpenScope, builder: ScopeBuilder): void {
  if (name && builder.nameOf(name) !== "init") declare(name, scope, builder, { kind: "function" });
}

/** `func (p *P[T]) m()` declares `T`. */
function receiver(list: SyntaxNode, inner: OpenScope, visit: Visit): void {
  for (const it of parts(list)) {
    const type = inField(it, "type");
    const whole = type?.type === "pointer_type" ? parts(type)[0] : type;
    const args = whole?.type === "generic_type" ? inField(whole, "type_arguments") : undefined;
    for (const at of args ? parts(args) : []) declare(at, inner, visit.builder, { kind: "type" });
    visit.visit(args && whole ? inField(whole, "type") : type, inner);
    for (const name of allInField(it, "name")) declare(name, inner, visit.builder, { kind: "parameter" });
  }
}

/** Types first: a parameter may have the name of a type. */
function signature(list: SyntaxNode | undefined, inner: OpenScope, visit: Visit): void {
  if (list?.type !== "parameter_list") return visit.visit(list, inner);
  for (const it of parts(list)) visit.within(it, inner, allInField(it, "name"));
  for (const it of parts(list))
    for (const name of allInField(it, "name")) declare(name, inner, visit.builder, { kind: "parameter" });
}

/** The type of a function, and a method of an interface: their parameters are there for people only. */
const functionType: Handler = (node, scope, visit) => {
  const inner = visit.builder.open("type", node, scope);
  for (const it of ["parameters", "result"]) signature(inField(node, it), inner, visit);
};

const block: Handler = (node, scope, { builder, within }) => within(node, builder.open("block", node, scope));

const spec: Handler = (node, scope, { builder, within }) => {
  const names = allInField(node, "name");
  const kind = node.type === "const_spec" ? "constant" : "variable";
  within(node, scope, names);
  for (const it of names) declare(it, scope, builder, { kind });
};

/** `:=` declares what its very block has not declared yet, and gives the others a value. */
const shortVariables: Handler = (node, scope, visit) => {
  const left = inField(node, "left");
  visit.within(node, scope, [left]);
  for (const it of left ? parts(left) : []) given(it, scope, visit, false);
};

function given(node: SyntaxNode, scope: OpenScope, { builder }: Visit, isLoop: boolean): void {
  if (builder.nameOf(node) === "_") return;
  if (scope.bindings.has(`value ${builder.nameOf(node)}`))
    builder.refer(node, scope, { access: "write", isInOrder: true });
  else declare(node, scope, builder, { kind: "variable", ...(isLoop && { isRewritten: true }) });
}

const assignment: Handler = (node, scope, visit) => {
  const left = inField(node, "left");
  const sign = inField(node, "operator");
  visit.within(node, scope, [left]);
  const access = sign === undefined || sign.type === "=" ? "write" : "update";
  for (const it of left ? parts(left) : []) written(it, scope, visit, access);
};

/** A name gets another value; where a part of it does, so does the whole. */
function written(node: SyntaxNode, scope: OpenScope, visit: Visit, access: "write" | "update"): void {
  const { builder } = visit;
  if (node.type === "identifier") {
    if (builder.nameOf(node) !== "_") builder.refer(node, scope, { access, isInOrder: true });
    return;
  }
  const isPart = /^(selector|index|parenthesized)_expression$/.test(node.type);
  const operand = isPart ? (inField(node, "operand") ?? parts(node)[0]) : undefined;
  if (!operand) return visit.visit(node, scope);
  written(operand, scope, visit, "update");
  visit.within(node, scope, [operand]);
}

const counted: Handler = (node, scope, visit) => {
  for (const it of parts(node)) written(it, scope, visit, "update");
};

const range: Handler = (node, scope, visit) => {
  const left = inField(node, "left");
  visit.within(node, scope, [left]);
  const isNew = node.children.some((it) => it.type === ":=");
  for (const it of left ? parts(left) : [])
    if (isNew) given(it, scope, visit, true);
    else written(it, scope, visit, "write");
};

const received: Handler = (node, scope, visit) => {
  if (node.children.some((it) => it.type === ":=")) shortVariables(node, scope, visit);
  else assignment(node, scope, visit);
};

const typeSwitch: Handler = (node, scope, visit) => {
  const { builder } = visit;
  const inner = builder.open("block", node, scope);
  const alias = inField(node, "alias");
  const head = ["initializer", "value"].map((it) => inField(node, it));
  for (const it of head) visit.visit(it, inner);
  // Each case has its own, of another type.
  for (const it of alias ? parts(alias) : [])
    declare(it, inner, builder, { kind: "variable", isRewritten: true });
  visit.within(node, inner, [alias, ...head]);
};

/** A key is a field's name, or a value: that depends on the type. */
const keyed: Handler = (node, scope, { builder, visit }) => {
  const [key, value] = parts(node);
  const [name] = key?.type === "literal_element" ? parts(key) : [key];
  const isField = name?.type === "identifier" ? keyIsField(node, scope, builder) : false;
  if (name && isField === undefined)
    builder.hide(name, "a key is a field or a value", [builder.nameOf(name)]);
  if (isField === false) visit(key, scope);
  visit(value, scope);
};

/** Labels are seen in the whole function, also before they stand there. */
const label: Handler = (node, scope, { builder, within }) => {
  const name = inField(node, "label");
  const home = functionScope(scope);
  if (name) builder.declare(name, home, { kind: "label", spaces: ["label"] });
  within(node, scope, [name]);
};

const jump: Handler = (node, scope, { builder }) =>
  builder.refer(node, functionScope(scope), { space: "label" });

function functionScope(scope: OpenScope): OpenScope {
  let at = scope;
  while (at.kind !== "function" && at.parent) at = at.parent;
  return at;
}

const nothing: Handler = () => undefined;

/** What C or an assembler is told of a name stands in a comment. */
const comment: Handler = (node, _, { builder }) => {
  const told = /^\/\/(?:go:linkname|export)[ \t]+(\w+)/.exec(builder.nameOf(node))?.[1];
  if (told !== undefined) builder.hide(node, "what is not Go uses it", [told]);
};

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["identifier", identifier],
  ["type_identifier", identifier],
  ["package_clause", nothing],
  ["import_spec", importing],
  [
    "qualified_type",
    (node, scope, visit) => visit.builder.refer(inField(node, "package") ?? node, scope, { isInOrder: true }),
  ],
  ["type_spec", typeSpec],
  ["type_alias", typeSpec],
  ["function_declaration", fn],
  ["method_declaration", fn],
  ["func_literal", fn],
  ["function_type", functionType],
  ["method_spec", functionType],
  ["method_elem", functionType],
  ["block", block],
  ["const_spec", spec],
  ["var_spec", spec],
  ["short_var_declaration", shortVariables],
  ["assignment_statement", assignment],
  ["inc_statement", counted],
  ["dec_statement", counted],
  ["range_clause", range],
  ["receive_statement", received],
  ["if_statement", block],
  ["for_statement", block],
  ["expression_switch_statement", block],
  ["select_statement", block],
  ["expression_case", block],
  ["type_case", block],
  ["default_case", block],
  ["communication_case", block],
  ["type_switch_statement", typeSwitch],
  ["keyed_element", keyed],
  ["labeled_statement", label],
  ["label_name", jump],
  ["comment", comment],
]);
