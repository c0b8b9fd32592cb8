import type { Binding } from "../../syntax/bindings.ts";
import { contains, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { type TextChange, withChanges } from "../../text/changes.ts";
import { indentAt, indentChanges, lineEnd } from "../extraction/moved-text.ts";
import type { Call, Inlinable } from "../inlining/rules.ts";
import { type Argument, argumentsOf, direct, misread, substituted } from "../inlining/substitution.ts";
import { wholeLines } from "../lines.ts";
import { clashWith, isClear } from "../names.ts";
import { evaluatedBefore, lazyWithin } from "../order.ts";
import { type Plan, type Refusal, refused } from "../plan.ts";
import type { Options, Place, Refactoring, Source } from "../refactoring.ts";
import { isRow, selectedName, statementInRow } from "../selection.ts";
import { isConstant, isSteady } from "../steady.ts";

/** Puts a function's body in the place of a call or, where it is declared, of all calls, and removes it. */
export const inlineFunction: Refactoring = {
  id: "inline-function",
  title: "Inline function",
  kind: "refactor.inline",
  offer(place) {
    const found = functionAt(place, {});
    return "code" in found ? undefined : `Inline function '${found.binding.name}'`;
  },
  plan(place, options) {
    const found = functionAt(place, options);
    return "code" in found ? found : inlined(found, place);
  },
};

interface Found {
  readonly binding: Binding;
  readonly callee: Inlinable;
  readonly calls: readonly Call[];
  /** Whether no call is left, so that the function goes. */
  readonly isAll: boolean;
}

function functionAt(place: Place, { allCalls }: Options): Found | Refusal {
  const { source } = place;
  const rules = source.rules.inlining;
  const name = selectedName(place);
  const binding = name && source.bindings().at(name);
  const [declaration] = binding?.declarations ?? [];
  if (!rules || !binding || !declaration)
    return refused("inline-function.name", "There is no function of this file here.");
  if (!isConstant(binding))
    return refused(
      "inline-function.written",
      `"${binding.name}" is declared, or given a value, more than once.`,
      name,
    );
  const callee = rules.inlinable(declaration, source);
  if ("code" in callee) return callee;
  const isAll = allCalls === true || name === declaration;
  const wanted = isAll ? binding.references : binding.references.filter((it) => it.node === name);
  const calls = wanted.map((it) => rules.callOf(it.node, source));
  const uncalled = wanted[calls.indexOf(undefined)];
  if (uncalled)
    return refused(
      "inline-function.value",
      `"${binding.name}" is used there, but not called in a way that is followed.`,
      uncalled.node,
    );
  if (calls.length === 0) return refused("inline-function.unused", `Nothing calls "${binding.name}".`, name);
  return (
    isClear(binding, source) ?? { binding, callee, calls: calls.filter((it) => it !== undefined), isAll }
  );
}

function inlined(found: Found, place: Place): Plan | Refusal {
  const { binding, callee, calls, isAll } = found;
  const { source } = place;
  const seen = isAll ? seenElsewhere(binding, place) : undefined;
  if (seen) return seen;
  if (isAll && !isRow(callee.whole.parent ?? callee.whole))
    return refused("inline-function.exported", `"${binding.name}" is exported.`, callee.whole);
  const recursive = calls.find((it) => contains(callee.whole, it.node));
  if (recursive)
    return refused("inline-function.recursive", `"${binding.name}" calls itself.`, recursive.node);
  const changes: TextChange[] = [];
  for (const call of calls) {
    const made = replaced(callee, call, source);
    if ("code" in made) return made;
    changes.push(...made);
  }
  if (isAll) changes.push({ ...wholeLines(callee.whole, source.text), text: "" });
  const sorted = changes.toSorted((a, b) => a.from - b.from || a.to - b.to);
  if (sorted.some((it, at) => it.from < (sorted[at - 1]?.to ?? 0)))
    return refused("inline-function.nested", "One call stands within another.");
  const files = [{ path: source.path, before: source.text, changes: sorted }];
  return { kind: "plan", title: `Inline function '${binding.name}'`, files, warnings: [] };
}

function seenElsewhere(binding: Binding, { source, others }: Place): Refusal | undefined {
  if (!binding.isExported) return undefined;
  const at = binding.declarations[0];
  if (!source.rules.isSeenByItsName(binding))
    return refused("inline-function.exported", `"${binding.name}" is exported.`, at);
  if (!others)
    return {
      ...refused(
        "inline-function.unseen",
        `"${binding.name}" can be used in other files, and those were not looked at.`,
      ),
      lacks: "others",
    };
  for (const other of others) {
    const found = source.rules.importedBy(other, source, binding.name, others);
    if ("code" in found) return found;
    if (found.bindings.length + found.names.length + found.handedOn.length > 0)
      return refused("inline-function.imported", `"${other.path}" uses "${binding.name}", too.`);
  }
  return undefined;
}

/** The changes that put the function's body in the place of a call. */
function replaced(callee: Inlinable, call: Call, source: Source): readonly TextChange[] | Refusal {
  const all = argumentsOf(callee, call, source);
  if ("code" in all) return all;
  const body = [...callee.statements, ...(callee.value ? [callee.value] : [])];
  const wrong = misread(body, call.node, all, source);
  if (wrong) return wrong;
  const isValue = callee.statements.length === 0 && callee.value !== undefined;
  const placed = direct(all, isValue ? callee.value : undefined, source);
  return isValue && placed.length === all.length && callee.value
    ? asValue(callee.value, all, call, source)
    : asStatements(callee, all, placed, call, source);
}

function asValue(
  value: SyntaxNode,
  all: readonly Argument[],
  { node }: Call,
  source: Source,
): readonly TextChange[] | Refusal {
  const unfit = source.rules.cannotTakePlaceOf?.(node, value, source);
  if (unfit !== undefined)
    return refused("inline-function.place", `It cannot replace the call: ${unfit}.`, node);
  const changes = substituted(value, all, source);
  if ("code" in changes) return changes;
  const text = source.rules.inPlaceOf(node, value, within(value, changes, source));
  return [{ from: node.from, to: node.to, text }];
}

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
  if (isIdle)
    return [{ from: statement.from, to: statement.to, text: lines.length > 0 ? lines.join(end) : ";" }];
  const before = { from: statement.from, to: statement.from, text: lines.map((it) => it + end).join("") };
  return [before, { from: node.from, to: node.to, text: value ?? "" }];
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
  const lines = all
    .filter((it) => !placed.includes(it))
    .map((it) => source.rules.declaration(it.binding.name, it.value, source));
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
  return "code" in changes ? changes : source.rules.inPlaceOf(at, value, within(value, changes, source));
}
