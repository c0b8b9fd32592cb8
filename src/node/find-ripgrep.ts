import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { findProgram } from "./find-program.ts";

/** Where ripgrep may be. */
export interface RipgrepPlaces {
  /** VS Code's own folder (`vscode.env.appRoot`), in the editor. */
  readonly appRoot?: string;
  /** Folder of the running file: the package `@vscode/ripgrep` is looked for there and above. */
  readonly here: string;
  /** The search path; folders of it inside the workspace are not trusted. */
  readonly path: string;
  readonly workspace: readonly string[];
}

/** Where ripgrep is: VS Code's, our package's, or one installed; `undefined` when there is none. */
export function findRipgrep({ appRoot, here, path, workspace }: RipgrepPlaces): string | undefined {
  const present = [...(appRoot === undefined ? [] : editorPlaces(appRoot)), ...packagePlaces(here)].find(
    existsSync,
  );
  return present ?? findProgram(["rg"], path, workspace);
}

function binary(): string {
  return process.platform === "win32" ? "rg.exe" : "rg";
}

function editorPlaces(appRoot: string): readonly string[] {
  const platform = `${process.platform}-${process.arch}`;
  return ["node_modules", "node_modules.asar.unpacked"].flatMap((modules) => [
    join(appRoot, modules, "@vscode/ripgrep-universal/bin", platform, binary()),
    join(appRoot, modules, "@vscode/ripgrep/bin", binary()),
  ]);
}

/** The package itself only names a binary that a package for the platform brings. */
function packagePlaces(here: string): readonly string[] {
  const parts = ["node_modules", "@vscode", `ripgrep-${process.platform}-${process.arch}`, "bin", binary()];
  const parent = dirname(here);
  return [join(here, ...parts), ...(parent === here ? [] : packagePlaces(parent))];
}
