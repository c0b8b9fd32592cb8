import { isComment, type SyntaxNode } from "../../syntax/tree.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import type { Edits } from "./edits.ts";

/** What is to stand in a list: what stood there, with something around it, or a text. */
export type Entry =
  | { readonly node: SyntaxNode; readonly before?: string; readonly after?: string }
  | { readonly text: string };

/** What stands in a list between two commas, with its comments. */
interface Item {
  readonly node: SyntaxNode;
  readonly from: number;
  to: number;
  /** A comment behind it in its line, behind the comma if there is one. */
  behind: string;
  /** The blanks from there to the next. */
  gap: string;
}

interface List {
  readonly items: readonly Item[];
  /** What stands behind the opening sign, and before the closing one. */
  readonly head: string;
  readonly tail: string;
  readonly hasLastComma: boolean;
}

/**
 * Puts entries into a list in parentheses, laid out as it was: comments stay with what they stand beside, a last comma
 * stays, lines are broken where they were. Refuses where a comment would end up before something it hides.
 */
export function relisted(
  list: SyntaxNode,
  entries: readonly Entry[],
  source: Source,
  edits: Edits,
): Refusal | undefined {
  const [open, close] = [list.children[0], list.children.at(-1)];
  if (!open || !close || list.children.length < 2) {
    const alone = entries.map((it) => textOf(it, undefined, source, edits)).join(", ");
    edits.add({ from: list.from, to: list.to, text: `(${alone})` });
    return undefined;
  }
  const there = list.children.filter((it) => it.isNamed && !isComment(it));
  const isSame = (it: Entry, at: number) => "node" in it && it.node === there[at] && !it.before;
  if (entries.length === there.length && entries.every(isSame)) return undefined;
  const was = listIn(list, open, close, source);
  const text = "code" in was ? was : laidOut(list, was, entries, source, edits);
  if (typeof text !== "string") return text;
  // What is left in there has been taken, or is gone.
  edits.taken(open.to, close.from);
  edits.add({ from: open.to, to: close.from, text });
  return undefined;
}

const HIDING = /^(\/\/|#)/;

function unclear(at: SyntaxNode): Refusal {
  return refused("change-signature.comment", "To what a comment in it belongs is not certain.", at);
}

function listIn(list: SyntaxNode, open: SyntaxNode, close: SyntaxNode, { text }: Source): List | Refusal {
  const items: Item[] = [];
  let [begun, ended, isBehindComma] = [-1, open.to, false];
  const inner = list.children.slice(1, -1);
  for (const [at, it] of inner.entries()) {
    const last = items.at(-1);
    const next = inner[at + 1]?.from ?? close.from;
    const isLineEnd = !text.slice(ended, it.from).includes("\n") && text.slice(it.to, next).includes("\n");
    if (it.type === ",") {
      if (last && last.behind !== "") return unclear(it);
      isBehindComma = true;
      ended = it.to;
    } else if (!isComment(it)) {
      if (last) last.gap = text.slice(ended, begun === -1 ? it.from : begun);
      items.push({ node: it, from: begun === -1 ? it.from : begun, to: it.to, behind: "", gap: "" });
      [begun, ended, isBehindComma] = [-1, it.to, false];
    } else if (last && begun === -1 && (isBehindComma ? isLineEnd : true)) {
      if (last.behind !== "") return unclear(it);
      if (isBehindComma || HIDING.test(text.slice(it.from, it.to))) last.behind = text.slice(it.from, it.to);
      else last.to = it.to;
      ended = it.to;
    } else if (!last && begun === -1 && isLineEnd) ended = it.to;
    else if (begun === -1) begun = it.from;
  }
  return {
    items,
    head: text.slice(open.to, items[0]?.from ?? close.from),
    tail: items.length === 0 ? "" : text.slice(ended, close.from),
    hasLastComma: isBehindComma,
  };
}

function laidOut(
  list: SyntaxNode,
  { items, head, tail, hasLastComma }: List,
  entries: readonly Entry[],
  source: Source,
  edits: Edits,
): string | Refusal {
  const hasComment = [head, tail, ...items.map((it) => it.behind)].some((it) => it.trim() !== "");
  if (items.length === 0 || entries.length === 0)
    return hasComment ? unclear(list) : entries.map((it) => textOf(it, undefined, source, edits)).join(", ");
  const gaps = items.slice(0, -1).map((it) => it.gap);
  const usual = gaps.at(-1) ?? /\r?\n[ \t]*$/.exec(head)?.[0] ?? " ";
  let made = head;
  for (const [at, entry] of entries.entries()) {
    const item = "node" in entry ? items.find((it) => it.node === entry.node) : undefined;
    const isLast = at === entries.length - 1;
    const behind = item && item.behind !== "" ? ` ${item.behind}` : "";
    const gap = isLast ? tail : (gaps[at] ?? usual);
    if (HIDING.test(behind.trim()) && !gap.includes("\n")) return unclear(item?.node ?? list);
    made += textOf(entry, item, source, edits) + (isLast && !hasLastComma ? "" : ",") + behind + gap;
  }
  return made;
}

function textOf(entry: Entry, item: Item | undefined, source: Source, edits: Edits): string {
  if (!("node" in entry)) return entry.text;
  const { node, before = "", after = "" } = entry;
  const { from, to } = item ?? node;
  const leading = source.text.slice(from, node.from);
  const trailing = source.text.slice(node.to, to);
  return leading + before + edits.taken(node.from, node.to) + after + trailing;
}
