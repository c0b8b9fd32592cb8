import type { Binding } from "../../../syntax/bindings.ts";
import { inField, type SyntaxNode } from "../../../syntax/tree.ts";
import { type TextChange, withChanges } from "../../../text/changes.ts";
import { indentAt, indentChanges, indentUnit, lineEnd } from "../../extraction/moved-text.ts";
import type { Part } from "../../extraction/part.ts";
import type { Extraction } from "../../extraction/rules.ts";
import { textOf } from "../../names.ts";
import type { Plan } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { namesIn } from "../../selection.ts";
import { statementEnd } from "../declared.ts";
import { writtenType } from "../extraction-text.ts";
import { mayBeNarrowed } from "../written-types.ts";

/** A component to be written. */
export interface Component extends Extraction {
  /** What it is given. */
  readonly props: readonly Binding[];
  /** The attribute that stays where it is used. */
  readonly key: SyntaxNode | undefined;
}

/** The plan that writes it behind the statement of the file that uses it now. */
export function planFor(made: Component, source: Source): Plan {
  const { name, part, home, props, key } = made;
  const { path, text } = source;
  const given = [...(key ? [textOf(key, source)] : []), ...props.map((it) => `${it.name}={${it.name}}`)];
  const own = { from: part.from, to: part.to, text: useOf(name, given, part, source) };
  const at = home.beside.to + (text[home.beside.to] === ";" ? 1 : 0);
  const end = lineEnd(text);
  const behind: TextChange = { from: at, to: at, text: `${end}${end}${written(made, source)}` };
  return {
    kind: "plan",
    title: `Extract component '${name}'`,
    files: [{ path, before: text, changes: [own, behind] }],
    warnings: warningsOf(made, source),
    nameAt: own.from + 1,
    untold:
      isTyped(source) && made.told.length === 0 ? props.flatMap((it) => firstUse(it, made, source)) : [],
  };
}

function warningsOf(made: Component, source: Source): readonly string[] {
  if (!isTyped(source)) return [];
  const listed = (all: readonly Binding[]) => all.map((it) => `"${it.name}"`).join(", ");
  const unknown = made.props.filter((it) => typeOf(it, made, source) === undefined);
  const narrowed = made.told.length > 0 ? [] : made.props.filter((it) => mayBeNarrowed(it, source));
  return [
    ...(unknown.length > 0 ? [`The type of ${listed(unknown)} is written nowhere: it is "any".`] : []),
    ...(narrowed.length > 0
      ? [`Where ${listed(narrowed)} was known more closely than its type says, it no longer is.`]
      : []),
  ];
}

function isTyped({ language }: Source): boolean {
  return language !== "javascript";
}

function typeOf(binding: Binding, made: Component, source: Source): string | undefined {
  return writtenType(binding, made, source);
}

function firstUse(binding: Binding, { part }: Component, source: Source): readonly number[] {
  const uses = part.nodes.flatMap((it) => namesIn(it, source)).filter((it) => it.binding === binding);
  return uses.length === 0 ? [] : [Math.min(...uses.map((it) => it.node.from))];
}

/** Columns that a line with all that is given may have. */
const WIDTH = 100;

function useOf(name: string, given: readonly string[], { from }: Part, { text }: Source): string {
  const line = `<${[name, ...given].join(" ")} />`;
  const [indent, end] = [indentAt(from, text), lineEnd(text)];
  if (line.length + indent.length <= WIDTH) return line;
  const inner = given.map((it) => indent + indentUnit(text, "  ") + it);
  return [`<${name}`, ...inner, `${indent}/>`].join(end);
}

/** `function Name({ a }: { a: T }) {`, a line or, where that is long, several. */
function headOf(made: Component, outer: string, source: Source): string {
  const names = made.props.map((it) => it.name);
  const types = made.props.map((it) => `${it.name}: ${typeOf(it, made, source) ?? "any"}`);
  const said = isTyped(source) ? `: { ${types.join("; ")} }` : "";
  const line = `function ${made.name}(${names.length > 0 ? `{ ${names.join(", ")} }${said}` : ""}) {`;
  if (outer.length + line.length <= WIDTH || names.length === 0) return line;
  const [end, inner] = [lineEnd(source.text), outer + indentUnit(source.text, "  ")];
  const several = (all: readonly string[], sign: string) =>
    ["{", ...all.map((it) => inner + it + sign), `${outer}}`].join(end);
  const typed = isTyped(source) ? `: ${several(types, ";")}` : "";
  return `function ${made.name}(${several(names, ",")}${typed}) {`;
}

function written(made: Component, source: Source): string {
  const { part, key, home } = made;
  const { text } = source;
  const [unit, end, stop] = [indentUnit(text, "  "), lineEnd(text), statementEnd(source)];
  const outer = home.container === source.root ? "" : indentAt(home.beside.from, text);
  const isSeveral = part.nodes.length > 1;
  const depth = outer + unit + unit + (isSeveral ? unit : "");
  const moved = textAt(part, key, depth, source);
  const lines = isSeveral
    ? [`${outer}${unit}${unit}<>`, depth + moved, `${outer}${unit}${unit}</>`]
    : [depth + moved];
  const isShort = lines.length === 1 && !moved.includes("\n");
  const body = isShort
    ? [`${outer}${unit}return ${moved}${stop}`]
    : [`${outer}${unit}return (`, ...lines, `${outer}${unit})${stop}`];
  return [outer + headOf(made, outer, source), ...body, `${outer}}`].join(end);
}

/** The elements with their lines indented, without the attribute. */
function textAt(part: Part, key: SyntaxNode | undefined, indent: string, source: Source): string {
  const gone = key && { from: blanksBefore(key, source.text), to: key.to, text: "" };
  const lines = indentChanges(part.nodes, part, source, indent).filter(
    (it) => !gone || it.to <= gone.from || gone.to <= it.from,
  );
  const own = [...lines, ...(gone ? [gone] : [])].map((it) => ({
    ...it,
    from: it.from - part.from,
    to: it.to - part.from,
  }));
  return withChanges(source.text.slice(part.from, part.to), own);
}

/** Where the blanks before an attribute begin. */
function blanksBefore({ from, parent }: SyntaxNode, text: string): number {
  const name = parent && inField(parent, "name");
  const before = text.slice(name?.to ?? from, from);
  return from - (before.length - before.trimEnd().length);
}
