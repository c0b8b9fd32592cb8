import { type SyntaxNode, walk } from "../tree.ts";
import type { OpenScope, ScopeBuilder } from "./builder.ts";

/** Macros of the library that take a text with names in braces, and how many values stand before it (std::fmt, "Formatting parameters"). */
const FORMATTING: Readonly<Record<string, number>> = {
  print: 0,
  println: 0,
  eprint: 0,
  eprintln: 0,
  format: 0,
  format_args: 0,
  panic: 0,
  todo: 0,
  unimplemented: 0,
  unreachable: 0,
  write: 1,
  writeln: 1,
};
/** Macros of the library that take expressions and nothing else. */
const PLAIN = /^(vec|dbg|assert|assert_eq|assert_ne|debug_assert|debug_assert_eq|debug_assert_ne)$/;
/** Signs that make more of tokens than expressions, so that a name may declare something, or be a field. */
const MORE = /^(\{|\||\|\||=>|let|match|move|if|for|while|fn|macro_rules|\$|#)$/;

/**
 * Uses the names in a call of a macro where it is one of the library and its tokens are plain expressions; else hides
 * all words in it, also those in texts.
 */
export function macroNames(node: SyntaxNode, scope: OpenScope, builder: ScopeBuilder): void {
  const tree = node.children.find((it) => it.type === "token_tree");
  const name = node.children[0] ? builder.nameOf(node.children[0]) : "";
  if (!tree) return;
  if (name === "include") return builder.hide(node, "what it includes is not seen");
  const values = FORMATTING[name];
  const isOwn = isDefinedHere(name, builder);
  if (isOwn || (values === undefined && !PLAIN.test(name)) || !isPlain(tree, builder))
    return hideWords(tree, builder);
  const named = new Set<string>();
  const text = values === undefined ? undefined : tree.children.filter((it) => it.type !== ",")[1 + values];
  for (const [at, previous, next] of tokensOf(tree)) {
    if (at.type !== "identifier") continue;
    if (next?.type === "=") named.add(builder.nameOf(at));
    else if (previous?.type !== "." && previous?.type !== "::") use(at, previous, next, scope, builder);
  }
  for (const it of walk(tree))
    if (isText(it)) {
      if (values === undefined) hideWords(it, builder);
      else if (it === text) captured(it, named, scope, builder);
    }
}

function use(
  at: SyntaxNode,
  previous: SyntaxNode | undefined,
  next: SyntaxNode | undefined,
  scope: OpenScope,
  builder: ScopeBuilder,
): void {
  const space = next?.type === "::" ? "type" : "value";
  // What is written to, borrowed to be changed, or asked to do something.
  const mayChange = next?.type === "." || previous?.type === "mutable_specifier" || previous?.type === "mut";
  builder.refer(at, scope, { space, access: mayChange || isWrittenTo(at, builder) ? "update" : "read" });
}

function isWrittenTo({ parent }: SyntaxNode, { nameOf }: ScopeBuilder): boolean {
  const macro = parent?.parent?.children[0];
  return macro !== undefined && /^(write|writeln)$/.test(nameOf(macro));
}

function isDefinedHere(name: string, { root, nameOf }: ScopeBuilder): boolean {
  return [...walk(root.node, (it) => it.type === "block")].some(
    (it) =>
      it.type === "macro_definition" && it.children.some((at) => at.field === "name" && nameOf(at) === name),
  );
}

function isPlain(tree: SyntaxNode, { nameOf }: ScopeBuilder): boolean {
  return ![...walk(tree)].some((it) => {
    if (it === tree) return false;
    if (it.type === "token_tree") return it.children[0]?.type === "{" || isOfMacro(it);
    return it.children.length === 0 && MORE.test(nameOf(it));
  });
}

/** `name!(…)` within what another macro is given. */
function isOfMacro(tree: SyntaxNode): boolean {
  const row = tree.parent?.children ?? [];
  const at = row.indexOf(tree);
  return row[at - 1]?.type === "!" && row[at - 2]?.type === "identifier";
}

/** The tokens of a tree, each with the one before and the one behind it. */
function tokensOf(
  tree: SyntaxNode,
): readonly (readonly [SyntaxNode, SyntaxNode | undefined, SyntaxNode | undefined])[] {
  const all = [...walk(tree)].filter((it) => it.children.length === 0 || isText(it));
  return all.map((it, index) => [it, all[index - 1], all[index + 1]]);
}

function isText({ type }: SyntaxNode): boolean {
  return /^(raw_)?string_literal$/.test(type);
}

/** Names in the braces of a text, and those of widths, where no argument has that name. */
function captured(
  node: SyntaxNode,
  named: ReadonlySet<string>,
  scope: OpenScope,
  builder: ScopeBuilder,
): void {
  const text = builder.nameOf(node);
  for (const it of text.matchAll(/\\u\{[^}]*\}|\\.|\{\{|\}\}|\{([^{}]*)\}/gs)) {
    const inner = it[1];
    if (inner === undefined) continue;
    const start = node.from + it.index + 1;
    const [name = ""] = inner.split(":");
    const asked = /^\s*$/.test(name) ? [] : [[name, 0] as const];
    const spec = inner.slice(name.length);
    const widths = [...spec.matchAll(/([\p{ID_Start}_][\p{ID_Continue}]*)\$/gu)].map(
      (at) => [at[1] ?? "", name.length + at.index] as const,
    );
    for (const [word, at] of [...asked, ...widths]) {
      const from = start + at + (word.length - word.trimStart().length);
      const said = word.trim();
      if (!/^[\p{ID_Start}_]/u.test(said) || named.has(said)) continue;
      builder.refer(nameAt(node, from, from + said.length), scope, { shape: "text" });
    }
  }
}

/** A name within a text, as a node of it. */
function nameAt(parent: SyntaxNode, from: number, to: number): SyntaxNode {
  return {
    type: "identifier",
    field: undefined,
    isNamed: true,
    hasError: false,
    from,
    to,
    children: [],
    parent,
  };
}

/** Whoever reads the node may use any word in it as a name. */
export function hideWords(node: SyntaxNode, builder: ScopeBuilder): void {
  const words = builder.nameOf(node).match(/[\p{ID_Start}_][\p{ID_Continue}]*/gu) ?? [];
  if (words.length > 0) builder.hide(node, "a macro, an attribute or a path may use it", words);
}
