import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import type { Answer, Message, ModelRequest } from "../../src/model/conversation.ts";
import { NO_USAGE } from "../../src/model/conversation.ts";
import type { Failure } from "../../src/model/failure.ts";
import { endOf, eventsOf, message, provider, request, user } from "../support/messages-requests.ts";
import type { StandIn, StandInOptions } from "../support/stand-in/server.ts";
import { startStandIn } from "../support/stand-in/server.ts";
import type { StreamFault, Turn } from "../support/stand-in/turns.ts";
import { answers, calls, fails, faulty, redirects, says, stops, thinks } from "../support/stand-in/turns.ts";

let open: StandIn[] = [];
afterEach(async () => {
  await Promise.all(open.map((it) => it.close()));
  open = [];
});

async function standIn(
  script: StandInOptions["script"],
  options: Partial<StandInOptions> = {},
): Promise<StandIn> {
  const started = await startStandIn({ script, ...options });
  open.push(started);
  return started;
}

/** The end of one answer to a turn of the stand-in. */
async function play(turn: Turn, asked: Partial<ModelRequest> = {}, silenceMs = 5000) {
  const { url } = await standIn([turn]);
  return endOf(provider({ url, silenceMs }), request(asked));
}

async function answerTo(turn: Turn, asked: Partial<ModelRequest> = {}): Promise<Answer> {
  const end = await play(turn, asked);
  assert.equal(end.type, "done", JSON.stringify(end));
  return end.answer;
}

async function failureOf(turn: Turn, silenceMs?: number): Promise<Failure> {
  const end = await play(turn, {}, silenceMs);
  assert.equal(end.type, "failed", JSON.stringify(end));
  return end.failure;
}

const READ = calls("Read", { file_path: "a.ts" });
const texts = ({ content }: Answer) => content.map((it) => (it.type === "text" ? it.text : it.type));

describe("an answer of Claude", () => {
  it("comes as events and whole", async () => {
    const { url } = await standIn([answers(thinks("hm"), says("Héllo 世界 👩‍💻"), READ)]);
    const events = await eventsOf(provider({ url }));
    const seen = events
      .filter((it) => it.type !== "delta")
      .map((it) => (it.type === "opened" ? it.block : it.type));
    assert.deepEqual(seen, ["started", "thinking", "closed", "text", "closed", "tool_use", "closed", "done"]);
    const streamed = events.map((it) => (it.type === "delta" && it.index === 1 ? it.text : "")).join("");
    assert.equal(streamed, "Héllo 世界 👩‍💻");
    const done = events.at(-1);
    assert.ok(done?.type === "done");
    assert.deepEqual(done.answer.content.slice(1), [
      { type: "text", text: "Héllo 世界 👩‍💻" },
      { type: "tool_use", id: "toolu_0001", name: "Read", input: { file_path: "a.ts" } },
    ]);
    assert.equal(done.answer.stop, "tool_use");
    assert.match(done.answer.requestId ?? "", /^req_/);
  });

  it("is the same in writes of one byte", async () => {
    const turn = answers(thinks("hm"), says("世界 👩‍💻"), READ);
    const whole = await answerTo(turn);
    const bytewise = await answerTo({ ...turn, bytesAtATime: 1 });
    assert.deepEqual(bytewise, whole);
  });

  for (const [stop, detail] of [
    ["end_turn", undefined],
    ["stop_sequence", undefined],
    ["pause_turn", undefined],
    ["model_context_window_exceeded", undefined],
    ["dreaming", "dreaming"],
  ] as const) {
    it(`ends with ${stop}`, async () => {
      const answer = await answerTo(stops(stop, says("x")));
      assert.equal(answer.stop, stop === "dreaming" ? "unknown" : stop);
      assert.equal(answer.stopDetail, detail);
    });
  }

  it("names the category of a refusal", async () => {
    const answer = await answerTo({
      blocks: [says("Partial")],
      stop: "refusal",
      stopDetails: { type: "refusal", category: "cyber" },
    });
    assert.deepEqual([answer.stop, answer.stopDetail], ["refusal", "cyber"]);
  });

  it("keeps blocks of unknown kinds whole", async () => {
    const raw = { type: "hologram", depth: { x: [1] } };
    const answer = await answerTo(answers({ opaque: raw }, { redacts: "" }));
    assert.deepEqual(answer.content[0], { type: "opaque", raw });
    assert.equal(answer.content[1]?.type, "opaque");
  });

  it("counts the last cumulative usage, in disjoint classes", async () => {
    const { url } = await standIn([{ blocks: [says("x")], outputTokens: 77 }, answers(says("y"))], {
      minCacheable: 1,
    });
    const first = await endOf(provider({ url }));
    const again = await endOf(provider({ url }));
    assert.ok(first.type === "done" && again.type === "done");
    const { cacheWrite1h, cacheWrite5m, output } = first.answer.usage;
    assert.ok(cacheWrite1h > 0 && cacheWrite5m > 0);
    assert.equal(output, 77);
    assert.equal(again.answer.usage.cacheRead, cacheWrite1h + cacheWrite5m);
    assert.deepEqual([again.answer.usage.cacheWrite1h, again.answer.usage.cacheWrite5m], [0, 0]);
  });
});

