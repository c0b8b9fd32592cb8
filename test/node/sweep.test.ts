import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { never } from "../contract/temporary-folder.ts";
import { type SweepStage, sweepStage, told } from "./sweep-stage.ts";

/** What a command does, and what of it can be taken back, with and without git. */
const COMMON: readonly (readonly [string, string, readonly string[]])[] = [
  ["a changed file", "printf 2 > a", ["a: 1 -> 2"]],
  ["a removed file", "rm a", ["a: 1 -> -"]],
  ["a new file", "mkdir n; printf 3 > n/c", ["n/c: - -> 3"]],
  ["a moved file", "mv a b", ["a: 1 -> -", "b: - -> 1"]],
  ["a removed folder", "rm -r sub", ["sub/x y: x -> -"]],
  ["nothing", "true", []],
  ["a file that is only touched", "touch a", []],
  ["a file written again as it was", "printf 1 > a", []],
  ["a file that is ignored", "printf 2 > kept.log", []],
  ["a file that becomes binary", "printf '\\0\\1' > a", ["a: 1 -> \0\u0001"]],
  ["permissions", "chmod +x a", ["a lost"]],
  ["a file that becomes a link", "ln -sf sub a", ["a lost"]],
  ["a file that becomes a folder", "rm a; mkdir a; printf 4 > a/d", ["a lost", "a/d: - -> 4"]],
];

const FILES = { a: "1", "sub/x y": "x", ".gitignore": "*.log", "kept.log": "log" };

