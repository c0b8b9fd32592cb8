import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** What is downloaded for starting and testing, and not part of the repository. */
export const cache = join(root, ".vscode-test");
