import type { Tree, TreeCursor } from "web-tree-sitter";

/**
 * A node of a syntax tree as plain data, so that what reads it runs anywhere and nothing has to be freed. Offsets are
 * UTF-16 units into the text. Comments are children like others.
 */
export interface SyntaxNode {
  /** As the grammar calls it. */
  readonly type: string;
  /** The field of its parent that it stands in; `undefined` when in none. */
  readonly field: string | undefined;
  /** `false` for signs and keywords. */
  readonly isNamed: boolean;
  /** Whether it is, or holds, an error or something missing. */
  readonly hasError: boolean;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Named and other children, in the order in which they stand. */
  readonly children: readonly SyntaxNode[];
  /** `undefined` at the root. */
  readonly parent: SyntaxNode | undefined;
}

/** Deepest tree that is taken over. */
const DEPTH_LIMIT = 500;

/** A change that made a text from another: that stretch of the other one, and where it ends now. UTF-16 units. */
export interface TextEdit {
  readonly from: number;
  readonly oldTo: number;
  readonly newTo: number;
}

/** The tree of a text before it was edited; `root` as `plainTree` made it of the tree that the new one was parsed from. */
export interface TreeBefore {
  readonly root: SyntaxNode;
  readonly edit: TextEdit;
}

/**
 * Takes a whole tree over; `undefined` when it is nested too deeply. What an edit did not touch is taken out of
 * `before`, which is of no use afterwards: a parser shares such parts of its trees (Tree-sitter, "Advanced Parsing",
 * "Editing"). The tree itself is not freed.
 */
export function plainTree(tree: Tree, before?: TreeBefore): SyntaxNode | undefined {
  const cursor = tree.walk();
  try {
    return plainNode(cursor, undefined, DEPTH_LIMIT, before?.root as Made | undefined, before?.edit);
  } finally {
    cursor.delete();
  }
}

/** While it is made. */
type Made = { -readonly [K in Exclude<keyof SyntaxNode, "children">]: SyntaxNode[K] } & {
  /** The parser's own number of it: parts that two trees share have the same one. */
  readonly id: number;
  children: readonly Made[];
};

/** `old`: what stood in its place before the edit. */
function plainNode(
  cursor: TreeCursor,
  parent: Made | undefined,
  depth: number,
  old: Made | undefined,
  edit: TextEdit | undefined,
): Made | undefined {
  if (depth === 0) return undefined;
  const type = cursor.nodeType;
  const made: Made = {
    type,
    field: cursor.currentFieldName ?? undefined,
    isNamed: cursor.nodeIsNamed,
    hasError: type === "ERROR" || cursor.nodeIsMissing,
    from: cursor.startIndex,
    to: cursor.endIndex,
    children: [],
    parent,
    id: cursor.nodeId,
  };
  if (!cursor.gotoFirstChild()) return made;
  const known = old && edit ? new Map(old.children.map((it) => [it.id, it])) : undefined;
  const changed = edit && old?.children.find((it) => it.from <= edit.from && edit.oldTo <= it.to);
  const children: Made[] = [];
  do {
    const child =
      (edit && reused(known?.get(cursor.nodeId), cursor, made, edit)) ??
      plainNode(cursor, made, depth - 1, changed, edit);
    if (!child) return undefined;
    children.push(child);
    made.hasError ||= child.hasError;
  } while (cursor.gotoNextSibling());
  cursor.gotoParent();
  made.children = children;
  return made;
}

/** A part of the old tree, put where it now stands; `undefined`: it is not the same part. */
function reused(old: Made | undefined, cursor: TreeCursor, parent: Made, edit: TextEdit): Made | undefined {
  if (!old) return undefined;
  const isBehind = old.from >= edit.oldTo;
  if (!isBehind && old.to > edit.from) return undefined;
  const shift = isBehind ? edit.newTo - edit.oldTo : 0;
  const isSame = old.from + shift === cursor.startIndex && old.to + shift === cursor.endIndex;
  if (!isSame || old.type !== cursor.nodeType) return undefined;
  old.parent = parent;
  old.field = cursor.currentFieldName ?? undefined;
  if (shift !== 0) shifted(old, shift);
  return old;
}

/** Shifts a node and all below it. */
function shifted(node: Made, by: number): void {
  node.from += by;
  node.to += by;
  for (const it of node.children) shifted(it, by);
}

/** The first child in that field. */
export function inField(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((it) => it.field === field);
}

/** All children in that field. */
export function allInField(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((it) => it.field === field);
}

/** Children that are neither signs nor comments, nor say that a line goes on, as `\\` does. */
export function parts(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((it) => it.isNamed && !isComment(it) && it.type !== "line_continuation");
}

/** Whether the node is a comment, in any language. */
export function isComment(node: SyntaxNode): boolean {
  return /comment/.test(node.type);
}

/** Whether nothing but blanks is written there. */
export function isBlank(text: string, { from, to }: Pick<SyntaxNode, "from" | "to">): boolean {
  for (let at = from; at < to; at++) if (!/\s/.test(text[at] ?? "")) return false;
  return true;
}

/** The node's parent, that one's parent and so on, nearest first. */
export function ancestors(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let at = node.parent; at; at = at.parent) found.push(at);
  return found;
}

/** The nearest of the node itself and what it lies in that fits. */
export function nearest(
  node: SyntaxNode | undefined,
  fits: (node: SyntaxNode) => boolean,
): SyntaxNode | undefined {
  for (let at = node; at; at = at.parent) if (fits(at)) return at;
  return undefined;
}

/** The node and all below it, in the order in which they stand; below nodes for which `isClosed` says so it does not look. */
export function* walk(node: SyntaxNode, isClosed?: (node: SyntaxNode) => boolean): Generator<SyntaxNode> {
  yield node;
  if (isClosed?.(node)) return;
  for (const it of node.children) yield* walk(it, isClosed);
}

/** The smallest node that takes in the whole range. */
export function smallestAround(root: SyntaxNode, from: number, to: number): SyntaxNode {
  let node = root;
  for (;;) {
    const within = node.children.find((it) => it.from <= from && it.to >= to && it.to > it.from);
    if (!within) return node;
    node = within;
  }
}

/** Whether `inner` is `outer` or lies in it. */
export function contains(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}