describe("calls that cannot be trusted", () => {
  for (const [what, turn, why] of [
    [
      "cut by the output limit",
      stops("max_tokens", calls("Write", {}, { raw: '{"file_path":"a","content":"ha' })),
      /output limit/,
    ],
    ["of broken JSON", answers(calls("Write", {}, { raw: '{"a":' })), /not valid JSON/],
    ["of no object", answers(calls("Bash", {}, { raw: '"ls"' })), /not a JSON object/],
    ["with a key twice", answers(calls("Bash", {}, { raw: '{"a":1,"a":2}' })), /twice/],
    [
      "nested 5,000 levels",
      answers(calls("Bash", {}, { raw: `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}` })),
      /nested/,
    ],
    ["of a refusal", stops("refusal", READ), /refusal/],
    ["of an unknown end", stops("dreaming", READ), /not known/],
    ["whose block never ended", faulty({ drop: ["content_block_stop"] }, READ), /never ended/],
    ["without a name", answers(calls("", {})), /tool name/],
  ] as const) {
    it(`are kept and named when ${what}`, async () => {
      const { content, badCalls } = await answerTo(turn);
      const call = content.find((it) => it.type === "tool_use");
      assert.ok(call?.type === "tool_use" && badCalls.length === 1);
      assert.equal(badCalls[0]?.id, call.id);
      assert.match(badCalls[0]?.why ?? "", why);
    });
  }

  it("get ids of their own when the id was used, here or before", async () => {
    const same = { id: "toolu_same" };
    const before = [
      user("a"),
      message("assistant", { type: "tool_use", id: "toolu_old", name: "Read", input: {} }),
      message("user", { type: "tool_result", tool_use_id: "toolu_old", content: "x" }),
    ];
    const turn = answers(
      calls("Read", {}, same),
      calls("Read", {}, same),
      calls("Read", {}, { id: "toolu_old" }),
    );
    const { content, badCalls } = await answerTo(turn, { messages: before });
    const ids = content.map((it) => (it.type === "tool_use" ? it.id : ""));
    assert.equal(new Set([...ids, "toolu_old"]).size, 4);
    assert.deepEqual(
      badCalls.map((it) => it.id),
      ids.slice(1),
    );
  });

  it("keep an input that could be read, since thinking behind it is bound to it", async () => {
    const { content, badCalls } = await answerTo(
      stops("max_tokens", READ, calls("Read", {}, { raw: '{"fi' })),
    );
    assert.deepEqual(
      content.map((it) => it.type === "tool_use" && it.input),
      [{ file_path: "a.ts" }, {}],
    );
    assert.equal(badCalls.length, 2);
  });
});

