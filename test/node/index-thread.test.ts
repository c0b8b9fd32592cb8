import assert from "node:assert/strict";
import { mkdir, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type ThreadIndex, threadIndex } from "../../src/node/index-thread.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";
import { grammarsFolder } from "../syntax/grammars.ts";

const WORKER = new URL("../../src/index-worker.ts", import.meta.url);
const PARSER = new URL("../../src/parse-worker.ts", import.meta.url);

describe("an index on a thread of its own", () => {
  let folder = "";
  let store = "";
  let remove: () => Promise<void>;
  let index: ThreadIndex;

  const open = async (grammars?: string) =>
    threadIndex({ worker: WORKER, parser: PARSER, grammars: grammars ?? (await grammarsFolder()), store });

  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    store = join(folder, "store");
    index = await open();
  });
  afterEach(async () => {
    await index.dispose();
    await remove();
  });

  async function put(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
    return Object.keys(files).map((it) => join(folder, it));
  }

  /** Ends the index and begins anew with what is kept; resolves with the path of that. */
  async function anew(): Promise<string> {
    await index.dispose();
    index = await open();
    const [name = ""] = await readdir(store);
    return join(store, name);
  }

  /** How many files had to be looked into, and what was found. */
  async function asked(
    files: readonly string[],
    name: string,
    texts: readonly { path: string; text: string }[] = [],
  ) {
    let looked = 0;
    const onProgress = (done: number) => (looked = done);
    const answer = await index.symbols({ folder, files, texts, onProgress }, name, 10, never());
    if (answer.kind === "failed") return assert.fail(answer.reason);
    const found = answer.found.map(
      (it) => `${it.path.slice(folder.length + 1)}:${it.line} ${it.kind} ${it.name}`,
    );
    return { looked, found, left: answer.left };
  }

  it("finds declarations in several languages", async () => {
    const files = await put({
      "a.ts": "export class Area {\n  area() {}\n}\n",
      "b.py": "def area():\n    pass\n",
      "c.go": "package main\nfunc area() {}\n",
    });
    assert.deepEqual((await asked(files, "area")).found, [
      "a.ts:2 method area",
      "b.py:1 function area",
      "c.go:2 function area",
      "a.ts:1 class Area",
    ]);
  });

  it("looks only into what has changed, also in another run", async () => {
    const files = await put({ "a.js": "function one() {}\n", "b.js": "function two() {}\n" });
    assert.equal((await asked(files, "one")).looked, 2);
    assert.equal((await asked(files, "one")).looked, 0);
    await put({ "a.js": "function three() {}\n" });
    await utimes(join(folder, "a.js"), 1, 1);
    assert.deepEqual(await asked(files, "three"), { looked: 1, found: ["a.js:1 function three"], left: 0 });
    assert.deepEqual((await asked(files, "one")).found, []);
    await anew();
    assert.deepEqual(await asked(files, "three"), { looked: 0, found: ["a.js:1 function three"], left: 0 });
  });

  it("forgets files that are gone, and knows of no others than it is asked about", async () => {
    const files = await put({ "a.js": "function one() {}\n", "b.js": "function one() {}\n" });
    assert.equal((await asked(files, "one")).found.length, 2);
    assert.equal((await asked(files.slice(0, 1), "one")).found.length, 1);
    await rm(join(folder, "a.js"));
    assert.deepEqual((await asked(files, "one")).found, ["b.js:1 function one"]);
  });

  it("takes a text that is not saved in place of the file", async () => {
    const files = await put({ "a.js": "function one() {}\n" });
    const texts = [{ path: files[0] ?? "", text: "function unsaved() {}\n" }];
    assert.deepEqual((await asked(files, "unsaved", texts)).found, ["a.js:1 function unsaved"]);
    assert.deepEqual((await asked(files, "unsaved")).found, []);
  });

  it("leaves out what no person has written", async () => {
    const line = `function wide() { ${"x;".repeat(2_000)} }`;
    const files = await put({
      "min.js": line,
      "binary.js": "function zero() {}\0",
      "large.js": `function large() {}\n${"// x\n".repeat(300_000)}`,
    });
    for (const name of ["wide", "zero", "large"])
      assert.deepEqual((await asked(files, name)).found, [], name);
  });

  for (const damage of ["not an index", ""])
    it(`is made anew where what is kept is damaged ("${damage}")`, async () => {
      const files = await put({ "a.js": "function one() {}\n" });
      await asked(files, "one");
      const path = await anew();
      assert.equal((await stat(store)).mode & 0o777, 0o700);
      await writeFile(path, damage);
      assert.equal((await asked(files, "one")).looked, 1);
    });

  it("forgets what was kept of folders that nobody works on", async () => {
    await mkdir(store);
    const old = join(store, "old.bin");
    await writeFile(old, "x");
    await utimes(old, 1, 1);
    const files = await put({ "a.js": "function one() {}\n" });
    await asked(files, "one");
    await anew();
    assert.equal((await readdir(store)).includes("old.bin"), false);
  });

  it("answers also where nothing can be kept", async () => {
    await writeFile(store, "a file where the folder should be");
    const files = await put({ "a.js": "function one() {}\n" });
    assert.equal((await asked(files, "one")).found.length, 1);
  });

  it("tells of files at which the parser breaks down, and goes on", async () => {
    await index.dispose();
    index = await open("/nowhere");
    const files = await put({ "a.js": "function one() {}\n", "b.js": "function two() {}\n" });
    assert.deepEqual(await asked(files, "one"), { looked: 2, found: [], left: 2 });
  });

  it("gives up where no parser works at all, and begins anew with the next question", async () => {
    await index.dispose();
    index = await open("/nowhere");
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`f${at}.js`, "function f() {}\n"]),
    );
    const files = await put(many);
    const scope = { folder, files, texts: [], onProgress: () => undefined };
    for (const _ of [1, 2]) {
      const answer = await index.symbols(scope, "f", 10, never());
      assert.ok(answer.kind === "failed");
      assert.match(answer.reason, /the parser broke down at 11 files one after another/);
    }
    await assert.rejects(readdir(store));
  });

  it("stops when nobody waits any more, and answers the next", async () => {
    await mkdir(join(folder, "many"));
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, at) => [`many/f${at}.js`, `function f${at}() {}\n`]),
    );
    const files = await put(many);
    const stop = new AbortController();
    const scope = { folder, files, texts: [], onProgress: () => stop.abort(new Error("enough")) };
    await assert.rejects(index.symbols(scope, "f1", 10, stop.signal), /enough/);
    assert.equal((await asked(files, "f499")).found[0], "many/f499.js:1 function f499");
  });

  it("has a first answer from the last changed files for one in a hurry, and goes on with the rest", async () => {
    await mkdir(join(folder, "many"));
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, at) => [`many/f${at}.js`, "function wanted() {}\n"]),
    );
    // More than are parsed at one time, so that the first that are done hold one.
    const late = Object.fromEntries(
      Array.from({ length: 120 }, (_, at) => [
        `many/late${at}.js`,
        "function wanted() {}\nfunction other() {}\n",
      ]),
    );
    const files = await put({ ...many, ...late });
    for (const it of Object.keys(late))
      await utimes(join(folder, it), new Date(), new Date(Date.now() + 60_000));
    const scope = { folder, files, texts: [], onProgress: () => undefined };
    const ask = async (name: string, more = {}) => {
      const answer = await index.symbols({ ...scope, ...more }, name, 1_000, never());
      assert.ok(answer.kind === "symbols");
      return answer;
    };
    const first = await ask("other", { patienceMs: 0 });
    assert.ok(first.total > 0 && first.total < 120 && first.ahead > 500, `${first.total}, ${first.ahead}`);
    // What is not there yet is waited for.
    const whole = await ask("wanted", { patienceMs: 0 });
    assert.deepEqual([whole.total, whole.ahead], [620, 0]);
    assert.deepEqual([(await ask("nowhere", { patienceMs: 0 })).total], [0]);
  });

  it("maps what the rest builds on", async () => {
    const files = await put({
      "core.ts": "export function parseDocument() {}\n",
      "a.ts": 'import { parseDocument } from "./core.ts";\n',
    });
    const scope = { folder, files, texts: [], onProgress: () => undefined };
    const map = await index.map(scope, { focus: [], tokens: 500 }, never());
    assert.ok(map.kind === "map");
    assert.deepEqual(
      map.files.map((it) => [it.path, it.symbols[0]?.name]),
      [[files[0], "parseDocument"]],
    );
  });
});
