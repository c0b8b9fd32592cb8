import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import { nodeFiles } from "../../src/node/files.ts";
import { findRipgrep } from "../../src/node/find-ripgrep.ts";
import { nodeOutliner } from "../../src/node/outliner.ts";
import { nodeSearch } from "../../src/node/search.ts";
import { nodeShell } from "../../src/node/shell.ts";
import { editorFiles } from "../../src/vscode/editor-files.ts";
import { filesContract } from "../contract/files.contract.ts";
import { outlinerContract } from "../contract/outliner.contract.ts";
import { refactorerContract } from "../contract/refactorer.contract.ts";
import { sandboxContract } from "../contract/sandbox.contract.ts";
import { searchContract } from "../contract/search.contract.ts";
import { shellContract } from "../contract/shell.contract.ts";

const dist = new URL("../../", import.meta.url);

filesContract("VS Code", async () => editorFiles(nodeFiles()));
shellContract("the extension host", async () => nodeShell(process.env));
sandboxContract("the extension host", async () => nodeShell(process.env));
// The one that comes with VS Code: nothing else is looked at.
searchContract("VS Code's ripgrep", async () =>
  nodeSearch(findRipgrep({ appRoot: vscode.env.appRoot, here: "", path: "", workspace: [] })),
);
async function bundled() {
  const outliner = nodeOutliner({
    worker: fileURLToPath(new URL("syntax-worker.cjs", dist)),
    grammars: fileURLToPath(new URL("grammars", dist)),
  });
  return { outliner, refactorer: outliner.refactorer, done: () => outliner.dispose() };
}
outlinerContract("the bundled worker", bundled);
refactorerContract("the bundled worker", bundled);
