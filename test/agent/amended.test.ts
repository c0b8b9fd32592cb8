import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { amended } from "../../src/agent/amended.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { all, answerTo, rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";

const FORM = { encoding: "utf8", bom: false };
const A = { path: "/p/a", before: "1\n2\n", after: "one\ntwo\n", form: FORM };
const NEW = { path: "/p/new", before: undefined, after: "new\n", form: FORM };
const GONE = { path: "/p/gone", before: "old\n", after: undefined, form: FORM };

describe("a proposed change that the person wrote over", () => {
  const told = (text: string) => text;

  it("becomes what they wrote, and the model is told the difference", () => {
    const { changes, notes } = amended([A, NEW], [{ path: "/p/a", text: "one\n2\n" }], told);
    assert.deepEqual(changes, [{ ...A, after: "one\n2\n" }, NEW]);
    assert.match(notes.join(), /person edited your change to \/p\/a.*-two\n\+2/s);
  });

  for (const [what, edited] of [
    ["was not touched", []],
    ["was typed into and back", [{ path: "/p/a", text: "one\ntwo\n" }]],
    ["was not proposed", [{ path: "/p/else", text: "x" }]],
    ["is to be removed", [{ path: "/p/gone", text: "kept?" }]],
  ] as const)
    it(`is as it was when the file ${what}`, () =>
      assert.deepEqual(amended([A, GONE], edited, told), { changes: [A, GONE], notes: [] }));

  for (const [what, change, text] of [
    ["a change that was taken back whole", A, "1\n2\n"],
    ["a new file that was emptied", NEW, ""],
  ] as const)
    it(`is not made: ${what}`, () => {
      const { changes, notes } = amended([change, GONE], [{ path: change.path, text }], told);
      assert.deepEqual(changes, [GONE]);
      assert.match(notes.join(), /took all of your change to/);
    });

  it("is written so, and the answer to the call tells the model", async () => {
    const world = testWorld({ "/p/a.txt": "one\ntwo\n" });
    const read = call("Read", { file_path: "a.txt" });
    const edit = call("Edit", { file_path: "a.txt", old_string: "one\ntwo", new_string: "1\n2" });
    const it = await rig({ model: [calls(read), calls(edit), says("ok")], world });
    await it.ask("go");
    await it.until((event) => event.type === "questioned");
    const { question = "", call: asked = "" } = it.session.state().questions[0] ?? {};
    assert.deepEqual(
      it.session.proposal(asked)?.map(({ path, after }) => [path, after]),
      [["/p/a.txt", "1\n2\n"]],
    );
    const edited = [{ path: "/p/a.txt", text: "1\ntwo!\n" }];
    await it.send({ type: "reply", question, reply: { kind: "allow" }, edited });
    await it.session.rested();
    assert.equal(world.files.texts.get("/p/a.txt"), "1\ntwo!\n");
    assert.match(String(answerTo(it.events, "Edit")?.content), /The person edited your change.*-2\n\+two!/s);
    assert.deepEqual(
      all(it.events, "replied").map((event) => event.reply),
      [{ kind: "allow" }],
    );
    assert.equal(it.session.proposal(asked), undefined);
  });
});
