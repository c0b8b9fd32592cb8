import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { asked, permission, RUNNING, STARTED } from "./scenes.ts";
import { withPanel } from "./with-panel.ts";

const folder = join(import.meta.dirname, "../../webview/style");

describe("the panel's style", function () {
  const { open, panel, button } = withPanel(this);

  it("has no colour of its own, only the theme's", () => {
    for (const file of globSync("*.css", { cwd: folder })) {
      const text = readFileSync(join(folder, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
      assert.doesNotMatch(
        text,
        /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(|:[^;]*\b(?:white|black|red|grey)\b/i,
        file,
      );
    }
  });

  it("shows buttons as buttons and of one height, also where the theme fills only the first", async () => {
    await open();
    await panel().play(asked("x"), STARTED, ...permission("npm test"));
    const looks = ["Allow", "Deny"].map((it) => button(it).evaluate(edgeAndHeight));
    const [allow, deny] = await Promise.all(looks);
    assert.equal(deny?.edge, "rgba(204, 204, 204, 0.15)");
    assert.equal(deny?.height, allow?.height);
  });

  for (const [what, bodyClass, reducedMotion, isMoving] of [
    ["nobody", "vscode-dark", "no-preference", true],
    ["the system", "vscode-dark", "reduce", false],
    ["the editor", "vscode-dark vscode-reduce-motion", "no-preference", false],
  ] as const) {
    it(`${isMoving ? "shows by moving that it works" : "moves nothing"} where ${what} asks for calm`, async () => {
      const page = await open({ isAlone: true });
      await page.emulateMedia({ reducedMotion });
      await page.evaluate((it) => Object.assign(document.body, { className: it }), bodyClass);
      await panel().play(...RUNNING);
      assert.equal((await page.evaluate(running)) > 0, isMoving);
    });
  }
});

/** Animations that run now in what is shown, those inside the controls too. */
function running(): number {
  return document.getAnimations().filter((it) => it.playState === "running").length;
}

/** Of the control a button belongs to. */
function edgeAndHeight(it: Element): { readonly edge: string; readonly height: number } {
  const root = it.getRootNode();
  const control = root instanceof ShadowRoot ? root.host : it;
  return { edge: getComputedStyle(control).borderTopColor, height: control.getBoundingClientRect().height };
}
