import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { openaiChat } from "../../src/gateway/dialects/openai-chat.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import type { MessagesRequest, WireBlock, WireMessage } from "../../src/model/messages.ts";
import { openaiChatWire } from "../../src/model/openai-chat/wire.ts";

const CALL = { method: "POST", path: "", query: new URLSearchParams(), headers: {} };

/** A request in Chat Completions and back. */
function roundTrip(request: MessagesRequest): MessagesRequest {
  const { body } = openaiChatWire.encode(request, { model: request.model, info: undefined, options: {} });
  return openaiChat.decode(body, CALL);
}

const words = fc.string({ minLength: 1 }).filter((it) => it.trim() !== "");
const text = words.map((it): WireBlock => ({ type: "text", text: it }));
const input = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((it) => JSON.parse(JSON.stringify(it)) as JsonObject);
const PNG = "iVBORw0KGgoAAA";
const image = fc.constant<WireBlock>({
  type: "image",
  source: { type: "base64", media_type: "image/png", data: PNG },
});

/** A turn of the assistant with its results, and what the user says then. */
const exchange = fc
  .record({
    said: fc.option(text, { nil: undefined }),
    inputs: fc.array(input, { maxLength: 3 }),
    results: fc.array(words, { minLength: 3, maxLength: 3 }),
    next: fc.option(fc.oneof(text, image), { nil: undefined }),
  })
  .filter(({ said, inputs }) => said !== undefined || inputs.length > 0);

const conversations = fc
  .tuple(text, fc.array(exchange, { maxLength: 4 }), text)
  .map(([first, exchanges, last]) => {
    const messages: WireMessage[] = [{ role: "user", content: [first] }];
    for (const [turn, { said, inputs, results, next }] of exchanges.entries()) {
      const calls = inputs.map(
        (it, at): WireBlock => ({ type: "tool_use", id: `c${turn}_${at}`, name: `t${at}`, input: it }),
      );
      const answers = calls.map(
        (it, at): WireBlock => ({
          type: "tool_result",
          tool_use_id: it["id"] ?? "",
          content: results[at] ?? "",
        }),
      );
      messages.push({ role: "assistant", content: [...(said ? [said] : []), ...calls] });
      const following = [
        ...answers,
        ...(next ? [next] : []),
        ...(answers.length === 0 && !next ? [last] : []),
      ];
      messages.push({ role: "user", content: following });
    }
    return messages;
  });

const requests = fc
  .record({
    system: fc.option(text, { nil: undefined }),
    messages: conversations,
    max: fc.nat(),
    stops: fc.array(words, { minLength: 1, maxLength: 4 }),
    choice: fc.constantFrom("auto", "any", "none"),
  })
  .map(({ system, messages, max, stops, choice }): MessagesRequest => {
    const input_schema = { type: "object", properties: { a: { type: "string" } } };
    return {
      model: "m",
      stream: false,
      system: system ? [system] : [],
      messages,
      tools: [0, 1, 2].map((at) => ({ name: `t${at}`, description: "d", input_schema })),
      max_tokens: max,
      stop_sequences: stops,
      tool_choice: { type: choice },
      rest: {},
      restOf: "openai",
      betas: [],
    };
  });

describe("a conversation in Chat Completions", () => {
  it("means the same when it comes back", () => {
    fc.assert(
      fc.property(requests, (request) => assert.deepEqual(roundTrip(request), request)),
      { numRuns: 200 },
    );
  });

  it("never has a call without one result right behind it, whatever the client sends", () => {
    const block = fc.oneof(
      text,
      fc.nat(3).map((it): WireBlock => ({ type: "tool_use", id: `c${it}`, name: "t", input: {} })),
      fc.nat(3).map((it): WireBlock => ({ type: "tool_result", tool_use_id: `c${it}`, content: "r" })),
      fc.constant<WireBlock>({ type: "new_kind" }),
    );
    const role = fc.constantFrom("user", "assistant", "system");
    const message = fc.record({
      role,
      content: fc.uniqueArray(block, { maxLength: 4, selector: (it) => JSON.stringify(it) }),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), (messages) => {
        const request: MessagesRequest = {
          model: "m",
          stream: false,
          system: [],
          messages,
          tools: [],
          rest: {},
          betas: [],
        };
        const { body } = openaiChatWire.encode(request, { model: "m", info: undefined, options: {} });
        checkAnswered(body["messages"] as readonly JsonObject[]);
      }),
      { numRuns: 500 },
    );
  });
});

/** Every message with calls is followed by their results in order, and no result stands elsewhere. */
function checkAnswered(messages: readonly JsonObject[]): void {
  let awaited: unknown[] = [];
  for (const { role, tool_calls, tool_call_id } of messages) {
    if (role === "tool") assert.equal(tool_call_id, awaited.shift());
    else assert.deepEqual(awaited, []);
    if (Array.isArray(tool_calls)) awaited = tool_calls.map((it) => it.id as unknown);
  }
  assert.deepEqual(awaited, []);
}
