import type { Binding } from "../../syntax/bindings.ts";
import { ancestors, contains, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Flow, Given, NameRules } from "../extraction/flow.ts";
import { returnsWith } from "../extraction/leaving.ts";
import { indentAt, indentUnit, lineEnd, movedText } from "../extraction/moved-text.ts";
import { functionOf, isIn, ownNodes, type Part, topOf } from "../extraction/part.ts";
import type { Extraction, ExtractionRules, Home, Leaving, Written } from "../extraction/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { isConstant } from "../steady.ts";
import { statementEnd } from "./declared.ts";
import { isFunction } from "./places.ts";
import { mayBeNarrowed, typeOf, typeParameters } from "./written-types.ts";

/** How functions are taken out of JavaScript and TypeScript. */
export const extraction: ExtractionRules = { defaultName: "newFunction", leaves, home, names, written };

function leaves(part: Part, source: Source): Leaving | Refusal {
  const returns = returnsWith(part, source);
  if (typeof returns !== "boolean") return returns;
  const obstacle = boundTo(part, source);
  if (obstacle) return obstacle;
  const own = [...ownNodes(part, isFunction)].filter((it) => !isFunction(it));
  const isAsync = own.some(
    (it) => it.type === "await_expression" || (it.type === "await" && it.parent?.type === "for_in_statement"),
  );
  const isGenerator = own.some((it) => it.type === "yield_expression");
  if (isAsync && isGenerator)
    return refused(
      "extract-function.generator",
      "An asynchronous generator hands its values on in another way.",
      part,
    );
  const trouble = inAsync({ returns, isAsync, isGenerator }, part, source);
  return trouble ?? { returns, isAsync, isGenerator, hasThis: hasThis(part) };
}

/** An asynchronous function waits for what it returns, within a `try` too; an asynchronous generator for what it yields. */
function inAsync(
  { returns, isAsync, isGenerator }: Omit<Leaving, "hasThis">,
  part: Part,
  source: Source,
): Refusal | undefined {
  const around = functionOf(part, source);
  const isIn = around?.children.some((it) => it.type === "async");
  const [first] = part.nodes;
  const isTried = nearest(first?.parent, (it) => it === around || it.type === "try_statement") !== around;
  if (isIn && isGenerator)
    return refused("extract-function.generator", "An asynchronous generator waits for what it yields.", part);
  return isAsync && returns && isTried
    ? refused("extract-function.try", "What it returns would be waited for within the try.", part)
    : undefined;
}

/** What only its own function, file or class can do. */
function boundTo(part: Part, source: Source): Refusal | undefined {
  const found = [...ownNodes(part, isBarrier)].find(
    (it) =>
      /^(super|import_statement|export_statement|using)$/.test(it.type) ||
      (it.type === "computed_property_name" &&
        [...walk(it)].some((at) => /^(this|await_expression)$/.test(at.type))) ||
      (it.type === "expression_statement" && it.children[0]?.type === "string") ||
      (it.type === "identifier" && textOf(it, source) === "arguments") ||
      (it.type === "meta_property" && textOf(it, source).startsWith("new")),
  );
  if (found)
    return refused(
      "extract-function.bound",
      `"${textOf(found, source).slice(0, 40)}" belongs to where it stands.`,
      found,
    );
  const around = functionOf(part, source);
  const [first] = parts((around && inField(around, "body")) ?? source.root);
  return around && first?.type === "expression_statement" && first.children[0]?.type === "string"
    ? refused("extract-function.directive", "Its function begins with a directive.", first)
    : undefined;
}

/** Functions that have a `this` and `arguments` of their own; what they are made of is no part of what runs. */
function isBarrier(node: SyntaxNode): boolean {
  return (isFunction(node) && node.type !== "arrow_function") || node.type === "class_body";
}

function hasThis(part: Part): boolean {
  const own = [...ownNodes(part, isBarrier)].some((it) => it.type === "this");
  const all = part.nodes.flatMap((it) => [...walk(it)]);
  return own || all.some((it) => it.type === "private_property_identifier" && !isDeclaredIn(it, part));
}

