import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { wordPattern } from "../../src/text/word-pattern.ts";

describe("a word in a text", () => {
  for (const [what, name, text, expected] of [
    ["wherever it stands", "a", "a(b.a)", [0, 4]],
    ["not in a longer one", "a", "ab ba a1 _a", []],
    ["not beside letters of any script", "a", "éa aß", []],
    ["not beside a dollar sign", "a", "$a a$", []],
    ["though it has such a sign", "$a", "$a.b $$a", [0]],
  ] as const)
    it(`is found ${what}`, () => {
      const found = [...text.matchAll(wordPattern(name, "g"))].map((it) => it.index);
      assert.deepEqual(found, expected);
    });
});
