import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { tools } from "../../../src/agent/tools/all.ts";

describe("the tools as models see them", () => {
  it("take less than 3,000 tokens, at four characters each", () => {
    const specs = tools.map(({ name, description, input }) => ({ name, description, input_schema: input }));
    assert.ok(JSON.stringify(specs).length < 12_000);
  });

  it("have different names, a description and an object as input", () => {
    assert.equal(new Set(tools.map((it) => it.name)).size, tools.length);
    assert.ok(tools.every((it) => it.description !== "" && it.input.type === "object"));
  });

  it("hand on absolute paths", () => {
    const input = { file_path: "../x", path: "../x", paths: ["../x"], pattern: "*", edits: [] };
    const reaches = tools.map((it) => it.reach(input, "/w/p"));
    const paths = reaches.flatMap((it) => (it.kind === "read" || it.kind === "edit" ? it.paths : []));
    assert.deepEqual([new Set(paths), paths.length], [new Set(["/w/x"]), 11]);
  });
});
