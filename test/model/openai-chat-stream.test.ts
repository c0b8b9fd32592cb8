import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, it } from "mocha";
import { answerFold } from "../../src/model/fold-answer.ts";
import type { StreamEvent } from "../../src/model/messages.ts";
import { openaiChatWire } from "../../src/model/openai-chat/wire.ts";
import { decoded, folded, isFailure, sseBytes } from "../gateway/translation.ts";

const chunk = (delta: object, finish: string | null = null, more: object = {}) => ({
  id: "c1",
  model: "gpt-x",
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
});
const part = (index: number | undefined, id: string | undefined, name?: string | null, args?: string) =>
  chunk({ tool_calls: [{ ...(index !== undefined && { index }), id, function: { name, arguments: args } }] });
const usage = (prompt_tokens: number, completion_tokens: number) => ({
  choices: [],
  usage: { prompt_tokens, completion_tokens },
});
const DONE = "[DONE]";
const end = (finish: string) => [chunk({}, finish), DONE];

const eventsOf = (chunks: readonly unknown[]) => decoded(openaiChatWire, sseBytes(chunks, false));
/** Content and stop of the answer in these chunks; the kind of its failure. */
function seen(chunks: readonly unknown[]): unknown {
  const it = folded(openaiChatWire, sseBytes(chunks, false));
  return isFailure(it) ? it.kind : [it.content, it.stop_reason];
}
const use = (id: string, input: object, name = "look") => ({ type: "tool_use", id, name, input });
const words = (text: string) => ({ type: "text", text });
const thought = (thinking: string) => ({ type: "thinking", thinking, signature: "" });

const WHOLE: readonly (readonly [string, readonly unknown[], unknown])[] = [
  [
    "words",
    [
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "hé" }),
      chunk({ content: "llo" }),
      ...end("stop"),
    ],
    [[words("héllo")], "end_turn"],
  ],
  ["words without [DONE]", [chunk({ content: "a" }), chunk({}, "stop")], [[words("a")], "end_turn"]],
  ["no empty words", [chunk({ content: "" }), ...end("stop")], [[], "end_turn"]],
  ["no blank words by themselves", [chunk({ content: "\n" }), ...end("stop")], [[], "end_turn"]],
  [
    "blank words before a call",
    [chunk({ content: "\n" }), part(0, "a", "look", "{}"), ...end("tool_calls")],
    [[words("\n"), use("a", {})], "tool_use"],
  ],
  [
    "thoughts before words",
    [chunk({ reasoning_content: "h" }), chunk({ reasoning: "m" }), chunk({ content: "a" }), ...end("stop")],
    [[thought("hm"), words("a")], "end_turn"],
  ],
  [
    "words behind a call",
    [part(0, "a", "look", "{}"), chunk({ content: "b" }), ...end("tool_calls")],
    [[use("a", {}), words("b")], "tool_use"],
  ],
  [
    "words that came within a call behind it",
    [
      part(0, "a", "look", '{"x":'),
      chunk({ content: "b" }),
      part(0, undefined, undefined, "1}"),
      ...end("tool_calls"),
    ],
    [[use("a", { x: 1 }), words("b")], "tool_use"],
  ],
  [
    "a name that is repeated",
    [
      part(0, "a", "look"),
      part(0, "a", "look", '{"x"'),
      part(0, undefined, null, ":1}"),
      ...end("tool_calls"),
    ],
    [[use("a", { x: 1 })], "tool_use"],
  ],
  [
    "arguments before id and name",
    [
      part(0, undefined, undefined, '{"x":'),
      part(0, "a", "look"),
      part(0, undefined, undefined, "1}"),
      ...end("tool_calls"),
    ],
    [[use("a", { x: 1 })], "tool_use"],
  ],
  [
    "entangled calls",
    [
      part(0, "a", "look"),
      part(1, "b", "run"),
      part(1, undefined, undefined, '{"y":2}'),
      part(0, undefined, undefined, '{"x":1}'),
      ...end("tool_calls"),
    ],
    [[use("a", { x: 1 }), use("b", { y: 2 }, "run")], "tool_use"],
  ],
  [
    "calls that all have index 0",
    [
      part(0, "a", "look", "{}"),
      part(0, "b", "run", '{"y":'),
      part(0, undefined, undefined, "2}"),
      ...end("tool_calls"),
    ],
    [[use("a", {}), use("b", { y: 2 }, "run")], "tool_use"],
  ],
  [
    "calls without indices",
    [part(undefined, "a", "look", "{}"), part(undefined, "b", "run", "{}"), ...end("tool_calls")],
    [[use("a", {}), use("b", {}, "run")], "tool_use"],
  ],
  ["calls counted from 1", [part(1, "a", "look", "{}"), ...end("tool_calls")], [[use("a", {})], "tool_use"]],
  [
    "two calls in one chunk",
    [
      chunk({
        tool_calls: [
          { index: 0, id: "a", function: { name: "look", arguments: "{}" } },
          { index: 1, id: "b", function: { name: "run", arguments: "{}" } },
        ],
      }),
      ...end("tool_calls"),
    ],
    [[use("a", {}), use("b", {}, "run")], "tool_use"],
  ],
  [
    "no call without name, id and arguments",
    [chunk({ content: "a" }), part(0, undefined), ...end("tool_calls")],
    [[words("a")], "end_turn"],
  ],
  ["a call though it says stop", [part(0, "a", "look", "{}"), ...end("stop")], [[use("a", {})], "tool_use"]],
  ["a call without arguments", [part(0, "a", "look"), ...end("tool_calls")], [[use("a", {})], "tool_use"]],
  [
    "a call that ends too early, closed",
    [part(0, "a", "look", '{"x":["b'), ...end("tool_calls")],
    [[use("a", { x: ["b"] })], "tool_use"],
  ],
  [
    "a call that was cut, as cut",
    [part(0, "a", "look", '{"x":["b'), ...end("length")],
    [[use("a", {})], "max_tokens"],
  ],
  [
    "a call encoded twice",
    [part(0, "a", "look", '"{\\"x\\":1}"'), ...end("tool_calls")],
    [[use("a", { x: 1 })], "tool_use"],
  ],
  [
    "escapes as they are",
    [part(0, "a", "look", '{"x":"\\\\n\\"'), part(0, undefined, undefined, '}"}'), ...end("tool_calls")],
    [[use("a", { x: '\\n"}' })], "tool_use"],
  ],
  [
    "the old form of a call",
    [
      chunk({ function_call: { name: "look", arguments: "" } }),
      chunk({ function_call: { arguments: '{"x":1}' } }),
      ...end("function_call"),
    ],
    [[use("made", { x: 1 })], "tool_use"],
  ],
  [
    "the first of several answers",
    [chunk({ content: "a" }), { choices: [{ index: 1, delta: { content: "b" } }] }, ...end("stop")],
    [[words("a")], "end_turn"],
  ],
  [
    "an ending that came twice once",
    [chunk({ content: "a" }), chunk({}, "stop"), chunk({}, "stop"), DONE],
    [[words("a")], "end_turn"],
  ],
  [
    "what comes behind an ending",
    [chunk({ content: "a" }, "stop"), chunk({ content: "b" }, "stop"), DONE],
    [[words("ab")], "end_turn"],
  ],
  ["a refusal", [chunk({ refusal: "no" }), ...end("stop")], [[words("no")], "refusal"]],
  ["what a filter left", [chunk({ content: "a" }), ...end("content_filter")], [[words("a")], "refusal"]],
  [
    "a chunk without choices before it",
    [{ choices: [], prompt_filter_results: [] }, chunk({ content: "a" }), ...end("stop")],
    [[words("a")], "end_turn"],
  ],
  [
    "an answer whose usage is broken",
    [chunk({ content: "a" }), chunk({}, "stop"), "{broken", DONE],
    [[words("a")], "end_turn"],
  ],
];

