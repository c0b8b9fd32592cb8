import * as vscode from "vscode";
import { hunksBetween } from "../text/hunks.ts";

/** A place (hunk, from 0) of a proposal, as its lens names it. */
export interface ProposedPlace {
  readonly uri: string;
  readonly hunk: number;
}

/** Whether a command was given such a place. */
export function isPlaceOf(given: unknown): given is ProposedPlace {
  const { uri, hunk } = (given ?? {}) as Record<string, unknown>;
  return typeof uri === "string" && typeof hunk === "number";
}

/** Above the first place the answers to the whole proposal, above each a way to leave it out. */
export function lensesOf(document: vscode.TextDocument, before: string): vscode.CodeLens[] {
  const hunks = hunksBetween(before, document.getText());
  const at = (line: number) => new vscode.Range(line, 0, line, 0);
  const [first] = hunks;
  const answers = ["Accept", "Deny"].map(
    (title) =>
      new vscode.CodeLens(at(first?.at ?? 0), {
        title,
        command: `wheelhouse.proposal.${title.toLowerCase()}`,
      }),
  );
  const places = hunks.map(
    ({ at: line }, hunk) =>
      new vscode.CodeLens(at(Math.min(line, document.lineCount - 1)), {
        title: "Leave Out",
        tooltip: "Take this place out of the proposal",
        command: "wheelhouse.proposal.leaveOut",
        arguments: [{ uri: document.uri.toString(), hunk } satisfies ProposedPlace],
      }),
  );
  return [...answers, ...places];
}
