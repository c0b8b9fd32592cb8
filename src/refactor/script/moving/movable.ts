import { allInField, inField, isComment, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { extensionOf, parentOf } from "../../../text/paths.ts";
import type { Movable } from "../../moving/rules.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { trimmed } from "../../selection.ts";

const MOVABLE =
  /^((generator_)?function_declaration|function_signature|(abstract_)?class_declaration|(interface|type_alias|enum|lexical)_declaration)$/;

/** See `MovingRules.movable`: whole statements that are selected or touched, or the one whose head the cursor is in. */
export function movable(place: Place): Movable | Refusal {
  const { source } = place;
  const rows = parts(source.root);
  const { from, to } = trimmed(place);
  const touched = rows.filter((it) =>
    from === to ? it.from <= from && from <= it.to : it.from < to && from < it.to,
  );
  const [only, ...more] = touched;
  if (!only || (more.length === 0 && from > only.from && from > headEnd(only)))
    return refused("move-symbol.place", "No declaration at the top of the file is selected here.", {
      from,
      to,
    });
  const wrong = touched.find((it) => isDefault(it) || !MOVABLE.test(declarationOf(it).type));
  if (wrong) return refusalOf(wrong);
  const statements = withNamesakes(touched, rows, source);
  const names = [...new Set(statements.flatMap((it) => namesIn(it, source)))];
  const [name] = names;
  if (name === undefined) return refused("move-symbol.place", "Nothing with a name is declared here.", only);
  return {
    statements,
    names,
    path: `${parentOf(source.path).replace(/\/$/, "")}/${name}${extensionOf(source.path)}`,
  };
}

/** The declaration that a statement exports, or itself. */
export function declarationOf(statement: SyntaxNode): SyntaxNode {
  return (statement.type === "export_statement" && inField(statement, "declaration")) || statement;
}

function refusalOf(wrong: SyntaxNode): Refusal {
  if (isDefault(wrong) || isDefault(wrong.parent ?? wrong))
    return refused("move-symbol.default", "What a file exports as its default stays in it.", wrong);
  return refused(
    "move-symbol.kind",
    "Only functions, classes, types, enumerations, const and let are moved.",
    wrong,
  );
}

/** Whether it is `export default …`. */
export function isDefault({ type, children }: SyntaxNode): boolean {
  return type === "export_statement" && children.some((it) => it.type === "default");
}

/** Behind it begins what is in the declaration: a body, a value. */
function headEnd(statement: SyntaxNode): number {
  const declaration = declarationOf(statement);
  const body =
    inField(declaration, "body") ?? declaration.children.flatMap((it) => allInField(it, "value"))[0];
  return body?.from ?? statement.to;
}

/** Overloads, and whatever else is one thing in several statements. */
function withNamesakes(
  touched: readonly SyntaxNode[],
  rows: readonly SyntaxNode[],
  source: Source,
): readonly SyntaxNode[] {
  const names = new Set(touched.flatMap((it) => namesIn(it, source)));
  const isOne = (it: SyntaxNode | undefined) =>
    it !== undefined && !isDefault(it) && namesIn(it, source).some((name) => names.has(name));
  let [first, last] = [rows.indexOf(touched[0] as SyntaxNode), rows.indexOf(touched.at(-1) as SyntaxNode)];
  while (isOne(rows[first - 1])) first--;
  while (isOne(rows[last + 1])) last++;
  return rows.slice(first, last + 1);
}

function namesIn(statement: SyntaxNode, source: Source): readonly string[] {
  const declaration = declarationOf(statement);
  if (!MOVABLE.test(declaration.type)) return [];
  const holders = declaration.type === "lexical_declaration" ? parts(declaration) : [declaration];
  const names = holders.flatMap((it) => inField(it, "name") ?? []);
  const leaves = names
    .flatMap((it) => [...walk(it)])
    .filter((it) => /identifier/.test(it.type) && it.children.length === 0);
  return leaves.map((it) => textOf(it, source));
}

/** Where the statements begin with the comments that belong to the first of them. */
export function startOf(
  statements: readonly SyntaxNode[],
  source: Source,
  isAboutFile: (it: SyntaxNode) => boolean,
): number {
  const { text, root } = source;
  const [first] = statements;
  if (!first) return 0;
  let start = first.from;
  for (let at = root.children.indexOf(first) - 1; at >= 0; at--) {
    const it = root.children[at];
    if (!it || !isComment(it) || isAboutFile(it)) break;
    const isOwnLine = /(^|\n)[ \t]*$/.test(text.slice(0, it.from));
    const isDoc = start === first.from && text.startsWith("/**", it.from);
    const isClose = isDoc || /^[ \t]*\r?\n?[ \t]*$/.test(text.slice(it.to, start));
    if (!isOwnLine || !isClose) break;
    start = it.from;
  }
  return start;
}

/** Where the statements end with a comment behind them on the line. */
export function endOf(statements: readonly SyntaxNode[], { text, root }: Source): number {
  const last = statements.at(-1);
  const next = last && root.children[root.children.indexOf(last) + 1];
  const end = last?.to ?? 0;
  return next && isComment(next) && /^[ \t]*$/.test(text.slice(end, next.from)) ? next.to : end;
}
