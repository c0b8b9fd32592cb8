import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { SmellRules } from "../smell-rules.ts";
import { visit } from "../visit.ts";
import { among, type Types } from "./types.ts";

/** Which statements go elsewhere, by their types. */
export interface LeavingNodes {
  /** What goes elsewhere by itself. */
  readonly leaving: Types;
  /** Rows that are statements themselves: they leave where their last one does. */
  readonly blocks: Types;
  /** What has its effect, or none, wherever it stands. */
  readonly standing?: Types;
  /** What others may jump to, or what makes a part stand or not. */
  readonly entries?: Types;
  /** Whether what seems to leave may not be there at all. */
  readonly mayBeLeftOut?: (statement: SyntaxNode) => boolean;
}

type Leaving = Pick<SmellRules, "leaves" | "countsUnreached" | "isForForm">;

/** `SmellRules.leaves` and what goes with it, by types: also where both ways of a condition leave. */
export function leavingBy({
  leaving,
  blocks,
  standing,
  entries,
  mayBeLeftOut,
}: LeavingNodes): Required<Leaving> {
  const [isLeaving, isBlock] = [among(leaving), among(blocks)];
  const [isStanding, isEntry] = [among(standing), among(entries)];
  return {
    leaves,
    countsUnreached: ({ type }) => isStanding(type) || ALWAYS_STANDING.test(type),
    isForForm(statement) {
      let found = false;
      visit(statement, (it) => {
        found ||= isEntry(it.type) || ENTRY.test(it.type) || isCaseOfOther(it, statement);
        return !found;
      });
      return found;
    },
  };

  function leaves(statement: SyntaxNode): boolean {
    const { type } = statement;
    if (mayBeLeftOut?.(statement)) return false;
    if (isLeaving(type)) return true;
    const all = parts(statement);
    if (isBlock(type)) {
      const last = all.at(-1);
      return last !== undefined && !all.some((it) => LABEL.test(it.type)) && leaves(last);
    }
    const [only, ...more] = all;
    if (/^(expression_statement|try_expression|else_clause|else_statement|else)$/.test(type))
      return only !== undefined && more.length === 0 && leaves(only);
    const [then, other] = [inField(statement, "consequence"), inField(statement, "alternative")];
    return CONDITION.test(type) && then !== undefined && other !== undefined && leaves(then) && leaves(other);
  }
}

/** A case of C may stand within what its switch holds. */
function isCaseOfOther({ type, parent }: SyntaxNode, statement: SyntaxNode): boolean {
  if (type !== "case_statement") return false;
  return (
    nearest(parent, (it) => it.type === "switch_statement" || it === statement)?.type !== "switch_statement"
  );
}

const CONDITION = /^if(_statement|_expression)?$/;
const LABEL = /^(label|statement_identifier)$/;
const ALWAYS_STANDING =
  /^(empty_statement|;|break_statement|local_function_statement|.*(function|class|struct|enum|type|method).*_(declaration|definition|item|specifier))$/;
/** Labels are jumped to; whether attributes and directives let a part stand is not known. */
const ENTRY =
  /^(labeled|label|named_label)_statement$|preproc|^((if|elif|else|endif)_)?directive$|^attribute/;
