import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { after, before, describe, it } from "mocha";
import { CLI, type Place, place } from "./wheelhouse.ts";

const FILES = {
  "a.ts": "export function total(list: number[]) {\n  return list.length * 2;\n}\n",
  "b.ts": 'import { total } from "./a";\nconsole.log(total([1]));\n',
  "hidden.ts": "export function secret() {}\n",
  ".wheelhouseignore": "hidden.ts\n",
  ".env": "KEY=blue-harbour-4711-lantern\n",
  "d.ts": 'export const where = "blue-harbour-4711-lantern";\n',
};

let here: Place;
before(async () => {
  here = await place(FILES);
});
after(() => here.remove());

/** A client as other agents are one, connected to the command. */
async function connected(era: "legacy" | "modern", ...flags: readonly string[]): Promise<Client> {
  const mode = era === "legacy" ? "legacy" : { pin: "2026-07-28" };
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
  const env = { PATH: process.env["PATH"] ?? "", HOME: here.home, WHEELHOUSE_HOME: here.home };
  const args = ["--no-warnings", CLI, "mcp", ...flags];
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, env, cwd: here.project, stderr: "inherit" }),
  );
  return client;
}

async function call(client: Client, name: string, given: Record<string, unknown>) {
  const { content, isError } = await client.callTool({ name, arguments: given });
  const [first] = content;
  return { text: first?.type === "text" ? first.text : "", isError: isError === true };
}

const MOVE = { id: "move-symbol", file_path: "a.ts", selection: "1:17" };
const RENAME = { id: "rename", file_path: "a.ts", selection: "1:17", new_name: "sum" };

