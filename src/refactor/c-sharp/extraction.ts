import { conditionalStretches } from "../../syntax/scopes/c-sharp-hidden.ts";
import { ancestors, contains, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { returnsWith } from "../extraction/leaving.ts";
import { functionOf, isIn, ownNodes, type Part, sees } from "../extraction/part.ts";
import type { ExtractionRules, Home, Leaving, Scope } from "../extraction/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import { isConstantExpression } from "./declared-type.ts";
import { neverEnds } from "./ending.ts";
import { written } from "./extraction-text.ts";
import { givenBy, isEverSet } from "./given-names.ts";
import { classAround, hasModifier, isFunction, isMember, overflowAround } from "./places.ts";
import { bindingType } from "./types.ts";

const ID = "extract-function";

/** How methods are taken out of C#. */
export const extraction: ExtractionRules = {
  defaultName: "Extracted",
  leaves,
  home,
  names: ({ container }) => ({
    isShared: ({ scope }) => sees(container, scope),
    // All turns of a loop share what its head declares.
    isFresh: ({ scope }) => scope.node.type !== "for_statement",
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
    boundTo(part, source) ??
    boundAround(part, source) ??
    unknownThere(part, source) ??
    returningFrom(part, returns, source);
  return obstacle ?? { returns, isAsync: false, isGenerator: false, hasThis: false };
}

/** What only the function in which it stands can do. */
function boundTo(part: Part, source: Source): Refusal | undefined {
  const own = [...ownNodes(part, isFunction)];
  const [first] = part.nodes;
  const found = own.find(
    (it) => BOUND.test(it.type) || /_directive$/.test(it.type) || isRethrown(it, part) || isUsed(it, part),
  );
  if (found)
    return refused(
      `${ID}.bound`,
      `"${textOf(found, source).slice(0, 40)}" belongs to where it stands.`,
      found,
    );
  const isConstant = part.kind === "expression" && first && isConstantExpression(first, source);
  if (isConstant)
    return refused(`${ID}.constant`, "The compiler evaluates it, and may need its value.", part);
  const isCut = conditionalStretches(source.root).some((it) => it.from < part.to && part.from < it.to);
  return isCut ? refused(`${ID}.directive`, "A compiler may leave out a part of it.", part) : undefined;
}

const BOUND =
  /^(yield_statement|await_expression|goto_statement|labeled_statement|ref_expression|constructor_initializer)$/;

/** `throw;` of what is caught around the part. */
function isRethrown(node: SyntaxNode, part: Part): boolean {
  if (node.type !== "throw_statement" || parts(node).length > 0) return false;
  const clause = nearest(node, (it) => it.type === "catch_clause");
  return clause === undefined || !isIn(part, clause);
}

/** `using var a = b;` and `await foreach`, where it would end sooner, or waits. */
function isUsed(node: SyntaxNode, part: Part): boolean {
  const isHeld =
    node.type === "local_declaration_statement" && node.children.some((it) => it.type === "using");
  const isWaiting = /_statement$/.test(node.type) && node.children.some((it) => it.type === "await");
  return isWaiting || (isHeld && part.nodes.includes(node));
}

/** Where numbers are counted in another way, addresses are known, or jumps come again. */
function boundAround(part: Part, source: Source): Refusal | undefined {
  const [first] = part.nodes;
  const counted = first && overflowAround(first);
  if (counted) return refused(`${ID}.checked`, "Numbers are counted there in a way of its own.", counted);
  const within = first ? ancestors(first) : [];
  const unsafe = within.find(
    (it) => /^(unsafe|fixed)_statement$/.test(it.type) || hasModifier(it, /^unsafe$/),
  );
  if (unsafe) return refused(`${ID}.unsafe`, "It stands where addresses are known.", part);
  const around = functionOf(part, source);
  const label = around && [...walk(around)].find((it) => it.type === "labeled_statement");
  return label && refused(`${ID}.jump`, "Its function jumps, so that it may come again.", label);
}

/** Type parameters of a method are known in it only. */
function unknownThere(part: Part, source: Source): Refusal | undefined {
  const local = part.nodes
    .flatMap((it) => namesIn(it, source))
    .find(
      ({ binding }) =>
        binding &&
        /^(function|block)$/.test(binding.scope.kind) &&
        (binding.kind === "type" || binding.kind === "function") &&
        !isIn(part, binding.scope.node) &&
        !binding.declarations.every((it) => isIn(part, it)),
    );
  return (
    local && refused(`${ID}.type`, `"${textOf(local.node, source)}" is known in its method only.`, local.node)
  );
}

/** Nothing is returned from the midst of an expression, nor from what is waited for or yields. */
function returningFrom(part: Part, returns: boolean, source: Source): Refusal | undefined {
  const [first] = part.nodes;
  const around = functionOf(part, source);
  const last = part.nodes.findLast((it) => source.rules.isStatement(it));
  if (!returns && last && neverEnds(last))
    return refused(`${ID}.endless`, "It never ends, which a compiler knows there only.", part);
  if (!returns || !first || !around) return undefined;
  const isYielding = [...walk(around, (it) => it !== around && isFunction(it))].some(
    (it) => it.type === "yield_statement",
  );
  const isPlain =
    around.type === "method_declaration" && !isYielding && !hasModifier(around, /^(async|ref)$/);
  const isInValue = ancestors(first).some((it) => it.type === "switch_expression" && contains(around, it));
  return isPlain && !isInValue
    ? undefined
    : refused(`${ID}.return`, "It cannot be left by a return there.", part);
}

function home(part: Part, _leaving: Leaving, source: Source, scope?: Scope): Home | Refusal {
  const [first] = part.nodes;
  const around = functionOf(part, source);
  const container = first && classAround(first);
  const beside = first && nearest(first, isMember);
  const owner = container?.parent;
  if (scope && scope.kind !== "class") return refused(`${ID}.scope`, "C# has methods in classes only.", part);
  if (!first || !around || !container || !beside || !owner)
    return refused(`${ID}.home`, "It does not stand in a method.", part);
  const isClass = /^(class|struct|record|record_struct)_declaration$/.test(owner.type);
  if (!isClass || !/^(method|constructor)_declaration$/.test(beside.type) || !isPlainHome(around, beside))
    return refused(`${ID}.home`, "It does not stand in a method of its own.", part);
  if (nearest(first, (it) => /^(constructor_initializer|parameter)$/.test(it.type)))
    return refused(`${ID}.home`, "It is evaluated before its method runs.", part);
  const isConstructor = beside.type === "constructor_declaration";
  if (isConstructor && /struct/.test(owner.type))
    return refused(
      `${ID}.constructor`,
      "The constructor of a struct has to give all its fields values first.",
      part,
    );
  return (isConstructor ? fills(part, source) : undefined) ?? { kind: "method", container, beside };
}

/** Whether it is the method itself, or a function in it that is a value with statements. */
function isPlainHome(around: SyntaxNode, beside: SyntaxNode): boolean {
  if (around === beside) return true;
  const isBlock = around.children.some((it) => it.type === "block");
  return (
    isBlock &&
    /^(lambda_expression|anonymous_method_expression)$/.test(around.type) &&
    !ancestors(around).some((it) => it.type === "query_expression" || it.type === "local_function_statement")
  );
}

/** What a constructor gives a field or a property, only it may be able to give. */
function fills(part: Part, source: Source): Refusal | undefined {
  const found = part.nodes
    .flatMap((it) => [...walk(it)])
    .find((it) => {
      const target = it.type === "assignment_expression" ? inField(it, "left") : undefined;
      const isOwn = target && inField(target, "expression")?.type === "this_expression";
      const name = isOwn ? inField(target, "name") : target;
      const binding = name && source.bindings().at(name);
      const isMade = it.parent?.type === "initializer_expression";
      return (
        target !== undefined &&
        !isMade &&
        (isOwn || name?.type === "identifier") &&
        (!binding || binding.scope.kind === "class")
      );
    });
  return (
    found &&
    refused(`${ID}.constructor`, "What a constructor gives a field, only it may be able to give.", found)
  );
}
