import type { Binding } from "../../../syntax/bindings.ts";
import {
  inField,
  isComment,
  nearest,
  parts,
  type SyntaxNode,
  smallestAround,
  walk,
} from "../../../syntax/tree.ts";
import { type Part, selectedPart } from "../../extraction/part.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { functionAround, trimmed } from "../../selection.ts";
import { isConstant } from "../../steady.ts";
import { specifierOf } from "../importers.ts";

/** The refactoring, as its refusals begin. */
export const ID = "extract-component";

const ELEMENT = /^jsx_(element|self_closing_element)$/;

/** Whether the node is an element, or several without one around them. */
export function isElement({ type }: SyntaxNode): boolean {
  return ELEMENT.test(type);
}

/** The one element that is selected, or several children of one. */
export function selectedElements(place: Place): Part | undefined {
  const part = selectedPart(place);
  const [only] = part?.kind === "expression" ? part.nodes : [];
  const inner = only && unwrapped(only);
  if (inner && isElement(inner))
    return { kind: "expression", nodes: [inner], from: inner.from, to: inner.to };
  const { from, to } = trimmed(place);
  if (from === to) return undefined;
  const around = smallestAround(place.source.root, from, to);
  const nodes = around.children.filter((it) => from <= it.from && it.to <= to);
  const isWhole =
    nodes[0]?.from === from &&
    nodes.at(-1)?.to === to &&
    nodes.some(isElement) &&
    !isTextCut(nodes, around, place.source);
  const areChildren =
    around.type === "jsx_element" && nodes.every((it) => /^(jsx_(?!opening|closing)|html_)/.test(it.type));
  return isWhole && areChildren ? { kind: "expression", nodes, from, to } : undefined;
}

/** Whether text goes on beside them in another line: the end of a line within a text is a blank, and none at its end. */
function isTextCut(nodes: readonly SyntaxNode[], { children }: SyntaxNode, { text }: Source): boolean {
  const isText = (it: SyntaxNode | undefined) => it !== undefined && /^(jsx_text$|html_)/.test(it.type);
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) return false;
  const [ahead, behind] = [children[children.indexOf(first) - 1], children[children.indexOf(last) + 1]];
  const isCutAhead = isText(first) && isText(ahead) && /\n\s*$/.test(text.slice(ahead?.from, first.from));
  return isCutAhead || (isText(last) && isText(behind) && /^\s*\n/.test(text.slice(last.to, behind?.to)));
}

/** What stands in parentheses without a comment. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  const [only] = node.type === "parenthesized_expression" ? parts(node) : [];
  return only && !node.children.some(isComment) ? unwrapped(only) : node;
}

/** The opening tag, or the one that closes itself. */
function tagOf(element: SyntaxNode): SyntaxNode {
  return inField(element, "open_tag") ?? element;
}

/** An element's name as it is written; "" where it has none. */
export function nameOf(element: SyntaxNode, source: Source): string {
  const name = inField(tagOf(element), "name");
  return name ? textOf(name, source) : "";
}

/** Whether the element is one of the page's own, React's, or one without a name: those do not look at their children. */
export function isPlain(element: SyntaxNode, source: Source): boolean {
  const name = nameOf(element, source);
  if (/^([a-z][\w-]*(:[\w-]+)?)?$/.test(name)) return true;
  const tag = inField(tagOf(element), "name");
  const root = tag && (inField(tag, "object") ?? tag);
  const declared = root && source.bindings().at(root)?.declarations[0];
  const from = declared && nearest(declared, (it) => it.type === "import_statement");
  const library = from && specifierOf(from, source);
  if (/^(React\.)?(Fragment|Suspense|StrictMode|Profiler)$/.test(name))
    return !declared || /^p?react\b/.test(library ?? "") || isOfReact(declared, source);
  return library === "react-native" && /^(View|Text|ScrollView|SafeAreaView|Pressable)$/.test(name);
}

