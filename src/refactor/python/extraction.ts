import { allInField, ancestors, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { type Early, earlyChanges, leavingOf } from "../extraction/early.ts";
import { type Given, type NameRules, writtenIn } from "../extraction/has-value.ts";
import { indentAt, indentUnit, lineEnd, movedText, startWithComments } from "../extraction/moved-text.ts";
import { functionOf, ownNodes, type Part, sees, topOf } from "../extraction/part.ts";
import type { Extraction, ExtractionRules, Home, Leaving, Written } from "../extraction/rules.ts";
import { freshName, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { isFunction, isOpenAtLineEnd } from "./places.ts";

/** How functions are taken out of Python. */
export const extraction: ExtractionRules = { defaultName: "new_function", leaves, home, names, written };

function leaves(part: Part, source: Source): Leaving | Refusal {
  const leaving = leavingOf(part, source);
  if ("code" in leaving) return leaving;
  const obstacle = boundTo(part, source) ?? writesOutside(part, source);
  if (obstacle) return obstacle;
  const own = [...ownNodes(part, isFunction)].filter((it) => !isFunction(it));
  const isAsync = own.some((it) => it.type === "await" || it.type === "async");
  const isGenerator = own.some((it) => it.type === "yield");
  const isInAsync = functionOf(part, source)?.children.some((it) => it.type === "async");
  if (isGenerator && (isAsync || isInAsync))
    return refused(
      "extract-function.generator",
      "An asynchronous generator hands its values on in another way.",
      part,
    );
  return { ...leaving, isAsync, isGenerator, hasThis: false };
}

/** What only its own function, class or file can do. */
function boundTo(part: Part, source: Source): Refusal | undefined {
  const [first] = part.nodes;
  const holder = nearest(first?.parent, (it) => isFunction(it) || it.type === "class_definition");
  if (holder?.type === "class_definition")
    return refused("extract-function.class", "What it declares is a member of the class.", part);
  const documentation = part.nodes.find(isDocumentation);
  if (documentation)
    return refused(
      "extract-function.documentation",
      "A text at a beginning is documentation.",
      documentation,
    );
  const isInClass = first !== undefined && ancestors(first).some((it) => it.type === "class_definition");
  const found = part.nodes
    .flatMap((it) => [...walk(it)])
    .find(
      (it) =>
        /^(global_statement|nonlocal_statement|delete_statement|future_import_statement|wildcard_import)$/.test(
          it.type,
        ) ||
        (it.type === "async" && nearest(it, (at) => at.type === "generator_expression") !== undefined) ||
        (it.type === "identifier" && isBoundName(textOf(it, source), isInClass)),
    );
  return (
    found &&
    refused(
      "extract-function.bound",
      `"${textOf(found, source).slice(0, 40)}" belongs to where it stands.`,
      found,
    )
  );
}

/** A text that stands first in a file, class or function (section 8.7, "Function definitions"). */
function isDocumentation(node: SyntaxNode): boolean {
  const [text] = parts(node);
  return (
    node.type === "expression_statement" && text?.type === "string" && parts(node.parent ?? node)[0] === node
  );
}

/** `super()` and `__class__` look for the class around them; `__name` has another name there (section 6.2.1). */
function isBoundName(name: string, isInClass: boolean): boolean {
  return /^(super|__class__)$/.test(name) || (isInClass && /^__/.test(name) && !name.endsWith("__"));
}

/** A function that gives a name of the file a value says so with `global`. */
function writesOutside(part: Part, source: Source): Refusal | undefined {
  if (functionOf(part, source) === undefined) return undefined;
  const written = source
    .bindings()
    .all.find((it) => it.scope.kind === "module" && writtenIn(it, part).length > 0);
  return (
    written &&
    refused("extract-function.global", `It gives "${written.name}" of the file another value.`, part)
  );
}

function home(part: Part, _leaving: Leaving, source: Source): Home {
  return { kind: "function", container: source.root, beside: topOf(part.nodes[0], source) };
}

function names({ container }: Home, part: Part, source: Source): NameRules {
  const isAtTop = functionOf(part, source) === undefined;
  return {
    isShared: (binding) => sees(container, binding.scope) && writtenIn(binding, part).length === 0,
    isFresh: () => false,
    isEverSet: () => false,
    givenBy: (it) => givenBy(it, source),
    isSeenElsewhere: ({ scope }) => isAtTop && scope.kind === "module",
  };
}

function givenBy(statement: SyntaxNode, source: Source): Given | undefined {
  const names = namesGivenBy(statement, source);
  if (names.length === 0) return undefined;
  const body = inField(statement, "body");
  const isBlock = /^(for|with)_statement$/.test(statement.type) && body !== undefined;
  return { names, from: isBlock ? body.from : statement.to, isCertain: statement.type !== "for_statement" };
}

function namesGivenBy(statement: SyntaxNode, source: Source): readonly SyntaxNode[] {
  const name = inField(statement, "name");
  switch (statement.type) {
    case "function_definition":
    case "class_definition":
      return name ? [name] : [];
    case "decorated_definition":
      return parts(statement).flatMap((it) => (it.type === "decorator" ? [] : namesGivenBy(it, source)));
    case "import_statement":
    case "import_from_statement":
      return allInField(statement, "name").map(importedName);
    case "expression_statement":
      return assignedBy(parts(statement)[0]);
    case "for_statement":
      return targetNames(inField(statement, "left"));
    case "with_statement":
      return [...walk(statement, (it) => it.field === "body")].flatMap((it) =>
        it.type === "as_pattern_target" ? targetNames(it) : [],
      );
    case "if_statement":
      return inAllBranches(statement, source);
    default:
      return [];
  }
}

function importedName(node: SyntaxNode): SyntaxNode {
  const alias = inField(node, "alias");
  return alias ?? node.children.find((it) => it.type === "identifier") ?? node;
}

/** `a = b = 1`; an annotation alone gives nothing. */
function assignedBy(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  const value = node?.type === "assignment" ? inField(node, "right") : undefined;
  if (!node || !value) return [];
  return [...targetNames(inField(node, "left")), ...assignedBy(value)];
}

/** The plain names of a target; in `a[i], b = …` only b. */
function targetNames(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (!node) return [];
  if (node.type === "identifier") return [node];
  const isList =
    /^(pattern_list|tuple_pattern|list_pattern|as_pattern_target|list_splat_pattern|tuple|list)$/.test(
      node.type,
    );
  return isList ? node.children.flatMap(targetNames) : [];
}

/** Names that each branch of an `if` with `else` gives a value at its top. */
function inAllBranches(statement: SyntaxNode, source: Source): readonly SyntaxNode[] {
  const branches = statement.children.filter(
    (it) => it.field === "consequence" || it.field === "alternative",
  );
  if (branches.at(-1)?.type !== "else_clause") return [];
  const given = branches.map((it) => {
    const block = it.type === "block" ? it : (inField(it, "body") ?? inField(it, "consequence"));
    return parts(block ?? it).flatMap((at) => namesGivenBy(at, source));
  });
  const [first = [], ...others] = given;
  const isIn = (node: SyntaxNode, list: readonly SyntaxNode[]) =>
    list.some((it) => textOf(it, source) === textOf(node, source));
  const common = first.filter((it) => others.every((list) => isIn(it, list)));
  return given.flat().filter((it) => isIn(it, common));
}

function written(made: Extraction, source: Source): Written {
  const { name, part, leaving, home: place, flow } = made;
  const { text } = source;
  const end = lineEnd(text);
  const inputs = flow.inputs.map((it) => it.name).join(", ");
  const outputs = flow.outputs.map((it) => it.binding.name).join(", ");
  const unit = indentUnit(text, "    ");
  const { early } = leaving;
  const moved = movedText(part, source, unit, early ? earlyChanges(early, EARLY) : []);
  const [node = source.root] = part.nodes;
  const value = isOpenAtLineEnd(node, source) ? `(${moved})` : moved;
  const lines = part.kind === "expression" ? [`return ${value}`] : [moved];
  if (early) lines.push(early.hasValue ? "return None" : "return False");
  if (part.kind === "statements" && outputs !== "" && !leaving.returns) lines.push(`return ${outputs}`);
  const head = `${leaving.isAsync ? "async " : ""}def ${name}(${inputs}):`;
  const declaration = [head, ...lines.map((it) => unit + it)].join(end) + end.repeat(3);
  const call = called(made, `${name}(${inputs})`, outputs, source);
  return {
    at: startWithComments(place.beside, text),
    declaration,
    call,
    nameAt: call.indexOf(`${name}(`),
    warnings: [],
  };
}

const EARLY = { yes: "True", head: "(", tail: ",)", nothing: "None" };

/** Goes on only if the function did not come to one of its returns. */
function earlyCall(part: Part, { hasValue }: Early, call: string, source: Source): string {
  const end = lineEnd(source.text);
  const indent = end + indentAt(part.from, source.text);
  const unit = indentUnit(source.text, "    ");
  if (!hasValue) return `if ${call}:${indent}${unit}return`;
  const [node = source.root] = part.nodes;
  const name = freshName("returned", node, source);
  return `${name} = ${call}${indent}if ${name} is not None:${indent}${unit}return ${name}[0]`;
}

function called({ part, leaving }: Extraction, plain: string, outputs: string, source: Source): string {
  const call = leaving.isGenerator ? `yield from ${plain}` : leaving.isAsync ? `await ${plain}` : plain;
  if (part.kind === "expression") return call === plain || isRoomy(part) ? call : `(${call})`;
  if (leaving.early) return earlyCall(part, leaving.early, call, source);
  if (leaving.returns) return `return ${call}`;
  return outputs === "" ? call : `${outputs} = ${call}`;
}

/** Where `await` and `yield` can stand without parentheses. */
function isRoomy({ nodes: [node] }: Part): boolean {
  return /^(assignment|return_statement|expression_statement|parenthesized_expression)$/.test(
    node?.parent?.type ?? "",
  );
}
