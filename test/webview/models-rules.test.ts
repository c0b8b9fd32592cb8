import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "mocha";
import type { Page } from "playwright-core";
import { type OpenBrowser, openBrowser } from "../support/chromium.ts";
import { openModels, posted, SHOWN, send, violations } from "./models-stage.ts";
import { buildPanel } from "./panel-page.ts";
import { THEMES, type Theme } from "./themes.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [FIRST, SECOND] = SHOWN.rules.items;
const THIRD = { when: { thinking: true }, use: "longcontext", note: "mine" };

describe("the rules on the page for models", function () {
  this.timeout(120_000);
  let browser: OpenBrowser | undefined;
  before(async function () {
    browser = await openBrowser();
    if (!browser) this.skip();
    buildPanel();
  });
  after(() => browser?.close());

  const open = async (items: readonly unknown[], theme?: Theme, width?: number): Promise<Page> => {
    assert.ok(browser);
    return (await openModels(browser, theme, width, shownWith(items))).page;
  };
  const shownWith = (items: readonly unknown[], isOurs = true) => ({
    ...SHOWN,
    rules: { ...SHOWN.rules, items, isOurs },
  });
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  const form = (page: Page, name: string) => page.getByRole("group", { name, exact: true }).last();
  const sentences = (page: Page) => page.locator(".rule-words").allTextContents();
  const hasFocus = (page: Page, name: string) =>
    page.waitForFunction(
      (wanted) => {
        const it = document.activeElement;
        return (it?.getAttribute("aria-label") ?? it?.textContent) === wanted;
      },
      name,
      { timeout: 5000 },
    );
  const written = async (page: Page) => (await posted(page)).filter((it) => it.type === "setRules");

  it("stand in their order, a sentence each, and those that do not count with the reason", async () => {
    const page = await open([FIRST, SECOND, "night"]);
    assert.deepEqual(await sentences(page), [
      "If the client is “gemini” and it has fewer than 2,000 tokens: category “longcontext”",
      'If colour is "red": main/offline',
      '"night"',
    ]);
    await page.getByRole("group", { name: "Rule 2" }).getByText('"colour" is no condition').waitFor();
    await page.getByRole("group", { name: "Rule 3" }).getByText("must be an object").waitFor();
    assert.equal(await page.getByRole("button", { name: "Edit rule 3" }).isDisabled(), true);
    await page.close();
  });

  it("are added with conditions and a model, and the focus is back where it came from", async () => {
    const page = await open([FIRST]);
    await press(page, "Add rule");
    const it = form(page, "New rule");
    await it.getByLabel("Model", { exact: true }).fill("*haiku*");
    await it.getByLabel("More tokens than").fill("1000");
    await it.getByLabel("A subagent asks").selectOption("No");
    await it.getByLabel("Provider").selectOption("main");
    await it.getByLabel("Model there").fill("some/model");
    await it
      .getByText("If the model is “*haiku*”, it has more than 1,000 tokens and no subagent asks")
      .waitFor();
    await press(page, "Save rule");
    const rule = {
      when: { model: "*haiku*", tokensAbove: 1000, subagent: false },
      use: { provider: "main", model: "some/model" },
    };
    assert.deepEqual(await written(page), [{ type: "setRules", was: [FIRST], rules: [FIRST, rule] }]);
    assert.equal((await sentences(page)).length, 2);
    await hasFocus(page, "Add rule");
    await page.close();
  });

  it("keep in an edit what the page does not know", async () => {
    const page = await open([THIRD]);
    await press(page, "Edit rule 1");
    await form(page, "Rule 1").getByLabel("Thinking is asked for").selectOption("Either");
    await form(page, "Rule 1").getByLabel("One of its tools").fill("WebSearch");
    await page.keyboard.press("Enter");
    const rules = [{ when: { tool: "WebSearch" }, use: "longcontext", note: "mine" }];
    assert.deepEqual(await written(page), [{ type: "setRules", was: [THIRD], rules }]);
    await page.close();
  });

  for (const [what, fill, problem] of [
    ["a number in words", "Fewer tokens than", "must be a number"],
    ["a negative number", "More tokens than", "must be at least 0"],
  ] as const)
    it(`are not saved with ${what}, which is told beside its field`, async () => {
      const page = await open([THIRD]);
      await press(page, "Edit rule 1");
      const field = form(page, "Rule 1").getByLabel(fill);
      await field.fill(what === "a negative number" ? "-1" : "many");
      await press(page, "Save rule");
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      const described = await field.getAttribute("aria-describedby");
      assert.equal(await page.locator(`#${described}`).textContent(), problem);
      assert.equal(await field.evaluate((it) => it === document.activeElement), true);
      assert.deepEqual(await written(page), []);
      await field.fill("5");
      assert.equal(await field.getAttribute("aria-invalid"), null);
      await page.close();
    });

  it("need somewhere to go, in the words of the settings' reader", async () => {
    const page = await open([]);
    await press(page, "Add rule");
    await press(page, "Save rule");
    await form(page, "New rule").getByText('must name a "provider" and a "model"').waitFor();
    await page.getByLabel("Send it to").selectOption("Category “longcontext”");
    await press(page, "Save rule");
    const rules = [{ when: {}, use: "longcontext" }];
    assert.deepEqual(await written(page), [{ type: "setRules", was: [], rules }]);
    await page.close();
  });

  it("lose a condition that is none only when that is wanted", async () => {
    const page = await open([SECOND]);
    await press(page, "Edit rule 1");
    await form(page, "Rule 1").getByLabel("Client").fill("gemini");
    await press(page, "Save rule");
    await press(page, "Edit rule 1");
    await press(page, "Leave out colour");
    await press(page, "Save rule");
    await hasFocus(page, "Edit rule 1");
    const use = { provider: "main", model: "offline" };
    assert.deepEqual(
      (await written(page)).map((it) => it.rules),
      [[{ when: { colour: "red", client: "gemini" }, use }], [{ when: { client: "gemini" }, use }]],
    );
    await page.close();
  });

  it("move by buttons and by Alt with an arrow, the focus with them", async () => {
    const page = await open([FIRST, SECOND, THIRD]);
    await press(page, "Move rule 3 up");
    await hasFocus(page, "Move rule 2 up");
    await page.keyboard.press("Alt+ArrowUp");
    await hasFocus(page, "Move rule 1 down");
    await page.keyboard.press("Alt+ArrowUp");
    assert.deepEqual(
      (await written(page)).map((it) => it.rules),
      [
        [FIRST, THIRD, SECOND],
        [THIRD, FIRST, SECOND],
      ],
    );
    // What the host tells of the first change is older than what is shown.
    await send(page, { type: "shown", shown: shownWith([FIRST, THIRD, SECOND]) }, { type: "rulesSet" });
    assert.match((await sentences(page))[0] ?? "", /thinking/);
    await send(page, { type: "shown", shown: shownWith([THIRD, FIRST, SECOND]) }, { type: "rulesSet" });
    assert.match((await sentences(page))[0] ?? "", /thinking/);
    await hasFocus(page, "Move rule 1 down");
    await page.close();
  });

  it("are removed, and the focus goes to the next, at last to Add rule", async () => {
    const page = await open([FIRST, SECOND]);
    await press(page, "Remove rule 1");
    await hasFocus(page, "Remove rule 1");
    await page.keyboard.press("Enter");
    await hasFocus(page, "Add rule");
    assert.deepEqual(
      (await written(page)).map((it) => it.rules),
      [[SECOND], []],
    );
    await page.close();
  });

  it("are again as they stand when a change could not be written", async () => {
    const page = await open([FIRST, SECOND]);
    await press(page, "Remove rule 1");
    await send(page, { type: "shown", shown: shownWith([FIRST, SECOND, THIRD]) }, { type: "rulesSet" });
    assert.equal((await sentences(page)).length, 3);
    await page.close();
  });

  it("are not overwritten by a form whose rule is another one meanwhile", async () => {
    const page = await open([FIRST, SECOND]);
    await press(page, "Edit rule 2");
    await send(page, { type: "shown", shown: shownWith([FIRST]) });
    await form(page, "Rule 2").getByLabel("Client").fill("x");
    await press(page, "Save rule");
    await page.getByText("The rules are others meanwhile").waitFor();
    await page.keyboard.press("Tab");
    await page.getByLabel("Send it to").press("Escape");
    assert.deepEqual(await written(page), []);
    await hasFocus(page, "Add rule");
    await page.close();
  });

  it("of a file are said to be taken to the editor's settings by a change", async () => {
    const page = await open([FIRST]);
    await send(page, { type: "shown", shown: shownWith([FIRST], false) });
    await page.getByText(/They stand in your settings file/).waitFor();
    await page.close();
  });

  it("show what would happen to a request, anew with every change", async () => {
    const page = await open([FIRST]);
    const it = page.getByRole("group", { name: "What would happen" });
    await it.getByLabel("Tokens").fill("many");
    await it.getByText("must be a number").waitFor();
    await it.getByLabel("Tokens").fill("12");
    await it.getByLabel("Tools").fill("Bash, WebSearch");
    await it.getByLabel("Model").fill("claude");
    await it.getByRole("checkbox", { name: "Thinking is asked for" }).click();
    const of = {
      model: "claude",
      tokens: 12,
      tools: ["Bash", "WebSearch"],
      client: "",
      user: "",
      project: "",
    };
    const flags = { thinking: true, search: false, images: false, subagent: false };
    assert.deepEqual((await posted(page)).at(-1), { type: "decide", of: { ...of, ...flags } });
    const targets = [{ provider: "main", model: "m" }];
    await send(page, { type: "decided", decision: { category: "rule", why: "rule 1 holds: x", targets } });
    await it.getByText("rule → main/m").waitFor();
    await it.getByText("Because: rule 1 holds: x.").waitFor();
    await send(page, { type: "decided", decision: { category: "default", why: "so", targets: [] } });
    await it.getByText("nobody serves it").waitFor();
    await page.close();
  });

  for (const theme of THEMES)
    it(`have no accessibility problem axe can find while one is edited, in the ${theme.name} theme`, async () => {
      const page = await open([FIRST, SECOND], theme);
      await press(page, "Edit rule 2");
      await page.getByLabel("Fewer tokens than").fill("many");
      await press(page, "Save rule");
      await page.evaluate(axe);
      assert.deepEqual(await page.evaluate(violations), []);
      await page.close();
    });

  it("are wholly there at the width of a phone", async () => {
    const page = await open([FIRST, SECOND], undefined, 320);
    await press(page, "Edit rule 2");
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} pixels stick out`);
    await page.close();
  });
});
