import type { Bindings, Scope } from "../bindings.ts";
import { contains, type SyntaxNode } from "../tree.ts";
import { type OpenScope, type ScopeBuilder, scopeBuilder } from "./builder.ts";
import { declarationHandlers } from "./c-sharp-declarations.ts";
import { hiddenIn } from "./c-sharp-hidden.ts";
import { localHandlers } from "./c-sharp-locals.ts";
import { isTypePlace, typeHandlers } from "./c-sharp-types.ts";
import { type Handler, type Visit, visitWith } from "./visit.ts";

/** A visit that knows where the names of C# are looked up. */
export interface CSharpVisit extends Visit {
  /** Names a member of the class of a scope, and of none around it. */
  readonly member: (node: SyntaxNode, scope: OpenScope, used: Parameters<ScopeBuilder["refer"]>[2]) => void;
  /** Declares a local where its space is: those of a section of a `switch` are seen in all of them. */
  readonly declareLocal: ScopeBuilder["declare"];
  /** Has the locals of a scope be those of another one. */
  readonly share: (scope: OpenScope, home: OpenScope) => void;
  /** Has names used in a scope be looked up no further out than there, but for members: what an `into` ends is not seen behind it. */
  readonly cut: (scope: OpenScope, unseen: OpenScope) => void;
}

/** What is done with one kind of node of C#. */
export type CSharpHandler = Handler<CSharpVisit>;

/**
 * Who is who in a file of C# (C# language specification, section 7.7, "Scopes", and 12.8.4, "Simple names"). Members are
 * names of their class; those of `this` are looked up in it, those of any other object are no names of their own. What a
 * class may inherit from one that stands elsewhere, or has in another file, is opaque, and so are words between `#if` and
 * `#endif`.
 */
export function bindCSharp(root: SyntaxNode, text: string): Bindings {
  const limits = new WeakMap<object, SyntaxNode>();
  const homes = new WeakMap<object, OpenScope>();
  const unseen = new WeakMap<object, OpenScope>();
  const builder = scopeBuilder(root, text, (scope, from) => {
    const limit = limits.get(from);
    return (!limit || contains(limit, scope.node)) && !isCut(scope, from);
  });
  const limited = (node: SyntaxNode, scope: OpenScope, limit: SyntaxNode) => {
    const own = builder.open("type", node, scope);
    limits.set(own, limit);
    return own;
  };
  const member: CSharpVisit["member"] = (node, scope, used) => {
    const home = classScope(scope);
    if (home) builder.refer(node, limited(node, home, home.node), used);
  };
  // `value` of a setter is its own parameter.
  const refer: ScopeBuilder["refer"] = (node, scope, used) => {
    const setter = builder.nameOf(node) === "value" ? setterAround(scope.node) : undefined;
    builder.refer(node, setter ? limited(node, scope, setter) : scope, used);
  };
  visitWith<CSharpVisit>({ ...builder, refer }, HANDLERS, (it) => ({
    ...it,
    member,
    declareLocal: (node, scope, as) => builder.declare(node, homes.get(scope) ?? scope, as),
    share: (scope, home) => void homes.set(scope, home),
    cut: (scope, other) => void unseen.set(scope, other),
  })).within(root, builder.root);
  const built = builder.built();
  return { ...built, opaque: [...built.opaque, ...hiddenIn(built, text)] };

  function isCut(scope: Scope, from: Scope): boolean {
    for (let at: Scope | undefined = from; at && at !== scope; at = at.parent)
      if (unseen.get(at) === scope) return true;
    return false;
  }
}

function classScope(scope: OpenScope): OpenScope | undefined {
  let at: OpenScope | undefined = scope;
  while (at && at.kind !== "class") at = at.parent;
  return at;
}

/** The accessor around that is given a `value`. */
function setterAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | undefined = node; at; at = at.parent) {
    if (
      /^(class|struct|interface|record|record_struct|method|constructor|operator)_declaration$/.test(at.type)
    )
      return undefined;
    if (at.type === "accessor_declaration")
      return at.children.some((it) => /^(set|init|add|remove)$/.test(it.type)) ? at : undefined;
  }
  return undefined;
}

/** A name where a value may stand may be that of a type, `Math.Max` (section 12.8.7). */
const identifier: CSharpHandler = (node, scope, { builder }) =>
  builder.refer(node, scope, isTypePlace(node) ? { space: "type" } : { isEither: true });

const HANDLERS: ReadonlyMap<string, CSharpHandler> = new Map<string, CSharpHandler>([
  ["identifier", identifier],
  ...typeHandlers,
  ...declarationHandlers,
  ...localHandlers,
]);
