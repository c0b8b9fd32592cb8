import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { Blobs } from "../../src/world.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** What every implementation of `Blobs` promises; `make` gets a fresh folder, and again the same one to reopen. */
export function blobsContract(name: string, make: (folder: string) => Blobs): void {
  describe(`Blobs: ${name}`, () => {
    let folder: string;
    let remove: () => Promise<void>;
    beforeEach(async () => {
      ({ folder, remove } = await temporaryFolder());
    });
    afterEach(() => remove());

    it("gives back the bytes under their hash, also after reopening", async () => {
      const bytes = Uint8Array.of(0, 1, 255);
      const hash = await make(folder).put(bytes);
      assert.equal(hash, createHash("sha256").update(bytes).digest("hex"));
      assert.deepEqual(await make(folder).get(hash), bytes);
    });

    it("takes the same bytes twice, at the same time too", async () => {
      const blobs = make(folder);
      const hashes = await Promise.all([1, 2, 3].map(() => blobs.put(new Uint8Array(10))));
      assert.equal(new Set(hashes).size, 1);
    });

    it("knows nothing under a hash it was not given, nor under a path", async () => {
      const blobs = make(folder);
      assert.equal(await blobs.get("0".repeat(64)), undefined);
      assert.equal(await blobs.get("../../etc/passwd"), undefined);
    });

    it("keeps texts under readable paths inside its own place, whatever their name", async () => {
      const blobs = make(folder);
      const paths = await Promise.all(["../../x", "bash-1", ""].map((it) => blobs.keep(it, `text of ${it}`)));
      assert.equal(new Set(paths).size, 3);
      assert.ok(paths.every((it) => it.startsWith(folder)));
      assert.equal(await readFile(paths[1] ?? "", "utf8"), "text of bash-1");
    });
  });
}
