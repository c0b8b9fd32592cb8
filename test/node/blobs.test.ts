import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readdir, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, it } from "mocha";
import { blobPath, nodeBlobs } from "../../src/node/blobs.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

describe("blobs of several sessions", () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
  });
  afterEach(() => remove());

  const blobs = (session: string) => nodeBlobs(join(folder, "blobs"), join(folder, session));
  const bytesOf = (text: string) => new TextEncoder().encode(text);

  it("give back every content, large and small, as it was", async () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.nat(3_000)).map(([piece, times]) => {
        return Uint8Array.from({ length: piece.length * times }, (_, at) => piece[at % piece.length] ?? 0);
      }),
    );
    await fc.assert(
      fc.asyncProperty(content, async (bytes) => {
        const hash = await blobs("a").put(bytes);
        assert.deepEqual(await blobs("b").get(hash), bytes);
      }),
      { numRuns: 60 },
    );
  });

  it("keep one content once, and a text in a fraction of its size", async () => {
    const text = bytesOf("a line of text that is like the others\n".repeat(1_000));
    const [hash] = await Promise.all([blobs("a").put(text), blobs("b").put(text)]);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((it) =>
      it.isFile(),
    );
    assert.deepEqual(
      files.map((it) => it.name),
      [hash],
    );
    assert.ok((await stat(blobPath(join(folder, "blobs"), hash))).size < text.length / 10);
  });

  it("find what an older version kept with its session, and only there", async () => {
    const bytes = bytesOf("old");
    const hash = createHash("sha256").update(bytes).digest("hex");
    await mkdir(join(folder, "a"));
    await writeFile(join(folder, "a", hash), bytes);
    assert.deepEqual(await blobs("a").get(hash), bytes);
    assert.equal(await blobs("b").get(hash), undefined);
  });

  it("write anew what a crash cut short, and say so when it is asked for before", async () => {
    const hash = await blobs("a").put(bytesOf("whole"));
    await truncate(blobPath(join(folder, "blobs"), hash), 3);
    await assert.rejects(blobs("a").get(hash), /content has changed/);
    await blobs("a").put(bytesOf("whole"));
    assert.deepEqual(await blobs("a").get(hash), bytesOf("whole"));
  });

  it("mark what is put again as wanted", async () => {
    const hash = await blobs("a").put(bytesOf("x"));
    const path = blobPath(join(folder, "blobs"), hash);
    for (const age of [1_000_000, 60, 1]) {
      const then = Date.now() / 1000 - age;
      await utimes(path, then, then);
      await blobs("b").put(bytesOf("x"));
      assert.ok((await stat(path)).mtimeMs > then * 1000 + 500);
    }
  });
});
