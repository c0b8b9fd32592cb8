import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { openTestMemory, type TestMemory } from "../../scripts/test-memory.ts";

const HOUR_MS = 3_600_000;
/** A test that sees nothing but what it imports, and one that may see all of the product. */
const [NARROW, WIDE] = ["test/narrow.test.ts", "test/wide.test.ts"];
const COUNTS = { passed: 3, failed: 0, skipped: 1 };

let root: string;
let now: number;
function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function opened(): TestMemory {
  const memory = openTestMemory({ root, path: join(root, "kept.json"), now: () => now });
  assert.ok(memory);
  return memory;
}

function remembered(): readonly string[] {
  const memory = opened();
  return [NARROW, WIDE].filter((it) => memory.of(it) !== undefined);
}

describe("the memory of tests that passed", () => {
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "wheelhouse-memory-")));
    now = Date.UTC(2026, 0, 1);
    execFileSync("git", ["init", "-q"], { cwd: root });
    write(NARROW, 'import "../src/a.ts";');
    write(WIDE, 'import { readFileSync } from "node:fs";\nimport "./support.ts";');
    write("test/support.ts", "");
    write("test/other.test.ts", "");
    write("src/a.ts", "");
    write("src/b.ts", "");
    write("docs/a.md", "");
    write(".gitignore", "kept.json\nbuilt/\n");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("knows nothing of files that never passed", () => assert.deepEqual(remembered(), []));

  it("gives what came of a file with which nothing has changed, and adds what passes later", () => {
    const memory = opened();
    memory.keep({ [NARROW]: COUNTS });
    memory.keep({ [WIDE]: COUNTS });
    assert.deepEqual([NARROW, WIDE].map(opened().of), [COUNTS, COUNTS]);
  });

  for (const [what, path, left] of [
    ["the file itself", NARROW, [WIDE]],
    ["what it imports", "src/a.ts", []],
    ["another part of the product", "src/b.ts", [NARROW]],
    ["a part of the product that is new", "src/c.ts", [NARROW]],
    ["what another test shares", "test/support.ts", [NARROW]],
    ["another test", "test/other.test.ts", [NARROW, WIDE]],
    ["any other file", "docs/a.md", []],
    ["a file that is new", "docs/b.md", []],
    ["what is built", "built/a.js", [NARROW, WIDE]],
  ] as const)
    it(`after a change of ${what} (${path}) still knows ${left.length === 0 ? "nothing" : left.join(" and ")}`, () => {
      opened().keep({ [NARROW]: COUNTS, [WIDE]: COUNTS });
      write(path, "const changed = 1;");
      assert.deepEqual(remembered(), left);
    });

  it("keeps nothing of a file that was changed while it ran", () => {
    const memory = opened();
    write("src/a.ts", "const changed = 1;");
    memory.keep({ [NARROW]: COUNTS });
    assert.deepEqual(remembered(), []);
    write("src/a.ts", "");
    assert.deepEqual(remembered(), []);
  });

  it("forgets within a day, for many tests go by chance", () => {
    opened().keep({ [NARROW]: COUNTS });
    now += 23 * HOUR_MS;
    assert.deepEqual(remembered(), [NARROW]);
    now += HOUR_MS;
    assert.deepEqual(remembered(), []);
  });

  it("begins anew where what was kept cannot be read", () => {
    opened().keep({ [NARROW]: COUNTS });
    write("kept.json", '{"test/nar');
    assert.deepEqual(remembered(), []);
  });

  it("is not there without git", () => {
    rmSync(join(root, ".git"), { recursive: true });
    assert.equal(openTestMemory({ root, path: join(root, "kept.json") }), undefined);
  });
});
