import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import type { EventBody } from "../../src/agent/events.ts";
import { type OpenBrowser, openBrowser } from "../support/chromium.ts";
import { buildPanel, numberedFrom, openPanel, type PanelPage, type PanelSetup } from "./panel-page.ts";
import { answered, asked, DAILY, MODELS, permission, REQUESTED, said, streamed } from "./scenes.ts";

const STARTED: EventBody = { type: "started", turn: "t1" };

describe("the panel's page", function () {
  this.timeout(60_000);
  let browser: OpenBrowser | undefined;
  let panel: PanelPage;

  before(async function () {
    browser = await openBrowser();
    if (!browser) this.skip();
    buildPanel();
  });
  after(() => browser?.close());
  afterEach(async () => {
    const { errors } = panel;
    await panel.close();
    assert.deepEqual(errors, []);
  });

  const open = async (setup?: PanelSetup) => {
    assert.ok(browser);
    panel = await openPanel(browser, setup);
    return panel.page;
  };
  const message = () => panel.page.getByRole("textbox", { name: "Message" });
  const button = (name: string) => panel.page.getByRole("button", { name, exact: true });

  it("says that it is ready, and sends what is typed", async () => {
    const page = await open();
    await message().fill("fix the test");
    await page.keyboard.press("Enter");
    assert.deepEqual((await panel.posted())[0], { type: "ready" });
    assert.deepEqual(await panel.commands(), [{ type: "ask", text: "fix the test", attachments: [] }]);
    assert.equal(await message().inputValue(), "");
  });

  it("breaks the line with Shift+Enter and queues with Alt+Enter", async () => {
    const page = await open();
    await panel.play(asked("go"), STARTED);
    await message().fill("one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    await page.keyboard.press("Alt+Enter");
    assert.deepEqual(await panel.commands(), [
      { type: "ask", text: "one\ntwo", attachments: [], delivery: "rest" },
    ]);
  });

  it("never sends, stops or closes with a key of an input method", async () => {
    const page = await open();
    await panel.play(asked("go"), STARTED);
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
    assert.deepEqual(await panel.commands(), []);
  });

  it("streams an answer and keeps it the same when it is whole", async () => {
    const page = await open();
    await panel.play(asked("hello"), STARTED, REQUESTED, streamed("Hello **wor"));
    const log = page.getByRole("log", { name: "Conversation" });
    await log.getByText("Hello **wor").waitFor();
    await panel.play(streamed("ld**\n\n- a"), said([{ type: "text", text: "Hello **world**\n\n- a" }]), {
      type: "rested",
      reason: "done",
    });
    assert.equal(
      await log.getByRole("article", { name: "Wheelhouse" }).locator("strong").innerText(),
      "world",
    );
    assert.equal(await log.getByRole("article", { name: "You" }).innerText(), "hello");
  });

  it("announces a streaming answer by paragraphs, each once", async () => {
    const page = await open();
    await panel.play(asked("hello"), STARTED, REQUESTED, streamed("First par"), streamed("agraph.\n\nSec"));
    await panel.play(streamed("ond."), said([{ type: "text", text: "First paragraph.\n\nSecond." }]));
    assert.deepEqual(await page.locator("[aria-live=polite] p").allInnerTexts(), [
      "First paragraph.",
      "Second.",
    ]);
  });

  it("shows calls with their state in text, opening to what they did", async () => {
    const page = await open();
    await panel.play(...DAILY);
    const edit = page.getByRole("group", { name: /^Edit.*done$/ });
    assert.match(await edit.innerText(), /src\/cart\.ts[\s\S]*\+2 −1[\s\S]*done/);
    await edit.getByRole("button").first().click();
    await edit.getByText("sum += item.price * item.count;").waitFor();
    assert.equal(await page.getByRole("group", { name: /^Grep.*failed$/ }).count(), 1);
  });

  it("asks for permission by keyboard alone", async () => {
    const page = await open();
    await panel.play(asked("run it"), STARTED, ...permission("npm test"));
    const card = page.getByRole("group", { name: "Permission request" });
    assert.match(await card.innerText(), /npm test/);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Allow");
    await page.waitForTimeout(550);
    await page.keyboard.press("Enter");
    assert.deepEqual(await panel.commands(), [{ type: "reply", question: "w1", reply: { kind: "allow" } }]);
    await panel.play({ type: "replied", question: "w1", call: "c1", reply: { kind: "allow" }, by: "person" });
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Message");
  });

  it("does not take a key meant for something else as a permission", async () => {
    const page = await open();
    await panel.play(asked("run it"), STARTED, ...permission("npm test"));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    assert.deepEqual(await panel.commands(), []);
  });

  it("leaves the focus where the person types, and Ctrl+Enter there allows nothing", async () => {
    const page = await open();
    await panel.play(asked("run it"), STARTED);
    await message().fill("also do th");
    await panel.play(...permission("npm test"));
    await page.keyboard.type("is");
    await page.waitForTimeout(550);
    await page.keyboard.press("Control+Enter");
    assert.equal(await message().inputValue(), "also do this");
    assert.deepEqual(await panel.commands(), []);
  });

  it("shows the very rule before Allow always writes it", async () => {
    const page = await open();
    await panel.play(
      asked("run it"),
      STARTED,
      ...permission("npm test", ["Bash(npm test)", "Bash(npm test:*)"]),
    );
    await page.waitForTimeout(550);
    await button("Allow always").click();
    assert.deepEqual(await panel.commands(), []);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.deepEqual(await panel.commands(), [
      { type: "reply", question: "w1", reply: { kind: "always", rule: "Bash(npm test:*)" } },
    ]);
  });

  it("denies with words", async () => {
    const page = await open();
    await panel.play(asked("run it"), STARTED, ...permission("npm test"));
    await page.waitForTimeout(550);
    await page.getByRole("textbox", { name: "Tell Wheelhouse what to do instead" }).fill("use yarn");
    await page.keyboard.press("Enter");
    assert.deepEqual(await panel.commands(), [
      { type: "reply", question: "w1", reply: { kind: "deny", words: "use yarn" } },
    ]);
  });

  it("shows the whole command, with nothing pushed out of sight", async () => {
    const page = await open();
    await panel.play(asked("run it"), STARTED, ...permission(`ls${"\n".repeat(30)}rm -rf / \u202e`));
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
    await panel.play(
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
    assert.deepEqual(await panel.commands(), [
      { type: "reply", question: "w1", reply: { kind: "answers", answers: ["SQLite", "shop"] } },
    ]);
  });

  it("lets queued messages be changed, given another moment, and removed", async () => {
    const page = await open();
    await panel.play(asked("go"), STARTED, {
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
    assert.deepEqual(await panel.commands(), [
      { type: "requeue", id: "k1", text: "then this", delivery: "rest" },
      { type: "requeue", id: "k1", text: "then this and that", delivery: "step" },
      { type: "unqueue", id: "k1" },
    ]);
  });

  it("keeps and undoes changed files, each and all", async () => {
    const page = await open();
    await panel.play(...DAILY);
    const region = page.getByRole("region", { name: "Changed files" });
    const file = region.getByRole("listitem", { name: "src/cart.ts" });
    await file.getByRole("button", { name: "Undo", exact: true }).click();
    await region.getByRole("button", { name: "Keep all" }).click();
    await region.getByRole("button", { name: "Review" }).click();
    assert.deepEqual(await panel.commands(), [
      { type: "undo", paths: ["/home/me/project/src/cart.ts"] },
      { type: "keep" },
    ]);
    assert.deepEqual((await panel.posted()).at(-1), { type: "reviewAll" });
  });

  it("chooses model and mode, and runs slash commands", async () => {
    const page = await open();
    await panel.send({ type: "models", models: MODELS, bypassAllowed: false });
    await page.getByRole("combobox", { name: "Mode", exact: true }).click();
    await page.getByRole("option", { name: "Plan" }).click();
    await message().fill("/model Offline");
    await page.keyboard.press("Enter");
    await message().fill("/export json");
    await page.keyboard.press("Enter");
    assert.deepEqual(await panel.commands(), [
      { type: "configure", mode: "plan" },
      { type: "configure", model: "offline" },
    ]);
    assert.deepEqual((await panel.posted()).at(-1), { type: "exportSession", id: "s1", format: "json" });
  });

  it("completes mentions by keyboard", async () => {
    const page = await open();
    await message().focus();
    await page.keyboard.type("see @ca");
    const asking = (await panel.posted()).findLast((it) => it.type === "complete");
    assert.ok(asking);
    await panel.send({
      type: "completions",
      request: asking.request,
      items: [
        { kind: "file", insert: "src/cart.ts", label: "cart.ts", detail: "src" },
        { kind: "file", insert: "src/cat.ts", label: "cat.ts", detail: "src" },
      ],
    });
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.getByRole("option", { selected: true }).first().innerText(), "cat.ts\nsrc");
    await page.keyboard.press("Enter");
    assert.equal(await message().inputValue(), "see @src/cat.ts ");
    assert.deepEqual(await panel.commands(), []);
  });

  it("brings back what was said with Up, and stops with Escape", async () => {
    const page = await open();
    await panel.play(asked("first"), asked("second", "q2"), STARTED);
    await message().focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal(await message().inputValue(), "first");
    await page.keyboard.press("Escape");
    assert.deepEqual(await panel.commands(), [{ type: "stop" }]);
  });

  it("keeps the draft over a reload", async () => {
    await open();
    await message().fill("half a th");
    const kept = await panel.kept();
    await panel.close();
    await open({ kept });
    assert.equal(await message().inputValue(), "half a th");
  });

  it("puts back what was refused, and says why", async () => {
    const page = await open();
    await message().fill("hello");
    await page.keyboard.press("Enter");
    await panel.send({ type: "refused", reason: "The disk is full: free some space and send it again." });
    assert.equal(await message().inputValue(), "hello");
    assert.match(await page.getByRole("alert").first().innerText(), /disk is full/);
  });

  it("finds, renames and deletes earlier sessions, asking before it deletes", async () => {
    const page = await open();
    await button("History").click();
    await panel.send({
      type: "sessions",
      sessions: [
        { id: "a", title: "Old one", folder: "/", model: "m", at: 0, cost: 0.2, prompts: 3, open: undefined },
      ],
    });
    await button("Rename").click();
    await page.keyboard.type("New name");
    await page.keyboard.press("Enter");
    await button("Delete").click();
    assert.equal(
      (await panel.posted()).some((it) => it.type === "deleteSession"),
      false,
    );
    await button("Delete session").click();
    await page.keyboard.press("Escape");
    assert.deepEqual((await panel.posted()).slice(-2), [
      { type: "renameSession", id: "a", title: "New name" },
      { type: "deleteSession", id: "a" },
    ]);
    assert.equal(await page.getByRole("dialog").count(), 0);
  });

  it("attaches a pasted picture", async () => {
    const page = await open();
    await message().focus();
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array([137, 80, 78, 71])], "shot.png", { type: "image/png" }));
      document.activeElement?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }),
      );
    });
    await button("Remove shot.png").waitFor();
    await button("Send").click();
    assert.deepEqual(await panel.commands(), [
      {
        type: "ask",
        text: "",
        attachments: [{ kind: "image", name: "shot.png", mediaType: "image/png", data: "iVBORw==" }],
      },
    ]);
  });

  it("gives links to the host and goes nowhere itself", async () => {
    const page = await open();
    await panel.play(
      asked("x"),
      STARTED,
      REQUESTED,
      said([{ type: "text", text: "[a](https://a.test/x) [b](src/b.ts:3) ![c](https://c.test/i.png)" }]),
    );
    for (const name of ["a", "b", "Image: c"]) await page.getByRole("link", { name, exact: true }).click();
    assert.deepEqual((await panel.posted()).slice(-3), [
      { type: "openLink", url: "https://a.test/x" },
      { type: "openFile", path: "/home/me/project/src/b.ts", line: 3 },
      { type: "openLink", url: "https://c.test/i.png" },
    ]);
    assert.deepEqual(panel.requests, []);
  });

  it("continues from what the host sends twice, and shows earlier rows when asked for", async () => {
    const page = await open();
    const rows = Array.from(
      { length: 60 },
      (_, n) =>
        ({
          kind: "prompt",
          key: `p${n}`,
          text: `say ${n}`,
          attachments: [],
          steering: false,
          at: 0,
        }) as const,
    );
    await panel.send({
      type: "snapshot",
      state: { ...panel.state(), n: 90, firstRow: 40, rows: rows.slice(40) },
      readOnly: undefined,
    });
    await panel.send({ type: "events", events: [asked("old")].map(numberedFrom(90)) });
    assert.equal(await page.getByText("old", { exact: true }).count(), 0);
    await page.getByRole("log").evaluate((it) => it.scrollTo(0, 0));
    await page.waitForFunction(() =>
      (globalThis as unknown as { posted: { type: string }[] }).posted.some((it) => it.type === "rows"),
    );
    assert.deepEqual((await panel.posted()).at(-1), { type: "rows", from: 0, to: 40 });
    const seen = await page.getByText("say 40", { exact: true }).boundingBox();
    await panel.send({ type: "rows", from: 0, rows: rows.slice(0, 40) });
    assert.ok(
      Math.abs(((await page.getByText("say 40", { exact: true }).boundingBox())?.y ?? 0) - (seen?.y ?? 0)) <
        2,
    );
  });

  it("counts down to a retry for the eye, not for the ear", async () => {
    const page = await open();
    await page.clock.install({ time: 1_790_000_000_000 });
    await panel.play(asked("x"), STARTED, REQUESTED, {
      type: "retrying",
      failure: { kind: "overloaded", message: "busy" },
      attempt: 1,
      waitMs: 9000,
      text: "The service is overloaded; trying again.",
    });
    assert.equal(await page.getByRole("status").innerText(), "Trying again");
    assert.equal(await page.locator(".countdown").getAttribute("aria-hidden"), "true");
  });

  it("offers to try again after a failure", async () => {
    await open();
    await panel.play(asked("x"), STARTED, {
      type: "rested",
      reason: "failed",
      failure: { kind: "network", message: "refused" },
      text: "No connection. Check the network and try again.",
    });
    await button("Retry").click();
    assert.deepEqual(await panel.commands(), [{ type: "retry" }]);
  });

  it("shows a picture of a tool once its bytes have come", async () => {
    const page = await open();
    await panel.play(
      asked("x"),
      STARTED,
      { type: "called", call: "c1", tool: "Read", title: "a.png", input: {} },
      answered("c1", { kind: "image", mediaType: "image/png", blob: "h1", name: "a.png" }),
    );
    await page.getByRole("group", { name: /^Read/ }).getByRole("button").first().click();
    assert.deepEqual((await panel.posted()).at(-1), { type: "blob", hash: "h1", mediaType: "image/png" });
    await panel.send({
      type: "blob",
      hash: "h1",
      mediaType: "image/png",
      data: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=",
    });
    await page.waitForFunction(
      () => (document.querySelector("img.picture") as HTMLImageElement | null)?.naturalWidth === 1,
    );
  });
});
