import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import { hiddenBy, type IgnoreFile } from "../../src/permission/hidden.ts";
import { ignoreRules } from "../../src/permission/ignore-rules.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

/** Whether ignore files, by the folder they stand in, hide a path. */
function isHidden(files: Readonly<Record<string, string>>, path: string, isFolder = false): boolean {
  const folders = Object.keys(files).toSorted((a, b) => a.length - b.length);
  const read = folders
    .filter((it) => it === "" || path.startsWith(`${it}/`))
    .map(
      (it): IgnoreFile => ({
        folder: it === "" ? "/w" : `/w/${it}`,
        rules: ignoreRules(files[it] ?? "", false),
      }),
    );
  return hiddenBy(`/w/${path}`, isFolder, read) !== undefined;
}

describe("an ignore file", () => {
  for (const [what, text, path, expected] of [
    ["a name at any depth", "secret.txt", "a/b/secret.txt", true],
    ["a path from its folder", "/a/secret.txt", "a/secret.txt", true],
    ["no path further down, anchored", "/secret.txt", "a/secret.txt", false],
    ["all below a folder", "private/", "private/a/b.ts", true],
    ["no file that is called as a folder", "private/", "a/private", false],
    ["what a later line lets in again, not", "*.pem\n!public.pem", "public.pem", false],
    ["what lies in a hidden folder, whatever lets it in", "private/\n!private/a.ts", "private/a.ts", true],
    ["a pattern over folders", "src/**/fixtures", "src/a/b/fixtures/x", true],
    ["such a pattern over none", "src/**/fixtures", "src/fixtures/x", true],
    ["no slash with a star", "a*c", "a/c", false],
    ["a name with a sign before it", "\\#a\n\\!b", "!b", true],
    ["nothing by a comment or an empty line", "# a\n\n   \n", "# a", false],
    ["blanks at the end as none", "a.txt   ", "a.txt", true],
    ["a group of letters", "file[0-9a].txt", "filea.txt", true],
    ["a group that is taken back", "file[!0-9].txt", "file1.txt", false],
  ] as const)
    it(`hides ${what}`, () => assert.equal(isHidden({ "": text }, path), expected));

  it("is overruled by one further down, line for line", () => {
    const files = { "": "*.key\nbuild/", a: "!open.key\n!build/" };
    const paths = ["open.key", "a/open.key", "a/other.key", "build/x", "a/build/x"];
    assert.deepEqual(
      paths.map((it) => isHidden(files, it)),
      [true, false, true, true, false],
    );
  });

  it("hides everything beside and below it when it cannot be read", () => {
    const broken: IgnoreFile = { folder: "/w/a", rules: "broken" };
    assert.match(hiddenBy("/w/a/b/c.ts", false, [broken]) ?? "", /cannot be read/);
  });

  it("takes no time that grows with the number of stars", () => {
    const [rule] = ignoreRules(`${"*a".repeat(200)}b`, false);
    assert.equal(rule?.fits("a".repeat(4_000)), false);
  });
});

describe("ignore files and git", () => {
  let folder: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ folder, remove } = await temporaryFolder());
    execFileSync("git", ["init", "-q"], { cwd: folder });
  });
  after(() => remove());

  const part = fc.constantFrom(
    "a",
    "b",
    "ab",
    "a.b",
    "*",
    "a*",
    "*b",
    "?",
    "[ab]",
    "[!a]",
    "**",
    "\\a",
    "a?b",
    "[a-c]*",
  );
  const pattern = fc
    .tuple(
      fc.constantFrom("", "", "", "!"),
      fc.constantFrom("", "", "/"),
      fc.array(part, { minLength: 1, maxLength: 3 }).map((it) => it.join("/")),
      fc.constantFrom("", "", "/", " "),
    )
    .map((it) => it.join(""));
  const file = fc.array(pattern, { maxLength: 4 }).map((it) => it.join("\n"));
  const name = fc.constantFrom("a", "b", "ab", "a.b", "c", "aab");
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((it) => it.join("/"));

  it("agree on what is hidden", async function () {
    // A process for each run, beside other tests.
    this.timeout(90_000);
    await fc.assert(
      fc.asyncProperty(file, file, fc.array(path, { minLength: 1, maxLength: 20 }), async (top, inA, all) => {
        const paths = all.map((it) => `${it}/end`);
        const files = { "": top, a: inA };
        await rm(join(folder, "a"), { recursive: true, force: true });
        for (const [at, text] of Object.entries(files)) {
          await mkdir(dirname(join(folder, at, "x")), { recursive: true });
          await writeFile(join(folder, at, ".gitignore"), text);
        }
        const asked = { cwd: folder, input: paths.join("\n"), encoding: "utf8" } as const;
        const said = spawnSync("git", ["check-ignore", "--no-index", "--stdin"], asked).stdout.split("\n");
        assert.deepEqual(
          paths.map((it) => [it, isHidden(files, it)]),
          paths.map((it) => [it, said.includes(it)]),
        );
      }),
      { numRuns: 150 },
    );
  });
});
