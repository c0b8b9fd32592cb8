import { patchOf } from "../text/diff.ts";
import type { FileChange } from "../world.ts";
import type { EditedProposal } from "./events.ts";

/** A change as the person allowed it, and what the model is told of their part in it. */
export interface Amended {
  /** None: they took everything out. */
  readonly changes: readonly FileChange[];
  readonly notes: readonly string[];
}

/**
 * A proposed change with the texts the person wrote over it; paths that were not proposed change nothing. The notes have
 * these texts as `told` tells them.
 */
export function amended(
  proposed: readonly FileChange[],
  edited: readonly EditedProposal[],
  told: (text: string) => string,
): Amended {
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
    notes.push(isDropped ? droppedNote(change) : editedNote(change, text, told));
  }
  return { changes, notes };
}

function droppedNote({ path }: FileChange): string {
  return `The person took all of your change to ${path} out: it is not made.`;
}

function editedNote({ path, after }: FileChange, text: string, told: (text: string) => string): string {
  const { patch } = patchOf(after ?? "", text, told);
  return `The person edited your change to ${path} before they allowed it. What they changed in it:\n${patch}`;
}
