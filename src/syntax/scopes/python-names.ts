import type { Binding, NameShape } from "../bindings.ts";
import type { SyntaxNode } from "../tree.ts";
import type { OpenScope, ScopeBuilder } from "./builder.ts";

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
  /** From here on the name means that of the file, or of the function around, in this scope. */
  readonly redirect: (node: SyntaxNode, scope: OpenScope, isGlobal: boolean) => void;
}

/** What goes on while the nodes of a file are visited. */
export interface PythonVisit {
  readonly builder: ScopeBuilder;
  readonly names: PythonNames;
  readonly visit: (node: SyntaxNode | undefined, scope: OpenScope) => void;
  readonly within: (
    node: SyntaxNode,
    scope: OpenScope,
    besides?: readonly (SyntaxNode | undefined)[],
  ) => void;
  /** Does it when everything around is known. */
  readonly defer: (work: () => void) => void;
}

/** By scope and name: the scope that the name is one of. */
type Redirections = Map<OpenScope, Map<string, OpenScope>>;

/** Gives and uses names in the scopes of a builder. */
export function pythonNames(builder: ScopeBuilder): PythonNames {
  const redirected: Redirections = new Map();
  return { give, use, redirect };

  function give(
    node: SyntaxNode,
    scope: OpenScope,
    { kind, shape, isUpdate, isRewritten = false }: Given,
  ): void {
    const name = builder.nameOf(node);
    const home = redirectOf(name, scope, redirected) ?? scope;
    const isKnown = home.bindings.has(`value ${name}`);
    const isExported = home === builder.root;
    if (!isKnown)
      builder.declare(node, home, {
        kind,
        isExported,
        isRewritten: isRewritten || isUpdate === true,
        ...(shape && { shape }),
      });
    // A function or an import that stands there again is declared again: its name is no plain use.
    else if (shape || kind === "function" || kind === "class")
      builder.declare(node, home, { kind, isExported, ...(shape && { shape }) });
    else builder.refer(node, home, { access: isUpdate ? "update" : "write" });
  }

  function use(node: SyntaxNode, scope: OpenScope): void {
    builder.refer(node, redirectOf(builder.nameOf(node), scope, redirected) ?? scope);
  }

  function redirect(node: SyntaxNode, scope: OpenScope, isGlobal: boolean): void {
    const name = builder.nameOf(node);
    const home = isGlobal ? builder.root : functionWith(name, scope);
    const known = redirected.get(scope) ?? new Map<string, OpenScope>();
    redirected.set(scope, known.set(name, home));
    if (isGlobal && !home.bindings.has(`value ${name}`))
      builder.declare(node, home, { kind: "variable", isExported: true, isRewritten: true });
    else builder.refer(node, home);
  }
}

/** Comprehensions and lambdas within see the redirection of what is around them. */
function redirectOf(name: string, scope: OpenScope, redirected: Redirections): OpenScope | undefined {
  for (let at: OpenScope | undefined = scope; at; at = at.parent) {
    const home = redirected.get(at)?.get(name);
    if (home) return home;
    if (at.bindings.has(`value ${name}`) && at.kind !== "class") return undefined;
  }
  return undefined;
}

function functionWith(name: string, scope: OpenScope): OpenScope {
  for (let at = scope.parent; at; at = at.parent)
    if (at.kind === "function" && at.bindings.has(`value ${name}`)) return at;
  return scope;
}
