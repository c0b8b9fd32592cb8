import ts from "typescript-js";

const FILE = "/p/a.ts";
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  types: [],
  module: ts.ModuleKind.ESNext,
  declaration: true,
  experimentalDecorators: true,
};

/** TypeScript's own files, read once. */
const libraries = new Map<string, ts.SourceFile | undefined>();

/** What TypeScript says is wrong with a file that imports nothing; empty: nothing. */
export function typeErrors(text: string): readonly string[] {
  const host = ts.createCompilerHost(OPTIONS);
  const read = host.getSourceFile;
  host.getSourceFile = (path, ...more) => {
    if (path === FILE) return ts.createSourceFile(FILE, text, ts.ScriptTarget.ES2022, true);
    if (!libraries.has(path)) libraries.set(path, read(path, ...more));
    return libraries.get(path);
  };
  const program = ts.createProgram([FILE], OPTIONS, host);
  return [...ts.getPreEmitDiagnostics(program), ...program.getDeclarationDiagnostics()].map((it) =>
    ts.flattenDiagnosticMessageText(it.messageText, "\n"),
  );
}
