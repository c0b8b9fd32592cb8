import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

describe("the view of symbols", function () {
  const { window, folder } = withWindow(this);
  const read = (path: string) => readFileSync(join(folder(), path), "utf8");
  const row = (name: string) =>
    window()
      .page.locator(".tree-explorer-viewlet-tree-view .monaco-list-row")
      .filter({ has: window().page.getByText(name, { exact: true }) })
      .first();

  it("shows what the files declare, and moves what is dragged to another file with its imports", async () => {
    const { page } = window();
    await window().run("Wheelhouse: Focus on Symbols View");
    // The others leave it only a few rows.
    const others = ["Sessions", "Changes", "Code Health"].map((it) =>
      page.getByRole("button", { name: `${it} Section` }),
    );
    for (const it of others) await it.click();
    await row("src").click();
    await row("cart.ts").locator(".monaco-tl-twistie").click();
    await row("receipt.ts").waitFor();
    const preview = page.locator(".bulk-edit-panel");
    // A document that the suite before had open follows the disk in its own time, and until then nothing is moved.
    await until("the preview is there", async () => {
      await row("total").dragTo(row("receipt.ts"));
      await preview.waitFor({ timeout: 5000 });
      return true;
    });
    await window().shot("symbols");
    for (const it of await preview.locator(".monaco-tl-row:has(.monaco-icon-label) .edit-checkbox").all())
      await it.click();
    await preview.getByRole("button", { name: "Apply" }).click();
    await until(
      "it has moved",
      () => !/function total/.test(read("src/cart.ts")) && /function total/.test(read("src/receipt.ts")),
    );
    await row("total").waitFor({ state: "hidden" });
    assert.match(read("test/cart.test.ts"), /import \{[^}]*total[^}]*\} from "..\/src\/receipt.ts"/);
    for (const it of others) await it.click();
  });
});
