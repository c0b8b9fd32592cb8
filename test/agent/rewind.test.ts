import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { learn, memoryOf, NO_MEMORY } from "../../src/agent/memory.ts";
import { rewindPoints } from "../../src/agent/rewind-points.ts";
import type { SessionState } from "../../src/agent/session.ts";
import { step } from "../../src/agent/step.ts";
import { type Act, answers, call, calls, fails, hangs, says } from "../support/scripted-model.ts";
import { all, type Rig, rig } from "../support/session.ts";
import { testFiles, testWorld } from "../support/world.ts";
import { answered as answeredBy, asked, requested, rested, said, started } from "./events.ts";

const write = (path: string, content: string) => call("Write", { file_path: path, content });
const READ = call("Read", { file_path: "a.txt" });
const edit = (from: string, to: string) =>
  call("Edit", { file_path: "a.txt", old_string: from, new_string: to });

/** Two turns: the first makes "one" of a.txt to "two", the second "two" to "three" and makes b.txt; then come `more`. */
async function worked(more: readonly Act[] = []): Promise<Rig> {
  const it = await rig({
    model: [
      calls(READ),
      calls(edit("one", "two")),
      says("First done."),
      calls(edit("two", "three"), write("b.txt", "new\n")),
      says("Second done."),
      ...more,
    ],
    world: testWorld({ "/p/a.txt": "one\n" }),
    mode: "acceptEdits",
  });
  await it.turn("Make it two");
  await it.turn("Make it three");
  return it;
}

/** Number of the event of that message of the conversation, from 1. */
const numberOf = (it: Rig, prompt: number) => rewindPoints(it.session.memory())[prompt - 1]?.n ?? 0;
const BOTH = { files: true, conversation: true } as const;
const FILES = { files: true, conversation: false } as const;
const TALK = { files: false, conversation: true } as const;
const texts = (it: Rig) => Object.fromEntries(it.world.files.texts);
const AT_FIRST = { "/p/a.txt": "one\n" };
const AT_SECOND = { "/p/a.txt": "two\n" };
const AT_END = { "/p/a.txt": "three\n", "/p/b.txt": "new\n" };

async function rewound(it: Rig, prompt: number, what: typeof BOTH | typeof FILES | typeof TALK) {
  const sent = await it.send({ type: "rewind", to: numberOf(it, prompt), ...what });
  assert.deepEqual(sent, { kind: "taken" });
}

