import { contains, inField, isComment, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { inLines, stepOf } from "../../branching/lines.ts";
import { indentAt, movedText } from "../../extraction/moved-text.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { statementEnd } from "../declared.ts";
import { functionAt, ownWord } from "../own-words.ts";
import { type Callback, callbackOf, HOSTS, isQuiet, lostComment, ownOf, rangeOf, unfitHead } from "./host.ts";
import { isAsync, isPromise } from "./known.ts";

const ID = "convert-promise-to-async";

/** `root.then(…).then(…).catch(…)` */
interface Chain {
  readonly root: SyntaxNode;
  readonly steps: readonly Callback[];
  readonly handler: Callback | undefined;
}

/** See `WaitingForms.toAsync`. */
export function toAsync(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const host = functionAt(place, HOSTS);
  const body = host && inField(host, "body");
  const tail = body && tailOf(body);
  const chain = tail && chainOf(tail.value, source);
  if (!host || !body || !tail || !chain || isAsync(host))
    return refused(`${ID}.place`, "There is no function here that gives back a chain of promises.");
  if ("code" in chain) return chain;
  const before = tail.statement ? parts(body).filter((it) => it !== tail.statement) : [];
  const acting = before.find((it) => !isQuiet(it, source));
  if (acting)
    return refused(`${ID}.before`, "What fails before the promise is made would reject it instead.", acting);
  const { steps, handler } = chain;
  const all = [...steps, ...(handler ? [handler] : [])];
  const obstacle =
    unfitHead(host, source, ID) ??
    all.map((it) => unfitCallback(it, source)).find((it) => it !== undefined) ??
    unfitHandler(handler, source) ??
    takenName(steps, host, source) ??
    lostComment(host, [...all.map((it) => it.body), ...before], ID);
  if (obstacle) return obstacle;
  const lines = written(chain, tail.statement ?? host, source);
  return "code" in lines ? lines : placed(host, body, tail.statement, lines, source);
}

/** The statement at the end of a body, and what it gives back. */
function tailOf(body: SyntaxNode) {
  if (body.type !== "statement_block") return { statement: undefined, value: body };
  const statement = parts(body).at(-1);
  const [value] = statement?.type === "return_statement" ? parts(statement) : [];
  return value && { statement, value };
}

function chainOf(value: SyntaxNode, source: Source): Chain | Refusal | undefined {
  const steps: Callback[] = [];
  let handler: Callback | undefined;
  let at = value;
  for (;;) {
    const callee = at.type === "call_expression" ? inField(at, "function") : undefined;
    const [object, property] =
      callee?.type === "member_expression" ? [inField(callee, "object"), inField(callee, "property")] : [];
    const name = property && textOf(property, source);
    if (!object || !name || !/^(then|catch|finally)$/.test(name)) break;
    const list = inField(at, "arguments");
    const [first, ...more] = list ? parts(list) : [];
    const callback =
      first && more.length === 0 && first.type !== "spread_element" ? callbackOf(first) : undefined;
    const isLast = at === value;
    if (!callback || !(name === "then" || (name === "catch" && isLast)))
      return refused(`${ID}.chain`, `What ".${name}()" is given here has no form of its own.`, list);
    if (name === "then") steps.unshift(callback);
    else handler = callback;
    at = object;
  }
  if (steps.length + (handler ? 1 : 0) === 0) return undefined;
  return isPromise(at, source)
    ? { root: at, steps, handler }
    : refused(
        `${ID}.promise`,
        `"${textOf(at, source)}" is not certainly a promise that is made without failing.`,
        at,
      );
}

function unfitCallback({ node, body }: Callback, source: Source): Refusal | undefined {
  if (node.children.some((it) => it.type === "*")) return refused(`${ID}.chain`, "It is a generator.", node);
  const word = node.type === "function_expression" ? ownWord(node, source) : undefined;
  if (word) return refused(`${ID}.this`, `"${textOf(word, source)}" is that of the function.`, word);
  const isText = (it: SyntaxNode | undefined) =>
    it?.type === "expression_statement" && parts(it)[0]?.type === "string";
  return body.type === "statement_block" && isText(parts(body)[0])
    ? refused(`${ID}.directive`, "A text at its beginning may be a directive.", body)
    : undefined;
}

function unfitHandler(handler: Callback | undefined, source: Source): Refusal | undefined {
  const declared =
    handler && ownOf(handler.body).find((it) => /^(variable|function)_declaration$/.test(it.type));
  if (declared)
    return refused(`${ID}.declared`, "What it declares would belong to the whole function.", declared);
  const type = handler?.type;
  return type && !/^:\s*(unknown|any)$/.test(textOf(type, source))
    ? refused(`${ID}.type`, "What is caught can be declared with no such type.", type)
    : undefined;
}

/** What a callback declares belongs to the function afterwards: it may not have a name that is something else there. */
function takenName(steps: readonly Callback[], host: SyntaxNode, source: Source): Refusal | undefined {
  const { all, references } = source.bindings();
  const isOwn = (node: SyntaxNode) => steps.some((it) => it.node === node || it.body === node);
  for (const binding of all.filter((it) => isOwn(it.scope.node))) {
    const other =
      all.find((it) => it !== binding && it.name === binding.name && contains(host, it.scope.node)) ??
      references.find(
        (it) => it.binding !== binding && textOf(it.node, source) === binding.name && contains(host, it.node),
      );
    if (other)
      return refused(
        `${ID}.taken`,
        `"${binding.name}" stands for something else in the function, too.`,
        binding.declarations[0],
      );
  }
  return undefined;
}

/** The statements that do the same, without indentation of their own. */
function written(chain: Chain, at: SyntaxNode, source: Source): readonly string[] | Refusal {
  const { root, steps, handler } = chain;
  const end = statementEnd(source);
  const indent = indentAt(at.from, source.text) + (at.type === "return_statement" ? "" : stepOf(source));
  const inner = handler ? indent + stepOf(source) : indent;
  const lines: string[] = [];
  let value: string | undefined = textOf(root, source);
  for (const [index, step] of steps.entries()) {
    const given = givenTo(step, value, source);
    if (given === undefined)
      return refused(`${ID}.value`, "It is given what the step before it does not give back.", step.node);
    if (given !== "") lines.push(given + end);
    const made = doneBy(step, index === steps.length - 1, handler !== undefined, inner, source);
    if ("code" in made) return made;
    lines.push(...made.lines);
    value = made.value;
  }
  const isHandled = handler !== undefined;
  if (value !== undefined) lines.push(`return ${isHandled ? "await " : ""}${value}${end}`);
  if (!handler) return lines;
  const step = stepOf(source);
  const caught = caughtBy(handler, source);
  const done = doneBy(handler, true, false, inner, source);
  if ("code" in done) return done;
  const handled = [...done.lines, ...(done.value === undefined ? [] : [`return ${done.value}${end}`])];
  const catching = `} catch ${caught}{`;
  const closing =
    handled.length === 0 ? [`${catching}}`] : [catching, ...handled.map((it) => step + it), "}"];
  return ["try {", ...lines.map((it) => step + it), ...closing];
}

/** `const x = await value`; `undefined`: there is no value. */
function givenTo(
  { parameter, type, body, node }: Callback,
  value: string | undefined,
  source: Source,
): string | undefined {
  if (!parameter) return value === undefined ? "" : `await ${value}`;
  if (value === undefined) return undefined;
  const { all } = source.bindings();
  const isWritten = all.some(
    (it) =>
      it.declarations.some((at) => contains(parameter, at)) &&
      it.references.some(
        (at) => at.access !== "read" && (contains(body, at.node) || contains(node, at.node)),
      ),
  );
  const typed = type ? textOf(type, source) : "";
  return `${isWritten ? "let" : "const"} ${textOf(parameter, source)}${typed} = await ${value}`;
}

/** What a callback does: its statements, and the value that it gives back, as what is waited for. */
function doneBy(
  { body }: Callback,
  isLast: boolean,
  isTried: boolean,
  indent: string,
  source: Source,
): { readonly lines: readonly string[]; readonly value: string | undefined } | Refusal {
  const isBare = isLast && !isTried;
  if (body.type !== "statement_block")
    return { lines: [], value: isBare ? alone(body, source) : operand(body, source) };
  const all = body.children.filter((it) => it.isNamed);
  const last = all.findLast((it) => !isComment(it));
  const returns = ownOf(body).filter((it) => it.type === "return_statement");
  const isStraight = returns.every((it) => it === last);
  if (!isStraight && !isBare)
    return refused(`${ID}.returns`, "It gives back its value in several places.", returns[0]);
  const given = isStraight && returns.length > 0 && last ? parts(last)[0] : undefined;
  const kept = given && last ? all.slice(0, all.indexOf(last)) : all;
  if (given && last && all.at(-1) !== last)
    return refused(`${ID}.comment`, "A comment would have no place.", all.at(-1));
  const range = rangeOf(kept);
  const lines = range ? [movedText(range, source, indent)] : [];
  return { lines, value: given && (isBare ? alone(given, source) : operand(given, source)) };
}

function alone(node: SyntaxNode, source: Source): string {
  const text = textOf(node, source);
  return node.type === "sequence_expression" ? `(${text})` : text;
}

/** As it stands behind `await`. */
function operand(node: SyntaxNode, source: Source): string {
  const text = textOf(node, source);
  return OPERAND.test(node.type) ? text : `(${text})`;
}

const OPERAND =
  /^(identifier|this|call_expression|member_expression|subscript_expression|new_expression|array|object|string|number|template_string|parenthesized_expression|true|false|null|undefined)$/;

/** Type of what a function is told that failed. */
const ANYTHING = "any";

/** In TypeScript what is caught may be of any type for the function, and is unknown to the statement. */
function caughtBy({ parameter, type }: Callback, source: Source): string {
  if (!parameter) return "";
  const own = type ? textOf(type, source) : source.language === "javascript" ? "" : `: ${ANYTHING}`;
  return `(${textOf(parameter, source)}${own}) `;
}

/** The changes that put the statements into the function. */
function placed(
  host: SyntaxNode,
  body: SyntaxNode,
  statement: SyntaxNode | undefined,
  lines: readonly string[],
  source: Source,
): readonly TextChange[] {
  const head = host.type === "method_definition" ? inField(host, "name") : host;
  const from = head?.from ?? host.from;
  const asked = { from, to: from, text: "async " };
  const indent = indentAt((statement ?? host).from, source.text);
  if (statement)
    return [
      asked,
      {
        from: statement.from,
        to: statement.to,
        text: inLines([lines[0] ?? "", ...lines.slice(1).map((it) => indent + it)], source),
      },
    ];
  const step = stepOf(source);
  const text = inLines(["{", ...lines.map((it) => indent + step + it), `${indent}}`], source);
  return [asked, { from: body.from, to: body.to, text }];
}
