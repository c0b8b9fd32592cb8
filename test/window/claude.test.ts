import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type StandIn, startStandIn } from "../support/stand-in/server.ts";
import { answers, calls, says, type Turn, thinks } from "../support/stand-in/turns.ts";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

const KEY = "sk-ant-a-key-that-must-not-be-found-anywhere";
const THOUGHT = "The discount is subtracted a second time in the last line, so I take it off there. ";
const ANSWER = [
  "The discount was taken off **twice**.",
  "",
  "```ts",
  "return Math.round(reduced);",
  "```",
  "",
].join("\n");
const FIX = {
  file_path: "src/cart.ts",
  old_string: "reduced - (sum * discount) / 100",
  new_string: "reduced",
};

const LINES = Array.from({ length: 60 }, (_, index) => `line ${index} of a new file\n`).join("");

/** Settled when the half that is written has been seen: how quick this machine is must not matter. */
const halfSeen = Promise.withResolvers<void>();

/** Slow enough that what is shown while it comes can be seen. */
const SCRIPT: readonly Turn[] = [
  answers(calls("Read", { file_path: "src/cart.ts" })),
  { blocks: [thinks(THOUGHT.repeat(10)), says("I mend it."), calls("Edit", FIX)], pauseMs: 20, piece: 12 },
  { blocks: [says(ANSWER.repeat(6))], pauseMs: 20, piece: 8 },
  {
    blocks: [calls("Write", { file_path: "src/new.txt", content: LINES })],
    pauseMs: 20,
    piece: 8,
    halfUntil: halfSeen.promise,
  },
  answers(says("Made.")),
];

describe("a session with Claude in the window", function () {
  let api: StandIn;
  before(async () => {
    api = await startStandIn({ script: SCRIPT, key: KEY });
  });
  after(() => api?.close());
  const { editor, window, folder } = withWindow(this, () => ({
    settings: { "wheelhouse.anthropic.baseUrl": api.url },
  }));

  /** From now on, how often the words stood in the page at each frame that was drawn; the page itself looks, for it may be quick. */
  async function countsOf(words: string): Promise<() => Promise<readonly number[]>> {
    const body = window().panel.locator("body");
    await body.evaluate((page, sought) => {
      const counts: number[] = [];
      Object.assign(globalThis, { counts });
      const look = () => {
        counts.push((page.textContent ?? "").split(sought).length - 1);
        requestAnimationFrame(look);
      };
      look();
    }, words);
    return () => body.evaluate(() => (globalThis as unknown as { counts: number[] }).counts);
  }

  it("is offered once there is a key, which is asked for and kept in the secret storage alone", async () => {
    await window().panel.getByRole("combobox", { name: "Model" }).filter({ hasText: "Offline" }).waitFor();
    await window().button("Set API key").click();
    await window()
      .palette.getByRole("option", { name: /^Anthropic/ })
      .click();
    await window().palette.locator("input").first().fill(KEY);
    await window().page.keyboard.press("Enter");
    await window().page.getByText("The API key is set.").first().waitFor();
    await window().panel.getByRole("combobox", { name: "Model" }).filter({ hasText: "Sonnet" }).waitFor();
    await window().shot("claude-empty");
  });

  it("shows what it thinks and says as it comes, and does what it was asked", async () => {
    await window().say("Find the failing test and fix it");
    await window().panel.locator("summary").filter({ hasText: "Thinking" }).waitFor();
    const counts = await countsOf("The discount was taken off");
    await window().answer("Allow");
    const answer = window().text("The discount was taken off");
    await until("all of it is there", async () => (await answer.count()) === 6);
    assert.ok(
      (await counts()).some((it) => it > 0 && it < 6),
      "the answer came in one piece",
    );
    assert.match(readFileSync(join(folder(), "src/cart.ts"), "utf8"), /return Math.round\(reduced\);/);
    await window().button("Stop").waitFor({ state: "hidden" });
    await window().shot("claude-done");
  });

  it("made requests that the API takes, with the key and with what was read", () => {
    assert.deepEqual(
      api.requests.map((it) => it.refusal),
      [undefined, undefined, undefined],
    );
    assert.ok(
      api.requests.every(({ headers }) =>
        [headers["x-api-key"], headers.authorization?.slice(7)].includes(KEY),
      ),
    );
    assert.match(JSON.stringify(api.requests[1]?.body), /What is to be paid, in cents/);
  });

  it("shows a change in the editor while it is written, and asks about it when it is whole", async () => {
    await window().say("Make a new file");
    const lines = window().page.locator(".modified-in-monaco-diff-editor .view-line");
    try {
      await until("some lines stand there", async () => (await lines.count()) > 3);
      assert.equal(await window().question.count(), 0, "nothing is asked yet");
      await window().shot("proposal-stream");
    } finally {
      halfSeen.resolve();
    }
    await window().answer("Allow");
    await window().text("Made.").waitFor();
    assert.equal(readFileSync(join(folder(), "src/new.txt"), "utf8"), LINES);
    await until(
      "the proposal is closed",
      async () => !(await window().tabs()).some((it) => it.includes("proposed by Wheelhouse")),
    );
  });

  it("says what to do when the key is refused", async () => {
    // What was said of the first key is not taken for what is said of the next.
    await window().run("Notifications: Clear All Notifications");
    await window().run("Wheelhouse: Set API Key");
    await window()
      .palette.getByRole("option", { name: /^Anthropic/ })
      .click();
    await window().palette.locator("input").first().fill("wrong-but-long-enough-to-be-one");
    await window().page.keyboard.press("Enter");
    await window().page.getByText("The API key is set.").first().waitFor();
    await window().say("Go on");
    await window()
      .text(/Error:.*key/)
      .waitFor();
    await window().button("Set API key").waitFor();
    await window().shot("claude-refused");
  });

  it("is no more once the key is removed", async () => {
    await window().run("Wheelhouse: Remove API Key");
    await window().page.getByText("The API key was removed").first().waitFor();
    await window().run("Wheelhouse: New Session");
    await window().panel.getByRole("combobox", { name: "Model" }).filter({ hasText: "Offline" }).waitFor();
  });

  it("left the key in no file", () => {
    for (const place of [editor().home, editor().state, folder()]) assert.equal(filesWith(KEY, place), "");
  });
});

/** Names of the files below `folder` that hold this text, a line each. */
function filesWith(text: string, folder: string): string {
  try {
    return execFileSync("grep", ["-rlaF", "--", text, folder], { encoding: "utf8" });
  } catch {
    // Exit code 1: there is none.
    return "";
  }
}
