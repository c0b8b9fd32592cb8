import type { SyntaxNode } from "../../../syntax/tree.ts";
import { absolute, isAbsolute, parentOf } from "../../../text/paths.ts";
import type { Source } from "../../refactoring.ts";
import { hasDecorators, isTypeUse, type Link, linksOf } from "./links.ts";
import { loadEffect, readWhenLoaded } from "./load-effect.ts";
import { type Resolve, resolver } from "./resolver.ts";
import { isTyped } from "./style.ts";

/** What a file does when it is loaded. */
export interface Unit {
  /** Whether loading it may be felt elsewhere. */
  readonly acts: boolean;
  /** The files, by their paths, that are loaded before, in order. */
  readonly loads: readonly string[];
  /** Imported names that are read while it is loaded, and the file that they come from. */
  readonly reads: readonly { readonly name: string; readonly local: string; readonly from: string }[];
}

/** Files that are not parsed and do something when they are loaded, and those that do nothing. */
const OPAQUE = /\.(css|scss|sass|less|styl|pcss|vue|svelte|astro|mdx|wasm|node)$/;
const INERT = /\.(json|svg|png|jpe?g|gif|webp|txt|md)$/;

/** What files do when they are loaded, by their paths; what is imported and not among them is there, too. `isAll`: a script that is not among them is nowhere. `isElided`: see `isElided`. */
export function unitsOf(
  sources: readonly Source[],
  { isAll, isElided }: { readonly isAll: boolean; readonly isElided: boolean },
): ReadonlyMap<string, Unit> {
  const resolve = resolver(sources.map((it) => it.path));
  const units = new Map<string, Unit>(sources.map((it) => [it.path, unitOf(it, isElided, resolve)]));
  for (const { loads } of [...units.values()])
    for (const it of loads)
      if (!units.has(it))
        units.set(it, {
          acts: !isAbsolute(it) || OPAQUE.test(it) || !(isAll || INERT.test(it)),
          loads: [],
          reads: [],
        });
  return units;
}

function unitOf(source: Source, areElided: boolean, resolve: Resolve): Unit {
  const { acts, links, elided, reads } = factsOf(source);
  const left = areElided ? links.filter((it) => !elided.has(it)) : links;
  const loads = left.flatMap((it) => loadedBy(it, source, resolve) ?? []);
  return {
    acts,
    loads: [...new Set(loads)],
    reads: reads.flatMap(({ specifier, ...it }) => {
      const from = resolve(specifier, source.path);
      return from === undefined ? [] : [{ ...it, from }];
    }),
  };
}

/** What a file does by itself. */
interface Facts {
  readonly acts: boolean;
  readonly links: readonly Link[];
  readonly elided: ReadonlySet<Link>;
  readonly reads: readonly { readonly name: string; readonly local: string; readonly specifier: string }[];
}

/** By the root of a tree: most files are the same before and after. */
const known = new WeakMap<SyntaxNode, Facts>();

function factsOf(source: Source): Facts {
  const facts = known.get(source.root) ?? toldOf(source);
  known.set(source.root, facts);
  return facts;
}

function toldOf(source: Source): Facts {
  const links = linksOf(source);
  const from = new Map(
    links.flatMap(({ isExport, names, specifier }) =>
      isExport ? [] : names.map((it) => [it.local, { name: it.imported, specifier }]),
    ),
  );
  const reads = readWhenLoaded(source.root, source).flatMap(({ binding }) => {
    const there = binding?.kind === "import" ? from.get(binding.name) : undefined;
    return binding && there ? [{ ...there, local: binding.name }] : [];
  });
  const acts = source.root.hasError || source.root.children.some((it) => loadEffect(it, source) === "acts");
  const all = links.filter((it) => !it.isType);
  return { acts, links: all, elided: new Set(all.filter((it) => isElided(it, source))), reads };
}

/**
 * Whether TypeScript takes the link out, as it is used for its types only ("Import Elision"): it may be told not to, and
 * what only strips types does not.
 */
function isElided(link: Link, source: Source): boolean {
  if (!isTyped(source.path) || link.isExport || link.names.length === 0) return false;
  const isDecorated = hasDecorators(source);
  return link.names.every((it) => {
    if (isDecorated) return it.isType;
    const binding = source.bindings().root.bindings.get(`value ${it.local}`);
    return it.isType || (binding?.references.every(isTypeUse) ?? false);
  });
}

/** The file that a link loads. A package that is imported for its names is taken for one that does nothing besides. */
function loadedBy(link: Link, source: Source, resolve: Resolve): string | undefined {
  const { specifier, names, isAll } = link;
  if (!specifier.startsWith(".")) return names.length > 0 || isAll ? undefined : specifier;
  return (
    resolve(specifier, source.path) ??
    absolute(specifier, parentOf(source.path)).replace(/\.[cm]?[jt]sx?$/, "")
  );
}

/** The files in the order in which they are evaluated when the program begins with one of them (ECMA-262, section 16.2.1.5.3). */
export function orderFrom(entry: string, units: ReadonlyMap<string, Unit>): readonly string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  visit(entry);
  return order;

  function visit(path: string): void {
    if (seen.has(path)) return;
    seen.add(path);
    for (const it of units.get(path)?.loads ?? []) visit(it);
    order.push(path);
  }
}
