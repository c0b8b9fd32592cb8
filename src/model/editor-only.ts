import { NO_USAGE } from "./conversation.ts";
import type { ProviderType } from "./provider.ts";

/** The type of providers that ask the editor's own models. */
export const EDITOR_TYPE = "vscode-lm";

const ABSENT = "the editor's own models are there in the editor only";

/** That type where there is no editor: settings may name it, which are the same everywhere, and nothing can be asked of it. */
export const editorOnly: ProviderType = {
  type: EDITOR_TYPE,
  claims: () => false,
  infoOf: () => undefined,
  absent: ABSENT,
  open: () => ({
    name: EDITOR_TYPE,
    models: async () => [],
    async *ask() {
      const failure = { kind: "model-unknown", message: ABSENT } as const;
      yield { type: "failed", failure, text: "", usage: NO_USAGE };
    },
  }),
};
