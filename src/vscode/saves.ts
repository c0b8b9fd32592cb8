import * as vscode from "vscode";
import type { Listen } from "../node/sweep/sweeps.ts";

/** Hears which files the editor saves from now on, the person's saves as well as other sessions' edits. */
export const savesFrom: Listen = () => {
  const paths = new Set<string>();
  const heard = vscode.workspace.onDidSaveTextDocument((it) => {
    if (it.uri.scheme === "file") paths.add(it.uri.fsPath);
  });
  return { paths: () => paths, stop: () => heard.dispose() };
};
