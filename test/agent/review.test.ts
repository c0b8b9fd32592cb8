import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { call, calls, says } from "../support/scripted-model.ts";
import { all, type Rig, rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";

const PATH = "/p/a.txt";
const BEFORE = "1\n2\n3\n4\n5\n6\n7\n";
const AFTER = "one\n2\n3\nfour\n5\n6\n7\neight\n";

/** A session whose agent has made three places of `BEFORE` into `AFTER`. */
async function changed(): Promise<Rig> {
  const edits = [
    { old_string: "1\n2", new_string: "one\n2" },
    { old_string: "4", new_string: "four" },
    { old_string: "7\n", new_string: "7\neight\n" },
  ];
  const model = [
    calls(call("Read", { file_path: "a.txt" })),
    calls(call("MultiEdit", { file_path: "a.txt", edits })),
    says("ok"),
    says("next"),
  ];
  const it = await rig({ model, world: testWorld({ [PATH]: BEFORE }), mode: "acceptEdits" });
  await it.turn("go");
  assert.equal(textOf(it), AFTER);
  return it;
}

const textOf = (it: Rig, path = PATH) => it.world.files.texts.get(path);

function decide(it: Rig, verdict: "keep" | "undo", hunk: number, path = PATH) {
  const step = it.session.state().changed.find((file) => file.path === path)?.steps[0];
  return it.send({ type: "review", verdict, path, before: step?.before, after: step?.after, hunk });
}

describe("a decision on one place of a change", () => {
  const cases = [
    { title: "undoing the middle", deeds: [["undo", 1]], text: "one\n2\n3\n4\n5\n6\n7\neight\n", open: 1 },
    { title: "keeping the middle", deeds: [["keep", 1]], text: AFTER, open: 1 },
    {
      title: "undoing all, one by one",
      deeds: [
        ["undo", 2],
        ["undo", 0],
        ["undo", 0],
      ],
      text: BEFORE,
      open: 0,
    },
    {
      title: "keeping the first, undoing the rest",
      deeds: [
        ["keep", 0],
        ["undo", 0],
        ["undo", 0],
      ],
      text: "one\n2\n3\n4\n5\n6\n7\n",
      open: 0,
    },
  ] as const;
  for (const { title, deeds, text, open } of cases) {
    it(`leaves the kept ones: ${title}`, async () => {
      const it = await changed();
      for (const [verdict, hunk] of deeds) assert.equal((await decide(it, verdict, hunk)).kind, "taken");
      assert.equal(textOf(it), text);
      assert.equal(it.session.state().changed.length, open);
    });
  }

  it("leaves a change of the whole file to take back only what is still open", async () => {
    const it = await changed();
    await decide(it, "keep", 1);
    await it.send({ type: "undo" });
    assert.equal(textOf(it), BEFORE.replace("4", "four"));
  });

  it("keeps what the person typed meanwhile", async () => {
    const it = await changed();
    it.world.files.texts.set(PATH, AFTER.replace("5\n", "5\nmine\n"));
    await decide(it, "undo", 0);
    await decide(it, "undo", 1);
    assert.equal(textOf(it), "1\n2\n3\nfour\n5\nmine\n6\n7\n");
  });

  for (const [what, act] of [
    ["one place", (it: Rig) => decide(it, "undo", 0)],
    ["all of it", (it: Rig) => it.send({ type: "undo" })],
  ] as const)
    it(`knows how the editor formatted the file when ${what} was taken back: a rewind finds no edit of the person`, async () => {
      const it = await changed();
      const { write } = it.world.files;
      const { files } = it.world;
      // An editor that ends each file with a blank line when it saves it.
      const formatting = async (...given: Parameters<typeof write>) => {
        const outcome = await write(...given);
        const text = `${textOf(it)}\n`;
        files.texts.set(PATH, text);
        return outcome.kind === "written" ? { ...outcome, formatted: [{ path: PATH, text }] } : outcome;
      };
      Object.assign(files, { write: formatting });
      assert.equal((await act(it)).kind, "taken");
      const { n } = it.events.find((event) => event.type === "asked") ?? { n: 0 };
      const preview = await it.session.previewRewind(n, new AbortController().signal);
      assert.deepEqual(typeof preview === "string" ? preview : preview.files.map((file) => file.edited), [
        false,
      ]);
    });

  it("changes nothing and says so where the person typed into that very place", async () => {
    const it = await changed();
    it.world.files.texts.set(PATH, AFTER.replace("four", "mine"));
    const sent = await decide(it, "undo", 1);
    assert.match(sent.kind === "refused" ? sent.reason : "", /changed since in this very place/);
    assert.equal(textOf(it), AFTER.replace("four", "mine"));
  });

  it("tells the model which part was taken back, and nothing of what was kept", async () => {
    const it = await changed();
    await decide(it, "keep", 0);
    await decide(it, "undo", 0);
    const notes = all(it.events, "noted").map((event) => event.text);
    assert.equal(notes.length, 1);
    assert.match(notes[0] ?? "", /took back this part[\s\S]*-four\n\+4/);
  });

  it("is recorded for good when the file was written and the program died before it could say so", async () => {
    const it = await changed();
    it.world.files.texts.set(PATH, AFTER.replace("four", "4"));
    assert.equal((await decide(it, "undo", 1)).kind, "taken");
    assert.equal(textOf(it), AFTER.replace("four", "4"));
  });

  it("finds the place that was meant when another was decided on meanwhile, and none that was itself", async () => {
    const it = await changed();
    const step = it.session.state().changed[0]?.steps[0];
    const named = { type: "review", path: PATH, before: step?.before, after: step?.after } as const;
    await it.send({ ...named, verdict: "undo", hunk: 0 });
    assert.equal((await it.send({ ...named, verdict: "undo", hunk: 0 })).kind, "refused");
    assert.equal((await it.send({ ...named, verdict: "undo", hunk: 2 })).kind, "taken");
    assert.equal(textOf(it), "1\n2\n3\nfour\n5\n6\n7\n");
  });

  it("removes a file that was made and of which nothing is left", async () => {
    const model = [calls(call("Write", { file_path: "new.txt", content: "new\n" })), says("ok")];
    const it = await rig({ model, world: testWorld({}), mode: "acceptEdits" });
    await it.turn("go");
    assert.equal((await decide(it, "undo", 0, "/p/new.txt")).kind, "taken");
    assert.equal(textOf(it, "/p/new.txt"), undefined);
    assert.deepEqual(it.session.state().changed, []);
  });
});
