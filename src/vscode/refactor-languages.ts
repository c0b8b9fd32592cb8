/** Languages that are refactored, by the editor's ids. The extension's door reads this: it loads nothing. */
export const REFACTOR_LANGUAGES = [
  "javascript",
  "javascriptreact",
  "typescript",
  "typescriptreact",
  "python",
  "java",
  "go",
  "rust",
  "csharp",
] as const;

/** What of the editor's documents can be refactored. */
export const REFACTOR_SELECTOR = REFACTOR_LANGUAGES.map((language) => ({ scheme: "file", language }));
