import { contains, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { type TextChange, withChanges } from "../../text/changes.ts";
import { indentAt, indentChanges, lineEnd } from "../extraction/moved-text.ts";
import { isOpen, joinsBefore, statementBefore } from "../joining.ts";
import { clashWith } from "../names.ts";
import { evaluatedBefore, lazyWithin } from "../order.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { statementInRow } from "../selection.ts";
import { isSteady, repeatersAround } from "../steady.ts";
import type { Call, Inlinable } from "./rules.ts";
import { type Argument, argumentsOf, direct, misread, substituted } from "./substitution.ts";

/** The changes that put the function's body in the place of a call. `times`: how many calls of it are replaced. */
export function replaced(
  callee: Inlinable,
  made: Call,
  times: number,
  source: Source,
): readonly TextChange[] | Refusal {
  const node = callee.isAsync ? source.rules.inlining?.waitingFor?.(made.node) : made.node;
  if (!node) return refused("inline-function.waits", "Nothing waits for it there.", made.node);
  const call = { ...made, node };
  const all = argumentsOf(callee, call, source);
  if ("code" in all) return all;
  const body = [...callee.statements, ...(callee.value ? [callee.value] : [])];
  const wrong = misread(body, call.node, all, source);
  if (wrong) return wrong;
  const isValue = callee.statements.length === 0 && callee.value !== undefined;
  const placed = direct(all, isValue ? callee.value : undefined, source);
  const names = declaredBy(callee, all, placed, source);
  if (names.length > 0 && times > 1)
    return refused("inline-function.clash", `"${names[0]}" would be declared at several calls.`, call.node);
  const isTurned = repeatersAround(call.node, source).some((it) => !source.rules.isFunction(it));
  if (names.length > 0 && isTurned && source.rules.inlining?.isFreshInTurns === false)
    return refused(
      "inline-function.loop",
      `"${names[0]}" would keep its value from turn to turn.`,
      call.node,
    );
  if (names.length > 0 && body.some((it) => hasFunction(it, source)))
    return refused(
      "inline-function.closure",
      "A function in it has names of its own for each call.",
      call.node,
    );
  return isValue && placed.length === all.length && callee.value
    ? asValue(callee.value, all, call, source)
    : asStatements(callee, all, placed, call, source);
}

/** Whether something in it runs later. */
function hasFunction(node: SyntaxNode, { rules }: Source): boolean {
  return [...walk(node)].some((it) => rules.isFunction(it) || it.type === "generator_expression");
}

function asValue(
  value: SyntaxNode,
  all: readonly Argument[],
  { node }: Call,
  source: Source,
): readonly TextChange[] | Refusal {
  const changes = substituted(value, all, source);
  if ("code" in changes) return changes;
  const text = fitted(node, value, all, within(value, changes, source), source);
  return typeof text === "string" ? [{ from: node.from, to: node.to, text }] : text;
}

/** The text of a value as it has to be written in the place of a call. */
function fitted(
  at: SyntaxNode,
  value: SyntaxNode,
  all: readonly Argument[],
  text: string,
  source: Source,
): string | Refusal {
  // A function that gives back a parameter gives back the argument.
  const given = all.find((it) => it.binding.references.some((use) => use.node === value))?.value ?? value;
  const unfit = source.rules.cannotTakePlaceOf?.(at, given, source);
  if (unfit !== undefined)
    return refused("inline-function.place", `It cannot replace the call: ${unfit}.`, at);
  const isInText = nearest(at, (it) => it.type === "interpolation") !== undefined;
  if (isInText && /["'\\#\n]/.test(text))
    return refused("inline-function.place", "Within a string its value cannot be written.", at);
  const isSafe = given.children.length === 0 || at.parent?.type === "parenthesized_expression";
  const isMisread = !isSafe && (MISREAD.test(text) || /\n|\?\./.test(text) || /[<>]|\bin\b/.test(text));
  const written = isMisread ? `(${text})` : source.rules.inPlaceOf(at, given, text);
  return joinsBefore(at, written, source)
    ? refused("inline.semicolon", "It would go on with what is before it.", at)
    : written;
}

/** What begins like this may be read as a statement. */
const MISREAD = /^(\{|function\b|class\b|async\b|let\b)/;

function within(
  { from, to }: { readonly from: number; readonly to: number },
  changes: readonly TextChange[],
  { text }: Source,
): string {
  return withChanges(
    text.slice(from, to),
    changes.map((it) => ({ ...it, from: it.from - from, to: it.to - from })),
  );
}

/** The body's statements before that of the call, which then has the value. */
function asStatements(
  callee: Inlinable,
  all: readonly Argument[],
  placed: readonly Argument[],
  { node }: Call,
  source: Source,
): readonly TextChange[] | Refusal {
  const statement = statementInRow(node, source);
  if (
    !statement ||
    indentAt(statement.from, source.text) !==
      source.text.slice(lineStart(statement.from, source), statement.from)
  )
    return refused("inline-function.row", "Its statements cannot stand before that of the call.", node);
  if (!/^[ \t]*(\r?\n|$)/.test(source.text.slice(statement.to)))
    return refused("inline-function.row", "Something else stands behind it in its line.", node);
  const lazy = lazyWithin(node, statement, source);
  const isFirst = evaluatedBefore(node, statement, source).every((it) => isSteady(it, statement, source));
  if (lazy !== undefined || !isFirst)
    return refused("inline-function.order", "It is not the first thing that its statement does.", node);
  const clash = declaredBy(callee, all, placed, source).find((it) =>
    clashWith(it, statement, source, ["value"], callee.whole),
  );
  if (clash !== undefined) return refused("inline-function.clash", `"${clash}" is a name of both.`, node);
  const lines = linesOf(callee, all, placed, indentAt(statement.from, source.text), source);
  if ("code" in lines) return lines;
  const isAlone =
    nearest(node.parent, (it) => it.type !== "parenthesized_expression")?.type === "expression_statement" &&
    parts(statement).length === 1;
  const value = callee.value && valueText(callee.value, placed, node, source);
  if (value !== undefined && typeof value !== "string") return value;
  if (value === undefined && !isAlone)
    return refused("inline-function.nothing", "It gives nothing back, and the call's value is used.", node);
  const isIdle = isAlone && (!callee.value || source.rules.effectOf(callee.value, source) === "pure");
  const end = lineEnd(source.text) + indentAt(statement.from, source.text);
  const isLastOpen = isOpen(callee.statements.at(-1), source);
  const ended = lines.map((it, at) => closed(it, at === lines.length - 1 && isLastOpen, source));
  if (source.rules.goesOn?.test(ended[0] ?? "") && isOpen(statementBefore(statement), source))
    return refused("inline.semicolon", "It would go on with what is before it.", node);
  if (isIdle) {
    if (ended.length === 0) return refused("inline-function.nothing", "It does nothing.", node);
    return [{ from: statement.from, to: statement.to, text: ended.join(end) }];
  }
  const before = { from: statement.from, to: statement.from, text: ended.map((it) => it + end).join("") };
  return [before, { from: node.from, to: node.to, text: value ?? "" }];
}

/** With an end of its own, where statements have one and it may have none. */
function closed(line: string, isLastOpen: boolean, { rules }: Source): string {
  const mayBeOpen = rules.goesOn !== undefined && !line.endsWith(";") && (isLastOpen || !line.endsWith("}"));
  return mayBeOpen ? `${line};` : line;
}

function lineStart(offset: number, { text }: Source): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Names that come to the place of the call. */
function declaredBy(
  callee: Inlinable,
  all: readonly Argument[],
  placed: readonly Argument[],
  source: Source,
): readonly string[] {
  const inner = source
    .bindings()
    .all.filter((it) =>
      callee.statements.some(
        (at) => it.declarations.some((d) => contains(at, d)) && !contains(at, it.scope.node),
      ),
    );
  return [...inner, ...all.filter((it) => !placed.includes(it)).map((it) => it.binding)].map((it) => it.name);
}

/** Variables for arguments that cannot stand where they are used, then the statements. */
function linesOf(
  callee: Inlinable,
  all: readonly Argument[],
  placed: readonly Argument[],
  indent: string,
  source: Source,
): readonly string[] | Refusal {
  const apart = all.filter((it) => !placed.includes(it));
  // A name for a member is that of the member.
  const other = apart.find((it) => it.text !== undefined && !it.text.endsWith(`.${it.binding.name}`));
  if (other)
    return refused(
      "inline-function.arguments",
      `"${other.binding.name}" would need a variable.`,
      other.value,
    );
  const lines = apart.map((it) => source.rules.declaration(it.binding.name, it.value, source));
  const [first, last] = [callee.statements[0], callee.statements.at(-1)];
  if (!first || !last) return lines;
  const changes: TextChange[] = [];
  for (const it of callee.statements) {
    const made = substituted(it, placed, source);
    if ("code" in made) return made;
    changes.push(...made);
  }
  const range = { from: first.from, to: last.to };
  const moved = indentChanges(callee.statements, range, source, indent);
  return [...lines, within(range, [...changes, ...moved], source)];
}

function valueText(
  value: SyntaxNode,
  placed: readonly Argument[],
  at: SyntaxNode,
  source: Source,
): string | Refusal {
  const changes = substituted(value, placed, source);
  return "code" in changes ? changes : fitted(at, value, placed, within(value, changes, source), source);
}
