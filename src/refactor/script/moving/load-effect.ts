import type { Reference } from "../../../syntax/bindings.ts";
import { contains, inField, nearest, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import type { Effect } from "../../code-rules.ts";
import { textOf } from "../../names.ts";
import type { Source } from "../../refactoring.ts";
import { effectOf } from "../effects.ts";
import { isFunction } from "../places.ts";
import { isTypeUse } from "./links.ts";

/** What happens when a file is loaded and comes to a statement at its top. */
export function loadEffect(statement: SyntaxNode, source: Source): Effect {
  switch (statement.type) {
    case "export_statement":
      return exportEffect(statement, source);
    case "class_declaration":
    case "abstract_class_declaration":
      return classEffect(statement, source);
    case "lexical_declaration":
    case "variable_declaration":
      return strongest(parts(statement).map((it) => declaratorEffect(it, source)));
    case "enum_declaration":
      return [...walk(statement)].some((it) => /^(call|new|await)_expression$/.test(it.type))
        ? "acts"
        : "pure";
    case "expression_statement":
      return strongest(parts(statement).map((it) => effectOf(it, source)));
    default:
      return INERT.test(statement.type) || !statement.isNamed ? "pure" : "acts";
  }
}

const INERT =
  /^(import_statement|(generator_)?function_declaration|function_signature|interface_declaration|type_alias_declaration|ambient_declaration|empty_statement|comment|html_comment|hash_bang_line)$/;

function exportEffect(statement: SyntaxNode, source: Source): Effect {
  if (statement.children.some((it) => it.type === "decorator")) return "acts";
  const declaration = inField(statement, "declaration");
  if (declaration) return loadEffect(declaration, source);
  const value = inField(statement, "value");
  return value ? valueEffect(value, source) : "pure";
}

function declaratorEffect(declarator: SyntaxNode, source: Source): Effect {
  const [name, value] = [inField(declarator, "name"), inField(declarator, "value")];
  const inside = value ? valueEffect(value, source) : "pure";
  if (!name || name.type === "identifier") return inside;
  // A pattern reads members, or takes an iterator; its defaults may do anything.
  const isPlain = ![...walk(name)].some((it) => /assignment_pattern|array_pattern|computed/.test(it.type));
  return isPlain && inside !== "acts" ? "reads" : "acts";
}

/** Makes of the language itself that are felt nowhere else. */
const MAKES =
  /^(Map|Set|WeakMap|WeakSet|RegExp|TextEncoder|TextDecoder|AbortController|Symbol|Object\.(freeze|fromEntries|keys|values|entries))$/;

/** Expressions that do what their parts do. */
const OF_PARTS =
  /^(parenthesized|binary|ternary|unary)_expression$|^(object|array|pair|template_string|template_substitution)$/;

/** As `effectOf`, further into what is written out and made by the language itself. */
function valueEffect(value: SyntaxNode, source: Source): Effect {
  const within = (nodes: readonly SyntaxNode[]) => strongest(nodes.map((it) => valueEffect(it, source)));
  if (/^(as|satisfies|non_null)_expression$/.test(value.type)) return within(parts(value).slice(0, 1));
  if (value.type === "class") return classEffect(value, source);
  if (value.type === "regex") return "pure";
  if (/^(method_definition|computed_property_name)$/.test(value.type)) return keyEffect(value, source);
  if (value.type === "member_expression" && isEnumMember(value, source)) return "pure";
  if (
    OF_PARTS.test(value.type) &&
    effectOf(value, source) === "acts" &&
    inField(value, "operator")?.type !== "delete"
  )
    return within(parts(value));
  if (value.type === "spread_element") return spreadEffect(value, source);
  if (!/^(new|call)_expression$/.test(value.type)) return effectOf(value, source);
  if (isOfText(value, source)) return "pure";
  const callee = inField(value, "constructor") ?? inField(value, "function");
  const isMade = callee !== undefined && MAKES.test(textOf(callee, source)) && !isDeclared(callee, source);
  const given = inField(value, "arguments");
  return isMade ? within(given ? parts(given) : []) : "acts";
}

function keyEffect(member: SyntaxNode, source: Source): Effect {
  const computed =
    member.type === "computed_property_name"
      ? member
      : member.children.find((it) => it.type === "computed_property_name");
  return strongest(computed ? parts(computed).map((it) => effectOf(it, source)) : []);
}

/** All of a list that is written out is taken without anybody noticing. */
function spreadEffect(spread: SyntaxNode, source: Source): Effect {
  const [taken] = parts(spread);
  const isPlain =
    taken !== undefined &&
    (taken.type === "array" || (taken.type === "call_expression" && isOfText(taken, source)));
  return taken && (isPlain || spread.parent?.type === "object")
    ? strongest([valueEffect(taken, source), isPlain ? "pure" : "reads"])
    : "acts";
}

function isDeclared(callee: SyntaxNode, source: Source): boolean {
  return [...walk(callee)].some((it) => it.type === "identifier" && source.bindings().at(it) !== undefined);
}

function isEnumMember(value: SyntaxNode, source: Source): boolean {
  const object = inField(value, "object");
  return object?.type === "identifier" && source.bindings().at(object)?.kind === "enum";
}

function classEffect(node: SyntaxNode, source: Source): Effect {
  if ([...walk(node)].some((it) => it.type === "decorator")) return "acts";
  const heritage = node.children.find((it) => it.type === "class_heritage");
  const bases = heritage?.children.flatMap((it) =>
    it.type === "extends_clause"
      ? parts(it).slice(0, 1)
      : it.isNamed && it.type !== "implements_clause"
        ? [it]
        : [],
  );
  const members = parts(inField(node, "body") ?? node).map((it) => memberEffect(it, source));
  return strongest([...(bases ?? []).map((it) => effectOf(it, source)), ...members]);
}

function memberEffect(member: SyntaxNode, source: Source): Effect {
  if (member.type === "class_static_block")
    return parts(inField(member, "body") ?? member).length === 0 ? "pure" : "acts";
  const key = keyEffect(member, source);
  const isStatic = member.children.some((it) => it.type === "static");
  const value = /field_definition$/.test(member.type) && isStatic ? inField(member, "value") : undefined;
  return strongest([key, value ? valueEffect(value, source) : "pure"]);
}

function strongest(effects: readonly Effect[]): Effect {
  return effects.includes("acts") ? "acts" : effects.includes("reads") ? "reads" : "pure";
}

/** `"a b".split(" ")`: a method of a text that is written out. */
function isOfText(call: SyntaxNode, source: Source): boolean {
  const callee = inField(call, "function");
  const object = callee?.type === "member_expression" ? inField(callee, "object") : undefined;
  const given = inField(call, "arguments");
  const isText = object !== undefined && [...walk(object)].every((it) => !it.isNamed || TEXT.test(it.type));
  return isText && parts(given ?? call).every((it) => effectOf(it, source) === "pure");
}

const TEXT = /^(string|string_fragment|escape_sequence|binary_expression|parenthesized_expression)$/;

/** Names that are read in a node when its file is loaded, not later by what is made of functions and classes there. */
export function readWhenLoaded(node: SyntaxNode, source: Source): readonly Reference[] {
  return source
    .bindings()
    .references.filter((it) => contains(node, it.node) && !isTypeUse(it) && !isLater(it.node, node));
}

function isLater(name: SyntaxNode, node: SyntaxNode): boolean {
  for (let at: SyntaxNode | undefined = name; at && at !== node; at = at.parent) {
    if (at.type === "class_static_block" || at.field === "name") continue;
    if (
      isFunction(at) &&
      nearest(name, (it) => it.type === "computed_property_name" && it.parent === at) === undefined
    )
      return true;
    const isField = /field_definition$/.test(at.parent?.type ?? "") && at.field === "value";
    if (isField && !at.parent?.children.some((it) => it.type === "static")) return true;
  }
  return isFunction(node);
}
