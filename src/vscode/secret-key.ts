import * as vscode from "vscode";
import { keyIn } from "../node/own-key.ts";

const NAME = "anthropic.apiKey";

/** The API key: in the editor's secret storage, else from the environment. Never in settings, logs or pages. */
export interface SecretKey {
  readonly get: () => Promise<string | undefined>;
  /** Asks the person for it. */
  readonly ask: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** The key over the editor's secret storage. */
export function secretKey(secrets: vscode.SecretStorage): SecretKey {
  return {
    async get() {
      return (await secrets.get(NAME)) || keyIn(process.env);
    },
    async ask() {
      const key = await vscode.window.showInputBox({
        title: "Anthropic API Key",
        password: true,
        ignoreFocusOut: true,
        placeHolder: "sk-ant-…",
        prompt: "It is kept in the editor's secret storage and sent to the Anthropic API only.",
        validateInput: (it) =>
          /^\S{20,}$/.test(it.trim())
            ? undefined
            : "This does not look like a key: it has no blanks and is longer.",
      });
      if (key === undefined) return;
      await secrets.store(NAME, key.trim());
      void vscode.window.showInformationMessage(
        "The API key is set. New sessions use Claude; change a session's model in its panel.",
      );
    },
    async remove() {
      await secrets.delete(NAME);
      void vscode.window.showInformationMessage("The API key was removed from the editor's secret storage.");
    },
  };
}
