import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { messagesOf, openCalls } from "../../src/agent/conversation.ts";
import { learn, memoryOf, NO_MEMORY } from "../../src/agent/memory.ts";
import { cutOff } from "../../src/agent/recover.ts";
import { keepImages } from "../../src/journal/images.ts";
import { aftermathOf } from "../../src/journal/recover.ts";
import { UTF8 } from "../../src/text/encoding.ts";
import { call, calls, hangs, says } from "../support/scripted-model.ts";
import { all, answerTo, type Rig, type RigOptions, rig } from "../support/session.ts";
import { testBlobs, testFiles, testWorld } from "../support/world.ts";

const FILES = { "/p/a.txt": "one\n" };
const READ = call("Read", { file_path: "a.txt" });
const EDIT = call("Edit", { file_path: "a.txt", old_string: "one", new_string: "1" });
const BASH = call("Bash", { command: "deploy" });

/** A session that was killed at the first event of that type. */
async function killedAt(type: string, options: RigOptions = {}): Promise<Rig> {
  const never = () => new Promise<never>(() => undefined);
  const world = testWorld(FILES, { commands: never });
  world.files.write = never;
  const model = [calls(READ), calls(EDIT, BASH), says("ok"), says("ok")];
  const it = await rig({ model, world, mode: "acceptEdits", ...options });
  await it.ask("go");
  await it.until((event) => event.type === type);
  return it;
}

async function takenUp(dead: Rig, texts: Readonly<Record<string, string>> = FILES): Promise<Rig> {
  const world = testWorld(texts);
  const it = await dead.again({ world });
  assert.equal(it.session.state().status, "resting");
  return it;
}

describe("a session that died while changes were taken back", () => {
  /** Two files that one edit changed; the session dies when it has taken back the first of them. */
  async function diedHalfway(): Promise<Rig> {
    const edits = ["a.txt", "b.txt"].map((it) =>
      call("Edit", { file_path: it, old_string: "one", new_string: "two" }, it),
    );
    const reads = ["a.txt", "b.txt"].map((it) => call("Read", { file_path: it }, `r${it}`));
    const world = testWorld({ "/p/a.txt": "one", "/p/b.txt": "one" });
    const it = await rig({
      world,
      mode: "acceptEdits",
      model: [calls(...reads), calls(...edits), says("ok")],
    });
    await it.turn("go");
    assert.equal(it.world.files.texts.get("/p/b.txt"), "two");
    world.files.write = () => new Promise<never>(() => undefined);
    void it.send({ type: "undo" });
    await it.until((event) => event.type === "undoing");
    return it;
  }

  for (const [what, a, b, after, open] of [
    ["half was done puts it back", "one", "two", "two", 2],
    ["nothing was done says so", "two", "two", "two", 2],
    ["all was done records it", "one", "one", "one", 0],
  ] as const)
    it(`and ${what}`, async () => {
      const it = await (await diedHalfway()).again({ world: testWorld({ "/p/a.txt": a, "/p/b.txt": b }) });
      const { texts } = it.world.files;
      assert.deepEqual([texts.get("/p/a.txt"), texts.get("/p/b.txt")], [after, after]);
      assert.equal(it.session.state().changed.length, open);
      assert.equal(it.session.memory().undoing, undefined);
    });
});

