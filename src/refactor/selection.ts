import {
  contains,
  inField,
  isComment,
  nearest,
  parts,
  type SyntaxNode,
  smallestAround,
} from "../syntax/tree.ts";
import type { Place, Source } from "./refactoring.ts";

/** Nodes whose children are a row of statements, in any grammar. */
const ROWS = new Set(["program", "module", "source_file", "block", "statement_block", "constructor_body"]);

/** Whether statements stand in it one after another, so that another one can be put between them. */
export function isRow(node: SyntaxNode): boolean {
  return ROWS.has(node.type);
}

/** The place without the blanks at its ends. */
export function trimmed({ source, from, to }: Place): { readonly from: number; readonly to: number } {
  const selected = source.text.slice(from, to);
  if (selected.trim() === "") return { from, to: from };
  return {
    from: from + selected.length - selected.trimStart().length,
    to: to - (selected.length - selected.trimEnd().length),
  };
}

/** The expression that is selected whole, the outermost when several have that range; at a cursor the one around it. */
export function selectedExpression(place: Place): SyntaxNode | undefined {
  const { source } = place;
  const { from, to } = trimmed(place);
  const { isExpression } = source.rules;
  const inner = smallestAround(source.root, from, to);
  if (from === to) return atCursor(from, source);
  let found: SyntaxNode | undefined;
  for (let at: SyntaxNode | undefined = inner; at?.from === from && at.to === to; at = at.parent)
    if (isExpression(at)) found = at;
  return found ?? expressionOf(inner, from, to, source);
}

/** The expression that begins, or ends, at a cursor, or else goes around it; what cannot be named alone, as a function that is called, is taken with what stands around it. */
function atCursor(from: number, source: Source): SyntaxNode | undefined {
  const { root, rules, text } = source;
  const begun = begunAt(from, source);
  if (begun) return begun;
  const isWordAt = (at: number) => at >= 0 && /[^\s()[\]{},;.:]/.test(text.charAt(at));
  const start = isWordAt(from) ? from : isWordAt(from - 1) ? from - 1 : undefined;
  const inner = smallestAround(root, start ?? from, start === undefined ? from : start + 1);
  const first = nearest(inner, rules.isExpression);
  return (
    nearest(
      first,
      (it) =>
        rules.isExpression(it) && it.field !== "function" && rules.cannotStandAlone(it, source) === undefined,
    ) ?? first
  );
}