describe("a sweep around a command", () => {
  let stage: SweepStage;
  beforeEach(async () => {
    stage = await sweepStage();
    await stage.write(FILES);
  });
  afterEach(() => stage.remove());

  for (const [what, command, expected] of COMMON) {
    it(`finds ${what} in a git repository`, async () => {
      stage.commit();
      assert.deepEqual(await told(await stage.swept(command), stage), expected);
    });
    it(`finds ${what} without git`, async () => {
      assert.deepEqual(await told(await stage.swept(command), stage), expected);
    });
  }

  const GIT: readonly (readonly [string, string, readonly string[]])[] = [
    ["git commit", "git add -A; git commit -qm x", []],
    ["git stash", "git stash -q", ["a: dirty -> 1"]],
    ["git reset --hard", "git reset -q --hard", ["a: dirty -> 1"]],
    ["git checkout of a file", "git checkout -q a", ["a: dirty -> 1"]],
    ["another branch", "git checkout -qf other", ["a: dirty -> 9", "o: - -> o", "sub/x y: x -> -"]],
    ["a further change", "printf more >> a", ["a: dirty -> dirtymore"]],
    ["git clean", "git clean -qfd", ["new: new -> -"]],
    ["git rm", "git rm -qf 'sub/x y'", ["sub/x y: x -> -"]],
    ["git mv", "git mv 'sub/x y' z", ["sub/x y: x -> -", "z: - -> x"]],
  ];
  for (const [what, command, expected] of GIT) {
    it(`is right about ${what} when files were dirty before`, async () => {
      stage.commit();
      stage.run(
        "git checkout -qb other; printf 9 > a; printf o > o; git rm -qf 'sub/x y'; git add -A; git commit -qm o; git checkout -q -",
      );
      await stage.write({ a: "dirty", new: "new" });
      assert.deepEqual(await told(await stage.swept(command), stage), expected);
    });
  }

  for (const [command, expected] of [
    ["printf 9 > a", "a: 1 -> 9"],
    ["rm a", "a: 1 -> -"],
  ] as const) {
    it(`knows what files were though git's index lies in two files (${command})`, async () => {
      stage.commit();
      stage.run("git update-index --split-index");
      await stage.aged();
      assert.deepEqual(await told(await stage.swept(command), stage), [expected]);
    });
  }

  it("gives up every file of which only the index knew, when that is no longer kept", async () => {
    stage.commit();
    await stage.aged();
    const sweep = await stage.sweeps().begin([stage.folder], stage.blobs, never());
    const manifest = new TextDecoder().decode(await stage.blobs.get(sweep.noted));
    stage.run(`printf 9 > a; printf n > n; rm ../blobs/${/"blob":"(\w+)"/.exec(manifest)?.[1]}`);
    const swept = await sweep.end(undefined, never());
    assert.deepEqual(await told(swept, stage), ["a lost", "n lost"]);
  });

  it("does not take what git was told not to look at for what it keeps of it", async () => {
    stage.commit();
    stage.run("git update-index --assume-unchanged a; printf mine > a");
    await stage.aged();
    const swept = await stage.swept("git update-index --no-assume-unchanged a; printf 9 > a");
    assert.deepEqual(await told(swept, stage), ["a lost"]);
  });

  it("says whose permissions were changed with the content", async () => {
    const swept = await stage.swept("printf 2 > a; chmod +x a; printf 3 > n");
    assert.deepEqual(await told(swept, stage), ["a: 1 -> 2", "n: - -> 3"]);
    assert.match(swept.notes.join(), /^Permissions .*\/a\.$/);
    assert.deepEqual((await stage.swept("printf 4 > a")).notes, []);
  });

  it("sees a change that leaves size and time as they were, without git", async () => {
    await stage.aged();
    const swept = await stage.swept("printf 2 > a; touch -d @1700000000 a");
    assert.deepEqual(await told(swept, stage), ["a: 1 -> 2"]);
  });

  it("looks into nested repositories, submodules and worktrees each by themselves", async () => {
    stage.commit();
    await stage.write({ "inner/i": "i" });
    stage.run("cd inner && git init -q . && git add i && git commit -qm i");
    stage.run("git -c protocol.file.allow=always submodule --quiet add ./inner module && git commit -qm s");
    stage.run("git worktree add -q tree");
    const swept = await stage.swept(
      "printf 2 > inner/i; printf 3 > module/i; printf 4 > tree/a; printf 5 > a",
    );
    assert.deepEqual(await told(swept, stage), [
      "a: 1 -> 5",
      "inner/i: i -> 2",
      "module/i: i -> 3",
      "tree/a: 1 -> 4",
    ]);
  });

  it("sees what comes and goes with a sparse checkout", async () => {
    await stage.write({ "far/f": "f" });
    stage.commit();
    const swept = await stage.swept("git sparse-checkout set --cone --sparse-index sub");
    assert.deepEqual(await told(swept, stage), ["far/f: f -> -"]);
    await stage.aged();
    assert.deepEqual(await told(await stage.swept("printf 2 > a"), stage), ["a: 1 -> 2"]);
  });

  it("sees a folder within a repository, and not what lies beside it", async () => {
    stage.commit();
    const swept = await stage.swept("printf 2 > 'sub/x y'; printf 3 > sub/n; printf 4 > a", [
      join(stage.folder, "sub"),
    ]);
    assert.deepEqual(await told(swept, stage), ["sub/n: - -> 3", "sub/x y: x -> 2"]);
  });

  it("gives line ends back that git had taken away, and gives up where a filter stands between", async () => {
    stage.run(
      "git init -q . && git config core.autocrlf true && git config filter.f.clean 'tr a-z b-za' && git config filter.f.smudge 'tr b-za a-z'",
    );
    const rules = "filtered filter=f\nebcdic working-tree-encoding=IBM037";
    const ebcdic = "\u0081\u0082\u0083";
    await stage.write({ crlf: "1\r\n2\r\n", filtered: "abc", ebcdic: "", ".gitattributes": rules });
    writeFileSync(join(stage.folder, "ebcdic"), ebcdic, "latin1");
    stage.run("git add -A 2>/dev/null && git commit -qm x");
    const swept = await stage.swept("printf 3 > crlf; printf 4 > filtered; printf 5 > ebcdic");
    assert.deepEqual(await told(swept, stage), ["crlf: 1\r\n2\r\n -> 3", "ebcdic lost", "filtered lost"]);
  });

  it("runs nothing that the repository's settings name", async () => {
    stage.commit();
    const trap = (name: string) => `'touch ${join(stage.folder, "..", "trap")}-${name}; cat'`;
    await stage.write({ ".gitattributes": "* filter=evil diff=evil" });
    for (const [name, key] of [
      ["fsmonitor", "core.fsmonitor"],
      ["clean", "filter.evil.clean"],
      ["process", "filter.evil.process"],
      ["smudge", "filter.evil.smudge"],
      ["textconv", "diff.evil.textconv"],
      ["external", "diff.external"],
    ])
      stage.run(`git config ${key} ${trap(name ?? "")}`);
    await stage.swept(async () => writeFileSync(join(stage.folder, "a"), "7"));
    assert.equal(stage.run("ls .. | grep trap || true"), "");
  });

  it("runs no filter that the command itself has named", async () => {
    stage.commit();
    const found = await stage.swept(
      `git config filter.late.clean 'touch ../trap-late; cat'; echo 'a filter=late' > .git/info/attributes; touch a`,
    );
    await told(found, stage);
    assert.equal(stage.run("ls .. | grep trap || true"), "");
  });

  for (const [when, before, command] of [
    ["before", "sed -i 's#xx/victim#../victim#' .git/index", "printf 2 > ../victim"],
    ["by the command", "true", "sed -i 's#xx/victim#../victim#' .git/index; printf 2 > ../victim"],
  ] as const)
    it(`touches nothing outside the folder, though an index that was forged ${when} names it`, async () => {
      await stage.write({ "xx/victim": "1" });
      stage.commit();
      stage.run(`printf 1 > ../victim; ${before}`);
      const found = await told(await stage.swept(command), stage);
      assert.deepEqual(
        found.filter((it) => /\.\.|^ictim/.test(it) || it.includes("-> 2")),
        [],
      );
    });

  for (const [when, before, command] of [
    ["before", "mv sub ../sub-out; ln -s ../sub-out sub", "printf 2 > 'sub/x y'"],
    ["by the command", "true", "mv sub ../sub-out; ln -s ../sub-out sub; printf 2 > 'sub/x y'"],
  ] as const)
    it(`reads nothing behind a folder that became a link ${when}`, async () => {
      stage.commit();
      stage.run(before);
      const found = await told(await stage.swept(command), stage);
      assert.ok(
        found.every((it) => !it.includes("-> 2")),
        found.join(),
      );
    });

  it("leaves the repository as it was, to the byte", async () => {
    stage.commit();
    const bytes = () =>
      stage.run(
        "find .git -type f | sort | xargs cat | cksum; find .git | sort; stat -c '%Y %n' .git .git/index",
      );
    const before = bytes();
    await stage.swept("printf 2 > a");
    assert.equal(bytes(), before);
  });

  it("counts nothing as the command's that was saved in the editor meanwhile", async () => {
    const listen = () => ({ paths: () => new Set([join(stage.folder, "a")]), stop: () => undefined });
    const sweep = await stage.sweeps({ listen }).begin([stage.folder], stage.blobs, never());
    stage.run("printf 2 > a; printf 3 > b");
    assert.deepEqual(await told(await sweep.end(undefined, never()), stage), ["b: - -> 3"]);
  });

  for (const isGit of [true, false]) {
    it(`is ended by another process after a crash, ${isGit ? "in git" : "without"}; what was written later is not the command's`, async () => {
      if (isGit) stage.commit();
      await stage.write({ a: "dirty" });
      const { noted } = await stage.sweeps().begin([stage.folder], stage.blobs, never());
      await stage.write({ a: "2", n: "n" });
      stage.run("rm 'sub/x y'");
      writeFileSync(join(stage.folder, "late"), "late");
      const sweep = await stage.sweeps().resume(noted, stage.blobs);
      const swept = await sweep?.end(1_700_000_060_000, never());
      assert.deepEqual(swept && (await told(swept, stage)), [
        "a: dirty -> 2",
        "late lost",
        "n: - -> n",
        "sub/x y: x -> -",
      ]);
    });
  }

  it("knows where a root leads that is a link", async () => {
    const link = join(stage.folder, "..", "link");
    await symlink(stage.folder, link);
    const { files, lost } = await stage.swept("printf 2 > a; chmod +x 'sub/x y'", [link]);
    assert.deepEqual(
      [...files, ...lost].map((it) => [it.path, it.target]),
      ["a", "sub/x y"].map((it) => [join(link, it), join(stage.folder, it)]),
    );
  });

  it("keeps what encodings and marks a file has", async () => {
    await stage.write({ w: Uint8Array.of(0xff, 0xfe, 0x41, 0), l: Uint8Array.of(0xe4, 0x62, 0x63) });
    const { files } = await stage.swept("printf '\\377\\376B\\000' > w");
    assert.deepEqual(
      files.map((it) => [it.encoding, it.bom]),
      [["utf16le", true]],
    );
    assert.deepEqual(await told({ files, lost: [], notes: [] }, stage), ["w: A -> B"]);
  });

  it("lists the files of a repository that git cannot read", async () => {
    stage.commit();
    writeFileSync(join(stage.folder, ".git/index"), "broken");
    assert.deepEqual(await told(await stage.swept("printf 2 > a"), stage), ["a: 1 -> 2"]);
  });

  it("keeps no more than there is room for, and still names what changed", async () => {
    await stage.write({ big: "x".repeat(11 * 1024 * 1024) });
    const swept = await stage.swept("printf 2 > big; printf 3 > a");
    assert.deepEqual(await told(swept, stage), ["a: 1 -> 3", "big lost"]);
    assert.match(swept.lost[0]?.why ?? "", /larger than 10 MB/);
  });

  it("takes no notice of its own state", async () => {
    const sweeps = stage.sweeps({ own: join(stage.folder, "state") });
    const sweep = await sweeps.begin([stage.folder], stage.blobs, never());
    await stage.write({ "state/sessions/x": "1", n: "n" });
    assert.deepEqual(await told(await sweep.end(undefined, never()), stage), ["n: - -> n"]);
  });

  it("skips names that are no text, and says so", async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${stage.folder}/`), Buffer.of(0x66, 0xff)]), "odd");
    await stage.write({ "line\nend": "1" });
    const swept = await stage.swept("printf 2 > a");
    assert.deepEqual(await told(swept, stage), ["a: 1 -> 2"]);
    assert.match(swept.notes.join(), /2 files with names/);
  });
});