/** `#a` of a class that lies in the part. */
function isDeclaredIn(node: SyntaxNode, part: Part): boolean {
  return ancestors(node).some((it) => it.type === "class_body" && isIn(part, it));
}

function home(part: Part, { hasThis: isAboutThis }: Leaving, source: Source): Home | Refusal {
  if (!isAboutThis)
    return { kind: "function", container: source.root, beside: topOf(part.nodes.at(-1), source) };
  const [first] = part.nodes;
  const member = nearest(first?.parent, (it) => isBarrier(it) || it.parent?.type === "class_body");
  const own = part.nodes.flatMap((it) => [...walk(it, isBarrier)]).some((it) => it.type === "this");
  const container = member?.parent;
  const isConstructor =
    textOf((member && inField(member, "name")) ?? first ?? source.root, source) === "constructor";
  const isFilling = isConstructor && source.language !== "javascript" && part.nodes.some(assignsMember);
  if (isFilling)
    return refused(
      "extract-function.constructor",
      "What a constructor gives a member, only it can give.",
      part,
    );
  if (!own || !member || container?.type !== "class_body" || member.type === "class_static_block")
    return refused("extract-function.this", "What it calls this is known in its function only.", part);
  return { kind: "method", container, beside: member };
}

function assignsMember(node: SyntaxNode): boolean {
  return [...walk(node)].some(
    (it) => /assignment_expression$/.test(it.type) && inField(it, "left")?.type === "member_expression",
  );
}

function names({ container }: Home, _part: Part, _source: Source): NameRules {
  return {
    // Type parameters are declared anew, by `typeParameters`.
    isShared: ({ scope, declarations, kind, spaces }, part) =>
      !declarations.some((it) => isIn(part, it)) &&
      (contains(scope.node, container) || (kind === "type" && spaces.length === 1)),
    isFresh: ({ declarations }) => !declarations.some((it) => isVar(it)),
    isEverSet: () => true,
    givenBy,
    isSeenElsewhere: () => false,
  };
}

/** Whether it is a `var`, in whatever place. */
function isVar(name: SyntaxNode): boolean {
  return (
    statementOf(name)?.type === "variable_declaration" ||
    nearest(
      name,
      (it) => it.field === "left" && it.parent?.type === "for_in_statement",
    )?.parent?.children.some((it) => it.type === "var") === true
  );
}

/** The declaration that a declared name stands in. */
function statementOf(name: SyntaxNode): SyntaxNode | undefined {
  return nearest(name, (it) => /_declaration$/.test(it.type) || it.type === "class");
}

function givenBy(statement: SyntaxNode): Given | undefined {
  if (/^(function|generator_function|class)_declaration$/.test(statement.type)) {
    const name = inField(statement, "name");
    return name && { names: [name], from: statement.from, isCertain: true };
  }
  const targets = targetsOf(statement).filter((it) => it.type === "identifier");
  return targets.length === 0 ? undefined : { names: targets, from: statement.to, isCertain: true };
}

function targetsOf(statement: SyntaxNode): readonly SyntaxNode[] {
  if (/^(lexical|variable)_declaration$/.test(statement.type))
    return statement.children.flatMap((it) => (inField(it, "value") && inField(it, "name")) ?? []);
  const [assigned] = parts(statement);
  const left =
    statement.type === "expression_statement" &&
    assigned?.type === "assignment_expression" &&
    inField(assigned, "left");
  return left ? [left] : [];
}

