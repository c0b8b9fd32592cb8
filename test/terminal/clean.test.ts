import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { nodeBlobs } from "../../src/node/blobs.ts";
import { storeOf } from "../../src/node/session-blobs.ts";
import { type Place, place } from "./wheelhouse.ts";

describe("wheelhouse sessions clean", () => {
  let here: Place;
  beforeEach(async () => {
    here = await place();
    await nodeBlobs(storeOf(here.home)).put(randomBytes(1024 * 1024));
  });
  afterEach(() => here.remove());

  it("frees what no session names and says how much; doctor tells what there is", async () => {
    await mkdir(here.home, { recursive: true });
    await writeFile(join(here.home, "settings.json"), '{ "checkpoints": { "maxSizeMB": 7 } }');
    assert.match(
      (await here.run(["doctor"])).out,
      /Checkpoints: 1\.0 MB in 1 files \(at most 7 MB and 30 days/,
    );
    const cleaned = await here.run(["sessions", "clean"]);
    assert.deepEqual(
      [cleaned.code, cleaned.out],
      [0, "freed 1.0 MB in 1 files; 0.0 MB in 0 files are left\n"],
    );
  });

  it("says how it is called, and takes no limit for one of 0", async () => {
    const { code, out } = await here.run(["sessions", "clean", "--help"]);
    assert.equal(code, 0);
    assert.match(out, /sessions clean \[--all\]/);
    const none = '{ "checkpoints": { "maxSizeMB": 0, "maxAgeDays": 0 } }';
    await writeFile(join(here.home, "settings.json"), none);
    assert.match((await here.run(["doctor"])).out, /Checkpoints: 1\.0 MB in 1 files \(no limit;/);
  });

  it("takes no word it does not know", async () => {
    const { code, err } = await here.run(["sessions", "clean", "everything"]);
    assert.equal(code, 2);
    assert.match(err, /sessions clean \[--all\]/);
  });
});
