import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdir, stat, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { after, before, describe, it } from "mocha";
import { cleanEnvironment } from "../../src/node/environment.ts";
import { findProgram } from "../../src/node/find-program.ts";
import { findRipgrep } from "../../src/node/find-ripgrep.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

describe("the environment of commands", () => {
  for (const name of [
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_BASE_URL",
    "OPENAI_API_KEY",
    "GITHUB_TOKEN",
    "aws_secret_access_key",
    "DB_PASSWORD",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "SSH_AUTH_SOCK",
    "NPM_CONFIG__AUTH",
    "WHEELHOUSE_HOME",
    "BASH_ENV",
    "ENV",
    "PROMPT_COMMAND",
    "BASH_FUNC_ls%%",
    "VSCODE_IPC_HOOK",
    "ELECTRON_RUN_AS_NODE",
    "CDPATH",
    "GIT_ASKPASS",
    "DB_PASS",
    "MYSQL_PWD",
    "PGPASSFILE",
    "GH_PAT",
    "SENTRY_DSN",
    "AWS_SESSION",
    "SESSION_COOKIE",
  ]) {
    it(`is without ${name}`, () => assert.equal(cleanEnvironment({ [name]: "x" })[name], undefined));
  }

  for (const name of [
    "PATH",
    "HOME",
    "LANG",
    "CI",
    "GIT_AUTHOR_NAME",
    "NODE_ENV",
    "JAVA_HOME",
    "VIRTUAL_ENV",
    "PWD",
    "OLDPWD",
    "XDG_SESSION_TYPE",
    "DESKTOP_SESSION",
    "KEYBOARD",
    "PATTERN",
    "COMPASS",
  ]) {
    it(`keeps ${name}`, () => assert.equal(cleanEnvironment({ [name]: "x" })[name], "x"));
  }

  it("is without addresses that hold a password, and keeps those that do not", () => {
    const { DATABASE_URL, PROXY, HTTP } = cleanEnvironment({
      DATABASE_URL: "postgres://me:secret@db/shop",
      PROXY: "see http://:secret@proxy:8080",
      HTTP: "http://me@host:8080/a:b@c",
    });
    assert.deepEqual([DATABASE_URL, PROXY, HTTP], [undefined, undefined, "http://me@host:8080/a:b@c"]);
  });

  it("neither pages, colours nor asks", () => {
    const { TERM, NO_COLOR, PAGER, GIT_PAGER, GIT_TERMINAL_PROMPT } = cleanEnvironment({
      TERM: "xterm",
      PAGER: "less",
    });
    assert.deepEqual(
      [TERM, NO_COLOR, PAGER, GIT_PAGER, GIT_TERMINAL_PROMPT],
      ["dumb", "1", "cat", "cat", "0"],
    );
  });
});

describe("git as a command runs it", () => {
  let folder: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ folder, remove } = await temporaryFolder());
  });
  after(() => remove());

  /** Output of git in `cwd`, with only what commands get and `given`. */
  function git(cwd: string, args: readonly string[], given: Record<string, string> = {}): string {
    const env = cleanEnvironment({ PATH: process.env["PATH"], HOME: folder, ...given });
    const { stdout, stderr } = spawnSync("git", args, { cwd, env, encoding: "utf8" });
    return stdout + stderr;
  }

  it("runs no program that a repository names for reading it", async () => {
    const repository = join(folder, "hostile");
    await mkdir(repository);
    git(repository, ["init", "-q"]);
    const ran = join(folder, "ran");
    for (const [key, value] of [
      ["core.fsmonitor", `touch ${ran}; false`],
      ["core.pager", `touch ${ran}; cat`],
      ["core.editor", `touch ${ran}; true`],
      ["sequence.editor", `touch ${ran}; true`],
      ["log.showSignature", "true"],
      ["gpg.program", `touch ${ran}; false`],
    ] as const)
      git(repository, ["config", key, value]);
    await writeFile(join(repository, "a"), "x");
    const commit = ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--no-gpg-sign"];
    git(repository, ["add", "a"]);
    assert.match(git(repository, ["status", "--short"]), /A {2}a/);
    git(repository, commit);
    git(repository, [...commit, "-m", "one"]);
    assert.match(git(repository, ["log", "-p"]), /one/);
    await assert.rejects(stat(ran), { code: "ENOENT" });
  });

  it("takes no folder of a repository's own making for one", async () => {
    const inner = join(folder, "outer", "inner.git");
    await mkdir(join(folder, "outer"));
    git(folder, ["init", "-q", "--bare", inner]);
    assert.match(git(inner, ["status"]), /bare repository/);
  });

  it("keeps what the person has set in its environment, and no credentials of it", () => {
    const given = {
      GIT_CONFIG_COUNT: "4",
      GIT_CONFIG_KEY_0: "user.name",
      GIT_CONFIG_VALUE_0: "Me",
      GIT_CONFIG_KEY_1: "http.extraheader",
      GIT_CONFIG_VALUE_1: "Authorization: Basic abc",
      GIT_CONFIG_KEY_2: "alias.st",
      GIT_CONFIG_KEY_3: "core.fsmonitor",
      GIT_CONFIG_VALUE_3: "true",
    };
    assert.equal(git(folder, ["config", "user.name"], given), "Me\n");
    assert.equal(git(folder, ["config", "http.extraheader"], given), "");
    assert.equal(git(folder, ["config", "core.fsmonitor"], given), "false\n");
  });
});

describe("finding programs", () => {
  async function program(path: string): Promise<string> {
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, "");
    await chmod(path, 0o755);
    return path;
  }

  it("looks along the path, but never inside the workspace nor in relative folders", async function () {
    if (process.platform === "win32") this.skip();
    const { folder, remove } = await temporaryFolder();
    await program(join(folder, "work/bin/tool"));
    const wanted = await program(join(folder, "bin/tool"));
    const path = [".", join(folder, "work/bin"), join(folder, "bin")].join(delimiter);
    assert.equal(findProgram(["none", "tool"], path, [join(folder, "work")]), wanted);
    assert.equal(findProgram(["none"], path), undefined);
    await remove();
  });

  it("prefers the editor's ripgrep to the package's, and that to an installed one", async function () {
    if (process.platform === "win32") this.skip();
    const { folder, remove } = await temporaryFolder();
    const platform = `${process.platform}-${process.arch}`;
    const find = () =>
      findRipgrep({
        appRoot: join(folder, "app"),
        here: join(folder, "ext/dist"),
        path: join(folder, "bin"),
        workspace: [],
      });
    assert.equal(find(), undefined);
    for (const path of [
      "bin/rg",
      `ext/node_modules/@vscode/ripgrep-${platform}/bin/rg`,
      "app/node_modules/@vscode/ripgrep/bin/rg",
      `app/node_modules/@vscode/ripgrep-universal/bin/${platform}/rg`,
    ]) {
      const made = await program(join(folder, path));
      assert.equal(find(), made);
    }
    await remove();
  });
});
