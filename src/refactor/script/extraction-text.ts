import type { Binding } from "../../syntax/bindings.ts";
import { inField, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { type Early, earlyChanges } from "../extraction/early.ts";
import type { Flow } from "../extraction/flow.ts";
import { indentAt, indentUnit, lineEnd, movedText } from "../extraction/moved-text.ts";
import type { Part } from "../extraction/part.ts";
import type { Extraction, Leaving, Written } from "../extraction/rules.ts";
import { freshName, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import { isConstant } from "../steady.ts";
import { decoratorIn } from "./class-parts.ts";
import { statementEnd } from "./declared.ts";
import { isVar, statementOf } from "./given-names.ts";
import { isBarrier } from "./places.ts";
import { annotationOf, mayBeNarrowed, typeOf, typeParameters } from "./written-types.ts";

/** A function of JavaScript or TypeScript, and its call: see `ExtractionRules.written`. */
export function written(made: Extraction, source: Source): Written | Refusal {
  const { name, home: place, flow } = made;
  if (place.kind === "method" && /^(constructor|prototype|then|toString|valueOf|toJSON)$/.test(name))
    return refused("name.taken", `A member called "${name}" has a meaning of its own.`, made.part);
  const taken = place.kind === "method" ? memberNamed(name, source) : undefined;
  if (taken) return refused("name.taken", `A member is called "${name}" already.`, taken);
  const types = typeParameters(made, source);
  if ("code" in types) return types;
  const callee = place.kind === "method" ? `${holderOf(made, source)}.${memberName(made, source)}` : name;
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
    untold:
      made.told.length > 0 ? [] : untyped(made, source).flatMap((it) => firstUse(it, made, source) ?? []),
  };
}

/** What a method is called on: the class itself by its name, where the part does not ask which one that is. */
function holderOf({ part, leaving, home: { beside, container } }: Extraction, source: Source): string {
  const isStatic = beside.children.some((it) => it.type === "static");
  const name = container.parent && inField(container.parent, "name");
  if (!isStatic || leaving.hasThis || !name || decoratorIn(container)) return "this";
  const text = textOf(name, source);
  const binding = source.bindings().resolve(text, "value", part.from);
  return binding && isConstant(binding) && binding.declarations[0] === name ? text : "this";
}

/** What the function is given whose type is not written, or may be known more closely there than it is. */
function untyped({ flow }: Extraction, source: Source): readonly Binding[] {
  if (source.language === "javascript") return [];
  return flow.inputs.filter((it) => typeOf(it, source) === undefined || mayBeNarrowed(it, source));
}

/** Where the part first uses it: what is known of it there is known as long as the part does not learn more. */
function firstUse(binding: Binding, { part }: Extraction, source: Source): number | undefined {
  const uses = part.nodes.flatMap((it) => namesIn(it, source)).filter((it) => it.binding === binding);
  return uses.length === 0 ? undefined : Math.min(...uses.map((it) => it.node.from));
}

/** See `ExtractionRules.typeOf`; in JavaScript there are none, so all are alike. */
export function writtenType(binding: Binding, made: Extraction, source: Source): string | undefined {
  return source.language === "javascript" ? "" : typeFor(binding, made, source);
}

function typeFor(binding: Binding, made: Extraction, source: Source): string | undefined {
  const type = toldOf(binding, made, source) ?? typeOf(binding, source);
  return type && isOnlyReckonedWith(binding, made, source) ? wider(type) : type;
}

/** What somebody who knows types says of it. */
function toldOf(binding: Binding, made: Extraction, source: Source): string | undefined {
  const at = made.told.length === 0 ? undefined : firstUse(binding, made, source);
  return made.told.find((it) => it.at === at)?.type;
}

/** Whether all uses are values of arithmetic, which gives the same type whatever number or text it is. */
function isOnlyReckonedWith(binding: Binding, { part }: Extraction, source: Source): boolean {
  return part.nodes
    .flatMap((it) => namesIn(it, source))
    .filter((it) => it.binding === binding)
    .every(({ node, shape }) => {
      const sign = node.parent?.type === "binary_expression" ? inField(node.parent, "operator")?.type : "";
      return shape === "plain" && /^([+/%-]|\*{1,2})$/.test(sign ?? "");
    });
}

/** The type of all numbers, or texts, for that of one. */
function wider(type: string): string {
  if (/^-?\d+(\.\d+)?$/.test(type)) return "number";
  return /^"([^"\\]|\\.)*"$/.test(type) ? "string" : type;
}

/** A member of that name, anywhere in the file. */
export function memberNamed(name: string, { root, text }: Source): SyntaxNode | undefined {
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
  if (leaving.early) return earlyCall(part, leaving.early, call, source);
  if (leaving.returns) return `return ${call}${end}`;
  return `${received(flow, call, part, source)}${end}`;
}

