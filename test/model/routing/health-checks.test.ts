import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { FailureKind } from "../../../src/model/failure.ts";
import type { Provider, ProviderType } from "../../../src/model/provider.ts";
import { type Checked, healthChecks } from "../../../src/model/routing/health-checks.ts";
import { manualTimers } from "../../support/manual-timers.ts";
import { openedProvider } from "../../support/opened.ts";

const MINUTE = 60_000;
const START = 1_800_000_000_000;

/** A provider with so many keys, and checks of it that find what `finds` says, or what the test says later. */
function stage(keys: number, finds: Checked = "works") {
  const timers = manualTimers(START);
  const provider: Provider = { name: "p", models: async () => [], async *ask() {} };
  const type: ProviderType = {
    type: "p",
    claims: () => true,
    infoOf: () => undefined,
    open: () => provider,
  };
  const changed: string[] = [];
  const opened = openedProvider(
    type,
    Array.from({ length: keys }, () => provider),
    { sticky: false },
    { now: timers.now, onChanged: (it) => void changed.push(it.id) },
  );
  const { pool } = opened;
  const script = { finds, meanwhile: () => undefined as unknown };
  /** When each check came, in minutes, and which key it was of. */
  const checked: string[] = [];
  const signals: AbortSignal[] = [];
  const checks = healthChecks({
    providers: () => [opened],
    async check(_, index, signal) {
      checked.push(`${((timers.now() - START) / MINUTE).toFixed(2)} #${index + 1}`);
      signals.push(signal);
      await script.meanwhile();
      return script.finds;
    },
    now: timers.now,
    random: () => 0,
    later: timers.later,
  });
  /** Takes keys out for a reason: those that are used are those that are free. */
  const out = (kind: FailureKind, times = 1) => {
    for (let it = 0; it < times; it++) {
      const taken = pool.take({ model: "m", session: "", tokens: () => 1 }, new Set());
      if ("instance" in taken) taken.failed({ kind, message: "scripted" }, 0);
    }
  };
  const states = () => pool.instances.map(({ health }) => health.state);
  /** Whether a request gets a key just now. */
  const isServed = () => {
    const taken = pool.take({ model: "m", session: "", tokens: () => 1 }, new Set());
    if ("instance" in taken) taken.succeeded(1, 1);
    return "instance" in taken;
  };
  /** Time passes, with a request every minute. */
  const pass = async (minutes: number) => {
    for (let it = 0; it < minutes; it++) {
      checks.used();
      await timers.pass(MINUTE);
    }
  };
  return { timers, checks, script, checked, signals, changed, pool, out, states, isServed, pass };
}

describe("health checks", () => {
  it("take a key back in that is taken again, and keep that", async () => {
    const { out, pass, states, changed, checked } = stage(1);
    out("auth");
    await pass(5);
    assert.deepEqual([states(), checked], [["disabled"], []]);
    await pass(1);
    assert.deepEqual([states(), changed], [["healthy"], ["p#1", "p#1"]]);
    await pass(120);
    assert.equal(checked.length, 1);
  });

  for (const finds of ["reached", "away", "unknown"] as const)
    it(`leave a key out of which a check finds "${finds}", and check it ever more rarely`, async () => {
      const { out, pass, states, checked } = stage(1, finds);
      out("auth");
      await pass(240);
      assert.deepEqual(states(), ["disabled"]);
      assert.deepEqual(checked, ["5.25 #1", "15.25 #1", "35.25 #1", "75.25 #1", "135.25 #1", "195.25 #1"]);
    });

  for (const finds of ["works", "reached"] as const)
    it(`let a request try a key sooner whose vendor is there again ("${finds}")`, async () => {
      const { out, pass, states, isServed, pool, timers, script } = stage(1, "away");
      out("server", 3);
      // It fails on, until the time it is out for is an hour.
      while (Math.round(((pool.instances[0]?.health.until ?? 0) - timers.now()) / MINUTE) < 60) {
        pool.adopt("p#1", { ...(pool.instances[0]?.health ?? assert.fail()), until: 0 });
        out("server");
      }
      await pass(5);
      assert.equal(isServed(), false);
      script.finds = finds;
      await pass(10);
      assert.deepEqual(states(), ["cooling"]);
      out("server");
      assert.equal(isServed(), false);
      await pass(20);
      assert.equal(isServed(), true);
      assert.deepEqual(states(), ["healthy"]);
    });

  it("keep no key out for longer than it was", async () => {
    const { out, pass, isServed, pool, timers } = stage(1, "away");
    out("network", 3);
    const until = pool.instances[0]?.health.until ?? 0;
    pool.adopt("p#1", { ...(pool.instances[0]?.health ?? assert.fail()), until: until + 3 * MINUTE });
    await pass(3);
    assert.ok(timers.now() < until + 3 * MINUTE);
    assert.equal(isServed(), false);
    await pass(1);
    assert.equal(isServed(), true);
  });

  for (const kind of ["rate-limit", "credit", "spend-limit", "permission"] as const)
    it(`do not ask of a key that is out for "${kind}", of which nothing free can tell`, async () => {
      const { out, pass, checked } = stage(1);
      out(kind);
      await pass(100);
      assert.deepEqual(checked, []);
    });

  it("end when nothing is asked any more, and go on with the next request", async () => {
    const { out, checks, timers, checked, script } = stage(1, "away");
    assert.equal(timers.waiting(), 0);
    out("auth");
    checks.used();
    checks.used();
    assert.equal(timers.waiting(), 1);
    await timers.pass(600 * MINUTE);
    assert.deepEqual([checked.length, timers.waiting()], [1, 0]);
    script.finds = "works";
    checks.used();
    await timers.pass(MINUTE);
    assert.equal(checked.length, 2);
  });

  it("believe what a request has found out meanwhile", async () => {
    const { pass, out, pool, script, states } = stage(1);
    script.meanwhile = () =>
      pool.adopt("p#1", { ...(pool.instances[0]?.health ?? assert.fail()), failures: 9 });
    out("auth");
    await pass(7);
    assert.deepEqual(states(), ["disabled"]);
  });

  it("are few at one time, and come to all keys", async () => {
    const { pass, out, states, checked } = stage(10);
    out("auth", 10);
    await pass(6);
    const moments = checked.map((it) => it.split(" ")[0]);
    for (const it of moments) assert.ok(moments.filter((other) => other === it).length <= 4);
    assert.deepEqual(new Set(states()), new Set(["healthy"]));
  });

  it("end with their host, whatever is under way", async () => {
    const { pass, out, checks, timers, signals, script, states } = stage(1);
    out("auth");
    script.meanwhile = () => checks.close();
    await pass(10);
    assert.deepEqual(
      [signals.map((it) => it.aborted), timers.waiting(), states()],
      [[true], 0, ["disabled"]],
    );
  });
});
