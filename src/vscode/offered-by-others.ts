import * as vscode from "vscode";

/** An extension for a language, and those of our refactorings that it has in the editor's menus, too. */
interface Other {
  readonly extension: string;
  /** Ids of VS Code's languages. */
  readonly languages: readonly string[];
  readonly refactorings: readonly string[];
}

const OTHERS: readonly Other[] = [
  {
    // TypeScript's "Extract to constant", "Extract to function", "Inline variable", "Move to file", "Convert to arrow
    // function", "Convert to named function", "Convert to template string", "Remove unused declaration", "Sort Imports",
    // "Extract to type alias", "Extract to interface", "Generate 'get' and 'set' accessors" (of public fields, too),
    // "Convert parameters to destructured object"; F2 renames.
    extension: "vscode.typescript-language-features",
    languages: ["javascript", "javascriptreact", "typescript", "typescriptreact"],
    refactorings: [
      "convert-arrow-to-function",
      "convert-concatenation-to-template",
      "convert-default-export-to-named",
      "convert-function-to-arrow",
      "convert-named-export-to-default",
      "encapsulate-field",
      "extract-constant",
      "extract-function",
      "extract-interface",
      "extract-type",
      "extract-variable",
      "generate-accessors",
      "inline-variable",
      "introduce-parameter-object",
      "move-symbol",
      "remove-unused",
      "rename",
      "sort-imports",
    ],
  },
  {
    // Pylance's "Extract method" and "Extract variable"; F2 renames.
    extension: "ms-python.vscode-pylance",
    languages: ["python"],
    refactorings: ["extract-function", "extract-variable", "rename"],
  },
  {
    // "Extract to method", "Extract to local variable", "Extract to constant", "Inline local variable", "Organize imports",
    // "Generate hashCode() and equals()"; F2 renames.
    extension: "redhat.java",
    languages: ["java"],
    refactorings: [
      "extract-constant",
      "extract-function",
      "extract-variable",
      "generate-equality",
      "inline-variable",
      "remove-unused",
      "rename",
      "sort-imports",
    ],
  },
  {
    // gopls: "Extract variable", "Extract constant", "Inline variable", "Invert 'if' condition", "Organize Imports"; F2 renames.
    extension: "golang.go",
    languages: ["go"],
    refactorings: [
      "extract-constant",
      "extract-variable",
      "inline-variable",
      "invert-if",
      "rename",
      "sort-imports",
    ],
  },
  {
    // "Extract into variable", "Extract into constant", "Inline variable"; F2 renames.
    extension: "rust-lang.rust-analyzer",
    languages: ["rust"],
    refactorings: ["extract-constant", "extract-variable", "inline-variable", "rename"],
  },
  {
    // "Introduce local", "Introduce constant", "Extract method", "Inline temporary variable", "Invert if", "Sort usings"; F2 renames.
    extension: "ms-dotnettools.csharp",
    languages: ["csharp"],
    refactorings: [
      "extract-constant",
      "extract-function",
      "extract-variable",
      "inline-variable",
      "invert-if",
      "remove-unused",
      "rename",
      "sort-imports",
    ],
  },
];

/** Whether an extension that is there offers the same in files of that language. */
export function isOfferedByOthers(id: string, language: string): boolean {
  return OTHERS.some(
    (it) =>
      it.refactorings.includes(id) &&
      it.languages.includes(language) &&
      vscode.extensions.getExtension(it.extension) !== undefined,
  );
}
