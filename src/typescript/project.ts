import ts from "typescript-js";
import { parentOf } from "../text/paths.ts";
import type { Disk } from "./disk.ts";

/** Source files as the compiler sees them: texts that are given, and for the rest what is on the disk. */
export interface Project {
  readonly service: ts.LanguageService;
  readonly program: () => ts.Program;
  /** From now on these files, by absolute path, have those texts; others are as the disk has them. */
  readonly show: (texts: ReadonlyMap<string, string>) => void;
}

/** Where the compiler finds its own `lib.*.d.ts`, and the rest. */
export interface ProjectSetup {
  readonly disk: Disk;
  /** Folder of `lib.*.d.ts`. */
  readonly libraries: string;
  /** Absolute paths of what is compiled. */
  readonly roots: readonly string[];
  /** The compiler's settings are those of the nearest configuration above this file, up to `top`. */
  readonly file: string;
  readonly top: string;
}

/** A project. Nothing of it is written, and no plug-in of its configuration is run. */
export function projectOf({ disk, libraries, roots, file, top }: ProjectSetup): Project {
  const options = optionsFor(file, top, disk);
  let shown: ReadonlyMap<string, string> = new Map();
  let version = 0;
  const textOf = (path: string) => shown.get(path) ?? disk.read(path);
  const isThere = (path: string) => shown.has(path) || disk.isFile(path);
  const service = ts.createLanguageService(
    {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...roots],
      getProjectVersion: () => String(version),
      // The texts of the disk stay as they were read: what is planned is planned for one moment.
      getScriptVersion: (path) => (shown.has(path) ? `shown ${version}` : "disk"),
      getScriptSnapshot(path) {
        const text = textOf(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => top,
      getDefaultLibFileName: (it) => `${libraries}/${ts.getDefaultLibFileName(it)}`,
      fileExists: isThere,
      readFile: textOf,
      directoryExists: disk.isFolder,
      getDirectories: (path) => [...disk.folders(path)],
      realpath: disk.real,
      useCaseSensitiveFileNames: () => true,
    },
    ts.createDocumentRegistry(true, top),
  );
  return {
    service,
    program() {
      const it = service.getProgram();
      if (!it) throw new Error("the compiler made no program");
      return it;
    },
    show(texts) {
      shown = texts;
      version++;
    },
  };
}

/** Settings for telling types: all that is written is looked at, and nothing is written. */
function optionsFor(file: string, top: string, disk: Disk): ts.CompilerOptions {
  const config = configAbove(file, top, disk);
  return {
    ...(config === undefined ? WITHOUT : readOptions(config, disk)),
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    composite: false,
    incremental: false,
    declaration: false,
    emitDeclarationOnly: false,
  };
}

/** For files that no configuration speaks of. */
const WITHOUT: ts.CompilerOptions = {
  strict: true,
  jsx: ts.JsxEmit.Preserve,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ["*"],
};

function configAbove(file: string, top: string, disk: Disk): string | undefined {
  for (let at = parentOf(file); ; at = parentOf(at)) {
    for (const name of ["tsconfig.json", "jsconfig.json"])
      if (disk.isFile(`${at}/${name}`)) return `${at}/${name}`;
    if (at === top || at === parentOf(at)) return undefined;
  }
}

function readOptions(config: string, disk: Disk): ts.CompilerOptions {
  const host = {
    useCaseSensitiveFileNames: true,
    readDirectory: () => [],
    fileExists: disk.isFile,
    readFile: disk.read,
  };
  const { config: json = {} } = ts.readConfigFile(config, disk.read);
  const { options } = ts.parseJsonConfigFileContent(json, host, parentOf(config), undefined, config);
  // Before version 6 of the compiler all of @types counted where nothing was said.
  return { types: ["*"], ...options };
}
