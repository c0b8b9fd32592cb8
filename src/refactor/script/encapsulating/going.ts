import type { Binding } from "../../../syntax/bindings.ts";
import { inField, nearest, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { isClear, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { functionAround } from "../../selection.ts";
import { first, usesOf } from "../../signature/uses.ts";
import { isConstant } from "../../steady.ts";
import { memberName } from "../class-parts.ts";
import { quoted } from "../importers.ts";
import { isFunction, isTarget } from "../places.ts";
import { signature } from "../signature.ts";
import { seen, type Watch } from "./watch.ts";

/** Values that are, or may be, one of their parts. */
const PASSING =
  /^(parenthesized|non_null|as|satisfies|await|sequence)_expression$|^type_assertion$|^(ternary)_expression$/;
/** What only asks whether a value is there, or what it is equal to. */
const ASKING =
  /^(expression_statement|if_statement|while_statement|do_statement|unary_expression|type_query)$/;
/** By ECMA-262, section 20.1.3: these tell, or change, what an object has by itself. */
const TELLING =
  /^(constructor|__proto__|prototype|hasOwnProperty|propertyIsEnumerable|__(define|lookup)(G|S)etter__)$/;

/** Why what becomes of a value that is an object of the class is not to be seen; `undefined`: nothing is done with it that tells its members. */
export function goesOn(node: SyntaxNode, source: Source, watch: Watch): Refusal | undefined {
  if (watch.known.has(node)) return undefined;
  watch.known.add(node);
  const { parent, field } = node;
  if (!parent || ASKING.test(parent.type)) return parent ? undefined : seen(node, source, watch);
  if (PASSING.test(parent.type)) return goesOn(parent, source, watch);
  switch (parent.type) {
    case "binary_expression":
      if (inField(parent, "operator")?.type === "instanceof" && source.text.includes("Symbol.hasInstance"))
        return seen(parent, source, watch);
      return mayBePart(parent, field) ? goesOn(parent, source, watch) : undefined;
    case "template_substitution":
      return parent.parent?.parent?.type === "call_expression" ? seen(node, source, watch) : undefined;
    case "member_expression":
    case "subscript_expression":
      return field === "object" ? memberUsed(parent, source, watch) : seen(node, source, watch);
    case "variable_declarator":
      return field === "value" ? givenTo(inField(parent, "name"), source, watch) : seen(node, source, watch);
    case "assignment_expression":
      return field === "right"
        ? (givenTo(inField(parent, "left"), source, watch) ?? goesOn(parent, source, watch))
        : seen(node, source, watch);
    case "arguments":
      return passed(node, parent, source, watch);
    case "return_statement":
      return givenBack(node, source, watch);
    case "arrow_function":
      return field === "body" ? givenBack(node, source, watch) : seen(node, source, watch);
    default:
      return seen(node, source, watch);
  }
}

/** Whether an operator's result may be what stands on that side of it, an object. */
function mayBePart(node: SyntaxNode, side: string | undefined): boolean {
  const sign = inField(node, "operator")?.type ?? "";
  return /^(\|\||\?\?)$/.test(sign) || (sign === "&&" && side === "right");
}

function memberUsed(member: SyntaxNode, source: Source, watch: Watch): Refusal | undefined {
  const index = inField(member, "index");
  const property = index ? quoted(index, source) : textOf(inField(member, "property") ?? member, source);
  const { parent } = member;
  if (property === undefined || TELLING.test(property) || isItself(property, watch))
    return seen(member, source, watch);
  if (watch.isOnlyRead && property === watch.name && isTarget(outermost(member)) && !isMaking(member, watch))
    return refused(`${watch.id}.written`, "It is given a value there, and would have no setter.", member);
  const isDeleted =
    parent?.type === "unary_expression" &&
    inField(parent, "operator")?.type === "delete" &&
    property === watch.name;
  if (isDeleted) return seen(member, source, watch);
  if (!watch.givingBack.own.has(property)) return undefined;
  const isCall = parent?.type === "call_expression" && member.field === "function";
  return isCall ? goesOn(parent, source, watch) : seen(member, source, watch);
}

/** `a.valueOf()` is `a`, where the class does not say otherwise. */
function isItself(property: string, { body, place }: Watch): boolean {
  return property === "valueOf" && !parts(body).some((it) => memberName(it, place.source) === property);
}

/** The node with what only says something of its type, or keeps it together, around it. */
function outermost(node: SyntaxNode): SyntaxNode {
  const { parent } = node;
  const isAround = /^((parenthesized|non_null|as|satisfies)_expression|type_assertion)$/.test(
    parent?.type ?? "",
  );
  return parent && isAround ? outermost(parent) : node;
}

/** Whether `this.a` stands in the constructor itself, where it becomes `this.#a`. */
function isMaking(member: SyntaxNode, { body, place }: Watch): boolean {
  const around = functionAround(member, place.source);
  const isOwn = inField(member, "object")?.type === "this" && around?.parent === body;
  return isOwn && memberName(around, place.source) === "constructor";
}

/** A variable, a parameter, or a pattern that takes members out of it. */
function givenTo(target: SyntaxNode | undefined, source: Source, watch: Watch): Refusal | undefined {
  if (target?.type === "object_pattern") {
    const rest = parts(target).find((it) => it.type === "rest_pattern");
    return rest && seen(rest, source, watch);
  }
  const binding = target?.type === "identifier" ? source.bindings().at(target) : undefined;
  if (!target || !binding) return seen(target ?? watch.body, source, watch);
  return named(binding, source, watch);
}

function named(binding: Binding, source: Source, watch: Watch): Refusal | undefined {
  if (watch.known.has(binding)) return undefined;
  watch.known.add(binding);
  const hidden = isClear(binding, source) ?? shared(binding, source, watch);
  if (hidden) return hidden;
  const uses = binding.references.filter((it) => it.space !== "type" && it.access !== "write");
  return first(uses, ({ node }) => goesOn(node, source, watch));
}

/** Who else has a variable at the top of a file: those that import it, and all scripts of its page. */
function shared(binding: Binding, source: Source, watch: Watch): Refusal | undefined {
  const { others, sought } = watch.place;
  const { name, declarations } = binding;
  const exported = seen(declarations[0] ?? watch.body, source, watch);
  if (binding.isExported) return exported;
  if (!source.rules.isSeenByItsName(binding)) return undefined;
  if (!others || (sought && !sought.words.includes(name))) {
    const all = source.bindings().all.filter((it) => it.scope === binding.scope);
    const words = new Set([...(sought?.words ?? []), ...all.map((it) => it.name)]);
    const modules = new Set([...(sought?.modules ?? []), source.path]);
    const why = `"${name}" can be used in other files, and those were not looked at.`;
    return {
      ...refused(`${watch.id}.unseen`, why),
      lacks: "others",
      sought: { words: [...words], modules: [...modules] },
    };
  }
  const reached = first([source, ...others], (it) => {
    const at = signature.reachedBy?.(it, source, name);
    return at && seen(at, it, watch);
  });
  if (reached) return reached;
  return first(others, (it) => {
    const found = it === source ? undefined : it.rules.importedBy(it, source, name, others);
    return found && "code" in found ? found : undefined;
  });
}

/** An argument of a function of the file, or of a method of the class. */
function passed(node: SyntaxNode, list: SyntaxNode, source: Source, watch: Watch): Refusal | undefined {
  const call = list.parent;
  const callee = call?.type === "call_expression" ? inField(call, "function") : undefined;
  const given = parts(list);
  const made = callee && functionOf(callee, source, watch);
  const at = given.indexOf(node);
  if (!made || given.slice(0, at).some((it) => it.type === "spread_element"))
    return seen(node, source, watch);
  const parameters = inField(made, "parameters") ?? inField(made, "parameter");
  const all = parameters?.type === "formal_parameters" ? parts(parameters) : parameters ? [parameters] : [];
  const told = [...walk(made)].find((it) => it.type === "identifier" && textOf(it, source) === "arguments");
  const parameter = all[at];
  if (told || all.slice(0, at + 1).some((it) => /^rest_pattern$/.test((inField(it, "pattern") ?? it).type)))
    return seen(told ?? node, source, watch);
  return (
    parameter &&
    givenTo(inField(parameter, "pattern") ?? inField(parameter, "left") ?? parameter, source, watch)
  );
}

/** The function that is called for certain. */
function functionOf(callee: SyntaxNode, source: Source, watch: Watch): SyntaxNode | undefined {
  if (callee.type === "identifier") {
    const binding = source.bindings().at(callee);
    const holder =
      binding && isConstant(binding) && !isClear(binding, source)
        ? binding.declarations[0]?.parent
        : undefined;
    const value = holder?.type === "variable_declarator" ? inField(holder, "value") : holder;
    return value && isFunction(value) && inField(value, "body") ? value : undefined;
  }
  const [object, property] = [inField(callee, "object"), inField(callee, "property")];
  if (callee.type !== "member_expression" || !object || !property || source !== watch.place.source)
    return undefined;
  const name = textOf(property, source);
  const methods = parts(watch.body).filter((it) => memberName(it, source) === name);
  const [method] = methods;
  const isPlain =
    method?.type === "method_definition" && !method.children.some((it) => /^(static|get|set)$/.test(it.type));
  return methods.length === 1 && isPlain && isObjectOf(object, source, watch) && !isReplaced(name, watch)
    ? method
    : undefined;
}

/** Whether it certainly is an object of the class: `this` in it, or a constant that is given a new one. */
function isObjectOf(node: SyntaxNode, source: Source, { body }: Watch): boolean {
  if (node.type === "this") {
    const around = nearest(node, (it) => isFunction(it) && it.type !== "arrow_function");
    return around?.parent === body && !around.children.some((it) => it.type === "static");
  }
  const value = node.type === "identifier" ? initialValue(source.bindings().at(node)) : node;
  const made = value?.type === "new_expression" ? inField(value, "constructor") : undefined;
  const binding = made && source.bindings().at(made);
  return binding?.declarations.some((it) => it.parent === body.parent) === true;
}

function initialValue(binding: Binding | undefined): SyntaxNode | undefined {
  const holder = binding && isConstant(binding) ? binding.declarations[0]?.parent : undefined;
  return holder?.type === "variable_declarator" ? inField(holder, "value") : undefined;
}

/** Whether objects may have another member by that name: somewhere it does not stand only to be called. */
function isReplaced(name: string, { place: { source, others = [] } }: Watch): boolean {
  return [source, ...others].some((it) =>
    [...walk(it.root)].some((at) => {
      const [property, index] = [inField(at, "property"), inField(at, "index")];
      const isIt = (index && quoted(index, it) === name) || (property && textOf(property, it) === name);
      return isIt && /^(member|subscript)_expression$/.test(at.type) && at.field !== "function";
    }),
  );
}

/** What its function gives back: who calls that, has it. */
function givenBack(node: SyntaxNode, source: Source, watch: Watch): Refusal | undefined {
  const made = functionAround(node, source);
  const { body, givingBack, place } = watch;
  if (!made || made.children.some((it) => /^(async|\*)$/.test(it.type))) return seen(node, source, watch);
  if (made.type === "method_definition" && made.parent === body) {
    const name = memberName(made, source);
    if (name === "constructor") return undefined;
    const isPlain = /^[\w$]+$/.test(name) && !made.children.some((it) => /^(get|set)$/.test(it.type));
    if (!isPlain) return seen(node, source, watch);
    const isStatic = made.children.some((it) => it.type === "static");
    givingBack[isStatic ? "static" : "own"].add(name);
    return undefined;
  }
  const holder = made.parent?.type === "variable_declarator" ? made.parent : made;
  const name = /declaration$|declarator$/.test(holder.type) ? inField(holder, "name") : undefined;
  const binding = name && source.bindings().at(name);
  if (!binding || !isConstant(binding)) return seen(node, source, watch);
  if (watch.known.has(binding)) return undefined;
  watch.known.add(binding);
  const uses = usesOf(binding, from(source, place), signature);
  if ("code" in uses) return uses.lacks ? uses : seen(node, source, watch);
  return first(uses.calls, (it) => goesOn(it.call.node, it.source, watch));
}

/** The place as if it had been asked for in another of its files. */
function from(source: Source, place: Place): Place {
  if (source === place.source) return place;
  const others = [place.source, ...(place.others ?? [])].filter((it) => it !== source);
  return { ...place, source, ...(place.others && { others }) };
}
