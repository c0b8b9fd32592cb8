import { isComment, nearest, type SyntaxNode, smallestAround } from "../syntax/tree.ts";
import type { TextChange } from "../text/changes.ts";
import { inLines, stepOf } from "./branching/lines.ts";
import { indentAt, indentChanges } from "./extraction/moved-text.ts";
import { selectedPart } from "./extraction/part.ts";
import { textOf } from "./names.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Place, Source } from "./refactoring.ts";
import { trimmed } from "./selection.ts";
import type { SplittingRules } from "./splitting.ts";

/** Columns that a line with several declarations may have. */
const WIDTH = 100;

/** A statement that declares variables, with what stands before the first of them: `export let `. */
export interface Declaring {
  readonly whole: SyntaxNode;
  readonly declarators: readonly SyntaxNode[];
  readonly head: string;
  readonly end: string;
}

/** What a node declares; `undefined`: it is no statement that declares variables in a list. */
type DeclaringOf = (node: SyntaxNode, source: Source) => Declaring | undefined;

/** How variables are declared in a list, or each in a statement, with commas between them. */
export function splittingBy(declaringOf: DeclaringOf): SplittingRules {
  return { split: (place) => split(place, declaringOf), merge: (place) => merge(place, declaringOf) };
}

function split(place: Place, declaringOf: DeclaringOf): readonly TextChange[] | Refusal {
  const id = "split-declaration";
  const { source } = place;
  const { from, to } = trimmed(place);
  const inner = smallestAround(source.root, from, from === to ? from + 1 : to);
  const found = nearest(inner, (it) => source.rules.isStatement(it) || source.rules.isFunction(it));
  const made = found && declaringOf(found, source);
  if (!made || made.declarators.length < 2)
    return refused(`${id}.place`, "There is no statement here that declares several variables.", {
      from,
      to,
    });
  const indent = indentAt(made.whole.from, source.text);
  return made.declarators.flatMap((it, index) => {
    const next = made.declarators[index + 1];
    return next ? apart(it, next, made, indent, source) : [];
  });
}

/** The changes that end a declaration and begin the next one; comments stay where they stand. */
function apart(
  one: SyntaxNode,
  next: SyntaxNode,
  { head, end }: Declaring,
  indent: string,
  source: Source,
): readonly TextChange[] {
  const { text } = source;
  const comma = one.parent?.children.find((it) => it.type === "," && it.from >= one.to)?.from ?? one.to;
  const behind = text.slice(comma + 1, next.from);
  const lines = behind.split(/\r?\n/);
  const [own = "", ...more] = lines.length === 1 ? ["", ...lines] : lines;
  const ends = own.trimEnd() + inLines(["", ""], source);
  const rest = more.map((it) => (it.trim() === "" ? "" : indent + it.trim()));
  const last = rest.pop() ?? "";
  const opening = last === "" ? indent + head : `${last} ${head}`;
  const kept = rest.filter((it) => it !== "").map((it) => it + inLines(["", ""], source));
  const isFirstInLine = lines.length > 1 && text.slice(next.from).includes("\n");
  return [
    { from: comma, to: next.from, text: end + ends + kept.join("") + opening },
    ...(isFirstInLine ? indentChanges([next], next, source, indent) : []),
  ];
}

function merge(place: Place, declaringOf: DeclaringOf): readonly TextChange[] | Refusal {
  const id = "merge-declarations";
  const { source } = place;
  const all = mergeable(place, source, declaringOf);
  const [first] = all;
  if (!first || all.length < 2)
    return refused(`${id}.place`, "There are no declarations here that follow each other.", trimmed(place));
  const other = all.find((it) => it.head !== first.head);
  if (other) return refused(`${id}.kind`, "They do not declare in the same way.", other.whole);
  const { text } = source;
  const between = first.whole.parent?.children.find(
    (it) => isComment(it) && it.from >= first.whole.from && it.from < (all.at(-1)?.whole.from ?? 0),
  );
  const inside = all.flatMap((it) => it.declarators[0]?.parent?.children ?? []).find(isComment);
  const comment = between ?? inside;
  if (comment) return refused(`${id}.comment`, "A comment would have no place.", comment);
  const last = all.at(-1) ?? first;
  const declared = all.flatMap((it) => it.declarators.map((at) => textOf(at, source)));
  const oneLine = `${indentAt(first.whole.from, text)}${first.head}${declared.join(", ")};`;
  const isShort = oneLine.length <= WIDTH && !oneLine.includes("\n");
  const indent = indentAt(first.whole.from, text) + stepOf(source);
  const gap = isShort ? ", " : `,${inLines(["", indent], source)}`;
  const further = isShort ? [] : all.slice(1).flatMap((it) => it.declarators);
  const pairs = all.slice(1).map((it, index) => [all[index], it] as const);
  return [
    ...pairs.flatMap(([one, next]) => {
      const [from, to] = [one?.declarators.at(-1)?.to, next.declarators[0]?.from];
      return from === undefined || to === undefined ? [] : [{ from, to, text: gap }];
    }),
    ...further.flatMap((it) => indentChanges([it], it, source, indent)),
    ...(last.end === "" && first.end !== ""
      ? [{ from: last.whole.to, to: last.whole.to, text: first.end }]
      : []),
  ];
}

/** The declarations that are selected, or that of the cursor and the one behind it. */
function mergeable(place: Place, source: Source, declaringOf: DeclaringOf): readonly Declaring[] {
  const { from, to } = trimmed(place);
  const part = from === to ? undefined : selectedPart(place);
  if (part?.kind === "statements") {
    const made = part.nodes.filter((it) => !isComment(it)).map((it) => declaringOf(it, source));
    return made.every((it) => it !== undefined) ? made.flatMap((it) => it ?? []) : [];
  }
  const inner = smallestAround(source.root, from, from === to ? from + 1 : to);
  const found = nearest(inner, (it) => source.rules.isStatement(it) || source.rules.isFunction(it));
  const own = found && declaringOf(found, source);
  const row = own?.whole.parent?.children.filter((it) => it.isNamed && !isComment(it)) ?? [];
  const behind = own && row[row.indexOf(own.whole) + 1];
  const next = behind && declaringOf(behind, source);
  return own && next ? [own, next] : [];
}
