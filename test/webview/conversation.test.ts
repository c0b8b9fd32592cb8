import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { numberedFrom } from "./panel-page.ts";
import { answered, asked, DAILY, REQUESTED, RUNNING, STARTED, said, streamed } from "./scenes.ts";
import { withPanel } from "./with-panel.ts";

describe("the conversation on the page", function () {
  const { open, panel, button } = withPanel(this);

  it("streams an answer and keeps it the same when it is whole", async () => {
    const page = await open();
    await panel().play(asked("hello"), STARTED, REQUESTED, streamed("Hello **wor"));
    const log = page.getByRole("log", { name: "Conversation" });
    await log.getByText("Hello **wor").waitFor();
    await panel().play(streamed("ld**\n\n- a"), said([{ type: "text", text: "Hello **world**\n\n- a" }]), {
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
    await panel().play(asked("hello"), STARTED, REQUESTED, streamed("First par"), streamed("agraph.\n\nSec"));
    await panel().play(streamed("ond."), said([{ type: "text", text: "First paragraph.\n\nSecond." }]));
    assert.deepEqual(await page.locator("[aria-live=polite] p").allInnerTexts(), [
      "First paragraph.",
      "Second.",
    ]);
  });

  it("makes a link whose address comes at the end of the stream", async () => {
    const page = await open();
    const [use, between, end] = [
      "See [the guide][g].\n\n",
      "And more.\n\n",
      "[g]: https://example.com/guide\n",
    ];
    await panel().play(asked("hello"), STARTED, REQUESTED, streamed(use), streamed(between));
    await page.getByText("And more.").waitFor();
    await panel().play(streamed(end), said([{ type: "text", text: use + between + end }]));
    const link = page.getByRole("link", { name: "the guide" });
    assert.equal(await link.getAttribute("href"), "https://example.com/guide");
  });

  it("shows calls with their state in text, opening to what they did", async () => {
    const page = await open();
    await panel().play(...DAILY);
    const edit = page.getByRole("group", { name: /^Edit.*done$/ });
    assert.match(await edit.innerText(), /src\/cart\.ts[\s\S]*\+2 −1[\s\S]*done/);
    await edit.getByRole("button").first().click();
    await edit.getByText("sum += item.price * item.count;").waitFor();
    assert.equal(await page.getByRole("group", { name: /^Grep.*failed$/ }).count(), 1);
  });

  it("keeps and undoes changed files, each and all", async () => {
    const page = await open();
    await panel().play(...DAILY);
    const region = page.getByRole("region", { name: "Changed files" });
    const file = region.getByRole("listitem", { name: "src/cart.ts" });
    await file.getByRole("button", { name: "Undo", exact: true }).click();
    await region.getByRole("button", { name: "Keep all" }).click();
    await region.getByRole("button", { name: "Review" }).click();
    assert.deepEqual(await panel().commands(), [
      { type: "undo", paths: ["/home/me/project/src/cart.ts"] },
      { type: "keep" },
    ]);
    assert.deepEqual((await panel().posted()).at(-1), { type: "reviewAll" });
  });

  it("finds, renames and deletes earlier sessions, asking before it deletes", async () => {
    const page = await open();
    await button("History").click();
    await panel().send({
      type: "sessions",
      sessions: [
        { id: "a", title: "Old one", folder: "/", model: "m", at: 0, cost: 0.2, prompts: 3, open: undefined },
      ],
    });
    await page.getByRole("textbox", { name: "Search sessions" }).fill("old");
    await button("Rename").click();
    await page.keyboard.type("New name");
    await page.keyboard.press("Enter");
    await button("Delete").click();
    assert.equal(
      (await panel().posted()).some((it) => it.type === "deleteSession"),
      false,
    );
    await button("Delete session").click();
    await page.keyboard.press("Escape");
    assert.deepEqual((await panel().posted()).slice(-2), [
      { type: "renameSession", id: "a", title: "New name" },
      { type: "deleteSession", id: "a" },
    ]);
    assert.equal(await page.getByRole("dialog").count(), 0);
  });

  it("gives links to the host and goes nowhere itself", async () => {
    const page = await open();
    await panel().play(
      asked("x"),
      STARTED,
      REQUESTED,
      said([{ type: "text", text: "[a](https://a.test/x) [b](src/b.ts:3) ![c](https://c.test/i.png)" }]),
    );
    for (const name of ["a", "b", "Image: c"]) await page.getByRole("link", { name, exact: true }).click();
    assert.deepEqual((await panel().posted()).slice(-3), [
      { type: "openLink", url: "https://a.test/x" },
      { type: "openFile", path: "/home/me/project/src/b.ts", line: 3 },
      { type: "openLink", url: "https://c.test/i.png" },
    ]);
    assert.deepEqual(panel().requests, []);
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
    await panel().send({
      type: "snapshot",
      state: { ...panel().state(), n: 90, firstRow: 40, rows: rows.slice(40) },
      readOnly: undefined,
    });
    await panel().send({ type: "events", events: [asked("old")].map(numberedFrom(90)) });
    assert.equal(await page.getByText("old", { exact: true }).count(), 0);
    await page.getByRole("log").evaluate((it) => it.scrollTo(0, 0));
    await page.waitForFunction(() =>
      (globalThis as unknown as { posted: { type: string }[] }).posted.some((it) => it.type === "rows"),
    );
    assert.deepEqual((await panel().posted()).at(-1), { type: "rows", from: 0, to: 40 });
    const seen = await page.getByText("say 40", { exact: true }).boundingBox();
    await panel().send({ type: "rows", from: 0, rows: rows.slice(0, 40) });
    assert.ok(
      Math.abs(((await page.getByText("say 40", { exact: true }).boundingBox())?.y ?? 0) - (seen?.y ?? 0)) <
        2,
    );
  });

  it("counts down to a retry for the eye, not for the ear", async () => {
    const page = await open({ isAlone: true });
    await page.clock.install({ time: 1_790_000_000_000 });
    await panel().play(asked("x"), STARTED, REQUESTED, {
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
    await panel().play(asked("x"), STARTED, {
      type: "rested",
      reason: "failed",
      failure: { kind: "network", message: "refused" },
      text: "No connection. Check the network and try again.",
    });
    await button("Retry").click();
    assert.deepEqual(await panel().commands(), [{ type: "retry" }]);
  });

  it("shows a picture of a tool once its bytes have come", async () => {
    const page = await open();
    await panel().play(
      asked("x"),
      STARTED,
      { type: "called", call: "c1", tool: "Read", title: "a.png", input: {} },
      answered("c1", { kind: "image", mediaType: "image/png", blob: "h1", name: "a.png" }),
    );
    await page.getByRole("group", { name: /^Read/ }).getByRole("button").first().click();
    assert.deepEqual((await panel().posted()).at(-1), { type: "blob", hash: "h1", mediaType: "image/png" });
    await panel().send({
      type: "blob",
      hash: "h1",
      mediaType: "image/png",
      data: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=",
    });
    await page.waitForFunction(
      () => (document.querySelector("img.picture") as HTMLImageElement | null)?.naturalWidth === 1,
    );
  });

  it("keeps the output of a running call where it is read, and follows its end from there", async () => {
    const page = await open();
    const lines = (from: number) => Array.from({ length: 100 }, (_, n) => `line ${from + n}\n`).join("");
    const printed = (from: number) => ({ type: "printed", call: "c1", text: lines(from) }) as const;
    await panel().play(...RUNNING, printed(0));
    const call = page.getByRole("group", { name: /^Bash/ });
    await call.getByRole("button").first().click();
    const output = call.getByRole("region", { name: "Output" });
    const place = () =>
      output.evaluate((it) => [it.scrollTop, it.scrollHeight - it.clientHeight - it.scrollTop]);
    await panel().play(printed(100));
    assert.ok(((await place())[1] ?? 9) < 2, "it follows the end");
    await output.evaluate((it) => it.scrollTo(0, 77));
    await panel().play(printed(200));
    assert.equal((await place())[0], 77);
    assert.match((await output.textContent()) ?? "", /line 299/);
    const display = { kind: "terminal", command: "go", folder: "/", output: lines(0), exitCode: 0 } as const;
    await panel().play(answered("c1", display));
    assert.equal((await place())[0], 77, "also when the call is done");
  });

  it("offers to open a folder where there is none, in place of what needs one", async () => {
    const page = await open();
    await panel().send({
      type: "snapshot",
      state: { ...panel().state(), id: "", folder: "", model: "offline" },
      readOnly: "Open a folder first: a session works in one.",
    });
    await page.getByText("No folder is open.").waitFor();
    assert.equal(await page.locator(".example:visible").count(), 0);
    await button("Open Folder").click();
    assert.deepEqual((await panel().posted()).at(-1), { type: "openFolder" });
    await panel().send({ type: "snapshot", state: panel().state(), readOnly: undefined });
    assert.equal(await button("Open Folder").count(), 0);
    assert.ok((await page.locator(".example:visible").count()) > 0);
  });
});
