import type { Reference } from "../bindings.ts";
import { inField, type SyntaxNode } from "../tree.ts";
import type { Declared, OpenScope } from "./builder.ts";
import type { Visit } from "./visit.ts";

/** Declares the names of a pattern, or a single one; what it computes is visited. */
export function declared(node: SyntaxNode, scope: OpenScope, as: Declared, visit: Visit): void {
  switch (node.type) {
    case "identifier":
      visit.builder.declare(node, scope, as);
      return;
    case "shorthand_property_identifier_pattern":
      visit.builder.declare(node, scope, { ...as, shape: "shorthand-pattern" });
      return;
    default:
      taken(node, scope, visit, (it) => declared(it, scope, as, visit));
  }
}

/** Refers to what an assignment gives a value: a name, a member, or the names in a pattern. */
export function assigned(
  node: SyntaxNode,
  scope: OpenScope,
  access: Reference["access"],
  visit: Visit,
): void {
  switch (node.type) {
    case "identifier":
      visit.builder.refer(node, scope, { access });
      return;
    case "shorthand_property_identifier_pattern":
      visit.builder.refer(node, scope, { access, shape: "shorthand-pattern" });
      return;
    case "parenthesized_expression":
    case "non_null_expression":
    case "array_pattern":
    case "object_pattern":
    case "pair_pattern":
    case "rest_pattern":
    case "assignment_pattern":
    case "object_assignment_pattern":
      taken(node, scope, visit, (it) => assigned(it, scope, access, visit));
      return;
    default:
      visit.visit(node, scope);
  }
}

/** Hands on the parts of a pattern that take a value, and visits the rest of it: keys and defaults. */
function taken(node: SyntaxNode, scope: OpenScope, visit: Visit, take: (node: SyntaxNode) => void): void {
  switch (node.type) {
    case "pair_pattern": {
      const value = inField(node, "value");
      visit.within(node, scope, [value]);
      if (value) take(value);
      return;
    }
    case "assignment_pattern":
    case "object_assignment_pattern": {
      const left = inField(node, "left");
      if (left) take(left);
      visit.within(node, scope, [left]);
      return;
    }
    default:
      for (const it of node.children) if (it.isNamed) take(it);
  }
}
