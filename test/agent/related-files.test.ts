import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { filesWith, isUnderstood } from "../../src/agent/related-files.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { findRipgrep } from "../../src/node/find-ripgrep.ts";
import { nodeSearch } from "../../src/node/search.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";

describe("files of Java that have a word", () => {
  let folder: string;
  let remove: () => Promise<void>;
  const put = (name: string, text: string) => writeFile(join(folder, name), text);
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    await mkdir(join(folder, ".git"));
    await put("B.java", "class B { A a; }\n");
    await put("C.java", "class C { AB a; }\n");
    await put("d.py", "A = 1\n");
  });
  afterEach(() => remove());

  async function found() {
    const file = { path: join(folder, "A.java"), text: "class A {}\n" };
    const ports = {
      files: nodeFiles(),
      search: nodeSearch(findRipgrep({ here: import.meta.dirname, path: "", workspace: [] })),
      mayRead: async () => true,
    };
    const files = await filesWith({ words: ["A"], modules: [] }, file, folder, ports, never());
    return typeof files === "string" ? files : files.map((it) => it.path.slice(folder.length + 1));
  }

  it("are found, though names in them are not followed", async () => {
    assert.deepEqual(await found(), ["B.java"]);
    assert.equal(isUnderstood("A.java"), false);
  });

  it("are not all where a file of another language of its platform has it", async () => {
    await put("e.kt", "val a = A()\n");
    assert.match(String(await found()), /e\.kt" is one of those that have the word A/);
  });
});
