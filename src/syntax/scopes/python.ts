import type { Bindings, Scope } from "../bindings.ts";
import { allInField, ancestors, inField, parts, type SyntaxNode, walk } from "../tree.ts";
import { type OpenScope, type ScopeBuilder, scopeBuilder } from "./builder.ts";
import { type Given, type PythonVisit, pythonNames } from "./python-names.ts";
import { NORMALISED, spelledOtherwise } from "./spellings.ts";
import { type Handler as OneHandler, visitWith } from "./visit.ts";

type Handler = OneHandler<PythonVisit>;

/**
 * Who is who in a file of Python (The Python Language Reference, section 4.2, "Naming and binding"): a name is local to
 * the whole function, or class body, in which anything gives it a value. Attributes are no names.
 */
export function bindPython(root: SyntaxNode, text: string): Bindings {
  const builder = scopeBuilder(root, text, seen);
  const names = pythonNames(builder);
  // Bodies of functions come after what stands around them, so that `nonlocal` finds what it names.
  const later: (() => void)[] = [];
  const defer = (work: () => void) => void later.push(work);
  visitWith(builder, HANDLERS, (it): PythonVisit => ({ ...it, names, defer })).within(root, builder.root);
  for (let next = later.shift(); next; next = later.shift()) next();
  for (const it of names.inClasses)
    if (isFoundTwice(it, builder))
      builder.hide(it.node, "a class looks for it in itself and then outside", [builder.nameOf(it.node)]);
  const built = builder.built();
  return { ...built, opaque: [...built.opaque, ...spelledOtherwise(root, text, NORMALISED)] };
}

/** A class's body looks outside for what the class has not been given yet. */
function isFoundTwice(
  { node, scope }: { readonly node: SyntaxNode; readonly scope: OpenScope },
  { nameOf }: ScopeBuilder,
): boolean {
  const key = `value ${nameOf(node)}`;
  if (!scope.bindings.has(key)) return false;
  for (let at = scope.parent; at; at = at.parent) if (at.bindings.has(key)) return true;
  return false;
}

/** What a class declares is seen in its own body only. */
function seen(scope: Scope, from: Scope): boolean {
  return scope.kind !== "class" || scope === from;
}

const identifier: Handler = (node, scope, { builder, names }) => {
  const name = builder.nameOf(node);
  if (SEEING.test(name)) builder.hide(node, `${name}() reaches names that are not seen`);
  names.use(node, scope);
};

const SEEING = /^(exec|eval|locals|globals|vars|dir|__main__)$/;

/** `sys.modules[__name__]` is the file as a whole. */
const subscript: Handler = (node, scope, { builder, within }) => {
  const value = inField(node, "value");
  if (value && /(^|\.)modules$/.test(builder.nameOf(value)))
    builder.hide(node, "modules are reached by their names");
  within(node, scope);
};

const definition: Handler = (node, scope, visit) => {
  const [name, body] = [inField(node, "name"), inField(node, "body")];
  if (name) visit.names.give(name, scope, { kind: "function" });
  const inner = visit.builder.open("function", node, scope);
  const list = inField(node, "parameters");
  for (const it of list?.children ?? []) parameter(it, inner, scope, visit);
  visit.within(node, scope, [name, body, list]);
  if (body) visit.defer(() => visit.within(body, inner));
};

const lambda: Handler = (node, scope, visit) => {
  const inner = visit.builder.open("function", node, scope);
  for (const it of inField(node, "parameters")?.children ?? []) parameter(it, inner, scope, visit);
  const body = inField(node, "body");
  visit.defer(() => visit.visit(body, inner));
};

/** Declares a parameter; its default and its annotation belong to what is around the function. */
function parameter(node: SyntaxNode, inner: OpenScope, outer: OpenScope, visit: PythonVisit): void {
  const as: Given = { kind: "parameter" };
  if (node.type === "identifier") return visit.names.give(node, inner, as);
  const isOpen = /^(list_splat_pattern|dictionary_splat_pattern|tuple_pattern)$/.test(node.type);
  const [first] = node.children.filter((it) => it.isNamed);
  const name = inField(node, "name") ?? (node.type === "typed_parameter" ? first : undefined);
  if (isOpen) for (const it of node.children) parameter(it, inner, outer, visit);
  else if (name) {
    parameter(name, inner, outer, visit);
    visit.within(node, outer, [name]);
  }
}

const classLike: Handler = (node, scope, visit) => {
  const [name, body] = [inField(node, "name"), inField(node, "body")];
  if (name) visit.names.give(name, scope, { kind: "class" });
  visit.within(node, scope, [name, body]);
  if (body) visit.within(body, visit.builder.open("class", node, scope));
};

const comprehension: Handler = (node, scope, visit) => {
  const inner = visit.builder.open("comprehension", node, scope);
  const first = node.children.find((it) => it.type === "for_in_clause");
  for (const it of node.children) {
    if (it.type !== "for_in_clause") {
      visit.visit(it, inner);
      continue;
    }
    const left = inField(it, "left");
    if (left) given(left, inner, { kind: "variable", isRewritten: true }, visit);
    // The first iterable is evaluated outside.
    for (const part of it.children) if (part !== left) visit.visit(part, it === first ? scope : inner);
  }
};

