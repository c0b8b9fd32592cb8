import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { nodeFiles } from "../../src/node/files.ts";
import { writeAtomically } from "../../src/node/write-atomically.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";

const FORM = { encoding: "utf8", bom: false };

/** Writes files but fails at one call: before it has done anything, or after it has written half. */
function failingAt(call: number, half: boolean) {
  let calls = 0;
  return async (path: string, bytes: Uint8Array): Promise<void> => {
    if (++calls !== call) return writeAtomically(path, bytes);
    if (half) await writeFile(path, bytes.subarray(0, bytes.length / 2));
    throw new Error("injected");
  };
}

async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = entries.map(async (it) => {
    const path = join(it.parentPath, it.name);
    return [path.slice(folder.length), it.isFile() ? await readFile(path, "utf8") : "(folder)"];
  });
  return Object.fromEntries(await Promise.all(read));
}

describe("writing several files", () => {
  it("changes all or none, wherever it fails", async () => {
    const text = fc.option(fc.constantFrom("a", "bb", "cccc"), { nil: undefined });
    const file = fc.record({
      path: fc.constantFrom("a", "b", "d/c", "d/e/f", "g/h"),
      before: text,
      after: text,
    });
    const changes = fc.uniqueArray(file, { selector: (it) => it.path, minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(changes, fc.integer({ min: 1, max: 6 }), fc.boolean(), async (wanted, call, half) => {
        const { folder, remove } = await temporaryFolder();
        for (const { path, before } of wanted) {
          if (before === undefined) continue;
          await mkdir(dirname(join(folder, path)), { recursive: true });
          await writeFile(join(folder, path), before);
        }
        const before = await contents(folder);
        const files = nodeFiles({ writeFile: failingAt(call, half) });
        const written = await files.write(
          wanted.map((it) => ({ ...it, path: join(folder, it.path), form: FORM })),
          never(),
        );
        const after = await contents(folder);
        if (written.kind === "failed") assert.deepEqual(after, before);
        else for (const it of wanted) assert.equal(after[`/${it.path}`], it.after);
        await remove();
      }),
      { numRuns: 150 },
    );
  });

  it("keeps what somebody saves while files are put back, and names it", async () => {
    const { folder, remove } = await temporaryFolder();
    const [a, b] = [join(folder, "a"), join(folder, "b")];
    for (const path of [a, b]) await writeFile(path, "old");
    const calls: string[] = [];
    const files = nodeFiles({
      async writeFile(path, bytes, check) {
        calls.push(path);
        if (path === b) throw new Error("no room");
        if (calls.length > 1) await writeFile(a, "a person's words");
        check?.();
        await writeFile(path, bytes);
      },
    });
    const change = { before: "old", after: "new", form: FORM };
    const written = await files.write(
      [a, b].map((path) => ({ ...change, path })),
      never(),
    );
    assert.match(
      written.kind === "failed" ? written.reason : "",
      /could not be put back: .*a \(it was changed/,
    );
    assert.deepEqual([calls, await contents(folder)], [[a, b, a], { "/a": "a person's words", "/b": "old" }]);
    await remove();
  });

  it("notices when what was written is not what stands there, and leaves that, for it is somebody else's", async () => {
    const { folder, remove } = await temporaryFolder();
    const files = nodeFiles({ writeFile: (path) => writeFile(path, "something else") });
    const path = join(folder, "a");
    const written = await files.write([{ path, before: undefined, after: "1", form: FORM }], never());
    assert.match(written.kind === "failed" ? written.reason : "", /read back.*could not be put back: .*a \(/);
    assert.deepEqual(await contents(folder), { "/a": "something else" });
    await remove();
  });

  it("leaves no temporary file behind when a file cannot be replaced", async () => {
    const { folder, remove } = await temporaryFolder();
    await mkdir(join(folder, "full/of"), { recursive: true });
    await assert.rejects(writeAtomically(join(folder, "full"), Uint8Array.of(1)));
    assert.deepEqual(await readdir(folder), ["full"]);
    await remove();
  });

  it("keeps the owner of a file where it may", async function () {
    if (process.getuid?.() !== 0) this.skip();
    const { folder, remove } = await temporaryFolder();
    const path = join(folder, "a");
    await writeFile(path, "1");
    const { chown } = await import("node:fs/promises");
    await chown(path, 1234, 1235);
    await writeAtomically(path, Uint8Array.of(50));
    const { uid, gid } = await stat(path);
    assert.deepEqual([uid, gid], [1234, 1235]);
    await remove();
  });

  it("does not read what may never end", async function () {
    if (process.platform !== "linux") this.skip();
    const found = await nodeFiles().read("/dev/zero", never());
    assert.match(found.kind === "failed" ? found.reason : "", /no ordinary file/);
  });
});

describe("a file that somebody saves while a change is written", () => {
  for (const [what, after] of [
    ["replaced", "ours"],
    ["removed", undefined],
  ] as const)
    it(`keeps what they saved, though it was to be ${what}`, async () => {
      const { folder, remove } = await temporaryFolder();
      const [first, second] = [join(folder, "a"), join(folder, "b")];
      for (const path of [first, second]) await writeFile(path, "before");
      const files = nodeFiles({
        async writeFile(path, bytes, check) {
          // The last moment at which they can be quicker than we.
          if (path === first) await writeFile(second, "theirs");
          await writeAtomically(path, bytes, check);
        },
      });
      const change = { before: "before", form: FORM };
      const written = await files.write(
        [
          { ...change, path: first, after: "ours" },
          { ...change, path: second, after },
        ],
        never(),
      );
      assert.deepEqual(written, { kind: "stale", path: second });
      assert.deepEqual(await contents(folder), { "/a": "before", "/b": "theirs" });
      await remove();
    });

  it("is not put back over, when a later file cannot be written", async () => {
    const { folder, remove } = await temporaryFolder();
    const [first, second] = [join(folder, "a"), join(folder, "b")];
    for (const path of [first, second]) await writeFile(path, "before");
    const files = nodeFiles({
      async writeFile(path, bytes, check) {
        if (path === first) return writeAtomically(path, bytes, check);
        await writeFile(first, "theirs");
        throw new Error("injected");
      },
    });
    const change = { before: "before", after: "ours", form: FORM };
    const written = await files.write(
      [
        { ...change, path: first },
        { ...change, path: second },
      ],
      never(),
    );
    assert.match(
      written.kind === "failed" ? written.reason : "",
      /injected.*could not be put back.*a \(it was changed/,
    );
    assert.deepEqual(await contents(folder), { "/a": "theirs", "/b": "before" });
    await remove();
  });
});
