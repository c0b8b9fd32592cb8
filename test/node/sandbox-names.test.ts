import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, it } from "mocha";
import { holdsLogin, isGuardedName, surveyGuarded } from "../../src/node/sandbox/guarded.ts";
import { isVisible, viewOf } from "../../src/node/sandbox/view.ts";
import { isProtected } from "../../src/permission/protect.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";

/** Protected names of every kind, from the workspace's folder. */
const NAMES = [
  ...".git .hg .svn .vscode .idea .devcontainer .wheelhouse .claude .cursor .codex .gemini .roo .kiro".split(
    " ",
  ),
  ...".amazonq .windsurf .continue .agents .husky .githooks .ssh .aws .gnupg .kube .azure .password-store".split(
    " ",
  ),
  ...".gitmodules .gitattributes .gitconfig my.code-workspace .mcp.json mcp.json AGENTS.md CLAUDE.md".split(
    " ",
  ),
  ...".cursorrules .clinerules .clinerules-code .roorules .windsurfrules .pre-commit-config.yaml".split(" "),
  ...".envrc .tool-versions mise.toml .npmrc .yarnrc .yarnrc.yml .pnp.cjs .pnpmfile.cjs bunfig.toml".split(
    " ",
  ),
  ...".gitlab-ci.yml Jenkinsfile conftest.py sitecustomize.py a.pth .bashrc .zshenv .profile .inputrc".split(
    " ",
  ),
  ...".github/workflows .github/agents .venv/bin node_modules/.bin .config/autostart .config/systemd".split(
    " ",
  ),
  ...".config/fish/conf.d .config/fish/functions .config/environment.d Library/LaunchAgents".split(" "),
  ...".env .env.local .env.production x.env prod.env.json .netrc .git-credentials .pgpass .my.cnf".split(" "),
  ...".pypirc .s3cfg .boto .vault-token id_rsa id_ed25519.old a.pem a.KEY a.p12 a.pfx a.ppk a.jks".split(" "),
  ...".bash_history GEMINI.md lefthook.yml copilot-instructions.md config.fish Microsoft.profile.ps1".split(
    " ",
  ),
  ...".config/gcloud .config/rclone .docker/config.json .config/gh/hosts.yml .terraform.d".split(" "),
  ...".cargo/credentials .m2/settings.xml .mozilla/firefox Library/Keychains .vscode-test.mjs".split(" "),
  ...".config/Code/User .config/google-chrome .config/chromium .gem/credentials .wheelhouseignore".split(" "),
  ...".yarnrc.yml secrets.json secrets.yaml secrets.toml credentials credentials.json token.json".split(" "),
  ...".htpasswd service-account-1.json a.tfstate a.tfvars kubeconfig a.kdbx a.keystore _netrc".split(" "),
  ...".login .logout .xinitrc .kshrc git node npm.cmd python3 make rg.exe".split(" "),
];

describe("names that commands in a sandbox must leave alone", () => {
  for (const name of NAMES) {
    it(`have ${name} among them`, () => assert.equal(isGuardedName(name), true));
  }

  it("are all that are protected, wherever they stand, for the quick look misses none", () => {
    const part = fc.constantFrom("src", "a", "packages", ".config", "Node_Modules", "b.c");
    const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ minLength: 1, maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 3 }), name, fc.boolean(), (above, last, isUpper) => {
        const relative = [...above, isUpper ? last.toUpperCase() : last].join("/");
        fc.pre(!/[\0\\]|\/\.{0,2}(\/|$)|^\.{0,2}(\/|$)/.test(relative));
        assert.equal(isGuardedName(relative), isProtected(`/workspace/${relative}`, ["/workspace"]));
      }),
      { numRuns: 2_000 },
    );
  });

  for (const [text, is] of [
    ["//registry.example.org/:_authToken=abc", true],
    ["//registry.example.org/:_authToken=$" + "{NPM_TOKEN}", false],
    ["engine-strict=true", false],
    ["npmAuthToken: abc", true],
    ['npmAuthToken: "$' + '{TOKEN}"', false],
    ["url = https://me:secret@example.org/a.git", true],
    ["url = git@example.org:a.git", false],
    ["url = https://example.org/a.git", false],
    ["extraheader = AUTHORIZATION: basic abc", true],
    ["_password=abc", true],
  ] as const) {
    it(`are secret only with a login in them: ${text} is ${is ? "one" : "none"}`, () =>
      assert.equal(holdsLogin(text), is));
  }
});

