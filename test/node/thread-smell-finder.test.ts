import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { nodeOutliner, type ThreadOutliner } from "../../src/node/outliner.ts";
import { never } from "../contract/temporary-folder.ts";
import { grammarsFolder } from "../syntax/grammars.ts";

const USUAL = { limits: {}, ignored: [] };
const file = { path: "/a.js", text: "f(r * 6.5);\n" };
const worker = new URL("../../src/syntax-worker.ts", import.meta.url);

describe("looking for smells on a thread", () => {
  let outliner: ThreadOutliner;
  before(async () => {
    outliner = nodeOutliner({ worker, grammars: await grammarsFolder() });
  });
  after(() => outliner.dispose());

  it("finds them, and hands back what is needed to compare files", async () => {
    const { smells } = outliner;
    const found = await smells.examine(file, USUAL, never());
    assert.ok(found.kind === "examined");
    assert.deepEqual(
      found.findings.map((it) => it.smell),
      ["magic-number"],
    );
    const limits = { duplicateTokens: 5, duplicateLines: 1 };
    const twice = [found.tokens, { ...found.tokens, path: "/b.js" }];
    const compared = await smells.compare(twice, { limits, ignored: [] }, never());
    assert.ok(compared.kind === "compared" && compared.smells.length > 10);
    assert.deepEqual(
      compared.findings.map((it) => [it.path, it.related?.[0]?.path]),
      [["/b.js", "/a.js"]],
    );
  });

  it("ends when it is told to, and goes on with the next", async () => {
    const controller = new AbortController();
    const asked = outliner.smells.examine(file, USUAL, controller.signal);
    controller.abort(new Error("enough"));
    await assert.rejects(asked, /enough/);
    await assert.rejects(outliner.smells.compare([], USUAL, controller.signal), /enough/);
    assert.equal((await outliner.smells.examine(file, USUAL, never())).kind, "examined");
  });

  it("leaves out what is too long", async () => {
    const long = { path: "/a.js", text: " ".repeat(1024 * 1024 + 1) };
    assert.equal((await outliner.smells.examine(long, USUAL, never())).kind, "skipped");
  });

  it("has failed where nothing can be parsed", async () => {
    const broken = nodeOutliner({ worker, grammars: "/nowhere" });
    const found = await broken.smells.examine(file, USUAL, never());
    await broken.dispose();
    assert.ok(found.kind === "failed" && found.reason.includes("/a.js"));
  });
});
