import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { FileChange, Files, Found } from "../../src/world.ts";
import { never, temporaryFolder } from "./temporary-folder.ts";

const UTF8 = { encoding: "utf8", bom: false };

/** What every implementation of `Files` promises; `make` gets a fresh folder that it may work in. */
export function filesContract(name: string, make: (folder: string) => Promise<Files>): void {
  describe(`Files: ${name}`, () => {
    let files: Files;
    let folder: string;
    let remove: () => Promise<void>;
    beforeEach(async () => {
      ({ folder, remove } = await temporaryFolder());
      files = await make(folder);
    });
    afterEach(() => remove());

    const at = (path: string) => join(folder, path);
    const read = (path: string): Promise<Found> => files.read(at(path), never());
    const change = (path: string, before?: string, after?: string, form = UTF8): FileChange => ({
      path: at(path),
      before,
      after,
      form,
    });
    const write = (...changes: FileChange[]) => files.write(changes, never());
    const onDisk = (path: string) => readFile(at(path), "utf8").catch(() => undefined);

    it("leaves a read-only file as it is, and says so", async () => {
      await writeFile(at("a"), "old");
      await chmod(at("a"), 0o444);
      const written = await write(change("a", "old", "new"));
      assert.match(written.kind === "failed" ? written.reason : written.kind, /read-only/);
      assert.equal(await onDisk("a"), "old");
    });

    it("sweeps away what a dead process left half written, and nothing else", async () => {
      const dead = ".wheelhouse-999999999-0123456789ab.tmp";
      const living = `.wheelhouse-${process.pid}-0123456789ab.tmp`;
      for (const name of [dead, living, ".wheelhouse-x.tmp", "a.tmp"]) await writeFile(at(name), "half");
      await files.sweep(folder);
      assert.deepEqual((await readdir(folder)).sort(), [living, ".wheelhouse-x.tmp", "a.tmp"].sort());
    });

    it("writes nothing where a link leads elsewhere than it did when the change was allowed", async () => {
      await mkdir(at("safe"));
      await mkdir(at("other"));
      await symlink(at("other"), at("link"));
      const allowed = { ...change("link/x", undefined, "x"), target: at("safe/x") };
      assert.equal((await write(allowed)).kind, "stale");
      assert.deepEqual(await readdir(at("other")), []);
    });

    it("reads text with its form and the hash of its bytes", async () => {
      await writeFile(at("a"), "\ufeffx\n");
      const found = await read("a");
      assert.deepEqual(found, {
        kind: "text",
        text: "x\n",
        form: { encoding: "utf8", bom: true },
        hash: createHash("sha256").update("\ufeffx\n").digest("hex"),
        unsaved: false,
      });
    });

    it("tells folders, binary files and nothing apart", async () => {
      await writeFile(at("b"), Uint8Array.of(1, 0, 2));
      assert.deepEqual(
        [(await read(".")).kind, (await read("b")).kind, (await read("none")).kind],
        ["folder", "binary", "absent"],
      );
      assert.equal((await read("b/below")).kind, "absent");
    });

    it("reads bytes, or nothing where nothing is", async () => {
      await writeFile(at("b"), Uint8Array.of(1, 0, 2));
      assert.deepEqual([...((await files.bytes(at("b"), never())) ?? [])], [1, 0, 2]);
      assert.equal(await files.bytes(at("none"), never()), undefined);
    });

    it("writes, creates with folders, and removes in one change", async () => {
      await writeFile(at("a"), "1");
      await writeFile(at("b"), "2");
      const written = await write(
        change("a", "1", "one"),
        change("b", "2", undefined),
        change("new/deep/c", undefined, "3"),
      );
      assert.deepEqual(written, { kind: "written", formatted: [] });
      assert.deepEqual(
        [await onDisk("a"), await onDisk("b"), await onDisk("new/deep/c")],
        ["one", undefined, "3"],
      );
    });

    for (const [what, before, path] of [
      ["another text", "other", "a"],
      ["a text where there is none", "x", "none"],
      ["none where there is one", undefined, "a"],
    ] as const) {
      it(`writes nothing when a file was expected to hold ${what}`, async () => {
        await writeFile(at("a"), "1");
        await writeFile(at("z"), "1");
        assert.deepEqual(await write(change("z", "1", "2"), change(path, before, "3")), {
          kind: "stale",
          path: at(path),
        });
        assert.deepEqual([await onDisk("a"), await onDisk("z")], ["1", "1"]);
      });
    }

    it("puts back what was written when a later file cannot be", async () => {
      await writeFile(at("a"), "1");
      await writeFile(at("b"), "2");
      const written = await write(
        change("new/x", undefined, "x"),
        change("a", "1", "one"),
        change("b/below", undefined, "3"),
      );
      assert.equal(written.kind === "failed" && written.path, at("b/below"));
      assert.deepEqual(
        [await onDisk("a"), await onDisk("b"), (await readdir(folder)).sort()],
        ["1", "2", ["a", "b"]],
      );
    });

    it("keeps encoding and mark, and refuses what the encoding has no character for", async () => {
      const form = { encoding: "utf16le", bom: true };
      await writeFile(at("u"), "\ufeffé", "utf16le");
      assert.equal((await write(change("u", "é", "中", form))).kind, "written");
      assert.equal(await readFile(at("u"), "utf16le"), "\ufeff中");
      const lossy = await write(change("l", undefined, "中", { encoding: "win1252", bom: false }));
      assert.deepEqual([lossy.kind, await onDisk("l")], ["failed", undefined]);
    });

    it("keeps the mode of a file", async function () {
      // Windows has no executable bit.
      if (process.platform === "win32") this.skip();
      await writeFile(at("run.sh"), "1");
      await chmod(at("run.sh"), 0o755);
      await write(change("run.sh", "1", "2"));
      assert.equal((await stat(at("run.sh"))).mode & 0o777, 0o755);
    });

    it("writes through a link and leaves the link", async function () {
      // Windows lets only administrators make links.
      if (process.platform === "win32") this.skip();
      await mkdir(at("real"));
      await writeFile(at("real/a"), "1");
      await symlink(at("real/a"), at("link"));
      await write(change("link", "1", "2"));
      assert.deepEqual([await onDisk("real/a"), (await files.entry(at("link")))?.kind], ["2", "link"]);
    });

    it("refuses the same file under two names", async function () {
      // Windows lets only administrators make links.
      if (process.platform === "win32") this.skip();
      await writeFile(at("a"), "1");
      await symlink(at("a"), at("link"));
      assert.equal((await write(change("a", "1", "2"), change("link", "1", "3"))).kind, "failed");
      assert.equal(await onDisk("a"), "1");
    });

    it("lists children in name order and nothing where no folder is", async () => {
      for (const it of ["b", "a", "c"]) await writeFile(at(it), it);
      await mkdir(at("aa"));
      const entries = await files.list(folder);
      assert.deepEqual(
        entries.map((it) => [it.path, it.kind]),
        [
          [at("a"), "file"],
          [at("aa"), "folder"],
          [at("b"), "file"],
          [at("c"), "file"],
        ],
      );
      assert.deepEqual(await files.list(at("a")), []);
      assert.equal(await files.entry(at("none")), undefined);
    });

    it("resolves links in the part that exists, also dangling ones, and keeps the rest", async function () {
      // Windows lets only administrators make links.
      if (process.platform === "win32") this.skip();
      await mkdir(at("real"));
      await symlink("real", at("link"));
      await symlink("nowhere/deep", at("dangling"));
      await symlink("circle", at("circle"));
      assert.equal(await files.resolve(at("link/new/x")), at("real/new/x"));
      assert.equal(await files.resolve(at("dangling/x")), at("nowhere/deep/x"));
      await assert.rejects(files.resolve(at("circle")), /circle/);
    });

    it("rejects with the reason when stopped before it begins", async () => {
      const reason = new Error("stop");
      await assert.rejects(files.write([change("a", undefined, "1")], AbortSignal.abort(reason)), reason);
      assert.equal(await onDisk("a"), undefined);
    });
  });
}
