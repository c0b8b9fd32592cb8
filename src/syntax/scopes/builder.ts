import type { Binding, Bindings, NameShape, NameSpace, Opaque, Reference, Scope } from "../bindings.ts";
import type { SyntaxNode } from "../tree.ts";

/** A scope while its names are gathered. */
export interface OpenScope extends Scope {
  readonly parent: OpenScope | undefined;
  readonly children: OpenScope[];
  readonly bindings: Map<string, OpenBinding>;
}

type OpenBinding = {
  -readonly [K in keyof Binding]: Binding[K] extends readonly (infer T)[] ? T[] : Binding[K];
};

/** What is said of a name where it is declared. */
export interface Declared {
  readonly kind: Binding["kind"];
  readonly spaces?: readonly NameSpace[];
  readonly shape?: NameShape;
  readonly isExported?: boolean;
  /** It gets a new value again and again, as the variable of a loop. */
  readonly isRewritten?: boolean;
}

/**
 * What is said of a name where it is used. `isEither`: looked up among values first, then among types. `isInOrder`: within
 * functions only what is declared by then counts.
 */
export interface Used {
  readonly space?: NameSpace;
  readonly access?: Reference["access"];
  readonly shape?: NameShape;
  readonly isEither?: boolean;
  readonly isInOrder?: boolean;
}

/** Gathers the scopes and names of a file; names are looked up when all are known. */
export interface ScopeBuilder {
  readonly root: OpenScope;
  readonly open: (kind: Scope["kind"], node: SyntaxNode, parent: OpenScope) => OpenScope;
  readonly declare: (node: SyntaxNode, scope: OpenScope, declared: Declared) => void;
  readonly refer: (node: SyntaxNode, scope: OpenScope, used?: Used) => void;
  /** See `Opaque`. */
  readonly hide: (node: SyntaxNode, why: string, names?: Iterable<string>) => void;
  readonly nameOf: (node: SyntaxNode) => string;
  readonly built: () => Bindings;
}

/** `sees`: whether a name used in the scope `from` may be one of `scope`, which lies around it. */
export function scopeBuilder(node: SyntaxNode, text: string, sees: Sees = () => true): ScopeBuilder {
  const root: OpenScope = { kind: "module", node, parent: undefined, children: [], bindings: new Map() };
  const shapes = new Map<number, NameShape>();
  const used: Use[] = [];
  const opaque: Opaque[] = [];
  const nameOf = ({ from, to }: SyntaxNode) => text.slice(from, to);
  const hide: ScopeBuilder["hide"] = (hidden, why, names) =>
    void opaque.push({ node: hidden, why, ...(names && { names: new Set(names) }) });
  return { root, open, declare, refer, hide, nameOf, built };

  function open(kind: Scope["kind"], at: SyntaxNode, parent: OpenScope): OpenScope {
    const scope: OpenScope = { kind, node: at, parent, children: [], bindings: new Map() };
    parent.children.push(scope);
    return scope;
  }

  function declare(at: SyntaxNode, scope: OpenScope, as: Declared): void {
    const name = nameOf(at);
    const spaces = as.spaces ?? ["value"];
    const there = spaces.map((it) => scope.bindings.get(`${it} ${name}`)).find((it) => it !== undefined);
    const binding = there ?? madeOf(name, scope, as);
    binding.declarations.push(at);
    if (as.isRewritten) binding.declarations.push(at);
    for (const it of spaces) if (!binding.spaces.includes(it)) binding.spaces.push(it);
    binding.isExported ||= as.isExported ?? false;
    for (const it of binding.spaces) scope.bindings.set(`${it} ${name}`, binding);
    if (as.shape) shapes.set(at.from, as.shape);
  }

  function refer(at: SyntaxNode, scope: OpenScope, as: Used = {}): void {
    const near = as.isInOrder ? lookedUp(nameOf(at), as.space ?? "value", scope, sees) : undefined;
    // What is declared further in afterwards is not meant; at the top of a file, order does not count.
    used.push({ node: at, scope: as.isInOrder ? ((near?.scope ?? root) as OpenScope) : scope, as });
  }

  function built(): Bindings {
    const references = used
      .toSorted((a, b) => a.node.from - b.node.from)
      .map((it) => referenceTo(nameOf(it.node), it, sees));
    return bindingsOf(root, references, opaque, shapes, sees);
  }
}

interface Use {
  readonly node: SyntaxNode;
  readonly scope: OpenScope;
  readonly as: Used;
}

type Sees = (scope: Scope, from: Scope) => boolean;

function referenceTo(name: string, { node, scope, as }: Use, sees: Sees): Reference {
  const { space = "value", access = "read", shape = "plain", isEither = false } = as;
  const first = lookedUp(name, space, scope, sees);
  const isType = !first && isEither;
  const binding = isType ? lookedUp(name, "type", scope, sees) : first;
  return { node, space: isType ? "type" : space, access, scope, binding, shape };
}

function bindingsOf(
  root: OpenScope,
  references: readonly Reference[],
  opaque: Bindings["opaque"],
  shapes: ReadonlyMap<number, NameShape>,
  sees: Sees,
): Bindings {
  for (const it of references) (it.binding as OpenBinding | undefined)?.references.push(it);
  const all = [...new Set(allBindings(root))].toSorted(byPlace);
  const places = new Map<number, Binding>();
  for (const it of references) if (it.binding) places.set(it.node.from, it.binding);
  for (const it of all) for (const at of it.declarations) places.set(at.from, it);
  return {
    root,
    all,
    references,
    opaque,
    at: (it) => places.get(it.from),
    shapeOf: (it) => shapes.get(it.from) ?? "plain",
    scopeAt: (offset) => scopeAt(root, offset),
    resolve: (name, space, offset) => lookedUp(name, space, scopeAt(root, offset), sees),
  };
}

function madeOf(name: string, scope: OpenScope, { kind, spaces = ["value"] }: Declared): OpenBinding {
  return { name, kind, spaces: [...spaces], scope, declarations: [], references: [], isExported: false };
}

function lookedUp(name: string, space: NameSpace, from: Scope, sees: Sees): Binding | undefined {
  const key = `${space} ${name}`;
  for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
    const found = scope.bindings.size > 0 ? scope.bindings.get(key) : undefined;
    if (found && sees(scope, from)) return found;
  }
  return undefined;
}

function scopeAt(root: Scope, offset: number): Scope {
  let scope = root;
  for (;;) {
    const inner = scope.children.find(({ node }) => node.from <= offset && offset < node.to);
    if (!inner) return scope;
    scope = inner;
  }
}

function* allBindings(scope: Scope): Generator<Binding> {
  yield* scope.bindings.values();
  for (const it of scope.children) yield* allBindings(it);
}

function byPlace(a: Binding, b: Binding): number {
  return (a.declarations[0]?.from ?? 0) - (b.declarations[0]?.from ?? 0);
}
