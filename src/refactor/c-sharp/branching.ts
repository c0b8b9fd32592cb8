import { inField, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { negation } from "../branching/negation.ts";
import { leavesBy, plainIf } from "../branching/plain-if.ts";
import type { Branching, BranchingRules } from "../branching/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isRow } from "../selection.ts";
import { negationRules } from "./negation.ts";
import { declaresNames, hasModifier } from "./places.ts";

/** Statements that can follow a head without braces and change places with others there. */
const SIMPLE = /^(expression|return|throw|break|continue|goto|yield)_statement$|^block$/;

/** How C# branches. */
export const branching: BranchingRules = {
  branching: branchingOf,
  negated: (condition, source) => negation(condition, source, negationRules),
  leaves: leavesBy(({ type, children }) =>
    type === "yield_statement"
      ? children.some((it) => it.type === "break")
      : /^(return|throw|break|continue|goto)_statement$/.test(type),
  ),
  isEndOfRow: (statement, row) => parts(statement).length === 0 && isEnd(statement, row),
  endOfRow: (row, source) => endStatement(row, source)?.replace("_statement", ""),
  declaresInRow,
  enclosed: { open: " {", close: "}", between: "} else {" },
  step: "    ",
  ended: (text, like) => (/[;}]$/.test(text) || !like.endsWith(";") ? text : `${text};`),
};

/** Whether a statement gives names to its row. */
export function declaresInRow(statement: SyntaxNode): boolean {
  return (
    /^(local_declaration|local_function|labeled)_statement$/.test(statement.type) || declaresNames(statement)
  );
}

/** What a condition finds by a pattern is known elsewhere when it is turned around, and directives stay where they are: that is left. */
function branchingOf(node: SyntaxNode): Branching | undefined {
  const [condition, first, other] = ["condition", "consequence", "alternative"].map((it) =>
    inField(node, it),
  );
  if (node.type !== "if_statement" || !condition || !first || declaresNames(condition)) return undefined;
  const row = node.parent && isRow(node.parent) ? node.parent : node;
  const isHeld = [first, ...(other ? [other] : [])].some((it) => it.children.some(isUsing));
  if (isHeld || [...walk(row)].some((it) => /_directive$/.test(it.type))) return undefined;
  return plainIf(node, { condition, first, other }, SIMPLE);
}

/** `using var a = b;` lasts as long as its row. */
export function isUsing({ type, children }: SyntaxNode): boolean {
  return type === "local_declaration_statement" && children.some((it) => it.type === "using");
}

function isEnd({ type }: SyntaxNode, row: SyntaxNode): boolean {
  const end = loopEnd(row) ?? (isPlainEnd(row.parent) ? "return_statement" : undefined);
  return type === end;
}

/** A method that gives nothing back ends like its body; of a lambda that is not known. */
function endStatement(row: SyntaxNode, source: Source): string | undefined {
  const { parent } = row;
  if (!parent || !isRow(row)) return undefined;
  const type = inField(parent, "type");
  const isWaited =
    /^(method_declaration|local_function_statement)$/.test(parent.type) &&
    hasModifier(parent, /^async$/) &&
    type !== undefined &&
    /^(Task|ValueTask)$/.test(textOf(type, source));
  return loopEnd(row) ?? (isPlainEnd(parent) || isWaited ? "return_statement" : undefined);
}

function loopEnd({ parent }: SyntaxNode): string | undefined {
  return /^(for|for_each|while|do)_statement$/.test(parent?.type ?? "") ? "continue_statement" : undefined;
}

function isPlainEnd(owner: SyntaxNode | undefined): boolean {
  if (/^(constructor|destructor)_declaration$/.test(owner?.type ?? "")) return true;
  if (owner?.type === "accessor_declaration")
    return owner.children.some((it) => /^(set|init|add|remove)$/.test(it.type));
  const isMethod = /^(method_declaration|local_function_statement)$/.test(owner?.type ?? "");
  return isMethod && owner !== undefined && inField(owner, "type")?.type === "void_keyword";
}
