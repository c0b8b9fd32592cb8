import type { Binding } from "../../syntax/bindings.ts";
import { isComment, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { clashWith, textOf } from "../names.ts";
import type { Refusal } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { isLiteralText, isRow } from "../selection.ts";
import type { Output } from "./flow.ts";
import { isIn, type Part } from "./part.ts";
import type { Extraction } from "./rules.ts";

/** A stretch of the file that may be a part. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Other parts of the file that do the same with names of their own, so that the same function serves them; none that
 * overlap. `extract`: what would be taken out at a stretch; `isTyped`: types have to be known and the same, where the
 * language writes them.
 */
export function duplicatesOf(
  made: Extraction,
  source: Source,
  extract: (at: Stretch) => Extraction | Refusal,
  isTyped = true,
): readonly Extraction[] {
  const wanted = shapeOf(made, source);
  const found: Extraction[] = [];
  for (const stretch of candidates(made.part, source)) {
    if ([made, ...found].some(({ part }) => part.from < stretch.to && stretch.from < part.to)) continue;
    const other = extract(stretch);
    if ("code" in other || !isServed(other, made, source) || hasComment(other.part)) continue;
    if (isTyped && !hasTypes(other, made, source)) continue;
    const shape = shapeOf(other, source);
    if (shape.length === wanted.length && shape.every((it, index) => it === wanted[index])) found.push(other);
  }
  return found;
}

/** What somebody wrote about it there would be lost. */
function hasComment({ nodes }: Part): boolean {
  return nodes.some((node) => [...walk(node)].some(isComment));
}

/** Stretches that look alike from afar, in their order. */
function* candidates({ kind, nodes }: Part, { root, rules }: Source): Generator<Stretch> {
  const types = nodes.filter((it) => !isComment(it)).map((it) => it.type);
  if (kind === "expression") {
    for (const it of walk(root)) if (it.type === types[0] && rules.isExpression(it)) yield it;
    return;
  }
  for (const row of walk(root)) {
    const statements = isRow(row) ? row.children.filter((it) => it.isNamed && !isComment(it)) : [];
    for (let at = 0; at + types.length <= statements.length; at++) {
      const run = statements.slice(at, at + types.length);
      const [first, last] = [run[0], run.at(-1)];
      if (first && last && run.every((it, index) => it.type === types[index]))
        yield { from: first.from, to: last.to };
    }
  }
}

/** Whether the function can be called there, and is given and gives back as much. */
function isServed(other: Extraction, made: Extraction, source: Source): boolean {
  const [node] = other.part.nodes;
  const { home, flow, leaving } = made;
  return (
    node !== undefined &&
    other.home.kind === home.kind &&
    other.home.container === home.container &&
    isStatic(other) === isStatic(made) &&
    (source.rules.extraction?.isHoisted || home.beside.from < other.part.from) &&
    clashWith(made.name, node, source) === undefined &&
    other.leaving.returns === leaving.returns &&
    other.leaving.isAsync === leaving.isAsync &&
    other.leaving.isGenerator === leaving.isGenerator &&
    other.flow.inputs.length === flow.inputs.length &&
    other.flow.anew.length === flow.anew.length &&
    other.flow.outputs.length === flow.outputs.length &&
    other.flow.outputs.every((it, index) => isReceived(it, flow.outputs[index], flow.outputs.length))
  );
}

function hasTypes(other: Extraction, made: Extraction, source: Source): boolean {
  const { inputs } = made.flow;
  return inputs.every((it, index) => isAlike(it, made, other.flow.inputs[index], other, source));
}

/** Whether what is given back can go to the name; several values go by their names. */
function isReceived(it: Output, own: Output | undefined, count: number): boolean {
  return it.isDeclared === own?.isDeclared && (count === 1 || it.binding.name === own.binding.name);
}

/** Whether its method is called on the class, or is another one than what is written. */
function isStatic({ home: { kind, beside } }: Extraction): boolean {
  return (
    kind === "method" &&
    /\bstatic\b|\bdecorated/.test([beside, ...beside.children].map((it) => it.type).join(" "))
  );
}

/** Whether both have the same type, where the language writes types and it is known. */
function isAlike(
  a: Binding,
  made: Extraction,
  b: Binding | undefined,
  other: Extraction,
  source: Source,
): boolean {
  const typeOf = source.rules.extraction?.typeOf;
  if (!typeOf || !b) return b !== undefined;
  const [one, two] = [typeOf(a, made, source), typeOf(b, other, source)];
  return one !== undefined && one === two;
}

/** The leaves of a part, with what names stand for it in the place of the names: equal for parts that do the same. */
function shapeOf({ part, flow }: Extraction, source: Source): readonly (string | Binding)[] {
  const own: Binding[] = [];
  const bindings = source.bindings();
  const shapes = new Map(bindings.references.map((it) => [it.node, it.shape]));
  const outputs = flow.outputs.map((it) => it.binding);
  return part.nodes.flatMap((node) => [...leaves(node)].flatMap(wordOf));

  function wordOf(leaf: SyntaxNode): readonly (string | Binding)[] {
    const text = textOf(leaf, source);
    const binding = bindings.at(leaf);
    if (!binding) return [text];
    const role = roleOf(binding);
    if (role === undefined) return [binding];
    // A key is written as the name is, and stays.
    return (shapes.get(leaf) ?? bindings.shapeOf(leaf)) === "plain" ? [role] : [role, text];
  }

  function roleOf(binding: Binding): string | undefined {
    const given = flow.inputs.indexOf(binding);
    if (given >= 0) return `given ${given}`;
    if (outputs.includes(binding)) return `result ${outputs.indexOf(binding)}`;
    if (flow.anew.includes(binding)) return `anew ${flow.anew.indexOf(binding)}`;
    if (!binding.declarations.every((it) => isIn(part, it))) return undefined;
    if (!own.includes(binding)) own.push(binding);
    return `own ${own.indexOf(binding)}`;
  }
}

/** Comments left out, and what ends statements, which may be. */
function* leaves(node: SyntaxNode): Generator<SyntaxNode> {
  if (isComment(node) || node.type === ";") return;
  const isLeaf = node.children.length === 0 || isLiteralText(node);
  if (isLeaf) yield node;
  else for (const it of node.children) yield* leaves(it);
}