describe("an answer that breaks off", () => {
  for (const [what, fault, kind] of [
    ["is reset", { cutAfterBytes: 900 }, "network"],
    ["ends early", { cutAfterBytes: 900, cutBy: "end" }, "cut"],
    ["ends before it is closed", { drop: ["message_delta", "message_stop"] }, "cut"],
    ["says that it is overloaded", { errorAt: 5, goesOn: true }, "overloaded"],
    ["says that the API failed", { errorAt: 5, errorType: "api_error" }, "server"],
    ["says something new", { errorAt: 5, errorType: "gremlin_error" }, "unknown"],
    ["comes in a wrong order", { swap: [2, 3] }, "cut"],
    ["holds half a JSON", { dataAt: [3, '{"type":"content_bl'] }, "cut"],
    ["begins twice", { swap: [0, 2] }, "cut"],
  ] as const satisfies readonly (readonly [string, StreamFault, string])[]) {
    it(`fails when it ${what}, with what had been said and used`, async () => {
      const end = await play(faulty(fault, says("one two three four five six seven eight nine ten"), READ));
      assert.equal(end.type, "failed", JSON.stringify(end));
      assert.equal(end.failure.kind, kind);
      assert.ok("one two three four five six seven eight nine ten".startsWith(end.text));
      assert.equal(end.usage.input > 0 || end.usage.cacheWrite1h > 0, what !== "begins twice");
    });
  }

  it("is whole when only its very end is missing", async () => {
    assert.deepEqual(texts(await answerTo(faulty({ drop: ["message_stop"] }, says("x")))), ["x"]);
  });

  it("fails as silent when no byte comes, and the connection is closed", async () => {
    const { url, requests } = await standIn([
      faulty({ hangAfterEvents: 4 }, says("a long text that goes on and on")),
    ]);
    const end = await endOf(provider({ url, silenceMs: 60 }));
    assert.ok(end.type === "failed");
    assert.equal(end.failure.kind, "silent");
    assert.equal(end.text, "a long text that goes on");
    assert.equal(await requests[0]?.over, "closed");
  });

  it("goes on for longer than a silence may last as long as bytes come", async () => {
    const slow = { blocks: [says("a text that takes its time")], piece: 2, pauseMs: 50 };
    const end = await play(slow, {}, 400);
    assert.equal(end.type, "done", JSON.stringify(end));
  });

  it("fails as timed out when no answer begins", async () => {
    assert.equal((await failureOf({ does: "hang" }, 40)).kind, "timeout");
  });

  it("fails as network when the connection is reset before the answer", async () => {
    assert.equal((await failureOf({ does: "reset" })).kind, "network");
  });

  it("leaves the connection to the next request when it came to its end", async () => {
    const served = await standIn([answers(says("a")), answers(says("b")), answers(says("c"))]);
    const from = provider(served);
    for (let turn = 0; turn < 3; turn++) {
      assert.equal((await endOf(from)).type, "done");
      // The socket is handed back a moment after its last byte.
      await new Promise(setImmediate);
    }
    assert.ok(served.connections() < 3, `${served.connections()} connections`);
  });
});

describe("stopping", () => {
  it("ends the answer at once, with what was said, and closes the connection", async () => {
    const { url, requests } = await standIn([
      faulty({ hangAfterEvents: 4 }, says("a long text that goes on and on")),
    ]);
    const stop = new AbortController();
    const seen: string[] = [];
    let stoppedAt = 0;
    for await (const it of provider({ url }).ask(request(), stop.signal)) {
      seen.push(it.type === "failed" ? `${it.failure.kind}: ${it.text}` : it.type);
      if (it.type === "delta") {
        stoppedAt = performance.now();
        stop.abort();
      }
    }
    // It waits for nothing. How soon that is, the benchmark measures: here the machine is shared.
    assert.ok(performance.now() - stoppedAt < 5_000);
    assert.deepEqual(seen, ["started", "opened", "delta", "stopped: a long text that goes on"]);
    assert.equal(await requests[0]?.over, "closed");
  });

  it("before the start asks nobody", async () => {
    const { url, requests } = await standIn([answers(says("x"))]);
    const end = await endOf(provider({ url }), request(), AbortSignal.abort());
    assert.ok(end.type === "failed" && end.failure.kind === "stopped");
    assert.equal(requests.length, 0);
  });

  it("while waiting for headers closes the connection", async () => {
    const { url, requests } = await standIn([{ does: "hang" }]);
    const stop = new AbortController();
    const ended = endOf(provider({ url }), request(), stop.signal);
    while (requests.length === 0) await new Promise(setImmediate);
    stop.abort();
    const end = await ended;
    assert.ok(end.type === "failed" && end.failure.kind === "stopped");
    assert.equal(await requests[0]?.over, "closed");
  });

  it("by leaving the loop closes the connection too", async () => {
    const { url, requests } = await standIn([
      faulty({ hangAfterEvents: 4 }, says("a long text that goes on")),
    ]);
    for await (const it of provider({ url }).ask(request(), new AbortController().signal))
      if (it.type === "delta") break;
    assert.equal(await requests[0]?.over, "closed");
  });
});

