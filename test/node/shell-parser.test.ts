import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { nodeOutliner, type ThreadOutliner } from "../../src/node/outliner.ts";
import type { ShellNode, ShellTree } from "../../src/world.ts";
import { grammarsFolder } from "../syntax/grammars.ts";

const worker = new URL("../../src/syntax-worker.ts", import.meta.url);
const { signal } = new AbortController();
let parser: ThreadOutliner;
before(async () => {
  parser = nodeOutliner({ worker, grammars: await grammarsFolder() });
});
after(() => parser.dispose());

function types(tree: ShellTree): string {
  const shown = (it: ShellNode): string =>
    it.children.length === 0 ? it.type : `${it.type}(${it.children.map(shown).join(" ")})`;
  return tree.kind === "tree" ? shown(tree.root) : tree.reason;
}

describe("a parser of command lines", () => {
  it("answers a tree with the places of its nodes", async () => {
    const text = "é=1 ls 'ü' | wc";
    const tree = await parser.parse(text, signal);
    assert.equal(
      types(await parser.parse("ls a | wc", signal)),
      "program(pipeline(command(command_name(word) word) | command(command_name(word))))",
    );
    const pipe = tree.kind === "tree" ? tree.root.children[0]?.children[1] : undefined;
    assert.equal(text.slice(pipe?.from, pipe?.to), "|");
  });

  for (const [what, text, reason] of [
    ["what bash would not take", "ls )", /not written as bash/],
    ["what is not closed", "echo 'a", /not written as bash/],
    ["what is too long", "a".repeat(10_001), /longer than/],
    [
      "what is nested too deeply",
      `${"(".repeat(1_000)}ls${")".repeat(1_000)}`,
      /nested too deeply|too long|not written/,
    ],
  ] as const) {
    it(`fails for ${what}`, async () => {
      assert.match(types(await parser.parse(text, signal)), reason);
    });
  }

  it("takes little time, whatever stands in the line", async () => {
    const from = performance.now();
    for (const it of ["${", "$(", "((", "`", "<<a ", "[[ ", "{ ", '"$('])
      await parser.parse(it.repeat(10_000 / it.length), signal);
    // Each has its 100 ms; far more would be needed without that.
    assert.ok(performance.now() - from < 5_000);
    assert.equal((await parser.parse("ls", signal)).kind, "tree");
  });

  it("says why when its grammar cannot be loaded", async () => {
    const broken = nodeOutliner({ worker, grammars: "/nowhere" });
    const tree = await broken.parse("ls", signal);
    assert.match(tree.kind === "failed" ? tree.reason : "", /parser|thread/);
    await broken.dispose();
  });

  it("rejects with the reason when stopped", async () => {
    const reason = new Error("stop");
    await assert.rejects(parser.parse("ls", AbortSignal.abort(reason)), reason);
  });
});
