import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parsedRules } from "../../src/permission/rules.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { type RigOptions, rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";

const never = new AbortController().signal;

describe("an edit that the model is still writing", () => {
  async function preview(tool: string, raw: string, options: RigOptions = {}) {
    const world = testWorld({ "/p/a.txt": "one\ntwo\n" });
    const it = await rig({
      model: [calls(call("Read", { file_path: "a.txt" })), says("ok")],
      world,
      ...options,
    });
    await it.turn("go");
    const changes = await it.session.preview({ call: "c", tool, raw }, never);
    return changes?.map(({ path, after }) => [path, after]);
  }

  for (const [what, tool, raw, shown] of [
    [
      "what was written of an Edit",
      "Edit",
      '{"file_path":"a.txt","old_string":"one","new_string":"1, u',
      "1, u\ntwo\n",
    ],
    ["what was written of a Write", "Write", '{"file_path":"a.txt","content":"1\\n2', "1\n2"],
    [
      "the edits of a MultiEdit up to the one being written",
      "MultiEdit",
      '{"file_path":"a.txt","edits":[{"old_string":"one","new_string":"1"},{"old_string":"two","new_string":"2',
      "1\n2\n",
    ],
  ] as const)
    it(`shows ${what}`, async () => assert.deepEqual(await preview(tool, raw), [["/p/a.txt", shown]]));

  for (const [what, tool, raw] of [
    ["its path is not whole", "Edit", '{"file_path":"a.t'],
    ["its new text has not begun", "Edit", '{"file_path":"a.txt","old_string":"one'],
    ["it cannot be made", "Edit", '{"file_path":"a.txt","old_string":"three","new_string":"3'],
    ["it is no edit", "Bash", '{"command":"rm a.txt'],
    [
      "its parts would mean something else",
      "Refactor",
      '{"id":"rename","file_path":"a.txt","selection":"1:1',
    ],
    ["there is no such tool", "Fly", '{"file_path":"a.txt"'],
    ["it is no JSON", "Write", "a.txt"],
  ] as const)
    it(`shows nothing while ${what}`, async () => assert.equal(await preview(tool, raw), undefined));

  const rules = parsedRules({ allow: ["Edit(**)"], ask: [], deny: [] }).rules;
  for (const [what, options] of [
    ["accepts edits", { mode: "acceptEdits" }],
    ["allows them by a rule", { policy: { rules } }],
  ] as const)
    it(`shows nothing where the person ${what}, for nobody will be asked`, async () =>
      assert.equal(await preview("Write", '{"file_path":"a.txt","content":"1', options), undefined));
});
