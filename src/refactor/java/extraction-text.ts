import { supertypes } from "../../syntax/scopes/java-hidden.ts";
import { functionOf, type Part } from "../extraction/part.ts";
import type { Extraction, Written } from "../extraction/rules.ts";
import { typedMethod } from "../extraction/typed-method.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { isConstantExpression, targetType } from "./declared-type.ts";
import { hasModifier } from "./places.ts";
import { bindingType, typeOf } from "./types.ts";

/** A method of Java, and its call: see `ExtractionRules.written`. */
export function written(made: Extraction, source: Source): Written | Refusal {
  return typedMethod(made, source, {
    types: { bindingType, typeOf, targetType, written: textOf },
    cannotPass,
    head,
    warnings,
  });
}

function cannotPass({ flow }: Extraction, source: Source): Refusal | undefined {
  const [output] = flow.outputs;
  const constant = output?.binding.declarations.find((it) => isConstantExpression(it, source));
  return (
    constant &&
    refused("extract-function.constant", "The compiler evaluates it, and may need its value.", constant)
  );
}

function head(
  { name, part, home: { beside } }: Extraction,
  result: string,
  parameters: readonly string[],
  source: Source,
): readonly string[] {
  const word = hasModifier(beside, "static") ? "private static" : "private";
  return [`${word} ${result} ${name}(${parameters.join(", ")})${thrown(part, source)} {`];
}

/** What its method may throw, it may. */
function thrown(part: Part, source: Source): string {
  const around = functionOf(part, source);
  const clause = around?.children.find((it) => it.type === "throws");
  const isCalling = /\(|\bthrow\b|\bnew\b/.test(source.text.slice(part.from, part.to));
  return clause && isCalling ? ` ${textOf(clause, source)}` : "";
}

function warnings({ home: { container }, name }: Extraction, source: Source): readonly string[] {
  const scope = source.bindings().scopeAt(container.from);
  return supertypes({ ...scope, node: container }).length > 0
    ? [`What this class extends was not looked at: it may have no method "${name}".`]
    : [];
}