describe("a request to Claude", () => {
  it("is not sent without a key", async () => {
    const { url, requests } = await standIn([answers(says("x"))]);
    const end = await endOf(provider({ url, key: undefined }));
    assert.deepEqual(end, {
      type: "failed",
      failure: { kind: "no-key", message: "no key is set" },
      text: "",
      usage: NO_USAGE,
    });
    assert.equal(requests.length, 0);
  });

  it("carries the key as bearer and today's version", async () => {
    const { url, requests } = await standIn([answers(says("x"))], { key: "sk-ant-test-000000" });
    assert.equal((await endOf(provider({ url }))).type, "done");
    assert.equal(requests[0]?.headers["anthropic-version"], "2026-10-21");
  });

  it("fails with a wrong key", async () => {
    const { url } = await standIn([]);
    const end = await endOf(provider({ url, key: "wrong" }));
    assert.ok(end.type === "failed" && end.failure.kind === "auth");
  });

  it("is never sent on to where a redirect points", async () => {
    const elsewhere = await standIn([answers(says("stolen"))]);
    const { url } = await standIn([redirects(`${elsewhere.url}/v1/messages`)]);
    const end = await endOf(provider({ url }));
    assert.ok(end.type === "failed" && end.failure.kind === "redirect");
    assert.match(end.failure.message, new RegExp(new URL(elsewhere.url).host));
    assert.equal(elsewhere.requests.length, 0);
  });

  it("is sent once, whatever the answer", async () => {
    const { url, requests } = await standIn([fails(500), fails(529), answers(says("x"))]);
    assert.equal((await endOf(provider({ url }))).type, "failed");
    assert.equal(requests.length, 1);
  });
});

describe("a session with preserved thinking", () => {
  const script: Turn[] = Array.from({ length: 12 }, (_, turn) =>
    turn % 3 === 2
      ? answers(thinks(`so ${turn}`), says(`done ${turn}`))
      : answers(thinks(`t${turn}`), says("look"), READ, READ),
  );

  for (const model of [
    "claude-fable-5-2",
    "claude-sonnet-5-5",
    "claude-haiku-5-5",
    "claude-sonnet-5",
    "claude-haiku-4-5",
  ]) {
    it(`is accepted to its end by ${model}, and read from the cache`, async () => {
      const { url, requests } = await standIn(script, { minCacheable: 1 });
      const from = provider({ url });
      let messages: readonly Message[] = [user("begin")];
      const read: number[] = [];
      for (const turn of script.keys()) {
        const end = await endOf(from, request({ model, messages }));
        assert.equal(end.type, "done", JSON.stringify(end));
        read.push(end.answer.usage.cacheRead);
        const results = end.answer.content.flatMap((it) =>
          it.type === "tool_use" ? [{ type: "tool_result" as const, tool_use_id: it.id, content: "x" }] : [],
        );
        const next = results.length > 0 ? message("user", ...results) : user(`next ${turn}`);
        const note = turn % 4 === 0 ? [message("system", { type: "text", text: `mode ${turn}` })] : [];
        messages = [...messages, { role: "assistant", content: end.answer.content }, next, ...note];
      }
      assert.ok(requests.every((it) => it.refusal === undefined));
      assert.ok(
        read.every((it, at) => at === 0 || it > (read[at - 1] ?? 0)),
        `cache reads ${read}`,
      );
    });
  }

  it("fails as a mismatch when the past was changed, and goes on without thinking", async () => {
    const { url } = await standIn([answers(thinks("a"), says("b")), answers(says("c"))]);
    const from = provider({ url });
    const first = await endOf(from);
    assert.ok(first.type === "done");
    const messages = [user("changed"), message("assistant", ...first.answer.content), user("go on")];
    const second = await endOf(from, request({ messages }));
    assert.ok(second.type === "failed" && second.failure.kind === "thinking-mismatch");
    assert.equal((await endOf(from, request({ messages, withoutThinking: true }))).type, "done");
  });
});

describe("the models of Claude", () => {
  const signal = new AbortController().signal;

  it("come from the vendor's list, once", async () => {
    const { url } = await standIn([]);
    const from = provider({ url });
    const models = await from.models(signal);
    assert.equal(models[0]?.id, "claude-sonnet-5-5");
    assert.deepEqual(models.find((it) => it.id === "claude-opus-4-6")?.efforts, [
      "low",
      "medium",
      "high",
      "max",
    ]);
  });

  for (const [what, parts] of [
    ["without a key", { key: undefined }],
    ["when nobody answers", { url: "http://127.0.0.1:9" }],
    [
      "when the vendor is silent",
      { silenceMs: 20, fetch: (() => new Promise(() => undefined)) as typeof fetch },
    ],
  ] as const) {
    it(`come from the table ${what}`, async () => {
      const models = await provider(parts).models(signal);
      assert.ok(models.some((it) => it.id === "claude-mythos-preview"));
    });
  }
});
