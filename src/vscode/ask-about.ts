import * as vscode from "vscode";
import type { Finding } from "../smells/finding.ts";
import type { ChatView } from "./chat-view.ts";

/** Longest part of a file that is sent along, in UTF-16 units. */
const LIMIT = 20_000;

/** Sends a question about a finding to the chat, with the lines that it is about. */
export function askAbout(
  view: Pick<ChatView, "reveal" | "post">,
): (text: string, finding: Finding) => Promise<void> {
  return async (text, { path, line, endLine }) => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
    const lines = document.getText(new vscode.Range(line - 1, 0, endLine, 0)).slice(0, LIMIT);
    const part = { kind: "selection", path, from: line, to: endLine, text: lines } as const;
    await view.reveal();
    view.post({ type: "draft", text, attachments: [part], send: true });
  };
}
