import { isComment, type SyntaxNode } from "../syntax/tree.ts";
import type { Source } from "./refactoring.ts";
import { statementInRow } from "./selection.ts";

/** Statements whose last sign ends them, whatever comes behind. */
const BLOCKS =
  /^((if|for|for_in|while|try|switch|with|labeled)_statement|statement_block|((generator_)?function|class|abstract_class|interface|enum|module)_declaration|function_signature)$/;

/** Whether what comes behind a statement may be read as going on with it; `undefined`: nothing is before it. */
export function isOpen(statement: SyntaxNode | undefined, { rules }: Source): boolean {
  if (!statement || rules.goesOn === undefined) return false;
  const isEnded = statement.children.findLast((it) => !isComment(it))?.type === ";";
  return !isEnded && !BLOCKS.test(statement.type);
}

/** The statement before one in its row; comments are none. */
export function statementBefore(statement: SyntaxNode): SyntaxNode | undefined {
  const row = statement.parent?.children.filter((it) => it.isNamed && !isComment(it)) ?? [];
  return row[row.indexOf(statement) - 1];
}

/** Whether `text` in the place of a node would be read as the end of the statement before; `gone`: one that is removed. */
export function joinsBefore(node: SyntaxNode, text: string, source: Source, gone?: SyntaxNode): boolean {
  const statement = statementInRow(node, source);
  if (!statement || statement.from !== node.from || !source.rules.goesOn?.test(text)) return false;
  const before = statementBefore(statement);
  return isOpen(before && before === gone ? statementBefore(before) : before, source);
}
