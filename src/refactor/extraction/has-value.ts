import type { Binding } from "../../syntax/bindings.ts";
import { ancestors, contains, nearest, type SyntaxNode } from "../../syntax/tree.ts";
import { isRow } from "../selection.ts";
import { isIn, type Part } from "./part.ts";

/** What the names of a language are like, for values to go in and out of a function. */
export interface NameRules {
  /** Whether a function beside those around the part sees the binding itself, not a copy of its value. */
  readonly isShared: (binding: Binding, part: Part) => boolean;
  /** Whether each turn of a loop that declares it has one of its own. */
  readonly isFresh: (binding: Binding) => boolean;
  /** Whether it may be used when nothing has given it a value yet. */
  readonly isEverSet: (binding: Binding) => boolean;
  readonly givenBy: (statement: SyntaxNode) => Given | undefined;
  /** Whether it is to be there afterwards though nothing in the file uses it. */
  readonly isSeenElsewhere: (binding: Binding) => boolean;
}

/** Names that a statement gives a value. */
export interface Given {
  readonly names: readonly SyntaxNode[];
  /** Offset from which on it uses them with that value. */
  readonly from: number;
  /** Whether it does whenever it is run; a loop that turns not once does not. */
  readonly isCertain: boolean;
}

/** Where it is declared, and used. */
export function placesOf({ declarations, references }: Binding): readonly SyntaxNode[] {
  return [...declarations, ...references.map((it) => it.node)];
}

/** Where it stands in the part, in order. */
export function placesIn(binding: Binding, part: Part): readonly SyntaxNode[] {
  return placesOf(binding)
    .filter((it) => isIn(part, it))
    .toSorted((a, b) => a.from - b.from);
}

/** Where the part declares it, or gives it a value. */
export function writtenIn({ declarations, references }: Binding, part: Part): readonly SyntaxNode[] {
  const written = references.filter((it) => it.access !== "read").map((it) => it.node);
  return [...declarations, ...written].filter((it) => isIn(part, it));
}

/** How the part gives the name a value before anything in it uses the name; `undefined`: it does not. */
export function givenFirst(binding: Binding, part: Part, rules: NameRules): Given | undefined {
  const inside = placesIn(binding, part);
  const first = part.nodes.find((it) => inside.some((at) => contains(it, at)));
  const given = first && rules.givenBy(first);
  if (!given || part.kind === "expression") return undefined;
  const isName = (node: SyntaxNode) => given.names.some((it) => it.from === node.from);
  const there = inside.filter((it) => contains(first, it));
  return there.some(isName) && there.every((it) => isName(it) || it.from >= given.from) ? given : undefined;
}

/** Whether the name certainly has a value when the part begins. */
export function isSetBefore(binding: Binding, part: Part, rules: NameRules): boolean {
  if (binding.kind === "parameter" || binding.scope.kind === "comprehension") return true;
  if (rules.isEverSet(binding)) return isDeclaredBefore(binding, part);
  if (placesOf(binding).some(isTakenAway)) return false;
  const [first] = part.nodes;
  for (let at = first; at?.parent; at = at.parent) {
    const isBody = at.field === "body" && /^(for|with)_statement$/.test(at.parent.type);
    if (isBody && gives(at.parent, binding, rules, false)) return true;
    const here = at;
    const before = isRow(at.parent) ? at.parent.children.filter((it) => it.to <= here.from) : [];
    if (before.some((it) => gives(it, binding, rules, true))) return true;
  }
  return false;
}

/** Where a name has no value between the beginning of its block and its declaration (ECMA-262, "temporal dead zone"). */
function isDeclaredBefore(binding: Binding, part: Part): boolean {
  if (binding.kind === "function") return true;
  const [declaration] = binding.declarations;
  if (!declaration || declaration.from > part.from) return false;
  const declarator = nearest(declaration, (it) => it.type === "variable_declarator");
  const choice = nearest(declaration, (it) => /^switch_(case|default)$/.test(it.type));
  const isAround = (it: SyntaxNode | undefined) =>
    it !== undefined && it.from <= part.from && part.to <= it.to;
  if (isAround(declarator) || (choice && !isAround(choice))) return false;
  // Declared functions may be called before what stands above them has been run.
  const [first] = part.nodes;
  return !ancestors(first ?? declaration).some(
    (it) => it.type === "function_declaration" && !contains(it, declaration),
  );
}

/** `del a`, and the name of a caught exception behind its clause. */
export function isTakenAway(node: SyntaxNode): boolean {
  return (
    nearest(
      node,
      (it) => it.type === "delete_statement" || (it.type === "as_pattern_target" && isCaught(it)),
    ) !== undefined
  );
}

function isCaught({ parent }: SyntaxNode): boolean {
  return /^except/.test(parent?.parent?.type ?? "");
}

/** Whether the statement gives the binding a value; `isOver`: also when it has been run. */
function gives(statement: SyntaxNode, binding: Binding, rules: NameRules, isOver: boolean): boolean {
  const given = rules.givenBy(statement);
  if (!given || (isOver && !given.isCertain)) return false;
  return given.names.some((it) => placesOf(binding).some((there) => there.from === it.from));
}
