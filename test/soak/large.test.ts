import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "mocha";
import { NO_SESSION } from "../../src/agent/session.ts";
import { step } from "../../src/agent/step.ts";
import { bash } from "../../src/agent/tools/bash.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { nodeShell, SHELL_OUTPUT_LIMIT } from "../../src/node/shell.ts";
import { plainText } from "../../src/text/ansi.ts";
import { UTF8 } from "../../src/text/encoding.ts";
import { outside } from "../../src/text/outside.ts";
import type { Shell } from "../../src/world.ts";
import { asked, opened, requested, started, streamed } from "../agent/events.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";
import { amount, isSoak, tally } from "./figure.ts";
import { strainOf } from "./strain.ts";

const MB = 1024 * 1024;

describe("what is very large", () => {
  if (process.platform === "win32") return;

  for (const [what, source] of [
    ["lines without end", "yes 'a line of text'"],
    ["a line without end", "tr '\\0' a < /dev/zero"],
  ] as const)
    it(`is cut and never held, ${what}`, async function () {
      this.timeout(isSoak ? 0 : 60_000);
      const bytes = amount({ ci: 50 * MB, soak: 1024 * MB });
      let shown = 0;
      const onOutput = (text: string) => {
        shown += text.length;
      };
      const before = process.memoryUsage().external;
      const run = { command: `${source} | head -c ${bytes}`, folder: "/", timeoutMs: 600_000, onOutput };
      const { output, ended } = await nodeShell(process.env).run(run, never());
      assert.equal(ended, "exit");
      assert.ok(
        output.length > SHELL_OUTPUT_LIMIT / 2 && output.length <= SHELL_OUTPUT_LIMIT + 1_000,
        `${output.length}`,
      );
      assert.ok(shown > 0 && process.memoryUsage().external < before + 256 * MB);
      tally(what, bytes);
    });

  for (const [what, source] of [
    ["lines", "yes 'a line of text'"],
    ["a line", "tr '\\0' a < /dev/zero"],
  ] as const)
    it(`leaves a session small and awake, and the model told what is lost, when a command prints ${what}`, async function () {
      this.timeout(isSoak ? 0 : 60_000);
      const bytes = amount({ ci: 20 * MB, soak: 1024 * MB });
      const command = `${source} | head -c ${bytes}`;
      const real = nodeShell(process.env);
      // The session's folder is in memory only.
      const shell: Shell = { ...real, run: (run, signal) => real.run({ ...run, folder: "/" }, signal) };
      const it = await rig({
        world: { ...testWorld(), shell },
        mode: "bypassPermissions",
        policy: { bypassAllowed: true, roots: ["/p"] },
        wiring: { tools: [bash] },
        model: [calls(call("Bash", { command, timeout: 600_000 })), says("done")],
      });
      const { growth, blockedMs } = await strainOf(() => it.turn("print"));
      const told = JSON.stringify(it.asked.at(-1)?.messages.at(-1));
      const lost = Number(/(\d+) characters of it were not kept/.exec(told)?.[1]);
      assert.ok(lost >= bytes - SHELL_OUTPUT_LIMIT && lost < bytes, told.slice(-300));
      assert.ok(told.length < 40_000, `${told.length}`);
      assert.ok(JSON.stringify(it.log.events).length < 8 * MB);
      assert.ok(growth < 256 * MB, `${growth / MB} MB more`);
      // How long something takes is nothing to be tested where others are at work.
      if (isSoak) assert.ok(blockedMs < 200, `blocked for ${blockedMs} ms`);
      tally(
        `bytes of ${what}, ${Math.round(growth / MB)} MB more, blocked ${Math.round(blockedMs)} ms`,
        bytes,
      );
      await it.session.close();
    });

  it("is shown whole, an answer of very many pieces", async function () {
    this.timeout(isSoak ? 0 : 60_000);
    const count = amount({ ci: 20_000, soak: 2_000_000 });
    const begun = [opened, started, asked("go"), requested].map((it, at) => ({ n: at + 1, at, ...it }));
    let state = begun.reduce(step, NO_SESSION);
    const { growth } = await strainOf(async () => {
      for (let n = 5; n < count + 5; n++) state = step(state, { n, at: n, ...streamed(0, "text", "word ") });
    });
    const row = state.rows.at(-1);
    assert.equal(row?.kind === "text" && row.text, "word ".repeat(count));
    assert.ok(growth < 512 * MB, `${growth / MB} MB more`);
    tally(`pieces of one answer, ${Math.round(growth / MB)} MB more`, count);
  });

  it("is told like the rest, a line of fifty megabytes", function () {
    this.timeout(isSoak ? 0 : 60_000);
    const line = "word ".repeat(amount({ ci: MB, soak: 10 * MB }));
    assert.equal(outside().told(line), line);
    assert.equal(plainText(line), line);
  });

  it("is written whole, an edit of very many files", async function () {
    this.timeout(isSoak ? 0 : 60_000);
    const count = amount({ ci: 200, soak: 10_000 });
    const { folder, remove } = await temporaryFolder();
    const paths = Array.from({ length: count }, (_, at) => join(folder, String(at % 100), String(at)));
    const changes = paths.map((path) => ({ path, before: undefined, after: path, form: UTF8 }));
    const files = nodeFiles();
    assert.equal((await files.write(changes, never())).kind, "written");
    const stale = changes.map((it, at) => ({
      ...it,
      before: at + 1 === count ? "other" : it.after,
      after: "x",
    }));
    assert.equal((await files.write(stale, never())).kind, "stale");
    for (const path of paths)
      assert.equal(Buffer.from((await files.bytes(path, never())) ?? []).toString(), path);
    tally("files in one edit", count);
    await remove();
  });
});
