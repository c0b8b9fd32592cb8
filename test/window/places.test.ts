import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { type Editor, startEditor } from "./support/editor.ts";
import { shotOfFailure } from "./support/shots.ts";
import { type EditorWindow, OPENING_MS, until } from "./support/window.ts";

/** Restricted Mode without a dialog before it. */
const QUIET_TRUST = {
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
};

const THEMES = [
  ["Light Modern", "vscode-light"],
  ["Default High Contrast", "vscode-high-contrast"],
  ["Dark Modern", "vscode-dark"],
] as const;

describe("the panel, wherever it is opened", function () {
  this.timeout(240_000);
  let editor: Editor;
  let window: EditorWindow;
  before(async function () {
    editor = await startEditor(this, { settings: QUIET_TRUST, asksForTrust: true });
  });
  afterEach(shotOfFailure(() => window));
  after(() => editor?.stop());

  const says = (words: string | RegExp) => window.text(words).first().waitFor();

  async function open(folder?: string): Promise<void> {
    await window?.close();
    window = await editor.open(folder);
  }

  it("says in a window without a folder that one is needed", async () => {
    await open();
    await until(
      "the panel is there",
      async () => {
        await window.page.keyboard.press("Control+Alt+w");
        await window.panel.getByPlaceholder("Open a folder first").waitFor({ timeout: 3000 });
        return true;
      },
      OPENING_MS,
    );
    assert.equal(await window.message.isDisabled(), true);
    await window.shot("no-folder");
    await window.button("Open Folder").click();
    await window.palette.getByText("Open Folder").first().waitFor();
    await window.page.keyboard.press("Escape");
  });

  it("runs nothing and reads no settings in a folder that is not trusted, until it is", async () => {
    const folder = editor.project();
    mkdirSync(join(folder, ".wheelhouse"));
    writeFileSync(
      join(folder, ".wheelhouse/settings.json"),
      '{ "permissions": { "deny": ["Read(README.md)"] } }',
    );
    await open(folder);
    await window.showPanel();
    await window.say("show README.md");
    await says("That is README.md.");
    await window.say("run touch made");
    await says(/not trusted/);
    await window.shot("untrusted");
    await window.run("Workspaces: Manage Workspace Trust");
    await window.page
      .getByRole("button", { name: /^Trust/ })
      .first()
      .click();
    await window.page
      .locator(".monaco-modal-editor-block")
      .getByRole("button", { name: /^Close/ })
      .first()
      .click();
    const refusals = () =>
      window.panel
        .getByRole("log")
        .getByText(/not trusted/)
        .count();
    await until("it is trusted", async () => {
      const before = await refusals();
      await window.say("run touch made");
      // One message at a time: a second one, queued behind the question, would ask again.
      await until("it asks or refuses", async () => {
        return (await window.question.isVisible()) || (await refusals()) > before;
      });
      return window.question.isVisible();
    });
    await window.answer("Allow");
    await until("it ran", () => existsSync(join(folder, "made")));
    await window.say("show README.md");
    await says(/Read\(README.md\)/);
  });

  it("wears the colours of the editor's theme", async () => {
    await open(editor.project());
    await window.showPanel();
    await window.say('replace "discount" with "rebate" in src/cart.ts');
    await window.question.waitFor();
    const colours = new Set<string>();
    for (const [theme, name] of THEMES) {
      await window.run("Preferences: Color Theme");
      await window.palette.locator("input").first().fill(theme);
      await window.palette.getByRole("option", { name: theme }).first().click();
      const body = window.panel.locator("body");
      await until(`the panel is ${theme}`, () =>
        body.evaluate((it, name) => it.classList.contains(name), name),
      );
      await window.shot(`theme ${theme}`);
      colours.add(
        await body.evaluate((it) => `${getComputedStyle(it).color} ${getComputedStyle(it).backgroundColor}`),
      );
    }
    assert.equal(colours.size, THEMES.length);
  });
});
