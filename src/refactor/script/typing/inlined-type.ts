import type { Binding, Reference } from "../../../syntax/bindings.ts";
import {
  ancestors,
  contains,
  inField,
  isComment,
  nearest,
  parts,
  type SyntaxNode,
  smallestAround,
  walk,
} from "../../../syntax/tree.ts";
import { indentAt, movedText } from "../../extraction/moved-text.ts";
import { isCaptured } from "../../inline-safety.ts";
import { isOpen, statementBefore } from "../../joining.ts";
import { wholeLines } from "../../lines.ts";
import { isClear, isClearWithin } from "../../names.ts";
import { type Plan, type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { isRow, namesIn, selectedName, trimmed } from "../../selection.ts";
import { usedElsewhere } from "../../used-elsewhere.ts";
import { decoratorIn } from "../class-parts.ts";
import { neededBy, thisIn } from "./needed.ts";

/** A name for another type: its binding, its declaration and what is written there. */
interface Alias {
  readonly binding: Binding;
  readonly whole: SyntaxNode;
  readonly value: SyntaxNode;
}

/** See `TypingRules.withoutAlias`. */
export function withoutAlias(place: Place): Plan | Refusal | undefined {
  const binding = aliasAt(place);
  return binding && written(binding, place);
}

/** The name of a type alias at the place, used or declared, or whose declaration the cursor is in; `undefined`: none is. */
function aliasAt(place: Place): Binding | undefined {
  const { source } = place;
  const named = selectedName(place);
  if (named) {
    const binding = source.bindings().at(named);
    return binding && wholeOf(binding) ? binding : undefined;
  }
  const { from, to } = trimmed(place);
  const around = nearest(
    smallestAround(source.root, from, to),
    (it) => it.type === ALIAS || isRow(it) || source.rules.isExpression(it),
  );
  const isWhole = around?.type === ALIAS && (from === to || (around.from === from && around.to === to));
  const name = isWhole ? inField(around, "name") : undefined;
  return name && source.bindings().at(name);
}

const ALIAS = "type_alias_declaration";

function wholeOf({ declarations: [name] }: Binding): SyntaxNode | undefined {
  return name?.field === "name" && name.parent?.type === ALIAS ? name.parent : undefined;
}

function written(binding: Binding, place: Place): Plan | Refusal {
  const { source } = place;
  const alias = aliasOf(binding, source);
  if ("code" in alias) return alias;
  const trouble = cannotGo(alias, source) ?? usedElsewhere(binding, place, "inline-variable");
  if (trouble) return trouble;
  const { whole } = alias;
  const changes = [{ ...wholeLines(whole, source.text), text: "" }];
  for (const use of binding.references) {
    const obstacle = cannotStand(alias, use, source);
    if (obstacle) return obstacle;
    changes.push({ from: use.node.from, to: use.node.to, text: writtenAt(use.node, alias, source) });
  }
  const row = parts(whole.parent ?? whole);
  const next = row[row.indexOf(whole) + 1];
  if (
    next &&
    source.rules.goesOn?.test(source.text.slice(next.from)) &&
    isOpen(statementBefore(whole), source)
  )
    return refused("inline.semicolon", "What is behind it would go on with what is before it.", whole);
  const title = `Inline type '${binding.name}'`;
  const files = [
    { path: source.path, before: source.text, changes: changes.toSorted((a, b) => a.from - b.from) },
  ];
  return { kind: "plan", title, files, warnings: [] };
}

function aliasOf(binding: Binding, source: Source): Alias | Refusal {
  const whole = wholeOf(binding);
  const value = whole && inField(whole, "value");
  if (!whole || !value || !isRow(whole.parent ?? whole) || binding.declarations.length > 1)
    return refused(
      "inline-variable.kind",
      `"${binding.name}" is exported, or declared as more than a type.`,
      whole,
    );
  if (inField(whole, "type_parameters"))
    return refused("inline-variable.kind", `"${binding.name}" is another type for each it is given.`, whole);
  return isClear(binding, source) ?? isClearWithin(value, source) ?? { binding, whole, value };
}

/** Why the type is not the same, or cannot be written, wherever it stands. */
function cannotGo({ binding, whole, value }: Alias, source: Source): Refusal | undefined {
  const again = binding.references.find((it) => contains(whole, it.node));
  if (again) return refused("inline-variable.recursive", `"${binding.name}" is made of itself.`, again.node);
  if (binding.references.length === 0)
    return refused("inline-variable.unused", `Nothing uses "${binding.name}".`, whole);
  const needed = neededBy([value], whole.parent ?? whole, source);
  if ("kind" in needed) return needed;
  const own = thisIn(value) ?? [...walk(value)].find((it) => it.type === "asserts");
  if (own || source.text.slice(value.from, value.to) === "unique symbol")
    return refused("inline-variable.place", "What it is depends on where it stands.", own ?? value);
  return undefined;
}

/** Why the type cannot stand in the place of its name. */
function cannotStand(
  { value }: Alias,
  { node, shape, space }: Reference,
  source: Source,
): Refusal | undefined {
  const holder = node.parent;
  if (shape !== "plain" || space !== "type" || !holder)
    return refused("inline-variable.exported", "It is handed on by its name.", node);
  const isNamed = /^(type_identifier|generic_type|nested_type_identifier)$/.test(value.type);
  if (/^(extends_(type_)?clause|implements_clause|class_heritage)$/.test(holder.type) && !isNamed)
    return refused("inline-variable.place", "What is extended or implemented needs a name.", node);
  if (holder.type === "generic_type" || /^nested_/.test(holder.type))
    return refused("inline-variable.place", "It is used as more than a type there.", node);
  // TypeScript tells by how it is written whether `[K in keyof T]` keeps what T's members are.
  if (/^(mapped_type_clause|readonly_type)$/.test(holder.type))
    return refused("inline-variable.place", "What stands around it depends on how it is written.", node);
  if (decoratorIn(node))
    return refused(
      "inline-variable.decorator",
      "Types of a class with decorators may be looked at when it runs.",
      node,
    );
  const isKnownMore =
    ancestors(node).some((it) => it.type === "conditional_type") && namesIn(value, source).some(isParameter);
  return isKnownMore
    ? refused("type.narrowed", "What it is made of is known more closely there, by a condition.", node)
    : isCaptured(value, node, source);
}

function isParameter({ binding }: Reference): boolean {
  const holder = binding?.declarations[0]?.parent?.type ?? "";
  return /^(type_parameter|mapped_type_clause|infer_type)$/.test(holder);
}

function writtenAt(at: SyntaxNode, { value }: Alias, source: Source): string {
  const part = { kind: "expression", nodes: [value], from: value.from, to: value.to } as const;
  const text = isChoice(value)
    ? inOneLine(value, source)
    : movedText(part, source, indentAt(at.from, source.text));
  return needsParentheses(at, value) ? `(${text})` : text;
}

function isChoice({ type }: SyntaxNode): boolean {
  return /^(union|intersection)_type$/.test(type);
}

/** Without the sign that it may begin with, and the lines that it had for itself. */
function inOneLine(value: SyntaxNode, { text }: Source): string {
  const written = text.slice(value.from, value.to);
  const isLoose = [...walk(value)].every(
    (it) => isChoice(it) || (!isComment(it) && !text.slice(it.from, it.to).includes("\n")),
  );
  return (isLoose ? written.replace(/\s*\n\s*/g, " ") : written).replace(/^[|&]\s*/, "");
}

function needsParentheses({ parent, field }: SyntaxNode, value: SyntaxNode): boolean {
  if (CLOSED.test(value.type) || !parent) return false;
  const loose = [...walk(value, (it) => !LOOSE.test(it.type))];
  const isPlain = isChoice(value) && !loose.some((it) => LOOSE.test(it.type) && !isChoice(it));
  if (parent.type === value.type && isPlain) return false;
  // The arrow of a function may follow.
  if (field === "return_type") return true;
  if (/^((opting_|omitting_|adding_)?type_annotation|constraint)$/.test(parent.type))
    return parent.field === "return_type" || parent.parent?.type === "infer_type" ? !isPlain : false;
  if (/^(as|satisfies)_expression$/.test(parent.type)) return !isPlain;
  return !(parent.type === ALIAS || parent.type === "type_arguments" || parent.type === "default_type");
}

/** Types that hold together whatever stands beside them. */
const CLOSED =
  /^((object|array|tuple|generic|literal|template_literal|predefined|parenthesized|lookup)_type|type_identifier|nested_type_identifier)$/;
/** Types that may go on with what is beside them. */
const LOOSE =
  /^((union|intersection|conditional|readonly|constructor|function|infer)_type|index_type_query|type_query)$/;
