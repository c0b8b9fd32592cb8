import type { Binding, NameShape } from "../bindings.ts";
import type { SyntaxNode } from "../tree.ts";
import type { OpenScope, ScopeBuilder } from "./builder.ts";
import type { Visit } from "./visit.ts";

/** How a name gets a value. `isUpdate`: from its own earlier one; `isRewritten`: again and again, as in a loop. */
export interface Given {
  readonly kind: Binding["kind"];
  readonly shape?: NameShape;
  readonly isUpdate?: boolean;
  readonly isRewritten?: boolean;
}

/** Names as Python declares them: by giving them a value. */
export interface PythonNames {
  /** The first time in a scope it declares the name, later it writes it. */
  readonly give: (node: SyntaxNode, scope: OpenScope, given: Given) => void;
  readonly use: (node: SyntaxNode, scope: OpenScope) => void;
  /** What bodies of classes use. */
  readonly inClasses: readonly { readonly node: SyntaxNode; readonly scope: OpenScope }[];
  /** From here on the name means that of the file, or of the function around, in this scope. */
  readonly redirect: (node: SyntaxNode, scope: OpenScope, isGlobal: boolean) => void;
}

/** A visit to a file of Python. */
export interface PythonVisit extends Visit {
  readonly names: PythonNames;
  /** Does it when everything around is known. */
  readonly defer: (work: () => void) => void;
}

/** Gives and uses names in the scopes of a builder. */
export function pythonNames(builder: ScopeBuilder): PythonNames {
  const inClasses: { node: SyntaxNode; scope: OpenScope }[] = [];
  return { give, use, redirect, inClasses };

  function use(node: SyntaxNode, scope: OpenScope): void {
    if (scope.kind === "class") inClasses.push({ node, scope });
    builder.refer(node, scope);
  }

  function give(node: SyntaxNode, scope: OpenScope, given: Given): void {
    const { kind, shape, isUpdate = false, isRewritten = false } = given;
    const as = { kind, isExported: scope === builder.root, ...(shape && { shape }) };
    if (!scope.bindings.has(keyOf(node)))
      builder.declare(node, scope, { ...as, isRewritten: isRewritten || isUpdate });
    // A function or an import that stands there again is declared again: its name is no plain use.
    else if (shape || kind === "function" || kind === "class") builder.declare(node, scope, as);
    else builder.refer(node, scope, { access: isUpdate ? "update" : "write" });
  }

  /** The scope has the other's binding under that name, so that what lies within finds it, too. */
  function redirect(node: SyntaxNode, scope: OpenScope, isGlobal: boolean): void {
    const key = keyOf(node);
    const home = isGlobal ? builder.root : functionWith(key, scope);
    if (isGlobal && !home?.bindings.has(key))
      builder.declare(node, builder.root, { kind: "variable", isExported: true, isRewritten: true });
    else builder.refer(node, scope);
    const binding = home?.bindings.get(key);
    if (binding) scope.bindings.set(key, binding);
  }

  function keyOf(node: SyntaxNode): string {
    return `value ${builder.nameOf(node)}`;
  }
}

function functionWith(key: string, scope: OpenScope): OpenScope | undefined {
  for (let at = scope.parent; at; at = at.parent)
    if (at.kind === "function" && at.bindings.has(key)) return at;
  return undefined;
}
