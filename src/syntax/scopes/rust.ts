import type { Bindings, Scope } from "../bindings.ts";
import { allInField, type SyntaxNode, walk } from "../tree.ts";
import { type ScopeBuilder, scopeBuilder } from "./builder.ts";
import { RUST_HANDLERS } from "./rust-handlers.ts";
import { declareItems } from "./rust-items.ts";
import { RAW, spelledOtherwise } from "./spellings.ts";
import { type Handler, type Visit, visitWith } from "./visit.ts";

/** A visit to a file of Rust. */
export interface RustVisit extends Visit {
  /** Names of constants in the file: in a pattern, they are no new ones. */
  readonly constants: ReadonlySet<string>;
  /** Scopes of what is seen in its own function only, and those of items, from where nothing of a function around is. */
  readonly locals: Set<Scope>;
  readonly items: Set<Scope>;
  /** Modules that see only what is theirs. */
  readonly modules: Set<Scope>;
}

/** What is done with one kind of node of Rust. */
export type RustHandler = Handler<RustVisit>;

/**
 * Who is who in a file of Rust (The Rust Reference, "Names", "Scopes"). Items are seen in all of their block or module,
 * a variable from behind its `let` on: the rest of the block is a scope of its own, so that the same name may be
 * declared again. Labels and lifetimes share a space. Members, and parts of paths behind the first, are in no scope.
 */
export function bindRust(root: SyntaxNode, text: string): Bindings {
  const [locals, items, modules] = [new Set<Scope>(), new Set<Scope>(), new Set<Scope>()];
  const builder = scopeBuilder(root, text, (scope, from) => sees(scope, from, locals, items, modules));
  const constants = constantsIn(root, builder);
  const { within } = visitWith<RustVisit>(builder, RUST_HANDLERS, (it) => ({
    ...it,
    constants,
    locals,
    items,
    modules,
  }));
  declareItems(root, builder.root, builder);
  within(root, builder.root);
  const built = builder.built();
  return { ...built, opaque: [...built.opaque, ...spelledOtherwise(root, text, RAW)] };
}

function sees(
  scope: Scope,
  from: Scope,
  locals: ReadonlySet<Scope>,
  items: ReadonlySet<Scope>,
  modules: ReadonlySet<Scope>,
): boolean {
  for (let at: Scope | undefined = from; at && at !== scope; at = at.parent) {
    if (modules.has(at)) return false;
    if (items.has(at) && locals.has(scope)) return false;
  }
  return true;
}

function constantsIn(root: SyntaxNode, { nameOf }: ScopeBuilder): ReadonlySet<string> {
  const found = new Set<string>();
  for (const it of walk(root)) {
    if (!/^(const_item|static_item|struct_item|enum_variant)$/.test(it.type)) continue;
    for (const name of allInField(it, "name")) found.add(nameOf(name));
  }
  return found;
}