const FAILED: readonly (readonly [string, readonly unknown[], string])[] = [
  ["nothing", [], "cut"],
  ["only an end", [DONE], "cut"],
  ["no ending", [chunk({ content: "a" })], "cut"],
  ["no ending but [DONE]", [chunk({ content: "a" }), DONE], "cut"],
  ["broken JSON", [chunk({ content: "a" }), "{broken", ...end("stop")], "cut"],
  ["an error", [chunk({ content: "a" }), { error: { message: "busy", code: 529 } }], "overloaded"],
  ["an error as its ending", [chunk({ content: "a" }, "error")], "server"],
];

describe("a stream of Chat Completions", () => {
  for (const [what, chunks, expected] of WHOLE) {
    it(`holds ${what}`, () => {
      const plain = JSON.stringify(seen(chunks)).replace(/"call_[0-9a-f]{8}"/, '"made"');
      assert.deepEqual(JSON.parse(plain), expected);
    });
  }

  for (const [what, chunks, kind] of FAILED) {
    it(`with ${what} is a failure`, () => {
      const events = eventsOf(chunks);
      assert.deepEqual([seen(chunks), events.filter((it) => it.type === "error").length], [kind, 1]);
    });
  }

  it("waits for its usage", () => {
    const it = folded(
      openaiChatWire,
      sseBytes([chunk({ content: "a" }), chunk({}, "stop"), usage(5, 2), DONE], false),
    );
    assert.deepEqual("usage" in it && [it.usage.input_tokens, it.usage.output_tokens], [5, 2]);
  });

  it("hands on arguments as they come", () => {
    const decoder = openaiChatWire.decoder({ nameOf: (it) => it, model: "m" });
    const take = (it: object) => sseBytes([it], false).flatMap((bytes) => decoder.take(bytes));
    take(part(0, "a", "look"));
    assert.deepEqual(
      take(part(0, undefined, undefined, '{"x":')).map((it) => it.type),
      ["content_block_delta"],
    );
    take(part(0, undefined, undefined, "1}"));
    assert.deepEqual(
      take(part(1, "b", "run")).map((it) => it.type),
      ["content_block_start"],
    );
  });

  it("finds calls among its words where the request had such tools", () => {
    const reading = { nameOf: (it: string) => it.toUpperCase(), model: "m", textCalls: new Set(["look"]) };
    const decoder = openaiChatWire.decoder(reading);
    const chunks = [
      chunk({ content: "a <tool" }),
      chunk({ content: '_call>{"name":"look","arguments":{"x":1}}</tool_call>' }),
      ...end("stop"),
    ];
    const fold = answerFold();
    for (const bytes of sseBytes(chunks, false)) for (const it of decoder.take(bytes)) fold.take(it);
    const answer = fold.finish();
    const [first, second] = "content" in answer ? answer.content : [];
    assert.deepEqual([first, second?.["name"], second?.["input"]], [words("a "), "LOOK", { x: 1 }]);
    assert.equal("stop_reason" in answer && answer.stop_reason, "tool_use");
  });

  for (const data of ['{"message":"busy","code":429}', '{"error":{"message":"busy","code":429}}']) {
    it(`fails with an event named so: ${data}`, () => {
      const it = folded(openaiChatWire, [Buffer.from(`event: error\ndata: ${data}\n\n`)]);
      assert.deepEqual(isFailure(it) && [it.kind, it.message], ["rate-limit", "busy"]);
    });
  }

  for (const [what, body, expected] of [
    [
      "a whole answer",
      { choices: [{ message: { content: "a" }, finish_reason: "stop" }] },
      [[words("a")], "end_turn"],
    ],
    ["an error", { error: { message: "no", code: "invalid_api_key" } }, "auth"],
  ] as const) {
    it(`that is ${what} and no stream is read as that`, () => {
      const it = folded(openaiChatWire, [Buffer.from(JSON.stringify(body, null, 2))]);
      assert.deepEqual(isFailure(it) ? it.kind : [it.content, it.stop_reason], expected);
    });
  }

  it("is read the same with comments, other line ends and in single bytes", () => {
    for (const [, chunks] of WHOLE) {
      const plain = eventsOf(chunks);
      for (const cut of [{ crlf: true, comments: true }, { chunk_bytes: 1 }, { chunk_bytes: 7, crlf: true }])
        assert.deepEqual(decoded(openaiChatWire, sseBytes(chunks, false, cut)), plain);
    }
  });
});

