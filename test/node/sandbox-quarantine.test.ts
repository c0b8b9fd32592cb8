import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { QUARANTINE } from "../../src/node/sandbox/quarantine.ts";
import { bubblewrapPath, NEEDS_BUBBLEWRAP } from "../support/bubblewrap.ts";
import { type Sandboxed, sandboxed } from "../support/sandboxed.ts";

describe(`what a command in the sandbox leaves behind${NEEDS_BUBBLEWRAP}`, () => {
  let here: Sandboxed;
  beforeEach(async function () {
    if (bubblewrapPath() === undefined) this.skip();
    here = await sandboxed();
  });
  afterEach(() => here?.remove());

  for (const [what, command, made] of [
    ["a nested repository", "mkdir -p n/.git/hooks && echo x > n/.git/hooks/post-checkout", "n/.git"],
    ["instructions", "echo x > AGENTS.md", "AGENTS.md"],
    ["instructions in another case", "echo x > sub.txt; echo x > agents.MD", "agents.MD"],
    ["editor settings further down", "mkdir -p a/b/.vscode; echo {} > a/b/.vscode/tasks.json", "a/b/.vscode"],
    ["settings of tools for agents", "echo {} > .mcp.json", ".mcp.json"],
    ["a link under a protected name", "ln -s /etc/hosts .envrc", ".envrc"],
    ["a program in the workspace's own folder", "cp /bin/true git", "git"],
    ["a workflow", "mkdir -p .github/workflows; echo x > .github/workflows/a.yml", ".github/workflows"],
    ["a program of a virtual environment", "mkdir -p .venv/bin; echo x > .venv/bin/python", ".venv/bin"],
    ["start code of Python", "echo x > conftest.py", "conftest.py"],
  ] as const) {
    it(`is moved aside when it is ${what}`, async () => {
      const { exitCode, blocked = [] } = await here.run(command);
      assert.equal(exitCode, 0);
      assert.equal(blocked.length, 1);
      assert.ok(blocked[0]?.includes(`"${join(here.root, made)}"`) && blocked[0].includes(QUARANTINE));
      assert.equal(existsSync(join(here.root, made)), false);
      assert.ok(readdirSync(join(here.root, made, "..")).includes(`${made.split("/").at(-1)}${QUARANTINE}`));
    });
  }

  it("is moved aside when a folder around something protected was exchanged", async () => {
    await mkdir(join(here.root, "sub/.vscode"), { recursive: true });
    const { blocked = [] } = await here.run(
      "mv sub old; mkdir -p sub/.vscode; echo x > sub/.vscode/tasks.json",
    );
    assert.match(blocked.join("\n"), /sub\/\.vscode"/);
    assert.equal(existsSync(join(here.root, "sub/.vscode")), false);
  });

  it("is moved aside also after a stop", async () => {
    const controller = new AbortController();
    const onOutput = () => controller.abort();
    const end = await here.shell.run(
      { command: "echo x > AGENTS.md; echo READY; sleep 60", folder: here.root, timeoutMs: 10_000, onOutput },
      controller.signal,
    );
    assert.equal(end.ended, "stopped");
    assert.equal(existsSync(join(here.root, "AGENTS.md")), false);
  });

  it("stays when it was there before, and when it is nothing special", async () => {
    await writeFile(join(here.root, "AGENTS.md"), "Be kind.");
    const { blocked } = await here.run(
      "mkdir -p src .github; echo x > src/a.ts; echo x > .github/CODEOWNERS; echo x > .gitignore",
    );
    assert.equal(blocked, undefined);
    assert.deepEqual(readdirSync(here.root).sort(), [".github", ".gitignore", "AGENTS.md", "src"]);
  });

  it("never overwrites what was moved aside earlier", async () => {
    await here.run("echo 1 > AGENTS.md");
    await here.run("echo 2 > AGENTS.md");
    assert.deepEqual(readdirSync(here.root).sort(), [`AGENTS.md-2${QUARANTINE}`, `AGENTS.md${QUARANTINE}`]);
  });

  it("is nothing of ours: the folders that stand in for missing ones are gone, also when several ran", async () => {
    await Promise.all(["sleep 0.2", "true", "sleep 0.1"].map((it) => here.run(it)));
    assert.deepEqual(readdirSync(here.root), []);
  });
});
