import { contains, inField, nearest, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { functionAround } from "../../selection.ts";
import { isFunction } from "../places.ts";

const LOOP = /^(for|for_in|while|do)_statement$/;

/** Why what a loop does cannot be done by a function, or the other way round: it jumps, waits, or declares more than for one turn. */
export function cannotBeDoneEither(body: SyntaxNode, source: Source, id: string): Refusal | undefined {
  const hidden = source.bindings().opaque.find(({ node }) => contains(body, node));
  if (hidden)
    return refused(`${id}.hidden`, `${hidden.why}, so what it declares is not certain.`, hidden.node);
  const [first] = body.type === "statement_block" ? parts(body) : [];
  if (first?.type === "expression_statement" && parts(first)[0]?.type === "string")
    return refused(`${id}.directive`, "A text at its beginning may be a directive.", first);
  for (const it of ownNodes(body)) {
    if (/^(variable|function|generator_function)_declaration$/.test(it.type))
      return refused(
        `${id}.declared`,
        "What it declares belongs to the whole function, not to one turn.",
        it,
      );
    if (/^(await|yield)_expression$/.test(it.type) || (LOOP.test(it.type) && inAwait(it)))
      return refused(`${id}.waits`, "It waits, or gives a value in between.", it);
  }
  return undefined;
}

function inAwait({ children }: SyntaxNode): boolean {
  return children.some((it) => it.type === "await");
}

/** The nodes that run where `body` does: functions in it are closed. */
export function ownNodes(body: SyntaxNode): readonly SyntaxNode[] {
  const isClosed = (it: SyntaxNode) => it !== body && (isFunction(it) || it.type === "class_body");
  return [...walk(body, isClosed)];
}

/** Whether a jump without a label is about the innermost of these around it, and that lies outside of `body`. */
function leaves(jump: SyntaxNode, body: SyntaxNode, isLoop: boolean): boolean {
  if (inField(jump, "label")) return !isLabelled(jump, body);
  const target = nearest(
    jump.parent,
    (it) => LOOP.test(it.type) || (!isLoop && it.type === "switch_statement"),
  );
  return target === undefined || !contains(body, target);
}

function isLabelled(jump: SyntaxNode, body: SyntaxNode): boolean {
  return nearest(jump.parent, (it) => it.type === "labeled_statement" && contains(body, it)) !== undefined;
}

/** The `continue;` of a loop whose body that is; refused where it is left in another way. */
export function turnsEnded(body: SyntaxNode, id: string): readonly SyntaxNode[] | Refusal {
  const ended: SyntaxNode[] = [];
  for (const it of ownNodes(body)) {
    const isJump = /^(break|continue)_statement$/.test(it.type);
    const isLeft = isJump && leaves(it, body, it.type === "continue_statement");
    const isEnd = isLeft && it.type === "continue_statement" && !inField(it, "label");
    if (it.type === "return_statement" || (isLeft && !isEnd))
      return refused(`${id}.leaves`, "It leaves the loop, and a function cannot.", it);
    if (isEnd) ended.push(it);
  }
  return ended;
}

/** The `return;` of a function whose body that is; refused where it gives a value or stands in a loop of its own. */
export function callsEnded(body: SyntaxNode, id: string): readonly SyntaxNode[] | Refusal {
  const ended = ownNodes(body).filter((it) => it.type === "return_statement");
  for (const it of ended) {
    if (parts(it).length > 0) return refused(`${id}.value`, "It gives back a value that nobody takes.", it);
    const loop = nearest(it.parent, (at) => LOOP.test(at.type));
    if (loop && contains(body, loop)) return refused(`${id}.leaves`, "It is left from within a loop.", it);
  }
  return ended;
}

/** Names that stand in a pattern for what it declares. */
export function declaredIn(pattern: SyntaxNode, source: Source): readonly SyntaxNode[] {
  return source.bindings().all.flatMap((it) => it.declarations.filter((at) => contains(pattern, at)));
}

/** Why TypeScript may no longer know what it knows: it does not follow what functions do to variables around them. */
export function mayLoseType(
  body: SyntaxNode,
  loop: SyntaxNode,
  source: Source,
  id: string,
): Refusal | undefined {
  if (source.language === "javascript") return undefined;
  const member = askedBefore(body, loop, source);
  if (member)
    return refused(
      `${id}.type`,
      `TypeScript may not know in a function what a condition tells it of "${textOf(member, source)}".`,
      member,
    );
  for (const it of source.bindings().references) {
    const { binding, node } = it;
    if (!binding || !contains(body, node) || contains(loop, binding.scope.node) || it.space !== "value")
      continue;
    if (
      binding.references.every((at) => at.access === "read") ||
      isOfOneType(binding.declarations[0], source)
    )
      continue;
    const isSame = functionAround(binding.declarations[0] ?? node, source) === functionAround(loop, source);
    if (isSame)
      return refused(
        `${id}.type`,
        `TypeScript does not follow what a function does to "${binding.name}", and may take it for another type.`,
        node,
      );
  }
  return undefined;
}

/** A member in the loop that a condition before it, or around it, asks for. */
function askedBefore(body: SyntaxNode, loop: SyntaxNode, source: Source): SyntaxNode | undefined {
  const isMember = (it: SyntaxNode) => /^(member|subscript)_expression$/.test(it.type);
  const conditions = [...walk(functionAround(loop, source) ?? source.root, (it) => it === loop)].filter(
    (it) =>
      it.from < loop.from &&
      (it.field === "condition" || /^(&&|\|\||\?\?)$/.test(inField(it, "operator")?.type ?? "")),
  );
  const asked = new Set(
    conditions.flatMap((it) => [...walk(it)].filter(isMember).map((at) => textOf(at, source))),
  );
  return asked.size === 0
    ? undefined
    : [...walk(body)].find((it) => isMember(it) && asked.has(textOf(it, source)));
}

/** `let count = 0`, `let text: string` */
function isOfOneType(declaration: SyntaxNode | undefined, source: Source): boolean {
  const holder = declaration?.parent;
  if (holder?.type !== "variable_declarator") return false;
  const type = inField(holder, "type");
  if (type) return /^:\s*(number|string|bigint)$/.test(textOf(type, source));
  return /^(number|string|template_string)$/.test(inField(holder, "value")?.type ?? "");
}
