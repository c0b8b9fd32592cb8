import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  BACKGROUND_MODELS,
  type CategorySetting,
  type Condition,
  type RoutingSetting,
  type RuleSetting,
} from "../../../src/model/routing/configuration.ts";
import { compileRouting } from "../../../src/model/routing/decide.ts";
import { matcher } from "../../../src/model/routing/pattern.ts";
import { compileRules } from "../../../src/model/routing/rules.ts";
import { NOBODY, type Signals } from "../../../src/model/routing/signals.ts";

const NAMES = ["claude-a", "claude-b", "gpt-a", "GPT-a", "x", "", "a*b"];
const PATTERNS = [...NAMES, "*", "claude-*", "gpt*", "*-a", "c*e-*a", "Claude-A", "a.b", "**"];
const name = fc.constantFrom(...NAMES);
const pattern = fc.constantFrom(...PATTERNS);
const maybe = <T>(it: fc.Arbitrary<T>) => fc.option(it, { nil: undefined });

const condition: fc.Arbitrary<Condition> = fc
  .record({
    model: maybe(pattern),
    client: maybe(pattern),
    user: maybe(pattern),
    project: maybe(pattern),
    tool: maybe(pattern),
    tokensAbove: maybe(fc.nat(100)),
    tokensBelow: maybe(fc.nat(100)),
    thinking: maybe(fc.boolean()),
    search: maybe(fc.boolean()),
    images: maybe(fc.boolean()),
    background: maybe(fc.boolean()),
    subagent: maybe(fc.boolean()),
  })
  .map((it) => Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)));

const signals: fc.Arbitrary<Signals> = fc
  .record({
    model: name,
    client: name,
    user: name,
    project: name,
    tools: fc.array(name, { maxLength: 3 }),
    thinking: fc.boolean(),
    search: fc.boolean(),
    images: fc.boolean(),
    subagent: fc.boolean(),
    tokens: fc.nat(100),
  })
  .map(({ tokens, ...it }) => ({ ...NOBODY, ...it, tokens: () => tokens }));

const isBackground = (model: string) => model.endsWith("-a");

/** Whether a pattern fits, in the plainest way. */
function fits(of: string, text: string): boolean {
  const [first = "", ...rest] = of.toLowerCase().split("*");
  const low = text.toLowerCase();
  if (rest.length === 0) return low === first;
  if (!low.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = low.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  const last = rest.at(-1) ?? "";
  return low.length - last.length >= at && low.endsWith(last);
}

function holds(when: Condition, it: Signals): boolean {
  const texts = (["model", "client", "user", "project"] as const).every(
    (key) => when[key] === undefined || fits(when[key], it[key]),
  );
  const flags = (["thinking", "search", "images", "subagent"] as const).every(
    (key) => when[key] === undefined || when[key] === it[key],
  );
  const { tool, tokensAbove, tokensBelow, background } = when;
  return (
    texts &&
    flags &&
    (tool === undefined || it.tools.some((one) => fits(tool, one))) &&
    (tokensAbove === undefined || it.tokens() > tokensAbove) &&
    (tokensBelow === undefined || it.tokens() < tokensBelow) &&
    (background === undefined || background === isBackground(it.model))
  );
}

describe("patterns of names", () => {
  it("fit as the plainest reading of * says", () => {
    const any = fc.string({ unit: fc.constantFrom("a", "B", "*", ".", "-", "+", "(", "\n"), maxLength: 8 });
    fc.assert(
      fc.property(any, any, (of, text) => {
        assert.equal(matcher([of])(text), fits(of, text), `${JSON.stringify(of)} on ${JSON.stringify(text)}`);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("compiled rules", () => {
  it("decide as looking at each in its order does", () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 30 }), signals, (conditions, it) => {
        const rules: readonly RuleSetting[] = conditions.map((when) => ({ when, use: "x" }));
        const found = compileRules(rules)(it, isBackground);
        const expected = rules.findIndex(({ when }) => holds(when, it));
        assert.equal(found?.number ?? 0, expected + 1);
      }),
      { numRuns: 1_000 },
    );
  });
});

const target = { provider: "p", model: "m" };
const category = (it: string): [string, CategorySetting] => [it, { targets: [{ provider: "p", model: it }] }];
const CATEGORIES = ["default", "background", "thinking", "longcontext", "search", "subagent", "mine"];

describe("a decision", () => {
  const routing = (names: readonly string[], rules: readonly RuleSetting[] = []): RoutingSetting => ({
    categories: new Map(names.map(category)),
    rules,
    script: undefined,
    backgroundModels: BACKGROUND_MODELS,
  });
  const decide = (setting: RoutingSetting, more: Partial<Signals>) =>
    compileRouting(
      setting,
      (it) => it === "p",
      (model) => [{ provider: "serving", model }],
    )({
      ...NOBODY,
      model: "some",
      tokens: () => 1,
      thinking: false,
      search: false,
      images: false,
      tools: [],
      ...more,
    });

  for (const [what, more, expected] of [
    ["a provider that is named", { model: "p/x", category: "mine" }, "explicit"],
    ["the model a session was given", { pinned: true, thinking: true }, "session"],
    ["what the client names", { category: "mine", subagent: true }, "mine"],
    ["a category that is named as a model", { model: "mine", search: true }, "mine"],
    ["a subagent", { subagent: true, search: true }, "subagent"],
    ["a search", { search: true, thinking: true }, "search"],
    ["thinking", { thinking: true, tokens: () => 1e9 }, "thinking"],
    ["length", { tokens: () => 200_001, model: "some-haiku" }, "longcontext"],
    ["small work", { model: "some-haiku" }, "background"],
    ["nothing of all this", {}, "default"],
  ] as const)
    it(`goes by ${what} before what comes after it`, () => {
      const made = decide(routing(CATEGORIES), more);
      assert.equal(made.category, expected);
      assert.equal(made.targets.length, 1);
    });

  it("goes by a rule before categories, and says which", () => {
    const made = decide(routing(CATEGORIES, [{ when: { thinking: true }, use: target }]), { thinking: true });
    assert.deepEqual(made, { category: "rule", why: "rule 1 holds: thinking true", targets: [target] });
  });

  it("numbers a rule as the settings do, in which others may be invalid", () => {
    const made = decide(routing(CATEGORIES, [{ number: 3, when: {}, use: target }]), {});
    assert.match(made.why, /^rule 3 holds/);
  });

  it("always gives a reason, and a target where a default or a server is", () => {
    fc.assert(
      fc.property(fc.subarray(CATEGORIES), signals, (names, it) => {
        const made = decide(routing(names), it);
        assert.notEqual(made.why, "");
        assert.ok(made.targets.length > 0);
      }),
    );
  });
});
