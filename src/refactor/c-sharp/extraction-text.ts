import type { Binding } from "../../syntax/bindings.ts";
import { isOpenClass, isPartial } from "../../syntax/scopes/c-sharp-hidden.ts";
import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { isIn, loopsAround, type Part } from "../extraction/part.ts";
import type { Extraction, Written } from "../extraction/rules.ts";
import { typedMethod } from "../extraction/typed-method.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { targetType } from "./declared-type.ts";
import { isChangedThere } from "./effects.ts";
import { hasModifier } from "./places.ts";
import { isPlainType, isShared, written as writtenType } from "./plain-types.ts";
import { declarationOf } from "./renaming.ts";
import { bindingType, typeOf } from "./types.ts";

const ID = "extract-function";

/** A method of C#, and its call: see `ExtractionRules.written`. */
export function written(made: Extraction, source: Source): Written | Refusal {
  return typedMethod(made, source, {
    types: { bindingType, typeOf, targetType, written: writtenType, shown },
    cannotPass,
    head,
    warnings,
  });
}

/** Types are told without blanks. */
function shown(type: string): string {
  return type.replace(/,(?=\S)/g, ", ");
}

function cannotPass({ flow, part }: Extraction, source: Source): Refusal | undefined {
  const passed = [...flow.inputs, ...flow.anew, ...flow.outputs.map((it) => it.binding)];
  return passed.map((it) => notPassed(it, part, source)).find((it) => it !== undefined);
}

function head(
  { name, home: { beside } }: Extraction,
  result: string,
  parameters: readonly string[],
  source: Source,
): readonly string[] {
  const word = hasModifier(beside, /^static$/) ? "private static" : "private";
  const said = `${word} ${result} ${name}(${parameters.join(", ")})`;
  return isBraceAlone(beside, source) ? [said, "{"] : [`${said} {`];
}

/** Whether the brace of a method stands in a line of its own. */
function isBraceAlone(member: SyntaxNode, { text }: Source): boolean {
  const body = inField(member, "body");
  return body !== undefined && text.slice(text.lastIndexOf("\n", body.from) + 1, body.from).trim() === "";
}

/** Constants, what is another variable, and structs that are changed in the part and used elsewhere. */
function notPassed(binding: Binding, part: Part, source: Source): Refusal | undefined {
  const { name, declarations, references } = binding;
  const [at] = declarations;
  const declaration = at && declarationOf(at);
  const isConstant =
    declaration?.type === "local_declaration_statement" && hasModifier(declaration, /^const$/);
  if (isConstant)
    return refused(`${ID}.constant`, `The compiler evaluates "${name}", and may need its value.`, at);
  const isOther = declaration?.children.some(
    (it) => it.type === "parameter_modifier" && textOf(it, source) !== "this",
  );
  if (isOther) return refused(`${ID}.ref`, `"${name}" is a variable of who calls the method.`, at);
  const type = bindingType(binding, source);
  if (isPlainType(type) || isShared(type, source)) return undefined;
  const changed = references.find(({ node }) => isIn(part, node) && isChangedThere(node));
  const isUsedOn =
    loopsAround(part, source).length > 0 || references.some(({ node }) => node.from >= part.to);
  return changed && isUsedOn
    ? refused(
        `${ID}.struct`,
        `"${name}" may be a struct, of which the method would have a copy.`,
        changed.node,
      )
    : undefined;
}

function warnings({ home: { container }, name }: Extraction, source: Source): readonly string[] {
  const bindings = source.bindings();
  const scope = { ...bindings.scopeAt(container.from), node: container };
  if (container.parent && isPartial(container.parent))
    return [`Other parts of this class were not looked at: they may have a method "${name}".`];
  return isOpenClass(scope, bindings, source.text)
    ? [`What this class extends was not looked at: it may have no method "${name}".`]
    : [];
}
