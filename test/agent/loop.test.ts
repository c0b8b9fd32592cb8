import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Act, answers, call, calls, fails, says } from "../support/scripted-model.ts";
import { all, answerTo, type Rig, type RigOptions, rig } from "../support/session.ts";
import { testClock, testWorld } from "../support/world.ts";

const FILES = { "/p/a.txt": "one\n", "/p/b.txt": "two\n" };
const READ_A = call("Read", { file_path: "a.txt" });
const READ_B = call("Read", { file_path: "b.txt" });
const bash = (command: string, id?: string) => call("Bash", { command }, id);

async function play(model: readonly Act[], options: RigOptions = {}): Promise<Rig> {
  const it = await rig({ model, world: testWorld(FILES), mode: "acceptEdits", ...options });
  await it.turn("go");
  return it;
}

const rest = ({ events }: Rig) => all(events, "rested").at(-1);
const ends = ({ events }: Rig) => all(events, "answered").map((it) => it.end);

describe("a turn", () => {
  it("asks, says and rests, and what it asked is on disk first", async () => {
    const it = await play([says("hello")]);
    assert.deepEqual(
      it.events.map((event) => event.type).filter((type) => type !== "streamed"),
      ["resumed", "titled", "asked", "started", "primed", "requested", "said", "rested"],
    );
    const asked = all(it.events, "asked")[0];
    assert.ok(it.log.durable.includes(asked?.n ?? 0));
    assert.equal(rest(it)?.reason, "done");
  });

  it("runs reads of one answer side by side and answers them all", async () => {
    let open = 0;
    let most = 0;
    const world = testWorld(FILES);
    const { read } = world.files;
    world.files.read = async (path, signal) => {
      most = Math.max(most, ++open);
      await new Promise(setImmediate);
      open--;
      return read(path, signal);
    };
    const it = await play([calls(READ_A, READ_B), says("ok")], { world });
    assert.equal(most, 2);
    assert.deepEqual(ends(it), ["done", "done"]);
  });

  it("makes edits and commands alone and in order", async () => {
    const edit = call("Edit", { file_path: "a.txt", old_string: "one", new_string: "1" });
    const world = testWorld(FILES, {
      commands: ({ command }) =>
        command === "look" ? Promise.resolve({ output: world.files.texts.get("/p/a.txt") ?? "" }) : undefined,
    });
    const options = { world, mode: "bypassPermissions", policy: { bypassAllowed: true } } as const;
    const it = await play([calls(READ_A), calls(edit, bash("look")), says("ok")], options);
    assert.match(String(answerTo(it.events, "Bash")?.content), /^1$/);
  });

  it("readies the parser of commands while the model still writes one, and for nothing else", async () => {
    const doneBefore: number[] = [];
    const made = testWorld(FILES);
    const warm = () => doneBefore.push(made.ran.length);
    const world = { ...made, shellParser: { ...made.shellParser, warm } };
    await play([calls(READ_A), calls(bash("ls")), says("ok")], {
      world,
      mode: "bypassPermissions",
      policy: { bypassAllowed: true },
    });
    assert.deepEqual([doneBefore, made.ran], [[0], ["ls"]]);
  });

  it("answers a call to a tool that is not there, and one with wrong input, without running anything", async () => {
    const it = await play([calls(call("Fly", {}), call("Read", { file: "a.txt" })), says("ok")]);
    assert.deepEqual(ends(it), ["failed", "failed"]);
    assert.match(String(answerTo(it.events, "Fly")?.content), /no tool named Fly.*Read/);
    assert.match(String(answerTo(it.events, "Read")?.content), /file_path is missing/);
  });

  it("runs nothing of a call whose input was not whole", async () => {
    const bad = { badCalls: [{ id: "x", raw: '{"comm', why: "The input is no JSON." }] };
    const it = await play([answers([bash("rm", "x")], "tool_use", bad), says("ok")]);
    assert.deepEqual(it.world.ran, []);
    assert.equal(answerTo(it.events, "Bash")?.content, "The input is no JSON.");
  });

  it("answers a tool that throws, and goes on", async () => {
    const world = testWorld(FILES);
    world.files.resolve = async (path) => {
      if (path === "/p/loop") throw new Error('Cannot resolve "/p/loop": its links run in a circle');
      return path;
    };
    const it = await play([calls(call("Read", { file_path: "loop" })), says("ok")], { world });
    assert.equal(rest(it)?.reason, "done");
    assert.match(String(answerTo(it.events, "Read")?.content), /links run in a circle/);
    assert.deepEqual(it.complaints, []);
  });

  it("ends with a sentence when something unforeseen happens", async () => {
    const instructions = () => Promise.reject(new Error("the folder is on fire"));
    const it = await play([], { wiring: { instructions } });
    assert.equal(rest(it)?.reason, "failed");
    assert.match(rest(it)?.text ?? "", /the folder is on fire/);
    assert.equal(it.session.state().status, "resting");
  });

  for (const stop of [
    "max_tokens",
    "unknown",
    "model_context_window_exceeded",
    "end_turn",
    "pause_turn",
  ] as const) {
    it(`runs no call of an answer that ended with ${stop}`, async () => {
      const it = await play([answers([bash("rm", "x")], stop), says("ok")]);
      assert.deepEqual(it.world.ran, []);
      assert.deepEqual(ends(it), ["failed"]);
    });
  }

  it("tells the person of an end it does not know", async () => {
    const it = await play([answers([bash("rm", "x")], "unknown", { stopDetail: "dreaming" })]);
    assert.equal(rest(it)?.reason, "failed");
    assert.match(rest(it)?.text ?? "", /dreaming/);
  });

  it("ends a turn that the model declines, and takes it out", async () => {
    const it = await play([answers([{ type: "text", text: "no" }], "refusal", { stopDetail: "cyber" })]);
    assert.match(rest(it)?.text ?? "", /declined.*cyber/);
    await it.turn("other");
    assert.ok(!JSON.stringify(it.asked[1]?.messages).includes("go"));
  });

  it("asks again after a pause, ten times at most", async () => {
    const pause = answers([{ type: "text", text: "…" }], "pause_turn");
    const it = await play(Array.from({ length: 20 }, () => pause));
    assert.equal(it.asked.length, 11);
  });

  it("gives up when answers are cut again and again in the middle of calls", async () => {
    const it = await play(Array.from({ length: 9 }, (_, at) => answers([bash(`x ${at}`)], "max_tokens")));
    assert.equal(it.asked.length, 5);
    assert.equal(rest(it)?.reason, "limit");
  });

  it("stops at the limit of requests, and goes on when told to", async () => {
    const reads = Array.from({ length: 3 }, (_, at) => calls(call("Read", { file_path: "a.txt" }, `r${at}`)));
    const it = await play(reads, { policy: { maxRequests: 2 } });
    assert.deepEqual([it.asked.length, rest(it)?.reason], [2, "limit"]);
    await it.send({ type: "retry" });
    await it.session.rested();
    assert.deepEqual([it.asked.length, rest(it)?.reason], [4, "done"]);
  });

  it("stops when the session's budget is used up", async () => {
    const it = await play([calls(READ_A)], { policy: { maxCost: 0 } });
    assert.deepEqual([it.asked.length, rest(it)?.reason], [0, "limit"]);
  });
});

