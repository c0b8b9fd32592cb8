import assert from "node:assert/strict";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { nodeBlobs } from "../../src/node/blobs.ts";
import type { Blobs } from "../../src/world.ts";
import { never } from "../contract/temporary-folder.ts";
import { type SweepStage, sweepStage } from "./sweep-stage.ts";

describe("a sweep that cannot be made", () => {
  let stage: SweepStage;
  beforeEach(async () => {
    stage = await sweepStage();
    await stage.write({ a: "1" });
  });
  afterEach(() => stage.remove());

  it("passes over a root that is not there, and says once a session that one cannot be gone through", async () => {
    const sweeps = stage.sweeps({ ripgrep: undefined });
    const notes = async (blobs: Blobs) => {
      const sweep = await sweeps.begin([stage.folder, "/nowhere/at/all"], blobs, never());
      stage.run("printf 2 >> a");
      const swept = await sweep.end(undefined, never());
      assert.deepEqual([swept.files, swept.lost], [[], []]);
      return swept.notes;
    };
    const [first, ...more] = await notes(stage.blobs);
    assert.match(first ?? "", /^What commands change in "[^"]*work" cannot be taken back: it is in no git/);
    assert.deepEqual([more, await notes(stage.blobs)], [[], []]);
    assert.deepEqual(await notes(nodeBlobs(join(stage.folder, "../blobs"))), [first]);
  });

  it("leaves a folder alone for ten minutes that takes too long, and says it each time", async () => {
    let minutes = 0;
    const sweeps = stage.sweeps({ now: () => Date.now() + minutes * 60_000 });
    const late = AbortSignal.abort(new DOMException("late", "TimeoutError"));
    const swept = async (signal: AbortSignal) => {
      const sweep = await sweeps.begin([stage.folder], stage.blobs, signal);
      stage.run("printf 2 >> a");
      const { files, notes } = await sweep.end(undefined, never());
      return `${files.length} ${notes.join()}`;
    };
    assert.match(await swept(late), /^0 .*takes too long\.$/);
    minutes = 9;
    assert.equal(await swept(never()), "0 ");
    minutes = 11;
    assert.match(await swept(late), /^0 .*takes too long\.$/);
    minutes = 22;
    assert.equal(await swept(never()), "1 ");
  });

  it("is not gone on with when what was noted is not understood", async () => {
    for (const text of ["{", "null", '{"format":1}']) {
      const noted = await stage.blobs.put(new TextEncoder().encode(text));
      assert.equal(await stage.sweeps().resume(noted, stage.blobs), undefined);
    }
  });

  it("tries a folder again that could not be noted once", async () => {
    const sweeps = stage.sweeps({ ripgrep: join(stage.folder, "rg") });
    const notes = async () => {
      const sweep = await sweeps.begin([stage.folder], stage.blobs, never());
      return (await sweep.end(undefined, never())).notes.join();
    };
    assert.match(await notes(), /Cannot run/);
    stage.run("printf '#!/bin/sh\\n' > rg; chmod +x rg");
    assert.equal(await notes(), "");
  });
});
