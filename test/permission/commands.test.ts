import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { deniesCommand } from "../../src/permission/commands.ts";
import { doubts, parsedRules, parseRule } from "../../src/permission/rules.ts";

function denies(text: string, command: string): boolean {
  const rule = parseRule(text);
  if (typeof rule === "string") throw new Error(rule);
  return deniesCommand(rule, command);
}

describe("a deny rule on a command", () => {
  for (const [rule, command] of [
    ["Bash(git push:*)", "git -C . push"],
    ["Bash(git push:*)", "git --git-dir=x --work-tree y -p push origin"],
    ["Bash(git push:*)", 'git -C "my folder" push'],
    ["Bash(git push:*)", "git -C $(git rev-parse --show-toplevel) push"],
    ["Bash(git push:*)", "git 2>&1 push"],
    ["Bash(git push:*)", "git \\\n  push"],
    ["Bash(git push:*)", "GIT push"],
    ["Bash(git push:*)", "ls; sudo -u me git push"],
    ["Bash(git push --force)", "git push origin main --force"],
    ["Bash(git * main)", "git push origin main"],
    ["Bash(git * main)", "git main"],
    ["Bash(git*main)", "git push main"],
    ["Bash(npm run *:prod)", "npm run deploy:prod"],
    ["Bash(npm run *:prod)", "npm run --silent deploy:prod"],
    ["Bash(npm*)", "npmx"],
    ["Bash(*.sh)", "./a.sh --yes"],
    ["Bash(*curl*)", "xcurl x"],
    ['Bash(git commit -m "wip")', 'git commit -m "wip"'],
    ['Bash(git commit -m "wip")', "git commit -m wip"],
    ["Bash(npm publish)", "npm 'publish'"],
    ["Bash(sudo *)", "sudo\tls"],
    ["Bash(rm:*)", "rm$IFS-x"],
    ["Bash(rm:*)", "command $'rm' x"],
    ["Bash(cd x && npm test)", "cd x; npm test"],
    ["Bash(*)", "ls"],
    ["Bash(:*)", "ls"],
    ["Bash", "ls"],
  ] as const) {
    it(`${rule} takes in ${JSON.stringify(command)}`, () => assert.ok(denies(rule, command)));
  }

  for (const [rule, command] of [
    ["Bash(git push:*)", "git commit -m push"],
    ["Bash(git push:*)", 'git commit -m "please push"'],
    ["Bash(git push:*)", "git status; echo push"],
    ["Bash(git push:*)", "legit push"],
    ["Bash(git push --force)", "git push --force-with-lease"],
    ["Bash(git branch -D)", "git branch -d old"],
    ["Bash(git * main)", "git log; echo main"],
    ["Bash(npm run *:prod)", "npm run build"],
    ["Bash(*.sh)", "ls a.shx"],
    ["Bash(npm*)", "xnpm"],
  ] as const) {
    it(`${rule} leaves ${JSON.stringify(command)} alone`, () => assert.ok(!denies(rule, command)));
  }

  it("takes no longer for a long line than for reading it", () => {
    const from = performance.now();
    for (const line of [
      "git -a ".repeat(20_000),
      "a ".repeat(100_000),
      `x${"*".repeat(50_000)}`,
      '"'.repeat(99_999),
    ])
      denies("Bash(git * x * y *z* push --force)", line);
    // A bound far above what one pass takes, and far below what trying all ways would.
    assert.ok(performance.now() - from < 3_000);
  });
});

describe("rules that do not do what they seem to", () => {
  const tools = ["Bash", "Edit", "Read", "Grep"];
  const told = (allow: readonly string[], deny: readonly string[] = []) =>
    doubts(parsedRules({ allow, ask: [], deny }).rules, tools);

  for (const [what, allow, deny, told_] of [
    ["a tool that is not there", [], ["Raed(x)"], /Raed\(x\) does nothing: there is no tool "Raed"/],
    ["an allowed tool in the wrong case", ["bash(ls)"], [], /bash\(ls\) does nothing/],
    ["a shell by a pattern", ["Bash(bash:*)"], [], /Bash\(bash:\*\) allows nothing.*bash runs whatever/],
    ["a runner by a pattern", ["Bash(npx *)"], [], /allows nothing.*npx runs what it is given/],
    ["what destroys by a pattern", ["Bash(rm:*)"], [], /allows nothing.*not in the trash/],
    ["git by a flag of its own", ["Bash(git -c *)"], [], /allows nothing.*git -c changes/],
  ] as const) {
    it(`are named: ${what}`, () => {
      const [sentence, ...more] = told(allow, deny);
      assert.match(sentence ?? "", told_);
      assert.deepEqual(more, []);
    });
  }

  it("are not those that work", () => {
    assert.deepEqual(
      told(
        [
          "Bash(npm test)",
          "Bash(npm run:*)",
          "Bash(npx tsc:*)",
          "Bash(node:*)",
          "Bash",
          "Bash(rm a)",
          "Read(src/**)",
          "*",
        ],
        ["bash(rm:*)"],
      ),
      [],
    );
    assert.ok(denies("bash(rm:*)", "rm x"));
  });
});
