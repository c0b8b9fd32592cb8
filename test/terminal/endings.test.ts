import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { MAY_SLEEP, SLEEPS, shellAtWork, until } from "./long-command.ts";
import { CLI, endOf, type Place, place } from "./wheelhouse.ts";

let here: Place;
before(async () => {
  here = await place();
});
after(() => here.remove());

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A run whose command is at work; `pid` is the command's shell. */
async function atWork(...given: readonly string[]) {
  const child = here.start(["-p", SLEEPS, ...MAY_SLEEP, ...given]);
  child.stdin.end();
  return { child, ended: endOf(child), pid: await shellAtWork(here) };
}

describe("a run that is ended from outside", () => {
  before(function () {
    // Signals and shells of this kind are POSIX's.
    if (process.platform === "win32") this.skip();
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`by ${signal} stops its command, closes its session and ends with 130`, async () => {
      const { child, ended, pid } = await atWork("--output-format", "json");
      child.kill(signal);
      const { code, out } = await ended;
      const { subtype, session_id } = JSON.parse(out) as { subtype: string; session_id: string };
      assert.deepEqual([code, subtype, isAlive(pid)], [130, "interrupted", false]);
      const shown = (await here.run(["sessions", "show", session_id])).out;
      assert.match(shown, /interrupted/);
      assert.equal((await here.run(["sessions", "delete", session_id])).code, 0);
    });
  }

  it("by SIGKILL leaves nothing running, and the session says what may have run", async () => {
    const { child, ended, pid } = await atWork("--output-format", "json");
    const id = /^(\w{12}) /m.exec((await here.run(["sessions", "list"])).out)?.[1] ?? "";
    assert.match((await here.run(["sessions", "show", id])).out, /sleep 1000 running/);
    child.kill("SIGKILL");
    await ended;
    await until(() => !isAlive(pid));
    assert.match((await here.run(["sessions", "show", id])).out, /sleep 1000 may have run/);
    assert.match((await here.run(["sessions", "export", id])).out, /sleep 1000` \(may have run\)/);
    assert.equal((await here.run(["sessions", "delete", id])).code, 0);
  });

  it("by a reader that goes away does so quietly", async () => {
    const { child, ended, pid } = await atWork("--output-format", "stream-json");
    child.stdout.destroy();
    // The next line it prints finds nobody. (bash with a trap may sleep over a gentler signal.)
    process.kill(pid, "SIGKILL");
    const { err } = await ended;
    assert.doesNotMatch(err, /EPIPE|\n\s+at /);
    assert.equal(isAlive(pid), false);
  });
});

describe("an interactive session whose terminal is closed", () => {
  before(function () {
    // Without script(1) there is no pseudo-terminal to close.
    if (spawnSync("script", ["--version"]).status !== 0) this.skip();
  });

  it("stops its command and closes", async () => {
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: here.home,
      WHEELHOUSE_HOME: here.home,
      SHELL: "/bin/sh",
    };
    const line = [process.execPath, "--no-warnings", CLI, ...MAY_SLEEP, "--", SLEEPS]
      .map((it) => `'${it}'`)
      .join(" ");
    const terminal = spawn("script", ["-qec", line, "/dev/null"], { cwd: here.project, env, stdio: "pipe" });
    const pid = await shellAtWork(here);
    terminal.kill("SIGKILL");
    await until(() => !isAlive(pid));
    const id = /^(\w{12}) .*sleep 1000$/m.exec((await here.run(["sessions", "list"])).out)?.[1] ?? "";
    await until(() => !existsSync(join(here.home, "sessions", id, "lock")));
    assert.match((await here.run(["sessions", "show", id])).out, /sleep 1000 interrupted/);
  });
});
