import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Locator } from "playwright-core";
import type { EventBody } from "../../src/agent/events.ts";
import { asked, permission, STARTED } from "./scenes.ts";
import { withPanel } from "./with-panel.ts";

describe("questions to the person", function () {
  const { open, panel, message, button } = withPanel(this);

  it("asks for permission by keyboard alone", async () => {
    const page = await open();
    await panel().play(asked("run it"), STARTED, ...permission("npm test"));
    const card = page.getByRole("group", { name: "Permission request" });
    assert.match(await card.innerText(), /npm test/);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Allow");
    await page.waitForTimeout(550);
    await page.keyboard.press("Enter");
    assert.deepEqual(await panel().commands(), [{ type: "reply", question: "w1", reply: { kind: "allow" } }]);
    await panel().play({
      type: "replied",
      question: "w1",
      call: "c1",
      reply: { kind: "allow" },
      by: "person",
    });
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Message");
  });

  it("does not take a key meant for something else as a permission", async () => {
    const page = await open();
    await panel().play(asked("run it"), STARTED, ...permission("npm test"));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    assert.deepEqual(await panel().commands(), []);
  });

  it("leaves the focus where the person types, and Ctrl+Enter there allows nothing", async () => {
    const page = await open();
    await panel().play(asked("run it"), STARTED);
    await message().fill("also do th");
    await panel().play(...permission("npm test"));
    await page.keyboard.type("is");
    await page.waitForTimeout(550);
    await page.keyboard.press("Control+Enter");
    assert.equal(await message().inputValue(), "also do this");
    assert.deepEqual(await panel().commands(), []);
  });

  it("says of each command of a line whether it asks and why, and what a rule would cover", async () => {
    const page = await open();
    const part = { from: 0, to: 0, rule: undefined, nearest: undefined };
    const parts = [
      { ...part, command: "echo hi", decision: "allow" as const, why: "It only reads." },
      {
        ...part,
        command: "npm test",
        decision: "ask" as const,
        why: "No rule allows it.",
        nearest: "Bash(npm i)",
      },
    ];
    const [called, questioned] = permission("echo hi && npm test", ["Bash(npm test:*)"]);
    assert.ok(called && questioned?.type === "questioned");
    const covers = ['Every command that begins with "npm test".'];
    await panel().play(asked("run it"), STARTED, called, { ...questioned, parts, covers });
    const items = page.getByRole("list", { name: "Commands in this line" }).getByRole("listitem");
    assert.deepEqual(await items.allInnerTexts(), [
      "echo hi\nallowed: It only reads.",
      "npm test\nasks: No rule allows it. The nearest rule is Bash(npm i).",
    ]);
    await page.waitForTimeout(550);
    await button("Allow always").click();
    const rule = page.getByRole("menuitem", { name: "Bash(npm test:*)", exact: true });
    assert.match(await rule.innerText(), /Every command that begins with "npm test"/);
  });

  it("shows the very rule before Allow always writes it", async () => {
    const page = await open();
    await panel().play(
      asked("run it"),
      STARTED,
      ...permission("npm test", ["Bash(npm test)", "Bash(npm test:*)"]),
    );
    await page.waitForTimeout(550);
    await button("Allow always").click();
    assert.deepEqual(await panel().commands(), []);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.deepEqual(await panel().commands(), [
      { type: "reply", question: "w1", reply: { kind: "always", rule: "Bash(npm test:*)" } },
    ]);
  });

  it("gives a rule for this session only, seen before", async () => {
    const page = await open();
    await panel().play(asked("run it"), STARTED, ...permission("npm test", ["Bash(npm test)"]));
    await page.waitForTimeout(550);
    await button("Allow for this session").click();
    assert.deepEqual(await panel().commands(), []);
    await page.keyboard.press("Enter");
    assert.deepEqual(await panel().commands(), [
      { type: "reply", question: "w1", reply: { kind: "session", rule: "Bash(npm test)" } },
    ]);
  });

  it("denies with words", async () => {
    const page = await open();
    await panel().play(asked("run it"), STARTED, ...permission("npm test"));
    await page.waitForTimeout(550);
    await page.getByRole("textbox", { name: "Tell Wheelhouse what to do instead" }).fill("use yarn");
    await page.keyboard.press("Enter");
    assert.deepEqual(await panel().commands(), [
      { type: "reply", question: "w1", reply: { kind: "deny", words: "use yarn" } },
    ]);
  });

  it("shows the whole command, with nothing pushed out of sight", async () => {
    const page = await open();
    await panel().play(asked("run it"), STARTED, ...permission(`ls${"\n".repeat(30)}rm -rf / \u202e`));
    const text = await page.getByRole("group", { name: "Permission request" }).innerText();
    assert.match(text, /⋯ 29 empty lines ⋯\s*rm -rf \/ ⟨U\+202E⟩/);
  });

  it("answers the model's questions with options and own words", async () => {
    const page = await open();
    const questions = [
      {
        question: "Which database?",
        header: "DB",
        options: [
          { label: "SQLite", description: "a file" },
          { label: "Postgres", description: "" },
        ],
        multiSelect: false,
      },
      { question: "Which name?", header: "", options: [], multiSelect: false },
    ];
    await panel().play(
      asked("go"),
      STARTED,
      { type: "called", call: "c1", tool: "AskUserQuestion", title: "", input: {} },
      {
        type: "questioned",
        question: "w1",
        call: "c1",
        about: "choice",
        reason: "",
        rules: [],
        display: { kind: "questions", questions },
      },
    );
    await page.waitForTimeout(550);
    await page.getByRole("radio", { name: /SQLite/ }).check();
    await page.getByRole("textbox", { name: "In your own words" }).nth(1).fill("shop");
    await button("Answer").click();
    assert.deepEqual(await panel().commands(), [
      { type: "reply", question: "w1", reply: { kind: "answers", answers: ["SQLite", "shop"] } },
    ]);
  });

  for (const height of [900, 480]) {
    it(`leaves the queue, the message box and its own buttons within reach at ${height} pixels`, async () => {
      const page = await open({ height });
      const long = Array.from({ length: 200 }, (_, line) => `echo ${line}`).join("\n");
      await panel().play(asked("run it"), STARTED, ...permission(long), ...["k1", "k2"].map(queued));
      for (const it of ["k1", "k2"].map((id) => page.getByText(`then ${id}`))) {
        assert.ok((await edges(it)).top >= (await edges(page.locator(".dock"))).bottom);
        assert.ok((await edges(it)).bottom <= (await edges(page.locator(".composer"))).top);
        await it.click({ trial: true });
      }
      assert.ok((await edges(message())).bottom <= height);
      await button("Deny").click({ trial: true });
      await page.getByRole("textbox", { name: "Tell Wheelhouse" }).click({ trial: true });
      assert.ok((await edges(page.locator(".dock"))).bottom - (await edges(page.locator(".dock"))).top > 100);
    });
  }
});

function queued(id: string): EventBody {
  return { type: "queued", id, text: `then ${id}`, attachments: [], delivery: "step" };
}

async function edges(it: Locator): Promise<{ readonly top: number; readonly bottom: number }> {
  const box = await it.boundingBox();
  assert.ok(box, "it is not laid out");
  return { top: box.y, bottom: box.y + box.height };
}