function written(made: Extraction, source: Source): Written | Refusal {
  const { name, home: place, flow } = made;
  if (place.kind === "method" && /^(constructor|then|toString|valueOf|toJSON)$/.test(name))
    return refused("name.taken", `A member called "${name}" has a meaning of its own.`, made.part);
  const taken = place.kind === "method" ? memberNamed(name, source) : undefined;
  if (taken) return refused("name.taken", `A member is called "${name}" already.`, taken);
  const mixed = mixedWords(flow);
  if (mixed)
    return refused("extract-function.var", `"${mixed.name}" is a var beside others that are not.`, made.part);
  const types = typeParameters(made, source);
  if ("code" in types) return types;
  const callee = place.kind === "method" ? `this.${memberName(made, source)}` : name;
  const args = `${types.names.length > 0 ? `<${types.names.join(", ")}>` : ""}(${flow.inputs.map((it) => it.name).join(", ")})`;
  const call = called(made, callee + args, source);
  const { text } = source;
  const end = lineEnd(text);
  const declaration = `${end}${end}${declared(made, types.declared, source)}`;
  const at = place.beside.to + (text[place.beside.to] === ";" ? 1 : 0);
  return {
    at,
    declaration,
    call,
    nameAt: call.indexOf(`${name}${args}`),
    warnings: warningsOf(made, source),
  };
}

function memberNamed(name: string, { root, text }: Source): SyntaxNode | undefined {
  return [...walk(root)].find(
    (it) => /property_identifier$/.test(it.type) && textOf(it, { text }).replace("#", "") === name,
  );
}

/** In JavaScript a method is private where the part takes private members of `this` already: then it is an object of the class. */
function memberName({ name, part, home: { beside } }: Extraction, source: Source): string {
  const isOwn = (it: SyntaxNode) =>
    it.type === "private_property_identifier" &&
    it.parent?.type === "member_expression" &&
    inField(it.parent, "object")?.type === "this";
  const hasOwn = part.nodes.some((it) => [...walk(it, isBarrier)].some(isOwn));
  const isStatic = beside.children.some((it) => it.type === "static");
  return hasOwn && !isStatic && source.language === "javascript" ? `#${name}` : name;
}

/** What stands in the part's place. */
function called({ part, leaving, flow }: Extraction, plain: string, source: Source): string {
  const call = leaving.isGenerator ? `yield* ${plain}` : leaving.isAsync ? `await ${plain}` : plain;
  if (part.kind === "expression") return call === plain || isRoomy(part) ? call : `(${call})`;
  const end = endFor(part, source);
  if (leaving.returns) return `return ${call}${end}`;
  return `${received(flow, call, part, source)}${end}`;
}