/** The expression in brackets that begins at a cursor, or the one that is returned where the cursor is in that word. */
function begunAt(from: number, source: Source): SyntaxNode | undefined {
  const { root, rules, text } = source;
  const leaf = smallestAround(root, from, from + 1);
  if (/[([{]/.test(text.charAt(from))) {
    const first = nearest(leaf, rules.isExpression);
    const isWhole = first?.from === from && rules.cannotStandAlone(first, source) === undefined;
    return isWhole ? first : undefined;
  }
  const [value, ...more] =
    leaf.type === "return" && leaf.parent?.type === "return_statement" ? parts(leaf.parent) : [];
  return value && more.length === 0 && rules.isExpression(value) ? value : undefined;
}

/** The expression of a statement that is selected with the sign that ends it. */
function expressionOf(
  statement: SyntaxNode,
  from: number,
  to: number,
  { rules }: Source,
): SyntaxNode | undefined {
  const [only, ...more] = parts(statement);
  const isWhole = statement.type === "expression_statement" && statement.from === from && statement.to === to;
  return isWhole && more.length === 0 && only && rules.isExpression(only) ? only : undefined;
}

/** The name at the cursor, or that is selected: a leaf that the bindings know. */
export function selectedName(place: Place): SyntaxNode | undefined {
  const { source } = place;
  return wordsAt(place).find((it) => source.bindings().at(it));
}

/**
 * The name at the place or, with a cursor elsewhere in a declaration, the one it declares: of a function before its body,
 * of a variable in its value, too, but in no function there.
 */
export function declaredName(place: Place): SyntaxNode | undefined {
  const { source, from, to } = place;
  const name = selectedName(place) ?? nameOfWhole(place);
  if (name || from !== to) return name;
  const around = nearest(smallestAround(source.root, from, from), (it) => {
    return DECLARING.test(it.type) || source.rules.isFunction(it) || isRow(it);
  });
  const [only, ...more] = around && /_declaration$/.test(around.type) ? parts(around) : [];
  const holder = only?.type === "variable_declarator" && more.length === 0 ? only : around;
  const body = holder && inField(holder, "body");
  if (!holder || (body && body.from <= from)) return undefined;
  const declared = inField(holder, "name") ?? inField(holder, "left");
  return declared && source.bindings().at(declared) ? declared : undefined;
}

/** The one name of a declaration that is selected whole, or in part with its name. */
function nameOfWhole(place: Place): SyntaxNode | undefined {
  const { from, to } = trimmed(place);
  if (from === to) return undefined;
  const whole = smallestAround(place.source.root, from, to);
  const [only, ...more] = /_declaration$/.test(whole.type) ? parts(whole) : [];
  const name = more.length === 0 && only ? inField(only, "name") : undefined;
  const isIn = name && from <= name.from && name.to <= to;
  return isIn && place.source.bindings().at(name) ? name : undefined;
}

const DECLARING = /^(variable_declarator|lexical_declaration|variable_declaration|assignment)$/;

/** A leaf at the cursor that may be a name. */
export function wordAt(place: Place): SyntaxNode | undefined {
  return wordsAt(place)[0];
}

/** Leaves that are no signs, right of the cursor and left of it. */
function wordsAt({ source, from, to }: Place): readonly SyntaxNode[] {
  const ends = from === to ? [from, from - 1] : [from];
  return ends.flatMap((at) => {
    const leaf = at < 0 ? undefined : smallestAround(source.root, at, Math.max(at + 1, to));
    return leaf?.isNamed && leaf.children.length === 0 ? [leaf] : [];
  });
}

/** The statement of a row that the node lies in; `undefined` when a statement around it stands in no row, as behind an `if` without braces. */
export function statementInRow(node: SyntaxNode, { rules }: Source): SyntaxNode | undefined {
  for (let at: SyntaxNode | undefined = node; at?.parent; at = at.parent) {
    if (isRow(at.parent)) return at;
    if (rules.isStatement(at) && !standsInHead(at)) return undefined;
  }
  return undefined;
}

/** A declaration in the head of a loop and one that is exported are parts of a statement. */
function standsInHead({ field, parent }: SyntaxNode): boolean {
  return (
    /^init(ializer)?$/.test(field ?? "") ||
    parent?.type === "export_statement" ||
    parent?.type === "decorated_definition"
  );
}

/** The innermost function that the node lies in; `undefined`: none. */
export function functionAround(node: SyntaxNode, { rules }: Source): SyntaxNode | undefined {
  return nearest(node.parent, rules.isFunction);
}

/** Whether evaluating the node, a statement or an expression, may change something; functions that are only made do not. */
export function actsIn(node: SyntaxNode, source: Source): boolean {
  const { rules } = source;
  if (isComment(node) || !node.isNamed) return false;
  if (rules.isFunction(node) && !rules.isExpression(node))
    return (rules.evaluatedWhenMade?.(node) ?? []).some((it) => actsIn(it, source));
  if (rules.isExpression(node)) return rules.effectOf(node, source) === "acts";
  if (rules.actsItself(node)) return true;
  return node.children.some((it) => actsIn(it, source));
}

/** Names used in the node that are looked up in the file's bindings. */
export function namesIn(node: SyntaxNode, source: Source) {
  return source.bindings().references.filter((it) => contains(node, it.node));
}

/** Whether an expression uses what its own statement declares: `a + 1` of `int a = 1, b = a + 1` cannot stand before it. */
export function isMadeOfItsStatement(node: SyntaxNode, source: Source): boolean {
  const statement = statementInRow(node, source);
  if (!statement) return false;
  return namesIn(node, source).some(({ binding }) =>
    binding?.declarations.some(
      (it) => contains(statement, it) && !contains(node, it) && contains(binding.scope.node, statement),
    ),
  );
}

/** Whether a node is text of the program, of which a grammar need not show the letters. */
export function isLiteralText({ type }: SyntaxNode): boolean {
  return /^((string|character)_literal|interpolated_(verbatim_)?string_text|interpolation_format_clause)$/.test(
    type,
  );
}

/** The texts of a node's leaves, comments left out: equal for code that differs in blanks only. */
export function tokensOf(node: SyntaxNode, text: string): string {
  return [...tokens(node, text)].join("\u0000");
}

/** What stands between children, as the text around an escape, counts too. */
function* tokens(node: SyntaxNode, text: string): Generator<string> {
  if (isComment(node)) return;
  if (isLiteralText(node)) {
    yield text.slice(node.from, node.to);
    return;
  }
  let from = node.from;
  for (const it of node.children) {
    const between = text.slice(from, it.from);
    if (between.trim() !== "") yield between;
    yield* tokens(it, text);
    from = it.to;
  }
  const rest = text.slice(from, node.to);
  if (node.children.length === 0 || rest.trim() !== "") yield rest;
}
