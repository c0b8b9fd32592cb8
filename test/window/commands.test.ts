import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { type Editor, startEditor } from "./support/editor.ts";
import { shotOfFailure } from "./support/shots.ts";
import { type EditorWindow, until } from "./support/window.ts";

describe("commands and views around the panel", function () {
  this.timeout(120_000);
  let editor: Editor;
  let window: EditorWindow;
  let folder: string;
  before(async function () {
    editor = await startEditor(this);
    folder = editor.project();
    window = await editor.open(folder);
    await window.showPanel();
  });
  beforeEach(() => window.button("New session").click());
  afterEach(shotOfFailure(() => window));
  after(() => editor?.stop());

  const says = (words: string) => window.text(words).first().waitFor();
  const cart = () => readFileSync(join(folder, "src/cart.ts"), "utf8");

  /** Opens a file and selects its first three lines. */
  async function select(path: string): Promise<void> {
    const { keyboard } = window.page;
    await keyboard.press("Control+p");
    await window.palette.locator("input").first().fill(path);
    await window.palette
      .getByRole("option", { name: path.split("/").at(-1) ?? "" })
      .first()
      .click();
    const lines = window.page.locator(".editor-instance .view-lines").first();
    await lines.click();
    await keyboard.press("Control+Home");
    for (let line = 0; line < 3; line++) await keyboard.press("Shift+ArrowDown");
  }

  it("put the selection into the next message by a key", async () => {
    await select("src/cart.ts");
    await window.page.keyboard.press("Control+Alt+a");
    await window.panel.getByText("src/cart.ts:1-3").first().waitFor();
    await until("the message box has the focus", () => window.message.evaluate((it) => it.matches(":focus")));
    await window.shot("selection");
    await window.say("help");
    await says("I am the offline model");
    assert.equal(await window.text("src/cart.ts:1-3").count(), 1);
  });

  it("ask about the selection at once", async () => {
    await select("src/receipt.ts");
    await window.run("Wheelhouse: Explain Selection");
    await says("Explain the selected code");
    await says("I do not understand");
  });

  it("complete the name of a file behind @", async () => {
    const option = window.panel.getByRole("option", { name: /^cart.ts/ }).first();
    // A session that is still being begun closes the list; it opens again with the next letter.
    await until("the list is there", async () => {
      await window.message.fill("show @car");
      await window.message.pressSequentially("t");
      return option.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
    await window.shot("mention");
    await window.message.press("Enter");
    assert.match(await window.message.inputValue(), /^show @src\/cart.ts ?$/);
    await window.message.press("Enter");
    await says("That is src/cart.ts.");
  });

  it("list what was changed and undo all of it", async () => {
    const original = cart();
    await window.say("rename subtotal to sum in src/cart.ts");
    await window.answer("Allow");
    await says("Changed subtotal to sum in src/cart.ts.");
    await window.page.getByRole("tab", { name: "Wheelhouse" }).first().click();
    await window.page.getByRole("treeitem").filter({ hasText: "changed" }).first().waitFor();
    await window.shot("trees");
    await window.run("Wheelhouse: Undo All Changes");
    await until("it is as it was", () => cart() === original);
    await window.page
      .getByText("There are no changes to review")
      .or(window.page.getByText("No changes to decide on"))
      .first()
      .waitFor();
  });

  it("export the session as text", async () => {
    await window.say("show README.md");
    await says("That is README.md.");
    await window.run("Wheelhouse: Export Session");
    await window.page.locator(".view-lines").getByText("show README.md").first().waitFor();
  });

  for (const [command, place, words] of [
    ["Open Settings", ".settings-editor", "Model of new sessions"],
    ["Open Walkthrough", ".gettingStartedContainer", "Get Started with Wheelhouse"],
    ["Show Log", ".part.panel", "Output"],
  ] as const) {
    it(`lead on: ${command}`, async () => {
      await window.run(`Wheelhouse: ${command}`);
      await window.page.locator(place).getByText(words).first().waitFor();
      await window.shot(`command ${command}`);
    });
  }
});