describe("Rewind of files", () => {
  for (const [what, prompt, expected] of [
    ["the second message", 2, AT_SECOND],
    ["the first message", 1, AT_FIRST],
  ] as const) {
    it(`makes them what they were before ${what}, and its undo what they were after all`, async () => {
      const it = await worked();
      const before = it.session.state().changed;
      await rewound(it, prompt, FILES);
      assert.deepEqual(texts(it), expected);
      assert.equal(it.session.state().changed.length, prompt - 1);
      assert.deepEqual(await it.send({ type: "takeBackRewind" }), { kind: "taken" });
      assert.deepEqual(texts(it), AT_END);
      assert.deepEqual(
        it.session
          .state()
          .changed.map((file) => file.path)
          .sort(),
        before.map((file) => file.path).sort(),
      );
    });
  }

  it("keeps and names what the person edited since, unless it is chosen", async () => {
    const it = await worked();
    it.world.files.texts.set("/p/a.txt", "three and mine\n");
    await rewound(it, 2, FILES);
    assert.deepEqual(texts(it), { "/p/a.txt": "three and mine\n" });
    assert.deepEqual(all(it.events, "rewound").at(-1)?.left, ["/p/a.txt"]);
    await it.send({ type: "rewind", to: numberOf(it, 2), ...FILES, edited: ["/p/a.txt"] });
    assert.deepEqual(texts(it), AT_SECOND);
    await it.send({ type: "takeBackRewind" });
    assert.deepEqual(texts(it), { "/p/a.txt": "three and mine\n" });
  });

  it("leaves out what the person leaves out", async () => {
    const it = await worked();
    await it.send({ type: "rewind", to: numberOf(it, 1), ...FILES, without: ["/p/b.txt"] });
    assert.deepEqual(texts(it), { ...AT_FIRST, "/p/b.txt": "new\n" });
  });

  it("removes no file that another hand made in the place of one that was undone", async () => {
    const it = await worked();
    await it.send({ type: "undo", paths: ["/p/b.txt"] });
    it.world.files.texts.set("/p/b.txt", "my own\n");
    await it.send({ type: "rewind", to: numberOf(it, 1), ...FILES, edited: ["/p/b.txt"] });
    assert.deepEqual(texts(it), { ...AT_FIRST, "/p/b.txt": "my own\n" });
  });

  it("tells the model, who has to read them again", async () => {
    const it = await worked([calls(edit("one", "1")), says("ok")]);
    await rewound(it, 1, FILES);
    await it.turn("Go on");
    const request = JSON.stringify(it.asked.at(-2)?.messages);
    assert.match(request, /rewound these files .*a\.txt \(changed\), .*b\.txt \(removed\)/);
    assert.match(JSON.stringify(it.asked.at(-1)?.messages.at(-1)), /[Rr]ead/);
    assert.deepEqual(texts(it), AT_FIRST);
  });

  it("writes all or nothing, and says which file stood in the way", async () => {
    const it = await worked();
    it.world.files.broken.add("/p/b.txt");
    const sent = await it.send({ type: "rewind", to: numberOf(it, 1), ...BOTH });
    assert.match(sent.kind === "refused" ? sent.reason : "", /b\.txt: the disk is full/);
    assert.deepEqual(texts(it), AT_END);
    assert.equal(rewindPoints(it.session.memory()).length, 2);
  });

  it("has nothing to do where nothing differs", async () => {
    const it = await worked();
    await rewound(it, 2, FILES);
    const sent = await it.send({ type: "rewind", to: numberOf(it, 2), ...FILES });
    assert.match(sent.kind === "refused" ? sent.reason : "", /no file differs/);
  });

  it("is shown before: what would change, vanish and stay, and nothing is written for that", async () => {
    const it = await worked();
    it.world.files.texts.set("/p/a.txt", "mine\n");
    const preview = await it.session.previewRewind(numberOf(it, 1), new AbortController().signal);
    assert.deepEqual(preview, {
      to: numberOf(it, 1),
      number: 1,
      text: "Make it two",
      files: [
        { path: "/p/a.txt", change: "changed", edited: true, added: 1, removed: 1 },
        { path: "/p/b.txt", change: "removed", edited: false, added: 0, removed: 1 },
      ],
      stuck: [],
    });
    assert.deepEqual(texts(it), { ...AT_END, "/p/a.txt": "mine\n" });
  });
});