describe("loop detection", () => {
  const failing = (id: string) => calls(bash("make", id));
  const world = () =>
    testWorld(FILES, {
      commands: ({ command }) =>
        command === "make" ? Promise.resolve({ exitCode: 1, output: "no" }) : undefined,
    });
  const options = () =>
    ({ world: world(), mode: "bypassPermissions", policy: { bypassAllowed: true } }) as const;

  it("stops at the third failure of the same call in a row", async () => {
    const it = await play([failing("1"), failing("2"), failing("3"), says("never")], options());
    assert.deepEqual([it.asked.length, rest(it)?.reason], [3, "looping"]);
    assert.match(rest(it)?.text ?? "", /make/);
  });

  it("does not count failures with other work between them", async () => {
    const it = await play(
      [failing("1"), failing("2"), calls(READ_A), failing("3"), failing("4"), says("ok")],
      options(),
    );
    assert.equal(rest(it)?.reason, "done");
  });

  it("does not count failures of different calls", async () => {
    const other = calls(bash("make other", "o"));
    const it = await play([failing("1"), failing("2"), other, failing("3"), says("ok")], options());
    assert.equal(rest(it)?.reason, "done");
  });

  it("counts anew after the person says to go on", async () => {
    const it = await play([failing("1"), failing("2"), failing("3"), failing("4"), says("ok")], options());
    await it.send({ type: "retry" });
    await it.session.rested();
    assert.equal(rest(it)?.reason, "done");
  });
});

