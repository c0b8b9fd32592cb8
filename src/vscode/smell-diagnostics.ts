import * as vscode from "vscode";
import type { Finding, Spot } from "../smells/finding.ts";

/** Who says it, in the editor's list of problems. */
export const SMELL_SOURCE = "Wheelhouse";

/** What is shown of findings, and what they were told of. */
export interface ShownSmells {
  readonly findings: readonly Finding[];
  /** The version of the document that they hold for. */
  readonly version: number;
}

/** A finding among the editor's problems. */
export function diagnosticOf(finding: Finding): vscode.Diagnostic {
  const { Information } = vscode.DiagnosticSeverity;
  const diagnostic = new vscode.Diagnostic(rangeOf(finding), finding.message, Information);
  diagnostic.source = SMELL_SOURCE;
  diagnostic.code = finding.smell;
  if (/^(unused|unreachable)-/.test(finding.smell)) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  diagnostic.relatedInformation = (finding.related ?? []).map((it) => {
    const location = new vscode.Location(vscode.Uri.file(it.path), rangeOf(it));
    return new vscode.DiagnosticRelatedInformation(location, it.message);
  });
  return diagnostic;
}

/** The place as the editor counts. */
export function rangeOf({ line, column, endLine, endColumn }: Spot): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}
