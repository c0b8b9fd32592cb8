import type { Node, Parser } from "web-tree-sitter";
import type { ShellNode, ShellTree } from "../world.ts";

/** Longest command line that is parsed, in UTF-16 units. */
export const SHELL_TEXT_LIMIT = 10_000;
/** Deepest tree that is answered. */
export const SHELL_DEPTH_LIMIT = 200;
/**
 * Steps for one line: calls of the parser's progress callback and nodes answered. Counted and not timed, so that a
 * line has the same answer on a busy machine; 10,000 characters of short commands take 5,400.
 */
const STEP_LIMIT = 20_000;

/** Parses a command line with a parser whose language is bash. */
export function shellTreeOf(parser: Parser, text: string): ShellTree {
  if (text.length > SHELL_TEXT_LIMIT) return failed(`it is longer than ${SHELL_TEXT_LIMIT} characters`);
  let steps = 0;
  const isLate = () => ++steps > STEP_LIMIT;
  const tree = parser.parse(text, null, { progressCallback: isLate });
  if (!tree) {
    parser.reset();
    return failed("parsing it takes too long");
  }
  try {
    if (tree.rootNode.hasError) return failed("it is not written as bash has it");
    const root = plain(tree.rootNode, SHELL_DEPTH_LIMIT, isLate);
    return typeof root === "string" ? failed(root) : { kind: "tree", root };
  } finally {
    // Trees live outside of the garbage collector's reach.
    tree.delete();
  }
}

/** The node as plain data, or why it is not answered. */
function plain(node: Node, depth: number, isLate: () => boolean): ShellNode | string {
  if (depth === 0) return "it is nested too deeply";
  if (isLate()) return "parsing it takes too long";
  if (node.isMissing || node.isError) return "it is not written as bash has it";
  const children: ShellNode[] = [];
  for (const it of node.children) {
    const child = it ? plain(it, depth - 1, isLate) : "it cannot be parsed whole";
    if (typeof child === "string") return child;
    children.push(child);
  }
  const { type, isNamed, startIndex: from, endIndex: to } = node;
  return { type, isNamed, from, to, children };
}

function failed(reason: string): ShellTree {
  return { kind: "failed", reason };
}
