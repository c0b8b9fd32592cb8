import type { Binding } from "../bindings.ts";
import { inField, parts, type SyntaxNode } from "../tree.ts";
import type { OpenScope, ScopeBuilder } from "./builder.ts";
import type { RustHandler, RustVisit } from "./rust.ts";
import { declareItems } from "./rust-items.ts";
import { hideWords, macroNames } from "./rust-macros.ts";
import { pattern } from "./rust-patterns.ts";

const identifier: RustHandler = (node, scope, { builder }) => {
  const isChanged = isChangedAt(node) && isMutable(node, scope, builder);
  builder.refer(node, scope, { access: isChanged ? "update" : "read" });
};

const type: RustHandler = (node, scope, { builder }) => builder.refer(node, scope, { space: "type" });

/** Whether the variable, or a part of it, is borrowed to be changed here, or a method is called that may do so. */
function isChangedAt(name: SyntaxNode): boolean {
  for (let at = name; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === "reference_expression")
      return parent.children.some((it) => it.type === "mutable_specifier");
    if (parent.type === "field_expression") {
      if (parent.field === "function") return true;
    } else if (!(parent.type === "index_expression" && parts(parent)[0] === at)) return false;
  }
  return false;
}

function isMutable(node: SyntaxNode, scope: OpenScope, { nameOf }: ScopeBuilder): boolean {
  const key = `value ${nameOf(node)}`;
  for (let at: OpenScope | undefined = scope; at; at = at.parent) {
    const found = at.bindings.get(key)?.declarations[0];
    if (found) return found.parent?.children.some((it) => it.type === "mutable_specifier") ?? false;
  }
  return false;
}

/** Only the first part of a path is looked up by its name alone. */
const path: RustHandler = (node, scope, visit) => {
  const { builder } = visit;
  const [first, name] = [inField(node, "path"), inField(node, "name")];
  if (first?.type === "identifier") builder.refer(first, scope, { space: "type" });
  else visit.visit(first, scope);
  if (name && name !== first) hideWords(name, builder);
};

/** What an import may name of the file itself is not followed. */
const importing: RustHandler = (node, _, { builder }) => {
  const said = inField(node, "argument");
  const text = said ? builder.nameOf(said) : "";
  if (said && !/^(std|core|alloc)\b/.test(text)) hideWords(said, builder);
};

/** Attributes of the language itself, which use no names of a function. */
const KNOWN =
  /^#!?\[\s*(allow|warn|deny|expect|forbid|cfg|cfg_attr|inline|must_use|test|doc|deprecated|cold|track_caller|derive|ignore|should_panic|rustfmt|clippy|repr|non_exhaustive|feature|no_std|macro_use|macro_export|default)\b/;

const attribute: RustHandler = (node, _, { builder }) => {
  const row = node.parent?.children ?? [];
  const owner = row.slice(row.indexOf(node)).find((it) => it.type !== "attribute_item" && it.isNamed);
  hideWords(node, builder);
  if (owner && node.type === "attribute_item" && !KNOWN.test(builder.nameOf(node)))
    builder.hide(owner, "an attribute may make something else of it");
};

const fn: RustHandler = (node, scope, visit) => {
  const { builder } = visit;
  const inner = builder.open("function", node, scope);
  visit.locals.add(inner);
  visit.items.add(inner);
  const list = inField(node, "parameters");
  generics(node, inner, visit);
  for (const it of list ? parts(list) : []) parameter(it, inner, visit);
  visit.within(node, inner, [inField(node, "name"), inField(node, "type_parameters"), list]);
};

function parameter(node: SyntaxNode, inner: OpenScope, visit: RustVisit): void {
  const given = { kind: "parameter" } as const;
  if (node.type !== "parameter") {
    if (/^(self_parameter|attribute_item|variadic_parameter)$/.test(node.type)) visit.within(node, inner);
    else pattern(node, inner, inner, given, visit);
    return;
  }
  visit.visit(inField(node, "type"), inner);
  pattern(inField(node, "pattern"), inner, inner, given, visit);
}

