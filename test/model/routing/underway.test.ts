import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { underwayOver } from "../../../src/model/routing/underway.ts";

const total = { scope: "total", name: "", since: 0 } as const;
const spender = { session: "", project: "", key: "a#1" };

describe("what requests under way may cost", () => {
  it("counts one that cannot be read with the most, and others as they are", () => {
    const underway = underwayOver({ spent: () => 0 });
    const unreadable = () => {
      throw new Error("messages: must be a list");
    };
    const free = underway.reserve(spender, { most: 5, exact: unreadable });
    underway.reserve(spender, { most: 9, exact: () => 2 });
    assert.equal(underway.books.underway(total).exact(), 7);
    free();
    assert.equal(underway.books.underway(total).exact(), 2);
  });
});
