import { inField, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { isFunction } from "./places.ts";

/** Whether a compiler knows that what stands behind a statement is never reached from it (C# language specification, section 13.2, "End points and reachability"). */
export function neverEnds(statement: SyntaxNode): boolean {
  const within = parts(statement);
  switch (statement.type) {
    case "return_statement":
    case "throw_statement":
    case "break_statement":
    case "continue_statement":
    case "goto_statement":
      return true;
    case "if_statement": {
      const [first, other] = [inField(statement, "consequence"), inField(statement, "alternative")];
      return first !== undefined && other !== undefined && neverEnds(first) && neverEnds(other);
    }
    case "while_statement":
    case "do_statement":
      return within.some(isTrue) && !isLeft(statement);
    case "for_statement": {
      const condition = inField(statement, "condition");
      return (condition === undefined || isTrue(condition)) && !isLeft(statement);
    }
    case "try_statement": {
      const ends = within.filter((it) => it.type === "finally_clause").flatMap((it) => parts(it));
      const ways = within.filter((it) => it.type !== "finally_clause").map((it) => inField(it, "body") ?? it);
      return ends.some(neverEnds) || ways.every(neverEnds);
    }
    case "switch_statement":
      return [...walk(statement)].some((it) => it.type === "default_switch_label") && !isLeft(statement);
    case "for_each_statement":
      return false;
    default:
      return (
        /^(block|(lock|using|fixed|checked|unsafe|labeled)_statement)$/.test(statement.type) &&
        within.some(neverEnds)
      );
  }
}

function isTrue({ type, children }: SyntaxNode): boolean {
  return type === "boolean_literal" && children.some((it) => it.type === "true");
}

const LEFT_BY_BREAK = /^(while|do|for|for_each|switch)_statement$/;

/** Whether a `break` of its own leaves it. */
function isLeft(statement: SyntaxNode): boolean {
  const isClosed = (it: SyntaxNode) => it !== statement && (isFunction(it) || LEFT_BY_BREAK.test(it.type));
  return [...walk(statement, isClosed)].some((it) => it.type === "break_statement");
}
