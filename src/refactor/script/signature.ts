import { inField, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import type { Effect } from "../code-rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { AddedParameter, Place, Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import { expressionIn } from "../signature/new-text.ts";
import type { Parameter, Signature, SignatureRules, Slot } from "../signature/rules.ts";
import { isSteady } from "../steady.ts";
import { documented } from "./doc-comment.ts";
import { effectOf } from "./effects.ts";
import { isScript, leadsTo } from "./importers.ts";
import { callOf } from "./inlining.ts";
import { literalType } from "./literal-type.ts";
import { objects } from "./parameter-object.ts";
import { isFunction } from "./places.ts";

/** How parameters are changed in JavaScript and TypeScript. */
export const signature: SignatureRules = {
  signatureOf,
  cannotMove,
  callOf,
  filler: "undefined",
  exportedAs,
  reachedBy,
  isIdle,
  isBuiltIn: (name) => BUILT_IN.test(name),
  written,
  fitted,
  documented,
  objects,
};

const BUILT_IN =
  /^(undefined|NaN|Infinity|globalThis|console|Math|JSON|Object|Array|String|Number|Boolean|Symbol|BigInt|Date|RegExp|Map|Set|WeakMap|WeakSet|Promise|Reflect|Error)$/;

function signatureOf(name: SyntaxNode, source: Source): Signature | Refusal {
  const { parent } = name;
  const value = parent?.type === "variable_declarator" ? inField(parent, "value") : undefined;
  const made = /^(generator_)?function_declaration$/.test(parent?.type ?? "") ? parent : value;
  const list = made && (inField(made, "parameters") ?? inField(made, "parameter"));
  const isOther = value !== undefined && parent !== undefined && inField(parent, "type") !== undefined;
  if (!made || !isFunction(made) || !list || !inField(made, "body") || name.field !== "name" || isOther)
    return refused(
      "change-signature.kind",
      `"${textOf(name, source)}" is not declared as a function with parameters of its own.`,
      name,
    );
  const own = made === parent ? undefined : inField(made, "name");
  if (own && (source.bindings().at(own)?.references.length ?? 0) > 0)
    return refused("change-signature.kind", "It calls itself by another name.", own);
  const all = list.type === "formal_parameters" ? parts(list) : [list];
  const odd = all.find((it) =>
    /^(this|decorator)$/.test((inField(it, "pattern") ?? it.children[0] ?? it).type),
  );
  if (odd) return refused("change-signature.kind", "A parameter there is none of those that are given.", odd);
  return { made, list, parameters: all.map((it) => parameterOf(it, made, source)) };
}

function parameterOf(node: SyntaxNode, made: SyntaxNode, source: Source): Parameter {
  const target = inField(node, "pattern") ?? inField(node, "left") ?? node;
  const fallback = inField(node, "value") ?? inField(node, "right");
  const isRest = target.type === "rest_pattern";
  const pattern = isRest ? (parts(target)[0] ?? target) : target;
  const evaluated = fallback ? [pattern, fallback] : [pattern];
  const effects = evaluated.map((it) => effectWhenGiven(it, source));
  const effect = (["acts", "reads"] as const).find((it) => effects.includes(it)) ?? "pure";
  return {
    node,
    name: pattern.type === "identifier" ? pattern : undefined,
    kind: isRest ? "rest" : "placed",
    isOptional: fallback !== undefined || node.type === "optional_parameter",
    fallback,
    effect,
    isSteady: effect === "pure" && (!fallback || isSteady(fallback, made, source)),
  };
}

/** What taking a value apart does; with a list, an iterator is asked. */
function effectWhenGiven(node: SyntaxNode, source: Source): Effect {
  if (node.type === "identifier") return "pure";
  if (!/_pattern$/.test(node.type)) return effectOf(node, source);
  const isSimple = (it: SyntaxNode): boolean => {
    if (it.field === "right") return effectOf(it, source) !== "acts";
    return (TAKEN.test(it.type) || !it.isNamed) && it.children.every(isSimple);
  };
  return isSimple(node) ? "reads" : "acts";
}

const TAKEN =
  /^(object_pattern|pair_pattern|object_assignment_pattern|assignment_pattern|property_identifier|identifier|shorthand_property_identifier_pattern|comment)$/;

function cannotMove({ made, list }: Signature, source: Source): Refusal | undefined {
  const isOwn = (it: SyntaxNode) => it !== made && isFunction(it) && it.type !== "arrow_function";
  const inside = made.type === "arrow_function" ? [] : [...walk(made, isOwn)];
  const seeing = inside.find((it) => it.type === "identifier" && textOf(it, source) === "arguments");
  if (seeing)
    return refused("change-signature.arguments", "It looks at its arguments by their places.", seeing);
  const names = source.bindings().all.filter((it) => it.kind === "parameter" && it.scope.node === made);
  const twice = names.find((it) => it.declarations.filter((at) => at.to <= list.to).length > 1);
  return twice && refused("change-signature.kind", "Two parameters have one name.", twice.declarations[1]);
}

function exportedAs(use: SyntaxNode, source: Source): string | undefined {
  if (use.parent?.type !== "export_specifier")
    return use.parent?.type === "export_statement" ? "default" : undefined;
  const name = inField(use.parent, "alias") ?? use;
  return name.type === "string" ? "default" : textOf(name, source);
}

/**
 * `window.name` of scripts; `import a = require()` and imports that are not a plain path; `jest.mock("./module", …)`,
 * which puts others in the place of what a file exports.
 */
function reachedBy(other: Source, exporting: Source, name: string): SyntaxNode | undefined {
  const isShared = isScript(exporting.root);
  const leads = (it: SyntaxNode | undefined) =>
    it?.type === "string" &&
    leadsTo(
      textOf(it, other)
        .slice(1, -1)
        .replace(/[?#].*$/, ""),
      other.path,
      exporting.path,
    );
  return [...walk(other.root)].find((it) => {
    if (it.type === "member_expression") {
      const [object, member] = [inField(it, "object"), inField(it, "property")];
      const isIt = member !== undefined && textOf(member, other) === name;
      return isShared && isIt && object !== undefined && GLOBAL.test(textOf(object, other));
    }
    const source = inField(it, "source");
    if (it.type === "import_require_clause") return leads(source ?? parts(it).at(-1));
    if (/^(import|export)_statement$/.test(it.type))
      return source !== undefined && /[?#]/.test(textOf(source, other)) && leads(source);
    if (it.type !== "call_expression") return false;
    const callee = inField(it, "function");
    const [first] = parts(inField(it, "arguments") ?? it);
    const isLoading = callee?.type === "import" || (callee && textOf(callee, other) === "require");
    return leads(first) || (isLoading === true && first !== undefined && first.type !== "string");
  });
}

const GLOBAL = /^(window|globalThis|self|global|top|parent|frames|this)$/;

function isIdle(node: SyntaxNode, source: Source): boolean {
  return (
    effectOf(node, source) !== "acts" && ![...walk(node)].some((it) => /^(in|instanceof)$/.test(it.type))
  );
}

function written(
  added: AddedParameter,
  _order: readonly Slot[],
  _signature: Signature,
  place: Place,
): string | Refusal {
  const { name, type, default: value } = added;
  const { language, path } = place.source;
  if (language === "javascript")
    return type === undefined ? name : refused("change-signature.type", `"${path}" has no types.`);
  if (type === undefined) {
    const loose = expressionIn(value, place);
    const usual = loose && literalType(loose.node, loose.source);
    return usual === undefined ? name : `${name}: ${usual}`;
  }
  const [statement, ...others] = place.parsed(`type T = ${type}\n;`)?.root.children ?? [];
  const said = statement?.type === "type_alias_declaration" ? inField(statement, "value") : undefined;
  const isWhole = said?.from === "type T = ".length && said.to === said.from + type.length;
  return isWhole && others.length === 0
    ? `${name}: ${type}`
    : refused("change-signature.type", `"${type}" is not a type.`);
}

/** Defaults stay behind what they use; TypeScript has no optional parameter before one that is not. */
function fitted(order: readonly Slot[], source: Source): readonly TextChange[] | Refusal {
  const changes: TextChange[] = [];
  for (const [at, slot] of order.entries()) {
    const later = order.slice(at + 1);
    if (!("parameter" in slot)) continue;
    const { node, fallback } = slot.parameter;
    const early = later.find((it) => "parameter" in it && uses(slot.parameter, it.parameter, source));
    if (early)
      return refused(
        "change-signature.default",
        "A default would use a parameter that comes behind it.",
        node,
      );
    const isRequired = (it: Slot) =>
      "added" in it || (!it.parameter.isOptional && it.parameter.kind !== "rest");
    if (node.type === "optional_parameter" && !fallback && later.some(isRequired))
      changes.push(...demanded(node));
  }
  return changes;
}

/** Whether the default of one, or its pattern, uses the other. */
function uses(one: Parameter, other: Parameter, source: Source): boolean {
  const { bindings } = source;
  return namesIn(one.node, source).some((it) =>
    it.binding?.declarations.some(
      (at) => other.node.from <= at.from && at.to <= other.node.to && bindings().at(at)?.kind === "parameter",
    ),
  );
}

/** `a?: T` as `a: T | undefined`. */
function demanded(node: SyntaxNode): readonly TextChange[] {
  const mark = node.children.find((it) => it.type === "?");
  const type = inField(node, "type");
  const [said] = type ? parts(type) : [];
  if (!mark) return [];
  const gone = { from: mark.from, to: mark.to, text: "" };
  if (!said) return [gone];
  const isLoose = /^(function_type|constructor_type|conditional_type|infer_type)$/.test(said.type);
  return [
    gone,
    ...(isLoose ? [{ from: said.from, to: said.from, text: "(" }] : []),
    { from: said.to, to: said.to, text: isLoose ? ") | undefined" : " | undefined" },
  ];
}
