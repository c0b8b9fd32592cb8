import type { Binding, NameSpace, Opaque, Scope } from "../syntax/bindings.ts";
import { contains, type SyntaxNode } from "../syntax/tree.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Source } from "./refactoring.ts";
import { namesIn } from "./selection.ts";

/** Why `name` cannot be a new name at all; `undefined`: it can. */
export function badName(name: string, source: Source, spaces?: readonly NameSpace[]): Refusal | undefined {
  const { rules } = source;
  if (!rules.isName(name, spaces)) return refused("name.invalid", `"${name}" cannot be a name here.`);
  return rules.isSpelledOtherwise?.(name, source)
    ? refused("name.taken", `"${name}" is a name of this file already, spelled in another way.`)
    : undefined;
}

/** What is in the way of a new binding `name` in the function, or the file, around `node`: one that is there, or a use that it would capture; what stands in `besides` does not count. */
export function clashWith(
  name: string,
  node: SyntaxNode,
  source: Source,
  spaces: readonly NameSpace[] = ["value"],
  besides?: SyntaxNode,
): Refusal | undefined {
  const bindings = source.bindings();
  const counts = (it: SyntaxNode) => besides === undefined || !contains(besides, it);
  for (const space of spaces) {
    const there = bindings.resolve(name, space, node.from);
    if (there)
      return refused(
        "name.taken",
        `"${name}" stands for something else here already.`,
        there.declarations[0],
      );
  }
  const within = broadScope(bindings.scopeAt(node.from));
  const used = bindings.references.find(
    (it) =>
      textOf(it.node, source) === name &&
      contains(within.node, it.node) &&
      counts(it.node) &&
      (it.space === "method") === spaces.includes("method"),
  );
  const declared = bindings.all.find(
    (it) =>
      it.name === name &&
      contains(within.node, it.scope.node) &&
      it.declarations.some(counts) &&
      (spaces.includes("method") || it.spaces.some((at) => at !== "method")),
  );
  const at = used?.node ?? declared?.declarations[0];
  return at && refused("name.taken", `"${name}" is used close by for something else.`, at);
}

/** `wanted`, or the first of `wanted2`, `wanted3`, … that is not taken: by default, that clashes with nothing. */
export function freshName(
  wanted: string,
  node: SyntaxNode,
  source: Source,
  spaces?: readonly NameSpace[],
  isTaken = (name: string) => clashWith(name, node, source, spaces) !== undefined,
): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`;
    if (!badName(name, source) && !isTaken(name)) return name;
  }
}

function broadScope(scope: Scope): Scope {
  let at = scope;
  while (at.parent && at.kind !== "function" && at.kind !== "module") at = at.parent;
  return at;
}

/** Whether everything that happens to the binding's value is to be seen: nobody else's code names it behind our back. Without a name: to whatever stands in the scope. */
export function isClear(
  { scope, name }: Pick<Binding, "scope"> & Partial<Pick<Binding, "name">>,
  source: Source,
): Refusal | undefined {
  const hidden = source
    .bindings()
    .opaque.find(
      ({ node, names }) =>
        contains(scope.node, node) && (names === undefined || (name !== undefined && names.has(name))),
    );
  return hidden && uncertain(hidden);
}

/** Whether what the names in a node stand for, and what a new name beside them would, is to be seen. */
export function isClearWithin(node: SyntaxNode, source: Source): Refusal | undefined {
  const bindings = source.bindings();
  const hidden = hiddenAround(node, source) ?? isClear({ scope: bindings.scopeAt(node.from) }, source);
  if (hidden) return hidden;
  for (const it of namesIn(node, source)) {
    const scope = it.binding?.scope ?? bindings.root;
    const obstacle = isClear({ scope, name: textOf(it.node, source) }, source);
    if (obstacle) return obstacle;
  }
  return undefined;
}

/** Within what makes names of anything, as `with` does, no name is certain. */
export function hiddenAround(
  { from, to }: Pick<SyntaxNode, "from" | "to">,
  source: Source,
): Refusal | undefined {
  const around = source
    .bindings()
    .opaque.find(({ node, names }) => names === undefined && node.from <= from && to <= node.to);
  return around && uncertain(around);
}

function uncertain({ why, node }: Opaque): Refusal {
  return refused("opaque", `${why}, so who uses this name is not certain.`, node);
}

/** What stands at a node. */
export function textOf(node: SyntaxNode, { text }: { readonly text: string }): string {
  return text.slice(node.from, node.to);
}
