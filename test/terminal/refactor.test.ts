import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "mocha";
import { type Place, place } from "./wheelhouse.ts";

const SUM = "function f(a) {\n  return a * 2 + 1;\n}\nf(1);\n";
const TWICE = "function f(a) {\n  const twice = a * 2;\n  return twice + 1;\n}\nf(1);\n";
/** What `a * 2` is, as the command line says it. */
const AT = "2:10-2:15";

let here: Place;
before(async () => {
  here = await place();
});
beforeEach(async () => {
  for (const it of ["total.ts", "three.ts"]) await rm(join(here.project, it), { force: true });
  await writeFile(join(here.project, "a.js"), SUM);
  await writeFile(join(here.project, "one.ts"), "export const total = 1;\n");
  await writeFile(
    join(here.project, "two.ts"),
    'import { total } from "./one.ts";\nexport const t = total;\n',
  );
});
after(() => here.remove());

const refactor = (...given: readonly string[]) => here.run(["refactor", ...given]);
const extract = (...more: readonly string[]) =>
  refactor("apply", "extract-variable", `a.js:${AT}`, "--name", "twice", ...more);
const textOf = (name: string) => readFile(join(here.project, name), "utf8");

describe("wheelhouse refactor", () => {
  it("lists what can be done at a place, as text and as JSON", async () => {
    const text = await refactor("list", `a.js:${AT}`);
    assert.match(text.out, /^extract-variable +\S/m);
    const { out, code } = await refactor("list", `a.js:${AT}`, "--json");
    const { status, offers } = JSON.parse(out);
    assert.deepEqual([code, status], [0, "ok"]);
    assert.ok(offers.some((it: { id: string }) => it.id === "extract-variable"));
  });

  it("prints the change as a patch and writes nothing, unless told to", async () => {
    const { out, code } = await extract();
    assert.match(out, /^--- .*a\.js\n\+\+\+ .*a\.js\n@@ /);
    assert.match(out, /^- {2}return a \* 2 \+ 1;\n\+ {2}const twice = a \* 2;\n\+ {2}return twice \+ 1;$/m);
    assert.deepEqual([code, await textOf("a.js")], [0, SUM]);
  });

  it("prints whole texts as JSON", async () => {
    const { out } = await extract("--json");
    const { title, ...rest } = JSON.parse(out);
    assert.match(title, /twice/);
    assert.deepEqual(rest, {
      status: "ok",
      files: [{ path: join(here.project, "a.js"), before: SUM, after: TWICE }],
      warnings: [],
    });
    assert.equal(await textOf("a.js"), SUM);
  });

  it("writes with --write, and keeps line ends and byte order mark", async () => {
    await writeFile(join(here.project, "a.js"), `\uFEFF${SUM.replaceAll("\n", "\r\n")}`);
    const { out, code } = await extract("--write");
    assert.match(out, /\n {2}changed .*a\.js\n$/);
    assert.deepEqual([code, await textOf("a.js")], [0, `\uFEFF${TWICE.replaceAll("\n", "\r\n")}`]);
  });

  it("changes every file that is concerned", async () => {
    const { code, err } = await refactor("apply", "rename", "one.ts:1:14", "--name", "sum", "--write");
    assert.equal(code, 0, err);
    assert.equal(await textOf("one.ts"), "export const sum = 1;\n");
    assert.equal(await textOf("two.ts"), 'import { sum } from "./one.ts";\nexport const t = sum;\n');
  });

  it("moves a declaration to a new file, beside the old one or where it is told to", async () => {
    const listed = await refactor("list", "one.ts:1:14");
    assert.match(listed.out, /^move-symbol +Move 'total' to file$/m);
    const made = await refactor("apply", "move-symbol", "one.ts:1:14", "--write");
    assert.match(made.out, /\n {2}created .*\/total\.ts\n/, made.err);
    assert.deepEqual([await textOf("total.ts"), await textOf("one.ts")], ["export const total = 1;\n", ""]);
    const further = await refactor("apply", "move-symbol", "total.ts:1:14", "--to", "lib/sum.ts", "--json");
    const { files } = JSON.parse(further.out);
    assert.deepEqual(
      files.map(({ path, before }: { path: string; before: string | null }) => [path, before === null]),
      [
        [join(here.project, "total.ts"), false],
        [join(here.project, "lib/sum.ts"), true],
        [join(here.project, "two.ts"), false],
      ],
    );
  });

  it("moves a whole file, and removes the old one", async () => {
    const { out, err } = await refactor(
      "apply",
      "move-file",
      "one.ts:1:1",
      "--to",
      "kept/first.ts",
      "--write",
    );
    assert.match(
      out,
      /\n {2}removed .*\/one\.ts\n {2}created .*\/kept\/first\.ts\n {2}changed .*\/two\.ts\n/,
      err,
    );
    assert.equal(await textOf("kept/first.ts"), "export const total = 1;\n");
    assert.match(await textOf("two.ts"), /from ".\/kept\/first.ts"/);
    await assert.rejects(textOf("one.ts"));
    const there = await refactor("apply", "move-file", "two.ts:1:1", "--to", "kept/first.ts");
    assert.deepEqual([there.code, there.err.includes("is there already")], [3, true]);
    await rm(join(here.project, "kept"), { recursive: true });
  });

  it("moves a file as it is encoded, and may be run", async () => {
    await writeFile(join(here.project, "run.js"), "\uFEFF// runs\r\n", { mode: 0o755 });
    const { code, err } = await refactor(
      "apply",
      "move-file",
      "run.js:1:1",
      "--to",
      "kept/ran.js",
      "--write",
    );
    assert.equal(code, 0, err);
    assert.equal(await textOf("kept/ran.js"), "\uFEFF// runs\r\n");
    if (process.platform !== "win32")
      assert.equal((await stat(join(here.project, "kept/ran.js"))).mode & 0o111, 0o111);
    await rm(join(here.project, "kept"), { recursive: true });
  });

  it("moves a declaration to a file that is there", async () => {
    await writeFile(join(here.project, "three.ts"), "export const three = 3;\n");
    const { code, err } = await refactor(
      "apply",
      "move-symbol",
      "one.ts:1:14",
      "--to",
      "three.ts",
      "--write",
    );
    assert.equal(code, 0, err);
    assert.equal(await textOf("three.ts"), "export const three = 3;\n\nexport const total = 1;\n");
    assert.equal(await textOf("two.ts"), 'import { total } from "./three.ts";\nexport const t = total;\n');
  });

  it("refuses with code 3 and the reason, and writes nothing", async () => {
    const given = ["apply", "rename", "two.ts:2:14", "--name", "total", "--write"] as const;
    const text = await refactor(...given);
    assert.deepEqual([text.code, text.out], [3, ""]);
    assert.match(text.err, /^wheelhouse: refused \(\S+\): \S/);
    const json = await refactor(...given, "--json");
    const { status, reason } = JSON.parse(json.out);
    assert.deepEqual([json.code, status, reason !== ""], [3, "refused", true]);
    assert.equal(await textOf("two.ts"), 'import { total } from "./one.ts";\nexport const t = total;\n');
  });

  it("changes parameters, and calls through several files, from anywhere in the declaration", async () => {
    await writeFile(join(here.project, "p.js"), "export function diff(a, b) {\n  return a - b;\n}\n");
    await writeFile(join(here.project, "q.js"), 'export { diff as minus } from "./p.js";\n');
    await writeFile(join(here.project, "r.js"), 'import { minus } from "./q.js";\nminus(1, 2);\n');
    const add = '{"name":"c","default":"0"}';
    const given = ["--set", "reorder=[1,0]", "--set", `add=${add}`, "--write"];
    const { code, err } = await refactor("apply", "change-signature", "p.js:1:8", ...given);
    assert.equal(code, 0, err);
    assert.equal(await textOf("p.js"), "export function diff(b, a, c) {\n  return a - b;\n}\n");
    assert.equal(await textOf("r.js"), 'import { minus } from "./q.js";\nminus(2, 1, 0);\n');
    for (const it of ["p.js", "q.js", "r.js"]) await rm(join(here.project, it));
  });

  it("puts what is extracted into the scope that is said, and into none that is not there", async () => {
    const extract = (scope: string) =>
      refactor(
        "apply",
        "extract-constant",
        `a.js:${AT}`,
        "--name",
        "twice",
        "--set",
        `scope=${scope}`,
        "--json",
      );
    for (const [scope, code] of [
      ["enclosing", 0],
      ['"enclosing"', 0],
      ["moon", 3],
    ] as const)
      assert.equal((await extract(scope)).code, code, scope);
  });

  for (const [to, message] of [
    ["..\\x.js", /write it with/],
    ["a\n.js", /in no file's name/],
    [".git/x.js", /not the project's own/],
    [".", /is a folder/],
  ] as const)
    it(`refuses to move to ${JSON.stringify(to)}`, async () => {
      const { code, err } = await refactor("apply", "move-symbol", "one.ts:1:14", "--to", to);
      assert.equal(code, 3);
      assert.match(err, message);
    });

  for (const [what, given, message] of [
    ["nothing at all", [], /^wheelhouse refactor list/],
    ["a place without a column", ["list", "a.js:2"], /names no place/],
    ["a line that is not there", ["list", "a.js:9:1"], /no line 9/],
    ["no file", ["apply", "rename"], /^wheelhouse refactor list/],
    ["a flag that is not there", ["list", "a.js:1:1", "--fly"], /no flag --fly/],
    ["a flag of the other verb", ["list", "a.js:1:1", "--write"], /--write means nothing with list/],
    ["an option that is none", ["apply", "x", "a.js:1:1", "--set", "all=true"], /keys replaceAll/],
    ["an option that is no JSON", ["apply", "x", "a.js:1:1", "--set", "replaceAll=yes"], /true or false/],
    ["a list that is no JSON", ["apply", "x", "a.js:1:1", "--set", "reorder=1,0"], /reorder must be JSON/],
    ["a list of other things", ["apply", "x", "a.js:1:1", "--set", 'remove=["a"]'], /remove must be the ind/],
    [
      "a parameter without a value",
      ["apply", "x", "a.js:1:1", "--set", 'add={"name":"a"}'],
      /default must be/,
    ],
  ] as const)
    it(`says with code 2 what is wrong with ${what}`, async () => {
      const { code, err } = await refactor(...given);
      assert.equal(code, 2);
      assert.match(err, message);
    });

  it("fails with code 1 where there is no such file", async () => {
    const { code, err } = await refactor("list", "none.js:1:1");
    assert.deepEqual([code, err], [1, 'wheelhouse: Cannot refactor "none.js": there is no such file.\n']);
  });
});

describe("wheelhouse refactor apply, to whole files", () => {
  const IMPORTS = 'import { b, a } from "./one.ts";\nconsole.log(a, b);\n';
  const SORTED = IMPORTS.replace("b, a", "a, b");
  before(async () => {
    await mkdir(join(here.project, "lib"));
    for (const it of ["lib/x.ts", "lib/y.ts"]) await writeFile(join(here.project, it), IMPORTS);
    await writeFile(join(here.project, "lib/z.ts"), SORTED);
    await writeFile(join(here.project, "lib/notes.md"), IMPORTS);
  });
  after(() => rm(join(here.project, "lib"), { recursive: true }));

  it("shows all patches, and says where it is refused", async () => {
    const { code, out, err } = await refactor("apply", "sort-imports", "lib/*.ts");
    assert.equal(code, 0);
    assert.deepEqual(out.match(/^\+\+\+ .*$/gm)?.length, 2);
    assert.match(err, /^wheelhouse: refused in lib\/z\.ts \(sort-imports\.sorted\): /);
    assert.equal(await textOf("lib/x.ts"), IMPORTS);
  });

  it("tells the same as JSON, of patterns and of names", async () => {
    const { out } = await refactor("apply", "sort-imports", "lib/x.ts", "**/z.ts", "--json");
    const { status, files, refused } = JSON.parse(out);
    assert.deepEqual([status, files[0].after, files.length], ["ok", SORTED, 1]);
    assert.equal(refused[0].path, join(here.project, "lib/z.ts"));
  });

  it("writes all of them at once", async () => {
    const { code, out } = await refactor("apply", "sort-imports", "lib/*", "--write");
    assert.deepEqual([code, out.match(/^changed /gm)?.length], [0, 2]);
    assert.deepEqual([await textOf("lib/x.ts"), await textOf("lib/y.ts")], [SORTED, SORTED]);
  });

  it("is refused where it is in all of them", async () => {
    assert.equal((await refactor("apply", "sort-imports", "lib/z.ts")).code, 3);
  });

  for (const [what, given, code, message] of [
    ["no file", ["none*.ts"], 1, /No file that can be refactored fits none\*\.ts/],
    ["a place among files", ["lib/x.ts:1:1", "lib/y.ts"], 2, /Several files are refactored as a whole/],
  ] as const)
    it(`says what is wrong with ${what}`, async () => {
      const done = await refactor("apply", "sort-imports", ...given);
      assert.equal(done.code, code);
      assert.match(done.err, message);
    });
});

describe("wheelhouse references", () => {
  it("tells where a name stands, and where a thing does", async () => {
    const found = await here.run(["references", "f"]);
    assert.match(found.out, /^a\.js\n +1:10 declaration function f/);
    const { out } = await here.run(["references", "a.js:1:10", "--json"]);
    const { name, files } = JSON.parse(out);
    assert.deepEqual([name, files[0].places[0].kind, files[0].places[0].line], ["f", "declaration", 1]);
  });

  it("says how it is called, and what is wrong", async () => {
    assert.equal((await here.run(["references"])).code, 2);
    const wrong = await here.run(["references", "a b"]);
    assert.deepEqual([wrong.code, /"a b" is no name/.test(wrong.err)], [1, true]);
  });
});

describe("wheelhouse symbols", () => {
  it("prints the declarations of a file and of a folder, as text and as JSON", async () => {
    assert.equal((await here.run(["symbols", "a.js"])).out, "a.js\n  function f 1-3\n");
    const { out } = await here.run(["symbols", ".", "--json"]);
    const { files } = JSON.parse(out);
    assert.deepEqual(
      files.map((it: { path: string; symbols: { name: string }[] }) => [it.path, it.symbols[0]?.name]),
      [
        [join(here.project, "a.js"), "f"],
        [join(here.project, "one.ts"), "total"],
        [join(here.project, "two.ts"), "t"],
      ],
    );
  });

  it("says what is wrong", async () => {
    assert.equal((await here.run(["symbols"])).code, 2);
    assert.equal((await here.run(["symbols", "none.ts"])).code, 1);
  });
});

describe("wheelhouse map and symbols by name", () => {
  it("tell what builds on what, and where a name is declared", async () => {
    assert.match((await here.run(["map"])).out, /^one\.ts\n +\w+ total 1\n/);
    // What was learned is there for the next command.
    assert.equal((await readdir(join(here.home, "index"))).length, 1);
    const map = JSON.parse((await here.run(["map", ".", "--tokens", "500", "--json"])).out);
    assert.equal(map.files[0].symbols[0].name, "total");
    assert.match((await here.run(["symbols", ".", "--name", "tot"])).out, /^one\.ts:1-1 \w+ total\n$/);
    const named = JSON.parse((await here.run(["symbols", ".", "--name", "total", "--json"])).out);
    assert.deepEqual([named.total, named.symbols[0].path], [1, join(here.project, "one.ts")]);
  });

  it("say what is wrong", async () => {
    for (const given of [
      ["map", "--tokens", "x"],
      ["map", "a", "b"],
      ["symbols", "--name", "x"],
    ])
      assert.equal((await here.run(given)).code, 2, given.join(" "));
  });
});
