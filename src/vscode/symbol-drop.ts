import { basename, join } from "node:path";
import * as vscode from "vscode";
import { freePath } from "../agent/refactor-modules.ts";
import { never } from "../std/abort.ts";
import type { Files } from "../world.ts";
import type { CarryOut } from "./carry-out.ts";
import { type Marked, marked, type Refactorings } from "./refactorings.ts";
import { FileItem, FolderItem, SymbolItem } from "./symbol-items.ts";
import { SYMBOL_MIME } from "./symbol-mime.ts";

/** What happens to a symbol that is dragged to a file or a folder of the view: it moves there, with all imports fixed. */
export type SymbolDrop = Pick<
  Required<vscode.TreeDragAndDropController<vscode.TreeItem>>,
  "handleDrag" | "handleDrop"
>;

/** What is used to move a symbol; `say` tells why one does not move. */
export interface DropParts {
  readonly refactorings: Refactorings;
  readonly carryOut: CarryOut;
  readonly files: Files;
  readonly say: (sentence: string) => void;
}

/** Moves what is dropped. */
export function symbolDrop({ refactorings, carryOut, files, say }: DropParts): SymbolDrop {
  return {
    handleDrag([item], data) {
      // Items stay in this process, so the symbol itself can go along.
      if (item instanceof SymbolItem) data.set(SYMBOL_MIME, new vscode.DataTransferItem(item));
    },
    async handleDrop(target, data) {
      const dragged: unknown = data.get(SYMBOL_MIME)?.value;
      if (!(dragged instanceof SymbolItem) || !target) return;
      const at = await placeOf(dragged);
      if (!at) return say(`"${dragged.entry.name}" is not where it was. Try again.`);
      const to = await pathFor(target, at);
      if (to === undefined)
        return say(
          `"${dragged.entry.name}" cannot be moved: only what stands at the top of a JavaScript or TypeScript file can.`,
        );
      if (to !== dragged.path) await carryOut("move-symbol", at, { to });
    },
  };

  /** `undefined`: nothing can be moved from there. */
  async function pathFor(target: vscode.TreeItem, at: Marked): Promise<string | undefined> {
    const offers = await refactorings.offers(at, never());
    const offer = "kind" in offers ? undefined : offers.find((it) => it.id === "move-symbol");
    if (offer?.target === undefined) return undefined;
    if (target instanceof FolderItem) return freePath(join(target.path, basename(offer.target)), files);
    return target instanceof FileItem || target instanceof SymbolItem ? target.path : undefined;
  }
}

/** The name of a symbol in its document; `undefined` where it is not in its lines any more. */
async function placeOf({ path, entry }: SymbolItem): Promise<Marked | undefined> {
  const document = await vscode.workspace.openTextDocument(path);
  const lines = new vscode.Range(entry.line - 1, 0, entry.endLine, 0);
  const words = [...document.getText(lines).matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)];
  const found = words.find(([word]) => word === entry.name);
  if (!found) return undefined;
  const at = document.positionAt(document.offsetAt(lines.start) + found.index);
  return marked(document, new vscode.Range(at, at));
}
