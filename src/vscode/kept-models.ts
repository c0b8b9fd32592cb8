import type * as vscode from "vscode";

const NAME = "languageModels";

/** Models that the editor was offered last, over windows and restarts. */
export interface KeptModels {
  readonly get: () => readonly vscode.LanguageModelChatInformation[];
  readonly put: (models: readonly vscode.LanguageModelChatInformation[]) => PromiseLike<void>;
}

/** Them in the extension's own state. */
export function keptModels(state: vscode.Memento): KeptModels {
  return {
    get: () => state.get<readonly vscode.LanguageModelChatInformation[]>(NAME, []),
    put: (models) => state.update(NAME, models),
  };
}
