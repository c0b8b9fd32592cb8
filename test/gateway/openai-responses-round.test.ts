import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { openaiResponses as dialect } from "../../src/gateway/dialects/openai-responses.ts";
import { anthropicWire } from "../../src/model/anthropic/wire.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { openaiChatWire } from "../../src/model/openai-chat/wire.ts";
import { openaiResponsesWire } from "../../src/model/openai-responses/wire.ts";
import { answerOf, heardFor, out, outputOf, says, use } from "./responses-clients.ts";
import { call, eventsOf, message, reasoning, response } from "./responses-events.ts";
import { sentFor, sseBytes, streamedFor } from "./translation.ts";

describe("thinking of any vendor", () => {
  const pair = { dialect, wire: openaiResponsesWire };

  it("comes back as it was to the vendor that is not OpenAI", () => {
    const blocks = [
      { type: "thinking", thinking: "hm", signature: "EqQB" },
      { type: "redacted_thinking", data: "xyz" },
      use("c1"),
    ];
    const input = [...outputOf(answerOf(blocks)), out("c1", "r")];
    assert.deepEqual(heardFor(input)[0]?.content, blocks);
    const sent = sentFor({ dialect, wire: anthropicWire }, {
      model: "claude-sonnet-5-5",
      input,
    } as JsonObject);
    assert.deepEqual((sent["messages"] as readonly JsonObject[]).at(-2)?.["content"], blocks);
  });

  it("comes back as it was to OpenAI, whole or streamed, and goes to nobody else", () => {
    const items = [
      reasoning("rs_1", "Let me see."),
      message("msg_1", "Looking.", { phase: "commentary" }),
      call("c1", "look", { a: 1 }),
    ];
    const { raw } = streamedFor(pair, sseBytes(eventsOf(response(items)), true));
    const last = JSON.parse(raw.trim().split("data: ").at(-1) ?? "") as {
      readonly response: { readonly output: readonly JsonObject[] };
    };
    const streamed = last.response.output;
    const whole = outputOf(openaiResponsesWire.answer(response(items), { nameOf: (it) => it, model: "m" }));
    for (const output of [streamed, whole]) {
      const input = [...output, out("c1", "r")];
      const sent = sentFor(pair, { model: "gpt-6-sol", input } as JsonObject)[
        "input"
      ] as readonly JsonObject[];
      assert.deepEqual(sent[0], items[0]);
      assert.equal(sent[1]?.["phase"], "commentary");
      const other = sentFor({ dialect, wire: anthropicWire }, {
        model: "claude-sonnet-5-5",
        input,
      } as JsonObject);
      assert.doesNotMatch(JSON.stringify(other), /enc_rs_1|wheelhouse/);
    }
    assert.deepEqual(whole[0], items[0]);
  });

  it("is read as its summary by hosts that want it back", () => {
    const input = [
      says("user", "q"),
      reasoning("rs_1", "Let me see."),
      call("c1", "look", {}),
      out("c1", "r"),
    ];
    const chat = { dialect, wire: openaiChatWire, options: { reasoningReplay: true } };
    const { messages } = sentFor(chat, { model: "deepseek-chat", input } as JsonObject);
    assert.equal((messages as readonly JsonObject[])[1]?.["reasoning_content"], "Let me see.");
  });

  it("without a signature is a summary, and stays one", () => {
    const [item] = outputOf(answerOf([{ type: "thinking", thinking: "hm", signature: "" }]));
    assert.equal(item?.["encrypted_content"], undefined);
    assert.deepEqual(heardFor([item])[0]?.content, [{ type: "thinking", thinking: "hm", signature: "" }]);
  });
});

describe("a conversation of the Responses API", () => {
  const pair = { dialect, wire: openaiResponsesWire };
  const words = fc.string({ minLength: 1 }).map((it) => `w${it}`);
  const turn = fc.oneof(
    words.map((it) => [says("user", [{ type: "input_text", text: it }])]),
    words.map((it) => [
      says("assistant", [{ type: "output_text", text: it }]),
      says("user", [{ type: "input_text", text: "go" }]),
    ]),
    fc
      .tuple(fc.uuid(), words, words)
      .map(([id, said, got]) => [
        { type: "function_call", call_id: id, name: "look", arguments: JSON.stringify({ said }) },
        out(id, got),
      ]),
  );

  it("is the same after it has been in the canonical form", () => {
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 6 }), (turns) => {
        const input = turns.flat() as unknown as readonly JsonObject[];
        const sent = sentFor(pair, { model: "gpt-6-sol", input });
        assert.deepEqual(meaning(sent["input"]), meaning(input));
        assert.deepEqual(sentFor(pair, { model: "gpt-6-sol", input: sent["input"] ?? [] }), sent);
      }),
    );
  });

  /** What is said by whom: how the texts of one speaker are parted says nothing. */
  function meaning(input: unknown): unknown {
    return (input as readonly JsonObject[]).map((it) =>
      it["type"] === "message" ? [it["role"], textIn(it)] : it,
    );
  }

  function textIn({ content }: JsonObject): string {
    return (content as readonly { readonly text: string }[]).map((it) => it.text).join("");
  }
});
