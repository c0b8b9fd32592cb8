import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type Place, place } from "./wheelhouse.ts";

let here: Place;
before(async () => {
  here = await place({
    "a.js": "function f(r) {\n  return r * 6.5;\n}\nf(1);\n",
    "b.py": "import os\n\ndef g(a, b, c, d, e, h):\n    return a\n",
    "c.rb": "def f(days)\n  1 if days > 65\nend\n",
    "clean.ts": "export const a = 1;\n",
    "notes.txt": "6.5",
    ".gitignore": "out/\n",
    ".wheelhouseignore": "secret/\n",
  });
  for (const folder of ["out", "secret", ".wheelhouse"]) {
    await mkdir(join(here.project, folder));
    await writeFile(join(here.project, folder, "x.js"), "f(r * 6.5);\n");
  }
});
after(() => here.remove());

const smells = (...given: readonly string[]) => here.run(["smells", ...given]);

describe("wheelhouse smells", () => {
  it("prints a line for each finding in the files named, and how many there are", async () => {
    const { out, err, code } = await smells("a.js", "b.py");
    assert.equal(
      out,
      `a.js:2:14 magic-number Nothing says what 6.5 stands for.
b.py:1:8 unused-import "os" is imported, but never used.
b.py:3:5 long-parameter-list "g" takes 6 parameters by their order; the limit is 5.
`,
    );
    assert.deepEqual([code, err], [0, "3 findings in 2 files.\n"]);
  });

  it("looks through folders, and not at what ignore files name", async () => {
    const { out } = await smells(".", "--json");
    const { findings, files } = JSON.parse(out);
    const paths = new Set(findings.map((it: { path: string }) => it.path));
    assert.deepEqual(
      [...paths],
      [".wheelhouse/x.js", "a.js", "b.py", "c.rb"].map((it) => join(here.project, it)),
    );
    assert.equal(files, 5);
  });

  it("prints Markdown and SARIF", async () => {
    assert.match((await smells("a.js", "--markdown")).out, /^# Code health\n\n1 finding in 1 file\.\n/);
    const log = JSON.parse((await smells("a.js", "--sarif")).out);
    assert.deepEqual([log.version, log.runs[0].results[0].ruleId], ["2.1.0", "magic-number"]);
  });

  it("finds nothing to be no error, and findings one with --fail only", async () => {
    assert.deepEqual((await smells("clean.ts", "--fail")).code, 0);
    assert.deepEqual((await smells("a.js")).code, 0);
    assert.deepEqual((await smells("a.js", "--fail")).code, 1);
  });

  it("takes its limits from the folder's settings", async () => {
    const settings = join(here.project, ".wheelhouse/settings.json");
    await writeFile(settings, '{ "smells": { "parameters": 6, "ignored": ["magic-number"] } }');
    const { out } = await smells("a.js", "b.py");
    await writeFile(settings, "{}");
    assert.deepEqual(
      out.split("\n").map((it) => it.split(" ")[1]),
      ["unused-import", undefined],
    );
  });

  for (const [what, given, message] of [
    ["nothing named", [], /^wheelhouse smells FILE/],
    ["a flag that is not there", ["a.js", "--xml"], /no flag --xml/],
    ["two formats", ["a.js", "--json", "--sarif"], /Only one of/],
  ] as const)
    it(`calls ${what} wrong usage`, async () => {
      const { code, out, err } = await smells(...given);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, message);
    });

  it("fails on what it cannot look at", async () => {
    for (const [name, message] of [
      ["gone.js", /There is no/],
      ["notes.txt", /No smells are known/],
    ] as const) {
      const { code, err } = await smells(name);
      assert.equal(code, 1);
      assert.match(err, message);
    }
  });

  it("has help, and is completed", async () => {
    assert.match((await smells("--help")).out, /--sarif/);
    assert.match((await here.run(["--help"])).out, /wheelhouse smells FILE/);
    assert.match((await here.run(["completion", "fish"])).out, /-a smells/);
  });
});
