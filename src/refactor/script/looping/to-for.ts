import { inField, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { freshName, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { namesIn } from "../../selection.ts";
import { ownWord } from "../own-words.ts";
import { callsEnded, cannotBeDoneEither, declaredIn } from "./body.ts";
import { isDenseArray } from "./dense.ts";
import { mayChange } from "./kept.ts";
import { bodyOfCallback, commentBeside, headAt, isPlainTarget } from "./loop-at.ts";

const ID = "convert-foreach-to-for";
/** What begins a statement of another kind. */
const MISREAD = /^(\{|function\b|class\b|async\b|let\b|["'])/;

/** See `LoopForms.toFor`. */
export function toFor(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const statement = headAt(place, /^expression_statement$/, (it) => bodyOfCallback(it, source));
  const body = statement && bodyOfCallback(statement, source);
  const call = statement && parts(statement)[0];
  const callee = call && inField(call, "function");
  const array = callee && inField(callee, "object");
  const made = body?.parent;
  if (!statement || !body || !call || !callee || !array || !made)
    return refused(`${ID}.place`, "There is no call of forEach here that is a statement by itself.");
  const isChain = [call, callee].some((it) => it.children.some((at) => at.type === "optional_chain"));
  if (isChain || !isDenseArray(array, source))
    return refused(
      `${ID}.array`,
      `"${textOf(array, source)}" is not certainly an array without holes.`,
      array,
    );
  const given = parametersOf(made);
  if ("code" in given) return given;
  const list = inField(call, "arguments");
  if (!list || parts(list).length !== 1 || inField(call, "type_arguments"))
    return refused(`${ID}.function`, "It is told more than what to do with each element.", list);
  const ended = body.type === "statement_block" ? callsEnded(body, ID) : [];
  if ("code" in ended) return ended;
  const obstacle =
    cannotBeLoop(made, body, source) ??
    cannotBeDoneEither(body, source, ID) ??
    commentBeside(statement, [body], ID) ??
    mayChange(array, statement, source, ID) ??
    isCaptured(array, given, source);
  return obstacle ?? written(array, given, statement, body, ended, source);
}

function cannotBeLoop(made: SyntaxNode, body: SyntaxNode, source: Source): Refusal | undefined {
  const isOther =
    !/^(arrow_function|function_expression)$/.test(made.type) || made.children[0]?.type === "async";
  const type = inField(made, "return_type");
  if (
    isOther ||
    inField(made, "name") ||
    inField(made, "type_parameters") ||
    (type && !/^:\s*void$/.test(textOf(type, source)))
  )
    return refused(`${ID}.function`, "What is called is no function that only does something.", made);
  const word = made.type === "function_expression" ? ownWord(made, source) : undefined;
  if (word) return refused(`${ID}.this`, `"${textOf(word, source)}" is that of the function.`, word);
  return body.type !== "statement_block" && MISREAD.test(textOf(body, source))
    ? refused(`${ID}.value`, "Its value would be read as a statement.", body)
    : undefined;
}

/** The parameters for the element and its index. */
function parametersOf(made: SyntaxNode): readonly SyntaxNode[] | Refusal {
  const single = inField(made, "parameter");
  const list = inField(made, "parameters");
  const all = single ? [single] : list ? parts(list) : [];
  const names = all.map((it) =>
    it.type === "required_parameter" && it.children.length === 1 ? it.children[0] : it,
  );
  const plain = names.filter((it) => it !== undefined && isPlainTarget(it));
  const [, index] = plain;
  return plain.length < all.length || all.length > 2 || (index && index.type !== "identifier")
    ? refused(
        `${ID}.parameters`,
        "Its parameters are more than an element and an index, or have a type or a default.",
        made,
      )
    : plain.filter((it) => it !== undefined);
}

/** A name of the loop is not there yet where the array is evaluated. */
function isCaptured(array: SyntaxNode, given: readonly SyntaxNode[], source: Source): Refusal | undefined {
  const names = given.flatMap((it) => declaredIn(it, source)).map((it) => textOf(it, source));
  const used = namesIn(array, source).find((it) => names.includes(textOf(it.node, source)));
  if (used)
    return refused(`${ID}.captured`, "A name of the array is a name of its elements, too.", used.node);
  return new Set(names).size < names.length
    ? refused(`${ID}.parameters`, "Two of its parameters have the same name.", given[0])
    : undefined;
}

function written(
  array: SyntaxNode,
  given: readonly SyntaxNode[],
  statement: SyntaxNode,
  body: SyntaxNode,
  ended: readonly SyntaxNode[],
  source: Source,
): readonly TextChange[] {
  const [element, index] = given.map((it) => textOf(it, source));
  const declared = given.flatMap((it) => declaredIn(it, source));
  const bindings = source.bindings();
  const isWritten = declared.some((it) => bindings.at(it)?.references.some((at) => at.access !== "read"));
  const word = isWritten ? "let" : "const";
  const [inner] = array.type === "parenthesized_expression" ? parts(array) : [];
  const listed = textOf(inner?.type === "as_expression" && index === undefined ? inner : array, source);
  const name = element ?? freshName("_", statement, source);
  const over =
    index === undefined
      ? `${word} ${name} of ${listed}`
      : `${word} [${index}, ${name}] of ${listed}.entries()`;
  const isBlock = body.type === "statement_block";
  const end = isBlock ? "" : (statement.children.find((it) => it.type === ";")?.type ?? "");
  return [
    { from: statement.from, to: body.from, text: `for (${over}) ` },
    ...ended.map((it) => ({ from: it.from, to: it.from + "return".length, text: "continue" })),
    { from: body.to, to: statement.to, text: end },
  ];
}
