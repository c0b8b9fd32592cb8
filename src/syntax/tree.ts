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

/** Takes a whole tree over; `undefined` when it is nested too deeply. The tree itself is not freed. */
export function plainTree(tree: Tree): SyntaxNode | undefined {
  const cursor = tree.walk();
  try {
    return plainNode(cursor, undefined, DEPTH_LIMIT);
  } finally {
    cursor.delete();
  }
}

type Growing = Omit<SyntaxNode, "children"> & { children: readonly SyntaxNode[] };

function plainNode(
  cursor: TreeCursor,
  parent: SyntaxNode | undefined,
  depth: number,
): SyntaxNode | undefined {
  if (depth === 0) return undefined;
  const node = cursor.currentNode;
  const made: Growing = {
    type: cursor.nodeType,
    field: cursor.currentFieldName ?? undefined,
    isNamed: cursor.nodeIsNamed,
    hasError: node.hasError || node.isMissing,
    from: cursor.startIndex,
    to: cursor.endIndex,
    children: [],
    parent,
  };
  if (!cursor.gotoFirstChild()) return made;
  const children: SyntaxNode[] = [];
  do {
    const child = plainNode(cursor, made, depth - 1);
    if (!child) return undefined;
    children.push(child);
  } while (cursor.gotoNextSibling());
  cursor.gotoParent();
  made.children = children;
  return made;
}

/** The first child in that field. */
export function inField(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((it) => it.field === field);
}

/** All children in that field. */
export function allInField(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((it) => it.field === field);
}

/** Children that are neither signs nor comments. */
export function parts(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((it) => it.isNamed && !isComment(it));
}

/** Whether the node is a comment, in any language. */
export function isComment(node: SyntaxNode): boolean {
  return /comment/.test(node.type);
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
