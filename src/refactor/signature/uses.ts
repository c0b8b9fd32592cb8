import type { Binding } from "../../syntax/bindings.ts";
import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { isClear, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import type { SignatureRules, Use } from "./rules.ts";

/** Who calls a function. */
export interface Uses {
  readonly calls: readonly Use[];
  /** Whether other files may have it. */
  readonly isExported: boolean;
}

/** Most files that are looked at for the sake of others that hand the function on. */
const MAX_LOOKS = 2_000;

/** What is known while uses are followed. */
interface Search {
  readonly place: Place;
  readonly rules: SignatureRules;
  /** The function's own name. */
  readonly name: string;
  readonly calls: Use[];
  /** Bindings, and names of files, that have been followed. */
  readonly known: Set<unknown>;
  looks: number;
}

/**
 * Every call of a function, in this file and others, through whatever names and exports; refused when it is used in
 * another way, or may be used where nobody looked.
 */
export function usesOf(binding: Binding, place: Place, rules: SignatureRules): Uses | Refusal {
  const search = { place, rules, name: binding.name, calls: [], known: new Set(), looks: 0 };
  const trouble = named(binding, place.source, search);
  return trouble ?? { calls: search.calls, isExported: search.looks > 0 };
}

/** What is done with a name of the function in a file. */
function named(own: Binding, source: Source, search: Search): Refusal | undefined {
  const { known, place, rules } = search;
  if (known.has(own)) return undefined;
  known.add(own);
  const hidden = isClear(own, source);
  if (hidden) return source === place.source ? hidden : refused(hidden.code, inFile(hidden, source));
  const again = own.declarations[1];
  if (again) return notAlways(again, source, place);
  for (const { node, shape } of own.references) {
    if (shape === "text") continue;
    const name = rules.exportedAs(node, source);
    const trouble = name === undefined ? called(node, source, search) : exported(name, source, search);
    if (trouble) return trouble;
  }
  if (source.rules.isSeenByItsName(own)) return exported(own.name, source, search);
  return own.isExported ? exported("default", source, search) : undefined;
}

function called(callee: SyntaxNode, source: Source, search: Search): Refusal | undefined {
  const { calls, known, place, rules } = search;
  const call = rules.callOf(callee, source);
  if (call && !known.has(call.node)) calls.push({ source, call });
  known.add(call?.node);
  return call ? undefined : notCalled(callee, source, place);
}

/** Who takes it from a file, by the name that it has for others. */
function exported(name: string, exporting: Source, search: Search): Refusal | undefined {
  const { known, place } = search;
  if (known.has(`${exporting.path}\n${name}`)) return undefined;
  known.add(`${exporting.path}\n${name}`);
  if (name === "default")
    return refused("change-signature.default", `"${exporting.path}" exports it without a name of its own.`);
  const unseen = notLookedFor(name, exporting, search.name, place);
  if (unseen) return unseen;
  const isFirst = exporting === place.source;
  search.looks++;
  for (const other of [place.source, ...(place.others ?? [])]) {
    // The files that were looked for name the first one or have the word; others have to name the one that hands it on.
    if (!(isFirst || other === exporting || mayName(other, exporting))) continue;
    if (++search.looks > MAX_LOOKS)
      return refused("change-signature.exported", "Too many files take it from each other.");
    const trouble = taken(other, exporting, name, search);
    if (trouble) return trouble;
  }
  return undefined;
}

function taken(other: Source, exporting: Source, name: string, search: Search): Refusal | undefined {
  const { source, others = [] } = search.place;
  const imported = other.rules.importedBy(other, exporting, name, [source, ...others]);
  if ("code" in imported) return imported;
  return (
    reachedIn(other, exporting, name, search) ??
    first(imported.bindings, (it) => named(it, other, search)) ??
    first(imported.handedOn, (it) => exported(textOf(it, other), other, search)) ??
    first(imported.names, (it) => byAnotherName(it, other, search))
  );
}

/** Ways to it that are no imports. */
function reachedIn(
  other: Source,
  exporting: Source,
  name: string,
  { place, rules }: Search,
): Refusal | undefined {
  const at = rules.reachedBy?.(other, exporting, name);
  return at && notCalled(at, other, place);
}

/** `import { a as b }`, `export { a as b } from`, `module.a`. */
function byAnotherName(node: SyntaxNode, source: Source, search: Search): Refusal | undefined {
  const { parent } = node;
  // A dotted name stands between them in Python.
  const alias = [parent, parent?.parent].map((it) => it && inField(it, "alias")).find((it) => it);
  const own = alias && source.bindings().at(alias);
  if (own) return named(own, source, search);
  const name = search.rules.exportedAs(node, source);
  if (name !== undefined) return exported(name, source, search);
  const isMember = parent && /^(member_expression|attribute)$/.test(parent.type);
  const object = isMember ? inField(parent, "object") : undefined;
  const again = object && source.bindings().at(object)?.declarations[1];
  if (again) return notAlways(again, source, search.place);
  return isMember ? called(parent, source, search) : notCalled(node, source, search.place);
}

/** The first trouble that one of them makes. */
export function first<T>(all: readonly T[], trouble: (one: T) => Refusal | undefined): Refusal | undefined {
  for (const it of all) {
    const found = trouble(it);
    if (found) return found;
  }
  return undefined;
}

function inFile({ reason }: Refusal, { path }: Source): string {
  return `In "${path}": ${reason}`;
}

function notCalled(node: SyntaxNode, source: Source, place: Place): Refusal {
  const where = source === place.source ? "there" : `in "${source.path}"`;
  return refused(
    "change-signature.value",
    `The function is used ${where}, but not called in a way that is followed.`,
    source === place.source ? node : undefined,
  );
}

/** A name that stands for it, and for something else as well. */
function notAlways(again: SyntaxNode, source: Source, place: Place): Refusal {
  return refused(
    "change-signature.written",
    `"${textOf(again, source)}" is declared more than once in "${source.path}".`,
    source === place.source ? again : undefined,
  );
}

/** Why files that take it from one of them by that name may not have been looked at. */
function notLookedFor(name: string, { path }: Source, own: string, place: Place): Refusal | undefined {
  const { source, others, sought } = place;
  if (others && (!sought || (sought.words.includes(name) && sought.modules.includes(path)))) return undefined;
  const words = new Set([...(sought?.words ?? [own]), name]);
  const modules = new Set([...(sought?.modules ?? [source.path]), path]);
  return {
    ...refused(
      "change-signature.unseen",
      `"${name}" can be used in other files, and those were not looked at.`,
    ),
    lacks: "others",
    sought: { words: [...words], modules: [...modules] },
  };
}

/** Whether a file may import another one: it has the word that this one, or its folder, is called by. */
function mayName({ text }: Source, { path }: Source): boolean {
  const stem = /([^/\\]*?)(\.[^./\\]*)?$/.exec(path)?.[1] ?? "";
  return /^(index|__init__)$/.test(stem) || text.includes(stem);
}
