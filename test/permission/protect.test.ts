import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { MODES } from "../../src/agent/events.ts";
import { onPath, path } from "./situation.ts";

const EVERYTHING = { allow: ["Read", "Edit", "*"] };

describe("what holds secrets", () => {
  const inside = `.env .ENV .env.local .env~ .env-prod prod.env prod.env.bak .envrc .npmrc .netrc .pypirc .pgpass
    .git-credentials .git/config .docker/config.json .config/gh/hosts.yml .config/gcloud/access_tokens.db kubeconfig
    terraform.tfstate terraform.tfstate.backup token.json credentials.json server.pem id_ed25519 .ssh/config .aws/x`;
  for (const name of inside.split(/\s+/)) {
    it(`is asked about in every mode and whatever is allowed: ${name}`, () => {
      for (const mode of MODES)
        assert.equal(onPath(path("read", `/w/proj/${name}`), EVERYTHING, { mode }).decision, "ask");
    });
  }

  for (const outside of [
    "/etc/shadow",
    "/home/me/.ssh/id_rsa",
    "/home/me/.config/gh/hosts.yml",
    "/proc/1/environ",
  ]) {
    it(`is asked about where everything else may be read: ${outside}`, () => {
      const bypass = { mode: "bypassPermissions" } as const;
      assert.equal(onPath(path("read", outside), {}, bypass).decision, "ask");
      assert.equal(onPath(path("read", "/etc/hosts"), {}, bypass).decision, "allow");
    });
  }

  for (const name of [
    ".env.example",
    "app.env.sample",
    "id_rsa.pub",
    "src/credentials.ts",
    "environment.ts",
    "env",
  ]) {
    it(`is not ${name}`, () => assert.equal(onPath(path("read", `/w/proj/${name}`)).decision, "allow"));
  }
});

describe("what decides what runs", () => {
  const inside = `.git .git/hooks/x sub/.git/config .gitattributes .vscode/tasks.json .vscode-test.mjs .github/workflows/a.yml
    .zlogout .cshrc .kshrc .tcshrc .login .xprofile .bashrc .config/fish/conf.d/a.fish .husky/x AGENTS.md .mcp.json
    git git.exe node npm.cmd npx python3 pip make bash sh node_modules/.bin/tsc .venv/bin/python`;
  for (const name of inside.split(/\s+/)) {
    it(`is asked about before it is written, in every mode: ${name}`, () => {
      for (const mode of MODES.filter((it) => it !== "plan"))
        assert.equal(onPath(path("edit", `/w/proj/${name}`), EVERYTHING, { mode }).decision, "ask");
    });
  }

  for (const name of [
    "Makefile",
    "src/git",
    "bin/make",
    "gitignore.ts",
    ".gitkeep",
    "package.json",
    "node.ts",
  ]) {
    it(`is not ${name}`, () => {
      assert.equal(onPath(path("edit", `/w/proj/${name}`), {}, { mode: "acceptEdits" }).decision, "allow");
    });
  }
});

describe("a question about a path", () => {
  const reason = (asked: string, real: string, more = {}) =>
    onPath(path("edit", asked, real), {}, more).reason;

  it("says where a link really leads", () => {
    assert.equal(
      reason("/w/proj/a.ts", "/w/proj/src/b.ts"),
      "It changes files. /w/proj/a.ts is a link: it leads to /w/proj/src/b.ts.",
    );
    assert.match(reason("/w/proj/a.ts", "/etc/hosts"), /a\.ts \(which is \/etc\/hosts\) lies outside/);
    assert.equal(reason("/w/proj/a.ts", "/w/proj/a.ts"), "It changes files.");
  });

  it("does not speak of a link that the workspace itself is reached by", () => {
    assert.equal(reason("/short/a.ts", "/w/proj/a.ts"), "It changes files.");
    assert.match(reason("/short/a.ts", "/w/proj/b.ts"), /leads to/);
  });

  it("is asked about every edit where the folder is not trusted", () => {
    for (const mode of ["default", "acceptEdits", "bypassPermissions"] as const) {
      const { decision, offers } = onPath(path("edit", "/w/proj/a"), EVERYTHING, { mode, trusted: false });
      assert.deepEqual([decision, offers], ["ask", []]);
    }
  });

  it("is asked when the name holds what cannot be seen", () => {
    const { decision } = onPath(path("edit", "/w/proj/a\u202eb.ts"), EVERYTHING, { mode: "acceptEdits" });
    assert.equal(decision, "ask");
  });

  it("offers a rule only for a name that means nothing else in a rule", () => {
    for (const sign of "()|+@!{}[]*?\\")
      assert.deepEqual(onPath(path("edit", `/w/proj/a${sign}b`)).offers, [], sign);
    assert.deepEqual(onPath(path("edit", "/w/proj/a b.ts")).offers, ["Edit(//w/proj/a b.ts)"]);
  });

  it("offers a rule for a path on a drive that covers it", () => {
    const windows = { platform: "win32", roots: ["C:\\p"], folder: "C:\\p" };
    const touch = path("read", "C:\\x\\y");
    const { offers } = onPath(touch, {}, windows);
    assert.deepEqual(offers, ["Read(//C:/x/y)"]);
    assert.equal(onPath(touch, { allow: offers }, windows).decision, "allow");
    assert.equal(onPath(path("read", "C:\\p\\x\\y"), { deny: offers }, windows).decision, "allow");
  });
});
