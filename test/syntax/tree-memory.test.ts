import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { SyntaxNode } from "../../src/syntax/tree.ts";
import { treeMemory } from "../../src/syntax/tree-memory.ts";

describe("the memory of trees", () => {
  it("parses a text again only when others came since, and another language's always", () => {
    const asked: string[] = [];
    const parse = treeMemory(2)((language, text) => {
      asked.push(`${language} ${text}`);
      return text === "bad" ? undefined : ({ type: text } as SyntaxNode);
    });
    for (const text of ["a", "a", "b", "a", "bad", "bad", "c", "b", "a"]) parse("x", text);
    parse("y", "a");
    assert.deepEqual(
      asked,
      ["x a", "x b", "x bad", "x bad", "x c", "x a", "y a"].map((it) => it),
    );
  });
});
