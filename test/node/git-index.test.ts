import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, it } from "mocha";
import { readIndex } from "../../src/node/sweep/git-index.ts";
import { type SweepStage, sweepStage } from "./sweep-stage.ts";

const FILES = Object.fromEntries(
  ["a", "b/c", "b/c.d/e e", `long/${"x".repeat(200)}`, "ü/é", "b/c.d/e f"].map((it) => [it, it]),
);

describe("git's index", () => {
  let stage: SweepStage;
  beforeEach(async () => {
    stage = await sweepStage();
    await stage.write(FILES);
  });
  afterEach(() => stage.remove());

  for (const version of [2, 3, 4]) {
    for (const [format, bytes] of [
      ["sha1", 20],
      ["sha256", 32],
    ] as const) {
      it(`of version ${version} with ${format} says what git says`, () => {
        stage.run(
          `git init -q --object-format=${format} . && git add -A && git update-index --index-version ${version} && chmod +x a && git add a`,
        );
        if (version === 3) stage.run("printf x > intent && git add -N intent");
        const index = readIndex(readFileSync(join(stage.folder, ".git/index")), bytes);
        const ours = [...(index ?? [])].map(([path, it]) => `${it.mode.toString(8)} ${it.oid} 0\t${path}`);
        assert.deepEqual(ours, stage.run("git ls-files -s -z").split("\0").slice(0, -1));
        const { size, ino, mtimeMs } = statSync(join(stage.folder, "b/c.d/e e"));
        const entry = index?.get("b/c.d/e e");
        assert.deepEqual(
          [entry?.size, entry?.inode, entry?.seconds, entry?.isUnwatched],
          [size, ino % 2 ** 32, mtimeMs / 1000, false],
        );
      });
    }
  }

  it("tells what git was told not to look at", () => {
    stage.run("git init -q . && git add -A");
    stage.run("git update-index --assume-unchanged a && git update-index --skip-worktree b/c");
    const index = readIndex(readFileSync(join(stage.folder, ".git/index")), 20);
    const unwatched = [...(index ?? [])].flatMap(([path, it]) => (it.isUnwatched ? [path] : []));
    assert.deepEqual(unwatched, ["a", "b/c"]);
  });

  it("that is only a part of one is not read", () => {
    stage.run("git init -q . && git add -A && git update-index --split-index");
    assert.equal(readIndex(readFileSync(join(stage.folder, ".git/index")), 20), undefined);
  });

  it("is read or refused, whatever its bytes are", () => {
    stage.run("git init -q . && git add -A && git update-index --index-version 4");
    const good = readFileSync(join(stage.folder, ".git/index"));
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(good.length),
        (at, byte, length) => {
          const bad = Buffer.from(good.subarray(0, length));
          if (at < length) bad[at] = byte;
          assert.doesNotThrow(() => readIndex(bad, 20));
        },
      ),
    );
  });
});
