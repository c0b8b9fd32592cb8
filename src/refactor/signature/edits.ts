import { type TextChange, withChanges } from "../../text/changes.ts";
import type { Source } from "../refactoring.ts";

/** Changes to a text of which some move what others change. */
export interface Edits {
  readonly add: (...changes: readonly TextChange[]) => void;
  /** The text of a stretch with the changes made in it, which are then no longer changes of their own. */
  readonly taken: (from: number, to: number) => string;
  /** Those that are left, in order. */
  readonly all: () => readonly TextChange[];
}

/** No changes yet. Whoever takes a stretch has to add what becomes of it. */
export function editsOf({ text }: Source): Edits {
  let changes: readonly TextChange[] = [];
  return { add, taken, all: () => changes };

  function add(...more: readonly TextChange[]): void {
    changes = [...changes, ...more].toSorted((a, b) => a.from - b.from || a.to - b.to);
  }

  function taken(from: number, to: number): string {
    const isWithin = (it: TextChange) => from <= it.from && it.to <= to;
    const inner = changes.filter(isWithin);
    changes = changes.filter((it) => !isWithin(it));
    return withChanges(
      text.slice(from, to),
      inner.map((it) => ({ ...it, from: it.from - from, to: it.to - from })),
    );
  }
}
