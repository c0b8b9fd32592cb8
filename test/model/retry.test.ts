import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { Failure, FailureKind } from "../../src/model/failure.ts";
import { LONGEST_SILENT_WAIT_MS, retryOf } from "../../src/model/retry.ts";

function failure(kind: FailureKind, parts: Partial<Failure> = {}): Failure {
  return { kind, message: "x", ...parts };
}

/** How often a failure is tried again before it is given up. */
function retries(it: Failure): number {
  let attempt = 1;
  while (attempt < 20 && retryOf(it, attempt, 0.5) !== "give-up") attempt++;
  return attempt - 1;
}

describe("retryOf", () => {
  for (const [it_, expected] of [
    [failure("rate-limit", { status: 429 }), 3],
    [failure("rate-limit", { status: 429, retryAfterMs: 7000 }), 3],
    [failure("rate-limit"), 3],
    [failure("overloaded", { status: 529 }), 3],
    [failure("server", { status: 500 }), 3],
    [failure("server", { status: 502 }), 3],
    [failure("server", { status: 409 }), 2],
    [failure("timeout", { status: 504 }), 1],
    [failure("network"), 3],
    [failure("silent"), 3],
    [failure("cut"), 3],
    [failure("spend-limit", { status: 429 }), 0],
    [failure("auth", { status: 401 }), 0],
    [failure("credit", { status: 402 }), 0],
    [failure("permission", { status: 403 }), 0],
    [failure("model-unknown", { status: 404 }), 0],
    [failure("too-large", { status: 413 }), 0],
    [failure("invalid", { status: 400 }), 0],
    [failure("context-full", { status: 400 }), 0],
    [failure("thinking-mismatch", { status: 400 }), 0],
    [failure("redirect", { status: 307 }), 0],
    [failure("tls"), 0],
    [failure("proxy"), 0],
    [failure("no-key"), 0],
    [failure("stopped"), 0],
    [failure("unknown"), 0],
  ] as const) {
    const asked = it_.retryAfterMs === undefined ? "" : " that says when";
    it(`tries ${it_.kind} ${it_.status ?? "without status"}${asked} again ${expected} times`, () =>
      assert.equal(retries(it_), expected));
  }

  it("waits as long as asked and up to a tenth more", () => {
    const waits = [0, 0.5, 1].map((random) =>
      retryOf(failure("rate-limit", { retryAfterMs: 7000 }), 1, random),
    );
    assert.deepEqual(waits, [{ waitMs: 7000 }, { waitMs: 7350 }, { waitMs: 7700 }]);
  });

  it("asks the person about waits over two minutes", () => {
    const long = failure("overloaded", { retryAfterMs: LONGEST_SILENT_WAIT_MS + 1 });
    assert.equal(retryOf(long, 1, 0), "ask");
  });

  it("never waits less than asked, nor longer than two minutes and a tenth", () => {
    const waits = fc.option(fc.integer({ min: 0, max: 300_000 }), { nil: undefined });
    fc.assert(
      fc.property(
        waits,
        fc.integer({ min: 1, max: 3 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (asked, attempt, random) => {
          const retry = retryOf(
            failure("overloaded", asked === undefined ? {} : { retryAfterMs: asked }),
            attempt,
            random,
          );
          if (typeof retry === "string") return assert.ok((asked ?? 0) > LONGEST_SILENT_WAIT_MS);
          assert.ok(retry.waitMs >= (asked ?? 0) && retry.waitMs <= LONGEST_SILENT_WAIT_MS * 1.1);
        },
      ),
    );
  });

  it("backs off from one second, doubling", () => {
    const waits = [1, 2, 3].map((attempt) => retryOf(failure("server"), attempt, 0.5));
    assert.deepEqual(waits, [{ waitMs: 1000 }, { waitMs: 2000 }, { waitMs: 4000 }]);
  });
});
