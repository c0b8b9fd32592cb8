import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The type checker; by its file, for the compiler that is a library here has a program of that name, too. */
export const COMPILER = join(root, "node_modules/typescript/bin/tsc");
/** What is downloaded for starting and testing, and not part of the repository. */
export const cache = join(root, ".vscode-test");
