import { type SyntaxNode, walk } from "../tree.ts";
import type { OpenScope } from "./builder.ts";
import type { CSharpHandler, CSharpVisit } from "./c-sharp.ts";
import { isTyped } from "./c-sharp-types.ts";

/** A query is evaluated like lambdas that share what its clauses name (section 12.20, "Query expressions"). What the first `from` is about stands outside. */
const query: CSharpHandler = (node, scope, visit) => {
  const inner = visit.builder.open("function", node, scope);
  const [first, ...rest] = node.children;
  if (first) clause(first, inner, scope, visit);
  for (const it of rest) visit.visit(it, inner);
};

/** `from T a in b`, `join T a in b on c equals d`: the name is not known in `b`. */
function clause(node: SyntaxNode, inner: OpenScope, outer: OpenScope, visit: CSharpVisit): void {
  const named = isTyped(node) ? node.children[2] : node.children[1];
  if (named) declared(named, node, inner, visit);
  for (const it of node.children) {
    if (it === named) continue;
    const isSource = node.children[node.children.indexOf(it) - 1]?.type === "in";
    visit.visit(it, isSource ? outer : inner);
  }
}

function declared(name: SyntaxNode, around: SyntaxNode, scope: OpenScope, { builder }: CSharpVisit): void {
  builder.declare(name, scope, { kind: "parameter" });
  const word = builder.nameOf(name);
  const isTwice = [...walk(around)].some(
    (it) =>
      it !== name &&
      it.type === "identifier" &&
      it.parent?.field !== "name" &&
      it.field !== "name" &&
      builder.nameOf(it) === word,
  );
  const isJoin = around.type === "join_clause";
  if (isTwice && !isJoin) builder.hide(name, "what its own clause means by it is not certain", [word]);
}

const further: CSharpHandler = (node, scope, visit) => clause(node, scope, scope, visit);

const letting: CSharpHandler = (node, scope, visit) => {
  const name = node.children.find((it) => it.type === "identifier");
  if (name) declared(name, node, scope, visit);
  visit.within(node, scope, [name]);
};

/** `into a`: what was named before it is not known behind it. */
const continued: CSharpHandler = (node, scope, visit) => {
  const name = node.children.find((it) => it.type === "identifier");
  if (node.type === "join_into_clause") {
    if (name) visit.builder.declare(name, scope, { kind: "parameter" });
    return;
  }
  const inner = visit.builder.open("function", node, scope);
  visit.cut(inner, scope);
  if (name) visit.builder.declare(name, inner, { kind: "parameter" });
  visit.within(node, inner, [name]);
};

/** Queries. */
export const queryHandlers: readonly (readonly [string, CSharpHandler])[] = [
  ["query_expression", query],
  ["from_clause", further],
  ["join_clause", further],
  ["let_clause", letting],
  ["join_into_clause", continued],
  ["query_continuation", continued],
];
