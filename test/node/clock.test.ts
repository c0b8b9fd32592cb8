import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { nodeClock } from "../../src/node/clock.ts";

describe("the machine's clock", () => {
  it("makes identifiers of twelve letters and digits that differ", () => {
    const ids = Array.from({ length: 1_000 }, () => nodeClock.id());
    assert.ok(ids.every((it) => /^[a-z0-9]{12}$/.test(it)));
    assert.equal(new Set(ids).size, ids.length);
  });

  it("wakes from sleep with the signal's own reason", async () => {
    const controller = new AbortController();
    const asleep = nodeClock.sleep(60_000, controller.signal);
    const reason = new Error("stop");
    controller.abort(reason);
    await assert.rejects(asleep, reason);
  });

  it("sleeps as long as it was told", async () => {
    const from = performance.now();
    await nodeClock.sleep(20, new AbortController().signal);
    assert.ok(performance.now() - from >= 19);
  });
});
