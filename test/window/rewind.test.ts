import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

describe("Rewind in the window", function () {
  const { window, folder, says } = withWindow(this);
  const file = (name: string) => join(folder(), name);
  const text = (name: string) => readFileSync(file(name), "utf8");
  const sheet = () => window().panel.getByRole("dialog", { name: "Rewind" });
  /** Opens the sheet of that message, from 0, and waits until it knows what would happen to files. */
  async function openAt(index: number): Promise<void> {
    await window().button("Rewind…").nth(index).click();
    await sheet().getByRole("heading", { name: "Files" }).waitFor();
  }

  it("takes files and conversation back behind a list of what that does, and brings them back", async () => {
    const original = text("src/cart.ts");
    await window().choose("Mode", "Edit freely");
    await window().say('replace "discount" with "rebate" in src/cart.ts');
    await says("Changed discount to rebate in src/cart.ts.");
    await window().say("create notes.md: hello");
    await says("Created notes.md.");
    appendFileSync(file("notes.md"), "and mine\n");
    await openAt(0);
    await window().shot("rewind-sheet");
    assert.deepEqual(await sheet().getByRole("checkbox").allInnerTexts(), [
      "notes.md is removed · you edited it since",
      "src/cart.ts changes back",
    ]);
    await sheet().getByRole("button", { name: "Rewind", exact: true }).click();
    await says(/Rewound to before “replace "discount"/);
    await window().shot("rewind-done");
    assert.deepEqual([text("src/cart.ts"), text("notes.md").includes("mine")], [original, true]);
    await until("the words are in the box", async () =>
      /^replace "discount" with "rebate"/.test(await window().message.inputValue()),
    );
    await window().message.fill("");
    const talk = window().panel.getByRole("log", { name: "Conversation" });
    await talk.getByRole("button", { name: "Undo", exact: true }).click();
    await says("Changed discount to rebate in src/cart.ts.");
    await until("the file is back", () => text("src/cart.ts").includes("rebate"));
  });

  it("compares a message with now in the editor, and forks from it", async () => {
    await openAt(0);
    await sheet().getByRole("button", { name: "Compare with" }).click();
    await until("the diff of several files is open", async () =>
      (await window().tabs()).some((it) => it.startsWith("Before Message 1 ↔ Now")),
    );
    await until("it shows the change", async () => (await window().page.getByText("rebate").count()) > 0);
    await window().shot("rewind-compare");
    await openAt(1);
    await sheet().getByRole("button", { name: "Fork from here" }).click();
    await until("the copy has one message", async () => (await window().button("Rewind…").count()) === 1);
    await until(
      "the words of the message are in the box",
      async () => (await window().message.inputValue()) === "create notes.md: hello",
    );
    assert.ok(text("src/cart.ts").includes("rebate"));
  });
});
