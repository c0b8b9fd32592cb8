import type { Binding } from "../../../syntax/bindings.ts";
import { baseName } from "../../../text/paths.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Loaded, Source } from "../../refactoring.ts";
import { linksOf } from "./links.ts";
import { loadEffect } from "./load-effect.ts";
import { orderFrom, type Unit, unitsOf } from "./loading.ts";
import { type Resolve, resolver } from "./resolver.ts";

interface Program {
  readonly units: ReadonlyMap<string, Unit>;
  readonly by: ReadonlyMap<string, Source>;
  readonly resolve: Resolve;
}

/**
 * Whether, whichever of the files is loaded first, what is felt of loading comes in the same order, and nothing is used
 * before it is there that was there before; with imports that are for types only, and without.
 */
export function check(
  before: readonly Source[],
  after: readonly Source[],
  loaded: Loaded,
): Refusal | undefined {
  return checkAs(true, before, after, loaded) ?? checkAs(false, before, after, loaded);
}

function checkAs(
  isElided: boolean,
  before: readonly Source[],
  after: readonly Source[],
  loaded: Loaded,
): Refusal | undefined {
  const [home] = before;
  if (!home) return undefined;
  const [old, now] = [programOf(before, loaded, isElided), programOf(after, loaded, isElided)];
  const moved = movedBetween(home, now.by.get(home.path), old, after);
  for (const { path } of before) {
    const trouble = troubleFrom(path, old, now, home.path, moved);
    if (trouble) return trouble;
  }
  return undefined;
}

function programOf(files: readonly Source[], loaded: Loaded, isElided: boolean): Program {
  const sources = [...files, ...loaded.sources];
  return {
    units: unitsOf(sources, { isAll: loaded.isAll, isElided }),
    by: new Map(sources.map((it) => [it.path, it])),
    resolve: resolver(sources.map((it) => it.path)),
  };
}

interface Moved {
  readonly path: string;
  /** Whether the file does something before they are there. */
  readonly isBehind: boolean;
}

/** Where the names that the file no longer declares are declared now, if they are values that are not there from the start. */
function movedBetween(
  home: Source,
  left: Source | undefined,
  old: Program,
  after: readonly Source[],
): Moved | undefined {
  const gone = [...home.bindings().root.bindings.values()].filter(
    (it) =>
      it.kind !== "import" &&
      it.spaces.includes("value") &&
      it.kind !== "function" &&
      ownBinding(it.name, left) === undefined,
  );
  for (const it of after) {
    const there = gone.flatMap(({ name }) =>
      ownBinding(name, old.by.get(it.path)) ? [] : (ownBinding(name, it)?.declarations[0] ?? []),
    );
    const [first] = there;
    if (first)
      return {
        path: it.path,
        isBehind: it.root.children.some((at) => at.from < first.from && loadEffect(at, it) === "acts"),
      };
  }
  return undefined;
}

function ownBinding(name: string, source: Source | undefined): Binding | undefined {
  const found = source?.bindings().root.bindings.get(`value ${name}`);
  return found?.kind === "import" ? undefined : found;
}

function troubleFrom(
  entry: string,
  old: Program,
  now: Program,
  home: string,
  moved: Moved | undefined,
): Refusal | undefined {
  const [first, second] = [orderFrom(entry, old.units), orderFrom(entry, now.units)];
  const felt = (order: readonly string[], { units }: Program) =>
    order.filter((it) => units.get(it)?.acts).join("\n");
  if (felt(first, old) !== felt(second, now))
    return refused(
      "move-symbol.order",
      `What files do when they are loaded would come in another order, or not at all, where "${baseName(entry)}" is loaded first.`,
    );
  const at = new Map(second.map((it, index) => [it, index]));
  const isLate = (it: string, path: string) => (at.get(it) ?? -1) > (at.get(path) ?? 0);
  for (const path of second) {
    const unit = now.units.get(path);
    const earlier = first.slice(0, Math.max(0, first.indexOf(path)));
    const isHome = path === home || earlier.includes(home);
    const isBehind = moved && (isLate(moved.path, path) || (moved.path === path && moved.isBehind));
    const isMissed = moved && isBehind && isHome && reaches(path, moved.path, now);
    const isNew = !old.units.has(path);
    if (
      unit?.acts &&
      !isNew &&
      (isMissed || earlier.some((it) => isLate(it, path) && reaches(path, it, now)))
    )
      return tooLate(path);
    const late = unit?.reads.find((it) => isUnready(it, path, second, now));
    const wasLate = (name: string) =>
      old.units.get(path)?.reads.some((it) => it.local === name && isUnready(it, path, first, old));
    if (late && !wasLate(late.local)) return tooLate(path, late.local);
  }
  return undefined;
}

function tooLate(path: string, name?: string): Refusal {
  return refused(
    "move-symbol.cycle",
    `The files would import each other, and "${baseName(path)}" may use ${name ? `"${name}"` : "a name"} while it is loaded, before that is there.`,
  );
}

function reaches(from: string, to: string, { units }: Program): boolean {
  return from === to || orderFrom(from, units).includes(to);
}

/** Functions are there before anything is evaluated. */
function isUnready(
  { from, name }: Unit["reads"][number],
  path: string,
  order: readonly string[],
  program: Program,
): boolean {
  const home = declaredIn(from, name, program, new Set());
  const at = home?.path ?? from;
  if (at === path || order.indexOf(at) < order.indexOf(path)) return false;
  return home?.kind !== "function";
}

/** The file in which a name that one of them exports is declared, and as what. */
function declaredIn(
  path: string,
  name: string,
  program: Program,
  seen: Set<string>,
): { readonly path: string; readonly kind: Binding["kind"] } | undefined {
  const { by, resolve } = program;
  const source = by.get(path);
  if (!source || seen.has(path)) return undefined;
  seen.add(path);
  const own = ownBinding(name, source);
  if (own?.isExported) return { path, kind: own.kind };
  for (const link of linksOf(source).filter((it) => it.isExport)) {
    const named = link.names.find((it) => it.local === name);
    const next = named || link.isAll ? resolve(link.specifier, path) : undefined;
    const found = next === undefined ? undefined : declaredIn(next, named?.imported ?? name, program, seen);
    if (found) return found;
  }
  return undefined;
}
