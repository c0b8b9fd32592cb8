import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { BadRequest } from "../../src/gateway/dialect.ts";
import { anthropic } from "../../src/gateway/dialects/anthropic.ts";
import { anthropicWire } from "../../src/model/anthropic/wire.ts";
import { carriedSignature, carrying } from "../../src/model/carried.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { answeredFor, decoded, refusedFor, sentFor, sseBytes, streamedFor } from "./translation.ts";

const pair = { dialect: anthropic, wire: anthropicWire };
const asked = (more: JsonObject): JsonObject => ({
  model: "claude-sonnet-5-5",
  max_tokens: 100,
  messages: [{ role: "user", content: "hello" }],
  ...more,
});
const says = (role: string, ...content: JsonObject[]): JsonObject => ({ role, content });

describe("a request of the Messages API that is not passed on as it came", () => {
  it("keeps what is the API's own, known to us or not", () => {
    const body = asked({ service_tier: "auto", container: "c1", metadata: { user_id: "u" }, stream: true });
    const { messages: _, ...sent } = sentFor(pair, body);
    const { messages: __, ...own } = body;
    assert.deepEqual(sent, own);
  });

  it("leaves out what another vendor signed and what is carried for it", () => {
    const foreign = { type: "thinking", thinking: "hm", signature: carriedSignature("gemini", { a: 1 }) };
    const call = carrying({ type: "tool_use", id: "c1", name: "look", input: {} }, "gemini", "s");
    const messages = [
      says("user", { type: "text", text: "q" }),
      says("assistant", foreign, call as JsonObject),
    ];
    assert.deepEqual(sentFor(pair, asked({ messages }))["messages"], [
      { role: "user", content: [{ type: "text", text: "q" }] },
      { role: "assistant", content: [{ type: "tool_use", id: "c1", name: "look", input: {} }] },
    ]);
  });

  it("keeps the vendor's own thinking", () => {
    const own = { type: "thinking", thinking: "", signature: "EqQB" };
    const messages = [
      says("user", { type: "text", text: "q" }),
      says("assistant", own),
      says("user", { type: "text", text: "r" }),
    ];
    assert.deepEqual(
      (sentFor(pair, asked({ messages }))["messages"] as readonly JsonObject[])[1],
      says("assistant", own),
    );
  });

  for (const [what, model, more, expected] of [
    [
      "a budget becomes an effort where only that is taken",
      "claude-sonnet-5-5",
      { thinking: { type: "enabled", budget_tokens: 5000 } },
      { thinking: "adaptive", effort: "medium" },
    ],
    [
      "an effort becomes a budget where only that is taken",
      "claude-haiku-4-5",
      { output_config: { effort: "low" } },
      { thinking: "enabled", effort: undefined },
    ],
    [
      "an effort the model lacks becomes the next lower",
      "claude-opus-4-6",
      { output_config: { effort: "xhigh" } },
      { thinking: "adaptive", effort: "high" },
    ],
    [
      "off is off where it can be",
      "claude-haiku-5-5",
      { thinking: { type: "disabled" } },
      { thinking: "disabled", effort: undefined },
    ],
    [
      "off is as little as can be where it cannot",
      "claude-opus-5-5",
      { output_config: { effort: "none" } },
      { thinking: undefined, effort: "low" },
    ],
  ] as const) {
    it(`thinks as the model can: ${what}`, () => {
      const sent = sentFor(pair, asked({ model, ...more }));
      const thinking = sent["thinking"] as JsonObject | undefined;
      const output = sent["output_config"] as JsonObject | undefined;
      assert.deepEqual({ thinking: thinking?.["type"], effort: output?.["effort"] }, expected);
    });
  }

  it("keeps a budget below the output", () => {
    const sent = sentFor(pair, asked({ model: "claude-haiku-4-5", output_config: { effort: "high" } }));
    const budget = (sent["thinking"] as { budget_tokens: number }).budget_tokens;
    assert.ok(budget < Number(sent["max_tokens"]), `${budget} of ${sent["max_tokens"]}`);
  });

  it("marks at most four blocks for caching, the last ones", () => {
    const block = (text: string): JsonObject => ({
      type: "text",
      text,
      cache_control: { type: "ephemeral" },
    });
    const messages = [says("user", ...["a", "b", "c", "d", "e"].map(block))];
    const [{ content }] = sentFor(pair, asked({ messages }))["messages"] as unknown as [
      { content: JsonObject[] },
    ];
    assert.deepEqual(
      content.map((it) => "cache_control" in it),
      [false, true, true, true, true],
    );
  });

  it("sends no temperature to a model that refuses it", () => {
    assert.equal(sentFor(pair, asked({ temperature: 0.2 }))["temperature"], undefined);
    assert.equal(sentFor(pair, asked({ temperature: 1.7, model: "claude-haiku-4-5" }))["temperature"], 1);
  });

  it("forces no call on a model that refuses it", () => {
    const tools = [{ name: "look", input_schema: { type: "object" } }];
    const sent = sentFor(pair, asked({ tools, tool_choice: { type: "any" } }));
    assert.deepEqual(sent["tool_choice"], { type: "auto" });
  });

  for (const [what, body] of [
    ["no messages", { model: "m" }],
    ["messages that are no list", { messages: "hello" }],
    ["a role of no kind", { messages: [{ role: "tool", content: "x" }] }],
    ["a block without a type", { messages: [{ role: "user", content: [{}] }] }],
    ["a tool without a name", { messages: [], tools: [{}] }],
    ["a temperature in words", { messages: [], temperature: "hot" }],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => sentFor(pair, body as unknown as JsonObject), BadRequest);
    });
  }
});

