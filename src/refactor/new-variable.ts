import { nearest, parts, type SyntaxNode } from "../syntax/tree.ts";
import type { TextChange } from "../text/changes.ts";
import { wordPattern } from "../text/word-pattern.ts";
import type { ConstantHome } from "./code-rules.ts";
import { startWithComments } from "./extraction/moved-text.ts";
import { badName, clashWith, freshName, textOf } from "./names.ts";
import { equalTo } from "./occurrences.ts";
import { type Plan, type Refusal, refused } from "./plan.ts";
import type { Options, Place, Source } from "./refactoring.ts";
import { statementInRow } from "./selection.ts";
import { suggestedName } from "./suggested-name.ts";
import { takenBeside } from "./taken-beside.ts";
import type { TextPart } from "./texts/rules.ts";

/** A new variable: of what, before which statement of a row, and how the refactoring is called. */
export interface NewVariable {
  readonly node: SyntaxNode;
  readonly statement: SyntaxNode;
  /** "Extract variable" */
  readonly title: string;
  /** All that becomes the variable; left out: what the options say. */
  readonly all?: readonly SyntaxNode[];
  /** A name, where nobody gives one; left out: what the expression suggests. */
  readonly suggested?: string;
}

/** The plan that declares the variable before its statement, and names it where the expression stood. */
export function withVariable(made: NewVariable, place: Place, options: Options): Plan | Refusal {
  const { source } = place;
  const name = nameFor(made, source, options);
  if (typeof name !== "string") return name;
  const taken = made.statement.parent === source.root ? takenBeside(name, place) : undefined;
  return taken ?? extracted(made, name, source, options);
}

/** The plan that declares a part of a text before a statement, and names it in that text. */
export function withTextPart(
  { node, declaration, inPlace }: TextPart,
  statement: SyntaxNode,
  title: string,
  place: Place,
  options: Options,
): Plan | Refusal {
  const { source } = place;
  const said = /^[A-Za-z]\w*$/.exec(textOf(node, source))?.[0] ?? "text";
  const suggested = said.charAt(0).toLowerCase() + said.slice(1);
  const name = nameFor({ node, statement, title, suggested }, source, options);
  if (typeof name !== "string") return name;
  const taken = statement.parent === source.root ? takenBeside(name, place) : undefined;
  if (taken) return taken;
  const written = ended(declaration(name), statement, source);
  const at = aboveComments(leadingPart(statement), source.text);
  const before = { from: at, to: at, text: written + between(at, written, source.text) };
  return planOf(`${title} '${name}'`, [before, inPlace(name)], source, at + placeOf(name, written));
}

/** The plan that declares a constant as a member, and names it where the expression, or all equal ones, stood. */
export function withMember(
  node: SyntaxNode,
  home: ConstantHome,
  title: string,
  source: Source,
  { name: wanted, replaceAll }: Options,
  suggested = home.suggested ?? "CONSTANT",
): Plan | Refusal {
  const { root, text } = source;
  const { isTaken = (it: string) => clashWith(it, root, source) !== undefined } = home;
  const name = wanted ?? freshName(suggested, root, source, undefined, isTaken);
  const bad =
    badName(name, source) ??
    (home.isTaken?.(name)
      ? refused("name.taken", `A member is called "${name}" already.`, node)
      : home.isTaken
        ? undefined
        : clashWith(name, root, source));
  if (bad) return bad;
  const at = startWithComments(home.before, text);
  const written = home.declaration(name);
  const first: TextChange = { from: at, to: at, text: written + between(at, written, text) };
  const use = home.used?.(name) ?? name;
  const uses = (replaceAll ? home.equal : [node]).map((it) => standingFor(it, use, source));
  const changes = [first, ...uses].toSorted((a, b) => a.from - b.from);
  const plan = planOf(`${title} '${name}'`, changes, source, at + placeOf(name, written));
  return { ...plan, warnings: home.warnings ?? [] };
}

function nameFor(made: NewVariable, source: Source, { name }: Options): string | Refusal {
  const { node, statement, suggested = suggestedName(node, source) } = made;
  if (name === undefined) return freshName(suggested, statement, source);
  return badName(name, source) ?? clashWith(name, statement, source) ?? clashWith(name, node, source) ?? name;
}

