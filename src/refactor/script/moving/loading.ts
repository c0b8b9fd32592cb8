import { absolute, parentOf } from "../../../text/paths.ts";
import type { Source } from "../../refactoring.ts";
import { hasDecorators, isTypeUse, type Link, linksOf, targetOf } from "./links.ts";
import { loadEffect, readWhenLoaded } from "./load-effect.ts";
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

/** What files do when they are loaded, by their paths; what is imported and not among them is there, too. `isAll`: a script that is not among them is nowhere. */
export function unitsOf(sources: readonly Source[], isAll: boolean): ReadonlyMap<string, Unit> {
  const paths = sources.map((it) => it.path);
  const units = new Map<string, Unit>(sources.map((it) => [it.path, unitOf(it, paths)]));
  for (const { loads } of [...units.values()])
    for (const it of loads)
      if (!units.has(it))
        units.set(it, { acts: OPAQUE.test(it) || !(isAll || INERT.test(it)), loads: [], reads: [] });
  return units;
}

function unitOf(source: Source, paths: readonly string[]): Unit {
  const links = linksOf(source);
  const loads = links.flatMap((it) => (isErased(it, source) ? [] : (loadedBy(it, source, paths) ?? [])));
  const from = new Map(
    links.flatMap((link) =>
      link.isExport
        ? []
        : link.names.map((it) => [
            it.local,
            { name: it.imported, from: targetOf(link.specifier, source.path, paths) },
          ]),
    ),
  );
  const reads = source.root.children.flatMap((statement) =>
    readWhenLoaded(statement, source).flatMap(({ binding }) => {
      const there = binding?.kind === "import" ? from.get(binding.name) : undefined;
      return binding && there?.from !== undefined
        ? [{ name: there.name, local: binding.name, from: there.from }]
        : [];
    }),
  );
  const acts = source.root.hasError || source.root.children.some((it) => loadEffect(it, source) === "acts");
  return { acts, loads: [...new Set(loads)], reads };
}

/**
 * Whether a link is gone when the file runs: what is used for its types only TypeScript takes out ("Import Elision").
 */
function isErased(link: Link, source: Source): boolean {
  if (link.isType) return true;
  if (!isTyped(source.path) || link.isExport || link.names.length === 0) return false;
  const isDecorated = hasDecorators(source);
  return link.names.every((it) => {
    if (isDecorated) return it.isType;
    const binding = source.bindings().root.bindings.get(`value ${it.local}`);
    return it.isType || (binding?.references.every(isTypeUse) ?? false);
  });
}

/** The file that a link loads. A package that is imported for its names is taken for one that does nothing besides. */
function loadedBy(link: Link, source: Source, paths: readonly string[]): string | undefined {
  const { specifier, names, isAll } = link;
  if (!specifier.startsWith(".")) return names.length > 0 || isAll ? undefined : specifier;
  return (
    targetOf(specifier, source.path, paths) ??
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
