import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { anthropic } from "../../src/gateway/dialects/anthropic.ts";
import { gemini } from "../../src/gateway/dialects/gemini.ts";
import { openaiResponses } from "../../src/gateway/dialects/openai-responses.ts";
import { anthropicWire } from "../../src/model/anthropic/wire.ts";
import { isCarried } from "../../src/model/carried.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { geminiWire } from "../../src/model/gemini/wire.ts";
import { openaiChatWire } from "../../src/model/openai-chat/wire.ts";
import { openaiResponsesWire } from "../../src/model/openai-responses/wire.ts";
import { answeredFor, folded, isFailure, READING, sentFor, sseBytes } from "./translation.ts";

const pair = { dialect: anthropic, wire: openaiChatWire };
const format = "anthropic-claude-v1";
const TEXT: JsonObject = {
  type: "reasoning.text",
  text: "hm, so",
  signature: "sig/1",
  id: "r1",
  format,
  index: 0,
};
const CLOSED: JsonObject = { type: "reasoning.encrypted", data: "c2VjcmV0", id: "r2", format, index: 1 };
const SUMMARY: JsonObject = { type: "reasoning.summary", summary: "in short", format, index: 0 };
const CALLS: JsonObject[] = [
  { index: 0, id: "c1", type: "function", function: { name: "look", arguments: "{}" } },
];
const DONE = "[DONE]";

const chunk = (delta: JsonObject, finish_reason: string | null = null) => ({
  id: "g1",
  choices: [{ index: 0, delta, finish_reason }],
});

/** The answer in these deltas, as a client of the Messages API sends it back. */
function streamed(...deltas: readonly JsonObject[]): readonly JsonObject[] {
  const pieces = [...deltas.map((it) => chunk(it)), chunk({}, "tool_calls"), DONE];
  const answer = folded(openaiChatWire, sseBytes(pieces, false));
  assert.ok(!isFailure(answer), JSON.stringify(answer));
  return answer.content as readonly JsonObject[];
}

/** The same of a whole answer. */
function whole(message: JsonObject): readonly JsonObject[] {
  const choices = [{ index: 0, message, finish_reason: "tool_calls" }];
  return answeredFor(pair, { id: "g1", choices })["content"] as readonly JsonObject[];
}

/** The conversation with that answer and a result. */
const after = (content: readonly JsonObject[], model = READING.model): JsonObject => ({
  model,
  messages: [
    { role: "user", content: "q" },
    { role: "assistant", content },
    { role: "user", content: [{ type: "tool_result", tool_use_id: "c1", content: "seen" }] },
  ],
});

/** What the host gets back in the answer's place. */
function back(content: readonly JsonObject[], model?: string): JsonObject {
  const messages = sentFor(pair, after(content, model))["messages"] as readonly JsonObject[];
  const found = messages.find((it) => it["role"] === "assistant");
  assert.ok(found);
  return found;
}

