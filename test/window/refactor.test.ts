import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

describe("a refactoring of several files", function () {
  const { window, folder } = withWindow(this);
  const tests = () => readFileSync(join(folder(), "test/cart.test.ts"), "utf8");
  const source = (name: string) => readFileSync(join(folder(), "src", name), "utf8");

  it("is chosen at a name, previewed, and done in all of them when it is applied", async () => {
    const { page, palette } = window();
    await page.keyboard.press("Control+p");
    await palette.locator("input").first().fill("src/cart.ts:4:14");
    await palette.getByRole("option", { name: "cart.ts" }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Ln 4, Col 14").waitFor();
    await window().run("Wheelhouse: Refactor…");
    await palette.getByRole("option", { name: "Rename 'price'" }).click();
    await palette.locator("input").first().fill("cents");
    await page.keyboard.press("Enter");

    const preview = page.locator(".bulk-edit-panel");
    await preview.waitFor();
    await window().shot("refactor-preview");
    assert.match(source("cart.ts"), /price/);
    // The tick of a file is for all places in it.
    const ticks = preview.locator(".monaco-tl-row:has(.monaco-icon-label) .edit-checkbox");
    for (const it of await ticks.all()) await it.click();
    await preview.getByRole("button", { name: "Apply" }).click();
    // A file that is being written may be read empty.
    await until(
      "all files are changed",
      () =>
        /item\.cents/.test(source("cart.ts")) &&
        /item\.cents/.test(source("receipt.ts")) &&
        /cents: 450/.test(tests()),
    );
    assert.doesNotMatch(source("cart.ts") + source("receipt.ts"), /price\b/);
    assert.match(source("cart.ts"), /sum \+ item\.cents \* item\.count/);
    assert.match(source("receipt.ts"), /euros\(item\.cents \* item\.count\)/);
    assert.match(tests(), /name: "Tea", cents: 450/);
    await window().shot("refactor-done");
  });

  it("that is there more than once is asked about, and done for all of it", async () => {
    const { page, palette } = window();
    await page.keyboard.press("Control+p");
    await palette.locator("input").first().fill("src/cart.ts:17:31");
    await palette.getByRole("option", { name: "cart.ts" }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Ln 17, Col 31").waitFor();
    // "(sum * discount) / 100", which the line above has as well.
    await page.keyboard.press("Shift+End");
    for (let left = 0; left < 2; left++) await page.keyboard.press("Shift+ArrowLeft");
    await window().run("Wheelhouse: Refactor…");
    await palette.getByRole("option", { name: "Extract function" }).click();
    await palette.getByRole("option", { name: "Replace all 2" }).click();
    await until("both are calls", async () => {
      const text = (await page.locator(".editor-instance .view-lines").first().innerText()).replaceAll(
        "\u00a0",
        " ",
      );
      return (
        text.includes("sum - newFunction(sum, discount)") &&
        text.includes("reduced - newFunction(sum, discount)")
      );
    });
    // The box for the new name opens when it likes, and would take the focus from what comes next.
    const box = page.locator(".monaco-editor.rename-box");
    await box.waitFor();
    await window().shot("refactor-all");
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "hidden" });
    // Whoever closes the editor would be asked.
    await until("it is saved", async () => {
      await page.keyboard.press("Control+s");
      return source("cart.ts").includes("sum - newFunction(sum, discount)");
    });
  });
});