/** `const { Fragment } = React`, `const React = require("react")`. */
function isOfReact(declared: SyntaxNode, source: Source): boolean {
  const holder = nearest(declared, (it) => it.type === "variable_declarator");
  const value = holder && inField(holder, "value");
  return value !== undefined && /^(React|require\((["'])react\2\))$/.test(textOf(value, source));
}

/** The attribute of that name; `undefined`: there is none. */
export function attributeOf(element: SyntaxNode, name: string, source: Source): SyntaxNode | undefined {
  return parts(tagOf(element)).find(
    (it) => it.type === "jsx_attribute" && textOf(parts(it)[0] ?? it, source) === name,
  );
}

/** What elements cannot take along into a component of their own; `undefined`: nothing. */
export function boundIn(part: Part, source: Source): Refusal | undefined {
  const all = part.nodes.flatMap((it) => [...walk(it)]);
  const hook = all.find((it) => it.type === "call_expression" && isHook(inField(it, "function"), source));
  if (hook) return refused(`${ID}.hook`, "A hook belongs to the component that calls it.", hook);
  const label = all.find(
    (it) =>
      it.type === "jsx_attribute" &&
      textOf(parts(it)[0] ?? it, source) === "ref" &&
      parts(it)[1]?.type === "string",
  );
  if (label)
    return refused(`${ID}.ref`, "A reference by a text belongs to the component that it stands in.", label);
  const [root] = part.nodes;
  const spread =
    part.nodes.length === 1 && root ? parts(tagOf(root)).find((it) => mayHaveKey(it, source)) : undefined;
  return spread && refused(`${ID}.spread`, "It may have a key among what is spread in it.", spread);
}

/** `{...a}`, but for what a component is given: React keeps the key to itself (React, "Rendering Lists"). */
function mayHaveKey(attribute: SyntaxNode, source: Source): boolean {
  const [spread] = attribute.type === "jsx_expression" ? parts(attribute) : [];
  if (spread?.type !== "spread_element") return false;
  const [given] = parts(spread);
  return given?.type !== "identifier" || !isOwnProps(source.bindings().at(given), source);
}

/** Whether it is what a component is given, or what a pattern leaves of that. */
function isOwnProps(binding: Binding | undefined, source: Source): boolean {
  const [declaration] = binding?.declarations ?? [];
  if (!binding || !declaration || !isConstant(binding)) return false;
  const rest = declaration.parent?.type === "rest_pattern" ? declaration.parent : undefined;
  const target = rest?.parent?.type === "object_pattern" ? rest.parent : declaration;
  const holder = target.parent;
  if (holder?.type === "variable_declarator") {
    const value = rest && target.field === "name" ? inField(holder, "value") : undefined;
    return value?.type === "identifier" && isOwnProps(source.bindings().at(value), source);
  }
  const made = functionAround(declaration, source);
  const list = made && (inField(made, "parameters") ?? inField(made, "parameter"));
  const first = list?.type === "formal_parameters" ? parts(list)[0] : list;
  const isFirst = first !== undefined && (inField(first, "pattern") ?? first) === target;
  return made !== undefined && isFirst && isComponent(made, source);
}

/** A function that React calls, by the name that it has to have (React, "Your First Component"), or by how it is handed on. */
export function isComponent(made: SyntaxNode, source: Source): boolean {
  const { parent } = made;
  if (made.children.some((it) => it.type === "*")) return false;
  const isGiven = parent?.type === "variable_declarator";
  const name = inField(made, "name") ?? (isGiven ? inField(parent, "name") : undefined);
  if (made.type === "method_definition")
    return parent?.type === "class_body" && name !== undefined && textOf(name, source) === "render";
  if (name) return /^\p{Lu}/u.test(textOf(name, source));
  if (parent?.type === "export_statement") return true;
  const callee =
    parent?.type === "arguments" && parent.parent ? inField(parent.parent, "function") : undefined;
  return callee !== undefined && /^(React\.)?(memo|forwardRef)$/.test(textOf(callee, source));
}

function isHook(callee: SyntaxNode | undefined, source: Source): boolean {
  const name = callee && (inField(callee, "property") ?? callee);
  return name !== undefined && /^use(\p{Lu}|$)/u.test(textOf(name, source));
}
