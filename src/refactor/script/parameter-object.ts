import type { Binding } from "../../syntax/bindings.ts";
import { inField, isComment, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { indentAt, indentUnit, lineEnd } from "../extraction/moved-text.ts";
import type { Call } from "../inlining/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import type { ObjectRules, Parameter, Run, Signature, Use } from "../signature/rules.ts";
import { first } from "../signature/uses.ts";
import { groupedTags } from "./doc-comment.ts";
import { literalType } from "./literal-type.ts";
import { isFunction } from "./places.ts";

const ID = "introduce-parameter-object";

/** `f({ a, b })` in the place of `f(a, b)`. */
export const objects: ObjectRules = { title: "Introduce parameter object", head, given };

function head(
  run: Run,
  signature: Signature,
  calls: readonly Use[],
  source: Source,
): readonly TextChange[] | Refusal {
  const unfit = unfitFor(run, signature) ?? narrows(run, signature, calls, source);
  if (unfit) return unfit;
  const documented = groupedTags(signature, run.names, source);
  if ("code" in documented) return documented;
  if (source.language === "javascript") return [...documented, ...around(run, [], source)];
  const members: string[] = [];
  for (const [at, it] of run.parameters.entries()) {
    const member = memberOf(it, signature, source);
    if (typeof member !== "string") return member;
    const isOpen = it.isOptional && mayBeGivenNothing(run.start + at, calls);
    members.push(isOpen ? orUndefined(member) : member);
  }
  return [...documented, ...run.parameters.flatMap(bareName), ...around(run, members, source)];
}

/** Columns that a line with all parameters may have. */
const WIDTH = 100;

/** What is put around the parameters, with the types of the object if it has some: in their line or, where that is long, each in its own. */
function around({ parameters }: Run, members: readonly string[], source: Source): readonly TextChange[] {
  const nodes = parameters.map((it) => it.node);
  const [from = 0, to = 0] = [nodes[0]?.from, nodes.at(-1)?.to];
  const { text } = source;
  const type = members.length > 0 ? `: { ${members.join("; ")} }` : "";
  const gaps = nodes.slice(0, -1).map((it, at) => ({ from: it.to, to: nodes[at + 1]?.from ?? it.to }));
  const isPlain = gaps.every((it) => /^,[ \t]*$/.test(text.slice(it.from, it.to)));
  const bare = parameters.flatMap(bareName).reduce((sum, it) => sum + it.to - it.from, 0);
  const line = text.slice(text.lastIndexOf("\n", from) + 1).split(/\r?\n/, 1)[0] ?? "";
  if (!isPlain || line.length - bare + type.length + 4 <= WIDTH)
    return [
      { from, to: from, text: "{ " },
      { from: to, to, text: ` }${type}` },
    ];
  const outer = lineEnd(text) + indentAt(from, text);
  const inner = outer + indentUnit(text, "  ");
  const typed = type === "" ? "" : `: {${members.map((it) => `${inner}${it};`).join("")}${outer}}`;
  return [
    { from, to: from, text: `{${inner}` },
    ...gaps.map((it) => ({ ...it, text: `,${inner}` })),
    { from: to, to, text: `,${outer}}${typed}` },
  ];
}

/** ECMA-262, section 20.1.3, "Properties of the Object Prototype Object". */
const INHERITED =
  /^(constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|to(Locale)?String|valueOf|__proto__|__(define|lookup)[GS]etter__)$/;

function unfitFor(run: Run, signature: Signature): Refusal | undefined {
  const { parameters, start } = run;
  const { made } = signature;
  const [begin] = parts(inField(made, "body") ?? made);
  if (begin?.type === "expression_statement" && begin.children[0]?.type === "string")
    return refused(
      `${ID}.directive`,
      "With a directive in it, a function's parameters are names only.",
      begin,
    );
  const usual = run.parameters.find((_, at) => INHERITED.test(run.names[at] ?? ""));
  if (usual)
    return refused(
      `${ID}.name`,
      "Every object has something by its name, where a call gives none.",
      usual.node,
    );
  const comment = parameters.flatMap((it) => it.node.children).find(isComment);
  if (comment) return refused(`${ID}.comment`, "To what a comment in it belongs is not certain.", comment);
  const said = inField(made, "return_type");
  if (said && [...walk(said)].some((it) => /predicate|asserts/.test(it.type)))
    return refused(`${ID}.predicate`, "What it says of a parameter can be said of names only.", said);
  const before = signature.parameters
    .slice(0, start)
    .find((it) => it.node.type === "optional_parameter" && !it.fallback);
  return before && refused(`${ID}.optional`, "What is required may not stand behind it.", before.node);
}

/**
 * Why a call may tell what a parameter is without saying so: TypeScript finds that out of what a function without a written
 * type gives back (TypeScript 5.5, "Inferred Type Predicates"), and of a member of an object nobody can say it.
 */
function narrows(run: Run, { made }: Signature, calls: readonly Use[], source: Source): Refusal | undefined {
  if (source.language === "javascript" || inField(made, "return_type")) return undefined;
  const body = inField(made, "body") ?? made;
  const inside = [...walk(body, isFunction)];
  const given = inside.filter((it) => it.type === "return_statement").flatMap(parts);
  const [only, ...more] = body.type === "statement_block" ? given : [body];
  const isOne = only !== undefined && more.length === 0 && isAsking(only);
  const asked = isOne ? namesIn(only, source).find((it) => isIn(it.binding, run)) : undefined;
  const isTold = calls.some(({ call }) =>
    run.parameters.some((_, at) =>
      /^(identifier|member_expression|this)$/.test(call.given[run.start + at]?.value.type ?? ""),
    ),
  );
  return asked && isTold
    ? refused(
        `${ID}.predicate`,
        "What it gives back may say what a parameter is, and can say that of names only; with a type that is written it does not.",
        asked.node,
      )
    : undefined;
}

/** Whether an expression may be a condition. */
function isAsking(node: SyntaxNode): boolean {
  if (node.type === "parenthesized_expression") return parts(node).some(isAsking);
  const sign = inField(node, "operator")?.type ?? "";
  return node.type === "call_expression" || /^([!=]==?|!|&&|\|\||instanceof|in)$/.test(sign);
}

function isIn(binding: Binding | undefined, { parameters }: Run): boolean {
  return parameters.some((it) => it.name !== undefined && binding?.declarations[0]?.from === it.name.from);
}

/** `a?: T`, or why that is not certain. */
function memberOf({ name, node, fallback, isOptional }: Parameter, signature: Signature, source: Source) {
  const type = inField(node, "type");
  const usual = literalType(fallback, source);
  const said = type ? textOf(type, source) : usual && `: ${usual}`;
  if (said === undefined)
    return refused(`${ID}.type`, `The type of "${textOf(name ?? node, source)}" is not written.`, node);
  const own =
    type && namesIn(type, source).find((it) => it.binding && isOf(it.binding.scope.node, signature));
  if (own)
    return refused(
      `${ID}.type`,
      "A type in it is about the call, or another parameter, and would be told from the object.",
      own.node,
    );
  return `${textOf(name ?? node, source)}${isOptional ? "?" : ""}${said}`;
}

/** Whether a scope belongs to the function: its parameters', and that of its type parameters. */
function isOf(scope: SyntaxNode, { made }: Signature): boolean {
  return nearest(scope, isFunction) === made;
}

/** The changes that leave the name, and its default. */
function bareName({ name, node }: Parameter): readonly TextChange[] {
  const [mark, type] = [node.children.find((it) => it.type === "?"), inField(node, "type")];
  const end = type?.to ?? mark?.to;
  return name && end !== undefined ? [{ from: name.to, to: end, text: "" }] : [];
}

/** Whether a call gives it a value that may be none, which is another thing for a member than to be left out. */
function mayBeGivenNothing(index: number, calls: readonly Use[]): boolean {
  const values = calls.flatMap(({ call }) => call.given[index]?.value ?? []);
  return values.some((it) => !SURE.test(it.type));
}

const SURE =
  /^(number|string|template_string|true|false|object|array|regex|new_expression|arrow_function|function_expression)$/;

function orUndefined(member: string): string {
  if (/\bundefined\b/.test(member)) return member;
  const [, name = "", type = ""] = /^([^:]*:\s*)([\s\S]*)$/.exec(member) ?? [];
  return /^[\w$.[\]<>"']+$/.test(type) ? `${member} | undefined` : `${name}(${type}) | undefined`;
}

function given(
  { node, given: all }: Call,
  run: Run,
  { parameters }: Signature,
  source: Source,
): readonly TextChange[] | Refusal {
  const list = inField(node, "arguments");
  const open = list?.children[0];
  const hasRest = parameters.some((it) => it.kind === "rest");
  if (!list || !open || (all.length > parameters.length && !hasRest))
    return refused(`${ID}.arguments`, "A call does not give what the function has parameters for.", node);
  const { start } = run;
  const taken = all.slice(start, start + run.parameters.length).map((it) => it.value);
  const [begin, last] = [taken[0], taken.at(-1)];
  if (!begin || !last) return leftOut(all.at(-1)?.value, start - all.length, open);
  const named = first(taken, (it) => namedSo(it));
  if (named) return named;
  return [
    { from: begin.from, to: begin.from, text: "{ " },
    ...taken.flatMap((it, at) =>
      it.type === "identifier" && textOf(it, source) === run.names[at]
        ? []
        : [{ from: it.from, to: it.from, text: `${run.names[at]}: ` }],
    ),
    { from: last.to, to: last.to, text: " }" },
  ];
}

/** The object that a call gives nothing in, behind what it leaves out before that. */
function leftOut(last: SyntaxNode | undefined, missing: number, open: SyntaxNode): readonly TextChange[] {
  const added = [...Array<string>(missing).fill("undefined"), "{}"].join(", ");
  return last
    ? [{ from: last.to, to: last.to, text: `, ${added}` }]
    : [{ from: open.to, to: open.to, text: added }];
}

/** A function without a name gets that of what it is given to (ECMA-262, NamedEvaluation). */
function namedSo(value: SyntaxNode): Refusal | undefined {
  if (value.type === "parenthesized_expression") return first(parts(value), namedSo);
  const isOpen = (isFunction(value) || value.type === "class") && !inField(value, "name");
  return isOpen
    ? refused(`${ID}.named`, "A function would have its name from the object that it is given in.", value)
    : undefined;
}
