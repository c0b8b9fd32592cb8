import { inField } from "../tree.ts";
import type { Handler } from "./visit.ts";

/** `a instanceof T b`, `case T b`, `P(T b)`: known as far as it has matched, so in the rest of the block at most (section 6.3). */
const pattern: Handler = (node, scope, visit) => {
  const name = inField(node, "name") ?? node.children.findLast((it) => it.type === "identifier");
  const isDeclared = node.type !== "instanceof_expression" || inField(node, "name") !== undefined;
  if (name && isDeclared) visit.builder.declare(name, scope, { kind: "variable" });
  visit.within(node, scope, [isDeclared ? name : undefined]);
};

const recordPattern: Handler = (node, scope, visit) => {
  const [type] = node.children;
  if (type?.type === "identifier") visit.builder.refer(type, scope, { space: "type" });
  visit.within(node, scope, type?.type === "identifier" ? [type] : []);
};

/** Whether a constant of a `case` is looked up here or among those of an enum, only its type tells (section 14.11.1). */
const caseLabel: Handler = (node, scope, visit) => {
  for (const it of node.children.filter((at) => at.type === "identifier"))
    visit.builder.hide(it, "the name of a case may be that of a constant elsewhere", [
      visit.builder.nameOf(it),
    ]);
  visit.within(node, scope);
};

/** Patterns and cases. */
export const patternHandlers: readonly (readonly [string, Handler])[] = [
  ["instanceof_expression", pattern],
  ["type_pattern", pattern],
  ["record_pattern_component", pattern],
  ["record_pattern", recordPattern],
  ["switch_label", caseLabel],
];
