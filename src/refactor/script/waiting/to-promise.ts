import { contains, inField, isComment, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { inLines, stepOf } from "../../branching/lines.ts";
import { indentAt, movedText } from "../../extraction/moved-text.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { statementEnd } from "../declared.ts";
import { functionAt } from "../own-words.ts";
import { kindOf } from "../primitive.ts";
import { HOSTS, isQuiet, lostComment, ownOf, rangeOf, unfitHead } from "./host.ts";
import { isAsync, isPromise } from "./known.ts";

const ID = "convert-async-to-promise";

/** `const x = await value;` */
interface Wait {
  readonly statement: SyntaxNode;
  readonly value: SyntaxNode;
  /** The name or pattern, with its type. */
  readonly given: { readonly from: number; readonly to: number } | undefined;
}

/** What a function does: quiet statements, what it waits for one after the other, and the rest. */
interface Course {
  readonly waits: readonly Wait[];
  readonly rest: readonly SyntaxNode[];
  /** The first statement that goes, and the last. */
  readonly from: SyntaxNode;
  readonly to: SyntaxNode;
  readonly handler: SyntaxNode | undefined;
}

/** See `WaitingForms.toPromise`. */
export function toPromise(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const host = functionAt(place, HOSTS);
  const body = host && inField(host, "body");
  const course = body?.type === "statement_block" ? courseOf(body, source) : undefined;
  const word = host?.children.find((it) => it.type === "async");
  if (!host || !body || !course || !word || !isAsync(host))
    return refused(`${ID}.place`, "There is no function here that only waits for one thing after the other.");
  const { waits, rest, handler } = course;
  const [first] = waits;
  if (first && !isPromise(first.value, source))
    return refused(
      `${ID}.promise`,
      `"${textOf(first.value, source)}" is not certainly a promise that is made without failing.`,
      first.value,
    );
  const kept = [...waits.map((it) => it.value), ...rest, ...(handler ? [handler] : [])];
  const early = parts(body).filter((it) => it.to <= course.from.from);
  const obstacle =
    unfitHead(host, source, ID) ??
    waitsElsewhere(course) ??
    caughtLate(course, source) ??
    usedFurther(course, source) ??
    lostComment(host, [...kept, ...early], ID);
  if (obstacle) return obstacle;
  const text = written(course, source);
  const next = source.text.slice(word.to).search(/\S/);
  return [
    { from: word.from, to: word.to + next, text: "" },
    { from: course.from.from, to: course.to.to, text },
  ];
}

function courseOf(body: SyntaxNode, source: Source): Course | undefined {
  const all = body.children.filter((it) => it.isNamed);
  const row = all.filter((it) => !isComment(it));
  const start = row.findIndex((it) => !isQuiet(it, source) || waitOf(it) !== undefined);
  const first = row[start];
  const last = row.at(-1);
  if (!first || !last) return undefined;
  const block = first === last && first.type === "try_statement" ? inField(first, "body") : undefined;
  const handler = block && inField(first, "handler");
  if (block && (!handler || inField(first, "finalizer"))) return undefined;
  const inner = block ? block.children.filter((it) => it.isNamed) : all.slice(all.indexOf(first));
  const waits: Wait[] = [];
  for (const it of inner) {
    const wait = waitOf(it);
    if (!wait) break;
    waits.push(wait);
  }
  return waits.length === 0
    ? undefined
    : {
        waits,
        rest: inner.slice(waits.length),
        from: first,
        to: block ? first : (all.at(-1) ?? last),
        handler,
      };
}

function waitOf(statement: SyntaxNode): Wait | undefined {
  const [only, ...more] = parts(statement);
  if (!only || more.length > 0) return undefined;
  const waited = (it: SyntaxNode | undefined) => (it?.type === "await_expression" ? parts(it)[0] : undefined);
  if (statement.type === "expression_statement") {
    const value = waited(only);
    return value && { statement, value, given: undefined };
  }
  const [name, value] =
    statement.type === "lexical_declaration" ? [inField(only, "name"), waited(inField(only, "value"))] : [];
  return (
    name && value && { statement, value, given: { from: name.from, to: (inField(only, "type") ?? name).to } }
  );
}

/** It may wait nowhere else. */
function waitsElsewhere({ waits, rest, handler }: Course): Refusal | undefined {
  const nodes = [...waits.map((it) => it.value), ...rest, ...(handler ? [handler] : [])];
  const final = finalOf(rest);
  const found = nodes
    .flatMap((it) => ownOf(it))
    .find(
      (it) =>
        (it.type === "await_expression" && it !== final) ||
        (it.type === "await" && it.parent?.type === "for_in_statement"),
    );
  return found && refused(`${ID}.waits`, "It waits in the midst of something.", found);
}

/** `await x` in the `return await x;` at the end. */
function finalOf(rest: readonly SyntaxNode[]): SyntaxNode | undefined {
  const last = rest.findLast((it) => !isComment(it));
  const [value] = last?.type === "return_statement" ? parts(last) : [];
  return value?.type === "await_expression" ? value : undefined;
}

/** A promise that `try` gives back without waiting for it is not its own to catch. */
function caughtLate({ rest, handler }: Course, source: Source): Refusal | undefined {
  if (!handler) return undefined;
  const late = rest
    .flatMap((it) => ownOf(it))
    .find((it) => {
      const [value] = it.type === "return_statement" ? parts(it) : [];
      return value && value !== finalOf(rest) && kindOf(value, source) === "unknown";
    });
  return (
    late &&
    refused(`${ID}.late`, "What it gives back may be a promise, whose failure is not caught here.", late)
  );
}

/** Whether a name is used where the function that is handed on cannot see it. */
function usedFurther({ waits, rest }: Course, source: Source): Refusal | undefined {
  for (const {
    declarations: [declaration],
    references,
    name,
  } of source.bindings().all) {
    if (!declaration) continue;
    const index = waits.findIndex((it) => it.given && isWithin(declaration, it.given));
    const wait = waits[index];
    const next = wait && waits[index + 1];
    const isInRest = rest.some((it) => contains(it, declaration));
    if (!wait && !isInRest) continue;
    const seen = [...(next ? [next.value] : rest), ...(wait?.given ? [wait.given] : [])];
    const further = references.find(({ node }) => !seen.some((it) => isWithin(node, it)));
    if (further)
      return refused(
        `${ID}.further`,
        `"${name}" is used further on, where it would not be seen.`,
        further.node,
      );
  }
  return undefined;
}

function isWithin(node: SyntaxNode, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return from <= node.from && node.to <= to;
}

function written(course: Course, source: Source): string {
  const { waits, rest, from, handler } = course;
  const { text } = source;
  const indent = indentAt(from.from, text);
  const step = stepOf(source);
  const isShort = waits.length === 1 && !handler;
  const deep = isShort ? indent : indent + step;
  const links = waits.map((wait, index) => {
    const given = wait.given ? text.slice(wait.given.from, wait.given.to) : "";
    const next = waits[index + 1];
    const does = next ? valued(next.value, source) : restOf(rest, deep, source);
    return `.then((${given}) => ${does})`;
  });
  if (handler) {
    const caught = inField(handler, "parameter");
    const type = inField(handler, "type");
    const body = inField(handler, "body");
    const nodes = body?.children.filter((it) => it.isNamed) ?? [];
    const named = (caught ? textOf(caught, source) : "") + (type ? textOf(type, source) : "");
    links.push(`.catch((${named}) => ${restOf(nodes, deep, source)})`);
  }
  const [first] = waits;
  const head = `return ${first ? textOf(first.value, source) : ""}`;
  const last = statementEnd(source);
  return isShort
    ? head + links.join("") + last
    : inLines([head, ...links.map((it) => deep + it)], source) + last;
}

/** As the value of an arrow function. */
function valued(node: SyntaxNode, source: Source): string {
  const text = textOf(node, source);
  return /^\{/.test(text) || node.type === "sequence_expression" ? `(${text})` : text;
}

/** What is done at the end: `value` of a lone `return value;`, else a block. */
function restOf(rest: readonly SyntaxNode[], indent: string, source: Source): string {
  const [only, ...more] = rest;
  const final = finalOf(rest);
  const [given] = only?.type === "return_statement" && more.length === 0 ? parts(only) : [];
  const value = given && (given === final ? parts(given)[0] : given);
  if (value && !only?.children.some(isComment)) return valued(value, source);
  const range = rangeOf(rest);
  if (!range) return "{}";
  const inner = indent + stepOf(source);
  return inLines(
    ["{", inner + withoutWait(movedText(range, source, inner), final, range, source), `${indent}}`],
    source,
  );
}

/** The text without the last `await`, which whoever gets the promise does. */
function withoutWait(
  text: string,
  final: SyntaxNode | undefined,
  { to }: { readonly to: number },
  source: Source,
): string {
  const [value] = final ? parts(final) : [];
  if (!final || !value) return text;
  const [behind, length] = [to - final.from, value.from - final.from];
  const at = text.length - behind;
  return /\n/.test(source.text.slice(final.from, to)) ? text : text.slice(0, at) + text.slice(at + length);
}
