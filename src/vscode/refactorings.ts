import { dirname } from "node:path";
import * as vscode from "vscode";
import { planRefactoring } from "../agent/refactor-files.ts";
import { freePath } from "../agent/refactor-modules.ts";
import type { World } from "../agent/wiring.ts";
import type { RefactorOffer } from "../refactor/engine.ts";
import type { Plan, Refusal } from "../refactor/plan.ts";
import { refused } from "../refactor/plan.ts";
import type { Options } from "../refactor/refactoring.ts";
import { never } from "../std/abort.ts";
import { shownPath } from "../text/paths.ts";

/** A stretch of a document at one version: what comes of it holds for that version only. */
export interface Marked {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly from: number;
  readonly to: number;
}

/** Refactoring of the editor's documents, as they are there, unsaved or not. */
export interface Refactorings {
  /** What can be done at a place, or why nothing can. */
  offers(at: Marked, signal: AbortSignal): Promise<readonly RefactorOffer[] | Refusal>;
  /** The changes; refused, too, when the document is another by now. */
  plan(id: string, at: Marked, options: Options, signal?: AbortSignal): Promise<Plan | Refusal>;
  /** The path, or one beside it if something is there, as a person reads it from the folder that paths are given from. */
  fresh(path: string, at: Marked): Promise<string>;
}

/** The range of a document as it is now. */
export function marked(document: vscode.TextDocument, range: vscode.Range): Marked {
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return { document, version: document.version, from, to };
}

/** Refactorings by the worker. */
export function refactorings({
  refactorer,
  types,
  files,
  search,
}: Pick<World, "refactorer" | "types" | "files" | "search">): Refactorings {
  const ports = { refactorer, types, files, search, mayRead: async () => true };
  return {
    async offers(at, signal) {
      const offered = await refactorer.offers(requestOf(at), signal);
      return offered.kind === "offers" ? offered.offers : offered;
    },
    async plan(id, at, options, signal = never()) {
      if (isOld(at)) return STALE;
      const plan = await planRefactoring(id, requestOf(at), options, folderOf(at), ports, signal);
      return isOld(at) ? STALE : plan;
    },
    fresh: async (path, at) => shownPath(await freePath(path, files), folderOf(at)),
  };
}

/** Where paths are given from. */
function folderOf({ document: { uri } }: Marked): string {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(uri.fsPath);
}

const STALE = refused("stale", "The file changed meanwhile. Try again.");

function isOld({ document, version }: Marked): boolean {
  return document.isClosed || document.version !== version;
}

function requestOf({ document, from, to }: Marked) {
  return { file: { path: document.uri.fsPath, text: document.getText() }, from, to };
}
