import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { kindOf } from "./kinds.ts";
import { hasJumps, isStatement } from "./places.ts";

/** See `CodeRules.cannotTakePlaceOf`: what gives a variable its type must be the value itself, not what is written with it or around it. */
export function cannotTakePlaceOf(at: SyntaxNode, value: SyntaxNode, source: Source): string | undefined {
  const statement = nearest(value, isStatement);
  if (hasJumps(at)) return "its function has jumps, so what runs before what is not certain";
  const spec = value.parent?.parent;
  const type = spec && inField(spec, "type");
  if (type && !isOwnType(type, value, source))
    return "its type is written, and the value alone may have another";
  if (statement?.type === "const_declaration")
    return isOfList(value, source) ? "its value counts constants" : undefined;
  const kind = kindOf(value, source);
  if (value.type === "nil") return "nil has its type from where it stands";
  if (kind !== "constant" && kind !== "open") return undefined;
  return type === undefined && isShift(value) ? SHIFTED : isTakenAsIs(at, value, source) ? undefined : TYPED;
}

const SHIFTED = "a shift has its type from where it stands";
const TYPED = "a constant has its type from where it stands, and there it may be another";

function isShift(value: SyntaxNode): boolean {
  return value.type === "binary_expression" && kindOfSign(value) === "shift";
}

function kindOfSign(node: SyntaxNode): "shift" | "other" {
  return /^(<<|>>)$/.test(inField(node, "operator")?.type ?? "") ? "shift" : "other";
}

/** A literal of the very type that it has by itself, or a thing of a written type. */
function isOwnType(type: SyntaxNode, value: SyntaxNode, source: Source): boolean {
  const text = textOf(type, source);
  const own: Readonly<Record<string, string>> = {
    int_literal: "int",
    float_literal: "float64",
    interpreted_string_literal: "string",
    raw_string_literal: "string",
    rune_literal: "rune",
  };
  const made = value.type === "composite_literal" ? inField(value, "type") : undefined;
  // A constant with a type keeps it only where that is written.
  if (type.parent?.type === "const_spec") return false;
  return own[value.type] === text || (made !== undefined && textOf(made, source) === text);
}

function isOfList(value: SyntaxNode, source: Source): boolean {
  return /\biota\b/.test(textOf(value, source));
}

/** Whether a constant gets there the type that a variable has of it: it is given to a function, returned, or is the value of another variable. */
function isTakenAsIs(at: SyntaxNode, value: SyntaxNode, source: Source): boolean {
  const { parent } = at;
  // A truth value, or a number that some types have no place for, may be more than a value to the compiler.
  const isPlain =
    /^(interpreted_string|raw_string)_literal$/.test(value.type) ||
    (value.type === "int_literal" && /^\d{1,2}$/.test(textOf(value, source)));
  if (!isPlain || !parent) return false;
  if (parent.type === "argument_list") return parts(parent).length > 0 && isCalled(parent, source);
  if (parent.type !== "expression_list") return false;
  const holder = parent.parent;
  const isValue = parent.field === "right" || parent.field === "value" || holder?.type === "return_statement";
  return (
    isValue &&
    /^((short_var|var)_declaration|var_spec|return_statement|assignment_statement)$/.test(
      holder?.type ?? "",
    ) &&
    !holder?.children.some((it) => it.field === "operator" && it.type !== "=")
  );
}

/** A function, and no conversion: one of the file or of the library. */
function isCalled(list: SyntaxNode, source: Source): boolean {
  const callee = list.parent && inField(list.parent, "function");
  if (callee?.type === "selector_expression") return true;
  const binding = callee?.type === "identifier" ? source.bindings().at(callee) : undefined;
  return binding !== undefined && /^(function|variable|parameter)$/.test(binding.kind);
}