for (const era of ["legacy", "modern"] as const)
  describe(`wheelhouse mcp, to a ${era} client`, () => {
    let client: Client;
    before(async () => {
      client = await connected(era);
    });
    after(() => client.close());

    it("has its tools, with what they take", async () => {
      const { tools } = await client.listTools();
      assert.deepEqual(
        tools.map((it) => [it.name, it.annotations?.readOnlyHint, it.inputSchema.required]),
        [
          ["Refactor", false, ["id", "file_path", "selection"]],
          ["Symbols", true, ["path"]],
          ["References", true, undefined],
          ["RepoMap", true, undefined],
        ],
      );
    });

    it("lists what a folder declares, but for what is hidden", async () => {
      const { text, isError } = await call(client, "Symbols", { path: "." });
      assert.match(text, /a\.ts\n.*total/);
      assert.doesNotMatch(text, /secret|hidden/);
      assert.equal(isError, false);
    });

    it("finds where a name stands, but in what is hidden", async () => {
      const { text, isError } = await call(client, "References", { name: "total" });
      assert.match(text, /a\.ts\n.*declaration.*total[\s\S]*b\.ts\n.*import/);
      assert.doesNotMatch(text, /secret|hidden/);
      assert.equal(isError, false);
    });

    it("finds declarations by name and maps, but for what is hidden", async () => {
      const found = await call(client, "Symbols", { path: ".", name: "total" });
      assert.match(found.text, /^a\.ts:\d+-\d+ \w+ total/);
      const map = await call(client, "RepoMap", {});
      assert.match(map.text, /^a\.ts\n +\w+ total/);
      assert.doesNotMatch(found.text + map.text, /secret|hidden/);
    });

    it("shows what a refactoring would change in all files, and writes nothing", async () => {
      const { text } = await call(client, "Refactor", { ...RENAME, preview: true });
      assert.match(text, /^These changes can be made:[\s\S]*\+export function sum[\s\S]*\+import \{ sum \}/);
      assert.equal(await readFile(join(here.project, "a.ts"), "utf8"), FILES["a.ts"]);
    });

    it("masks the values of .env files in what it shows", async () => {
      const given = { id: "rename", file_path: "d.ts", selection: "1:14", new_name: "here", preview: true };
      const { text } = await call(client, "Refactor", given);
      assert.match(text, /\+export const here = "\[masked: /);
      assert.doesNotMatch(text, /harbour/);
    });

    for (const [what, name, given, expected] of [
      ["an unknown refactoring", "Refactor", { ...RENAME, id: "polish" }, /no refactoring "polish"/],
      [
        "what cannot be done",
        "Refactor",
        { ...RENAME, new_name: "class" },
        /Nothing was changed \(name\.invalid/,
      ],
      [
        "a selection that is another",
        "Refactor",
        { ...RENAME, selected_text: "sum" },
        /at the selection stands ""/,
      ],
      ["to move outside", "Refactor", { ...MOVE, options: { to: "../x.ts" } }, /outside/],
      ["to move into what is hidden", "Refactor", { ...MOVE, options: { to: "hidden.ts" } }, /hidden/],
      [
        "to move into packages",
        "Refactor",
        { ...MOVE, options: { to: "node_modules/x.ts" } },
        /project's own/,
      ],
      ["to move to no place", "Refactor", { ...MOVE, options: { to: "~/x.ts" } }, /in full/],
      ["a file outside", "Symbols", { path: "../home" }, /outside.*nobody can be/],
      ["a hidden file", "Symbols", { path: "hidden.ts" }, /hidden/],
      ["a name in a hidden file", "References", { path: "hidden.ts", name: "total" }, /hidden/],
      ["a secret", "Symbols", { path: ".env" }, /secret.*nobody can be/i],
      ["a file that is not there", "Symbols", { path: "c.ts" }, /There is no "c.ts"/],
    ] as const)
      it(`refuses ${what} with a reason`, async () => {
        const { text, isError } = await call(client, name, given);
        assert.match(text, expected);
        assert.equal(isError, true);
      });

    it("refuses a call without what it needs", async () => {
      const given = client.callTool({ name: "Refactor", arguments: { id: "rename" } });
      const said = await given.then(
        (it) => JSON.stringify(it),
        (error) => String(error),
      );
      assert.match(said, /file_path/);
    });
  });

describe("wheelhouse mcp", () => {
  it("changes the files, and none that rules protect", async () => {
    await mkdir(join(here.home), { recursive: true });
    const settings = { permissions: { deny: ["Edit(b.ts)"] } };
    await writeFile(join(here.home, "settings.json"), JSON.stringify(settings));
    const denied = await connected("modern");
    const { text } = await call(denied, "Refactor", RENAME);
    await denied.close();
    assert.match(text, /The rule Edit\(b\.ts\) forbids/);
    assert.equal(await readFile(join(here.project, "a.ts"), "utf8"), FILES["a.ts"]);
    await writeFile(join(here.home, "settings.json"), "{}");
    const allowed = await connected("modern");
    const done = await call(allowed, "Refactor", RENAME);
    await allowed.close();
    assert.match(done.text, /^These changes were made:/);
    assert.match(await readFile(join(here.project, "b.ts"), "utf8"), /import \{ sum \}[\s\S]*sum\(\[1\]\)/);
  });

  it("only shows changes when it is read-only", async () => {
    const client = await connected("legacy", "--read-only");
    const before = await readFile(join(here.project, "a.ts"), "utf8");
    const { text } = await call(client, "Refactor", { ...RENAME, new_name: "all" });
    await client.close();
    assert.match(text, /^These changes can be made:/);
    assert.equal(await readFile(join(here.project, "a.ts"), "utf8"), before);
  });

  it("ends when the client goes away, and says nothing else", async () => {
    const child = here.start(["mcp"]);
    let out = "";
    child.stdout.on("data", (it) => (out += it));
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.stdin.end();
    assert.equal(await ended, 0);
    assert.equal(out, "");
  });

  it("knows its flags", async () => {
    assert.deepEqual((await here.run(["mcp", "--port", "1"])).code, 2);
    assert.match((await here.run(["mcp", "--help"])).out, /--read-only/);
  });
});
