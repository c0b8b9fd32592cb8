import { inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Call, Inlinable, InliningRules, Parameter } from "../inlining/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import { isFunction } from "./places.ts";
import { takenApart } from "./taken-apart.ts";

/** How bodies of functions are put elsewhere in JavaScript and TypeScript. */
export const inlining: InliningRules = {
  isFreshInTurns: true,
  inlinable,
  isGiven,
  takenApart,
  waitingFor: ({ parent }) => (parent?.type === "await_expression" ? parent : undefined),
  callOf,
};

/** A default counts for `undefined`, too (ECMA-262, section 15.1.3, "IteratorBindingInitialization"). */
function isGiven({ type }: SyntaxNode): boolean {
  return /^(number|string|template_string|true|false|null|regex|object|array|arrow_function|function_expression|class)$/.test(
    type,
  );
}

function inlinable(name: SyntaxNode, source: Source): Inlinable | Refusal {
  const { parent } = name;
  const value = parent?.type === "variable_declarator" ? inField(parent, "value") : undefined;
  const made =
    parent?.type === "function_declaration" ? parent : value && isFunction(value) ? value : undefined;
  const whole = made === parent ? parent : parent?.parent;
  if (!made || !whole || (whole !== parent && parts(whole).length > 1))
    return refused(
      "inline-function.kind",
      `"${textOf(name, source)}" is not declared as a function by itself.`,
      name,
    );
  const isAsync = made.children.some((it) => it.type === "async");
  const bound = [...walk(made, (it) => it !== made && isFunction(it) && it.type !== "arrow_function")].find(
    (it) =>
      /^(this|super|meta_property|yield_expression)$/.test(it.type) ||
      (/^(async|await_expression|await)$/.test(it.type) && !(isAsync && isOwn(it, made))) ||
      textOf(it, source) === "arguments",
  );
  const isGenerator = made.children.some((it) => it.type === "*");
  if (bound || isGenerator || parts(made).some((it) => it.type === "type_parameters"))
    return refused("inline-function.bound", "What it does, it does as a function of its own.", bound ?? made);
  const parameters = parametersOf(made, source);
  if ("code" in parameters) return parameters;
  const body = inField(made, "body");
  if (!body) return refused("inline-function.kind", "It has no body.", made);
  const found: Inlinable | Refusal =
    body.type === "statement_block"
      ? ofBlock(body, whole, parameters)
      : { whole, parameters, statements: [], value: body };
  return isAsync && !("code" in found) ? waiting(found, made) : found;
}

/** Of the function itself, not of one in it. */
function isOwn(node: SyntaxNode, made: SyntaxNode): boolean {
  return nearest(node.parent, isFunction) === made;
}

/** A function that surely waits, so that what comes behind its call comes later in any case; what it gives back is no promise. */
function waiting(found: Inlinable, made: SyntaxNode): Inlinable | Refusal {
  const { statements, value } = found;
  const waits = (it: SyntaxNode | undefined) => it?.type === "await_expression";
  const isSure = [...statements, ...(value ? [value] : [])].some(
    (it) =>
      waits(it) ||
      (it.type === "expression_statement" && waits(parts(it)[0])) ||
      (it.type === "lexical_declaration" && parts(it).some((at) => waits(inField(at, "value")))),
  );
  const isPlain =
    !value || /^(await_expression|number|string|template_string|true|false|null|undefined)$/.test(value.type);
  return isSure && isPlain
    ? { ...found, isAsync: true }
    : refused("inline-function.bound", "Who waits for it might wait for less, or something else.", made);
}

function parametersOf(made: SyntaxNode, source: Source): readonly Parameter[] | Refusal {
  const single = inField(made, "parameter");
  const list = inField(made, "parameters");
  const all = single ? [single] : list ? parts(list) : [];
  const taken = all.map((it): Partial<Parameter> => {
    const fallback = inField(it, it.type === "assignment_pattern" ? "right" : "value");
    const name = /^(identifier|(object|array)_pattern)$/.test(it.type)
      ? it
      : (inField(it, "pattern") ?? inField(it, "left"));
    return { ...(name && { name }), fallback };
  });
  const strange = all.find((it, at) => {
    const { name, fallback } = taken[at] ?? {};
    // In a default names are those of the function.
    const isOpen = fallback && namesIn(fallback, source).length > 0;
    const isPattern = name?.type === "object_pattern" || name?.type === "array_pattern";
    return (name?.type !== "identifier" && !isPattern) || isOpen || /^this$/.test(textOf(it, source));
  });
  return strange
    ? refused(
        "inline-function.parameter",
        "A parameter that takes the rest, or has a default of names, is not followed.",
        strange,
      )
    : taken.flatMap(({ name, fallback }) => (name ? [{ name, fallback }] : []));
}

function ofBlock(body: SyntaxNode, whole: SyntaxNode, parameters: readonly Parameter[]): Inlinable | Refusal {
  const all = parts(body);
  const last = all.at(-1);
  const isLast = last?.type === "return_statement";
  const own = [...walk(body, (it) => isFunction(it))];
  const shared = own.find((it) => /^(labeled_statement|variable_declaration)$/.test(it.type));
  if (shared) return refused("inline-function.bound", "It has a label, or a var, of its own.", shared);
  const early = own.find((it) => it.type === "return_statement" && it !== last);
  if (early) return refused("inline-function.return", "It may return before its end.", early);
  if (all[0]?.type === "expression_statement" && all[0].children[0]?.type === "string")
    return refused("inline-function.bound", "It begins with a directive.", all[0]);
  return {
    whole,
    parameters,
    statements: isLast ? all.slice(0, -1) : all,
    value: isLast ? parts(last)[0] : undefined,
  };
}

/** The call whose callee the node is; `undefined`: it is none, or not all that it gives is to be seen. */
export function callOf(callee: SyntaxNode): Call | undefined {
  const { parent } = callee;
  if (parent?.type !== "call_expression" || callee.field !== "function") return undefined;
  const list = inField(parent, "arguments");
  const given = list?.type === "arguments" ? parts(list) : undefined;
  if (
    !given ||
    given.some((it) => it.type === "spread_element") ||
    parent.children.some((it) => it.type === "optional_chain" || it.type === "?.")
  )
    return undefined;
  return nearest(parent, (it) => it.type === "decorator")
    ? undefined
    : { node: parent, given: given.map((value) => ({ value })) };
}
