import * as vscode from "vscode";
import type { Finding } from "../smells/finding.ts";
import { rangeOf, type ShownSmells } from "./smell-diagnostics.ts";

/** Quick fixes for the findings that `shown` has for a document: the refactoring or the change, and asking Wheelhouse. */
export function smellFixes(
  shown: (document: vscode.TextDocument) => ShownSmells | undefined,
): vscode.CodeActionProvider {
  return {
    provideCodeActions(document, range, { only }) {
      if (only && !only.contains(vscode.CodeActionKind.QuickFix)) return [];
      const known = shown(document);
      const here = known?.findings.filter((it) => rangeOf(it).intersection(range)) ?? [];
      const isFresh = known?.version === document.version;
      return here.flatMap((it) => [...(isFresh ? fixOf(it, document) : []), asking(it)]);
    },
  };
}

/** What the finding itself says takes it away; it holds for the text that was looked at only. */
function fixOf({ fix }: Finding, document: vscode.TextDocument): readonly vscode.CodeAction[] {
  if (!fix) return [];
  const range = (from: number, to: number) =>
    new vscode.Range(document.positionAt(from), document.positionAt(to));
  if (fix.kind === "edit") {
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    for (const { from, to, text } of fix.changes) action.edit.replace(document.uri, range(from, to), text);
    action.isPreferred = true;
    return [action];
  }
  const title = fix.replaceAll ? `${fix.title} (all places)` : fix.title;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  const given = { id: fix.id, at: range(fix.from, fix.to), replaceAll: fix.replaceAll };
  action.command = { title, command: "wheelhouse.refactor", arguments: [given] };
  return [action];
}

function asking(finding: Finding): vscode.CodeAction {
  const title = "Ask Wheelhouse to fix";
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command: "wheelhouse.smells.ask", arguments: [finding] };
  return action;
}
