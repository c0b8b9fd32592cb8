import { isComment, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { lineOf } from "../branching/comments.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import type { ImportedName } from "./rules.ts";

/** The order of two keys: by their signs without regard to capitals, then with. */
export function compared(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (x !== y) return x < y ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The changes that put the names of a list in order; "comment": with those in it that is not certain. */
export function sortedNames(
  names: readonly ImportedName[],
  source: Source,
): readonly TextChange[] | "comment" {
  const ordered = names.toSorted((a, b) => compared(a.key, b.key));
  if (ordered.every((it, index) => it === names[index])) return [];
  const list = names[0]?.node.parent?.children ?? [];
  const [first, last] = [names[0]?.node.from ?? 0, names.at(-1)?.node.to ?? 0];
  const end = lineOf(last, source.text).to;
  const comments = list.filter((it) => isComment(it));
  if (comments.length === 0) return ordered.map((it, index) => inSlot(names[index], textOf(it.node, source)));
  // Each in its line, with what is said of it above and behind.
  const slots = names.map(({ node }) => entryOf(node, list, source));
  const isClear =
    slots.every((it) => it !== undefined) &&
    comments.every((it) => it.from >= (slots[0]?.from ?? first) && it.to <= end);
  if (!isClear) return "comment";
  return ordered.flatMap((it, index) => {
    const [slot, own] = [slots[index], slots[names.indexOf(it)]];
    const comma = source.text.slice(slot?.nameTo, slot?.commaTo);
    return slot && own
      ? [{ from: slot.from, to: slot.to, text: own.above + textOf(it.node, source) + comma + own.behind }]
      : [];
  });
}

function inSlot(slot: ImportedName | undefined, text: string): TextChange {
  return { from: slot?.node.from ?? 0, to: slot?.node.to ?? 0, text };
}

interface Entry {
  readonly from: number;
  readonly to: number;
  readonly nameTo: number;
  readonly commaTo: number;
  /** Comments in the lines above, and behind the name in its line. */
  readonly above: string;
  readonly behind: string;
}

function entryOf(name: SyntaxNode, list: readonly SyntaxNode[], { text }: Source): Entry | undefined {
  const line = lineOf(name.from, text);
  const at = list.indexOf(name);
  let from = name.from;
  for (const it of list.slice(0, at).toReversed()) {
    const isAbove = isComment(it) && text.slice(lineOf(it.from, text).from, it.from).trim() === "";
    if (!isAbove || text.slice(it.to, from).split("\n").length !== 2) break;
    from = it.from;
  }
  const next = list[at + 1];
  const commaTo = next?.type === "," ? next.to : name.to;
  const behind = text.slice(commaTo, line.to).replace(/\r$/, "");
  const isAlone =
    text.slice(line.from, name.from).trim() === "" && /^\s*((\/\/|#).*|\/\*[^*]*\*\/\s*)?$/.test(behind);
  return isAlone
    ? {
        from,
        to: commaTo + behind.length,
        nameTo: name.to,
        commaTo,
        above: text.slice(from, name.from),
        behind,
      }
    : undefined;
}
