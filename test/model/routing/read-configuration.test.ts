import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readConfiguration } from "../../../src/model/routing/read-configuration.ts";

const TYPES = ["anthropic", "openai", "offline"];
const read = (settings: { providers?: unknown; routing?: unknown; budget?: unknown; limits?: unknown }) =>
  readConfiguration({ providers: {}, routing: {}, budget: {}, limits: {}, ...settings }, TYPES);
const MAIN = { main: { type: "anthropic", keys: ["env:A", "secret:b"] } };

describe("the settings of models", () => {
  it("are empty when nothing is set", () => {
    const { providers, routing, budget, problems } = read({});
    assert.deepEqual(
      [providers, routing.categories.size, routing.rules, budget, problems],
      [[], 0, [], { warnAt: 0.8 }, []],
    );
  });

  it("name providers with their keys, and keep what only the wire reads", () => {
    const { providers, problems } = read({
      providers: {
        main: { ...MAIN.main, baseUrl: "https://x.example/", weights: [3, 1], reasoningReplay: true },
      },
    });
    assert.deepEqual(problems, []);
    const [main] = providers;
    assert.deepEqual(
      [main?.baseUrl, main?.keys, main?.weights, main?.strategy, main?.sticky, main?.options],
      ["https://x.example", ["env:A", "secret:b"], [3, 1], "smart", true, { reasoningReplay: true }],
    );
  });

  it("limit users and projects, each and by name", () => {
    const { limits, problems } = read({
      limits: { perUser: { concurrent: 2 }, projects: { "*/shop": { tokensPerDay: 5 } } },
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(limits, {
      users: { each: { concurrent: 2 }, named: [] },
      projects: { each: {}, named: [{ pattern: "*/shop", limits: { tokensPerDay: 5 } }] },
    });
  });

  it("give models a price and a size", () => {
    const models = ["a", { id: "b", contextWindow: 8000, price: { input: 1, output: 2, cacheRead: 0.1 } }];
    const { providers } = read({ providers: { main: { ...MAIN.main, models } } });
    assert.deepEqual(providers[0]?.models, [
      { id: "a" },
      { id: "b", contextWindow: 8000, price: { input: 1, output: 2, cacheRead: 0.1 } },
    ]);
  });

  it("send categories to targets, with others in their place", () => {
    const routing = {
      default: { provider: "main", model: "m", fallback: [{ provider: "main", model: "n" }] },
    };
    const found = read({ providers: MAIN, routing });
    assert.deepEqual(found.problems, []);
    assert.deepEqual(found.routing.categories.get("default")?.targets, [
      { provider: "main", model: "m" },
      { provider: "main", model: "n" },
    ]);
  });

  for (const [what, settings, problem] of [
    [
      "a type there is not",
      { providers: { x: { type: "alien" } } },
      /^providers\.x\.type: must be one of anthropic/,
    ],
    ["no type", { providers: { x: {} } }, /^providers\.x: "type" is missing/],
    [
      "an address that is none",
      { providers: { x: { type: "openai", baseUrl: "ftp://x" } } },
      /"baseUrl" must be an address/,
    ],
    [
      "keys that are no texts",
      { providers: { x: { type: "openai", keys: [1] } } },
      /^providers\.x\.keys: must be a list of texts/,
    ],
    [
      "a strategy there is not",
      { providers: { x: { type: "openai", strategy: "luck" } } },
      /^providers\.x\.strategy: must be one of/,
    ],
    [
      "a limit there is not",
      { providers: { x: { type: "openai", limits: { requestPerMinute: 5 } } } },
      /^providers\.x\.limits: "requestPerMinute" is none of requestsPerMinute,/,
    ],
    [
      "a limit of nothing",
      { providers: { x: { type: "openai", limits: { concurrent: 0 } } } },
      /concurrent: must be at least 1/,
    ],
    [
      "no patience at all",
      { providers: { x: { type: "openai", silenceSeconds: 0 } } },
      /^providers\.x\.silenceSeconds: must be at least 0\.1/,
    ],
    ["a name with a slash", { providers: { "a/b": { type: "openai" } } }, /a provider's name/],
    [
      "a category without a model",
      { providers: MAIN, routing: { default: { provider: "main" } } },
      /must name a "provider" and a "model"/,
    ],
    [
      "a category at nobody's",
      { routing: { default: { provider: "y", model: "m" } } },
      /there is no provider "y"/,
    ],
    [
      "a rule with a condition that is none",
      {
        providers: MAIN,
        routing: { rules: [{ when: { colour: "red" }, use: { provider: "main", model: "m" } }] },
      },
      /"colour" is no condition/,
    ],
    [
      "a rule to a category there is not",
      { providers: MAIN, routing: { rules: [{ when: {}, use: "night" }] } },
      /there is no category "night"/,
    ],
    ["a budget in words", { budget: { perDay: "much" } }, /^budget\.perDay: must be a number/],
    ["a budget that there is not", { budget: { perWeek: 5 } }, /^budget: "perWeek" is none of perTask/],
    ["a limit of a key among those of users", { limits: { perKey: {} } }, /^limits: "perKey" is none of/],
    [
      "a limit in words",
      { limits: { users: { ann: { concurrent: "few" } } } },
      /^limits\.users\.ann\.concurrent/,
    ],
    ["another currency", { budget: { currency: "EUR" } }, /^budget\.currency: must be one of USD/],
    ["providers that are no object", { providers: [] }, /./],
  ] as const) {
    it(`are complained about with the place: ${what}`, () => {
      const { problems } = read(settings);
      if (what.startsWith("providers that")) return assert.deepEqual(problems, []);
      assert.match(problems.join("\n"), problem);
    });
  }

  const use = { provider: "main", model: "m" };
  for (const [what, rule, problem] of [
    [
      "a number in words",
      { when: { tokensAbove: "many" }, use },
      /^routing\.rules\.0\.when\.tokensAbove: must be a number/,
    ],
    [
      "a negative number",
      { when: { tokensBelow: -1 }, use },
      /^routing\.rules\.0\.when\.tokensBelow: must be at least 0/,
    ],
    [
      "yes in place of true",
      { when: { thinking: "yes" }, use },
      /^routing\.rules\.0\.when\.thinking: must be true or/,
    ],
    [
      "conditions that are no object",
      { when: "thinking", use },
      /^routing\.rules\.0\.when: must be an object/,
    ],
    ["conditions in a list", { when: ["thinking"], use }, /^routing\.rules\.0\.when: must be an object/],
    ["a text in place of a rule", "background", /^routing: "rules" has rules/],
    ["a number in place of a rule", 7, /^routing\.rules\.0: must be an object/],
  ] as const) {
    it(`leave out a rule that is not understood, which would hold more often than was meant: ${what}`, () => {
      const { routing, problems } = read({ providers: MAIN, routing: { rules: [rule, { when: {}, use }] } });
      assert.match(problems[0] ?? "", problem);
      assert.deepEqual(routing.rules, [{ number: 2, when: {}, use }]);
    });
  }

  it("hold as far as they are right", () => {
    const { providers, problems } = read({ providers: { ...MAIN, broken: { type: "alien" } } });
    assert.deepEqual([providers.map((it) => it.name), problems.length], [["main"], 1]);
  });
});
