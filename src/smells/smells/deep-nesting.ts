import { ancestors, type SyntaxNode } from "../../syntax/tree.ts";
import { fixBy } from "../fix-by.ts";
import type { Examined, FunctionPart, Smell } from "../smell.ts";

const DEPTH = { name: "nestingDepth", default: 4, source: "ESLint, max-depth" };

/** Conditions and loops within others within others. */
export const deepNesting: Smell = {
  id: "deep-nesting",
  title: "Deep nesting",
  meaning:
    "What runs only under many conditions at once is hard to follow, since all of them have to be kept in mind.",
  level: "warning",
  limits: [DEPTH],
  *find(file, limits) {
    const limit = limits[DEPTH.name] ?? DEPTH.default;
    for (const fn of file.functions) {
      const { node, depth } = deepest(fn, file);
      if (!node || depth <= limit) continue;
      const message = `${fn.title} is nested ${depth} deep here; the limit is ${limit}.`;
      // The outermost that can leave early takes most of the depth away.
      const around = [node, ...ancestors(node)].filter(
        (it) => it.from >= fn.body.from && file.roleOf(it) === "if",
      );
      const places = around.toReversed().map(({ from }) => ({ from, to: from }));
      const fix = fixBy("convert-if-to-guard", places, file);
      yield { from: node.from, to: keywordEnd(node), message, value: depth, limit, ...fix };
    }
  },
};

/** The deepest condition, loop, switch or try of a function, and how many it lies in, itself included. */
function deepest(
  { node: fn, body }: FunctionPart,
  { roleOf }: Examined,
): { node?: SyntaxNode; depth: number } {
  let found: { node?: SyntaxNode; depth: number } = { depth: 0 };
  enter(body, 0);
  return found;

  function enter(at: SyntaxNode, around: number): void {
    const role = roleOf(at);
    if (at !== fn && (role === "function" || role === "class")) return;
    const isDeeper = role === "if" || role === "loop" || role === "switch" || role === "try";
    const depth = isDeeper ? around + 1 : around;
    if (depth > found.depth) found = { node: at, depth };
    for (const it of at.children) enter(it, depth);
  }
}

function keywordEnd(node: SyntaxNode): number {
  let at = node;
  while (at.children[0]) at = at.children[0];
  return at.to;
}
