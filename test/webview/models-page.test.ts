import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "mocha";
import { type OpenBrowser, openBrowser } from "../support/chromium.ts";
import { openModels, posted, send, violations } from "./models-stage.ts";
import { buildPanel } from "./panel-page.ts";
import { THEMES } from "./themes.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
describe("the page for models", function () {
  this.timeout(120_000);
  let browser: OpenBrowser | undefined;
  before(async function () {
    browser = await openBrowser();
    if (!browser) this.skip();
    buildPanel();
  });
  after(() => browser?.close());

  const open = (theme = THEMES[0], width = 900) => {
    assert.ok(browser);
    return openModels(browser, theme, width);
  };

  for (const theme of THEMES) {
    it(`has no accessibility problem axe can find in the ${theme.name} theme`, async () => {
      const { page, errors } = await open(theme);
      // What is disabled need have no contrast, and the library does not say so where axe looks.
      await page.evaluate(axe);
      const found = await page.evaluate(violations);
      assert.deepEqual(found, []);
      assert.deepEqual(errors, []);
      await page.close();
    });
  }

  it("is wholly there at the width of a phone", async () => {
    const { page } = await open(undefined, 320);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} pixels stick out`);
    await page.close();
  });

  it("sends what is wanted of keys, and shows what came of a try beside the key", async () => {
    const { page } = await open();
    const key = page.getByRole("group", { name: "Key secret:work of main" });
    await key.getByRole("button", { name: "Test" }).press("Enter");
    await key.getByText("Asking …").waitFor();
    await send(page, { type: "tried", key: "main#1", words: "It works: 2 models are listed.", isGood: true });
    await key.getByText("It works: 2 models are listed.").waitFor();
    await page.getByRole("button", { name: "Add key" }).press("Enter");
    assert.equal(
      await page
        .getByRole("group", { name: "Key env:KEY of main" })
        .getByRole("button", { name: "Set key" })
        .count(),
      0,
    );
    assert.deepEqual(await posted(page), [
      { type: "ready" },
      { type: "tryKey", key: "main#1" },
      { type: "addKey", provider: "main" },
    ]);
    await page.close();
  });

  it("sends a route as it is chosen, with its fallbacks and threshold", async () => {
    const { page } = await open();
    await page.getByRole("combobox", { name: "Model for default" }).selectOption("main/offline");
    await page.getByRole("combobox", { name: "Fallback for longcontext" }).selectOption("main/offline");
    await page.getByRole("spinbutton", { name: /Threshold/ }).fill("5000");
    await page.keyboard.press("Tab");
    const sonnet = { provider: "main", model: "claude-sonnet-5-5" };
    const other = { provider: "main", model: "offline" };
    assert.deepEqual((await posted(page)).slice(1), [
      { type: "setRoute", category: "default", targets: [other] },
      { type: "setRoute", category: "longcontext", targets: [sonnet, other], threshold: 100_000 },
      { type: "setRoute", category: "longcontext", targets: [sonnet], threshold: 5000 },
    ]);
    await page.close();
  });

  it("adds a provider only once it has a name", async () => {
    const { page } = await open();
    const add = page.getByRole("button", { name: "Add provider" });
    assert.equal(await add.isDisabled(), true);
    await page.getByRole("textbox", { name: "Name" }).fill("mine");
    await page.getByRole("combobox", { name: "Type" }).selectOption("openai");
    await page.getByText("Without an address it is https://api.openai.com/v1").waitFor();
    await add.click();
    assert.deepEqual((await posted(page)).at(-1), {
      type: "addProvider",
      name: "mine",
      providerType: "openai",
      address: "",
      hasKey: true,
    });
    await page.close();
  });

  it("shows and exports the usage in the way that is chosen", async () => {
    const { page } = await open();
    await page.getByRole("img", { name: /from 2026-11-28 to 2026-11-29, at most \$2\.50/ }).waitFor();
    await page.getByText("3, 1 failed").waitFor();
    await page.getByRole("combobox", { name: "Group usage" }).selectOption("project");
    await page.getByRole("button", { name: "Export JSON" }).click();
    assert.deepEqual((await posted(page)).slice(1), [
      { type: "usage", by: "project", days: 30 },
      { type: "exportUsage", by: "day", days: 30, format: "json" },
    ]);
    await page.close();
  });
});
