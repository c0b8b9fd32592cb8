import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { BadRequest } from "../../src/gateway/dialect.ts";
import { anthropic } from "../../src/gateway/dialects/anthropic.ts";
import { openaiChat } from "../../src/gateway/dialects/openai-chat.ts";
import { anthropicWire } from "../../src/model/anthropic/wire.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { openaiChatWire } from "../../src/model/openai-chat/wire.ts";
import { Unreadable, Untranslatable } from "../../src/model/wire.ts";
import { sentFor } from "./translation.ts";

const value = fc.jsonValue({ maxDepth: 2 });
/** A member that has its right type often enough to get further. */
const or = <T>(it: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 1, arbitrary: value as fc.Arbitrary<unknown> },
    { weight: 4, arbitrary: it as fc.Arbitrary<unknown> },
  );
const members = (model: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.record(model, { requiredKeys: [] });
const word = fc.constantFrom("a", "", "c1", "look", "text", "none");

const part = members({
  type: or(
    fc.constantFrom(
      "text",
      "image_url",
      "file",
      "refusal",
      "tool_use",
      "tool_result",
      "image",
      "document",
      "thinking",
      "search_result",
    ),
  ),
  text: or(word),
  image_url: or(members({ url: or(word) })),
  file: or(members({ file_data: or(word) })),
  source: or(
    members({
      type: or(fc.constantFrom("base64", "text", "url", "content")),
      data: or(word),
      url: or(word),
      content: value,
    }),
  ),
  id: or(word),
  name: or(word),
  input: value,
  tool_use_id: or(word),
  content: value,
  thinking: value,
  citations: value,
  cache_control: value,
});
const call = members({
  id: or(word),
  type: value,
  function: or(members({ name: or(word), arguments: or(fc.json()) })),
  custom: value,
});
const message = members({
  role: or(fc.constantFrom("user", "assistant", "system", "tool", "function")),
  content: or(fc.array(or(part), { maxLength: 3 })),
  tool_calls: or(fc.array(or(call), { maxLength: 2 })),
  tool_call_id: or(word),
  function_call: value,
  name: value,
  reasoning_content: value,
});
const tool = members({
  type: or(
    fc.constantFrom("function", "custom", "bash_20250124", "computer_20251124", "web_search_20250305"),
  ),
  name: or(word),
  function: or(members({ name: or(word), parameters: value, description: value })),
  input_schema: value,
});
const body = members({
  messages: or(fc.array(or(message), { maxLength: 4 })),
  system: or(fc.array(or(part), { maxLength: 2 })),
  tools: or(fc.array(or(tool), { maxLength: 2 })),
  tool_choice: or(
    members({
      type: or(fc.constantFrom("auto", "any", "tool", "function")),
      name: or(word),
      function: value,
      allowed_tools: value,
    }),
  ),
  thinking: or(
    members({ type: or(fc.constantFrom("enabled", "adaptive", "disabled")), budget_tokens: value }),
  ),
  output_config: or(
    members({
      effort: or(word),
      format: or(members({ type: or(fc.constant("json_schema")), name: value, schema: value })),
    }),
  ),
  response_format: or(
    members({ type: or(fc.constantFrom("json_schema", "json_object")), json_schema: value }),
  ),
  max_tokens: or(fc.nat()),
  stop: value,
  stop_sequences: value,
  temperature: or(fc.double({ noNaN: true })),
  metadata: value,
  n: value,
});

describe("nonsense", () => {
  for (const [from, dialect] of [
    ["OpenAI's form", openaiChat],
    ["Claude's form", anthropic],
  ] as const) {
    for (const [to, wire] of [
      ["Claude's form", anthropicWire],
      ["OpenAI's form", openaiChatWire],
    ] as const) {
      it(`in ${from} is refused, or has ${to}`, () => {
        const send = (asked: JsonObject) => {
          try {
            sentFor({ dialect, wire, options: { reasoningReplay: true, keepCacheControl: true } }, asked);
          } catch (error) {
            if (!(error instanceof BadRequest || error instanceof Untranslatable)) throw error;
          }
        };
        fc.assert(
          fc.property(body, (it) => send(it as JsonObject)),
          { numRuns: 400 },
        );
      });
    }
  }

  it("as an answer is a failure, or a message", () => {
    const choice = members({ message: or(message), finish_reason: or(word), index: value });
    const answer = members({
      choices: or(fc.array(or(choice), { maxLength: 2 })),
      usage: or(members({ prompt_tokens: value, prompt_tokens_details: value })),
      error: value,
    });
    const read = (it: unknown) => {
      try {
        assert.equal(openaiChatWire.answer(it, { nameOf: (name) => name, model: "m" }).type, "message");
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
      }
    };
    fc.assert(fc.property(or(answer), read), { numRuns: 400 });
  });

  it("as a refusal is a failure with words", () => {
    const read = (text: string) =>
      assert.notEqual(openaiChatWire.failure({ status: 500, headers: {}, body: text }).message, "");
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), read));
  });
});