function extracted(
  { node, statement, title, all: given }: NewVariable,
  name: string,
  source: Source,
  { replaceAll }: Options,
): Plan | Refusal {
  const { text, rules } = source;
  const isTop = statement.parent === source.root && rules.topDeclaration !== undefined;
  const plain = isTop ? rules.topDeclaration?.(name, node, source) : rules.declaration(name, node, source);
  if (plain === undefined)
    return refused(
      "extract-constant.type",
      "A constant there needs a type, and that is not to be seen.",
      node,
    );
  const declaration = ended(plain, statement, source);
  const titled = `${title} '${name}'`;
  const alone = ownStatement(node, source);
  if (alone && alone === statement) {
    const changes = [{ from: alone.from, to: alone.to, text: declaration }];
    return planOf(titled, changes, source, alone.from + placeOf(name, declaration));
  }
  const all = given ?? (replaceAll ? equalTo(node, statement, source) : [node]);
  if ("kind" in all) return all;
  const at = aboveComments(leadingPart(statement), text);
  const before: TextChange = { from: at, to: at, text: declaration + between(at, declaration, text) };
  const uses = all.map((it) => standingFor(it, name, source));
  return planOf(titled, [before, ...uses], source, at + placeOf(name, declaration));
}

/** The declaration, with an end of its own where the statement would go on with it. */
function ended(declaration: string, statement: SyntaxNode, { text, rules }: Source): string {
  const isOpen = !declaration.endsWith(";") && rules.goesOn?.test(text.slice(statement.from));
  return isOpen ? `${declaration};` : declaration;
}

/** The first of what belongs to a statement and stands before it: a function's overloads, attributes of Rust. Nothing may stand between. */
export function leadingPart(statement: SyntaxNode): SyntaxNode {
  const row = parts(statement.parent ?? statement);
  const isSignature = (it: SyntaxNode | undefined) =>
    [it, ...(it?.children ?? [])].some((at) => at?.type === "function_signature");
  let at = row.indexOf(statement);
  while (row[at - 1]?.type === "attribute_item") at--;
  if (!/function_(declaration|signature)|export_statement/.test(statement.type)) return row[at] ?? statement;
  while (isSignature(row[at - 1])) at--;
  return row[at] ?? statement;
}

/** Where the comments begin that are about a statement; what the file begins with is about the file. */
export function aboveComments(statement: SyntaxNode, text: string): number {
  const start = startWithComments(statement, text);
  return text.slice(0, start).trim() === "" ? statement.from : start;
}

/** The name in the place of a node; a word before or behind it, as in `return(a)`, stays one of its own. */
function standingFor(node: SyntaxNode, name: string, source: Source): TextChange {
  const { text, rules } = source;
  const { from, to } = node;
  const ahead = /[\p{ID_Continue}$]$/u.test(text.slice(Math.max(0, from - 2), from)) ? " " : "";
  const behind = /^[\p{ID_Continue}$]/u.test(text.slice(to, to + 2)) ? " " : "";
  return rules.nameInPlaceOf?.(node, name, source) ?? { from, to, text: ahead + name + behind };
}

/** Where the name stands in its declaration. */
function placeOf(name: string, declaration: string): number {
  return declaration.search(wordPattern(name));
}

function planOf(title: string, changes: readonly TextChange[], { path, text }: Source, nameAt: number): Plan {
  return { kind: "plan", title, files: [{ path, before: text, changes }], warnings: [], nameAt };
}

/** The statement that consists of the expression alone. */
function ownStatement(node: SyntaxNode, source: Source): SyntaxNode | undefined {
  const around = nearest(node.parent, (it) => it.type !== "parenthesized_expression");
  return around?.type === "expression_statement" &&
    parts(around).length === 1 &&
    statementInRow(node, source) === around
    ? around
    : undefined;
}

/** What stands between the declaration and what it is put before: a line's end, or a blank in a line's middle. */
function between(at: number, declaration: string, text: string): string {
  const ahead = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  if (ahead.trim() !== "") return declaration.endsWith(";") ? " " : "; ";
  return (text.includes("\r\n") ? "\r\n" : "\n") + ahead;
}
