import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, it } from "mocha";
import { isRunning } from "./support/processes.ts";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

describe("a turn in the window", function () {
  const { editor, window, folder, says } = withWindow(this);
  beforeEach(() => window().button("New session").click());

  const text = (path: string) => readFileSync(join(folder(), path), "utf8");
  const proposals = async () => (await window().tabs()).filter((it) => it.includes("proposed by Wheelhouse"));
  const changed = () => window().panel.getByRole("region", { name: "Changed files" });

  it("edits a file: asked, shown, allowed, reviewed, undone", async () => {
    const original = text("src/cart.ts");
    await window().say('replace "discount" with "rebate" in src/cart.ts');
    await until("the editor shows the proposal", async () => (await proposals()).length === 1);
    await until("the question has the focus", () =>
      window()
        .button("Allow")
        .evaluate((it) => it.matches(":focus-within, :focus")),
    );
    await window().shot("question");
    assert.equal(text("src/cart.ts"), original);
    await window().answer("Allow");
    await says("Changed discount to rebate in src/cart.ts.");
    assert.equal(text("src/cart.ts"), original.replaceAll("discount", "rebate"));
    await until("the proposal is gone", async () => (await proposals()).length === 0);
    await changed().getByText("cart.ts").waitFor();
    await window().shot("changed");
    await window().button("Review").click();
    await until("the editor shows the change", async () =>
      (await window().tabs()).some((it) => it.includes("before ↔ now")),
    );
    await window().shot("review");
    await window().button("Undo all").click();
    await until("the file is as it was", () => text("src/cart.ts") === original);
    await changed().waitFor({ state: "hidden" });
    await until(
      "the diff is gone, for nothing is left to look at",
      async () => (await window().tabs()).length === 0,
    );
  });

  it("leaves a file alone when denied, and hands the person's words to the model", async () => {
    const original = text("src/receipt.ts");
    await window().say("rename euros to money in src/receipt.ts");
    await window()
      .question.getByRole("textbox", { name: "Tell Wheelhouse what to do instead" })
      .fill("Call it price instead");
    await window().answer("Deny");
    await window()
      .call(/^Refactor.*denied$/)
      .waitFor();
    assert.equal(text("src/receipt.ts"), original);
    assert.match(log(editor().home), /Call it price instead/);
  });

  it("stops a command with all it began", async () => {
    await window().say("run sleep 4711 & sleep 4712");
    await window()
      .call(/^Bash.*running$/)
      .waitFor();
    await until("it runs", () => isRunning("sleep 4712"));
    await window().button("Stop").click();
    await window()
      .call(/^Bash.*interrupted$/)
      .waitFor();
    await until("nothing of it is left", () => !isRunning("sleep 4711") && !isRunning("sleep 4712"));
    await window().button("Stop").waitFor({ state: "hidden" });
    await window().shot("stopped");
  });

  it("queues what is said while it works: shown, changed, removed, delivered", async () => {
    await window().say("run until test -e go; do sleep 0.1; done");
    await window()
      .call(/^Bash.*running$/)
      .waitFor();
    for (const it of ["show package.json", "show README.md"]) await window().say(it);
    const queue = window().panel.getByRole("list", { name: "Queued messages" });
    await until("both wait", async () => (await queue.getByRole("listitem").count()) === 2);
    await window().shot("queue");
    await queue
      .getByRole("listitem")
      .filter({ hasText: "package.json" })
      .getByRole("button", { name: "Remove" })
      .click();
    await until("one waits", async () => (await queue.getByRole("listitem").count()) === 1);
    await queue.getByRole("button", { name: "Edit" }).click();
    await queue.getByRole("textbox", { name: "Edit queued message" }).fill("show src/report.py");
    await queue.getByRole("textbox", { name: "Edit queued message" }).press("Enter");
    await queue.getByText("show src/report.py").waitFor();
    writeFileSync(join(folder(), "go"), "");
    await says("That is src/report.py.");
    await queue.waitFor({ state: "hidden" });
    assert.equal(
      await window()
        .call(/^Read.*(package.json|README.md)/)
        .count(),
      0,
    );
  });

  it("writes the rule that was shown, and does not ask again", async () => {
    await window().say("run mkdir -p once");
    await window().button("Allow always").click();
    await window().panel.getByRole("menuitem", { name: "Bash(mkdir -p once)" }).waitFor();
    await window().shot("allow-always");
    await window().answer("Bash(mkdir -p once)", "menuitem");
    await says("Ran mkdir -p once.");
    const rules = readFileSync(join(editor().home, "rules.json"), "utf8");
    assert.match(rules, /"Bash\(mkdir -p once\)"/);
    await window().button("New session").click();
    await window().say("run mkdir -p once");
    await says("Ran mkdir -p once.");
  });

  it("does not come between the person and what they type in an editor", async () => {
    const { page } = window();
    await window().say(
      'run until test -e typed; do sleep 0.1; done then replace "discount" with "rebate" in src/cart.ts',
    );
    await window()
      .call(/^Bash.*running$/)
      .waitFor();
    await page.getByRole("treeitem", { name: "package.json" }).dblclick();
    await page.getByRole("tab", { name: /package.json/ }).waitFor();
    await page.locator(".editor-instance .view-lines").first().click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("before ");
    // On a busy machine a window tells of what was typed later than a file is seen.
    await page.keyboard.press("Shift+Home");
    await window().panel.getByRole("button", { name: "Send package.json:1-1 along" }).waitFor();
    await page.keyboard.press("ArrowRight");
    writeFileSync(join(folder(), "typed"), "");
    await window().question.waitFor();
    await until("the proposal has a tab", async () => (await proposals()).length === 1);
    await page.keyboard.type("and after ");
    await page.locator(".view-lines").getByText("before and after {").first().waitFor();
    await window().answer("Deny");
    await page.keyboard.press("Control+z");
  });

  it("needs no mouse", async () => {
    const { keyboard } = window().page;
    await window().showPanel();
    await keyboard.type("create notes.txt: by hand");
    await keyboard.press("Enter");
    await window().question.waitFor();
    await until("it is allowed", async () => {
      await keyboard.press("Control+Enter");
      return existsSync(join(folder(), "notes.txt"));
    });
    await says("Created notes.txt.");
    await until("the focus is back", () => window().message.evaluate((it) => it.matches(":focus")));
    await keyboard.press("ArrowUp");
    await until(
      "the words are in the box",
      async () => (await window().message.inputValue()) === "create notes.txt: by hand",
    );
    assert.equal(text("notes.txt"), "by hand");
  });
});

/** All session logs of a home, as text. */
function log(home: string): string {
  const sessions = join(home, "sessions");
  return readdirSync(sessions)
    .map((it) => readFileSync(join(sessions, it, "events.log"), "utf8"))
    .join("\n");
}
