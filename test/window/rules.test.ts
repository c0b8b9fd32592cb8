import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

const OFFLINE = { provider: "offline", model: "offline" };
const RULES = [
  { when: { client: "gemini" }, use: "background", note: "of mine" },
  { when: { colour: "red" }, use: OFFLINE },
];
const COMMENT = "// my own words";

describe("the rules of routing in the window", function () {
  const { editor, window, folder } = withWindow(this, () => ({
    settings: { "wheelhouse.routing": { background: OFFLINE, rules: RULES, backgroundModels: ["*tiny*"] } },
  }));
  const page = () => window().editorPage;
  const press = (name: string) => page().getByRole("button", { name, exact: true }).click();
  const file = () => join(editor().state, "User/settings.json");
  const routing = (): unknown => {
    const text = readFileSync(file(), "utf8").replace(COMMENT, "");
    return (JSON.parse(text) as Record<string, unknown>)["wheelhouse.routing"];
  };
  const has = (rules: readonly unknown[]) =>
    until("the settings have the rules", () => {
      try {
        assert.deepEqual(routing(), { background: OFFLINE, rules, backgroundModels: ["*tiny*"] });
        return true;
      } catch (error) {
        if (error instanceof assert.AssertionError || error instanceof SyntaxError)
          return Promise.reject(error);
        throw error;
      }
    });
  const whatIf = () => page().getByRole("group", { name: "What would happen" });

  it("shows them, and where a request would go by them", async () => {
    writeFileSync(file(), readFileSync(file(), "utf8").replace("{", `{ ${COMMENT}\n`));
    await window().run("Wheelhouse: Models and Keys");
    await page().getByText("If the client is “gemini”: category “background”").waitFor();
    await page().getByRole("group", { name: "Rule 2" }).getByText('"colour" is no condition').waitFor();
    await whatIf().getByLabel("Model").fill("some-model");
    await whatIf().getByLabel("Client").selectOption("gemini");
    await whatIf().getByText("background → offline/offline").waitFor();
    await whatIf()
      .getByText(/Because: rule 1 holds/)
      .waitFor();
    await whatIf().scrollIntoViewIfNeeded();
    await window().shot("rules");
  });

  it("adds one to the person's settings, where all else stays as it was, and it decides at once", async () => {
    await press("Add rule");
    const form = page().getByRole("group", { name: "New rule" });
    await form.getByLabel("Model", { exact: true }).fill("some-*");
    await form.getByLabel("Provider").selectOption("offline");
    await form.getByLabel("Model there").fill("offline");
    await window().shot("rules-form");
    await press("Save rule");
    const third = { when: { model: "some-*" }, use: OFFLINE };
    await has([...RULES, third]);
    await whatIf().getByLabel("Client").selectOption("Any");
    await whatIf()
      .getByText(/Because: rule 3 holds/)
      .waitFor();
    await press("Move rule 3 up");
    await page().locator("*:focus").first().waitFor();
    await window().page.keyboard.press("Alt+ArrowUp");
    await has([third, ...RULES]);
    await whatIf()
      .getByText(/Because: rule 1 holds/)
      .waitFor();
  });

  it("changes and removes them, and leaves the folder's settings alone", async () => {
    await press("Remove rule 1");
    await press("Edit rule 1");
    const form = page().getByRole("group", { name: "Rule 1" }).last();
    await form.getByLabel("Thinking is asked for").selectOption("Yes");
    await press("Save rule");
    const [first, second] = RULES;
    await has([{ ...first, when: { client: "gemini", thinking: true } }, second]);
    assert.match(readFileSync(file(), "utf8"), /^\{ \/\/ my own words\n/);
    assert.equal(existsSync(join(folder(), ".vscode/settings.json")), false);
  });
});
