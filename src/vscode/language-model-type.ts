/** The type of providers that ask the editor's own models. */
export const LM_TYPE = "vscode-lm";
