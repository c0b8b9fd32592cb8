import type { Binding, NameShape } from "../syntax/bindings.ts";
import { contains, type SyntaxNode } from "../syntax/tree.ts";
import type { TextChange } from "../text/changes.ts";
import { badName, isClear } from "./names.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Source } from "./refactoring.ts";

/** What is in the way of renaming a binding within its file; `undefined`: nothing. The checks are those of gopls (rename_check.go): same scope, captured by an inner one, capturing from an outer one. */
export function obstacleTo(binding: Binding, name: string, source: Source): Refusal | undefined {
  return (
    badName(name, source, binding.spaces) ??
    isClear(binding, source) ??
    isClear({ scope: binding.scope, name }, source) ??
    source.rules.cannotRename?.(binding, source, name) ??
    sameScope(binding, name) ??
    companion(binding) ??
    capturedBy(binding, name, source) ??
    capturing(binding, name, source)
  );
}

function sameScope({ scope, spaces }: Binding, name: string): Refusal | undefined {
  const there = spaces.map((it) => scope.bindings.get(`${it} ${name}`)).find((it) => it !== undefined);
  return (
    there &&
    refused("rename.taken", `"${name}" is declared in the same place already.`, there.declarations[0])
  );
}

/** A value and a type of one name are imported as one. */
function companion({ name, scope, spaces, isExported }: Binding): Refusal | undefined {
  if (!isExported) return undefined;
  const other = (["value", "type"] as const).find(
    (it) => !spaces.includes(it) && scope.bindings.has(`${it} ${name}`),
  );
  return (
    other &&
    refused("rename.companion", `"${name}" is exported as a value and as a type; they are two things.`)
  );
}

/** A use at which the new name is declared further inside would mean that one. */
function capturedBy(binding: Binding, name: string, source: Source): Refusal | undefined {
  const { scope } = binding;
  const caught = binding.references.find((it) => {
    const other = source.bindings().resolve(name, it.space, it.node.from);
    return other !== undefined && other.scope !== scope && contains(scope.node, other.scope.node);
  });
  return caught && refused("rename.captured", `Where it is used, "${name}" is something else.`, caught.node);
}

/** A use of the new name that means something outside would mean this one. */
function capturing({ scope, spaces }: Binding, name: string, source: Source): Refusal | undefined {
  const caught = source.bindings().references.find((it) => {
    if (source.text.slice(it.node.from, it.node.to) !== name || !contains(scope.node, it.node)) return false;
    if (!spaces.includes(it.space)) return false;
    return !it.binding || !contains(scope.node, it.binding.scope.node);
  });
  return (
    caught && refused("rename.captures", `"${name}" is used here for something from outside.`, caught.node)
  );
}

/** The changes that give a binding of a file another name. `isImportToo`: what it is imported as has that name as well. */
export function renamingOf(
  binding: Binding,
  name: string,
  source: Source,
  isImportToo = false,
): readonly TextChange[] {
  const { shapeOf } = source.bindings();
  const places: readonly (readonly [SyntaxNode, NameShape])[] = [
    ...binding.declarations.map((it) => [it, shapeOf(it)] as const),
    ...binding.references.map((it) => [it.node, it.shape] as const),
  ];
  const changes = new Map<number, TextChange>();
  for (const [{ from, to }, shape] of places) {
    const old = source.text.slice(from, to);
    const text = written(shape === "import-specifier" && isImportToo ? "plain" : shape, old, name);
    changes.set(from, { from, to, text: old === binding.name ? text : name });
  }
  return [...changes.values()].toSorted((a, b) => a.from - b.from);
}

function written(shape: NameShape, old: string, name: string): string {
  switch (shape) {
    case "shorthand-value":
    case "shorthand-pattern":
      return `${old}: ${name}`;
    case "export-specifier":
      return `${name} as ${old}`;
    case "import-specifier":
      return `${old} as ${name}`;
    case "plain":
    case "text":
      return name;
  }
}