describe("Rewind of the conversation", () => {
  it("sends the very beginning that was sent then", async () => {
    const it = await worked([says("Other.")]);
    const then = it.asked[3];
    await rewound(it, 2, TALK);
    await it.turn("Make it three");
    assert.equal(JSON.stringify(it.asked.at(-1)), JSON.stringify(then));
    assert.deepEqual(texts(it), AT_END);
  });

  it("takes the rows away with their lists, and its undo brings all back", async () => {
    const it = await worked([says("Third.")]);
    const { rows, todos, contextTokens } = it.session.state();
    const messages = JSON.stringify(it.session.memory().conversation.sealed);
    await rewound(it, 2, BOTH);
    const left = it.session.state().rows;
    assert.equal(left.filter((row) => row.kind === "prompt").length, 1);
    const last = left.at(-1);
    assert.match(
      last?.kind === "notice" && last.rewind ? last.text : "",
      /Rewound to before “Make it three”/,
    );
    await it.send({ type: "takeBackRewind" });
    const back = it.session.state();
    assert.deepEqual([back.rows.slice(0, -1), back.todos, back.contextTokens], [rows, todos, contextTokens]);
    assert.equal(JSON.stringify(it.session.memory().conversation.sealed), messages);
    assert.deepEqual(texts(it), AT_END);
    await it.turn("Go on");
    assert.match(JSON.stringify(it.asked.at(-1)?.messages), /Second done/);
  });

  it("cannot be taken back once it has gone on", async () => {
    const it = await worked();
    await rewound(it, 2, TALK);
    await it.turn("Something else");
    const sent = await it.send({ type: "takeBackRewind" });
    assert.match(sent.kind === "refused" ? sent.reason : "", /gone on since/);
    assert.ok(it.session.state().rows.every((row) => row.kind !== "notice" || !row.rewind));
  });

  it("tells a mode that is another by now, and only then", async () => {
    const it = await worked();
    await it.send({ type: "configure", mode: "plan" });
    await rewound(it, 2, TALK);
    await it.turn("Go on");
    const system = it.asked.at(-1)?.messages.filter((message) => message.role === "system") ?? [];
    assert.match(JSON.stringify(system), /Mode: plan/);
    assert.equal(system.length, 1);
  });

  it("to a message put into a running turn keeps what came before it", async () => {
    const it = await rig({
      model: [calls(call("Bash", { command: "x" })), says("Heard."), says("Other.")],
      mode: "default",
    });
    await it.ask("go");
    await it.until((event) => event.type === "questioned");
    await it.ask("and this", "step");
    await it.reply({ kind: "allow" });
    await it.session.rested();
    const then = it.asked[1];
    await rewound(it, 2, TALK);
    await it.turn("and this");
    assert.equal(JSON.stringify(it.asked.at(-1)?.messages), JSON.stringify(then?.messages));
  });

  it("behind a failed turn is as it was then", async () => {
    const it = await rig({ model: [fails("invalid"), says("ok"), says("ok")] });
    await it.turn("first");
    await it.turn("second");
    const then = it.asked[1];
    await rewound(it, 2, TALK);
    assert.equal(it.session.state().lastRest, "failed");
    await it.turn("second");
    assert.equal(JSON.stringify(it.asked.at(-1)?.messages), JSON.stringify(then?.messages));
  });

  it("to a message that was declined sends it again as it was", async () => {
    const refusal = answers([{ type: "text", text: "" }], "refusal");
    const it = await rig({ model: [says("ok"), refusal, says("ok"), says("ok")] });
    for (const text of ["first", "second", "third"]) await it.turn(text);
    const then = it.asked[1];
    await rewound(it, 2, TALK);
    await it.turn("second");
    assert.equal(JSON.stringify(it.asked.at(-1)), JSON.stringify(then));
  });

  it("to a message put into a turn that was declined goes to where that turn was cut", async () => {
    const past = [asked("one"), started, requested, said([call("Read", {}, "c1")]), answeredBy("c1")];
    const declined = [requested, said("", "refusal"), rested("refused")];
    const it = await rig({ past: [...past, asked("two", true), ...declined], model: [says("ok")] });
    await rewound(it, 2, TALK);
    await it.turn("three");
    const roles = it.asked[0]?.messages.map((message) => message.role);
    assert.deepEqual(roles, ["user", "system"]);
  });

  it("is the same on a screen that holds the last rows only", async () => {
    const it = await worked([says("Third."), says("Fourth.")]);
    await it.turn("Third");
    const before = it.session.state();
    const screen = (count: number): SessionState => {
      const firstRow = Math.max(0, before.rows.length - count);
      return { ...before, firstRow, rows: before.rows.slice(firstRow) };
    };
    await rewound(it, 2, BOTH);
    await it.send({ type: "takeBackRewind" });
    await rewound(it, 2, TALK);
    const events = it.events.filter((event) => event.n > before.n);
    const { rows, ...rest } = it.session.state();
    for (const count of [0, 1, 5, 100]) {
      const seen = events.reduce(step, screen(count));
      assert.deepEqual(seen.rows, rows.slice(seen.firstRow - rest.firstRow));
      assert.deepEqual([seen.todos, seen.changed, seen.lastRest], [rest.todos, rest.changed, rest.lastRest]);
    }
  });

  it("is not taken back, and stays to be, where the person has edited all it restored and chooses none", async () => {
    const it = await worked();
    await rewound(it, 1, FILES);
    it.world.files.texts.set("/p/a.txt", "mine\n");
    it.world.files.texts.set("/p/b.txt", "mine\n");
    const sent = await it.send({ type: "takeBackRewind" });
    assert.match(sent.kind === "refused" ? sent.reason : "", /Changed by you since.*a\.txt/);
    assert.equal(it.world.files.texts.get("/p/a.txt"), "mine\n");
    const edited = ["/p/a.txt", "/p/b.txt"];
    assert.deepEqual(await it.send({ type: "takeBackRewind", edited }), { kind: "taken" });
    assert.equal(it.world.files.texts.get("/p/a.txt"), "three\n");
  });

  it("is refused while a turn runs, with a word on what helps", async () => {
    const it = await rig({ model: [says("ok"), hangs()] });
    await it.turn("one");
    await it.ask("two");
    const sent = await it.send({ type: "rewind", to: numberOf(it, 1), ...BOTH });
    assert.match(sent.kind === "refused" ? sent.reason : "", /stop it first/);
    await it.send({ type: "stop" });
  });

  it("to a message that was rewound away is refused", async () => {
    const it = await worked();
    const gone = numberOf(it, 2);
    await rewound(it, 2, TALK);
    const sent = await it.send({ type: "rewind", to: gone, ...TALK });
    assert.match(sent.kind === "refused" ? sent.reason : "", /no longer part/);
  });

  it("folds to the same in one go as event by event, also behind it", async () => {
    const it = await worked([says("Third."), says("Fourth."), says("Fifth.")]);
    await rewound(it, 2, BOTH);
    await it.send({ type: "takeBackRewind" });
    await it.turn("Go on");
    await rewound(it, 2, FILES);
    await rewound(it, 3, TALK);
    await it.turn("Once more");
    await rewound(it, 3, BOTH);
    assert.deepEqual(memoryOf(it.log.events), it.log.events.reduce(learn, NO_MEMORY));
    assert.deepEqual(memoryOf(it.log.events), it.session.memory());
  });
});