describe("the view of a command in a sandbox", () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
  afterEach(() => remove());

  const make = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  };
  const view = (env = {}) =>
    viewOf({ roots: [join(folder, "w")], allowWrite: ["~/more"] }, env, join(folder, "home"), never());

  it("shows toolchains of the home and nothing else of it", async () => {
    await make({
      "w/a": "",
      "home/.ssh/id_rsa": "",
      "home/.cargo/credentials.toml": "",
      "home/.cargo/bin/cargo": "",
      "home/.nvm/versions/node/bin/node": "",
      "home/tool/bin/run": "",
      "home/notes": "",
      "home/more/x": "",
    });
    const seen = await view({
      PATH: ["home/.cargo/bin", "home/tool/bin", "home"].map((it) => join(folder, it)).join(":"),
    });
    const isSeen = (name: string) => isVisible(seen, join(folder, name));
    const names = [
      "w/a",
      "home/.cargo/bin/cargo",
      "home/.nvm/versions/node/bin/node",
      "home/tool/bin/run",
      "home/more/x",
    ];
    assert.deepEqual(
      names.filter((it) => !isSeen(it)),
      [],
    );
    assert.deepEqual(
      ["home/.ssh/id_rsa", "home/.cargo/credentials.toml", "home/notes", "other"].filter(isSeen),
      [],
    );
    assert.deepEqual(seen.writable, [join(folder, "w"), join(folder, "home/more")]);
  });

  it("hides git's settings only with a login in them", async () => {
    await make({ "w/.git/config": "[core]", "home/.gitconfig": "[user]\nname = Me" });
    assert.equal(isVisible(await view(), join(folder, "w/.git/config")), true);
    assert.equal(isVisible(await view(), join(folder, "home/.gitconfig")), true);
    await make({
      "w/.git/config": "url = https://me:pass@example.org",
      "home/.gitconfig": "extraheader = x",
    });
    assert.equal(isVisible(await view(), join(folder, "w/.git/config")), false);
    assert.equal(isVisible(await view(), join(folder, "home/.gitconfig")), false);
  });

  it("shows the repository of a linked worktree or submodule that knows it, and no other", async () => {
    const linked = join(folder, "repo/worktrees/w");
    await make({
      "repo/HEAD": "",
      "repo/objects/x": "",
      "repo/refs/x": "",
      "repo/worktrees/w/commondir": "../..\n",
    });
    await make({
      "w/.git": `gitdir: ${linked}\n`,
      "repo/worktrees/w/gitdir": `${join(folder, "other/.git")}\n`,
    });
    const isSeen = async () => isVisible(await view(), join(folder, "repo/HEAD"));
    assert.equal(await isSeen(), false);
    await make({ "repo/worktrees/w/gitdir": `${join(folder, "w/.git")}\n` });
    assert.equal(await isSeen(), true);
    await make({ "w/.git": "gitdir: ../repo\n" });
    assert.equal(await isSeen(), false);
    await make({ "repo/config": "[core]\n\tworktree = ../w\n" });
    assert.equal(await isSeen(), true);
    await make({ "repo/config": "[core]\n\tworktree = ../w\n[remote]\n\turl = https://me:pass@example.org" });
    assert.equal(isVisible(await view(), join(folder, "repo/config")), false);
  });

  it("does not follow links, and survives folders it may not open", async () => {
    await make({ "w/a": "", "far/.env": "", "w/shut/b": "" });
    await symlink(join(folder, "far"), join(folder, "w/near"));
    await chmod(join(folder, "w/shut"), 0);
    const { found, isWhole } = await surveyGuarded([join(folder, "w")], never());
    await chmod(join(folder, "w/shut"), 0o700);
    assert.deepEqual([found, isWhole], [[], true]);
  });

  it("sees every change between two looks, however soon", async () => {
    const root = join(folder, "w");
    await make({ "w/a/b/c": "" });
    const names = async () =>
      (await surveyGuarded([root], never())).found.map((it) => it.path.slice(root.length + 1));
    for (let round = 0; round < 20; round++) {
      assert.deepEqual(await names(), []);
      await make({ "w/a/b/.env": "" });
      assert.deepEqual(await names(), ["a/b/.env"]);
      await rm(join(root, "a/b/.env"));
    }
  });

  it("is not held up by a pipe under a name whose text it reads", async () => {
    await mkdir(join(folder, "w"));
    execFileSync("mkfifo", [join(folder, "w/.npmrc")]);
    assert.equal((await view()).guarded.length, 1);
  });

  it("says when there was more than it looks at", async () => {
    await mkdir(join(folder, "w"));
    await Promise.all(Array.from({ length: 401 }, (_, it) => writeFile(join(folder, "w", `.env.${it}`), "")));
    const { found, isWhole } = await surveyGuarded([join(folder, "w")], never());
    assert.deepEqual([found.length, isWhole], [400, false]);
  });
});
