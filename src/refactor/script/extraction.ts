import {
  ancestors,
  contains,
  inField,
  isComment,
  nearest,
  parts,
  type SyntaxNode,
  walk,
} from "../../syntax/tree.ts";
import { leavingOf } from "../extraction/early.ts";
import { functionOf, isIn, ownNodes, type Part, topOf } from "../extraction/part.ts";
import type { ExtractionRules, Home, Leaving, Scope } from "../extraction/rules.ts";
import { isClearWithin, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { component } from "./components/component.ts";
import { written, writtenType } from "./extraction-text.ts";
import { names } from "./given-names.ts";
import { isBarrier, isFunction } from "./places.ts";

/** How functions are taken out of JavaScript and TypeScript. */
export const extraction: ExtractionRules = {
  defaultName: "newFunction",
  leaves,
  home,
  names,
  written,
  isHoisted: true,
  typeOf: writtenType,
  component,
};

function leaves(part: Part, source: Source): Leaving | Refusal {
  const leaving = leavingOf(part, source);
  if ("code" in leaving) return leaving;
  const { returns } = leaving;
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
  return trouble ?? { ...leaving, isAsync, isGenerator, hasThis: hasThis(part) };
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
  const keys = part.nodes.flatMap((it) => [...walk(it)].filter((at) => at.type === "computed_property_name"));
  const key = keys.find((it) =>
    [...walk(it)].some((at) => /^(this|await_expression|yield_expression)$/.test(at.type)),
  );
  if (key) return refused("extract-function.bound", "A key is computed by its function.", key);
  const found = [...ownNodes(part, isBarrier)].find(
    (it) =>
      /^(super|import_statement|export_statement|using)$/.test(it.type) ||
      mayBeDirective(it, part) ||
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

/** A text alone that is a directive where it stands, or would be one at the beginning of the function. */
function mayBeDirective(node: SyntaxNode, { nodes }: Part): boolean {
  if (!isText(node)) return false;
  const before = (row: readonly SyntaxNode[]) => row.slice(0, row.indexOf(node));
  const isLed = (row: readonly SyntaxNode[]) => before(row).some((it) => !isText(it));
  const own = nodes.filter((it) => !isComment(it));
  return !own.includes(node) || !isLed(own) || !isLed(parts(node.parent ?? node));
}

function isText(node: SyntaxNode): boolean {
  return node.type === "expression_statement" && node.children[0]?.type === "string";
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

function home(part: Part, { hasThis: isAboutThis }: Leaving, source: Source, scope?: Scope): Home | Refusal {
  const isWanted = scope && (scope.kind === "class" ? !isAboutThis : isAboutThis);
  if (isWanted && scope.kind !== "class")
    return refused("extract-function.this", "What it calls this is known in its method only.", part);
  if (scope?.kind === "function") return homeWithin(scope.name, part, source);
  if (!isAboutThis && scope?.kind !== "class") return homeInFile(scope, part, source);
  return homeInClass(part, scope?.kind === "class", source);
}

/** At the top of the file or of the namespace around the part, in which names may be those of another of its parts. */
function homeInFile(scope: Scope | undefined, part: Part, source: Source): Home | Refusal {
  const last = part.nodes.at(-1);
  const space =
    last &&
    ancestors(last).find(
      (it) => NAMESPACE.test(it.type) && (!scope?.name || isCalled(it, scope.name, source)),
    );
  if (scope?.kind === "namespace" && !space)
    return refused("extract-function.scope", `There is no namespace "${scope.name}" around it.`, part);
  const container = scope?.kind === "file" ? undefined : space && inField(space, "body");
  const beside = container?.children.find((it) => it.isNamed && last && contains(it, last));
  if (container && beside) return { kind: "function", container, beside };
  const hidden = space && part.nodes.map((it) => isClearWithin(it, source)).find((it) => it !== undefined);
  return hidden ?? { kind: "function", container: source.root, beside: topOf(last, source) };
}

const NAMESPACE = /^(internal_)?module$/;

/** In the function of that name around the part, or in the nearest one: a function there is known in all of its body. */
function homeWithin(name: string | undefined, part: Part, source: Source): Home | Refusal {
  const [first] = part.nodes;
  const owner =
    first &&
    ancestors(first).find((it) => isFunction(it) && (name === undefined || isCalled(it, name, source)));
  const body = owner && inField(owner, "body");
  if (body && !contains(body, first))
    return refused(
      "extract-function.scope",
      "A parameter's default does not see the body of its function.",
      part,
    );
  const beside = body?.type === "statement_block" ? parts(body).at(-1) : undefined;
  if (body && beside) return { kind: "function", container: body, beside };
  return refused("extract-function.scope", `There is no function ${name ?? "with a body"} around it.`, part);
}

function isCalled(node: SyntaxNode, name: string, source: Source): boolean {
  const named = inField(node, "name") ?? (node.parent && inField(node.parent, "name"));
  return named !== undefined && textOf(named, source) === name;
}

function homeInClass(part: Part, isWanted: boolean, source: Source): Home | Refusal {
  const [first] = part.nodes;
  const member = nearest(first?.parent, (it) => isBarrier(it) || it.parent?.type === "class_body");
  const own = part.nodes.flatMap((it) => [...walk(it, isBarrier)]).some((it) => it.type === "this");
  const container = member?.parent;
  const isConstructor =
    textOf((member && inField(member, "name")) ?? first ?? source.root, source) === "constructor";
  const inner = member && (inField(member, "body") ?? inField(member, "value"));
  if (isWanted && first && (isConstructor || !inner || !contains(inner, first)))
    return refused("extract-function.constructor", "There the object, or the class, is not made yet.", part);
  const isFilling = isConstructor && source.language !== "javascript" && part.nodes.some(assignsMember);
  if (isFilling)
    return refused(
      "extract-function.constructor",
      "What a constructor gives a member, only it can give.",
      part,
    );
  if (
    !(own || isWanted) ||
    !member ||
    container?.type !== "class_body" ||
    member.type === "class_static_block"
  )
    return refused("extract-function.this", "What it calls this is known in its function only.", part);
  return { kind: "method", container, beside: member };
}

function assignsMember(node: SyntaxNode): boolean {
  return [...walk(node)].some(
    (it) => /assignment_expression$/.test(it.type) && inField(it, "left")?.type === "member_expression",
  );
}
