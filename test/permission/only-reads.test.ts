import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { onlyReads } from "../../src/permission/shell/only-reads.ts";
import { type ShellStage, shellStage } from "./shell-stage.ts";

const LINES: readonly (readonly [string, boolean])[] = [
  ["echo done", true],
  ["git status && git diff", true],
  ["cat a | grep b | wc -l", true],
  ["ls 2>/dev/null", true],
  ["timeout 5 cat a", true],
  ["cat a > b", false],
  ["npm test", false],
  ["timeout 5 npm test", false],
  ["cat a; rm b", false],
  ["git commit -m x", false],
  ["mkdir a", false],
  ["PATH=. cat a", false],
  ["cat $(rm a)", false],
  ["for a in b; do", false],
];

describe("a command that only reads", () => {
  let stage: ShellStage;
  before(async () => {
    stage = await shellStage();
  });
  after(() => stage.close());

  for (const [line, expected] of LINES) {
    it(`${expected ? "is" : "is not"} ${line}`, async () => {
      assert.equal(onlyReads(await stage.line(line)), expected);
    });
  }
});
