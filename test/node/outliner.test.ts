import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, it } from "mocha";
import { nodeOutliner } from "../../src/node/outliner.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";
import { grammarsFolder } from "../syntax/grammars.ts";

const WORKER = new URL("../../src/syntax-worker.ts", import.meta.url);

describe("the outliner's thread", () => {
  it("is replaced after a trap, so that the next text is parsed again", async () => {
    const { folder, remove } = await temporaryFolder();
    const grammars = await grammarsFolder();
    for (const name of await readdir(grammars)) await copyFile(join(grammars, name), join(folder, name));
    await writeFile(join(folder, "tree-sitter-go.wasm"), "broken");
    const outliner = nodeOutliner({ worker: WORKER, grammars: folder });
    const first = await outliner.outline("/x/a.go", "package a", never());
    assert.match(first.kind === "failed" ? first.reason : "", /Cannot parse go/);
    await copyFile(join(grammars, "tree-sitter-go.wasm"), join(folder, "tree-sitter-go.wasm"));
    assert.equal((await outliner.outline("/x/a.go", "package a", never())).kind, "symbols");
    await outliner.dispose();
    await remove();
  });

  it("gives up a text that takes too long and goes on with the next", async () => {
    const outliner = nodeOutliner({ worker: WORKER, grammars: await grammarsFolder(), limitMs: 40 });
    const long = await outliner.outline("/x/a.cpp", "a<".repeat(400_000), never());
    assert.match(long.kind === "failed" ? long.reason : long.kind, /longer than 40 ms/);
    assert.equal((await outliner.outline("/x/a.c", "int a;", never())).kind, "symbols");
    await outliner.dispose();
  });

  it("answers what is open when it is closed, and works again when asked again", async () => {
    const outliner = nodeOutliner({ worker: WORKER, grammars: await grammarsFolder() });
    const open = outliner.outline("/x/a.ts", "class A {}", never());
    await outliner.dispose();
    assert.equal((await open).kind, "failed");
    assert.equal((await outliner.outline("/x/a.ts", "class A {}", never())).kind, "symbols");
    await outliner.dispose();
  });

  it("parses on in a third of the 600 MB that the optimising compiler takes for a grammar", async () => {
    const program = `
      const [module, worker, grammars] = process.argv.slice(1);
      const parser = (await import(module)).nodeOutliner({ worker: new URL(worker), grammars });
      const line = "cat a.txt | head -3 && git log; ".repeat(15);
      const kinds = new Set();
      for (let at = 0; at < 2500; at++) kinds.add((await parser.parse(line, new AbortController().signal)).kind);
      console.log([...kinds].join(), process.resourceUsage().maxRSS);
      await parser.dispose();`;
    const module = new URL("../../src/node/outliner.ts", import.meta.url).href;
    const given = ["--input-type=module", "-e", program, module, WORKER.href, await grammarsFolder()];
    const { stdout } = await promisify(execFile)(process.execPath, given);
    const [kinds, peak] = stdout.split(" ");
    assert.equal(kinds, "tree");
    assert.ok(Number(peak) < 300 * 1024, `${peak} kB at most in memory`);
  });
});
