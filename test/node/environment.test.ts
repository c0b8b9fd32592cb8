import assert from "node:assert/strict";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { describe, it } from "mocha";
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
