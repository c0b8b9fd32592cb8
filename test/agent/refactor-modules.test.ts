import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { freePath, likeness, loadedBy, textAt } from "../../src/agent/refactor-modules.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";

describe("the files that a move is about", () => {
  let folder: string;
  let remove: () => Promise<void>;
  const files = nodeFiles();
  const at = (name: string) => join(folder, name);
  const put = (name: string, text: string) => writeFile(at(name), text);
  before(async () => {
    ({ folder, remove } = await temporaryFolder());
    await mkdir(at("lib"));
    await put("total.ts", "");
    await put("total.1.ts", "");
    await put("a.ts", 'import { b } from "./lib/b.js";\nimport "./style.css";\nimport x from "x";\n');
    await put("lib/b.ts", 'export * from ".";\nimport { a } from "../a";\nimport { none } from "./none";\n');
    await put("lib/index.tsx", "");
    await put("style.css", "");
  });
  after(() => remove());

  /** What `a.ts` loads, and whether that is all. */
  async function loaded(mayRead: (path: string) => boolean = () => true) {
    const texts = [{ path: at("a.ts"), text: 'import { b } from "./lib/b.js";\n' }];
    const found = await loadedBy(texts, { files, mayRead: async (path) => mayRead(path) }, never());
    return [...found.files.map((it) => it.path.slice(folder.length + 1)), found.isAll];
  }

  it("are all that it loads by relative specifiers, each once", async () =>
    assert.deepEqual(await loaded(), ["lib/b.ts", "lib/index.tsx", true]));

  it("are not all where one may not be read", async () =>
    assert.deepEqual(await loaded((path) => !path.endsWith("x")), ["lib/b.ts", false]));

  it("have a path that is free", async () => {
    assert.equal(await freePath(at("total.ts"), files), at("total.2.ts"));
    assert.equal(await freePath(at("sum.ts"), files), at("sum.ts"));
    assert.equal(await freePath(at("A.tsx"), files), at("A.1.tsx"));
    assert.equal(await freePath(at("Lib.ts"), files), at("Lib.1.ts"));
  });

  it("know what may be taken for them", async () => {
    assert.equal(await likeness(at("a.js"), files), "a.ts");
    assert.equal(await likeness(at("a.ts"), files), undefined);
  });

  it("may be there or not, and have to be text", async () => {
    const reading = { files, mayRead: async () => true };
    assert.deepEqual(await textAt(at("none.ts"), reading, never()), []);
    assert.equal((await textAt(at("a.ts"), reading, never())).length, 1);
    assert.match(String(await textAt(folder, reading, never())), /is a folder$/);
  });
});
