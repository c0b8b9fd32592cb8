import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { addAllowRule, parseLayer, userLayer } from "../../src/node/settings-files.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

let home: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder: home, remove } = await temporaryFolder());
});
afterEach(() => remove());

const settings = (name: string, text: string) => writeFile(join(home, name), text);

describe("settings in YAML", () => {
  it("have words for keys, and others are refused soon, however deep they are", async () => {
    const of = (text: string) => parseLayer(text, "/x/settings.yaml", "person");
    assert.match((await of("? ".repeat(200))).problems[0] ?? "", /key must be a word/);
    assert.deepEqual((await of("permissions:\n  deny: [Bash(x)]")).values, {
      "permissions.deny": ["Bash(x)"],
    });
  });
});

describe("a settings text", () => {
  const problem = async (ending: string, text: string) =>
    (await parseLayer(text, `/x/settings.${ending}`, "folder")).broken?.join() ?? "";

  for (const ending of ["json", "jsonc", "yaml", "yml", "toml"])
    it(`in ${ending} that is longer than is read is refused with a sentence`, async () => {
      const text = `${"}".repeat(40_000)}\n`.repeat(2);
      assert.match(
        await problem(ending, text),
        /^\/x\/settings\.\w+: it has more than 65536 characters.*shorter/,
      );
    });

  for (const [what, text, why] of [
    ["an error", 'effort: "low"\n}}}\n', /line 2: Unexpected/],
    ["a key twice", "a:\n  b: 1\n  c: 2\n  b: 3\n", /line 4: Map keys must be unique/],
    ["a key twice between braces", "{a: 1,\na: 2}", /line 2: Map keys must be unique/],
    [
      "more aliases than anybody needs",
      `a: &a x\nb:\n${"- *a\n".repeat(60)}`,
      /line 53: more than 50 aliases/,
    ],
  ] as const)
    it(`in YAML with ${what} is refused with its line`, async () =>
      assert.match(await problem("yaml", text), why));
});

describe("the person's settings", () => {
  for (const [what, text] of [
    ["cannot be parsed", '{ "permissions": { "deny": ["Read(x)"] '],
    ["are no object", "[1]"],
    ["hold rules that are no list", '{"permissions":{"deny":"Read(x)"}}'],
    ["name no mode there is", '{"permissions":{"defaultMode":"plam"}}'],
  ] as const) {
    it(`that ${what} are told to be broken protection`, async () => {
      await settings("settings.json", text);
      const { broken, problems } = await userLayer(home);
      assert.deepEqual(broken, problems);
      assert.match(broken?.join() ?? "", /settings\.json: ./);
    });
  }

  it("that are wrong elsewhere, or name a permission there is none of, are told without alarm", async () => {
    await settings("settings.json", '{"effort":"huge","permissions":{"denny":[]}}');
    const { broken, problems } = await userLayer(home);
    assert.deepEqual([broken, problems.length], [[], 2]);
  });

  it("that are there and cannot be read are broken protection too", async () => {
    await mkdir(join(home, "settings.json"));
    assert.match(
      (await userLayer(home)).broken?.join() ?? "",
      /settings\.json: cannot be read: it is a folder/,
    );
  });
});

describe("a rule of Allow always", () => {
  for (const [what, text] of [
    ["cannot be parsed", '{"allow":["Bash(a)"'],
    ["is no list of rules", '{"allow":"Bash(a)"}'],
  ] as const) {
    it(`is refused with a sentence when the file ${what}, which stays as it is`, async () => {
      await settings("rules.json", text);
      await assert.rejects(addAllowRule(home, "Bash(b)"), /rules\.json is not as it was written/);
      assert.equal(await readFile(join(home, "rules.json"), "utf8"), text);
      assert.match((await userLayer(home)).problems.join(), /rules\.json is not as it was written/);
    });
  }

  it("is refused when the file cannot be read for another reason than that it is not there", async () => {
    await mkdir(join(home, "rules.json"));
    await assert.rejects(addAllowRule(home, "Bash(b)"), /rules\.json cannot be read: it is a folder/);
  });
});
