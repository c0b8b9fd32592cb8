import { ancestors, contains, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { returnsWith } from "../extraction/leaving.ts";
import { functionOf, isIn, ownNodes, type Part, sees } from "../extraction/part.ts";
import type { ExtractionRules, Home, Leaving, Scope } from "../extraction/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import { isConstantExpression } from "./declared-type.ts";
import { written } from "./extraction-text.ts";
import { givenBy, isEverSet } from "./given-names.ts";
import { classAround, isFunction, isMember } from "./places.ts";
import { bindingType } from "./types.ts";

const ID = "extract-function";

/** How methods are taken out of Java. */
export const extraction: ExtractionRules = {
  defaultName: "extracted",
  space: "method",
  leaves,
  home,
  names: ({ container }) => ({
    isShared: ({ scope }) => sees(container, scope),
    isFresh: () => true,
    isEverSet,
    givenBy,
    isSeenElsewhere: () => false,
  }),
  written,
  typeOf: (input, _made, source) => bindingType(input, source),
};

function leaves(part: Part, source: Source): Leaving | Refusal {
  const returns = returnsWith(part, source);
  if (typeof returns !== "boolean") return returns;
  const obstacle =
    boundTo(part, source) ?? unknownThere(part, source) ?? returningFrom(part, returns, source);
  return obstacle ?? { returns, isAsync: false, isGenerator: false, hasThis: false };
}

/** What only its own constructor, or the expression around it, can do. */
function boundTo(part: Part, source: Source): Refusal | undefined {
  const own = [...ownNodes(part, isFunction)];
  const [first] = part.nodes;
  const isYield = (it: SyntaxNode) =>
    it.type === "yield_statement" &&
    !ancestors(it).some((at) => at.type === "switch_expression" && isIn(part, at));
  const found = own.find((it) => it.type === "explicit_constructor_invocation" || isYield(it));
  if (found)
    return refused(
      `${ID}.bound`,
      `"${textOf(found, source).slice(0, 40)}" belongs to where it stands.`,
      found,
    );
  const thrown = own.find((it) => it.type === "throw_statement" && throwsOther(it, part, source));
  if (thrown) return refused(`${ID}.throws`, "What it throws may be less than its type says.", thrown);
  const isConstant = part.kind === "expression" && first && isConstantExpression(first, source);
  return isConstant
    ? refused(`${ID}.constant`, "The compiler evaluates it, and may need its value.", part)
    : undefined;
}

/** `throw e` of what is caught around it throws no more than what is tried there does. */
function throwsOther(statement: SyntaxNode, part: Part, source: Source): boolean {
  const [value] = parts(statement);
  const binding = value?.type === "identifier" ? source.bindings().at(value) : undefined;
  return value?.type !== "object_creation_expression" && !binding?.declarations.every((it) => isIn(part, it));
}

/** Classes of a method, and its type parameters, are known in it only. */
function unknownThere(part: Part, source: Source): Refusal | undefined {
  const local = part.nodes
    .flatMap((it) => namesIn(it, source))
    .find(
      ({ space, binding }) =>
        space === "type" &&
        binding &&
        /^(function|block)$/.test(binding.scope.kind) &&
        !isIn(part, binding.scope.node) &&
        !binding.declarations.every((it) => isIn(part, it)),
    );
  return (
    local && refused(`${ID}.type`, `"${textOf(local.node, source)}" is known in its method only.`, local.node)
  );
}

/** Nothing is returned from the midst of an expression, nor from a constructor that may have fields to fill. */
function returningFrom(part: Part, returns: boolean, source: Source): Refusal | undefined {
  const [first] = part.nodes;
  const around = functionOf(part, source);
  if (!returns || !first || !around) return undefined;
  const isInSwitch = ancestors(first).some(
    (it) => it.type === "switch_expression" && contains(around, it) && !source.rules.isStatement(it),
  );
  return isInSwitch || around.type !== "method_declaration"
    ? refused(`${ID}.return`, "It cannot be left by a return there.", part)
    : undefined;
}

function home(part: Part, _leaving: Leaving, source: Source, scope?: Scope): Home | Refusal {
  const [first] = part.nodes;
  const around = functionOf(part, source);
  const container = first && classAround(first);
  const beside = nearest(first, isMember);
  if (scope && scope.kind !== "class")
    return refused(`${ID}.scope`, "Java has methods in classes only.", part);
  if (!first || !around || !container || !beside)
    return refused(`${ID}.home`, "It does not stand in a method.", part);
  if (!/^(method|constructor)_declaration$/.test(around.type) || around !== beside)
    return inOther(around, part, container, beside);
  const failing = mayThrowOther(part, around, source);
  if (failing) return failing;
  const filled = around.type === "constructor_declaration" ? fills(part, source) : undefined;
  return filled ?? { kind: "method", container, beside };
}

/** In a lambda, nobody knows what may be thrown. */
function inOther(around: SyntaxNode, part: Part, container: SyntaxNode, beside: SyntaxNode): Home | Refusal {
  const isPlain = around.type === "lambda_expression" && /^method_declaration$/.test(beside.type);
  if (!isPlain) return refused(`${ID}.home`, "It does not stand in a method of its own.", part);
  return part.nodes.some(mayThrow)
    ? refused(`${ID}.throws`, "What it may throw in a lambda is not known.", part)
    : { kind: "method", container, beside };
}

/** What a constructor gives a final field, only it can give. */
function fills(part: Part, source: Source): Refusal | undefined {
  const found = part.nodes
    .flatMap((it) => [...walk(it)])
    .find((it) => {
      const target = it.type === "assignment_expression" ? inField(it, "left") : undefined;
      const name = target?.type === "field_access" ? inField(target, "field") : target;
      const binding = name && source.bindings().at(name);
      return (
        name !== undefined &&
        (binding === undefined || (binding.scope.kind === "class" && binding.kind === "constant"))
      );
    });
  return (
    found &&
    refused(`${ID}.constructor`, "What a constructor gives a field, only it may be able to give.", found)
  );
}

function mayThrow(node: SyntaxNode): boolean {
  return [...walk(node, (it) => it.type === "lambda_expression" || it.type === "class_body")].some((it) =>
    /^(method_invocation|object_creation_expression|throw_statement|try_with_resources_statement)$/.test(
      it.type,
    ),
  );
}

/** Failures that need not be declared. */
const UNCHECKED =
  /^(RuntimeException|Error|(IllegalArgument|IllegalState|NumberFormat|NullPointer|Arithmetic|ClassCast|IndexOutOfBounds|ArrayIndexOutOfBounds|StringIndexOutOfBounds|UnsupportedOperation|NoSuchElement|ConcurrentModification|NegativeArraySize|DateTime|InputMismatch)Exception|(OutOfMemory|StackOverflow|Assertion)Error)$/;

/** What is caught around it in its method must be none that a method has to declare. */
function mayThrowOther(part: Part, around: SyntaxNode, source: Source): Refusal | undefined {
  const [first] = part.nodes;
  if (!first || !part.nodes.some(mayThrow)) return undefined;
  const within = ancestors(first);
  const caught = within.slice(0, within.indexOf(around)).flatMap((it, at) => {
    const isTried = /^try(_with_resources)?_statement$/.test(it.type) && within[at - 1]?.field === "body";
    return isTried ? it.children.filter((clause) => clause.type === "catch_clause") : [];
  });
  const types = caught.flatMap((it) =>
    [...walk(it, (at) => at.type === "block")].filter((at) => at.type === "catch_type"),
  );
  const checked = types.flatMap((it) => parts(it)).find((it) => !UNCHECKED.test(textOf(it, source)));
  return (
    checked &&
    refused(`${ID}.throws`, `Whether it may throw a "${textOf(checked, source)}" is not known.`, checked)
  );
}
