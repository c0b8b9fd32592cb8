import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type StandIn, startStandIn } from "../support/stand-in/server.ts";
import { answers, calls, says } from "../support/stand-in/turns.ts";
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
    await until("the proposal is closed", async () => !(await window().tabs()).some(isProposal));
    assert.match(log(editor().home), /The person edited your change to [^ ]*cart.ts/);
  });
});

function isProposal(tab: string): boolean {
  return tab.includes("proposed by Wheelhouse");
}

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

describe("a change that a model is writing", function () {
  let api: StandIn;
  const content = Array.from({ length: 60 }, (_, index) => `line ${index} of a new file\n`).join("");
  before(async () => {
    const file = calls("Write", { file_path: "src/new.txt", content });
    api = await startStandIn({
      script: [{ blocks: [file], pauseMs: 20, piece: 8 }, answers(says("Made."))],
      key: "sk-ant-key",
    });
  });
  after(() => api?.close());
  const { window, folder } = withWindow(this, () => ({
    settings: { "wheelhouse.anthropic.baseUrl": api.url },
    env: { ANTHROPIC_API_KEY: "sk-ant-key" },
  }));

  it("grows in the editor before it is asked about, and is the one that is then accepted", async () => {
    await window().say("Make a new file");
    const lines = window().page.locator(".modified-in-monaco-diff-editor .view-line");
    await until("some lines stand there", async () => (await lines.count()) > 3);
    assert.equal(await window().question.count(), 0, "nothing is asked yet");
    await window().shot("proposal-stream");
    await window().answer("Allow");
    await window().text("Made.").waitFor();
    assert.equal(readFileSync(join(folder(), "src/new.txt"), "utf8"), content);
    await until("the proposal is closed", async () => !(await window().tabs()).some(isProposal));
  });
});
