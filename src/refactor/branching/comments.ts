import { isComment, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import type { Branching } from "./rules.ts";

/** Comments that tools read: they are about their line. */
const DIRECTIVE =
  /\b(noqa|type:|pylint|pyright|mypy|eslint|tslint|prettier|biome|istanbul|c8|v8)\b|@ts-|\bfmt:/;
/** Comments that say which branch of what follows is not counted. */
const COUNTED = /\b(istanbul|c8|v8) ignore (if|else)\b/;

/** A comment of which nobody can tell where it belongs when the branches of an `if` change places. `id`: of the refactoring. */
export function unclearComment(branching: Branching, source: Source, id: string): Refusal | undefined {
  const { node, loose } = branching;
  const at = loose[0] ?? inHead(branching, source) ?? countedAbove(node, source) ?? behind(node, source);
  return at && refused(`${id}.comment`, "To which branch a comment belongs is not clear.", at);
}

/** One for a tool, in a line in which a branch begins. */
function inHead({ node, first, second }: Branching, source: Source): SyntaxNode | undefined {
  const heads = [first, ...(second ? [second] : [])].map(({ from }) => lineOf(from, source.text));
  const whole = node.type === "elif_clause" && node.parent ? node.parent : node;
  return [...walk(whole)].find(
    (it) =>
      isComment(it) &&
      DIRECTIVE.test(textOf(it, source)) &&
      heads.some((line) => line.from <= it.from && it.from < line.to),
  );
}

function countedAbove(node: SyntaxNode, source: Source): SyntaxNode | undefined {
  const row = node.parent?.children ?? [];
  const before = row[row.indexOf(node) - 1];
  return before && isComment(before) && COUNTED.test(textOf(before, source)) ? before : undefined;
}

/** Behind the last branch, in its line. */
function behind(node: SyntaxNode, { text, root }: Source): SyntaxNode | undefined {
  const { to } = lineOf(node.to, text);
  if (text.slice(node.to, to).trim() === "") return undefined;
  return [...walk(root, (it) => it.to <= node.to || it.from > to)].find(
    (it) => isComment(it) && it.from >= node.to && it.from < to,
  );
}

/** The line of an offset, without its end. */
export function lineOf(offset: number, text: string): { readonly from: number; readonly to: number } {
  const end = text.indexOf("\n", offset);
  return { from: text.lastIndexOf("\n", offset - 1) + 1, to: end === -1 ? text.length : end };
}
