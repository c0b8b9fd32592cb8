import type { Binding } from "../../syntax/bindings.ts";
import { isOpenClass, isPartial } from "../../syntax/scopes/c-sharp-hidden.ts";
import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { indentAt, indentUnit, lineEnd, movedText } from "../extraction/moved-text.ts";
import { functionOf, isIn, loopsAround, type Part } from "../extraction/part.ts";
import type { Extraction, Written } from "../extraction/rules.ts";
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
  const { name, part, leaving, home: place, flow } = made;
  const [output, another] = flow.outputs;
  if (another)
    return refused(
      `${ID}.outputs`,
      `More than one value is used behind it: "${another.binding.name}", too.`,
      part,
    );
  const passed = [...flow.inputs, ...flow.anew, ...(output ? [output.binding] : [])];
  const obstacle = passed.map((it) => notPassed(it, part, source)).find((it) => it !== undefined);
  if (obstacle) return obstacle;
  const result = resultOf(made, source);
  if (typeof result !== "string") return result;
  const inputs = typed(flow.inputs, part, source);
  if ("code" in inputs) return inputs;
  const anew = typed(flow.anew, part, source);
  if ("code" in anew) return anew;
  const { text } = source;
  const end = lineEnd(text);
  const call = `${name}(${flow.inputs.map((it) => it.name).join(", ")})`;
  const replacing = called(made, call, result);
  const indent = indentAt(place.beside.from, text);
  const unit = indentUnit(text, "    ");
  const word = hasModifier(place.beside, /^static$/) ? "private static" : "private";
  const head = `${word} ${result} ${name}(${inputs.join(", ")})`;
  const moved = movedText(part, source, indent + unit);
  const body =
    part.kind === "expression"
      ? [`return ${moved};`]
      : [
          ...anew.map((it) => `${it};`),
          moved,
          ...(output && !leaving.returns ? [`return ${output.binding.name};`] : []),
        ];
  const opened = isBraceAlone(place.beside, source) ? [head, "{"] : [`${head} {`];
  const lines = [...opened, ...body.map((it) => unit + it), "}"].map((it) => indent + it);
  return {
    at: place.beside.to,
    declaration: end + end + lines.join(end),
    call: replacing,
    nameAt: replacing.indexOf(call),
    warnings: warningsOf(made, source),
  };
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

/** What the method gives back, by types that are written. */
function resultOf({ part, leaving, flow }: Extraction, source: Source): string | Refusal {
  const [node] = part.nodes;
  const [output] = flow.outputs;
  if (leaving.returns) {
    const method = functionOf(part, source);
    const type = method && inField(method, "type");
    return type ? visible(writtenType(type, source), part, source) : unknown(part);
  }
  if (part.kind === "statements" && !output) return "void";
  const type = output
    ? bindingType(output.binding, source)
    : node && (typeOf(node, source) ?? targetType(node, source));
  return type === undefined || type === "void" ? unknown(part) : visible(type, part, source);
}

function unknown(part: Part): Refusal {
  return refused(`${ID}.type`, "The type of what it gives back is not certain from this file.", part);
}

function typed(bindings: readonly Binding[], part: Part, source: Source): readonly string[] | Refusal {
  const made: string[] = [];
  for (const it of bindings) {
    const type = bindingType(it, source);
    if (type === undefined)
      return refused(`${ID}.type`, `The type of "${it.name}" is written nowhere.`, it.declarations[0]);
    const known = visible(type, part, source);
    if (typeof known !== "string") return known;
    made.push(`${known} ${it.name}`);
  }
  return made;
}

/** The type, if it is none that only the method knows. */
function visible(type: string, part: Part, source: Source): string | Refusal {
  const local = [...type.matchAll(/[\p{L}_][\p{L}\p{Nd}_]*/gu)].find(([word]) => {
    const binding = source.bindings().resolve(word, "type", part.from);
    return binding && /^(function|block)$/.test(binding.scope.kind);
  });
  return local
    ? refused(`${ID}.type`, `"${local[0]}" is known in its method only.`, part)
    : type.replace(/,(?=\S)/g, ", ");
}

function called({ part, leaving, flow }: Extraction, call: string, result: string): string {
  if (part.kind === "expression") return call;
  if (leaving.returns) return result === "void" ? `${call}; return;` : `return ${call};`;
  const [output] = flow.outputs;
  if (!output) return `${call};`;
  return output.isDeclared
    ? `${result} ${output.binding.name} = ${call};`
    : `${output.binding.name} = ${call};`;
}

function warningsOf({ home: { container }, name }: Extraction, source: Source): readonly string[] {
  const bindings = source.bindings();
  const scope = { ...bindings.scopeAt(container.from), node: container };
  if (container.parent && isPartial(container.parent))
    return [`Other parts of this class were not looked at: they may have a method "${name}".`];
  return isOpenClass(scope, bindings, source.text)
    ? [`What this class extends was not looked at: it may have no method "${name}".`]
    : [];
}
