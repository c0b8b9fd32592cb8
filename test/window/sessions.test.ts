import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, it } from "mocha";
import { root } from "../../scripts/paths.ts";
import { isBelow, processes } from "./support/processes.ts";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

describe("sessions in the window", function () {
  const { editor, window, folder, says } = withWindow(this);
  afterEach(async () => {
    const dialog = window().panel.locator("dialog[open]");
    if (!window().page.isClosed() && (await dialog.count()) > 0) await dialog.press("Escape");
  });

  const title = () => window().panel.getByRole("heading", { level: 1 });
  /** The `wheelhouse` command in the same folder, with the same state. */
  const inTerminal = (...given: string[]) =>
    execFileSync(process.execPath, [join(root, "dist/cli.cjs"), ...given], {
      cwd: folder(),
      encoding: "utf8",
      env: {
        ...process.env,
        WHEELHOUSE_HOME: editor().home,
        ANTHROPIC_API_KEY: "",
        ANTHROPIC_AUTH_TOKEN: "",
      },
    });

  /** Starts a command that goes on until `end` is called; it only looks, so it runs unasked. */
  async function runUntil(name: string): Promise<{ command: string; end: () => void }> {
    const file = `${name}-${process.pid}`;
    const command = `until test -e ${file}; do sleep 0.1; done`;
    await window().button("New session").click();
    await window().say(`run ${command}`);
    await window()
      .call(/^Bash.*running$/)
      .waitFor();
    // The row is there before the command is: it is judged first.
    await until("it runs", () => processes().some((it) => it.command.includes(command)));
    return { command, end: () => writeFileSync(join(folder(), file), "") };
  }

  it("go on while the panel is hidden, and the draft is there when it comes back", async () => {
    const { end } = await runUntil("shown");
    await window().message.fill("half a thought");
    await window().run("View: Toggle Secondary Side Bar Visibility");
    await window().message.waitFor({ state: "detached" });
    end();
    await window().showPanel();
    await until(
      "the words are in the box",
      async () => (await window().message.inputValue()) === "half a thought",
    );
    await window()
      .call(/^Bash.*done/)
      .waitFor();
    await window().message.fill("");
  });

  it("take what is said right after they were begun", async () => {
    const isThere = await window().message.evaluate((box) => {
      // Both in one go, as no hand is quick enough to do.
      const said = box as HTMLTextAreaElement;
      const begin = [...box.ownerDocument.querySelectorAll("vscode-button")].find(
        (it) => it.ariaLabel === "New session",
      );
      for (const text of ["help", "show README.md"]) {
        if (text === "help") (begin as HTMLElement).click();
        said.value = text;
        said.dispatchEvent(new InputEvent("input"));
        said.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
      }
      return begin !== undefined;
    });
    assert.equal(isThere, true);
    await title()
      .filter({ hasText: /^help$/ })
      .waitFor();
    await says("show README.md");
    assert.equal(
      await window()
        .text(/^run until/)
        .count(),
      0,
    );
  });

  it("can be found, renamed and deleted in the history", async () => {
    await window().button("New session").click();
    await window().say("show package.json");
    await says("That is package.json.");
    await window().button("History").click();
    const dialog = window().panel.getByRole("dialog", { name: "History" });
    const sessions = dialog.getByRole("listitem");
    for (const it of ["run until", "help", "show package.json"])
      await sessions.filter({ hasText: it }).first().waitFor();
    await window().shot("history");
    await dialog.getByRole("textbox", { name: "Search sessions" }).fill("package");
    await until("one is found", async () => (await sessions.count()) === 1);
    await sessions.getByRole("button", { name: "Rename" }).click();
    await dialog.getByRole("textbox", { name: "New title" }).fill("What packages there are");
    await dialog.getByRole("textbox", { name: "New title" }).press("Enter");
    await sessions.filter({ hasText: "What packages there are" }).waitFor();
    await sessions.filter({ hasText: "run until" }).getByRole("button", { name: "Delete" }).click();
    await dialog.getByRole("button", { name: "Delete session" }).click();
    await until("it is gone", async () => (await sessions.filter({ hasText: "run until" }).count()) === 0);
    await dialog.press("Escape");
    await title().filter({ hasText: "What packages there are" }).waitFor();
  });

  it("come back after a reload in the middle of a turn, with nothing left running, and go on", async () => {
    const { command } = await runUntil("reloaded");
    await window().reload();
    await window().showPanel();
    await title().filter({ hasText: "run until" }).waitFor();
    await window()
      .call(/^Bash.*interrupted$/)
      .waitFor();
    await window().shot("reloaded");
    assert.equal(
      processes().some((it) => it.command.includes(command)),
      false,
    );
    await window().say("show README.md");
    await says("That is README.md.");
  });

  it("come back after the extension host was killed, the open call marked as one that may have run", async () => {
    const { end } = await runUntil("killed");
    // One that a reload has left may still be ending.
    const hostsNow = () =>
      processes().filter(
        (it) => it.command.includes("--type=extensionHost") && isBelow(it.pid, editor().pid),
      );
    const hosts = hostsNow();
    assert.ok(hosts.length > 0);
    for (const it of hosts) process.kill(it.pid, "SIGKILL");
    // Its window starts another at once, which is still there when that is loaded anew.
    await until("another was started", () =>
      hostsNow().some(({ pid }) => hosts.every((it) => it.pid !== pid)),
    );
    // What it had started has nobody left who could end it.
    end();
    await window().reload();
    await window().showPanel();
    await window()
      .call(/^Bash.*may have run$/)
      .waitFor();
    await window().say("show README.md");
    await says("That is README.md.");
  });

  it("begun in the terminal are continued in the window, and the other way round", async () => {
    inTerminal("-p", "show src/cart.ts", "--model", "offline");
    await window().button("History").click();
    await window()
      .panel.getByRole("button", { name: /show src\/cart.ts/ })
      .click();
    await says("That is src/cart.ts.");
    await window().say("show src/report.py");
    await says("That is src/report.py.");
    await window().close();
    await until("the window let go of it", () =>
      inTerminal("-p", "show src/receipt.ts", "--continue").includes("That is src/receipt.ts."),
    );
    const [id = ""] = /[a-z0-9]{12}/.exec(inTerminal("sessions", "list")) ?? [];
    const text = inTerminal("sessions", "show", id);
    for (const name of ["src/cart.ts", "src/report.py", "src/receipt.ts"])
      assert.match(text, new RegExp(`That is ${name}`));
  });
});
