import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { asked, MODELS, STARTED } from "./scenes.ts";
import { withPanel } from "./with-panel.ts";

const CART = { kind: "file", insert: "src/cart.ts", label: "cart.ts", detail: "src" } as const;

describe("the message box", function () {
  const { open, panel, message, button } = withPanel(this);

  it("says that it is ready, and sends what is typed", async () => {
    const page = await open();
    await message().fill("fix the test");
    await page.keyboard.press("Enter");
    assert.deepEqual((await panel().posted())[0], { type: "ready" });
    assert.deepEqual(await panel().commands(), [{ type: "ask", text: "fix the test", attachments: [] }]);
    assert.equal(await message().inputValue(), "");
  });

  it("breaks the line with Shift+Enter and queues with Alt+Enter", async () => {
    const page = await open();
    await panel().play(asked("go"), STARTED);
    await message().fill("one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    await page.keyboard.press("Alt+Enter");
    assert.deepEqual(await panel().commands(), [
      { type: "ask", text: "one\ntwo", attachments: [], delivery: "rest" },
    ]);
  });

  it("never sends, stops or closes with a key of an input method", async () => {
    const page = await open();
    await panel().play(asked("go"), STARTED);
    await message().focus();
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
    for (const key of ["Enter", "Escape"]) {
      await page.evaluate(
        (it) =>
          document.activeElement?.dispatchEvent(
            new KeyboardEvent("keydown", { key: it, isComposing: true, bubbles: true, cancelable: true }),
          ),
        key,
      );
      await page.evaluate(
        (it) =>
          document.activeElement?.dispatchEvent(
            new KeyboardEvent("keydown", { key: it, keyCode: 229, bubbles: true, cancelable: true }),
          ),
        key,
      );
    }
    assert.deepEqual(await panel().commands(), []);
  });

  it("lets queued messages be changed, given another moment, and removed", async () => {
    const page = await open();
    await panel().play(asked("go"), STARTED, {
      type: "queued",
      id: "k1",
      text: "then this",
      attachments: [],
      delivery: "step",
    });
    const item = page.getByRole("list", { name: "Queued messages" }).getByRole("listitem");
    await item.getByText("After this step").click();
    await item.getByRole("button", { name: "Edit" }).click();
    await page.keyboard.type(" and that");
    await page.keyboard.press("Enter");
    await item.getByRole("button", { name: "Remove" }).click();
    assert.deepEqual(await panel().commands(), [
      { type: "requeue", id: "k1", text: "then this", delivery: "rest" },
      { type: "requeue", id: "k1", text: "then this and that", delivery: "step" },
      { type: "unqueue", id: "k1" },
    ]);
  });

  it("chooses model and mode, and runs slash commands", async () => {
    const page = await open();
    await panel().send({ type: "models", models: MODELS, bypassAllowed: false });
    await page.getByRole("combobox", { name: "Mode", exact: true }).click();
    await page.getByRole("option", { name: "Plan" }).click();
    await message().fill("/model Offline");
    await page.keyboard.press("Enter");
    await message().fill("/export json");
    await page.keyboard.press("Enter");
    assert.deepEqual(await panel().commands(), [
      { type: "configure", mode: "plan" },
      { type: "configure", model: "offline" },
    ]);
    assert.deepEqual((await panel().posted()).at(-1), { type: "exportSession", id: "s1", format: "json" });
  });

  it("lists models under their providers, with price, size and what is wrong with the keys", async () => {
    const page = await open();
    const [sonnet, offline] = MODELS;
    assert.ok(sonnet && offline);
    const auto = { ...sonnet, id: "auto", name: "Auto", note: "routing" };
    const models = [auto, { ...sonnet, provider: "main" }, { ...offline, provider: "offline" }];
    const health = { main: "its key is cooling until 14:05" };
    await panel().send({ type: "models", models, bypassAllowed: false }, { type: "health", health });
    const list = page.getByRole("combobox", { name: "Model", exact: true });
    await list.click();
    await page.getByText("main: its key is cooling until 14:05").waitFor();
    const option = page.getByRole("option", { name: "Claude Sonnet 5.5" });
    assert.equal(await option.getAttribute("aria-description"), "price unknown · 200k context");
    await page.getByRole("option", { name: "Auto" }).click();
    // The list shows what was chosen a moment later.
    await list.locator("[part=selected-value]").getByText("Auto", { exact: true }).waitFor();
    assert.deepEqual(await panel().commands(), [{ type: "configure", model: "auto" }]);
  });

  it("completes mentions by keyboard", async () => {
    const page = await open();
    await message().focus();
    await page.keyboard.type("see @ca");
    const asking = (await panel().posted()).findLast((it) => it.type === "complete");
    assert.ok(asking);
    await panel().send({
      type: "completions",
      request: asking.request,
      items: [CART, { kind: "file", insert: "src/cat.ts", label: "cat.ts", detail: "src" }],
    });
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.getByRole("option", { selected: true }).first().innerText(), "cat.ts\nsrc");
    await page.keyboard.press("Enter");
    assert.equal(await message().inputValue(), "see @src/cat.ts ");
    assert.deepEqual(await panel().commands(), []);
  });

  it("brings back what was said with Up, and stops with Escape", async () => {
    const page = await open();
    await panel().play(asked("first"), asked("second", "q2"), STARTED);
    await message().focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal(await message().inputValue(), "first");
    await page.keyboard.press("Escape");
    assert.deepEqual(await panel().commands(), [{ type: "stop" }]);
  });

  it("keeps the draft over a reload", async () => {
    await open();
    await message().fill("half a th");
    await panel().page.waitForFunction(() =>
      JSON.stringify((globalThis as unknown as { kept: unknown }).kept ?? "").includes("half a th"),
    );
    const kept = await panel().kept();
    await panel().close();
    await open({ kept });
    assert.equal(await message().inputValue(), "half a th");
  });

  it("puts back what was refused, and says why", async () => {
    const page = await open();
    await message().fill("hello");
    await page.keyboard.press("Enter");
    await panel().send({ type: "refused", reason: "The disk is full: free some space and send it again." });
    assert.equal(await message().inputValue(), "hello");
    assert.match(await page.getByRole("alert").first().innerText(), /disk is full/);
  });

  it("keeps the list of completions open while the session is begun behind it", async () => {
    const page = await open();
    await message().focus();
    await page.keyboard.type("see @ca");
    await panel().send({ type: "snapshot", state: panel().state(), readOnly: undefined });
    const asking = (await panel().posted()).findLast((it) => it.type === "complete");
    assert.ok(asking);
    // What was asked for earlier may be found later.
    await panel().send(
      { type: "completions", request: asking.request, items: [CART] },
      { type: "completions", request: asking.request - 1, items: [] },
      { type: "snapshot", state: { ...panel().state(), id: "s2" }, readOnly: undefined },
    );
    await page.keyboard.press("Enter");
    assert.equal(await message().inputValue(), "see @src/cart.ts ");
  });

  it("brings the list of completions back with the page, where a mention was being typed", async () => {
    const page = await open({
      kept: { session: "s1", draft: { text: "see @ca", attachments: [] }, place: undefined },
    });
    await panel().send({ type: "focus" });
    const asking = (await panel().posted()).findLast((it) => it.type === "complete");
    assert.equal(asking?.query, "ca");
    await panel().send({ type: "completions", request: asking.request, items: [CART] });
    await page.keyboard.press("Enter");
    assert.equal(await message().inputValue(), "see @src/cart.ts ");
  });

  it("shows one chip for a selection that is added and selected still, and sends it once", async () => {
    const page = await open();
    const chips = page.locator(".along .chip:visible");
    const context = { path: "/home/me/project/src/a.ts", label: "src/a.ts", from: 1, to: 3 };
    const { path, from, to } = context;
    const attachment = { kind: "selection", path, from, to, text: "x" } as const;
    const draft = { type: "draft", text: "", attachments: [attachment], send: false } as const;
    await panel().send({ type: "context", context }, draft, draft);
    await button("Remove src/a.ts:1-3").waitFor();
    assert.deepEqual(await chips.allInnerTexts(), ["src/a.ts:1-3"]);
    await button("Send").click();
    const sent = (await panel().posted()).findLast((it) => it.type === "command");
    assert.deepEqual(sent, {
      type: "command",
      command: { type: "ask", text: "", attachments: [attachment] },
      withContext: false,
    });
    assert.deepEqual(await chips.allInnerTexts(), ["src/a.ts:1-3"], "the selection goes along again");
    await panel().send(draft, { type: "context", context: { ...context, to: 4 } });
    await chips.filter({ hasText: "src/a.ts:1-4" }).waitFor();
    assert.equal(await chips.count(), 2, "another selection is another chip");
  });

  it("names a file without lines where none are selected", async () => {
    const page = await open();
    const path = "/home/me/project/src/a.ts";
    await panel().send({ type: "context", context: { path, label: "src/a.ts" } });
    assert.equal(await page.locator(".along .chip:visible").innerText(), "src/a.ts");
    await panel().play({
      ...asked("explain"),
      attachments: [{ kind: "selection", path, text: "" }],
    } as never);
    assert.equal(await page.locator(".prompt .chip").innerText(), "src/a.ts");
  });
});
