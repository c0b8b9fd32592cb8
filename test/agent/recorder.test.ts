import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { SessionEvent } from "../../src/agent/events.ts";
import { recorder } from "../../src/agent/recorder.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { all, rig } from "../support/session.ts";
import { testClock, testWorld } from "../support/world.ts";
import { noted } from "./events.ts";

/** A recorder whose writes are noted, and fail while `full`. */
function recording() {
  const it = { full: false, writes: [] as { ns: number[]; durable: boolean }[], taken: [] as SessionEvent[] };
  const log = {
    async append(events: readonly SessionEvent[], durable: boolean) {
      await new Promise(setImmediate);
      if (it.full) throw new Error("full");
      it.writes.push({ ns: events.map((event) => event.n), durable });
    },
    close: async () => undefined,
  };
  return { it, ...recorder(log, testClock(), 5, (event) => void it.taken.push(event)) };
}

describe("the recorder", () => {
  it("numbers on from the last event and writes what comes at one moment at once", async () => {
    const { it, record } = recording();
    const events = await Promise.all([record(noted("a")), record(noted("b"), "durable"), record(noted("c"))]);
    assert.deepEqual(
      events.map((event) => event.n),
      [6, 7, 8],
    );
    assert.deepEqual(it.writes, [{ ns: [6, 7, 8], durable: true }]);
    assert.deepEqual(it.taken, events);
  });

  it("shows nothing before it is written", async () => {
    const { it, record } = recording();
    const recorded = record(noted("a"));
    assert.deepEqual(it.taken, []);
    await recorded;
    assert.equal(it.taken.length, 1);
  });

  it("gives the numbers of a failed write anew", async () => {
    const { it, record } = recording();
    it.full = true;
    await assert.rejects(record(noted("lost")), /full/);
    it.full = false;
    assert.equal((await record(noted("kept"))).n, 6);
    assert.deepEqual(
      it.taken.map((event) => event.n),
      [6],
    );
  });

  it("is settled when all is written or refused", async () => {
    const { it, record, settled } = recording();
    record(noted("a"));
    await settled();
    assert.equal(it.taken.length, 1);
    await settled();
  });
});

describe("output while a command runs", () => {
  const BYPASS = { mode: "bypassPermissions", policy: { bypassAllowed: true } } as const;

  it("is recorded as it comes, up to a bound", async () => {
    const world = testWorld(
      {},
      {
        commands: async ({ onOutput }) => {
          for (let at = 0; at < 100; at++) onOutput("x".repeat(10_000));
          return { output: "end" };
        },
      },
    );
    const it = await rig({ model: [calls(call("Bash", { command: "yes" })), says("ok")], world, ...BYPASS });
    await it.turn("go");
    const printed = all(it.events, "printed")
      .map((event) => event.text)
      .join("");
    assert.ok(printed.length > 100_000 && printed.length < 201_000);
    assert.ok(printed.endsWith("it is not shown while this runs.)\n"));
  });
});
