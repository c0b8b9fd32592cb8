import { nodeBlobs } from "../../src/node/blobs.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { findRipgrep } from "../../src/node/find-ripgrep.ts";
import { nodeOutliner } from "../../src/node/outliner.ts";
import { nodeSearch } from "../../src/node/search.ts";
import { nodeShell } from "../../src/node/shell.ts";
import { bubblewrapPath } from "../support/bubblewrap.ts";
import { grammarsFolder } from "../syntax/grammars.ts";
import { blobsContract } from "./blobs.contract.ts";
import { filesContract } from "./files.contract.ts";
import { outlinerContract } from "./outliner.contract.ts";
import { refactorerContract } from "./refactorer.contract.ts";
import { sandboxContract } from "./sandbox.contract.ts";
import { searchContract } from "./search.contract.ts";
import { shellContract } from "./shell.contract.ts";

filesContract("Node", async () => nodeFiles());
blobsContract("Node", nodeBlobs);
shellContract("Node", async () => nodeShell(process.env));
sandboxContract("Node without a sandbox", async () => nodeShell(process.env));
if (bubblewrapPath() !== undefined) {
  const inside = async (folder: string) =>
    nodeShell(process.env, () => ({ mode: "on", roots: [folder], allowWrite: [], allowedHosts: [] }));
  shellContract("Node, in a sandbox", inside);
  sandboxContract("Node, in a sandbox", inside);
}
searchContract("Node", async () =>
  nodeSearch(findRipgrep({ here: import.meta.dirname, path: "", workspace: [] })),
);
async function outlinerHere() {
  const worker = new URL("../../src/syntax-worker.ts", import.meta.url);
  const outliner = nodeOutliner({ worker, grammars: await grammarsFolder() });
  return { outliner, refactorer: outliner.refactorer, done: () => outliner.dispose() };
}
outlinerContract("Node", outlinerHere);
refactorerContract("Node", outlinerHere);