/** Gives the names of a target a value; what it computes, `a[i]` or `a.b`, is visited. */
function given(node: SyntaxNode, scope: OpenScope, as: Given, visit: PythonVisit): void {
  if (node.type === "identifier") visit.names.give(node, scope, as);
  else if (TARGETS.test(node.type)) for (const it of node.children) given(it, scope, as, visit);
  else visit.visit(node, scope);
}

const TARGETS =
  /^(pattern_list|tuple_pattern|list_pattern|list_splat_pattern|tuple|list|as_pattern_target|parenthesized_expression|expression_list|list_splat)$/;

const assignment: Handler = (node, scope, visit) => {
  const left = inField(node, "left");
  const isUpdate = node.type === "augmented_assignment";
  if (left) given(left, scope, { kind: "variable", isUpdate }, visit);
  visit.within(node, scope, [left]);
  if (left?.type === "identifier" && visit.builder.nameOf(left) === "__all__") offered(node, visit);
};

/** The texts in `__all__` are names of the file. */
function offered(node: SyntaxNode, visit: PythonVisit): void {
  for (const it of walk(node))
    if (it.type === "string_content") visit.builder.refer(it, visit.builder.root, { shape: "text" });
}

const named: Handler = (node, scope, visit) => {
  const name = inField(node, "name");
  let home = scope;
  while (home.kind === "comprehension" && home.parent) home = home.parent;
  if (name) given(name, home, { kind: "variable" }, visit);
  visit.within(node, scope, [name]);
};

const each: Handler = (node, scope, visit) => {
  const left = inField(node, "left");
  if (left) given(left, scope, { kind: "variable", isRewritten: true }, visit);
  visit.within(node, scope, [left]);
};

const target: Handler = (node, scope, visit) =>
  given(node, scope, { kind: "variable", isRewritten: true }, visit);

const removed: Handler = (node, scope, visit) => {
  for (const it of node.children) given(it, scope, { kind: "variable", isUpdate: true }, visit);
};

const outer: Handler = (node, scope, { names }) => {
  for (const it of parts(node)) names.redirect(it, scope, node.type === "global_statement");
};

const importing: Handler = (node, scope, { builder, names }) => {
  const isFrom = node.type === "import_from_statement";
  for (const it of allInField(node, "name")) {
    const alias = inField(it, "alias");
    const first = it.children.find((at) => at.type === "identifier") ?? it;
    if (alias) names.give(alias, scope, { kind: "import" });
    else names.give(first, scope, { kind: "import", shape: "import-specifier" });
  }
  if (isFrom && node.children.some((it) => it.type === "wildcard_import"))
    builder.hide(node, "it imports names that are not seen");
};

const keyword: Handler = (node, scope, { visit }) => visit(inField(node, "value"), scope);
const attribute: Handler = (node, scope, { visit }) => visit(inField(node, "object"), scope);

/** An annotation in quotes names what it says; what stands in brackets within is an annotation by itself. */
const annotation: Handler = (node, scope, visit) => {
  for (const it of walk(node, (at) => at !== node && at.type === "type")) {
    if (it.type !== "string_content" || isLiteral(node, visit)) continue;
    if (/^\w+$/.test(visit.builder.nameOf(it))) visit.builder.refer(it, scope, { shape: "text" });
    else
      visit.builder.hide(
        it,
        "an annotation in quotes names something",
        visit.builder.nameOf(it).match(/[\p{L}\p{N}_]+/gu) ?? [],
      );
  }
  visit.within(node, scope);
};

/** Within `Literal[…]` a text is a value, within `Annotated[…]` whatever its reader takes it for. */
function isLiteral(node: SyntaxNode, visit: PythonVisit): boolean {
  return ancestors(node).some(
    (it) => it.type === "generic_type" && /^(\w+\.)*(Literal|Annotated)\b/.test(visit.builder.nameOf(it)),
  );
}

/** The brackets of an annotation have the same name as those that declare type parameters. */
const typeParameters: Handler = (node, scope, visit) => {
  if (/^(function_definition|class_definition|type_alias_statement)$/.test(node.parent?.type ?? ""))
    unclear(node, scope, visit);
  else visit.within(node, scope);
};

const unclear: Handler = (node, scope, visit) => {
  visit.builder.hide(node, "patterns give names values in ways that are not followed");
  visit.within(node, scope);
};

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["identifier", identifier],
  ["function_definition", definition],
  ["lambda", lambda],
  ["class_definition", classLike],
  ["list_comprehension", comprehension],
  ["set_comprehension", comprehension],
  ["dictionary_comprehension", comprehension],
  ["generator_expression", comprehension],
  ["assignment", assignment],
  ["augmented_assignment", assignment],
  ["named_expression", named],
  ["for_statement", each],
  ["as_pattern_target", target],
  ["delete_statement", removed],
  ["global_statement", outer],
  ["nonlocal_statement", outer],
  ["import_statement", importing],
  ["import_from_statement", importing],
  ["future_import_statement", () => undefined],
  ["keyword_argument", keyword],
  ["attribute", attribute],
  ["subscript", subscript],
  ["type", annotation],
  ["case_clause", unclear],
  ["type_parameter", typeParameters],
  ["type_alias_statement", unclear],
  ["exec_statement", unclear],
]);
