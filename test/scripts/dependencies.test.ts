import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { dependenciesOf } from "../../scripts/dependencies.ts";

const FILES: Readonly<Record<string, string>> = {
  "test/a.test.ts": 'import assert from "node:assert/strict";\nimport { b } from "../src/b.ts";\n',
  "src/b.ts": 'import { c } from "./deep/c.ts";\nexport const b = c;\n',
  "src/deep/c.ts": 'export type { B } from "../b.ts";\nexport const c = 1;\n',
  "src/other.ts": "export const other = 1;\n",
};

/** What `test/a.test.ts` depends on where it says this. */
function depending(text: string, more: Readonly<Record<string, string>> = {}) {
  const files = { ...FILES, ...more, "test/a.test.ts": text };
  return dependenciesOf("test/a.test.ts", (path) => files[path as keyof typeof files]);
}

describe("what a test file depends on", () => {
  it("is what it imports, directly or not, once", () => {
    assert.deepEqual(depending(FILES["test/a.test.ts"] ?? ""), {
      files: ["src/b.ts", "src/deep/c.ts", "test/a.test.ts"],
      isWide: false,
    });
  });

  for (const [what, text] of [
    ["imported for what it does", 'import "../src/other.ts";'],
    ["imported as a type", 'import type { Other } from "../src/other.ts";'],
    ["imported over several lines", 'import {\n  other,\n} from "../src/other.ts";'],
    ["imported when it is needed", 'const it = await import("../src/other.ts");'],
    ["started as a program beside it", 'spawn(process.execPath, ["src/other.ts"]);'],
    ["named as a place beside it", 'const at = new URL("../src/other.ts", import.meta.url);'],
  ] as const)
    it(`counts a file ${what}`, () => assert.ok(depending(text).files.includes("src/other.ts")));

  for (const [what, text] of [
    ["files", 'import { readFileSync } from "node:fs";'],
    ["processes", 'import { spawn } from "node:child_process";'],
    ["modules that it works out", "await import(name);"],
    ["its own place", "const here = import.meta.dirname;"],
    ["modules of Node by a function", 'process.getBuiltinModule("node:sqlite");'],
    ["the folder it is started in", "const here = process.cwd();"],
    ["files by what it imports", 'import { disk } from "../src/disk.ts";'],
  ] as const)
    it(`is more than that where it may see ${what}`, () => {
      const disk = 'import { stat } from "node:fs/promises";\nexport const disk = stat;\n';
      assert.ok(depending(text, { "src/disk.ts": disk }).isWide);
    });
});
