import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { bubblewrapPath, NEEDS_BUBBLEWRAP } from "../support/bubblewrap.ts";
import { type Sandboxed, sandboxed } from "../support/sandboxed.ts";

/** What a project has that commands must leave alone, by path and text. */
const FILES: Readonly<Record<string, string>> = {
  ".env": "KEY=canary-env",
  "certs/server.key": "canary-key",
  ".npmrc": "engine-strict=true",
  ".git/config": "[core]\n",
  ".git/hooks/sample": "",
  ".git/objects/info/none": "",
  ".git/refs/none": "",
  ".git/HEAD": "ref: refs/heads/main\n",
  "AGENTS.md": "Be kind.",
  "packages/one/.vscode/settings.json": "{}",
  "packages/two/.yarnrc.yml": "npmAuthToken: canary-yarn",
  "src/a.txt": "plain\n",
};

describe(`a command in the sandbox${NEEDS_BUBBLEWRAP}`, () => {
  let here: Sandboxed;
  let tcp: Server;
  let unix: Server;
  let reached = 0;

  before(async function () {
    if (bubblewrapPath() === undefined) this.skip();
    here = await sandboxed({}, { MY_API_TOKEN: "canary-variable" });
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(join(here.root, name, ".."), { recursive: true });
      await writeFile(join(here.root, name), text);
    }
    await symlink("AGENTS.md", join(here.root, "CLAUDE.md"));
    await writeFile(join(here.outside, "secret"), "canary-outside");
    [tcp, unix] = [createServer(), createServer()];
    for (const it of [tcp, unix])
      it.on("connection", (socket) => {
        reached++;
        socket.destroy();
      });
    tcp.listen(0, "127.0.0.1");
    unix.listen(join(here.root, "listener.sock"));
    await Promise.all([once(tcp, "listening"), once(unix, "listening")]);
  });

  after(async () => {
    tcp?.close();
    unix?.close();
    await here?.remove();
  });

  const OUTSIDE = "$PWD/../outside";
  for (const [what, command, said] of [
    ["write outside", `echo x > ${OUTSIDE}/a`, /No such file|Read-only/],
    ["write to the system", "echo x > /etc/wheelhouse-test", /Read-only file system/],
    ["write to the home", "echo x > ~/wheelhouse-test", /Read-only file system|No such file/],
    [
      "write through a link made inside",
      "ln -s /etc l && echo x > l/wheelhouse-test",
      /Read-only file system/,
    ],
    ["write a git hook", "echo x > .git/hooks/pre-commit", /Read-only file system/],
    ["change git's settings", "git config core.fsmonitor ./x", /Read-only|could not lock/],
    ["make a folder of editor settings", "echo x > .vscode/tasks.json", /Read-only file system/],
    ["make a folder of agent settings", "mkdir .claude/hooks", /Read-only file system/],
    ["change editor settings further down", "echo x > packages/one/.vscode/settings.json", /Read-only/],
    ["change instructions", "echo x >> AGENTS.md", /Read-only file system/],
    ["change instructions through a link", "echo x >> CLAUDE.md", /Read-only file system/],
    ["remove instructions", "rm -f AGENTS.md", /busy|Read-only/],
    ["rename a protected file", "mv .npmrc other", /busy/],
    ["rename the repository's folder", "mv .git old", /busy/],
    ["hard-link a protected file", "ln .npmrc other", /cross-device/],
    ["hard-link a secret", "ln .env other", /cross-device/],
    ["read a secret", "cat .env", /Permission denied/],
    ["copy a secret", "cp .env copy", /Permission denied/],
    ["read a key further down", "cat certs/server.key", /Permission denied/],
    ["read a login in a package manager's settings", "cat packages/two/.yarnrc.yml", /Permission denied/],
    ["make a secret readable", "chmod 644 .env && cat .env", /Read-only|denied|permitted/],
    ["unmount what hides a secret", "umount .env && cat .env", /permitted|superuser|denied|not found/],
    ["read the system's passwords", "cat /etc/shadow", /Permission denied/],
    ["read outside", `cat ${OUTSIDE}/secret`, /No such file/],
    ["read the home", "cat ~/.bashrc ~/.profile ~/.ssh/known_hosts", /No such file/],
    ["see other homes", "ls /home/*/ ~root/.ssh", /No such file/],
    ["see processes outside", `ls /proc/${process.pid}/environ`, /No such file/],
    ["set a switch of the kernel", "echo x > /proc/sys/kernel/core_pattern", /Read-only file system/],
    ["make a user namespace", "unshare -U true", /not permitted/],
    ["make a namespace of mounts", "unshare -m true", /not permitted/],
    ["mount", "mount -t tmpfs none src", /permi|superuser|denied/],
    ["set the set-user bit", "cp /bin/true t && chmod 4755 t", /not permitted/],
    ["set the set-group bit", "cp /bin/true g && chmod g+s g", /not permitted/],
    ["make a file that runs with its owner's rights", "install -m 4755 /bin/true u", /not permitted/],
    ["make a device", "mknod d b 8 0", /not permitted|denied/],
    ["look a name up", "getent hosts example.org; exit 1", /^$/],
  ] as const) {
    it(`cannot ${what}`, async () => {
      const { output, exitCode, sandboxed: isInside } = await here.run(command);
      assert.equal(isInside, true);
      assert.notEqual(exitCode, 0, output);
      assert.match(output, said);
      assert.doesNotMatch(output, /canary/);
    });
  }

  it("has left everything as it was, whatever it tried", async () => {
    for (const [name, text] of Object.entries(FILES))
      assert.equal(await readFile(join(here.root, name), "utf8"), text, name);
    assert.equal(existsSync(join(here.outside, "a")), false);
    for (const it of [".vscode", ".claude", ".git/hooks/pre-commit", "copy", "other"])
      assert.equal(existsSync(join(here.root, it)), false, it);
    for (const it of ["t", "g", "u"])
      assert.equal((await stat(join(here.root, it)).catch(() => ({ mode: 0 }))).mode & 0o6000, 0, it);
  });

  it("reaches no listener of this machine, by address or by file", async () => {
    const { port } = tcp.address() as AddressInfo;
    const script = `
      import socket, sys
      def tried(family, address):
        try:
          socket.socket(family).connect(address); return "reached"
        except OSError as error:
          return type(error).__name__
      print(tried(socket.AF_INET, ("127.0.0.1", ${port})), tried(socket.AF_UNIX, "listener.sock"), tried(socket.AF_INET, ("169.254.169.254", 80)))`;
    await writeFile(join(here.root, "reach.py"), script.replaceAll("\n      ", "\n"));
    const bash = await here.run(`exec 3<>/dev/tcp/127.0.0.1/${port}`);
    const { output } = await here.run("python3 reach.py || echo no python");
    assert.match(bash.output, /Connection refused|unreachable/);
    assert.doesNotMatch(output, /reached/);
    assert.equal(reached, 0);
  });

  it("sees no secret of the environment and gains no rights", async () => {
    const { output } = await here.run(
      "env; cat /proc/1/environ; grep -E 'Cap(Eff|Bnd)|NoNewPrivs' /proc/self/status",
    );
    assert.doesNotMatch(output, /canary|SSH_AUTH_SOCK|DBUS_SESSION/);
    assert.match(output, /CapEff:\s+0+\n/);
    assert.match(output, /CapBnd:\s+0+\n/);
    assert.match(output, /NoNewPrivs:\s+1/);
  });

  it("works in the workspace and in a temporary folder of its own", async () => {
    const { output, exitCode, blocked } = await here.run(
      "cat src/a.txt && echo new > src/b.txt && mv src/b.txt src/c.txt && cat src/c.txt && cat .npmrc && f=$(mktemp) && echo kept > /tmp/kept && rm $f src/c.txt",
    );
    assert.deepEqual([output, exitCode, blocked], ["plain\nnew\nengine-strict=true", 0, undefined]);
    assert.equal((await here.run("cat /tmp/kept")).output, "kept\n");
    assert.equal(existsSync("/tmp/kept"), false);
  });
});
