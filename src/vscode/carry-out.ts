import * as vscode from "vscode";
import type { Options } from "../refactor/refactoring.ts";
import { editOf, isForPreview, namePlace, renameAt } from "./refactor-edit.ts";
import type { Marked, Refactorings } from "./refactorings.ts";

/** Plans the refactoring with that id at a place and does it as one step of undo. */
export type CarryOut = (id: string, at: Marked, options: Options) => Promise<void>;

/** `say` tells why something is not done, `hasPreview` whether the person wants previews. */
export function carryingOut(
  refactorings: Refactorings,
  say: (sentence: string) => void,
  hasPreview: () => boolean,
): CarryOut {
  return async (id, at, options) => {
    const planned = await refactorings.plan(id, at, options);
    if (planned.kind === "refused") return say(planned.reason);
    const isPreviewed = hasPreview() && isForPreview(planned);
    const edit = await editOf(planned, isPreviewed);
    if (typeof edit === "string") return say(edit);
    if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
      // In the preview a person may have let it be.
      if (!isPreviewed) say("The editor did not apply the change.");
      return;
    }
    for (const it of planned.warnings) say(it);
    const place = namePlace(planned);
    if (place && options.name === undefined) await renameAt(place);
  };
}
