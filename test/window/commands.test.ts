import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, beforeEach, describe, it } from "mocha";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

describe("commands and views around the panel", function () {
  const { editor, window, folder, says } = withWindow(this);
  beforeEach(() => window().button("New session").click());
  after(() => window().run("View: Hide Panel"));

  const cart = () => readFileSync(join(folder(), "src/cart.ts"), "utf8");

  /** Opens a file and selects its first three lines. */
  async function select(path: string): Promise<void> {
    const { keyboard } = window().page;
    await keyboard.press("Control+p");
    await window().palette.locator("input").first().fill(path);
    await window()
      .palette.getByRole("option", { name: path.split("/").at(-1) ?? "" })
      .first()
      .click();
    const lines = window().page.locator(".editor-instance .view-lines").first();
    await lines.click();
    await keyboard.press("Control+Home");
    for (let line = 0; line < 3; line++) await keyboard.press("Shift+ArrowDown");
  }

  it("put the selection into the next message by a key", async () => {
    await select("src/cart.ts");
    await window().page.keyboard.press("Control+Alt+a");
    await window().panel.getByText("src/cart.ts:1-3").first().waitFor();
    await until("the message box has the focus", () =>
      window().message.evaluate((it) => it.matches(":focus")),
    );
    const chips = window().panel.locator(".along .chip:visible");
    assert.deepEqual(await chips.allInnerTexts(), ["src/cart.ts:1-3"]);
    await window().shot("selection");
    await window().say("help");
    await says("I am the offline model");
    assert.equal(await window().text("src/cart.ts:1-3").count(), 1);
  });

  it("leave it at the file's name where nothing is selected", async () => {
    await select("src/receipt.ts");
    await window().page.keyboard.press("ArrowUp");
    const chip = window().panel.getByRole("button", { name: "Send src/receipt.ts along", exact: true });
    await chip.waitFor();
    await window().say("help");
    await says("I am the offline model");
    assert.equal(await window().text("src/receipt.ts").innerText(), "src/receipt.ts");
  });

  it("ask about the selection at once", async () => {
    await select("src/receipt.ts");
    await window().run("Wheelhouse: Explain Selection");
    await says("Explain the selected code");
    await says("I do not understand");
  });

  it("complete the name of a file behind @", async () => {
    const option = window()
      .panel.getByRole("option", { name: /^cart.ts/ })
      .first();
    await window().message.pressSequentially("show @cart");
    await option.waitFor();
    await window().shot("mention");
    await window().message.press("Enter");
    await until("the words are in the box", async () =>
      /^show @src\/cart.ts ?$/.test(await window().message.inputValue()),
    );
    await window().message.press("Enter");
    await says("That is src/cart.ts.");
  });

  it("list what was changed and undo all of it", async () => {
    const original = cart();
    await window().say("rename subtotal to beforeDiscount in src/cart.ts");
    await window().answer("Allow");
    await says("Renamed subtotal to beforeDiscount, wherever it is used.");
    await window().page.getByRole("tab", { name: "Wheelhouse" }).first().click();
    await window().page.getByRole("treeitem").filter({ hasText: "changed" }).first().waitFor();
    await window().shot("trees");
    await window().run("Wheelhouse: Undo All Changes");
    await until("it is as it was", () => cart() === original);
    await window()
      .page.getByText("There are no changes to review")
      .or(window().page.getByText("No changes to decide on"))
      .first()
      .waitFor();
  });

  it("take a changed setting at once", async () => {
    writeFileSync(join(editor().home, "settings.json"), '{ "permissions": { "allowBypass": true } }');
    const modes = window().panel.getByRole("combobox", { name: "Mode", exact: true });
    await until("the mode is offered", async () => {
      await modes.press("Escape");
      await modes.click();
      await window().panel.getByRole("option", { name: "Bypass" }).waitFor({ timeout: 1000 });
      return true;
    });
    await modes.press("Escape");
  });

  it("export the session as text", async () => {
    await window().say("show README.md");
    await says("That is README.md.");
    await window().run("Wheelhouse: Export Session");
    await window().page.locator(".view-lines").getByText("show README.md").first().waitFor();
    // It was never saved, and would ask about that when it is closed.
    await window().run("View: Revert and Close Editor");
  });

  for (const [command, place, words] of [
    ["Open Settings", ".settings-editor", "Model of new sessions"],
    ["Open Walkthrough", ".gettingStartedContainer", "Get Started with Wheelhouse"],
    ["Show Log", ".part.panel", "Output"],
  ] as const) {
    it(`lead on: ${command}`, async () => {
      await window().run(`Wheelhouse: ${command}`);
      await window().page.locator(place).getByText(words).first().waitFor();
      await window().shot(`command ${command}`);
    });
  }
});
