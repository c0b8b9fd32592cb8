import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { Outline, Outliner } from "../../src/world.ts";
import { never } from "./temporary-folder.ts";

/** What every implementation of `Outliner` promises. */
export function outlinerContract(
  name: string,
  make: () => Promise<{ outliner: Outliner; done: () => Promise<void> }>,
): void {
  describe(`Outliner: ${name}`, () => {
    let outliner: Outliner;
    let done: () => Promise<void>;
    before(async () => {
      ({ outliner, done } = await make());
    });
    after(() => done());

    const outline = (path: string, text: string, signal = never()): Promise<Outline> =>
      outliner.outline(path, text, signal);

    it("lists declarations with kind, lines and depth", async () => {
      const text = "class A {\n  m() {\n    return 1;\n  }\n}\nfunction f() {}\n";
      assert.deepEqual(await outline("/x/a.ts", text), {
        kind: "symbols",
        language: "TypeScript",
        symbols: [
          { name: "A", kind: "class", line: 1, endLine: 5, depth: 0 },
          { name: "m", kind: "method", line: 2, endLine: 4, depth: 1 },
          { name: "f", kind: "function", line: 6, endLine: 6, depth: 0 },
        ],
        damaged: false,
      });
    });

    it("finds what it can in a damaged text and says that it is one", async () => {
      const found = await outline("/x/a.py", "def f():\n  pass\n\n)(\n");
      assert.deepEqual(found.kind === "symbols" && [found.damaged, found.symbols[0]?.name], [true, "f"]);
    });

    it("does not know every language", async () => {
      assert.deepEqual(await outline("/x/a.unknown", "x"), { kind: "unsupported" });
    });

    it("refuses what is too long", async () => {
      const found = await outline("/x/a.js", "x;".repeat(600_000));
      assert.match(found.kind === "failed" ? found.reason : "", /longer than 1 MiB/);
    });

    it("answers many questions at once, each its own", async () => {
      const names = Array.from({ length: 20 }, (_, index) => `f${index}`);
      const found = await Promise.all(names.map((it) => outline("/x/a.go", `package a\nfunc ${it}() {}\n`)));
      assert.deepEqual(
        found.map((it) => it.kind === "symbols" && it.symbols[0]?.name),
        names,
      );
    });

    it("rejects with the reason when stopped", async () => {
      const reason = new Error("stop");
      await assert.rejects(outline("/x/a.ts", "x", AbortSignal.abort(reason)), reason);
      const controller = new AbortController();
      const asked = outline("/x/a.ts", "class A {}", controller.signal);
      controller.abort(reason);
      await assert.rejects(asked, reason);
    });
  });
}
