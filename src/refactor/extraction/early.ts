import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { returnsWith } from "./leaving.ts";
import { functionOf, ownNodes, type Part } from "./part.ts";

/** Returns of a part that may return from its function, or not. */
export interface Early {
  readonly returns: readonly SyntaxNode[];
  /** Whether one of them has a value. */
  readonly hasValue: boolean;
}

/** Whether the part's function returns with it, and if that is not certain, where; refused when control goes to a loop around it. */
export function leavingOf(
  part: Part,
  source: Source,
): { readonly returns: boolean; readonly early?: Early } | Refusal {
  const returns = returnsWith(part, source);
  if (typeof returns === "boolean") return { returns };
  const early = returns.code === "extract-function.return" ? earlyIn(part, source) : undefined;
  return early ? { returns: false, early } : returns;
}

function earlyIn(part: Part, source: Source): Early | undefined {
  if (part.kind !== "statements" || !functionOf(part, source)) return undefined;
  const own = [...ownNodes(part, source.rules.isFunction)].filter((it) => it.type === "return_statement");
  return { returns: own, hasValue: own.some((it) => given(it) !== undefined) };
}

/** Why a part that may return, or not, cannot be taken out: what it hands on besides would have to go along. `undefined`: it can. */
export function notEarly(isGenerator: boolean, outputs: number, part: Part): Refusal | undefined {
  return isGenerator || outputs > 0
    ? refused(
        "extract-function.return",
        "It may return from its function, or not, and gives other values, too.",
        part,
      )
    : undefined;
}

/** What has the part's returns say that they were come to: with `true`, or their value between `head` and `tail`. */
export function earlyChanges(
  { returns, hasValue }: Early,
  words: { readonly yes: string; readonly head: string; readonly tail: string; readonly nothing: string },
): readonly TextChange[] {
  return returns.flatMap((it) => {
    const value = given(it);
    const behind = it.from + "return".length;
    if (!hasValue) return [{ from: behind, to: behind, text: ` ${words.yes}` }];
    if (!value) return [{ from: behind, to: behind, text: ` ${words.head}${words.nothing}${words.tail}` }];
    const [open, close] = LIST.test(value.type) ? ["(", ")"] : ["", ""];
    return [
      { from: value.from, to: value.from, text: words.head + open },
      { from: value.to, to: value.to, text: close + words.tail },
    ];
  });
}

/** Several expressions with commas, without parentheses. */
const LIST = /^(sequence_expression|expression_list)$/;

/** What a return gives back. */
function given(node: SyntaxNode): SyntaxNode | undefined {
  return inField(node, "value") ?? parts(node)[0];
}
