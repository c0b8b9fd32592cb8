import { Edit, type ParseOptions, type Parser, type Point, type Tree } from "web-tree-sitter";
import { plainTree, type SyntaxNode, type TextEdit } from "./tree.ts";

/** Parses a text whose earlier version it knows, quickly; `undefined` when that takes too long or it is nested too deeply. */
export type TreeFollower = (text: string, options: ParseOptions) => SyntaxNode | undefined;

/**
 * Follows a text through its edits: each is parsed from the tree of the one before (Tree-sitter, "Advanced Parsing",
 * "Editing"). What it gave before is of no use then. One tree is kept, outside of the garbage collector's reach.
 */
export function treeFollower(parser: Parser): TreeFollower {
  let last: { readonly text: string; readonly tree: Tree; readonly root: SyntaxNode } | undefined;
  return (text, options) => {
    if (last?.text === text) return last.root;
    const edit = last && editBetween(last.text, text);
    if (last && edit) last.tree.edit(new Edit(placed(edit, last.text, text)));
    const tree = parser.parse(text, edit && last ? last.tree : null, options);
    const root = tree ? plainTree(tree, edit && last ? { root: last.root, edit } : undefined) : undefined;
    last?.tree.delete();
    last = undefined;
    if (!tree) parser.reset();
    else if (root) last = { text, tree, root };
    else tree.delete();
    return root;
  };
}

/** What changed between two texts, as one stretch; `undefined`: most of it. */
function editBetween(before: string, after: string): TextEdit | undefined {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let same = 0;
  while (
    same < most - from &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  const edit = { from, oldTo: before.length - same, newTo: after.length - same };
  return edit.oldTo - from < before.length / 2 ? edit : undefined;
}

function placed({ from, oldTo, newTo }: TextEdit, before: string, after: string) {
  return {
    startIndex: from,
    oldEndIndex: oldTo,
    newEndIndex: newTo,
    startPosition: pointAt(before, from),
    oldEndPosition: pointAt(before, oldTo),
    newEndPosition: pointAt(after, newTo),
  };
}

function pointAt(text: string, offset: number): Point {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  let row = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < start; at = text.indexOf("\n", at + 1)) row++;
  return { row, column: offset - start };
}