describe("a session that died while it rewound", () => {
  /** Killed while the files are written, of which then `written` are. */
  async function killed(written: Readonly<Record<string, string | undefined>>): Promise<Rig> {
    const it = await worked();
    it.world.files.write = () => new Promise<never>(() => undefined);
    void it.send({ type: "rewind", to: numberOf(it, 1), ...BOTH });
    await it.until((event) => event.type === "rewinding");
    const now = Object.entries({ ...AT_END, ...written }).flatMap(([path, text]) =>
      text === undefined ? [] : [[path, text]],
    );
    const world = { ...testWorld(), files: testFiles(Object.fromEntries(now)) };
    return it.again({ world });
  }

  for (const [what, written, expected, prompts, said] of [
    ["before it wrote has rewound nothing", {}, AT_END, 2, /before it rewound any file/],
    [
      "after it wrote has rewound all",
      { "/p/a.txt": "one\n", "/p/b.txt": undefined },
      AT_FIRST,
      0,
      /Rewound to before/,
    ],
    ["in the middle puts the files back", { "/p/a.txt": "one\n" }, AT_END, 2, /put back/],
    [
      "leaves what somebody changed since",
      { "/p/a.txt": "mine\n", "/p/b.txt": undefined },
      { ...AT_END, "/p/a.txt": "mine\n" },
      2,
      /left as they are: .*a\.txt/,
    ],
  ] as const) {
    it(what, async () => {
      const it = await killed(written);
      assert.deepEqual(texts(it), expected);
      assert.equal(rewindPoints(it.session.memory()).length, prompts);
      const last = it.session.state().rows.at(-1);
      assert.match(last?.kind === "notice" ? last.text : "", said);
      assert.equal(it.session.memory().rewinding, undefined);
    });
  }
});
