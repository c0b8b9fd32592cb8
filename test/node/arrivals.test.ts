import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type SweepStage, sweepStage, told } from "./sweep-stage.ts";

describe("a sweep", () => {
  let stage: SweepStage;
  beforeEach(async () => {
    stage = await sweepStage();
    await stage.write({ a: "1", "sub/x y": "x", ".gitignore": "*.log", "kept.log": "log" });
  });
  afterEach(() => stage.remove());

  for (const isGit of [true, false]) {
    it(`calls nothing new that was ignored, ${isGit ? "in git" : "without"}`, async () => {
      if (isGit) stage.commit();
      await stage.aged();
      const expected = [".gitignore: *.log -> ", "kept.log lost", "n: - -> n"];
      assert.deepEqual(
        await told(await stage.swept("printf '' > .gitignore; printf n > n"), stage),
        expected,
      );
    });
  }

  const UNCOVERED: readonly (readonly [string, string, readonly string[]])[] = [
    ["is added to git", "git add -f kept.log", ["kept.log lost"]],
    [
      "is written anew and added to git",
      "rm kept.log; printf log2 > kept.log; git add -f .",
      ["kept.log lost", "own/.gitignore lost", "own/x lost", "excluded lost", "set lost"].toSorted(),
    ],
    ["is moved to another name", "mv kept.log b", ["b lost"]],
    ["the repository alone ignored", ": > .git/info/exclude; printf n > n", ["excluded lost", "n: - -> n"]],
    ["takes the place of a file", "mv kept.log a; mv sub/* b", ["a lost", "b: - -> x", "sub/x y: x -> -"]],
    ["a setting ignored", "git config --unset core.excludesFile", ["set lost"]],
    ["the person ignores everywhere", ": > ../ignored", ["set lost"]],
    ["its own folder ignored", "rm own/.gitignore", ["own/x lost"]],
  ];
  for (const [what, command, expected] of UNCOVERED) {
    it(`calls nothing new that ${what}`, async () => {
      await stage.write({
        excluded: "e",
        set: "s",
        "../ignored": "set",
        "own/.gitignore": "*",
        "own/x": "x",
      });
      stage.run("git init -q .; echo excluded > .git/info/exclude; git config core.excludesFile ../ignored");
      stage.commit();
      await stage.aged();
      assert.deepEqual(await told(await stage.swept(command), stage), expected);
    });
  }

  it("knows a file again that is moved, dirty or clean, alone or with its folder", async () => {
    stage.commit();
    await stage.write({ new: "new" });
    await stage.aged();
    const moved = await stage.swept("mv new newer; mv sub under; git mv a b");
    assert.deepEqual(await told(moved, stage), [
      "a: 1 -> -",
      "b: - -> 1",
      "new: new -> -",
      "newer: - -> new",
      "sub/x y: x -> -",
      "under/x y: - -> x",
    ]);
  });

  it("calls nothing new that belonged to a repository within, when that is one no longer", async () => {
    stage.commit();
    await stage.write({ "inner/i": "i", "inner/x": "x" });
    stage.run(
      "cd inner && git init -q . && echo x > .git/info/exclude && git add i && git commit -qm i && printf j > j",
    );
    await stage.aged();
    const swept = await stage.swept("rm -rf inner/.git; printf 2 >> inner/j; printf n > inner/n");
    assert.deepEqual(await told(swept, stage), [
      "inner/i lost",
      "inner/j: j -> j2",
      "inner/n: - -> n",
      "inner/x lost",
    ]);
  });
});
