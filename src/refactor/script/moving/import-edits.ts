import { isComment, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { wholeLines } from "../../lines.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { type Link, type LinkedName, linksOf } from "./links.ts";
import type { ImportStyle } from "./style.ts";

/** A name that a file is to import, or to export from another one. */
export interface Wanted {
  readonly specifier: string;
  readonly isExport: boolean;
  readonly kind: LinkedName["kind"];
  readonly imported: string;
  readonly local: string;
  readonly isType: boolean;
  readonly attributes: string;
  /** The statement behind which it is put; left out: the last import. */
  readonly behind?: SyntaxNode;
}

/** What happens to the imports of a file. */
export interface ImportChanges {
  readonly gone: readonly LinkedName[];
  readonly wanted: readonly Wanted[];
  /** Whether two specifiers of the file mean the same module. */
  readonly isSame: (a: string, b: string) => boolean;
}

/** The changes to a file's imports; refused where a comment would be lost. */
export function importEdits(
  source: Source,
  changes: ImportChanges,
  style: ImportStyle,
): readonly TextChange[] | Refusal {
  const links = linksOf(source);
  const left = new Set(changes.wanted);
  const edits: TextChange[] = [];
  for (const link of links) {
    const kept = link.names.filter((it) => !changes.gone.includes(it));
    const added = [...left].filter((it) => mayJoin(link, kept, it, changes.isSame));
    if (kept.length === link.names.length && added.length === 0) continue;
    for (const it of added) left.delete(it);
    const isWhole = kept.length === 0 && added.length === 0;
    if (kept.length < link.names.length && [...walk(link.statement)].some(isComment))
      return refused("move-symbol.comment", "A comment stands among the names of an import.", link.statement);
    if (isWhole) edits.push({ ...wholeLines(link.statement, source.text), text: "" });
    else edits.push(relisted(link, kept, added, source));
  }
  if (left.size === 0) return edits;
  const places = [...new Set([...left].map((it) => it.behind))];
  return [
    ...edits,
    ...places.map((behind) => {
      const here = [...left].filter((it) => it.behind === behind);
      return inserted(statementsFor(here, style).join(lineEnd(source.text)), source, links, behind);
    }),
  ];
}

function mayJoin(
  link: Link,
  kept: readonly LinkedName[],
  it: Wanted,
  isSame: ImportChanges["isSame"],
): boolean {
  // `import type a, { b }` is none.
  const isFull = (name: LinkedName) => name.kind === "namespace" || (link.isType && name.kind === "default");
  const isFree = link.names.length > 0 && !kept.some(isFull);
  const isListed = it.kind === "named" && isFree && kept.length > 0 && it.isExport === link.isExport;
  return (
    isListed &&
    it.isType === link.isType &&
    it.attributes === link.attributes &&
    isSame(link.specifier, it.specifier)
  );
}

/** The clause of a link with other names. */
function relisted(
  link: Link,
  kept: readonly LinkedName[],
  added: readonly Wanted[],
  source: Source,
): TextChange {
  const clause =
    link.statement.children.find((it) => /^(import|export)_clause$/.test(it.type)) ?? link.statement;
  const list =
    clause.type === "export_clause" ? clause : clause.children.find((it) => it.type === "named_imports");
  const listed = kept.filter((it) => it.kind === "named");
  const last = listed.at(-1)?.node;
  const text = list ? textOf(list, source) : "";
  const broken = /^\{\s*?\n([ \t]*)/.exec(text);
  if (last && kept.length === link.names.length) {
    const between = broken ? `,${lineEnd(text)}${broken[1]}` : ", ";
    return { from: last.to, to: last.to, text: added.map((it) => between + nameOf(it)).join("") };
  }
  const names = [...listed.map((it) => textOf(it.node, source)), ...added.map(nameOf)];
  const comma = /,\s*\}$/.test(text) ? "," : "";
  const nl = lineEnd(text);
  const braces =
    broken && names.length > 0
      ? `{${nl}${names.map((it) => broken[1] + it).join(`,${nl}`)}${comma}${nl}}`
      : `{ ${names.join(", ")} }`;
  const others = kept.filter((it) => it.kind !== "named").map((it) => textOf(it.node, source));
  const { from, to } = clause;
  return { from, to, text: [...others, ...(names.length > 0 ? [braces] : [])].join(", ") };
}

function nameOf({ imported, local }: Wanted): string {
  return imported === local ? local : `${imported} as ${local}`;
}

/** The statements that import, or export, what is wanted, those of one module together, in order. */
export function statementsFor(wanted: readonly Wanted[], { quote, end }: ImportStyle): readonly string[] {
  const groups = new Map<string, Wanted[]>();
  for (const it of wanted) {
    const single = it.kind === "namespace" || (it.kind === "default" && it.isType) ? it.local : "";
    const key = JSON.stringify([it.specifier, it.isExport, it.isType, it.attributes, single]);
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return [...groups.values()].map((group) => {
    const [{ specifier, isExport, isType, attributes } = group[0] as Wanted] = group;
    const listed = group.filter((it) => it.kind === "named").map(nameOf);
    const clause = [
      ...group.filter((it) => it.kind === "default").map((it) => it.local),
      ...group.filter((it) => it.kind === "namespace").map((it) => `* as ${it.local}`),
      ...(listed.length > 0 ? [`{ ${listed.join(", ")} }`] : []),
    ].join(", ");
    const verb = `${isExport ? "export" : "import"}${isType ? " type" : ""}`;
    return `${verb} ${clause} from ${quote}${specifier}${quote}${attributes && ` ${attributes}`}${end}`;
  });
}

function inserted(
  lines: string,
  source: Source,
  links: readonly Link[],
  behind: SyntaxNode | undefined,
): TextChange {
  const { text } = source;
  const nl = lineEnd(text);
  const last = behind ?? links.findLast((it) => !it.isExport)?.statement;
  if (last) {
    const ending = text.indexOf("\n", last.to);
    const isAlone = /^\s*(\/\/.*)?$/.test(text.slice(last.to, ending === -1 ? text.length : ending));
    if (isAlone && ending !== -1) return { from: ending + 1, to: ending + 1, text: lines + nl };
    const at = isAlone ? text.length : last.to;
    return { from: at, to: at, text: nl + lines + (isAlone ? "" : nl) };
  }
  const top = topOf(source);
  return { from: top, to: top, text: `${lines}${nl}${nl}` };
}

/** Where the first import of a file without any belongs: behind directives, and comments that are about the file. */
function topOf(source: Source): number {
  const { root, text } = source;
  let top = 0;
  for (const it of root.children) {
    const isHead =
      it.type === "hash_bang_line" || isDirective(it) || (isComment(it) && isAboutFile(it, source));
    if (!isHead) break;
    const ending = text.indexOf("\n", it.to);
    top = ending === -1 ? it.to : ending + 1;
  }
  return top + (/^(?:[ \t]*\r?\n)*/.exec(text.slice(top))?.[0].length ?? 0);
}

/** `"use strict"` and others of its kind. */
export function isDirective({ type, children: [first] }: SyntaxNode): boolean {
  return type === "expression_statement" && first?.type === "string";
}

/** Whether a comment is not one of the declaration below it. */
export function isAboutFile(comment: SyntaxNode, { root, text }: Source): boolean {
  const said = text.slice(comment.from, comment.to);
  if (ABOUT_LINES.test(said)) return true;
  const isFirst = !root.children.some((it) => it.to <= comment.from && it.isNamed && !isComment(it));
  const isApart = /^[ \t]*\r?\n[ \t]*\r?\n/.test(text.slice(comment.to));
  return isFirst ? isApart || ABOUT_FILE.test(said) : isApart && !said.startsWith("/**");
}

/** For what follows, however much that is. */
const ABOUT_LINES = /eslint-(en|dis)able(?!-)|eslint-env|^\/\/\/|biome-ignore-all|^\/\/ ?#/;
const ABOUT_FILE =
  /licen[sc]e|copyright|@ts-(no)?check|@jsx|@file|@module|@packageDocumentation|@preserve|@vitest-environment|@jest-environment|@flow/i;

/** The line ends of a text. */
export function lineEnd(text: string): "\r\n" | "\n" {
  return /\r\n/.test(text) ? "\r\n" : "\n";
}
