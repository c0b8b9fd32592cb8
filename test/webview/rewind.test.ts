import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { EventBody } from "../../src/agent/events.ts";
import type { RewindPreview } from "../../src/agent/screen.ts";
import { asked, REQUESTED, STARTED, said } from "./scenes.ts";
import { withPanel } from "./with-panel.ts";

const TURNS: readonly EventBody[] = ["Make it blue", "Make it green"].flatMap((text) => [
  asked(text, text),
  STARTED,
  REQUESTED,
  said([{ type: "text", text: `Done: ${text}.` }]),
  { type: "rested", reason: "done" } as const,
]);
/** Number of the second message's event, behind that of the session's beginning. */
const SECOND = 7;

const PREVIEW: RewindPreview = {
  to: SECOND,
  number: 2,
  text: "Make it green",
  files: [
    { path: "/home/me/project/src/a.css", change: "changed", edited: false, added: 3, removed: 1 },
    { path: "/home/me/project/b.css", change: "removed", edited: false, added: 0, removed: 9 },
    { path: "/home/me/project/mine.css", change: "changed", edited: true, added: 1, removed: 1 },
  ],
  stuck: [{ path: "/home/me/project/link.css", why: "it is a link now" }],
};

function rewoundTo(conversation: boolean): EventBody {
  const what = { row: 2, todos: [], contextTokens: 0, lastRest: "done" as const };
  const rest = { to: SECOND, text: "Make it green", files: [], changed: [], left: [] };
  return { type: "rewound", ...rest, ...(conversation && { conversation: what }) };
}

describe("Rewind in the panel", function () {
  const { open, panel, button } = withPanel(this);

  async function opened() {
    const page = await open({ width: 380, height: 640 });
    await panel().play(...TURNS);
    await button("Rewind…").nth(1).click();
    const sheet = page.getByRole("dialog", { name: "Rewind" });
    await sheet.waitFor();
    return sheet;
  }

  it("shows what would change first, and leaves what the person edited unless it is ticked", async () => {
    const sheet = await opened();
    assert.deepEqual((await panel().posted()).at(-1), { type: "previewRewind", to: SECOND });
    await panel().send({ type: "rewindPreview", preview: PREVIEW });
    assert.deepEqual(await sheet.getByRole("checkbox").allInnerTexts(), [
      "src/a.css changes back",
      "b.css is removed",
      "mine.css changes back · you edited it since",
    ]);
    assert.match(await sheet.innerText(), /link\.css: it is a link now/);
    await sheet.getByRole("checkbox", { name: "b.css" }).click();
    await sheet.getByRole("checkbox", { name: "mine.css" }).click();
    await sheet.getByRole("button", { name: "Rewind", exact: true }).click();
    assert.deepEqual(await panel().commands(), [
      {
        type: "rewind",
        to: SECOND,
        files: true,
        conversation: true,
        edited: ["/home/me/project/mine.css"],
        without: ["/home/me/project/b.css"],
      },
    ]);
  });

  it("is done by keyboard alone", async () => {
    const sheet = await opened();
    await panel().send({ type: "rewindPreview", preview: { ...PREVIEW, files: [], stuck: [] } });
    const { page } = panel();
    await page.keyboard.press("ArrowDown");
    assert.match(await sheet.innerText(), /There is nothing to rewind/);
    await page.keyboard.press("ArrowDown");
    // The control is painted before it takes the focus.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const [command] = await panel().commands();
    assert.deepEqual(command?.type === "rewind" && [command.files, command.conversation], [false, true]);
  });

  it("waits until a turn has been stopped", async () => {
    const sheet = await opened();
    await panel().send({ type: "rewindPreview", preview: PREVIEW });
    await panel().play(STARTED);
    assert.match(await sheet.innerText(), /Stop it first/);
    await sheet.getByRole("button", { name: "Rewind", exact: true }).click({ force: true });
    assert.deepEqual(await panel().commands(), []);
  });

  it("forks and compares from a message", async () => {
    const sheet = await opened();
    await sheet.getByRole("button", { name: "Fork from here" }).click();
    assert.deepEqual((await panel().posted()).at(-1), { type: "forkSession", before: SECOND });
    await button("Rewind…").first().click();
    await sheet.getByRole("button", { name: "Compare with" }).click();
    assert.deepEqual((await panel().posted()).at(-1), { type: "comparePoints", from: 2 });
  });

  it("takes the rows away behind one row that can bring them back", async () => {
    const page = await open();
    await panel().play(...TURNS, rewoundTo(true));
    const talk = page.getByRole("log", { name: "Conversation" });
    assert.ok(!(await talk.innerText()).includes("Done: Make it green"));
    assert.match(await talk.innerText(), /Rewound to before “Make it green”/);
    await button("Undo").click();
    assert.deepEqual(await panel().commands(), [{ type: "takeBackRewind" }]);
    await panel().play({
      type: "rewound",
      takesBack: true,
      to: 12,
      text: "Make it green",
      files: [],
      changed: [],
      left: [],
    });
    assert.match(await talk.innerText(), /Done: Make it green/);
    assert.equal(await button("Undo").count(), 0);
  });

  it("offers no way back any more once the conversation has gone on", async () => {
    await open();
    await panel().play(...TURNS, rewoundTo(false), asked("Go on", "q9"));
    assert.equal(await button("Undo").count(), 0);
  });
});
