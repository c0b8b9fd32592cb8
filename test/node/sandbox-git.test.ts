import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { bubblewrapPath, NEEDS_BUBBLEWRAP } from "../support/bubblewrap.ts";
import { type Sandboxed, sandboxed } from "../support/sandboxed.ts";

const FILES: Readonly<Record<string, string>> = {
  ".git": "gitdir: mygit\n",
  "mygit/HEAD": "ref: refs/heads/main\n",
  "mygit/config": "[core]\n",
  "mygit/hooks/sample": "",
  "mygit/info/exclude": "",
  "packages/one/.git": "gitdir: ../../trees/one\r\n",
  "trees/one/commondir": "../shared\n",
  "trees/one/HEAD": "ref: refs/heads/main\n",
  "trees/shared/config": "[core]\n",
  "linked/repository/config": "[core]\n",
  "gone/.git": "gitdir: ../later\n",
  "src/config": "mine",
};

describe(`git's folders that lie elsewhere in the workspace, for a command in the sandbox${NEEDS_BUBBLEWRAP}`, () => {
  let here: Sandboxed;

  before(async function () {
    if (bubblewrapPath() === undefined) this.skip();
    here = await sandboxed();
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(join(here.root, name, ".."), { recursive: true });
      await writeFile(join(here.root, name), text);
    }
    await symlink("repository", join(here.root, "linked", ".git"));
  });
  after(() => here?.remove());

  for (const command of [
    "echo x >> mygit/config",
    "echo x > mygit/hooks/pre-commit",
    "echo x > mygit/info/attributes",
    "echo x > .git",
    "mv mygit other",
    "echo x > trees/one/commondir",
    "echo x >> trees/shared/config",
    "mkdir trees/shared/hooks",
    "echo x >> linked/repository/config",
  ])
    it(`are not changed by ${command}`, async () => {
      const { output, exitCode } = await here.run(command);
      assert.notEqual(exitCode, 0);
      assert.match(output, /Read-only|busy/);
    });

  it("hold what they held", async () => {
    for (const [name, text] of Object.entries(FILES))
      assert.equal(await readFile(join(here.root, name), "utf8"), text, name);
    assert.equal((await here.run("echo y > src/new && cat mygit/HEAD")).output, "ref: refs/heads/main\n");
  });

  it("are moved aside when the command made what a gitfile names", async () => {
    const { blocked } = await here.run(
      "mkdir later && echo ../src > later/commondir && echo x > later/config",
    );
    assert.match(String(blocked), /The command made ".*later"/);
    assert.deepEqual(
      [existsSync(join(here.root, "later")), existsSync(join(here.root, "src"))],
      [false, true],
    );
  });

  it("are not what a gitfile of the command's own says: that alone is moved aside", async () => {
    const { blocked } = await here.run("mkdir sub && echo 'gitdir: ../src' > sub/.git");
    assert.equal(blocked?.length, 1);
    assert.equal(existsSync(join(here.root, "sub", ".git")), false);
    assert.equal(await readFile(join(here.root, "src", "config"), "utf8"), "mine");
  });

  it("leave a workspace to work in that is such a folder itself", async () => {
    await writeFile(join(here.root, ".git"), "gitdir: .\n");
    await writeFile(join(here.root, "config"), "[core]\n");
    assert.notEqual((await here.run("echo x >> config")).exitCode, 0);
    const { exitCode, blocked } = await here.run("echo x > file && mkdir hooks && echo x > hooks/pre-commit");
    assert.equal(exitCode, 0);
    assert.match(String(blocked), /hooks/);
    assert.deepEqual(
      [existsSync(join(here.root, "file")), existsSync(join(here.root, "hooks"))],
      [true, false],
    );
  });
});
