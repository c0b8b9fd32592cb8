import type { Binding } from "../../syntax/bindings.ts";
import { supertypes } from "../../syntax/scopes/java-hidden.ts";
import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { indentAt, indentUnit, lineEnd, movedText } from "../extraction/moved-text.ts";
import { functionOf, type Part } from "../extraction/part.ts";
import type { Extraction, Written } from "../extraction/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { isConstantExpression, targetType } from "./declared-type.ts";
import { hasModifier } from "./places.ts";
import { bindingType, typeOf } from "./types.ts";

const ID = "extract-function";

/** A method of Java, and its call: see `ExtractionRules.written`. */
export function written(made: Extraction, source: Source): Written | Refusal {
  const { name, part, leaving, home: place, flow } = made;
  const [output, another] = flow.outputs;
  if (another)
    return refused(
      `${ID}.outputs`,
      `More than one value is used behind it: "${another.binding.name}", too.`,
      part,
    );
  const constant = output?.binding.declarations.find((it) => isConstantExpression(it, source));
  if (constant)
    return refused(`${ID}.constant`, "The compiler evaluates it, and may need its value.", constant);
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
  const word = place.beside && isStatic(place.beside) ? "private static" : "private";
  const head = `${word} ${result} ${name}(${inputs.join(", ")})${thrown(part, source)} {`;
  const moved = movedText(part, source, indent + unit);
  const body =
    part.kind === "expression"
      ? [`return ${moved};`]
      : [
          ...anew.map((it) => `${it};`),
          moved,
          ...(output && !leaving.returns ? [`return ${output.binding.name};`] : []),
        ];
  const lines = [head, ...body.map((it) => unit + it), "}"].map((it) => indent + it);
  return {
    at: place.beside.to,
    declaration: end + end + lines.join(end),
    call: replacing,
    nameAt: replacing.indexOf(call),
    warnings: warningsOf(made, source),
  };
}

/** What the method gives back, by types that are written. */
function resultOf({ part, leaving, flow }: Extraction, source: Source): string | Refusal {
  const [node] = part.nodes;
  const [output] = flow.outputs;
  if (leaving.returns) {
    const method = functionOf(part, source);
    const type = method && inField(method, "type");
    return type ? visible(textOf(type, source), part, source) : unknown(part);
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
  const local = [...type.matchAll(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu)].find(([word]) => {
    const binding = source.bindings().resolve(word, "type", part.from);
    return binding && /^(function|block)$/.test(binding.scope.kind);
  });
  return local ? refused(`${ID}.type`, `"${local[0]}" is known in its method only.`, part) : type;
}

/** What its method may throw, it may. */
function thrown(part: Part, source: Source): string {
  const around = functionOf(part, source);
  const clause = around?.children.find((it) => it.type === "throws");
  const isCalling = /\(|\bthrow\b|\bnew\b/.test(source.text.slice(part.from, part.to));
  return clause && isCalling ? ` ${textOf(clause, source)}` : "";
}

function isStatic(member: SyntaxNode): boolean {
  return hasModifier(member, "static");
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
  const scope = source.bindings().scopeAt(container.from);
  return supertypes({ ...scope, node: container }).length > 0
    ? [`What this class extends was not looked at: it may have no method "${name}".`]
    : [];
}
