import { patchOf } from "../text/diff.ts";
import type { FileChange } from "../world.ts";
import type { EditedProposal } from "./events.ts";

/** A change as the person allowed it, and what the model is told of their part in it. */
export interface Amended {
  /** None: they took everything out. */
  readonly changes: readonly FileChange[];
  readonly notes: readonly string[];
}

/** A proposed change with the texts the person wrote over it; paths that were not proposed change nothing. */
export function amended(proposed: readonly FileChange[], edited: readonly EditedProposal[]): Amended {
  const changes: FileChange[] = [];
  const notes: string[] = [];
  for (const change of proposed) {
    const text = edited.find((it) => it.path === change.path)?.text;
    const isTheirs = text !== undefined && change.after !== undefined && text !== change.after;
    if (!isTheirs) {
      changes.push(change);
      continue;
    }
    // An empty proposal of a new file is a file that was not to be made.
    const isDropped = text === (change.before ?? "");
    if (!isDropped) changes.push({ ...change, after: text });
    notes.push(noteOf(change, text, isDropped));
  }
  return { changes, notes };
}

function noteOf({ path, after }: FileChange, text: string, isDropped: boolean): string {
  if (isDropped) return `The person took all of your change to ${path} out: it is not made.`;
  const { patch } = patchOf(after ?? "", text);
  return `The person edited your change to ${path} before they allowed it. What they changed in it:\n${patch}`;
}
