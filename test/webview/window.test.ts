import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { offsetOf, windowOf } from "../../webview/window.ts";

const heights = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 300 });
const total = (all: readonly number[]) => all.reduce((sum, it) => sum + it, 0);

describe("windowOf", () => {
  it("accounts for every pixel: above, inside and below are the whole", () => {
    fc.assert(
      fc.property(heights, fc.integer({ min: -500, max: 99_999 }), fc.nat(2000), (all, top, height) => {
        const { from, to, above, below } = windowOf(all, top, height, 300);
        assert.equal(above + total(all.slice(from, to)) + below, total(all));
        assert.equal(above, offsetOf(all, from));
      }),
    );
  });

  it("covers all that is seen, as far as there are rows", () => {
    fc.assert(
      fc.property(heights, fc.nat(99_999), fc.integer({ min: 1, max: 2000 }), (all, asked, height) => {
        const top = Math.min(asked, Math.max(0, total(all) - height));
        const { above, below } = windowOf(all, top, height, 0);
        assert.ok(above <= top);
        assert.ok(total(all) - below >= Math.min(top + height, total(all)));
      }),
    );
  });

  it("holds few rows however many there are", () => {
    const { from, to } = windowOf(new Array<number>(5000).fill(30), 60_000, 900, 600);
    assert.ok(to - from <= (900 + 1200) / 30 + 2, `${to - from} rows`);
  });

  it("keeps a row in the page when scrolled past the end", () => {
    const { from, to } = windowOf([20, 20, 20], 9999, 100, 0);
    assert.deepEqual([from, to], [2, 3]);
  });
});
