import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { check } from "../../../src/agent/schema.ts";
import { tools } from "../../../src/agent/tools/all.ts";

const schema = {
  type: "object",
  properties: {
    name: { type: "string" },
    count: { type: "integer", minimum: 1, maximum: 9 },
    mode: { type: "string", enum: ["a", "b"] },
    items: {
      type: "array",
      minItems: 1,
      items: { type: "object", properties: { on: { type: "boolean" } }, required: ["on"] },
    },
  },
  required: ["name"],
};

describe("checking an input", () => {
  for (const [value, expected] of [
    [{ name: "x", count: 1, mode: "a", items: [{ on: true }], unknown: 1 }, undefined],
    [{}, "input.name is missing."],
    [{ name: 1 }, "input.name must be a string, but is a number (1)."],
    [{ name: "x", count: 1.5 }, "input.count must be an integer, but is a number (1.5)."],
    [{ name: "x", count: 0 }, "input.count must be at least 1, but is 0."],
    [{ name: "x", count: 10 }, "input.count must be at most 9, but is 10."],
    [{ name: "x", mode: "c" }, 'input.mode must be one of "a", "b", but is "c".'],
    [{ name: "x", items: {} }, "input.items must be an array, but is an object ({})."],
    [{ name: "x", items: [] }, "input.items must have at least 1 items."],
    [{ name: "x", items: [{ on: true }, {}] }, "input.items[1].on is missing."],
    [[], "input must be an object, but is an array."],
    [null, "input must be an object, but is null."],
  ] as const) {
    it(`of ${JSON.stringify(value)} says ${expected ?? "nothing"}`, () =>
      assert.equal(check(schema, value), expected));
  }

  it("never throws, whatever a model sends to whichever tool", () => {
    fc.assert(
      fc.property(fc.constantFrom(...tools), fc.jsonValue(), (tool, value) => void check(tool.input, value)),
    );
  });

  it("lets no property of objects pass for one of the input", () => {
    assert.equal(check({ type: "object", required: ["toString"] }, {}), "input.toString is missing.");
  });
});