const streams = fc.constantFrom(...WHOLE.map(([, chunks]) => Buffer.concat(sseBytes(chunks, false))));

describe("any stream of Chat Completions", () => {
  it("gives the same events however its bytes are cut", () => {
    fc.assert(
      fc.property(streams, fc.array(fc.nat(4000), { maxLength: 12 }), (bytes, cuts) => {
        const at = [0, ...cuts.map((it) => it % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
        const pieces = at.slice(1).map((stop, index) => bytes.subarray(at[index], stop));
        assert.deepEqual(decoded(openaiChatWire, pieces), decoded(openaiChatWire, [bytes]));
      }),
    );
  });

  it("that was cut or damaged ends in one failure, or is whole", () => {
    const damage = fc.record({ cut: fc.nat(4000), at: fc.nat(4000), sign: fc.nat(255) });
    fc.assert(
      fc.property(streams, damage, (bytes, { cut, at, sign }) => {
        const broken = Buffer.from(bytes.subarray(0, bytes.length - (cut % bytes.length)));
        broken[at % broken.length] = sign;
        checkGrammar(decoded(openaiChatWire, [broken]));
      }),
      { numRuns: 500 },
    );
  });

  it("of nonsense ends in one failure, or is whole", () => {
    const nonsense = fc.array(
      fc.oneof(fc.json(), fc.constant(DONE), fc.constant(chunk({}, "stop")), delta()),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(nonsense, (chunks) => checkGrammar(decoded(openaiChatWire, sseBytes(chunks, false)))),
      { numRuns: 300 },
    );
  });
});

/** Chunks whose members have the right names and values of every kind. */
function delta() {
  const value = fc.jsonValue();
  const call = fc.record({
    index: value,
    id: value,
    function: fc.oneof(value, fc.record({ name: value, arguments: value })),
  });
  return fc
    .record({
      content: value,
      tool_calls: fc.oneof(value, fc.array(call, { maxLength: 3 })),
      reasoning: value,
      refusal: value,
    })
    .map((it) => chunk(it));
}

/** The grammar of the Messages API: one block open at a time, contiguous indices, one end. */
function checkGrammar(events: readonly StreamEvent[]): void {
  let open: number | undefined;
  let next = 0;
  for (const [at, event] of events.entries()) {
    if (event.type === "content_block_start") {
      assert.deepEqual([open, event.index], [undefined, next++]);
      open = event.index;
    } else if (event.type === "content_block_delta") assert.equal(event.index, open);
    else if (event.type === "content_block_stop") {
      assert.equal(event.index, open);
      open = undefined;
    } else if (event.type === "message_start") assert.equal(at, 0);
    else if (event.type === "message_delta") assert.equal(open, undefined);
  }
  const ends = events.filter((it) => it.type === "message_stop" || it.type === "error");
  assert.equal(ends.length, 1);
  assert.equal(events.at(-1), ends[0]);
}
