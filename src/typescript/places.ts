import type ts from "typescript-js";
import type { FilePlan } from "../refactor/plan.ts";

/** A place of a name, and what is written there beside it: `{ old: name }`. */
export interface NamePlace {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly behind: string;
}

/** Where what stands at a place is named, as the compiler sees it. */
export function placesAt(service: ts.LanguageService, path: string, at: number): readonly NamePlace[] {
  const preferences = { providePrefixAndSuffixTextForRename: true };
  const found = service.findRenameLocations(path, at, false, false, preferences) ?? [];
  return found.map(({ fileName, textSpan: { start, length }, prefixText = "", suffixText = "" }) => ({
    path: fileName,
    from: start,
    to: start + length,
    before: prefixText,
    behind: suffixText,
  }));
}

/** Those in one file, in their order. */
export function inFile(places: readonly NamePlace[], path: string): readonly NamePlace[] {
  return places.filter((it) => it.path === path).toSorted((a, b) => a.from - b.from);
}

/** What gives all of these places another name. */
export function plansFor(
  places: readonly NamePlace[],
  name: string,
  texts: ReadonlyMap<string, string>,
): readonly FilePlan[] {
  return [...new Set(places.map((it) => it.path))].map((path) => {
    const changes = inFile(places, path).map(({ from, to, before, behind }) => ({
      from,
      to,
      text: `${before}${name}${behind}`,
    }));
    return { path, before: texts.get(path), changes };
  });
}

/** Where each of the places is once all of `all` have the new name. */
export function movedPlaces(
  places: readonly NamePlace[],
  all: readonly NamePlace[],
  name: string,
): readonly { readonly path: string; readonly from: number }[] {
  return places.map(({ path, from, before }) => {
    const earlier = inFile(all, path).filter((it) => it.from < from);
    const shift = earlier.reduce(
      (sum, it) => sum + it.before.length + name.length + it.behind.length - (it.to - it.from),
      0,
    );
    return { path, from: from + shift + before.length };
  });
}

/** Where what stands at `offset` once all of `all` have the new name stood before. */
export function placeBefore(path: string, offset: number, all: readonly NamePlace[], name: string): number {
  let shift = 0;
  for (const it of inFile(all, path)) {
    if (it.from + shift >= offset) break;
    shift += it.before.length + name.length + it.behind.length - (it.to - it.from);
  }
  return offset - shift;
}
