import type { Binding } from "../syntax/bindings.ts";
import { languageOf } from "../syntax/language-of.ts";
import type { SyntaxNode } from "../syntax/tree.ts";
import { movedOffset, type TextChange, withChanges } from "../text/changes.ts";
import type { Parse } from "./engine.ts";
import { type FilePlan, type Plan, type Refusal, refused } from "./plan.ts";
import type { Place, Refactoring, Source } from "./refactoring.ts";
import { rulesOf, sourceOf } from "./source.ts";

/**
 * Makes the changes, parses what comes of them and asks again who is who: the plan if nothing broke and every name
 * that was not touched means what it meant; else a refusal.
 */
export function verified(
  plan: Plan,
  place: Place,
  parse: Parse,
  check?: Refactoring["check"],
): Plan | Refusal {
  const all = [place.source, ...(place.others ?? [])];
  const after = new Map(all.map((it) => [it.path, it]));
  for (const file of plan.files) {
    if (file.isRemoved) {
      after.delete(file.path);
      continue;
    }
    const before = after.get(file.path);
    const made = madeOf(file, before, parse);
    const trouble = "code" in made ? made : before && troubleIn(file, before, made);
    if (trouble) return trouble;
    if (!("code" in made)) after.set(file.path, made);
  }
  return check?.(all, [...after.values()], place.loaded ?? NOTHING) ?? plan;
}

const NOTHING = { sources: [], isAll: true };

/** The file as the plan has it. */
function madeOf(file: FilePlan, before: Source | undefined, parse: Parse): Source | Refusal {
  const language = before?.language ?? languageOf(file.path)?.id ?? "";
  const rules = before?.rules ?? rulesOf(language);
  const text = withChanges(before?.text ?? "", file.changes);
  const root = rules && parse(language, text);
  if (!rules || !root || root.hasError)
    return refused("verify.syntax", `The result in "${file.path}" would have a syntax error.`);
  return sourceOf({ path: file.path, language, rules, text, root });
}

function troubleIn(file: FilePlan, before: Source, after: Source): Refusal | undefined {
  const changes = file.changes.toSorted((a, b) => a.from - b.from || a.to - b.to);
  const moved = nowAt(before, after, changes);
  const wrong = before.bindings().all.find((it) => !isSame(it, moved, changes));
  if (!wrong) return strayIn(before, moved, changes);
  return refused(
    "verify.binding",
    `In "${file.path}" the name "${wrong.name}" would mean something else afterwards.`,
    wrong.declarations[0],
  );
}

/** What a name that stood at a node stands for afterwards; `undefined`: for nothing of the file, or it is not there. */
type Moved = (node: SyntaxNode) => Binding | undefined;

/** Whether the places of a binding that were not touched still belong together, and to no other. */
function isSame(binding: Binding, moved: Moved, changes: readonly TextChange[]): boolean {
  const places = [...binding.declarations, ...binding.references.map((it) => it.node)];
  const now = places.filter((it) => !isTouched(it, changes)).map(moved);
  return now.every((it) => it !== undefined && it === now[0]);
}

/** A name that nothing in the file declares must not come to stand for something of the file. */
function strayIn(before: Source, moved: Moved, changes: readonly TextChange[]): Refusal | undefined {
  const stray = before
    .bindings()
    .references.find((it) => !it.binding && !isTouched(it.node, changes) && moved(it.node) !== undefined);
  return (
    stray &&
    refused("verify.binding", "A name from elsewhere would come to mean something of this file.", stray.node)
  );
}

function isTouched(node: SyntaxNode, changes: readonly TextChange[]): boolean {
  return changes.some((it) => it.from < node.to && it.to > node.from);
}

function nowAt(before: Source, after: Source, changes: readonly TextChange[]): Moved {
  const places = new Map<number, Binding | undefined>();
  for (const it of after.bindings().all) for (const node of it.declarations) places.set(node.from, it);
  for (const { node, binding } of after.bindings().references) places.set(node.from, binding);
  return (node) => {
    const from = movedOffset(node.from, changes);
    const isThere = after.text.startsWith(before.text.slice(node.from, node.to), from);
    return isThere ? places.get(from) : undefined;
  };
}
