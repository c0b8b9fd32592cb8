import type { Binding } from "../../syntax/bindings.ts";
import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { isIn, sees } from "../extraction/part.ts";
import type { Extraction } from "../extraction/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";

/** The type that a variable is declared with, or that its value shows; `undefined`: it is written nowhere. */
export function typeOf(binding: Binding, source: Source): string | undefined {
  const [declaration] = binding.declarations;
  const holder = declaration?.parent;
  if (!declaration || !holder) return undefined;
  const annotation = typeNode(holder);
  if (annotation)
    return namesLocal(annotation, source) ? undefined : optional(holder, textOf(annotation, source));
  const value = declaration.field === "name" ? inField(holder, "value") : undefined;
  if (!value) return undefined;
  // A constant's type is the very text or number.
  const isLiteral = binding.kind === "constant" && /^(number|string|true|false)$/.test(value.type);
  return isLiteral ? textOf(value, source) : shownBy(value, source);
}

/** `: T` as a variable is declared with it; empty: it is not. */
export function annotationOf({ declarations: [declaration] }: Binding, source: Source): string {
  const type = declaration?.parent && typeNode(declaration.parent);
  return type ? `: ${textOf(type, source)}` : "";
}

/** `typeof a` of a variable that only its function knows. */
function namesLocal(annotation: SyntaxNode, source: Source): boolean {
  return namesIn(annotation, source).some(
    (it) => it.space === "value" && it.binding?.scope.parent !== undefined,
  );
}

/** Whether a condition may have made the type of the variable narrower than it is written. */
export function mayBeNarrowed(binding: Binding, source: Source): boolean {
  const holder = binding.declarations[0]?.parent;
  const type = holder && typeNode(holder);
  return (
    holder?.type === "optional_parameter" ||
    (type !== undefined && /\||\b(unknown|any|object)\b/.test(textOf(type, source)))
  );
}

/** The type in a `: T` of a parameter or variable that is one name. */
function typeNode(holder: SyntaxNode): SyntaxNode | undefined {
  if (!/^(variable_declarator|required_parameter|optional_parameter)$/.test(holder.type)) return undefined;
  return inField(holder, "type")?.children.find((it) => it.isNamed);
}

function optional(holder: SyntaxNode, type: string): string {
  return holder.type === "optional_parameter" ? `(${type}) | undefined` : type;
}

function shownBy(value: SyntaxNode, source: Source): string | undefined {
  switch (value.type) {
    case "number":
      return "number";
    case "string":
    case "template_string":
      return "string";
    case "true":
    case "false":
      return "boolean";
    case "new_expression": {
      const made = inField(value, "constructor");
      const types = inField(value, "type_arguments");
      const binding = made && source.bindings().at(made);
      if (binding && (binding.scope.parent || !/^(class|import)$/.test(binding.kind))) return undefined;
      const isNamed =
        made?.type === "identifier" &&
        (types || !/^(Map|Set|Array|Promise|WeakMap|WeakSet)$/.test(textOf(made, source)));
      return isNamed ? textOf(made, source) + (types ? textOf(types, source) : "") : undefined;
    }
    default:
      return undefined;
  }
}

/** Type parameters that the function needs of those around it: their names, and how they are declared. */
export function typeParameters(
  { part, flow, home: { container } }: Extraction,
  source: Source,
): { readonly names: readonly string[]; readonly declared: readonly string[] } | Refusal {
  const found = new Set<Binding>();
  const annotations = flow.inputs.flatMap(({ declarations: [declaration] }) => declaration?.parent ?? []);
  const open: SyntaxNode[] = [...part.nodes, ...annotations];
  for (let node = open.shift(); node; node = open.shift())
    for (const { binding, space } of namesIn(node, source)) {
      if (!binding || space !== "type" || found.has(binding) || sees(container, binding.scope)) continue;
      if (binding.declarations.some((it) => isIn(part, it)) || isIn(part, binding.scope.node)) continue;
      const holder = binding.declarations[0]?.parent;
      if (holder?.type !== "type_parameter")
        return refused("extract-function.type", `The type "${binding.name}" is known there only.`, part);
      found.add(binding);
      open.push(holder);
    }
  const all = source.bindings().all.filter((it) => found.has(it));
  const twice = all.find((it) => all.some((other) => other !== it && other.name === it.name));
  if (twice) return refused("extract-function.type", `There are two types "${twice.name}".`, part);
  return {
    names: all.map((it) => it.name),
    declared: all.flatMap(({ declarations: [it] }) => (it?.parent ? [textOf(it.parent, source)] : [])),
  };
}
