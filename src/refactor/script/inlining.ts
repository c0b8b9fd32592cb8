import { inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Call, Inlinable, InliningRules, Parameter } from "../inlining/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import { isFunction } from "./places.ts";

/** How bodies of functions are put elsewhere in JavaScript and TypeScript. */
export const inlining: InliningRules = { isFreshInTurns: true, inlinable, isGiven, callOf };

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
  const bound = [...walk(made, (it) => it !== made && isFunction(it) && it.type !== "arrow_function")].find(
    (it) =>
      /^(async|this|super|meta_property|yield_expression|await_expression)$/.test(it.type) ||
      textOf(it, source) === "arguments",
  );
  const isGenerator = made.children.some((it) => it.type === "*");
  if (bound || isGenerator || parts(made).some((it) => it.type === "type_parameters"))
    return refused("inline-function.bound", "What it does, it does as a function of its own.", bound ?? made);
  const parameters = parametersOf(made, source);
  if ("code" in parameters) return parameters;
  const body = inField(made, "body");
  if (!body) return refused("inline-function.kind", "It has no body.", made);
  return body.type === "statement_block"
    ? ofBlock(body, whole, parameters)
    : { whole, parameters, statements: [], value: body };
}

function parametersOf(made: SyntaxNode, source: Source): readonly Parameter[] | Refusal {
  const single = inField(made, "parameter");
  const list = inField(made, "parameters");
  const all = single ? [single] : list ? parts(list) : [];
  const taken = all.map((it): Partial<Parameter> => {
    const fallback = inField(it, it.type === "assignment_pattern" ? "right" : "value");
    const name = it.type === "identifier" ? it : (inField(it, "pattern") ?? inField(it, "left"));
    return { ...(name && { name }), fallback };
  });
  const strange = all.find((it, at) => {
    const { name, fallback } = taken[at] ?? {};
    // In a default names are those of the function.
    const isOpen = fallback && namesIn(fallback, source).length > 0;
    return name?.type !== "identifier" || isOpen || /^this$/.test(textOf(it, source));
  });
  return strange
    ? refused("inline-function.parameter", "A parameter that is more than a name is not followed.", strange)
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
