/** What of the editor's documents can be refactored. The extension's door reads this: it loads nothing. */
export const REFACTOR_SELECTOR = [
  "javascript",
  "javascriptreact",
  "typescript",
  "typescriptreact",
  "python",
  "java",
  "go",
  "rust",
  "csharp",
].map((language) => ({ scheme: "file", language }));
