import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "mocha";
import { screened } from "../../src/agent/screened.ts";
import { type Veil, veil } from "../../src/agent/veil.ts";
import { veiled } from "../../src/agent/veiled.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { outside } from "../../src/text/outside.ts";
import { never } from "../contract/temporary-folder.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { all, answerTo, rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";
import { type Project, project } from "./tools/project.ts";

const FILES = {
  "/p/.wheelhouseignore": "private/\n*.key\n",
  "/p/private/plan.ts": "export const plan = 1;\n",
  "/p/a.key": "x\n",
  "/p/open.ts": "export const open = 1;\n",
};

/** How a call of a tool ends in a session over these files, and with what content. */
async function ended(tool: string, input: JsonObject, policy = {}) {
  const world = testWorld(FILES);
  const model = [calls(call(tool, input)), says("ok")];
  const { turn, log } = await rig({ model, world, mode: "acceptEdits", attended: false, policy });
  await turn("go");
  return { ...answerTo(log.events, tool), world };
}

describe("what an ignore file hides", () => {
  for (const [tool, input] of [
    ["Read", { file_path: "private/plan.ts" }],
    ["Read", { file_path: "/p/x/../a.key" }],
    ["Edit", { file_path: "private/plan.ts", old_string: "1", new_string: "2" }],
    ["Write", { file_path: "private/new.ts", content: "x" }],
    ["Write", { file_path: "new.key", content: "x" }],
    ["Glob", { pattern: "*", path: "private" }],
    ["Grep", { pattern: "plan", path: "private/plan.ts" }],
    ["Symbols", { path: "private/plan.ts" }],
    ["References", { path: "private/plan.ts", name: "plan" }],
    ["Symbols", { path: "private", name: "plan" }],
    ["RepoMap", { path: "private" }],
    ["Bash", { command: "cat private/plan.ts" }],
    ["Bash", { command: "echo $(cat a.key)" }],
    ["Bash", { command: "git show HEAD:private/plan.ts" }],
  ] as const)
    it(`is denied to ${tool} with ${JSON.stringify(input)}`, async () => {
      const { end, content, world } = await ended(tool, input);
      assert.equal(end, "denied");
      assert.match(String(content), /hidden from every tool by .*\.wheelhouseignore, line [12]/);
      assert.deepEqual([...world.files.texts], Object.entries(FILES));
    });

  it("is denied in a folder that is not trusted, too", async () => {
    assert.equal((await ended("Read", { file_path: "a.key" }, { trusted: false })).end, "denied");
  });

  it("leaves the rest as it is", async () => {
    assert.equal((await ended("Read", { file_path: "open.ts" })).end, "done");
  });

  it("is asked about when the file itself is to be changed", async () => {
    const { end, content } = await ended("Write", { file_path: "sub/.wheelhouseignore", content: "x" });
    assert.equal(end, "denied");
    assert.match(String(content), /nobody is here to give/);
  });

  it("does not go along with a message, named or selected", async () => {
    const { send, session, log } = await rig({ model: says("ok"), world: testWorld(FILES) });
    const selection = { kind: "selection", path: "/p/a.key", from: 1, to: 1, text: "x" } as const;
    await send({ type: "ask", text: "see @private/plan.ts and @open.ts", attachments: [selection] });
    await session.rested();
    const [asked] = all(log.events, "asked");
    assert.deepEqual(
      asked?.attachments.map((it) => it.kind === "file" && it.path),
      ["/p/open.ts"],
    );
    assert.match(all(log.events, "warned")[0]?.text ?? "", /a\.key/);
  });
});