describe("a session that died while one place of a change was taken back", () => {
  for (const [what, text, open] of [
    ["nothing was done says so, and the place is still open", "1\n2\n3\n4\nfive\nsix\n", 1],
    ["it was done records it", "one\n2\n3\n4\nfive\nsix\n", 0],
  ] as const)
    it(`and ${what}`, async () => {
      const edit = call("Edit", { file_path: "a.txt", old_string: "one", new_string: "1" });
      const world = testWorld({ "/p/a.txt": "one\n2\n3\n4\nfive\nsix\n" });
      const dead = await rig({ world, mode: "acceptEdits", model: [calls(READ), calls(edit), says("ok")] });
      await dead.turn("go");
      const [step] = dead.session.state().changed[0]?.steps ?? [];
      world.files.write = () => new Promise<never>(() => undefined);
      void dead.send({
        type: "review",
        path: "/p/a.txt",
        before: step?.before,
        after: step?.after,
        hunk: 0,
        verdict: "undo",
      });
      await dead.until((event) => event.type === "undoing");
      const it = await dead.again({ world: testWorld({ "/p/a.txt": text }) });
      assert.equal(it.session.state().changed.length, open);
      assert.equal(it.session.memory().undoing, undefined);
      assert.equal(it.world.files.texts.get("/p/a.txt"), text);
      const ends = it.events
        .map((event) => event.type)
        .filter((type) => /^(reviewed|not-undone)$/.test(type));
      assert.deepEqual(ends, [open === 0 ? "reviewed" : "not-undone"]);
    });
});

describe("a session that died", () => {
  it("while the model spoke keeps what was shown, and the model knows it", async () => {
    const it = await takenUp(await killedAt("streamed", { model: [hangs("half an answer"), says("ok")] }));
    assert.match(JSON.stringify(messagesOf(it.session.memory().conversation)), /half an answer/);
    const texts = it.session.state().rows.filter((row) => row.kind === "text");
    assert.deepEqual(
      texts.map((row) => row.kind === "text" && [row.text, row.interrupted]),
      [["half an answer", true]],
    );
  });

  it("while a command ran says that it may have run, and does not run it again", async () => {
    const options = {
      model: [calls(BASH), says("ok")],
      mode: "bypassPermissions",
      policy: { bypassAllowed: true },
    } as const;
    const it = await takenUp(await killedAt("began", options));
    assert.equal(answerTo(it.log.events, "Bash")?.end, "unknown");
    await it.send({ type: "retry" });
    await it.session.rested();
    assert.deepEqual(it.world.ran, []);
    assert.equal(all(it.events, "rested").at(-1)?.reason, "done");
  });

  it("offers to go on, which a turn that the person stopped does not", async () => {
    const it = await takenUp(await killedAt("requested", { model: [hangs(), says("ok")] }));
    const last = it.session.state().rows.at(-1);
    assert.match(last?.kind === "notice" && last.retry ? last.text : "", /was closed .*Choose Retry/);
    assert.equal((await it.send({ type: "retry" })).kind, "taken");
    await it.session.rested();
    assert.equal(it.session.state().lastRest, "done");
    const stopped = await rig({ model: [hangs()] });
    await stopped.ask("go");
    await stopped.until((event) => event.type === "requested");
    await stopped.send({ type: "stop" });
    await stopped.session.rested();
    const end = stopped.session.state().rows.at(-1);
    assert.deepEqual(end?.kind === "notice" && [end.text, end.retry], ["Stopped.", false]);
  });

  it("offers it too when it was closed in good order", async () => {
    const first = await rig({ model: [hangs(), says("ok")] });
    await first.ask("go");
    await first.until((event) => event.type === "requested");
    await first.session.close();
    const it = await first.again();
    const last = it.session.state().rows.at(-1);
    assert.deepEqual(last?.kind === "notice" && last.retry, true);
    assert.equal((await it.send({ type: "retry" })).kind, "taken");
    await it.session.rested();
    assert.equal(it.session.state().lastRest, "done");
  });

  it("at a question closes it and answers its call", async () => {
    const it = await takenUp(await killedAt("questioned", { mode: "default" }));
    assert.deepEqual(it.session.state().questions, []);
    assert.equal(answerTo(it.log.events, "Edit")?.end, "interrupted");
  });

  for (const [what, text, end, after] of [
    ["before it wrote", "one\n", "interrupted", "one\n"],
    ["after it wrote", "1\n", "done", "1\n"],
    ["and somebody changed the file since", "mine\n", "unknown", "mine\n"],
  ] as const) {
    it(`in an edit, ${what}, leaves the file as it is and says ${end}`, async () => {
      const it = await takenUp(await killedAt("began"), { "/p/a.txt": text });
      assert.equal(answerTo(it.log.events, "Edit")?.end, end);
      assert.equal(it.world.files.texts.get("/p/a.txt"), after);
      assert.equal(it.session.state().changed.length, end === "done" ? 1 : 0);
    });
  }

  it("answers every call of its last answer, also those it had not come to", async () => {
    const it = await takenUp(await killedAt("began"));
    await it.send({ type: "retry" });
    await it.session.rested();
    const results = it.asked
      .at(-1)
      ?.messages.at(-1)
      ?.content.map((block) => block.type);
    assert.deepEqual(results, ["tool_result", "tool_result"]);
  });

  it("goes on with the same prefix it had", async () => {
    const dead = await killedAt("began");
    const it = await takenUp(dead);
    await it.turn("now this");
    const [before, after] = [it.asked.at(-2), it.asked.at(-1)];
    assert.equal(after?.system, before?.system);
    assert.deepEqual(after?.messages.slice(0, before?.messages.length), before?.messages);
  });

  it("keeps its queue", async () => {
    const dead = await killedAt("requested", { model: [hangs(), says("ok")] });
    await dead.ask("later", "rest");
    const it = await takenUp(dead);
    assert.deepEqual(
      it.session.state().queue.map((message) => message.text),
      ["later"],
    );
  });

  it("may die again while it is taken up, and is settled once", async () => {
    const dead = await killedAt("began");
    const once = await takenUp(await takenUp(dead));
    assert.equal(all(once.log.events, "answered").filter((event) => event.end === "interrupted").length, 2);
    assert.equal(all(once.log.events, "rested").length, 1);
  });
});

