import type { Binding } from "../../../syntax/bindings.ts";
import { contains, inField, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { joinsBefore } from "../../joining.ts";
import { wholeLines } from "../../lines.ts";
import { freshName, isClear, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { isSteadyDuring } from "../../steady.ts";
import { statementEnd } from "../declared.ts";
import { cannotBeDoneEither, declaredIn, mayLoseType, turnsEnded } from "./body.ts";
import { isDenseArray } from "./dense.ts";
import { mayChange } from "./kept.ts";
import { commentBeside, headAt, isPlainTarget } from "./loop-at.ts";

const ID = "convert-for-to-foreach";

/** A loop that goes over an array. */
interface Over {
  readonly array: SyntaxNode;
  /** What stands for an element, and its index. */
  readonly element: SyntaxNode | undefined;
  readonly index: SyntaxNode | undefined;
  /** `const x = a[i];` at its beginning, which goes. */
  readonly first?: SyntaxNode;
  /** `i` of `for (let i = 0; …)`. */
  readonly counter?: Binding;
}

/** See `LoopForms.toForEach`. */
export function toForEach(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const loop = headAt(place, /^for(_in)?_statement$/, (it) => inField(it, "body"));
  const body = loop && inField(loop, "body");
  const over = loop && body && (overElements(loop, source) ?? overIndices(loop, body, source));
  if (!loop || !body || !over)
    return refused(`${ID}.place`, "There is no loop here that goes over an array from its beginning.");
  if (!isDenseArray(over.array, source))
    return refused(
      `${ID}.array`,
      `"${textOf(over.array, source)}" is not certainly an array, and of one without holes.`,
      over.array,
    );
  if (loop.parent?.type === "labeled_statement")
    return refused(`${ID}.label`, "It has a label, and a call has none.", loop);
  const ended = turnsEnded(body, ID);
  if ("code" in ended) return ended;
  const obstacle =
    cannotBeDoneEither(body, source, ID) ??
    commentBeside(loop, [body], ID) ??
    isDeclaredTwice(over, body, source) ??
    mayChange(over.array, loop, source, ID, over.counter) ??
    mayLoseType(body, loop, source, ID);
  return obstacle ?? written(over, loop, body, ended, source);
}

/** `for (const x of a)`, `for (const [i, x] of a.entries())` */
function overElements(loop: SyntaxNode, source: Source): Over | undefined {
  const [left, right] = [inField(loop, "left"), inField(loop, "right")];
  const kind = inField(loop, "kind")?.type ?? "";
  const isOf = inField(loop, "operator")?.type === "of" && !loop.children.some((it) => it.type === "await");
  if (!left || !right || !isOf || !/^(const|let)$/.test(kind) || !isPlainTarget(left)) return undefined;
  const listed = entriesOf(right, source);
  if (!listed) return { array: right, element: left, index: undefined };
  const [index, element, ...more] = left.type === "array_pattern" ? parts(left) : [];
  const isPair = left.children.filter((it) => it.type === ",").length === 1 && more.length === 0;
  return isPair && index?.type === "identifier" && element && isPlainTarget(element)
    ? { array: listed, element, index }
    : undefined;
}

/** `a` of `a.entries()` */
function entriesOf(node: SyntaxNode, source: Source): SyntaxNode | undefined {
  const callee = node.type === "call_expression" ? inField(node, "function") : undefined;
  const [object, property] = callee ? [inField(callee, "object"), inField(callee, "property")] : [];
  const list = inField(node, "arguments");
  const isCalled = property && textOf(property, source) === "entries" && list && parts(list).length === 0;
  const isChain = [node, ...(callee ? [callee] : [])].some((it) =>
    it.children.some((at) => at.type === "optional_chain"),
  );
  return isCalled && !isChain ? object : undefined;
}

/** `for (let i = 0; i < a.length; i++)` */
function overIndices(loop: SyntaxNode, body: SyntaxNode, source: Source): Over | undefined {
  const [start, condition, step] = ["initializer", "condition", "increment"].map((it) => inField(loop, it));
  const [declarator, ...more] = start ? parts(start) : [];
  const name = declarator && inField(declarator, "name");
  if (start?.type !== "lexical_declaration" || !name || more.length > 0 || name.type !== "identifier")
    return undefined;
  const index = textOf(name, source);
  const counter = source.bindings().at(name);
  const said =
    condition && /^(\w+|[\w$]+) *< *([\p{ID_Continue}$]+)\.length;$/u.exec(textOf(condition, source));
  const isStart = /^let [\p{ID_Continue}$]+ *= *0;$/u.test(textOf(start, source));
  const isStep = step && [`${index}++`, `++${index}`, `${index} += 1`].includes(textOf(step, source));
  const compared = condition && parts(condition)[0];
  const length = compared && inField(compared, "right");
  const array = length && inField(length, "object");
  if (!counter || !isStart || !isStep || said?.[1] !== index || array?.type !== "identifier")
    return undefined;
  const uses = counter.references.filter((it) => contains(body, it.node));
  const isSteady = source
    .bindings()
    .references.some((it) => it.node === array && isSteadyDuring(it, loop, source));
  if (uses.some((it) => it.access !== "read") || !isSteady || isClear(counter, source)) return undefined;
  const first = firstElement(body, array, counter, source);
  const isUsed = uses.some((it) => !first || !contains(first.statement, it.node));
  return {
    array,
    element: first?.element,
    index: isUsed ? name : undefined,
    counter,
    ...(first && { first: first.statement }),
  };
}

/** `const x = a[i];` as the first statement of a loop. */
function firstElement(body: SyntaxNode, array: SyntaxNode, counter: Binding, source: Source) {
  const [statement] = body.type === "statement_block" ? parts(body) : [];
  const [declarator, ...more] = statement?.type === "lexical_declaration" ? parts(statement) : [];
  const [element, value] = declarator ? [inField(declarator, "name"), inField(declarator, "value")] : [];
  if (!statement || !declarator || more.length > 0 || inField(declarator, "type")) return undefined;
  const [object, index] =
    value?.type === "subscript_expression" ? [inField(value, "object"), inField(value, "index")] : [];
  const isIt =
    object?.type === "identifier" &&
    textOf(object, source) === textOf(array, source) &&
    source.bindings().at(object) === source.bindings().at(array) &&
    index?.type === "identifier" &&
    source.bindings().at(index) === counter &&
    !value?.children.some((it) => it.type === "optional_chain");
  const isPlain = [...statement.children, ...declarator.children].every((it) => !/comment/.test(it.type));
  return isIt && isPlain && element && isPlainTarget(element) ? { statement, element } : undefined;
}

/** What the loop declares and its block again would be declared twice in a function. */
function isDeclaredTwice(
  { element, index, first }: Over,
  body: SyntaxNode,
  source: Source,
): Refusal | undefined {
  const given = [element, index].flatMap((it) => (it ? declaredIn(it, source) : []));
  const names = new Set(given.map((it) => textOf(it, source)));
  if (names.size < given.length) return refused(`${ID}.twice`, "A name stands there twice.", given[0]);
  const block = source.bindings().scopeAt(body.from + 1);
  const again = source
    .bindings()
    .all.find(
      (it) =>
        names.has(it.name) &&
        contains(body, it.scope.node) &&
        it.scope.node.from === block.node.from &&
        it.declarations.some((at) => contains(body, at) && !(first && contains(first, at))),
    );
  return again && refused(`${ID}.twice`, `"${again.name}" is declared again in it.`, again.declarations[0]);
}

function written(
  { array, element, index, first }: Over,
  loop: SyntaxNode,
  body: SyntaxNode,
  ended: readonly SyntaxNode[],
  source: Source,
): readonly TextChange[] | Refusal {
  const isValue = body.type === "expression_statement" && ended.length === 0;
  const value = isValue ? parts(body)[0] : undefined;
  if (/^(empty_statement|debugger_statement)$/.test(body.type))
    return refused(`${ID}.place`, "There is nothing that it does.", body);
  const unused = index && !element ? freshName("_", loop, source) : undefined;
  const list = [element ? textOf(element, source) : unused, index && textOf(index, source)].filter(
    (it) => it !== undefined,
  );
  const [open, close] = body.type === "statement_block" || value ? ["", ""] : ["{ ", " }"];
  const isSequence = value?.type === "sequence_expression";
  const over = array.type === "as_expression" ? `(${textOf(array, source)})` : textOf(array, source);
  const head = `${over}.forEach((${list.join(", ")}) => ${open}${isSequence ? "(" : ""}`;
  if (joinsBefore(loop, head, source))
    return refused(`${ID}.semicolon`, "It would go on with the line before it.", loop);
  const rest = source.text.slice(loop.to);
  const isOpen =
    source.rules.goesOn?.test(rest.replace(BLANK, "")) || !/^[ \t]*(\r?\n|\}|\/[/*]|$)/.test(rest);
  const end = isOpen ? ";" : statementEnd(source);
  return [
    { from: loop.from, to: body.from, text: head },
    ...(first ? [{ ...wholeLines(first, source.text), text: "" }] : []),
    ...ended.map((it) => ({ from: it.from, to: it.from + "continue".length, text: "return" })),
    { from: (value ?? body).to, to: loop.to, text: `${isSequence ? ")" : ""}${close})${end}` },
  ];
}

/** Blanks and comments at the beginning of a text. */
const BLANK = /^(\s|\/\/.*|\/\*[\s\S]*?\*\/)+/;
