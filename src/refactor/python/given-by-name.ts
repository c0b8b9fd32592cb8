import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import type { Call } from "../inlining/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import type { ObjectRules, Run, Signature } from "../signature/rules.ts";

const ID = "introduce-parameter-object";

/** `f(a=1, b=2)` in the place of `f(1, 2)`: what others take out of an object, Python takes by name (PEP 3102). */
export const objects: ObjectRules = { title: "Have arguments given by name", head, given };

function head({ parameters, names, start }: Run, signature: Signature): readonly TextChange[] | Refusal {
  const [begin] = parameters;
  const behind = signature.parameters.slice(start + parameters.length);
  const odd =
    signature.signs?.beforeNamed ??
    signature.parameters.find((it) => it.kind === "rest")?.node ??
    [...parameters.filter((it) => it.kind !== "either"), ...behind.filter((it) => it.kind !== "names")][0]
      ?.node;
  if (odd || !begin)
    return refused(`${ID}.kind`, "What is given by name stands behind all that is given by its place.", odd);
  // In a class such a name would be another one.
  const own = parameters.find((_, at) => names[at]?.startsWith("__"));
  return own
    ? refused(`${ID}.name`, "By such a name it cannot be given everywhere.", own.node)
    : [{ from: begin.node.from, to: begin.node.from, text: "*, " }];
}

function given(
  { node, given: all }: Call,
  { names, start, parameters }: Run,
  _signature: Signature,
  source: Source,
): readonly TextChange[] | Refusal {
  const unfit = refused(
    `${ID}.arguments`,
    "A call does not give what the function has parameters for.",
    node,
  );
  const placed = all.filter((it) => it.name === undefined);
  const taken = placed.slice(start).map((it) => it.value);
  const isTwice = taken.some((_, at) => all.some((it) => it.name !== undefined && it.name === names[at]));
  if (isTwice || taken.length > parameters.length) return unfit;
  const bare = taken.find((it) => it.type === "generator_expression" && !isClosed(it, source));
  if (bare)
    return refused(`${ID}.arguments`, "What makes values one by one would need signs around it.", bare);
  return taken.flatMap((it, at) => named(it, names[at] ?? ""));
}

function isClosed(node: SyntaxNode, source: Source): boolean {
  return (
    node.parent !== undefined &&
    inField(node.parent, "arguments") !== node &&
    textOf(node, source).startsWith("(")
  );
}

/** `a=b := 1` is none. */
function named({ type, from, to }: SyntaxNode, name: string): readonly TextChange[] {
  if (type !== "named_expression") return [{ from, to: from, text: `${name}=` }];
  return [
    { from, to: from, text: `${name}=(` },
    { from: to, to, text: ")" },
  ];
}