describe("an edit of several files that was cut short", () => {
  const changes = ["a", "b", "c"].map((name) => ({
    path: `/p/${name}`,
    before: "old",
    after: `new ${name}`,
    form: UTF8,
  }));

  async function judged(texts: Readonly<Record<string, string>>) {
    const blobs = testBlobs();
    const files = testFiles(texts);
    const begun = await keepImages(changes, blobs);
    return { files, aftermath: await aftermathOf(begun, files, blobs, new AbortController().signal) };
  }

  it("is put back when some files were written", async () => {
    const { files, aftermath } = await judged({ "/p/a": "new a", "/p/b": "old", "/p/c": "old" });
    assert.ok(aftermath.kind === "half");
    await files.write(aftermath.changes, new AbortController().signal);
    assert.deepEqual([...files.texts.values()], ["old", "old", "old"]);
  });

  it("is left alone when a file is neither what it was nor what it was to be", async () => {
    const { aftermath } = await judged({ "/p/a": "new a", "/p/b": "mine", "/p/c": "old" });
    assert.deepEqual(aftermath.kind === "foreign" && aftermath.paths, ["/p/b"]);
  });

  it("is whole when all were written, and untouched when none was", async () => {
    assert.equal(
      (await judged({ "/p/a": "new a", "/p/b": "new b", "/p/c": "new c" })).aftermath.kind,
      "whole",
    );
    assert.equal((await judged({ "/p/a": "old", "/p/b": "old", "/p/c": "old" })).aftermath.kind, "untouched");
  });

  it("cannot be judged without its kept texts", async () => {
    const begun = await keepImages(changes, testBlobs());
    const files = testFiles({ "/p/a": "old" });
    await assert.rejects(aftermathOf(begun, files, testBlobs(), new AbortController().signal), /missing/);
  });
});

describe("a log that is cut off anywhere", () => {
  it("is that of a session at rest, to which nothing outside was done", async () => {
    const it = await rig({
      model: [calls(READ), calls(EDIT, BASH), says("ok"), calls(READ, BASH), says("ok")],
      world: testWorld(FILES),
      mode: "default",
    });
    await it.ask("go");
    await it.until((event) => event.type === "questioned");
    await it.reply({ kind: "allow" });
    await it.until((event) => event.type === "questioned" && event.call.startsWith("call_Bash"));
    await it.reply({ kind: "deny" });
    await it.session.rested();
    for (const n of it.log.events.keys()) {
      const head = it.log.events.slice(0, n + 1);
      const tail = cutOff(head).map((body, at) => ({ n: n + 2 + at, at: 0, ...body }));
      const { state, open, turn, conversation } = [...head, ...tail].reduce(learn, NO_MEMORY);
      assert.deepEqual(
        [state.status, state.questions, open.size, turn],
        ["resting", [], 0, undefined],
        `${n}`,
      );
      assert.deepEqual(openCalls(conversation), []);
      assert.deepEqual(cutOff([...head, ...tail]), []);
    }
  });
});

