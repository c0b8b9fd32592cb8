import { inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Call, Inlinable, InliningRules, Parameter } from "../inlining/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { isFunction, isInClassBody } from "./places.ts";

/** How bodies of functions are put elsewhere in Python. */
export const inlining: InliningRules = { isFreshInTurns: false, inlinable, callOf };

function inlinable(name: SyntaxNode, source: Source): Inlinable | Refusal {
  const made = name.parent;
  const row = made?.parent;
  if (made?.type !== "function_definition" || name.field !== "name")
    return refused("inline-function.kind", `"${textOf(name, source)}" is not declared as a function.`, name);
  if (row?.type === "decorated_definition" || row?.parent?.type === "class_definition")
    return refused("inline-function.kind", "It is decorated, or a method.", name);
  const bound = [...walk(made, (it) => it !== made && isFunction(it))].find(
    (it) =>
      /^(async|await|yield|global_statement|nonlocal_statement)$/.test(it.type) ||
      /^(super|__class__|locals|vars)$/.test(textOf(it, source)),
  );
  const scoped = [...walk(made)].find(
    (it) =>
      /^(global_statement|nonlocal_statement|named_expression)$/.test(it.type) ||
      (it.type === "identifier" && /^__\w*(?<!__)$/.test(textOf(it, source))),
  );
  if (bound ?? scoped)
    return refused(
      "inline-function.bound",
      "What it does, it does as a function of its own.",
      bound ?? scoped,
    );
  const parameters = parametersOf(made);
  if ("code" in parameters) return parameters;
  const body = inField(made, "body");
  return body ? ofBlock(body, made, parameters) : refused("inline-function.kind", "It has no body.", made);
}

function parametersOf(made: SyntaxNode): readonly Parameter[] | Refusal {
  const list = inField(made, "parameters");
  const found: Parameter[] = [];
  for (const it of list ? parts(list) : []) {
    const name =
      it.type === "identifier"
        ? it
        : (inField(it, "name") ?? it.children.find((at) => at.type === "identifier"));
    if (
      !name ||
      !/^(identifier|default_parameter|typed_parameter|typed_default_parameter)$/.test(it.type) ||
      name.type !== "identifier"
    )
      return refused(
        "inline-function.parameter",
        "A parameter that is more than a name is not followed.",
        it,
      );
    const fallback = inField(it, "value");
    const isText =
      fallback?.type === "string" && !fallback.children.some((at) => at.type === "interpolation");
    if (fallback && !isText && !/^(integer|float|true|false|none)$/.test(fallback.type))
      return refused(
        "inline-function.parameter",
        "Its default was evaluated when the function was made.",
        it,
      );
    found.push({ name, fallback });
  }
  return found;
}

function ofBlock(body: SyntaxNode, whole: SyntaxNode, parameters: readonly Parameter[]): Inlinable | Refusal {
  const [first, ...rest] = parts(body);
  // Documentation goes with the function.
  const all =
    first?.type === "expression_statement" && /string$/.test(parts(first)[0]?.type ?? "")
      ? rest
      : parts(body);
  const last = all.at(-1);
  const isLast = last?.type === "return_statement";
  const early = [...walk(body, isFunction)].find((it) => it.type === "return_statement" && it !== last);
  if (early) return refused("inline-function.return", "It may return before its end.", early);
  const statements = (isLast ? all.slice(0, -1) : all).filter((it) => it.type !== "pass_statement");
  return { whole, parameters, statements, value: isLast ? parts(last)[0] : undefined };
}

function callOf(name: SyntaxNode, source: Source): Call | undefined {
  // What a body declares there would be a member, and what it has in a function of its own does not see members.
  if (name.parent && isInClassBody(name.parent)) return undefined;
  return callThrough(name, source);
}

/** The call whose callee the node is; `undefined`: it is none, or not all that it gives is to be seen. */
export function callThrough(callee: SyntaxNode, source: Source): Call | undefined {
  const { parent } = callee;
  if (
    parent?.type !== "call" ||
    callee.field !== "function" ||
    nearest(parent, (it) => it.type === "decorator")
  )
    return undefined;
  const list = inField(parent, "arguments");
  if (list?.type !== "argument_list") return undefined;
  const given = parts(list).map((it) => {
    const named = it.type === "keyword_argument" ? inField(it, "name") : undefined;
    const value = named ? inField(it, "value") : it;
    return value && !/splat$/.test(it.type)
      ? { value, ...(named && { name: textOf(named, source) }) }
      : undefined;
  });
  return given.every((it) => it !== undefined) ? { node: parent, given } : undefined;
}
