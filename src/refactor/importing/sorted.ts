import { isComment } from "../../syntax/tree.ts";
import { type TextChange, withChanges } from "../../text/changes.ts";
import { lineOf } from "../branching/comments.ts";
import { lineEnd, startWithComments } from "../extraction/moved-text.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Options, Place, Source } from "../refactoring.ts";
import { trimmed } from "../selection.ts";
import { compared, sortedNames } from "./names.ts";
import type { Import } from "./rules.ts";

const ID = "sort-imports";

/** An import with the comments above it and behind it, and the text that it is to have. */
interface Unit extends Import {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What of the imports is put in order: "names" where it certainly does not matter, or all "statements". */
export interface Sorted {
  readonly changes: readonly TextChange[];
  /** Whether something is evaluated in another order afterwards, as far as is known. */
  readonly isReordered: boolean;
}

/** The changes that put the imports at the place in order: those that are selected, at a cursor all of the file. */
export function sortedAt(place: Place, { scope = "names" }: Pick<Options, "scope">): Sorted | Refusal {
  const { source } = place;
  const rules = source.rules.importing;
  const { from, to } = trimmed(place);
  const all = rules?.imports(source) ?? [];
  const isAt = (it: Import) => it.statement.from <= to && from <= it.statement.to;
  if (!rules || !all.some(isAt)) return refused(`${ID}.place`, "There is no import here.", { from, to });
  if (!/^(names|statements)$/.test(scope))
    return refused(`${ID}.scope`, `There is no scope "${scope}"; there are "names" and "statements".`);
  const isAll = scope === "statements";
  const chosen = from === to ? all : all.filter(isAt);
  const units: Unit[] = [];
  for (const it of chosen) {
    const made = unitOf(it, isAll, source);
    if ("code" in made) return made;
    units.push(made);
  }
  const runs = runsOf(units, isAll, isAll && rules.isGrouped, source);
  const twice = isAll ? runs.flatMap((it) => clashIn(it) ?? [])[0] : undefined;
  if (twice)
    return refused(`${ID}.twice`, "A name is imported twice, and the last one counts.", twice.statement);
  const changes: TextChange[] = [];
  for (const run of runs) {
    const made = isAll && rules.isGrouped ? regrouped(run, source) : inSlots(run, source);
    if ("code" in made) return made;
    changes.push(...made);
  }
  const isReordered = isAll && runs.some((run) => ordered(run).some((it, index) => it !== run[index]));
  return { changes, isReordered };
}

function unitOf(it: Import, isAll: boolean, source: Source): Unit | Refusal {
  const { text } = source;
  const { statement } = it;
  const start = startWithComments(statement, text);
  // What the file begins with is about the file.
  const from = text.slice(0, start).trim() === "" ? statement.from : start;
  const end = lineOf(statement.to, text).to;
  const behind = text.slice(statement.to, end).replace(/\r$/, "");
  const isAlone = /^\s*((\/\/|#).*|\/\*[^*]*\*\/\s*)?$/.test(behind);
  const to = isAlone ? statement.to + behind.length : statement.to;
  const isTwice = new Set(it.declares).size < it.declares.length;
  const names = (isAll || it.isCertainWithin) && !isTwice ? sortedNames(it.names, source) : [];
  if (names === "comment")
    return refused(`${ID}.comment`, "To which name a comment belongs is not clear.", statement);
  const own = names.map((at) => ({ ...at, from: at.from - from, to: at.to - from }));
  return {
    ...it,
    from,
    to,
    text: withChanges(text.slice(from, to), own),
    isBarrier: it.isBarrier || !isAlone,
  };
}

/** Imports that follow each other and may change places. */
function runsOf(
  units: readonly Unit[],
  isAll: boolean,
  isOverGaps: boolean,
  source: Source,
): readonly (readonly Unit[])[] {
  const runs: Unit[][] = [];
  let last: Unit | undefined;
  for (const it of units) {
    const isFree = !it.isBarrier && (isAll || it.isCertain) && isFirstInLine(it, source);
    const between = last ? source.text.slice(last.to, it.from) : "";
    const isNext = between.trim() === "" && (isOverGaps || between.split("\n").length === 2);
    const isJoined = isFree && last !== undefined && !last.isBarrier && (isAll || last.isCertain) && isNext;
    if (isJoined) runs.at(-1)?.push(it);
    else runs.push([it]);
    last = isFree ? it : { ...it, isBarrier: true };
  }
  return runs;
}

function isFirstInLine({ statement }: Unit, { text }: Source): boolean {
  return text.slice(lineOf(statement.from, text).from, statement.from).trim() === "";
}

function ordered(run: readonly Unit[]): readonly Unit[] {
  return run.toSorted((a, b) => a.group - b.group || compared(a.key, b.key));
}

/** An import of a name that another one of the run has, too, in another order than it was. */
function clashIn(run: readonly Unit[]): Unit | undefined {
  const seen = new Set<string>();
  for (const it of run) {
    if (it.declares.some((name) => isTaken(name, seen))) return it;
    for (const name of it.declares) seen.add(name);
  }
  return undefined;
}

/** Modules of one package share its name; anything else that has it is another thing. */
function isTaken(name: string, seen: ReadonlySet<string>): boolean {
  const isPackage = name.endsWith(".");
  return isPackage ? seen.has(name.slice(0, -1)) : seen.has(name) || seen.has(`${name}.`);
}

/** Each in the place of another, so that what stands between them stays. */
function inSlots(run: readonly Unit[], { text }: Source): readonly TextChange[] {
  const sorted = clashIn(run) ? run : ordered(run);
  return sorted.flatMap((it, index) => {
    const slot = run[index];
    const isSame = !slot || text.slice(slot.from, slot.to) === it.text;
    return isSame ? [] : [{ from: slot.from, to: slot.to, text: it.text }];
  });
}

/** All of them anew, with an empty line between groups. */
function regrouped(run: readonly Unit[], source: Source): readonly TextChange[] | Refusal {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return [];
  const { text } = source;
  const inside = source.root.children.find(
    (it) =>
      isComment(it) &&
      it.from >= first.from &&
      it.to <= last.to &&
      !run.some((at) => at.from <= it.from && it.to <= at.to),
  );
  if (inside) return refused(`${ID}.comment`, "To which import a comment belongs is not clear.", inside);
  const end = lineEnd(text);
  const made = ordered(run)
    .map((it, index, all) => {
      const before = all[index - 1];
      return (before ? end + (before.group === it.group ? "" : end) : "") + it.text;
    })
    .join("");
  return text.slice(first.from, last.to) === made ? [] : [{ from: first.from, to: last.to, text: made }];
}
