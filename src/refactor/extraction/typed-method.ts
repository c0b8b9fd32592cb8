import type { Binding } from "../../syntax/bindings.ts";
import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { indentAt, indentUnit, lineEnd, movedText } from "./moved-text.ts";
import { functionOf, type Part } from "./part.ts";
import type { Extraction, Written } from "./rules.ts";

const ID = "extract-function";

/** Which types a file tells for certain, as they are written; `undefined`: it does not. */
export interface ToldTypes {
  readonly bindingType: (binding: Binding, source: Source) => string | undefined;
  readonly typeOf: (node: SyntaxNode, source: Source) => string | undefined;
  /** The type that is wanted of a value where it stands. */
  readonly targetType: (node: SyntaxNode, source: Source) => string | undefined;
  /** A written type, as `typeOf` would say it. */
  readonly written: (type: SyntaxNode, source: Source) => string;
  /** How a type that is told is set in a new text; absent: as it is told. */
  readonly shown?: (type: string) => string;
}

/** How a language writes a method with the types of all it is given and gives back. */
export interface TypedMethodRules {
  readonly types: ToldTypes;
  /** Why what the part uses or makes cannot go to another method and back. */
  readonly cannotPass: (made: Extraction, source: Source) => Refusal | undefined;
  /** The lines up to the brace that opens the body. */
  readonly head: (
    made: Extraction,
    result: string,
    parameters: readonly string[],
    source: Source,
  ) => readonly string[];
  readonly warnings: (made: Extraction, source: Source) => readonly string[];
}

/** `ExtractionRules.written` for methods that are typed and closed by a brace. */
export function typedMethod(made: Extraction, source: Source, rules: TypedMethodRules): Written | Refusal {
  const { name, part, leaving, home, flow } = made;
  const [output, another] = flow.outputs;
  if (another)
    return refused(
      `${ID}.outputs`,
      `More than one value is used behind it: "${another.binding.name}", too.`,
      part,
    );
  const obstacle = rules.cannotPass(made, source);
  if (obstacle) return obstacle;
  const result = resultOf(made, rules.types, source);
  if (typeof result !== "string") return result;
  const inputs = typed(flow.inputs, part, rules.types, source);
  if ("code" in inputs) return inputs;
  const anew = typed(flow.anew, part, rules.types, source);
  if ("code" in anew) return anew;
  const { text } = source;
  const end = lineEnd(text);
  const call = `${name}(${flow.inputs.map((it) => it.name).join(", ")})`;
  const replacing = called(made, call, result);
  const indent = indentAt(home.beside.from, text);
  const unit = indentUnit(text, "    ");
  const moved = movedText(part, source, indent + unit);
  const body =
    part.kind === "expression"
      ? [`return ${moved};`]
      : [
          ...anew.map((it) => `${it};`),
          moved,
          ...(output && !leaving.returns ? [`return ${output.binding.name};`] : []),
        ];
  const head = rules.head(made, result, inputs, source);
  const lines = [...head, ...body.map((it) => unit + it), "}"].map((it) => indent + it);
  return {
    at: home.beside.to,
    declaration: end + end + lines.join(end),
    call: replacing,
    nameAt: replacing.indexOf(call),
    warnings: rules.warnings(made, source),
  };
}

/** What the method gives back, by types that are written. */
function resultOf({ part, leaving, flow }: Extraction, types: ToldTypes, source: Source): string | Refusal {
  const [node] = part.nodes;
  const [output] = flow.outputs;
  if (leaving.returns) {
    const method = functionOf(part, source);
    const type = method && inField(method, "type");
    return type ? visible(types.written(type, source), part, types, source) : unknown(part);
  }
  if (part.kind === "statements" && !output) return "void";
  const type = output
    ? types.bindingType(output.binding, source)
    : node && (types.typeOf(node, source) ?? types.targetType(node, source));
  return type === undefined || type === "void" ? unknown(part) : visible(type, part, types, source);
}

function unknown(part: Part): Refusal {
  return refused(`${ID}.type`, "The type of what it gives back is not certain from this file.", part);
}

function typed(
  bindings: readonly Binding[],
  part: Part,
  types: ToldTypes,
  source: Source,
): readonly string[] | Refusal {
  const made: string[] = [];
  for (const it of bindings) {
    const type = types.bindingType(it, source);
    if (type === undefined)
      return refused(`${ID}.type`, `The type of "${it.name}" is written nowhere.`, it.declarations[0]);
    const known = visible(type, part, types, source);
    if (typeof known !== "string") return known;
    made.push(`${known} ${it.name}`);
  }
  return made;
}

/** The type, if it is none that only the method knows. */
function visible(type: string, part: Part, { shown }: ToldTypes, source: Source): string | Refusal {
  const local = [...type.matchAll(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu)].find(([word]) => {
    const binding = source.bindings().resolve(word, "type", part.from);
    return binding && /^(function|block)$/.test(binding.scope.kind);
  });
  return local
    ? refused(`${ID}.type`, `"${local[0]}" is known in its method only.`, part)
    : (shown?.(type) ?? type);
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
