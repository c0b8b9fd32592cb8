import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

describe("review in the editor", function () {
  const { window, folder } = withWindow(this);
  const text = () => readFileSync(join(folder(), "src/cart.ts"), "utf8");
  const lens = (name: string) => window().page.locator(".codelens-decoration a", { hasText: name });
  /** Clicks the lens that is the nth from above. The page holds them in any order and makes them anew, so that only the very element may be clicked that was measured. */
  const click = (name: string, nth: number) =>
    until(`${name} ${nth} is clicked`, async () => {
      const elements = await lens(name).elementHandles();
      const places = await Promise.all(
        elements.map(async (it) => ({ it, y: (await it.boundingBox())?.y ?? Number.NaN })),
      );
      if (places.some((it) => Number.isNaN(it.y))) return false;
      const chosen = places.sort((a, b) => a.y - b.y)[nth];
      await chosen?.it.click({ timeout: 1000 });
      return chosen !== undefined;
    });

  it("marks each place of a change that was made, and keeps or undoes it there", async () => {
    const original = text();
    await window().choose("Mode", "Edit freely");
    await window().say('replace "discount" with "rebate" in src/cart.ts');
    await window().panel.getByRole("region", { name: "Changed files" }).getByText("cart.ts").waitFor();
    assert.equal(text(), original.replaceAll("discount", "rebate"));
    assert.deepEqual(await window().tabs(), [], "nothing is opened unasked");
    await window().run("Wheelhouse: Go to Next Change");
    await until("three places have their lenses", async () => (await lens("Undo").count()) === 3);
    await window().shot("hunks");
    await click("Undo", 1);
    await until("two are left", async () => (await lens("Undo").count()) === 2);
    await click("Keep", 1);
    await until("one is left", async () => (await lens("Undo").count()) === 1);
    const lines = original
      .split("\n")
      .map((line, index) => (kept(index) ? line.replaceAll("discount", "rebate") : line));
    await until("the file holds what was kept", () => {
      assert.equal(text(), lines.join("\n"));
      return true;
    });
    await lens("Undo").first().click();
    await window().panel.getByRole("region", { name: "Changed files" }).waitFor({ state: "hidden" });
    await until("no place is left", async () => (await lens("Undo").count()) === 0);
  });
});

/** Lines of the first and the last place; those of the middle one were taken back. */
function kept(index: number): boolean {
  return index < 10 || index > 14;
}
