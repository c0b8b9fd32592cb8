import type { Binding } from "../../../syntax/bindings.ts";
import { inField, isComment, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import { isClear, textOf } from "../../names.ts";
import type { Source } from "../../refactoring.ts";
import { isConstant } from "../../steady.ts";
import { kindOf } from "../primitive.ts";

/** How far values of names are followed. */
const FAR = 4;
/** Give a new array without holes of one without. */
const KEEPING = /^(map|filter|slice|flatMap|toSorted|toReversed)$/;
const MAKING = /^(Array\.(from|of)|Object\.(keys|values|entries))$/;

/** Whether the value certainly is an array without holes; types that are written are believed. */
export function isDenseArray(node: SyntaxNode, source: Source, far = FAR): boolean {
  if (far === 0) return false;
  switch (node.type) {
    case "array":
      return !hasHoles(node);
    case "parenthesized_expression":
      return parts(node).every((it) => isDenseArray(it, source, far - 1));
    case "as_expression":
      return (
        isFixed(node, source) &&
        parts(node)
          .slice(0, 1)
          .every((it) => isDenseArray(it, source, far - 1))
      );
    case "call_expression":
      return isMade(node, source, far);
    case "identifier":
      return isDenseName(source.bindings().at(node), source, far);
    default:
      return false;
  }
}

/** `[1, , 2]` */
function hasHoles({ children }: SyntaxNode): boolean {
  const all = children.filter((it) => !isComment(it));
  return all.some((it, index) => it.type === "," && /^[[,]$/.test(all[index - 1]?.type ?? ""));
}

/** `[…] as const` */
function isFixed(node: SyntaxNode, source: Source): boolean {
  return node.type === "as_expression" && /\bas\s+const$/.test(textOf(node, source));
}

function isMade(node: SyntaxNode, source: Source, far: number): boolean {
  const callee = inField(node, "function");
  const [object, property] = callee ? [inField(callee, "object"), inField(callee, "property")] : [];
  if (callee?.type !== "member_expression" || !object || !property) return false;
  if ([node, callee].some((it) => it.children.some((at) => /^(optional_chain|\?\.)$/.test(at.type))))
    return false;
  if (MAKING.test(textOf(callee, source))) return source.bindings().at(object) === undefined;
  const method = textOf(property, source);
  if (method === "split") return kindOf(object, source) === "text";
  return KEEPING.test(method) && isDenseArray(object, source, far - 1);
}

function isDenseName(binding: Binding | undefined, source: Source, far: number): boolean {
  const [declaration, ...more] = binding?.declarations ?? [];
  const holder = declaration?.parent;
  if (!binding || !declaration || !holder || more.length > 0 || isClear(binding, source)) return false;
  if (holder.type === "rest_pattern") return isConstant(binding);
  const type = arrayType(declaration, source);
  if (type !== undefined) return type;
  const value = declaration.field === "name" ? inField(holder, "value") : undefined;
  return (
    holder.type === "variable_declarator" &&
    holder.parent?.type === "lexical_declaration" &&
    isConstant(binding) &&
    value !== undefined &&
    isDenseArray(value, source, far - 1)
  );
}

/** Whether the type that a variable or a parameter is declared with is that of an array; `undefined`: there is none. */
function arrayType(declaration: SyntaxNode, source: Source): boolean | undefined {
  const type = typeOf(declaration);
  if (!type) return undefined;
  return declaration.parent?.type !== "optional_parameter" && isArrayType(type, source);
}

function typeOf(declaration: SyntaxNode): SyntaxNode | undefined {
  const { parent, field } = declaration;
  const isVariable = parent?.type === "variable_declarator" && field === "name";
  const isParameter = /^(required|optional)_parameter$/.test(parent?.type ?? "") && field === "pattern";
  const annotation = parent && (isVariable || isParameter) ? inField(parent, "type") : undefined;
  return annotation && parts(annotation)[0];
}

function isArrayType(type: SyntaxNode, source: Source): boolean {
  if (/^(array|tuple)_type$/.test(type.type)) return true;
  if (type.type === "readonly_type") return parts(type).every((it) => isArrayType(it, source));
  const name = type.type === "generic_type" ? inField(type, "name") : undefined;
  return (
    name !== undefined &&
    /^(Readonly)?Array$/.test(textOf(name, source)) &&
    source.bindings().resolve(textOf(name, source), "type", name.from) === undefined
  );
}

/** Whether the type of the binding says that nobody changes the array by this name. */
export function isReadonly({ declarations: [declaration] }: Binding, source: Source): boolean {
  const type = declaration && typeOf(declaration);
  if (type) return /^(readonly\b|ReadonlyArray\b)/.test(textOf(type, source));
  const value = declaration?.parent && inField(declaration.parent, "value");
  return value !== undefined && isFixed(value, source);
}

/** Whether the type of the binding says that it is an array; what others do with it is taken for granted then. */
export function isTyped({ declarations: [declaration] }: Binding): boolean {
  return declaration !== undefined && typeOf(declaration) !== undefined;
}
