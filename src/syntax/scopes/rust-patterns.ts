import type { Binding } from "../bindings.ts";
import { inField, type SyntaxNode } from "../tree.ts";
import type { OpenScope } from "./builder.ts";
import type { RustVisit } from "./rust.ts";

/** How a pattern's names are declared. */
export interface Given {
  readonly kind: Binding["kind"];
  readonly isRewritten?: boolean;
}

/**
 * Declares the names of a pattern (The Rust Reference, "Identifier patterns"). One with a capital letter, or that a
 * constant of the file has, may be no new name but that thing; `outer`: where its paths and constants are looked up.
 */
export function pattern(
  node: SyntaxNode | undefined,
  scope: OpenScope,
  outer: OpenScope,
  given: Given,
  visit: RustVisit,
): void {
  if (!node) return;
  const { builder } = visit;
  switch (node.type) {
    case "identifier":
      return named(node, scope, given, visit);
    case "shorthand_field_identifier":
      return builder.declare(node, scope, { ...given, shape: "shorthand-pattern" });
    case "field_pattern":
      // The new name would have to stand behind those words.
      if (node.children[0]?.type !== "shorthand_field_identifier" && !inField(node, "pattern"))
        for (const it of node.children)
          if (it.type === "shorthand_field_identifier")
            builder.hide(scope.node, "a field is taken out under its own name", [builder.nameOf(it)]);
      return pattern(
        inField(node, "pattern") ?? node.children.find((it) => it.type === "shorthand_field_identifier"),
        scope,
        outer,
        given,
        visit,
      );
    case "tuple_struct_pattern":
    case "struct_pattern": {
      const type = inField(node, "type");
      if (type?.type === "identifier") builder.refer(type, outer, { isEither: true });
      else visit.visit(type, outer);
      for (const it of node.children) if (it !== type) pattern(it, scope, outer, given, visit);
      return;
    }
    case "scoped_identifier":
    case "range_pattern":
    case "macro_invocation":
    case "const_block":
      return visit.visit(node, outer);
    default:
      for (const it of node.children) pattern(it, scope, outer, given, visit);
  }
}

function named(node: SyntaxNode, scope: OpenScope, given: Given, visit: RustVisit): void {
  const { builder } = visit;
  const name = builder.nameOf(node);
  if (/^\p{Lu}/u.test(name) || visit.constants.has(name))
    builder.hide(node, "a name in a pattern may be a constant", [name]);
  else builder.declare(node, scope, given);
}
