import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { ruleProblems } from "../../../src/model/routing/read-routing.ts";
import { ruleWords } from "../../../src/model/routing/rule-words.ts";

const TARGET = { provider: "main", model: "some/model" };

describe("a rule in words", () => {
  for (const [rule, words] of [
    [{ when: {}, use: "background" }, "Always: category “background”"],
    [{ use: TARGET }, "Always: main/some/model"],
    [{ when: { model: "*haiku*" }, use: "background" }, "If the model is “*haiku*”: category “background”"],
    [
      { when: { client: "gemini", tokensBelow: 2000, thinking: false }, use: TARGET },
      "If the client is “gemini”, it has fewer than 2,000 tokens and no thinking is asked for: main/some/model",
    ],
    [
      { when: { tool: "WebSearch", subagent: true }, use: TARGET },
      "If one of its tools is “WebSearch” and a subagent asks: main/some/model",
    ],
    [{ when: { colour: "red", images: "some" } }, 'If colour is "red" and images is "some": nowhere'],
    ["background", "Always: nowhere"],
  ] as const)
    it(`reads: ${words}`, () => assert.equal(ruleWords(rule), words));
});

describe("the problems of a rule", () => {
  const known = { categories: new Set(["background"]), providers: new Set(["main"]) };
  for (const [what, rule, expected] of [
    ["nothing", { when: { model: "x" }, use: "background", note: "mine" }, []],
    ["no goal", { when: {} }, [["use", 'must name a "provider" and a "model"']]],
    ["a category there is not", { use: "night" }, [["", 'there is no category "night"']]],
    [
      "a provider there is not",
      { use: { provider: "y", model: "m" } },
      [["use", 'there is no provider "y"']],
    ],
    [
      "two conditions that are wrong",
      { when: { tokensAbove: "x: y", images: 1 }, use: TARGET },
      [
        ["when.tokensAbove", "must be a number"],
        ["when.images", "must be true or false"],
      ],
    ],
    [
      "no object",
      7,
      [
        ["", "must be an object"],
        ["use", 'must name a "provider" and a "model"'],
      ],
    ],
    [
      "nothing at all",
      null,
      [
        ["", "must be an object"],
        ["use", 'must name a "provider" and a "model"'],
      ],
    ],
  ] as const)
    it(`name the member, in the words of the settings' reader: ${what}`, () =>
      assert.deepEqual(
        ruleProblems(rule, known).map((it) => [it.at, it.words]),
        expected,
      ));

  it("name a condition that is none", () => {
    const [problem] = ruleProblems({ when: { colour: "red" }, use: "background" }, known);
    assert.equal(problem?.at, "when");
    assert.match(problem?.words ?? "", /^"colour" is no condition; these are: model,/);
  });
});
