import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { offAbort, onAbort } from "../../src/std/on-abort.ts";

describe("what is done when a signal is aborted", () => {
  it("is all that was asked for and not taken back, once each", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(7))), (asked) => {
        const aborting = new AbortController();
        const done: number[] = [];
        const works = Array.from({ length: 8 }, (_, at) => () => void done.push(at));
        const waiting = new Set<number>();
        for (const [isOn, at] of asked) {
          const work = works[at];
          assert.ok(work);
          if (!isOn) offAbort(aborting.signal, work);
          else if (!waiting.has(at)) onAbort(aborting.signal, work);
          waiting[isOn ? "add" : "delete"](at);
        }
        aborting.abort();
        aborting.abort();
        assert.deepEqual(
          done.toSorted((a, b) => a - b),
          [...waiting].toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it("may take back what else waits", () => {
    const aborting = new AbortController();
    const { signal } = aborting;
    let done = 0;
    const one = () => {
      done++;
      offAbort(signal, other);
    };
    const other = () => {
      done++;
      offAbort(signal, one);
    };
    onAbort(signal, one);
    onAbort(signal, other);
    aborting.abort();
    assert.equal(done, 1);
  });
});
