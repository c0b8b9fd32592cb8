import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { anthropic } from "../../src/gateway/dialects/anthropic.ts";
import { openaiResponses } from "../../src/gateway/dialects/openai-responses.ts";
import { codewhispererWire } from "../../src/model/codewhisperer/wire.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { openaiResponsesWire } from "../../src/model/openai-responses/wire.ts";
import { Unreadable, Untranslatable, type Wire } from "../../src/model/wire.ts";
import { event } from "../model/event-stream.ts";
import { BadRequest, decoded, READING, sentFor, sseBytes, streamedFor } from "./translation.ts";

/** What may stand for a member of which a text, a list or an object is expected. */
const nonsense = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom("text", "{", "data:,", -1, 1e99));

const memberOf = (...names: readonly string[]) => fc.dictionary(fc.constantFrom(...names), nonsense);

function typed(types: readonly string[], ...names: readonly string[]) {
  return fc.tuple(fc.constantFrom(...types), memberOf(...names)).map(([type, more]) => ({ ...more, type }));
}

const block = typed(
  [
    "text",
    "image",
    "document",
    "tool_use",
    "tool_result",
    "thinking",
    "redacted_thinking",
    "search_result",
    "odd",
  ],
  ..."text source id name input tool_use_id content is_error thinking signature data title citations".split(
    " ",
  ),
);
const items = fc.array(
  typed(
    [
      "message",
      "reasoning",
      "function_call",
      "function_call_output",
      "custom_tool_call",
      "shell_call",
      "compaction",
      "odd",
    ],
    ..."role content summary encrypted_content call_id name arguments output input action phase id".split(
      " ",
    ),
  ),
);
const events = fc.array(
  typed(
    [
      "created",
      "output_item.added",
      "output_item.done",
      "output_text.delta",
      "refusal.delta",
      "reasoning_summary_text.delta",
      "function_call_arguments.delta",
      "function_call_arguments.done",
      "completed",
      "incomplete",
      "failed",
    ].map((it) => `response.${it}`),
    ..."response item output_index item_id delta arguments summary_index".split(" "),
  ),
);

/** Runs `work`, which may refuse what it gets in one of its own ways only. */
function refusing(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    const isOwn =
      error instanceof BadRequest || error instanceof Untranslatable || error instanceof Unreadable;
    assert.ok(isOwn, error instanceof Error ? error.stack : String(error));
  }
}

describe("nonsense", () => {
  for (const [name, wire] of [
    ["the Responses API", openaiResponsesWire],
    ["CodeWhisperer", codewhispererWire],
  ] as readonly (readonly [string, Wire])[]) {
    it(`in a conversation for ${name} breaks nothing`, () => {
      const message = fc.record({
        role: fc.constantFrom("user", "assistant", "system"),
        content: fc.array(block),
      });
      const more = memberOf(
        "tools",
        "tool_choice",
        "thinking",
        "output_config",
        "metadata",
        "system",
        "top_k",
      );
      fc.assert(
        fc.property(fc.array(message), more, (messages, body) => {
          refusing(() =>
            sentFor({ dialect: anthropic, wire }, { model: "m", messages, ...body } as JsonObject),
          );
        }),
      );
    });
  }

  it("in items of a client breaks nothing", () => {
    const more = memberOf("tools", "tool_choice", "reasoning", "text", "instructions", "metadata");
    fc.assert(
      fc.property(items, more, (input, body) => {
        const pair = { dialect: openaiResponses, wire: openaiResponsesWire };
        refusing(() => sentFor(pair, { model: "m", input, ...body } as JsonObject));
      }),
    );
  });

  it("in a response breaks nothing", () => {
    const members = memberOf("status", "error", "usage", "id", "incomplete_details");
    fc.assert(
      fc.property(items, members, (output, more) => {
        refusing(() => openaiResponsesWire.answer({ output, ...more }, READING));
      }),
    );
  });

  it("in the events of a response ends in one failure or a whole answer", () => {
    fc.assert(
      fc.property(events, (all) => {
        const bytes = sseBytes(all, true);
        const ends = decoded(openaiResponsesWire, bytes).filter((it) =>
          /^(error|message_stop)$/.test(it.type),
        );
        assert.equal(ends.length, 1);
        for (const dialect of [anthropic, openaiResponses])
          streamedFor({ dialect, wire: openaiResponsesWire }, bytes);
      }),
    );
  });

  it("in the events of CodeWhisperer ends in one failure or a whole answer", () => {
    const type = fc.constantFrom(
      "assistantResponseEvent",
      "toolUseEvent",
      "reasoningContentEvent",
      "metadataEvent",
      "odd",
    );
    const payload = memberOf(
      "content",
      "toolUseId",
      "name",
      "input",
      "stop",
      "text",
      "signature",
      "tokenUsage",
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(type, payload)), (all) => {
        const bytes = all.map(([name, it]) => event(name, it));
        const ends = decoded(codewhispererWire, bytes).filter((it) => /^(error|message_stop)$/.test(it.type));
        assert.equal(ends.length, 1);
      }),
    );
  });
});
