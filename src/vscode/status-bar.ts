import * as vscode from "vscode";
import type { SessionState } from "../agent/session.ts";

/** One item: what the shown session does and what it cost. */
export function statusBar(subscriptions: vscode.Disposable[]): {
  readonly show: (state: SessionState) => void;
} {
  const item = vscode.window.createStatusBarItem("wheelhouse.status", vscode.StatusBarAlignment.Right, 90);
  item.name = "Wheelhouse";
  item.command = "wheelhouse.focus";
  subscriptions.push(item);
  return {
    show(state) {
      const { icon, word } = LOOKS[state.status];
      const cost = state.cost > 0 ? ` $${state.cost.toFixed(2)}` : "";
      item.text = `$(${icon})${cost}`;
      item.tooltip = `Wheelhouse: ${word}\n${state.model}, mode ${state.mode}${cost === "" ? "" : `\nthis session:${cost}${state.costIncomplete ? " and calls of unknown price" : ""}`}`;
      item.accessibilityInformation = { label: `Wheelhouse, ${word}${cost}` };
      item.show();
    },
  };
}

const LOOKS = {
  resting: { icon: "compass", word: "resting" },
  working: { icon: "sync~spin", word: "working" },
  waiting: { icon: "bell-dot", word: "waiting for your answer" },
} as const;