describe("tools over real files of which some are hidden", () => {
  let it_: Project;
  let over: Veil;
  before(async () => {
    it_ = await project({
      ".wheelhouseignore": "private/\n",
      "private/plan.ts": "export const plan = 1;\nexport const open = 2;\n",
      "sub/.wheelhouseignore": "secret*\n",
      "sub/secret.ts": "export const hidden = 1;\n",
      "sub/open.ts": "export const open = 1;\n",
    });
    await symlink(join(it_.folder, "private"), join(it_.folder, "sub", "link"));
    const setup = {
      files: nodeFiles(),
      search: it_.abilities.search,
      roots: () => [it_.folder],
      platform: "linux",
      now: Date.now,
    };
    over = veil(setup);
    const live = { outside: outside(), veil: over, freshen: async () => undefined };
    const files = veiled(it_.abilities.files, over);
    // Only what a session's guards are made of is looked at.
    Object.assign(it_.abilities, screened(live as never, { ...it_.abilities, files }));
  });
  after(() => it_.done());

  for (const [tool, input] of [
    ["Glob", { pattern: "**/*.ts" }],
    ["Grep", { pattern: "export" }],
    ["Symbols", { path: "." }],
    ["References", { name: "open" }],
    ["Symbols", { path: ".", name: "open" }],
    ["Read", { file_path: "sub" }],
  ] as const)
    it(`${tool} tells of the open ones only`, async () => {
      const text = await it_.text(tool, input);
      assert.match(text, /open\.ts/);
      assert.doesNotMatch(text, /plan|secret|hidden/);
    });

  it("a search is spared what can be said to it beforehand", async () => {
    assert.deepEqual(await over.globs(it_.folder), ["private/"]);
    assert.deepEqual(await over.globs(join(it_.folder, "sub")), ["private/", "secret*"]);
  });

  it("a name near a hidden one is not told", async () => {
    assert.doesNotMatch(await it_.text("Read", { file_path: "sub/secre.ts" }), /secret\.ts/);
  });

  it("what reads all below a folder may come upon what a file deeper in it hides", async () => {
    const setup = { files: nodeFiles(), search: it_.abilities.search, platform: "linux", now: Date.now };
    const deep = await project({
      "a/b/.wheelhouseignore": "# nothing\n",
      "a/c/.wheelhouseignore": "x\n",
      "a/c/x": "",
    });
    const within = async (root: string, folder: string) =>
      (await veil({ ...setup, roots: () => [join(deep.folder, root)] }).over([], [folder])).within.get(
        folder,
      );
    const found = join(deep.folder, "a/c/.wheelhouseignore");
    assert.equal(await within("", deep.folder), found);
    assert.equal(await within("a", deep.folder), found, "as far as it is of the workspace");
    assert.equal(await within("", join(deep.folder, "a/b")), undefined, "none of its files hides anything");
    assert.equal(await within("a/b", deep.folder), undefined, "it is no part of the workspace");
    await deep.done();
  });

  it("a file that is written anew holds from then on", async () => {
    const path = join(it_.folder, "later", "x.txt");
    await mkdir(dirname(path));
    await writeFile(path, "x");
    let time = 0;
    const later = veil({
      files: nodeFiles(),
      search: it_.abilities.search,
      roots: () => [it_.folder],
      platform: "linux",
      now: () => (time += 1_000),
    });
    assert.equal((await later.over([path])).paths.size, 0);
    await writeFile(join(it_.folder, "later", ".wheelhouseignore"), "*.txt");
    assert.equal((await later.over([path])).paths.size, 1);
    assert.equal((await veiled(nodeFiles(), later).read(path, never())).kind, "absent");
  });
});

describe("a search through keys", () => {
  const body = Array.from(
    { length: 20 },
    (_, index) => `${"Ab1+".repeat(15)}${String(index).padStart(4, "0")}`,
  );
  const last = "qX3+Zz09Lk8Pq7A=";
  const key = ["-----BEGIN PRIVATE KEY-----", ...body, last, "-----END PRIVATE KEY-----", ""].join("\n");
  let it_: Project;
  before(async () => {
    it_ = await project(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`k${at}.txt`, key])));
    const over = veil({
      files: nodeFiles(),
      search: it_.abilities.search,
      roots: () => [it_.folder],
      platform: "linux",
      now: Date.now,
    });
    const live = { outside: outside(), veil: over, freshen: async () => undefined };
    // Only what a session's guards are made of is looked at.
    Object.assign(it_.abilities, screened(live as never, it_.abilities));
  });
  after(() => it_.done());

  for (const [what, pattern] of [
    ["a line in the middle", "^Ab1.*0007"],
    ["the short last line", "^qX3"],
  ] as const)
    it(`shows nothing of ${what}, in however many files`, async () => {
      const text = await it_.text("Grep", { pattern, output_mode: "content", head_limit: 1_000 });
      assert.equal(text.match(/masked: private key|may be part of a key/g)?.length, 60);
      assert.doesNotMatch(text, /Ab1\+Ab1|Zz09/);
    });
});