/** The end that the part had, or that is needed lest what follows is read as going on with it. */
function endFor(part: Part, source: Source): string {
  const { text } = source;
  const goesOn = /^\s*\n?\s*[([`/+*-]/.test(text.slice(part.to));
  return text[part.to - 1] === ";" || goesOn ? ";" : statementEnd(source);
}

/** Where an expression of any strength can stand. */
function isRoomy({ nodes: [node] }: Part): boolean {
  return /^(variable_declarator|arguments|assignment_expression|return_statement|expression_statement|parenthesized_expression)$/.test(
    node?.parent?.type ?? "",
  );
}

function received({ outputs }: Flow, call: string, part: Part, source: Source): string {
  const [first] = outputs;
  if (!first) return call;
  const all = outputs.map((it) => it.binding.name).join(", ");
  const inside = outputs.filter((it) => it.isDeclared);
  if (inside.length === outputs.length) {
    const word = keywordFor(inside.map((it) => it.binding));
    return outputs.length === 1 ? `${word} ${all} = ${call}` : `${word} { ${all} } = ${call}`;
  }
  if (outputs.length === 1) return `${all} = ${call}`;
  const end = lineEnd(source.text) + indentAt(part.from, source.text);
  const declared = inside.length > 0 ? `let ${inside.map((it) => it.binding.name).join(", ")};${end}` : "";
  const isOpen = declared === "" && !/(^|[;{])\s*$/.test(source.text.slice(0, part.from));
  return `${declared}${isOpen ? ";" : ""}({ ${all} } = ${call})`;
}

function keywordFor(bindings: readonly Binding[]): "const" | "let" | "var" {
  const words = bindings.map(keywordOf);
  return (["var", "let"] as const).find((it) => words.includes(it)) ?? "const";
}

function keywordOf(binding: Binding): "const" | "let" | "var" {
  if (binding.declarations.some(isVar)) return "var";
  const isLet = binding.declarations.some((it) => statementOf(it)?.children.some((at) => at.type === "let"));
  return isLet || !isConstant(binding) ? "let" : "const";
}

/** A `var` is its whole function's: what stands beside it must not become one, too. */
function mixedWords({ outputs }: Flow): Binding | undefined {
  const declared = outputs.filter((it) => it.isDeclared).map((it) => it.binding);
  const vars = declared.filter((it) => keywordOf(it) === "var");
  return vars.length > 0 && (vars.length < declared.length || outputs.length > declared.length)
    ? vars[0]
    : undefined;
}

function declared(made: Extraction, types: readonly string[], source: Source): string {
  const { name, part, leaving, home: place, flow } = made;
  const { text } = source;
  const isMethod = place.kind === "method";
  const outer = isMethod ? indentAt(place.beside.from, text) : "";
  const unit = indentUnit(text, "  ");
  const isTyped = source.language !== "javascript";
  const parameters = flow.inputs.map((it) => {
    const type = isTyped ? typeOf(it, source) : undefined;
    return type === undefined ? it.name : `${it.name}: ${type}`;
  });
  const star = leaving.isGenerator ? "*" : "";
  const word = isMethod
    ? methodWords(made, source) + star
    : `${leaving.isAsync ? "async " : ""}function${star} `;
  const generics = types.length > 0 ? `<${types.join(", ")}>` : "";
  const head = `${outer}${word}${isMethod ? memberName(made, source) : name}${generics}(${parameters.join(", ")})`;
  const body = bodyOf(part, flow, leaving, outer + unit, source);
  const end = lineEnd(text);
  return [`${head} {`, ...body.map((it) => outer + unit + it), `${outer}}`].join(end);
}

/** A method of a class that is static stays so; in TypeScript nobody else need see it. */
function methodWords({ home: { beside }, leaving }: Extraction, source: Source): string {
  const isStatic = beside.children.some((it) => it.type === "static");
  const seen = source.language === "javascript" ? "" : "private ";
  return `${seen}${isStatic ? "static " : ""}${leaving.isAsync ? "async " : ""}`;
}

/** What is given a value only has to be a variable of the function, too. */
function bodyOf(
  part: Part,
  { outputs, anew }: Flow,
  leaving: Leaving,
  indent: string,
  source: Source,
): readonly string[] {
  const end = statementEnd(source);
  const moved = movedText(part, source, indent);
  if (part.kind === "expression") return [`return ${moved}${end}`];
  const first = anew.length > 0 ? [`let ${anew.map((it) => it.name).join(", ")}${end}`] : [];
  if (outputs.length === 0 || leaving.returns) return [...first, moved];
  const all = outputs.map((it) => it.binding.name).join(", ");
  return [...first, moved, outputs.length === 1 ? `return ${all}${end}` : `return { ${all} }${end}`];
}

function warningsOf(
  { home: { kind, container }, name, flow }: Extraction,
  source: Source,
): readonly string[] {
  const warnings: string[] = [];
  const holder = container.parent;
  if (kind === "method" && holder && (inField(holder, "name") || holder.type === "class"))
    warnings.push(
      `Classes that this one extends, or that extend it, were not looked at: none may have a member "${name}".`,
    );
  const untyped =
    source.language === "javascript" ? [] : flow.inputs.filter((it) => typeOf(it, source) === undefined);
  if (untyped.length > 0)
    warnings.push(
      `The type of ${untyped.map((it) => `"${it.name}"`).join(", ")} is written nowhere: add it.`,
    );
  const narrowed =
    source.language === "javascript" ? [] : flow.inputs.filter((it) => mayBeNarrowed(it, source));
  if (narrowed.length > 0)
    warnings.push(
      `Where ${narrowed.map((it) => `"${it.name}"`).join(", ")} was known more closely than its type says, it no longer is.`,
    );
  return warnings;
}