const START = {
  type: "message_start",
  message: {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "x",
    content: [],
    usage: { input_tokens: 3, output_tokens: 0 },
  },
};
const STREAM = [
  START,
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "ping" },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "grüß 🦊" } },
  { type: "content_block_stop", index: 0 },
  {
    type: "message_delta",
    delta: { stop_reason: "end_turn", stop_sequence: null },
    usage: { output_tokens: 4 },
  },
  { type: "message_stop" },
];

describe("a stream of the Messages API", () => {
  it("is the same however its bytes are cut", () => {
    const whole = decoded(anthropicWire, sseBytes(STREAM, true));
    for (const cut of [{ chunk_bytes: 1 }, { chunk_bytes: 7 }, { crlf: true }, { comments: true }])
      assert.deepEqual(decoded(anthropicWire, sseBytes(STREAM, true, cut)), whole);
  });

  it("ends in one failure wherever it is cut off before its end", () => {
    const [bytes] = sseBytes(STREAM, true);
    assert.ok(bytes);
    for (let length = 0; length < bytes.length - 40; length++) {
      const events = decoded(anthropicWire, [bytes.subarray(0, length)]);
      const ends = events.filter((it) => it.type === "error" || it.type === "message_stop");
      assert.equal(ends.length, 1, `at ${length}`);
      // Behind the last block and the reason for the end, nothing is missing but the end itself.
      if (ends[0]?.type === "message_stop")
        assert.ok(
          events.some((it) => it.type === "message_delta"),
          `at ${length}`,
        );
    }
  });

  it("shows the client's own name of the model", () => {
    const { raw } = streamedFor(pair, sseBytes(STREAM, true));
    assert.match(raw, /"model":"m"/);
    assert.doesNotMatch(raw, /"model":"x"/);
  });

  it("hands on a failure in its middle as an error, without an end", () => {
    const broken = [
      START,
      { type: "error", error: { type: "overloaded_error", message: "busy" } },
      ...STREAM.slice(1),
    ];
    const { raw, failed } = streamedFor(pair, sseBytes(broken, true));
    assert.ok(failed);
    assert.match(
      raw,
      /event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"busy"}}/,
    );
    assert.doesNotMatch(raw, /message_stop/);
  });
});

describe("what the Messages API refuses", () => {
  it("is told in its own form, by status where the body says nothing", () => {
    const told = refusedFor(pair, { status: 413, body: "upstream says no" });
    assert.deepEqual(told["error"], { type: "request_too_large", message: "upstream says no" });
  });

  it("is an error also with status 200", () => {
    const body = { type: "error", error: { type: "api_error", message: "oops" } };
    assert.equal(answeredFor(pair, body)["__status"], 502);
  });
});
