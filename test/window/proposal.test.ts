import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

describe("a proposed change in the editor", function () {
  const { editor, window, folder, says } = withWindow(this);
  const text = () => readFileSync(join(folder(), "src/cart.ts"), "utf8");
  const lens = (name: string) => window().page.locator(".codelens-decoration a", { hasText: name });

  it("can be written over before it is accepted, place by place, and the model is told", async () => {
    const original = text();
    await window().say('replace "discount" with "rebate" in src/cart.ts');
    await until("three places have their lenses", async () => (await lens("Leave Out").count()) === 3);
    await window().shot("proposal");
    await lens("Leave Out").nth(1).click();
    await until("two are left", async () => (await lens("Leave Out").count()) === 2);
    await window().shot("proposal-less");
    assert.equal(text(), original, "nothing is written yet");
    await lens("Accept").first().click();
    await says("Changed discount to rebate in src/cart.ts.");
    const lines = original
      .split("\n")
      .map((line, index) => (isLeftOut(index) ? line : line.replaceAll("discount", "rebate")));
    assert.equal(text(), lines.join("\n"));
    await until(
      "the proposal is closed",
      async () => !(await window().tabs()).some((it) => it.includes("proposed by Wheelhouse")),
    );
    assert.match(log(editor().home), /The person edited your change to [^ ]*cart.ts/);
  });
});

/** Lines of the middle one of the three places. */
function isLeftOut(index: number): boolean {
  return index > 9 && index < 15;
}

/** All that is in the logs of all sessions. */
function log(home: string): string {
  const sessions = join(home, "sessions");
  return readdirSync(sessions)
    .map((it) => readFileSync(join(sessions, it, "events.log"), "utf8"))
    .join("");
}