describe("a failed request", () => {
  it("is tried again after a wait that is told", async () => {
    const it = await play([fails("overloaded"), fails("overloaded"), says("ok")]);
    const waits = all(it.events, "retrying");
    assert.deepEqual(
      waits.map((event) => event.attempt),
      [1, 2],
    );
    assert.ok(waits.every((event) => it.world.clock.sleeps.includes(event.waitMs)));
    assert.equal(rest(it)?.reason, "done");
    assert.equal(it.session.state().retryAt, undefined);
  });

  it("waits as long as the vendor says", async () => {
    const it = await play([fails("rate-limit", { retryAfterMs: 7000 }), says("ok")]);
    const [wait] = all(it.events, "retrying");
    assert.ok(wait && wait.waitMs >= 7000 && wait.waitMs <= 7700);
  });

  it("asks the person before a wait of more than two minutes", async () => {
    const it = await play([fails("rate-limit", { retryAfterMs: 200_000 }), says("ok")]);
    assert.equal(rest(it)?.reason, "failed");
    assert.match(rest(it)?.text ?? "", /choose Retry/);
  });

  it("is not tried again when that cannot help, and says what to do", async () => {
    const it = await play([fails("no-key")]);
    assert.deepEqual([it.asked.length, rest(it)?.failure?.kind], [1, "no-key"]);
    assert.match(rest(it)?.text ?? "", /ANTHROPIC_API_KEY/);
  });

  it("goes on without earlier thinking once that was refused, and never sends it again", async () => {
    const it = await play([fails("thinking-mismatch"), says("ok")]);
    await it.turn("more");
    assert.deepEqual(
      it.asked.map((request) => request.withoutThinking),
      [false, true, true],
    );
    assert.deepEqual(
      it.world.clock.sleeps.filter((ms) => ms >= 500),
      [],
    );
  });

  it("can be stopped while it waits", async () => {
    const world = testWorld(FILES, { clock: testClock(500) });
    const it = await rig({ model: [fails("overloaded"), says("never")], world });
    await it.ask("go");
    await it.until((event) => event.type === "retrying");
    await it.send({ type: "stop" });
    await it.session.rested();
    assert.deepEqual([it.asked.length, rest(it)?.reason], [1, "stopped"]);
  });

  it("is tried again by the person with the very same messages", async () => {
    const it = await play([fails("auth"), says("ok")]);
    await it.send({ type: "retry" });
    await it.session.rested();
    assert.deepEqual(it.asked[1]?.messages, it.asked[0]?.messages);
    assert.equal(rest(it)?.reason, "done");
  });

  it("keeps what had been said, and a retry goes on after it", async () => {
    const it = await play([fails("auth", {}, "half an answer"), says("ok")]);
    await it.send({ type: "retry" });
    await it.session.rested();
    assert.deepEqual(
      it.asked[1]?.messages.map((message) => message.role),
      ["user", "assistant", "user"],
    );
  });

  it("is not tried again when there is nothing to try", async () => {
    const it = await rig();
    assert.equal((await it.send({ type: "retry" })).kind, "refused");
    await it.turn("go");
    assert.equal((await it.send({ type: "retry" })).kind, "refused");
    assert.equal(it.asked.length, 1);
  });
});
