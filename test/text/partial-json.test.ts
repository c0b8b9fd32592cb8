import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { partialJson } from "../../src/text/partial-json.ts";

describe("a JSON text that is still being written", () => {
  for (const [raw, said] of [
    ["", undefined],
    ["{", {}],
    ['{"fi', {}],
    ['{"file"', {}],
    ['{"file":', {}],
    ['{"file": "a', { file: "a" }],
    ['{"file": "a\\', { file: "a" }],
    ['{"file": "a\\u00e', { file: "a" }],
    ['{"file": "a\\\\', { file: "a\\" }],
    ['{"file": "a\\n', { file: "a\n" }],
    ['{"file": "a",', { file: "a" }],
    ['{"file": "a", "n": 12', { file: "a" }],
    ['{"n": 12,', { n: 12 }],
    ['{"all": tru', {}],
    ['{"all": true}', { all: true }],
    ['{"edits": [{"old": "x", "new": "y"}, {"old": "z', { edits: [{ old: "x", new: "y" }, { old: "z" }] }],
    ['{"edits": [[], [1, 2', { edits: [[], [1]] }],
    ["no JSON", undefined],
    ['{"a": }', undefined],
  ] as const)
    it(`says ${JSON.stringify(said)} at ${raw || "its beginning"}`, () =>
      assert.deepEqual(partialJson(raw), said));

  it("says what it says when it is whole, and never more than that before", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, cut) => {
        const raw = JSON.stringify(value);
        assert.deepEqual(partialJson(`${raw} `), JSON.parse(raw));
        const said = partialJson(raw.slice(0, cut % raw.length));
        assert.ok(said === undefined || isPart(said, JSON.parse(raw)));
      }),
    );
  });

  it("takes time by its length", () => {
    const raw = `{"content": "${"\\\\".repeat(200_000)}`;
    assert.deepEqual(partialJson(raw), { content: "\\".repeat(200_000) });
    assert.ok(Array.isArray(partialJson("[".repeat(200_000))));
  });
});

/** Whether all that `said` says stands in `whole`. */
function isPart(said: unknown, whole: unknown): boolean {
  if (typeof said === "string") return typeof whole === "string" && whole.startsWith(said);
  if (Array.isArray(said)) return Array.isArray(whole) && said.every((it, index) => isPart(it, whole[index]));
  if (typeof said !== "object" || said === null) return said === whole;
  return Object.entries(said).every(([key, it]) => isPart(it, (whole as Record<string, unknown>)[key]));
}
