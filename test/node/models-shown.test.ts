import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { anthropic } from "../../src/model/providers/anthropic.ts";
import { offline } from "../../src/model/providers/offline.ts";
import { openai } from "../../src/model/providers/openai.ts";
import { openaiChat } from "../../src/model/providers/openai-chat.ts";
import type { OpenedProvider } from "../../src/model/routing/candidates.ts";
import { NO_ROUTING } from "../../src/model/routing/configuration.ts";
import { labelOf } from "../../src/node/key-source.ts";
import { modelsShown, type ShownParts } from "../../src/vscode/models-shown.ts";
import { openedProvider } from "../support/opened.ts";

const NOBODY = { name: "", models: async () => [], ask: async function* () {} };

function withKeys(type: typeof anthropic, keys: readonly string[]): OpenedProvider {
  const references = keys.length === 0 ? [""] : keys;
  const ways = references.map(() => NOBODY);
  return openedProvider(type, ways, { name: "main", keys }, { labels: references.map(labelOf) });
}

function shown(providers: readonly OpenedProvider[], more: Partial<ShownParts> = {}) {
  return modelsShown({
    providers,
    routing: NO_ROUTING,
    rules: { items: [], isOurs: true },
    problems: [],
    models: [],
    keys: { env: { MINE: "a-key-of-mine" }, secret: async () => undefined, stored: () => new Set(["work"]) },
    gateway: undefined,
    ours: new Set(["main"]),
    now: 0,
    ...more,
  });
}

describe("the page for models", () => {
  const literal = "sk-ant-a-literal-key-of-the-settings";

  it("names keys by where they come from, and says which are missing", () => {
    const keys = ["secret:work", "secret:home", "env:MINE", "env:OTHER", literal];
    const [main] = shown([withKeys(anthropic, keys)]).providers;
    assert.deepEqual(
      main?.keys.map((it) => [it.label, it.state, it.maySet]),
      [
        ["secret:work", "healthy", true],
        ["secret:home", "missing", true],
        ["env:MINE", "healthy", false],
        ["env:OTHER", "missing", false],
        ["…ings", "healthy", false],
      ],
    );
  });

  it("holds no key, wherever it stands", () => {
    const text = JSON.stringify(shown([withKeys(anthropic, [literal, "env:MINE"])]));
    assert.doesNotMatch(text, /literal-key|a-key-of-mine/);
  });

  it("says of a vendor's own key from which variable it is, and that some need none", () => {
    const env = { OPENAI_API_KEY: "sk-of-a-test" };
    const keys = { env, secret: async () => undefined };
    const all = [
      withKeys(openai, []),
      withKeys(openaiChat, []),
      withKeys(anthropic, []),
      withKeys(offline, []),
    ];
    assert.deepEqual(
      shown(all, { keys }).providers.map((it) => it.keys.map((key) => [key.label, key.state])),
      [[["env:OPENAI_API_KEY", "healthy"]], [["own key", "healthy"]], [["own key", "missing"]], []],
    );
  });

  it("lets keys be removed where it may write them, and never the last reference", () => {
    const removable = (keys: readonly string[], more: Partial<ShownParts> = {}) =>
      shown([withKeys(anthropic, keys)], more).providers[0]?.keys.map((it) => it.mayRemove);
    assert.deepEqual(removable(["env:MINE", "secret:home"]), [true, true]);
    assert.deepEqual(removable(["env:MINE", "secret:home"], { ours: new Set() }), [false, false]);
    assert.deepEqual(removable(["env:MINE"]), [false]);
    assert.deepEqual(removable(["secret:work"]), [true]);
  });

  it("says what rules may name: categories that are set, providers, and types by their names", () => {
    const categories = new Map([["mine", { targets: [{ provider: "main", model: "m" }] }]]);
    const routing = { ...NO_ROUTING, categories };
    const { rules } = shown([withKeys(anthropic, [])], { routing, rules: { items: [7], isOurs: false } });
    assert.deepEqual([rules.items, rules.isOurs, rules.categories], [[7], false, ["mine"]]);
    assert.ok(["main", "anthropic", "offline"].every((it) => rules.providers.includes(it)));
  });

  it("has a row for each usual category and for those of the settings", () => {
    const target = { provider: "main", model: "m" };
    const categories = new Map([
      ["longcontext", { targets: [target], threshold: 9 }],
      ["mine", { targets: [target] }],
    ]);
    const { routes } = shown([], { routing: { ...NO_ROUTING, categories } });
    assert.deepEqual(
      routes.map((it) => [it.category, it.targets.length, it.threshold]),
      [
        ["default", 0, undefined],
        ["background", 0, undefined],
        ["thinking", 0, undefined],
        ["longcontext", 1, 9],
        ["search", 0, undefined],
        ["subagent", 0, undefined],
        ["mine", 1, undefined],
      ],
    );
  });
});