/** Type parameters, constants and lifetimes in angle brackets. */
function generics(node: SyntaxNode, inner: OpenScope, visit: RustVisit): void {
  const { builder } = visit;
  const list = inField(node, "type_parameters");
  for (const it of list ? parts(list) : []) {
    const name = it.type === "type_identifier" ? it : (inField(it, "name") ?? inField(it, "left"));
    if (it.type === "lifetime") lifetimeOf(it, inner, builder);
    else if (name?.type === "lifetime") lifetimeOf(name, inner, builder);
    else if (it.type === "const_parameter" && name) builder.declare(name, inner, { kind: "constant" });
    else if (name?.type === "type_identifier")
      builder.declare(name, inner, { kind: "type", spaces: ["type"] });
    visit.within(it, inner, [name]);
  }
}

function lifetimeOf(node: SyntaxNode, scope: OpenScope, builder: ScopeBuilder): void {
  const [name] = parts(node);
  if (name) builder.declare(name, scope, { kind: "type", spaces: ["label"] });
}

const lifetime: RustHandler = (node, scope, { builder }) => {
  const [name] = parts(node);
  if (name && builder.nameOf(name) !== "static") builder.refer(name, scope, { space: "label" });
};

/** A type with parameters of its own, and what it is made of. */
const generic: RustHandler = (node, scope, visit) => {
  const inner = visit.builder.open("type", node, scope);
  visit.items.add(inner);
  generics(node, inner, visit);
  visit.within(node, inner, [inField(node, "name"), inField(node, "type_parameters")]);
};

const module: RustHandler = (node, scope, visit) => {
  const body = inField(node, "body");
  if (!body) return;
  const inner = visit.builder.open("module", node, scope);
  const isOpen = parts(body).some(
    (it) => it.type === "use_declaration" && /^use\s+super::\*;$/.test(visit.builder.nameOf(it)),
  );
  if (isOpen) visit.items.add(inner);
  else visit.modules.add(inner);
  declareItems(body, inner, visit.builder);
  visit.within(body, inner);
};

/** A node from one place on, as what a scope is about. */
function rest(node: SyntaxNode, from: number, to = node.to): SyntaxNode {
  return { ...node, from, to };
}

const block: RustHandler = (node, scope, visit) => {
  const { builder } = visit;
  let current = builder.open("block", node, scope);
  declareItems(node, current, builder);
  for (const it of node.children) {
    visit.visit(it, current);
    if (it.type !== "let_declaration") continue;
    const inner = builder.open("block", rest(node, it.to), current);
    visit.locals.add(inner);
    pattern(inField(it, "pattern"), inner, current, { kind: "variable" }, visit);
    current = inner;
  }
};

/** What it declares is seen behind it. */
const letting: RustHandler = (node, scope, visit) => visit.within(node, scope, [inField(node, "pattern")]);

/** Visits a condition; what it lets is seen in its rest and in all up to `end`: the scope there. */
function conditioned(node: SyntaxNode, end: number, scope: OpenScope, visit: RustVisit): OpenScope {
  const { builder } = visit;
  if (node.type === "let_chain")
    return node.children.reduce((current, it) => conditioned(it, end, current, visit), scope);
  if (node.type !== "let_condition") {
    visit.visit(node, scope);
    return scope;
  }
  visit.within(node, scope, [inField(node, "pattern")]);
  const inner = builder.open("block", rest(node, node.to, end), scope);
  visit.locals.add(inner);
  pattern(inField(node, "pattern"), inner, scope, { kind: "variable", isRewritten: true }, visit);
  return inner;
}

const branch: RustHandler = (node, scope, visit) => {
  const [head, first] = [inField(node, "condition"), inField(node, "consequence")];
  const inner = head && first ? conditioned(head, first.to, scope, visit) : scope;
  visit.visit(first, inner);
  visit.within(node, scope, [head, first]);
};

const loop: RustHandler = (node, scope, visit) => {
  const { builder } = visit;
  const label = node.children.find((it) => it.type === "loop_label");
  const own = builder.open("block", node, scope);
  const [name] = label ? parts(label) : [];
  if (name) declareLabel(name, own, builder);
  const [head, body, value] = ["condition", "body", "value"].map((it) => inField(node, it));
  visit.visit(value, own);
  let inner = head && body ? conditioned(head, body.to, own, visit) : own;
  const names = inField(node, "pattern");
  if (names && body) {
    inner = builder.open("block", rest(node, body.from, body.to), inner);
    visit.locals.add(inner);
    pattern(names, inner, own, { kind: "variable", isRewritten: true }, visit);
  }
  visit.visit(body, inner);
};

