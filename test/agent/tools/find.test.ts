import assert from "node:assert/strict";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type Project, project } from "./project.ts";

describe("Glob, Grep and Symbols", () => {
  let made: Project;
  before(async () => {
    made = await project({
      ".gitignore": "out/\n",
      "out/x.ts": "needle",
      "src/a.ts": "class A {\n  m() {}\n}\nneedle one\n",
      "src/b.ts": "needle two\nNEEDLE\n",
      "src/.hidden/c.py": "def f(): pass\n",
      "notes.md": "needle\n",
    });
    await utimes(join(made.folder, "src/b.ts"), 1_000, 1_000);
  });
  after(() => made.done());

  for (const [input, expected] of [
    [{ pattern: "**/*.ts" }, "src/a.ts\nsrc/b.ts"],
    [{ pattern: "*.ts" }, "src/a.ts\nsrc/b.ts"],
    [{ pattern: "src/{b,z}.ts" }, "src/b.ts"],
    [{ pattern: "*.ts", path: "src" }, "src/a.ts\nsrc/b.ts"],
    [{ pattern: "**/*.py" }, "src/.hidden/c.py"],
    [{ pattern: "*.rs" }, 'No file matches "*.rs" in ".".'],
  ] as const) {
    it(`Glob ${JSON.stringify(input)}, newest first`, async () =>
      assert.equal(await made.text("Glob", input), expected));
  }

  it("Glob takes an absolute pattern", async () => {
    assert.equal(await made.text("Glob", { pattern: `${made.folder}/src/*.ts` }), "src/a.ts\nsrc/b.ts");
  });

  for (const [input, expected] of [
    [{ pattern: "needle" }, "notes.md\nsrc/a.ts\nsrc/b.ts"],
    [{ pattern: "needle", output_mode: "count", "-i": true }, "notes.md:1\nsrc/a.ts:1\nsrc/b.ts:2"],
    [
      { pattern: "needle", output_mode: "content", glob: "*.ts" },
      "src/a.ts:4:needle one\nsrc/b.ts:1:needle two",
    ],
    [{ pattern: "needle", output_mode: "content", path: "src/b.ts", "-n": false }, "src/b.ts:needle two"],
    [
      { pattern: "m\\(", output_mode: "content", "-C": 1 },
      "src/a.ts-1-class A {\nsrc/a.ts:2:  m() {}\nsrc/a.ts-3-}",
    ],
    [
      { pattern: "needle", head_limit: 1 },
      "notes.md\n(There is more: narrow the search or raise head_limit.)",
    ],
    [{ pattern: "absent", path: "src" }, 'Nothing matches "absent" in "src".'],
  ] as const) {
    it(`Grep ${JSON.stringify(input)}`, async () => assert.equal(await made.text("Grep", input), expected));
  }

  it("Grep searches no secret file it was not asked about by name", async () => {
    await made.put(".env", "needle=secret");
    const text = await made.text("Grep", { pattern: "needle", output_mode: "content", glob: ".*" });
    // What is searched and then left out is told.
    assert.equal(text, 'Nothing matches "needle" in ".".');
    assert.match(
      await made.text("Grep", { pattern: "needle", output_mode: "content", path: ".env" }),
      /needle=secret/,
    );
  });

  it("Grep shows nothing of a secret file whose name only looks like another", async () => {
    await made.put("odd/.e\u200bnv", "needle=secret");
    const text = await made.text("Grep", { pattern: "needle", path: "odd", output_mode: "content" });
    assert.match(text, /^Nothing matches[\s\S]*1 protected files are left out/);
    assert.ok(!text.includes("secret"), text);
  });

  it("Grep says what is wrong with a pattern", async () => {
    const result = await made.run("Grep", { pattern: "(" });
    assert.equal(result.failed, true);
    assert.match(String(result.content), /unclosed group/);
  });

  it("Symbols outlines a file, and the files of a folder", async () => {
    assert.equal(
      await made.text("Symbols", { path: "src/a.ts" }),
      "  class A 1-3\n    method m 2\n(The file has syntax errors: some declarations may be missing.)",
    );
    assert.equal(
      await made.text("Symbols", { path: "src" }),
      "src/.hidden/c.py\n  function f 1\nsrc/a.ts\n  class A 1-3\n    method m 2",
    );
    assert.match(await made.text("Symbols", { path: "notes.md" }), /does not know this language/);
  });

  it("Symbols finds what is declared by a name, or one like it", async () => {
    assert.equal(await made.text("Symbols", { path: ".", name: "a" }), "src/a.ts:1-3 class A");
    assert.match(await made.text("Symbols", { path: ".", name: "nobodyHasThis" }), /^Nothing below/);
  });
});

describe("Grep over secret and other names", () => {
  let made: Project;
  const SECRET = [
    ...[
      ".env",
      ".ENV.local",
      "x/prod.env",
      ".env.exampl",
      ".env.examples",
      ".env.dev",
      ".envrc",
      "id_rsa",
      "a.PEM",
    ],
    ...[
      "x/.ssh/config",
      "x/.aws/a",
      "x/.config/gcloud/a/b",
      ".docker/config.json",
      "credentials.json",
      "s.tfvars",
    ],
  ];
  const PLAIN = [
    ...[
      ".env.example",
      ".env.Sample",
      "x/a.env.template",
      ".env.dist",
      ".env.defaults",
      "env.ts",
      "x/secrets.md",
    ],
    ...["docker/config.json", "gcloud/a", "environment.txt", "credentials.ts", "a.pemx", "s.tfvars.example"],
  ];
  before(async () => {
    made = await project(Object.fromEntries([...SECRET, ...PLAIN].map((it) => [it, "needle"])));
  });
  after(() => made.done());

  it("searches just the others", async () => {
    const text = await made.text("Grep", { pattern: "needle" });
    assert.deepEqual(text.split("\n").toSorted(), PLAIN.toSorted());
  });

  for (const [folder, rest] of [
    ["x/.config", "gcloud"],
    [".docker", "config.json"],
  ] as const) {
    it(`knows in ${folder} that ${rest} is secret by where it stands`, async () => {
      assert.equal(
        await made.text("Grep", { pattern: "needle", path: folder }),
        `Nothing matches "needle" in "${folder}".`,
      );
    });
  }
});
