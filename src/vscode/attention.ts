import * as vscode from "vscode";

/** Where the person last did something. What comes by itself must not come between them and what they type. */
export interface Attention {
  /** To be told of whatever the person does in the panel. */
  readonly drawToPanel: () => void;
  readonly isInEditor: () => boolean;
}

/** Begins with the panel, where a session begins. */
export function attention(subscriptions: vscode.Disposable[]): Attention {
  let isInEditor = false;
  subscriptions.push(
    vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
      // Other kinds are not the person's doing.
      const { Keyboard, Mouse } = vscode.TextEditorSelectionChangeKind;
      if (kind === Keyboard || kind === Mouse) isInEditor = true;
    }),
  );
  return {
    drawToPanel: () => {
      isInEditor = false;
    },
    isInEditor: () => isInEditor,
  };
}
