import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type Meter, meterOf } from "../../../src/model/routing/limits.ts";

const MINUTE = 60_000;
/** A step of the window: what is counted is forgotten in steps of a sixtieth. */
const STEP = MINUTE / 60;
const START = 1_800_000_000_000;

/** Times at which somebody asks, in their order. */
const times = fc.array(fc.nat(20_000), { minLength: 1, maxLength: 200 }).map((waits) => {
  let now = START;
  return waits.map((wait) => (now += wait));
});

/** Whether a request may begin now; then it does. */
function passes(meter: Meter, now: number): boolean {
  if (meter.wait(() => 0, now) > 0) return false;
  meter.begin(now);
  return true;
}

describe("a meter of limits", () => {
  it("never lets more requests through within its time than it says", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), times, (requestsPerMinute, asked) => {
        const meter = meterOf({ requestsPerMinute });
        const passed = asked.filter((now) => passes(meter, now));
        for (const [at, now] of passed.entries()) {
          const within = passed.slice(at).filter((it) => it < now + MINUTE - STEP);
          assert.ok(within.length <= requestsPerMinute, `${within.length} of ${requestsPerMinute}`);
        }
      }),
    );
  });

  it("tells a wait after which a request passes, if nobody else came", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), times, (requestsPerMinute, asked) => {
        const meter = meterOf({ requestsPerMinute });
        for (const now of asked) {
          const wait = meter.wait(() => 0, now);
          if (wait === 0) meter.begin(now);
          assert.ok(wait <= MINUTE);
          if (wait > 0) {
            const other = replay(requestsPerMinute, asked, now);
            assert.equal(
              other.wait(() => 0, now + wait),
              0,
            );
          }
        }
      }),
    );
  });

  it("keeps tokens spent within the limit and the last request", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ wait: fc.nat(5_000), tokens: fc.integer({ min: 1, max: 400 }) }), {
          maxLength: 100,
        }),
        (requests) => {
          const meter = meterOf({ tokensPerMinute: 1_000 });
          let now = START;
          const spent: { readonly now: number; readonly tokens: number }[] = [];
          for (const { wait, tokens } of requests) {
            now += wait;
            if (meter.wait(() => tokens, now) > 0) continue;
            meter.begin(now);
            meter.spend(tokens, now);
            spent.push({ now, tokens });
          }
          for (const first of spent) {
            const within = spent.filter((it) => it.now >= first.now && it.now < first.now + MINUTE - STEP);
            assert.ok(within.reduce((sum, it) => sum + it.tokens, 0) <= 1_000);
          }
        },
      ),
    );
  });

  it("lets a request through that is larger than the limit, once all is free", () => {
    const meter = meterOf({ tokensPerMinute: 100 });
    assert.equal(
      meter.wait(() => 5_000, START),
      0,
    );
    meter.spend(1, START);
    const wait = meter.wait(() => 5_000, START);
    assert.ok(wait > 0);
    assert.equal(
      meter.wait(() => 5_000, START + wait),
      0,
    );
  });

  it("holds every limit that is set, and forgets each after its time", () => {
    const meter = meterOf({ requestsPerMinute: 2, requestsPerHour: 3, requestsPerDay: 4 });
    const passed = [0, 0, 0, 2 * MINUTE, 4 * MINUTE, 70 * MINUTE, 80 * MINUTE, 30 * 60 * MINUTE].map((it) =>
      passes(meter, START + it),
    );
    assert.deepEqual(passed, [true, true, false, true, false, true, false, true]);
  });

  it("has no limit where none is set", () => {
    const meter = meterOf({});
    for (let it = 0; it < 1_000; it++) meter.begin(START);
    assert.equal(
      meter.wait(() => 1e9, START),
      0,
    );
  });

  it("does not count below nothing when the clock goes back", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -200_000, max: 200_000 }), { maxLength: 50 }), (moves) => {
        const meter = meterOf({ requestsPerMinute: 3 });
        let now = START;
        for (const move of moves) {
          now += move;
          const wait = meter.wait(() => 0, now);
          assert.ok(wait >= 0 && Number.isFinite(wait));
          if (wait === 0) meter.begin(now);
        }
      }),
    );
  });
});

/** A meter that has seen the same requests up to a moment. */
function replay(requestsPerMinute: number, asked: readonly number[], until: number) {
  const meter = meterOf({ requestsPerMinute });
  for (const now of asked) {
    if (now > until) break;
    if (meter.wait(() => 0, now) === 0) meter.begin(now);
  }
  return meter;
}
