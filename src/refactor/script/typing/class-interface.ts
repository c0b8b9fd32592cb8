import { inField, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import { indentAt, indentUnit, lineEnd } from "../../extraction/moved-text.ts";
import { badName, clashWith, freshName, hiddenAround, textOf } from "../../names.ts";
import { aboveComments } from "../../new-variable.ts";
import { type Plan, type Refusal, refused } from "../../plan.ts";
import type { Options, Place, Source } from "../../refactoring.ts";
import { statementInRow, wordAt } from "../../selection.ts";
import { misreadIn } from "../class-parts.ts";
import { gapAt, SPACES, warningsFor } from "./named-type.ts";
import { type Needed, neededBy } from "./needed.ts";
import { type Shown, shownBy } from "./shown-members.ts";

/** The name of the class that is declared at the place; `undefined`: the place is another. */
export function classNameAt(place: Place): SyntaxNode | undefined {
  const name = wordAt(place);
  const isClass = /^(abstract_)?class_declaration$/.test(name?.parent?.type ?? "");
  return isClass && name?.field === "name" ? name : undefined;
}

/** The plan that declares an interface of what a class shows with written types, before it, and has the class implement it. */
export function withClassInterface(name: SyntaxNode, source: Source, options: Options): Plan | Refusal {
  const whole = name.parent;
  const body = whole && inField(whole, "body");
  const statement = statementInRow(name, source);
  if (!whole || !body || !statement?.parent)
    return refused("extract-interface.place", "The class stands in no row of statements.", name);
  const misread = misreadIn(body, source);
  if (misread)
    return refused("extract-interface.word", "A name without an end is a word of what follows.", misread);
  const shown = shownBy(body, source);
  if (shown.members.length === 0)
    return refused("extract-interface.members", "The class shows nothing whose type is written.", name);
  const needed = neededBy(shown.types, statement.parent, source);
  if ("kind" in needed) return needed;
  const hidden = hiddenAround(whole, source);
  if (hidden) return hidden;
  const made = nameFor(name, statement, source, options);
  return typeof made === "string" ? planFor(made, { whole, body, statement, shown, needed }, source) : made;
}

function nameFor(
  name: SyntaxNode,
  statement: SyntaxNode,
  source: Source,
  options: Options,
): string | Refusal {
  const clash = (it: string) =>
    clashWith(it, statement, source, SPACES) ?? clashWith(it, name, source, SPACES);
  if (options.name !== undefined)
    return badName(options.name, source, SPACES) ?? clash(options.name) ?? options.name;
  const isTaken = (it: string) => clash(it) !== undefined;
  return freshName(`${textOf(name, source)}Interface`, statement, source, undefined, isTaken);
}

/** A class, and what it shows. */
interface Showing {
  readonly whole: SyntaxNode;
  readonly body: SyntaxNode;
  readonly statement: SyntaxNode;
  readonly shown: Shown;
  readonly needed: Needed;
}

function planFor(name: string, { whole, body, statement, shown, needed }: Showing, source: Source): Plan {
  const { path, text } = source;
  const [end, indent] = [lineEnd(text), indentAt(statement.from, text)];
  const parameters = needed.declared.length > 0 ? `<${needed.declared.join(", ")}>` : "";
  const lines = shown.members.map((it) => indent + indentUnit(text, "  ") + it);
  const declaration = [`interface ${name}${parameters} {`, ...lines, `${indent}}`].join(end);
  const use = needed.names.length > 0 ? `${name}<${needed.names.join(", ")}>` : name;
  const at = aboveComments(statement, text);
  const changes = [{ from: at, to: at, text: declaration + gapAt(at, text) }, implementing(whole, body, use)];
  const left = shown.left.map((it) => `"${it}"`).join(", ");
  const missing = left === "" ? [] : [`Not in the interface, as their types are not written: ${left}.`];
  return {
    kind: "plan",
    title: `Extract interface '${name}'`,
    files: [{ path, before: text, changes }],
    warnings: [...missing, ...(statement.parent === source.root ? warningsFor(name, source) : [])],
    nameAt: at + "interface ".length,
  };
}

/** The change that adds a name to what a class implements. */
function implementing(whole: SyntaxNode, body: SyntaxNode, use: string) {
  const heritage = whole.children.find((it) => it.type === "class_heritage");
  const clause = heritage?.children.find((it) => it.type === "implements_clause");
  const last = clause && parts(clause).at(-1);
  if (last) return { from: last.to, to: last.to, text: `, ${use}` };
  const at = heritage ?? parts(whole).findLast((it) => it.to <= body.from) ?? body;
  return { from: at.to, to: at.to, text: ` implements ${use}` };
}
