import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, describe, it } from "mocha";
import { takeLock } from "../../src/node/lock.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

const { promises } = process.getBuiltinModule("node:fs");
const { stat } = promises;

/** Lets something happen at each look at a path, by its number from 1 on. */
function atLook(path: string, happen: (look: number) => void): void {
  let looks = 0;
  Object.assign(promises, {
    stat: async (...given: Parameters<typeof stat>) => {
      if (given[0] === path) happen(++looks);
      return stat(...given);
    },
  });
  syncBuiltinESMExports();
}

describe("a lock whose holder is no more", () => {
  afterEach(() => {
    Object.assign(promises, { stat });
    syncBuiltinESMExports();
  });

  it("is taken", async () => {
    const { folder, remove } = await temporaryFolder();
    const path = join(folder, "lock");
    writeFileSync(path, JSON.stringify({ pid: 2 ** 22 + 1, started: "1", machine: hostname() }));
    const lock = await takeLock(path);
    assert.equal(lock.kind, "taken");
    if (lock.kind === "taken") await lock.free();
    await remove();
  });

  it("is left alone when somebody else has taken it between two looks", async () => {
    const { folder, remove } = await temporaryFolder();
    const path = join(folder, "lock");
    const living = JSON.stringify({ pid: process.ppid, started: "", machine: hostname() });
    writeFileSync(path, JSON.stringify({ pid: 2 ** 22 + 1, started: "1", machine: hostname() }));
    atLook(path, (look) => {
      if (look !== 2) return;
      // It is gone at this look, and a living one is there before the next step.
      rmSync(path);
      writeFileSync(path, living);
      throw Object.assign(new Error("ENOENT"), { code: "ENOENT" });
    });
    assert.deepEqual(await takeLock(path), { kind: "held", pid: process.ppid });
    assert.equal(readFileSync(path, "utf8"), living);
    await remove();
  });
});