describe("reasoning that a host of Chat Completions has signed or keeps closed", () => {
  for (const [what, details, shown] of [
    ["signed text", [TEXT], "hm, so"],
    ["what is closed", [CLOSED], ""],
    ["both, in their order", [TEXT, CLOSED], "hm, so"],
    ["a summary before what is closed", [SUMMARY, CLOSED], "in short"],
  ] as const) {
    it(`comes back as it was, of a whole answer: ${what}`, () => {
      const content = whole({ content: null, reasoning_details: details, tool_calls: CALLS });
      assert.equal(content[0]?.["thinking"], shown);
      assert.deepEqual(back(content)["reasoning_details"], details);
    });

    it(`comes back as it was, of a stream: ${what}`, () => {
      const each = details.map((it) => ({ reasoning_details: [it] }));
      const content = streamed(...each, { content: "I look." }, { tool_calls: CALLS });
      assert.deepEqual(back(content)["reasoning_details"], details);
      assert.deepEqual(
        content.map((it) => it["type"]),
        ["thinking", "text", "tool_use"],
      );
    });
  }

  it("is put together from its pieces", () => {
    const piece = (more: JsonObject): JsonObject => ({
      reasoning_details: [{ type: "reasoning.text", format, index: 0, ...more }],
    });
    const content = streamed(
      piece({ text: "hm, ", signature: null, id: "r1" }),
      piece({ text: "so" }),
      piece({ signature: "sig/1" }),
      { tool_calls: CALLS },
    );
    assert.equal(content[0]?.["thinking"], "hm, so");
    assert.deepEqual(back(content)["reasoning_details"], [TEXT]);
  });

  it("is kept, too, where it comes with the call or behind it", () => {
    for (const deltas of [
      [{ reasoning_details: [CLOSED], tool_calls: CALLS }],
      [{ tool_calls: CALLS }, { reasoning_details: [CLOSED] }],
      [{ reasoning_details: [TEXT] }, { tool_calls: CALLS }, { reasoning_details: [CLOSED] }],
    ] as const) {
      const content = streamed(...(deltas as unknown as readonly JsonObject[]));
      const told = JSON.stringify(back(content)["reasoning_details"]);
      assert.match(told, /"c2VjcmV0"/);
      assert.equal(content.filter((it) => it["type"] === "tool_use").length, 1);
    }
  });

  it("is not carried when it is neither: the text is all there is", () => {
    const open = { ...TEXT, signature: null };
    for (const content of [
      whole({ content: "a", reasoning_details: [open] }),
      streamed({ reasoning_details: [open] }, { content: "a" }),
    ]) {
      assert.deepEqual(content[0], { type: "thinking", thinking: "hm, so", signature: "" });
      assert.equal(back(content)["reasoning_details"], undefined);
    }
  });

  it("goes to no other model", () => {
    const content = whole({ content: "a", reasoning_details: [TEXT], tool_calls: CALLS });
    assert.ok(isCarried(String(content[0]?.["signature"])));
    assert.equal(back(content, "another")["reasoning_details"], undefined);
    for (const wire of [anthropicWire, geminiWire, openaiResponsesWire]) {
      const sent = JSON.stringify(sentFor({ dialect: anthropic, wire }, after(content)));
      assert.doesNotMatch(sent, /sig\/1|wheelhouse/);
    }
  });

  it("is readable for hosts that want thoughts back as text", () => {
    const content = whole({ content: null, reasoning_details: [TEXT], tool_calls: CALLS });
    const replaying = { ...pair, options: { reasoningReplay: true } };
    const messages = sentFor(replaying, after(content, "another"))["messages"] as readonly JsonObject[];
    assert.equal(messages[1]?.["reasoning_content"], "hm, so");
  });

  for (const dialect of [anthropic, gemini, openaiResponses])
    it(`comes back through clients of ${dialect.name}, however long it is`, () => {
      const long = { ...TEXT, text: "hm ".repeat(60_000) };
      const client = { dialect, wire: openaiChatWire };
      const choices = [
        {
          index: 0,
          message: { content: null, reasoning_details: [long], tool_calls: CALLS },
          finish_reason: "tool_calls",
        },
      ];
      const answer = answeredFor(client, { id: "g1", choices });
      const messages = sentFor(client, REPLIES[dialect.name]?.(answer) ?? {})[
        "messages"
      ] as readonly JsonObject[];
      assert.deepEqual(messages.find((it) => it["role"] === "assistant")?.["reasoning_details"], [long]);
    });
});

/** How clients go on after an answer with a call. */
const REPLIES: Readonly<Record<string, (answer: JsonObject) => JsonObject>> = {
  anthropic: (answer) => after(answer["content"] as readonly JsonObject[]),
  gemini: (answer) => {
    const [candidate] = answer["candidates"] as readonly JsonObject[];
    const reply = { functionResponse: { name: "look", response: { output: "seen" } } };
    return {
      model: READING.model,
      contents: [
        { role: "user", parts: [{ text: "q" }] },
        candidate?.["content"] ?? null,
        { role: "user", parts: [reply] },
      ],
    };
  },
  "openai-responses": (answer) => ({
    model: READING.model,
    input: [
      { type: "message", role: "user", content: "q" },
      ...(answer["output"] as readonly JsonObject[]),
      { type: "function_call_output", call_id: "c1", output: "seen" },
    ],
  }),
};
