import type ts from "typescript-js";

/** The files of a program that can see what is declared in some of its files: these, and what imports them, and so on; all of them where one has no imports and exports, for its names are everybody's. */
export function dependents(paths: readonly string[], program: ts.Program): readonly string[] {
  const importers = new Map<string, string[]>();
  const all = program.getSourceFiles();
  const isModule = (path: string) => {
    const file = program.getSourceFile(path);
    return (
      file !== undefined && "externalModuleIndicator" in file && file.externalModuleIndicator !== undefined
    );
  };
  if (!paths.every(isModule)) return all.map((it) => it.fileName);
  for (const file of all)
    for (const target of importsOf(file, program)) {
      const list = importers.get(target);
      if (list) list.push(file.fileName);
      else importers.set(target, [file.fileName]);
    }
  const seen = new Set(paths);
  // A set is gone through with what is added to it meanwhile.
  for (const path of seen) for (const importer of importers.get(path) ?? []) seen.add(importer);
  return [...seen];
}

/** Absolute paths of the files that a file imports, by whatever form. */
function importsOf(file: ts.SourceFile, program: ts.Program): readonly string[] {
  const literals = "imports" in file ? (file.imports as readonly ts.StringLiteralLike[]) : [];
  return literals.flatMap((it) => {
    const found = resolutionOf(file, it, program);
    return found === undefined ? [] : [found];
  });
}

function resolutionOf(file: ts.SourceFile, literal: ts.StringLiteralLike, program: ts.Program) {
  const checker = program.getTypeChecker();
  const [declaration] = checker.getSymbolAtLocation(literal)?.declarations ?? [];
  const path = declaration?.getSourceFile().fileName;
  return path === file.fileName ? undefined : path;
}
