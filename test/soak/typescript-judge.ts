import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../../scripts/paths.ts";
import { withChanges } from "../../src/text/changes.ts";

/** What is used of the language service that comes with VS Code: the package `typescript` has no API any more. */
interface TypeScript {
  readonly createLanguageService: (host: unknown) => {
    readonly findRenameLocations: (
      file: string,
      at: number,
      inStrings: boolean,
      inComments: boolean,
      preferences: unknown,
    ) => readonly RenameLocation[] | undefined;
    readonly getSemanticDiagnostics: (file: string) => readonly {
      readonly code: number;
      readonly messageText: unknown;
    }[];
    readonly getSyntacticDiagnostics: (file: string) => readonly unknown[];
  };
  readonly ScriptSnapshot: { readonly fromString: (text: string) => unknown };
}

interface RenameLocation {
  readonly fileName: string;
  readonly textSpan: { readonly start: number; readonly length: number };
  readonly prefixText?: string;
  readonly suffixText?: string;
}

const file = join(
  root,
  ".vscode-test/web/node_modules/code-server/lib/vscode/extensions/node_modules/typescript/lib/typescript.js",
);
const typescript = existsSync(file) ? (createRequire(import.meta.url)(file) as TypeScript) : undefined;

/** Whether the VS Code of the tests is there, and TypeScript with it. */
export const hasTypeScript = typescript !== undefined;

/** What TypeScript's language service makes of a text when the name at an offset is renamed; `undefined`: it does not. */
export function renamedByTypeScript(
  path: string,
  text: string,
  at: number,
  name: string,
): string | undefined {
  const found = serviceFor(path, text)?.findRenameLocations(path, at, false, false, {
    providePrefixAndSuffixTextForRename: true,
  });
  if (!found || found.some((it) => it.fileName !== path)) return undefined;
  const changes = found.map(({ textSpan, prefixText = "", suffixText = "" }) => ({
    from: textSpan.start,
    to: textSpan.start + textSpan.length,
    text: prefixText + name + suffixText,
  }));
  return withChanges(
    text,
    changes.toSorted((a, b) => a.from - b.from),
  );
}

/** "Cannot find name", "… Did you mean …", "No value exists in scope for the shorthand property". */
const UNKNOWN_NAME = [2304, 2552, 18004];

/** The names of a text that nothing declares, as TypeScript sees it, sorted; and whether it has syntax errors. */
export function unknownNames(path: string, text: string): readonly string[] {
  const service = serviceFor(path, text);
  if (!service) return [];
  const broken = service.getSyntacticDiagnostics(path).length > 0 ? ["a syntax error"] : [];
  const unknown = service
    .getSemanticDiagnostics(path)
    .filter((it) => UNKNOWN_NAME.includes(it.code))
    .map((it) => /'([^']*)'/.exec(String(it.messageText))?.[1] ?? "");
  return [...broken, ...new Set(unknown)].sort();
}

type Service = ReturnType<TypeScript["createLanguageService"]>;
let last: { readonly text: string; readonly service: Service | undefined } | undefined;

/** The service of one file alone, kept for the next question about it. */
function serviceFor(path: string, text: string): Service | undefined {
  if (last?.text === text) return last.service;
  const service = typescript?.createLanguageService({
    // 99: ESNext; 3: every file is a module.
    getCompilationSettings: () => ({
      allowJs: true,
      checkJs: true,
      noLib: true,
      noResolve: true,
      target: 99,
      module: 99,
      moduleDetection: 3,
    }),
    getScriptFileNames: () => [path],
    getScriptVersion: () => "1",
    getScriptSnapshot: (it: string) => (it === path ? typescript.ScriptSnapshot.fromString(text) : undefined),
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => "",
    fileExists: (it: string) => it === path,
    readFile: (it: string) => (it === path ? text : undefined),
  });
  last = { text, service };
  return service;
}