/** Whose lifetime, or which loop, is meant within is not followed where both have one name. */
function declareLabel(name: SyntaxNode, scope: OpenScope, builder: ScopeBuilder): void {
  const text = builder.nameOf(name);
  for (let at = scope.parent; at; at = at.parent)
    if (at.bindings.has(`label ${text}`)) builder.hide(name, "it is declared twice", [text]);
  builder.declare(name, scope, { kind: "label", spaces: ["label"] });
}

const arm: RustHandler = (node, scope, visit) => {
  const inner = visit.builder.open("block", node, scope);
  visit.locals.add(inner);
  const head = inField(node, "pattern");
  const guard = head && inField(head, "condition");
  const given: { readonly kind: Binding["kind"]; readonly isRewritten: boolean } = {
    kind: "variable",
    isRewritten: true,
  };
  for (const it of head?.children ?? []) if (it !== guard) pattern(it, inner, scope, given, visit);
  const last = guard ? conditioned(guard, node.to, inner, visit) : inner;
  visit.within(node, last, [head]);
};

const closure: RustHandler = (node, scope, visit) => {
  const inner = visit.builder.open("function", node, scope);
  visit.locals.add(inner);
  const list = inField(node, "parameters");
  for (const it of list ? parts(list) : []) parameter(it, inner, visit);
  visit.within(node, inner, [list]);
};

const assignment: RustHandler = (node, scope, visit) => {
  const left = inField(node, "left");
  const isUpdate = node.type === "compound_assignment_expr";
  if (left) written(left, scope, visit, isUpdate ? "update" : "write");
  visit.within(node, scope, [left]);
};

/** A name gets another value; where a part of it does, so does the whole. */
function written(node: SyntaxNode, scope: OpenScope, visit: RustVisit, access: "write" | "update"): void {
  if (node.type === "identifier") return visit.builder.refer(node, scope, { access });
  if (node.type === "tuple_expression") for (const it of parts(node)) written(it, scope, visit, access);
  const isPart = /^(field|index|parenthesized)_expression$/.test(node.type);
  const [operand] = isPart ? parts(node) : [];
  if (node.type === "tuple_expression") return;
  if (!operand) return visit.visit(node, scope);
  written(operand, scope, visit, "update");
  visit.within(node, scope, [operand]);
}

const shorthand: RustHandler = (node, scope, { builder }) => {
  const [name] = parts(node);
  if (name) builder.refer(name, scope, { shape: "shorthand-value" });
};

const structure: RustHandler = (node, scope, visit) => {
  const name = inField(node, "name");
  if (name?.type === "type_identifier") visit.builder.refer(name, scope, { space: "type" });
  else visit.visit(name, scope);
  visit.within(node, scope, [name]);
};

const skipName: RustHandler = (node, scope, visit) => visit.within(node, scope, [inField(node, "name")]);

/** By type of node, as the grammar has them. */
export const RUST_HANDLERS: ReadonlyMap<string, RustHandler> = new Map<string, RustHandler>([
  ["identifier", identifier],
  ["type_identifier", type],
  ["scoped_identifier", path],
  ["scoped_type_identifier", path],
  ["use_declaration", importing],
  ["extern_crate_declaration", (node, _, { builder }) => hideWords(node, builder)],
  ["attribute_item", attribute],
  ["inner_attribute_item", attribute],
  ["macro_invocation", (node, scope, { builder }) => macroNames(node, scope, builder)],
  ["macro_definition", (node, _, { builder }) => hideWords(node, builder)],
  ["function_item", fn],
  ["function_signature_item", fn],
  ["struct_item", generic],
  ["enum_item", generic],
  ["union_item", generic],
  ["trait_item", generic],
  ["impl_item", generic],
  ["type_item", generic],
  ["associated_type", generic],
  ["enum_variant", skipName],
  ["const_item", skipName],
  ["static_item", skipName],
  ["mod_item", module],
  ["block", block],
  ["let_declaration", letting],
  ["if_expression", branch],
  ["while_expression", loop],
  ["loop_expression", loop],
  ["for_expression", loop],
  ["match_arm", arm],
  ["closure_expression", closure],
  ["assignment_expression", assignment],
  ["compound_assignment_expr", assignment],
  ["shorthand_field_initializer", shorthand],
  ["struct_expression", structure],
  ["lifetime", lifetime],
  ["loop_label", lifetime],
  ["type_binding", skipName],
]);