describe("a log that lost any one event", () => {
  it("is, once it is ended, the same read at once as it was event by event", async () => {
    const it = await takenUp(await killedAt("began"));
    await it.turn("go on");
    for (const lost of it.log.events.keys()) {
      const left = it.log.events.toSpliced(lost, 1);
      const tail = cutOff(left).map((body, at) => ({ n: it.log.events.length + 1 + at, at: 0, ...body }));
      const ended = [...left, ...tail];
      assert.deepEqual(memoryOf(ended), ended.reduce(learn, NO_MEMORY), `without ${lost + 1}`);
    }
  });
});

describe("a half-made edit", () => {
  it("is not put back through a link that leads elsewhere since", async () => {
    const blobs = testBlobs();
    const files = testFiles({ "/p/a": "new", "/p/b": "old" });
    files.resolve = async (path) => (path === "/p/a" ? "/home/me/a" : path);
    const change = (path: string) => ({ path, before: "old", after: "new", form: UTF8 });
    const begun = await keepImages(["/p/a", "/p/b"].map(change), blobs);
    const aftermath = await aftermathOf(begun, files, blobs, new AbortController().signal);
    assert.deepEqual(aftermath.kind === "foreign" && [aftermath.paths, aftermath.changes], [["/p/a"], []]);
  });
});

describe("a log that cannot be written", () => {
  it("refuses a command with a sentence, shows nothing, and goes on when there is room again", async () => {
    const it = await rig({ model: [says("ok")] });
    it.log.full = true;
    const before = it.events.length;
    const sent = await it.ask("go");
    assert.match(sent.kind === "refused" ? sent.reason : "", /could not be recorded: ENOSPC/);
    assert.equal(it.events.length, before);
    it.log.full = false;
    await it.turn("go");
    assert.equal(it.session.state().lastRest, "done");
    assert.deepEqual(
      it.log.events.map((event) => event.n),
      it.log.events.map((_, at) => at + 1),
    );
  });

  it("ends a running turn, tells the person, and Retry goes on", async () => {
    const world = testWorld(FILES, { commands: () => fill() });
    const it = await rig({
      model: [calls(BASH), says("ok")],
      world,
      mode: "bypassPermissions",
      policy: { bypassAllowed: true },
    });
    const fill = async () => {
      it.log.full = true;
      return { output: "deployed" };
    };
    await it.turn("go");
    assert.match(it.complaints.join(), /log could not be written: ENOSPC/);
    assert.equal((await it.send({ type: "retry" })).kind, "refused");
    it.log.full = false;
    assert.equal((await it.send({ type: "retry" })).kind, "taken");
    await it.session.rested();
    assert.equal(answerTo(it.events, "Bash")?.end, "unknown");
    assert.deepEqual([it.session.state().lastRest, world.ran], ["done", ["deploy"]]);
  });

  it("starts no side effect it could not record", async () => {
    const it = await rig({
      model: [calls(BASH), says("ok")],
      mode: "bypassPermissions",
      policy: { bypassAllowed: true },
      emit: (event) => {
        if (event.type === "called") it.log.full = true;
      },
    });
    await it.turn("go");
    assert.deepEqual(it.world.ran, []);
  });

  it("does not stop a screen's failure from being a screen's failure", async () => {
    const it = await rig({
      model: [says("ok")],
      emit: () => {
        throw new Error("the window is gone");
      },
    });
    await it.turn("go");
    assert.equal(it.session.state().lastRest, "done");
    assert.match(it.complaints.join(), /the window is gone/);
  });
});
