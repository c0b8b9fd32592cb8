import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Project, project } from "./project.ts";

describe("RepoMap", () => {
  let made: Project;
  before(async () => {
    made = await project({
      "lib/core.ts": "export function parseDocument() {}\nexport function unusedThing() {}\n",
      "lib/rare.ts": "export function rareHelper() {}\n",
      "lib/user.ts": 'import { parseDocument } from "./core.ts";\nparseDocument();\n',
      "lib/more.ts": 'import { parseDocument } from "./core.ts";\n',
      "lib/one.ts": 'import { rareHelper } from "./rare.ts";\n',
      "lib/.env.ts": "export function parseDocument2() {}\n",
      "notes.md": "parseDocument\n",
    });
  });
  after(() => made.done());

  it("tells what the rest builds on, the most important first", async () => {
    assert.equal(
      await made.text("RepoMap", { path: "lib" }),
      [
        "lib/core.ts",
        "  function parseDocument 1",
        "lib/rare.ts",
        "  function rareHelper 1",
        "(Of 4 declarations in 6 files, those on which most builds.)",
      ].join("\n"),
    );
  });

  it("turns to what files in focus use", async () => {
    const text = await made.text("RepoMap", { focus: ["lib/one.ts"] });
    assert.match(text, /^lib\/rare\.ts\n/);
  });

  it("tells where there is nothing to tell", async () => {
    assert.match(await made.text("RepoMap", { path: "nowhere" }), /^No file below "nowhere"/);
  });
});
