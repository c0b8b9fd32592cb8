import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { hiddenIn } from "../../src/agent/hidden-in.ts";
import { veil } from "../../src/agent/veil.ts";
import { type Decision, decide } from "../../src/permission/decide.ts";
import { type ShellStage, shellStage } from "../permission/shell-stage.ts";
import { situation } from "../permission/situation.ts";
import { testWorld } from "../support/world.ts";

const ROOT = "/w/proj";
const FILES = {
  [`${ROOT}/.git`]: "gitdir: /elsewhere\n",
  [`${ROOT}/private/plan.ts`]: "export const plan = 1;\n",
  [`${ROOT}/a.key`]: "x\n",
  [`${ROOT}/open.ts`]: "export const open = 1;\n",
  [`${ROOT}/sub/a.ts`]: "",
};
const IGNORING = { ...FILES, [`${ROOT}/.wheelhouseignore`]: "private/\n*.key\n" };

describe("git where an ignore file counts", () => {
  let stage: ShellStage;
  before(async () => {
    stage = await shellStage();
  });
  after(() => stage.close());

  /** What is decided about a line over these files; nothing is allowed or denied by a rule. */
  async function on(command: string, texts: Readonly<Record<string, string>> = IGNORING): Promise<Decision> {
    const { files } = testWorld(texts);
    const line = await stage.line(command, { files: Object.keys(texts) });
    assert.equal(line.kind, "understood");
    const touch = { kind: "command", command, line } as const;
    const over = veil({
      files,
      search: { named: async () => [] },
      roots: () => [ROOT],
      platform: "linux",
      now: Date.now,
    });
    return decide("Bash", touch, situation({}, { hidden: await hiddenIn(touch, ROOT, over, files) }));
  }

  for (const command of [
    "git show HEAD:private/plan.ts",
    "git show :0:a.key",
    "git show :a.key",
    "git show ':(top)a.key'",
    "git diff -- :/a.key",
    "git diff -- ':!:a.key'",
    "git log -L1,1:a.key",
    "git log -L :plan:private/plan.ts",
    "git blame a.key",
  ])
    it(`is denied what is hidden: ${command}`, async () => {
      const { decision, reason } = await on(command);
      assert.equal(decision, "deny");
      assert.match(reason, /hidden from every tool by .*\.wheelhouseignore, line [12]/);
    });

  for (const command of [
    "git diff",
    "git diff --cached",
    "git diff --stat -p",
    "git diff HEAD -- ':(glob)a*'",
    "git diff HEAD -- 'o*.ts'",
    "git diff -- open.ts gone",
    "git diff HEAD:sub HEAD~1:sub",
    "git diff sub",
    "git log -p",
    "git log -p -- ':(icase)PRIVATE/*'",
    "git whatchanged -p",
    "git reflog -p",
    "git show",
    "git show HEAD",
    "git show --stat 1a2b3c4d",
    "git show HEAD~2:open.ts main",
    "git show 1a2b3c4d:plan.ts",
    "git diff-tree -p HEAD",
    "git stash show -p",
    "git stash list -p",
    "git status -v",
    "git cat-file -p 1a2b3c4d",
    "git cat-file blob 1a2b3c4d",
  ])
    it(`asks when hidden files may be in what it prints, and only then: ${command}`, async () => {
      const { decision, reason } = await on(command);
      assert.equal(decision, "ask");
      assert.match(reason, /^It may read what .*\.wheelhouseignore hides/);
      assert.equal((await on(command, FILES)).decision, "allow");
    });

  for (const command of [
    "git status",
    "git log --oneline -5 --stat",
    "git log -p -- open.ts",
    "git log -L1,2:open.ts",
    "git diff --stat",
    "git diff HEAD~1 open.ts",
    "git diff --cached -- open.ts",
    "git show --stat",
    "git show --name-only HEAD~2",
    "git show HEAD~2:open.ts",
    "git show :0:open.ts",
    "git stash list",
    "git cat-file -t 1a2b3c4d",
    "git cat-file -p HEAD",
    "git blame open.ts",
  ])
    it(`runs where nothing of them is printed: ${command}`, async () => {
      assert.equal((await on(command)).decision, "allow");
    });
});
