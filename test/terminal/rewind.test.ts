import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { rewindArguments } from "../../src/terminal/rewind-arguments.ts";
import { type Place, place } from "./wheelhouse.ts";

let here: Place;
let id = "";
before(async () => {
  here = await place({ "a.txt": "one\n" });
  const mode = ["--permission-mode", "acceptEdits"];
  await here.run(["-p", 'replace "one" with "two" in a.txt', ...mode]);
  id = (await readdir(join(here.home, "sessions")))[0] ?? "";
  await here.run(["-p", 'replace "two" with "three" in a.txt', ...mode, "--resume", id]);
});
after(() => here.remove());

const rewind = (...given: readonly string[]) => here.run(["rewind", id, ...given]);
const text = () => readFile(join(here.project, "a.txt"), "utf8");

describe("the words of wheelhouse rewind", () => {
  for (const [line, said] of [
    ["x --undo --dry-run", /--undo and --dry-run mean nothing together/],
    ["x --to 2 --fork --dry-run", /--fork and --dry-run mean nothing together/],
    ["x --compare 1..2 --yes", /--compare and --yes mean nothing together/],
    ["x --to 1 --undo", /--undo and --to mean nothing together/],
    ["x --fork", /--fork needs --to N/],
    ["x --files", /--files needs --to N/],
    ["x --yes", /--yes needs --to N/],
    ["x --to zero", /--to must be the number/],
    ["x --compare 1..2..3", /--compare must be/],
  ] as const)
    it(`refuse ${line}`, () => assert.match(String(rewindArguments(line.split(" "))), said));

  it("name a file that would go back, or it is refused", async () => {
    const { code, err } = await rewind("--to", "1", "--edited", "nonsense.txt", "--yes");
    assert.equal(code, 1);
    assert.match(err, /nonsense\.txt is not among the files/);
    assert.equal(await text(), "three\n");
  });
});

describe("wheelhouse rewind", () => {
  it("lists the messages with their numbers", async () => {
    const { code, out } = await rewind();
    assert.equal(code, 0);
    assert.match(out, /^ +1 .* replace "one".*\n +2 .* replace "two"/);
  });

  it("shows what it would do and does nothing, with --dry-run", async () => {
    const { code, out } = await rewind("--to", "1", "--dry-run");
    assert.equal(code, 0);
    assert.match(out, /2 messages and what followed\nFiles:\n +change .*a\.txt {2}\+1 −1/);
    assert.equal(await text(), "three\n");
  });

  it("does nothing where nobody can be asked, unless it is told to", async () => {
    const { code, err } = await rewind("--to", "1");
    assert.deepEqual([code, await text()], [2, "three\n"]);
    assert.match(err, /--yes/);
  });

  it("compares two moments as a patch", async () => {
    const { out } = await rewind("--compare", "1..2");
    assert.match(out, /^--- .*a\.txt\n\+\+\+ .*a\.txt\n@@ -1 \+1 @@\n-one\n\+two\n$/);
    assert.match((await rewind("--compare", "2")).out, /-two\n\+three/);
  });

  it("goes back in files and conversation, and takes that back", async () => {
    const { code, out } = await rewind("--to", "2", "--yes");
    assert.deepEqual([code, await text()], [0, "two\n"]);
    assert.match(out, /Rewound to before .*: the conversation and 1 file\./);
    assert.equal((await rewind()).out.trim().split("\n").length, 1);
    assert.equal((await rewind("--undo")).code, 0);
    assert.equal(await text(), "three\n");
    assert.equal((await rewind()).out.trim().split("\n").length, 2);
  });

  it("copies the session as it was before a message", async () => {
    const { code, out } = await rewind("--to", "2", "--fork");
    assert.equal(code, 0);
    const copy = await here.run(["rewind", out.trim()]);
    assert.match(copy.out, /^ +1 .*"one"[^\n]*\n$/);
    assert.equal((await rewind()).out.trim().split("\n").length, 2);
  });

  it("leaves what was edited since, unless it is named", async () => {
    await writeFile(join(here.project, "a.txt"), "mine\n");
    const kept = await rewind("--to", "1", "--files", "--yes");
    assert.deepEqual([kept.code, await text()], [1, "mine\n"]);
    assert.match(kept.out, /edited since/);
    assert.equal((await rewind("--to", "1", "--files", "--yes", "--edited", "a.txt")).code, 0);
    assert.equal(await text(), "one\n");
    await rewind("--undo");
    assert.equal(await text(), "mine\n");
  });

  for (const [what, given, code, sentence] of [
    ["no session", ["rewind"], 2, /wheelhouse rewind ID/],
    ["a session that is not there", ["rewind", "nosuchsession"], 1, /no session "nosuchsession"/],
    ["a number that is none", ["rewind", "x", "--to", "one"], 2, /--to must be/],
    ["a flag that is none", ["rewind", "x", "--hard"], 2, /no flag --hard/],
    ["a comparison of three", ["rewind", "x", "--compare", "1..2..3"], 2, /--compare must be/],
  ] as const) {
    it(`ends with ${code} for ${what}`, async () => {
      const ran = await here.run(given);
      assert.equal(ran.code, code);
      assert.match(ran.err, sentence);
    });
  }

  it("ends with 1 for a message that is not there", async () => {
    const { code, err } = await rewind("--to", "9", "--yes");
    assert.equal(code, 1);
    assert.match(err, /no message 9: the conversation has 2/);
  });
});