/** Goes on only if the function did not come to one of its returns. */
function earlyCall(part: Part, { hasValue }: Early, call: string, source: Source): string {
  const end = statementEnd(source);
  if (!hasValue) return `if (${call}) return${end}`;
  const [node = source.root] = part.nodes;
  const name = freshName("returned", node, source);
  const next = lineEnd(source.text) + indentAt(part.from, source.text);
  return `const ${name} = ${call}${end}${next}if (${name}) return ${name}.value${end}`;
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

function received(flow: Flow, call: string, part: Part, source: Source): string {
  const { outputs } = flow;
  const [first] = outputs;
  if (!first) return call;
  const all = outputs.map((it) => it.binding.name).join(", ");
  const inside = outputs.filter((it) => it.isDeclared);
  if (inside.length === outputs.length && !isMixed(flow)) {
    const word = keywordFor(inside.map((it) => it.binding));
    const type = annotationOf(first.binding, source);
    return outputs.length === 1 ? `${word} ${all}${type} = ${call}` : `${word} { ${all} } = ${call}`;
  }
  if (outputs.length === 1) return `${all} = ${call}`;
  const end = lineEnd(source.text) + indentAt(part.from, source.text);
  const declared = (["var", "let"] as const)
    .map(
      (word) =>
        [word, inside.filter((it) => (keywordOf(it.binding) === "var") === (word === "var"))] as const,
    )
    .filter(([, all]) => all.length > 0)
    .map(([word, all]) => `${word} ${all.map((it) => it.binding.name).join(", ")};${end}`)
    .join("");
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
function isMixed({ outputs }: Flow): boolean {
  const declared = outputs.filter((it) => it.isDeclared).map((it) => it.binding);
  const vars = declared.filter((it) => keywordOf(it) === "var");
  return vars.length > 0 && vars.length < outputs.length;
}

function declared(made: Extraction, types: readonly string[], source: Source): string {
  const { name, part, leaving, home: place, flow } = made;
  const { text } = source;
  const isMethod = place.kind === "method";
  const outer = place.container === source.root ? "" : indentAt(place.beside.from, text);
  const unit = indentUnit(text, "  ");
  const isTyped = source.language !== "javascript";
  const parameters = flow.inputs.map((it) => {
    const type = isTyped ? typeFor(it, made, source) : undefined;
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

const EARLY = { yes: "true", head: "{ value: ", tail: " }", nothing: "undefined" };

/** What is given a value only has to be a variable of the function, too. */
function bodyOf(
  part: Part,
  { outputs, anew }: Flow,
  leaving: Leaving,
  indent: string,
  source: Source,
): readonly string[] {
  const end = statementEnd(source);
  const { early } = leaving;
  if (part.kind === "expression")
    return [`return ${movedText(unwrapped(part, source), source, indent)}${end}`];
  const moved = movedText(part, source, indent, early ? earlyChanges(early, EARLY) : []);
  const first = anew.length > 0 ? [`let ${anew.map((it) => it.name).join(", ")}${end}`] : [];
  if (early) return [...first, moved, early.hasValue ? `return undefined${end}` : `return false${end}`];
  if (outputs.length === 0 || leaving.returns) return [...first, moved];
  const all = outputs.map((it) => it.binding.name).join(", ");
  return [...first, moved, outputs.length === 1 ? `return ${all}${end}` : `return { ${all} }${end}`];
}

/** An expression without the parentheses around it, which are of no use there but to hold lines or a comment. */
function unwrapped(part: Part, source: Source): Part {
  const [node] = part.nodes;
  const [inner] = node?.type === "parenthesized_expression" ? parts(node) : [];
  if (!node || !inner || /\n|\/[/*]/.test(textOf(node, source)) || inner.type === "sequence_expression")
    return part;
  return inField(node, "type") ? part : { ...part, nodes: [inner], from: inner.from, to: inner.to };
}

function warningsOf(made: Extraction, source: Source): readonly string[] {
  const {
    home: { kind, container },
    name,
  } = made;
  const warnings: string[] = [];
  const holder = container.parent;
  if (kind === "method" && holder && (inField(holder, "name") || holder.type === "class"))
    warnings.push(
      `Classes that this one extends, or that extend it, were not looked at: none may have a member "${name}".`,
    );
  const open = untyped(made, source).filter((it) => toldOf(it, made, source) === undefined);
  const missing = open.filter((it) => typeOf(it, source) === undefined);
  if (missing.length > 0)
    warnings.push(
      `The type of ${missing.map((it) => `"${it.name}"`).join(", ")} is written nowhere: add it.`,
    );
  const narrowed = open.filter((it) => mayBeNarrowed(it, source));
  if (narrowed.length > 0)
    warnings.push(
      `Where ${narrowed.map((it) => `"${it.name}"`).join(", ")} was known more closely than its type says, it no longer is.`,
    );
  return warnings;
}
