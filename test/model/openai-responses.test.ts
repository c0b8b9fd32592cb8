import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { JsonObject } from "../../src/model/conversation.ts";
import type { MessagesAnswer, MessagesRequest, WireBlock } from "../../src/model/messages.ts";
import { openaiResponsesWire as wire } from "../../src/model/openai-responses/wire.ts";
import { Unreadable } from "../../src/model/wire.ts";
import { call, eventsOf, itemEvents, message, reasoning, response } from "../gateway/responses-events.ts";
import { cutBytes, decoded, folded, isFailure, READING, sseBytes } from "../gateway/translation.ts";
import { encoded, heard, inputFor, result, says, text, use } from "./responses-requests.ts";

const answered = (body: unknown): MessagesAnswer => wire.answer(body, READING);
const streamed = (events: readonly unknown[]) => folded(wire, sseBytes(events, true));

describe("a response", () => {
  it("is an answer, whole or streamed", () => {
    const body = response([message("msg_1", "Hi."), call("c1", "look", { a: 1 })]);
    const expected = {
      id: "resp_1",
      type: "message",
      role: "assistant",
      model: "gpt-6-sol",
      content: [text("Hi."), use("c1", "look", { a: 1 })],
      stop_reason: "tool_use",
      stop_sequence: null,
      usage: {
        input_tokens: 12,
        output_tokens: 7,
        cache_read_input_tokens: 5,
        cache_creation_input_tokens: 3,
        output_tokens_details: { thinking_tokens: 2 },
      },
    };
    assert.deepEqual(answered(body), expected);
    assert.deepEqual(streamed(eventsOf(body)), expected);
  });

  const refusal = { type: "message", id: "m", content: [{ type: "refusal", refusal: "I cannot." }] };
  const incomplete = (reason: string) => ({ status: "incomplete", incomplete_details: { reason } });
  for (const [what, output, more, expected] of [
    ["all was said", [message("m", "a")], {}, "end_turn"],
    ["it has run out", [message("m", "a")], incomplete("max_output_tokens"), "max_tokens"],
    [
      "it has run out in a call",
      [{ ...call("c", "t", {}), arguments: '{"a"' }],
      incomplete("max_output_tokens"),
      "max_tokens",
    ],
    ["it was filtered", [], incomplete("content_filter"), "refusal"],
    ["it refuses", [refusal], {}, "refusal"],
    ["it was steered", [message("m", "a")], incomplete("steered"), "pause_turn"],
  ] as const) {
    it(`stops for the right reason when ${what}`, () => {
      const body = response(output as readonly JsonObject[], more as JsonObject);
      assert.equal(answered(body).stop_reason, expected);
      const whole = streamed(eventsOf(body));
      assert.ok(!isFailure(whole) && whole.stop_reason === expected, JSON.stringify(whole));
    });
  }

  for (const [what, body, kind] of [
    ["no object", null, "server"],
    ["no output", { id: "resp_1" }, "server"],
    ["an error", { error: { code: "rate_limit_exceeded", message: "slow" } }, "rate-limit"],
    [
      "a failure",
      response([], { status: "failed", error: { code: "server_error", message: "x" } }),
      "server",
    ],
    ["one that is not over", response([], { status: "in_progress" }), "server"],
  ] as const) {
    it(`is unreadable when it is ${what}`, () => {
      assert.throws(
        () => answered(body),
        (error) => error instanceof Unreadable && error.failure.kind === kind,
      );
    });
  }
});

describe("a streamed response", () => {
  const one = call("c1", "look", { a: 1 });
  const two = call("c2", "find", { b: 2 });
  const completed = (...items: readonly JsonObject[]) => ({
    type: "response.completed",
    response: response(items),
  });
  const contentOf = (events: readonly unknown[]) => {
    const whole = streamed(events);
    assert.ok(!isFailure(whole), JSON.stringify(whole));
    return whole.content;
  };

  it("is told apart by place, whatever the ids", () => {
    let next = 0;
    const rotated = eventsOf(response([message("m", "Hello"), one])).map((it) =>
      "item_id" in it ? { ...it, item_id: `r${next++}` } : it,
    );
    assert.deepEqual(contentOf(rotated), [text("Hello"), use("c1", "look", { a: 1 })]);
  });

  it("says nothing twice where deltas have no place", () => {
    const end = completed(message("m", "Hello"));
    for (const at of [{ item_id: "m" }, {}]) {
      const delta = { type: "response.output_text.delta", delta: "Hello", ...at };
      assert.deepEqual(contentOf([delta, end]), [text("Hello")]);
    }
  });

  it("takes arguments from the end where no part of them came", () => {
    const [added, ...rest] = itemEvents(one, 0);
    const done = { type: "response.function_call_arguments.done", output_index: 0, arguments: '{"a":1}' };
    assert.deepEqual(contentOf([added, done, rest.at(-1), completed()]), [use("c1", "look", { a: 1 })]);
    assert.deepEqual(contentOf([added, rest.at(-1), completed()]), [use("c1", "look", { a: 1 })]);
    assert.deepEqual(contentOf([completed(one)]), [use("c1", "look", { a: 1 })]);
  });

  it("does not say a message again that is done after later calls", () => {
    const events = itemEvents(message("m", "Hello"), 0);
    const late = [...events.slice(0, -1), ...itemEvents(one, 1), ...events.slice(-1), completed()];
    assert.deepEqual(contentOf(late), [text("Hello"), use("c1", "look", { a: 1 })]);
  });

  it("keeps calls apart that come at the same time", () => {
    const [first, second] = [itemEvents(one, 0), itemEvents(two, 1)];
    const mixed = first.flatMap((it, index) => [it, second[index]]).filter((it) => it !== undefined);
    assert.deepEqual(contentOf([...mixed, ...second.slice(first.length), completed(one, two)]), [
      use("c1", "look", { a: 1 }),
      use("c2", "find", { b: 2 }),
    ]);
  });

  for (const [what, args, input, stop] of [
    ["is cut", '{"a": [1, {"b": "x', { a: [1, { b: "x" }] }, "tool_use"],
    ["is encoded twice", '"{\\"a\\":1}"', { a: 1 }, "tool_use"],
    ["is nothing", "", {}, "tool_use"],
    ["stands for no object", "[1]", {}, "max_tokens"],
  ] as const) {
    it(`has the input that its arguments stand for when that ${what}`, () => {
      const item = { ...one, arguments: args };
      assert.deepEqual(contentOf(eventsOf(response([item]))), [use("c1", "look", input)]);
      const whole = answered(response([item]));
      assert.deepEqual(whole.content, [use("c1", "look", input)]);
      assert.equal(whole.stop_reason, stop);
    });
  }

  it("tells calls of one id apart", () => {
    const again = { ...two, call_id: "c1" };
    const expected = [use("c1", "look", { a: 1 }), use("c1_2", "find", { b: 2 })];
    assert.deepEqual(contentOf(eventsOf(response([one, again]))), expected);
    assert.deepEqual(answered(response([one, again])).content, expected);
  });

  it("passes over what it does not know", () => {
    const unknown = [{ type: "response.rumour", x: 1 }, { type: "keepalive" }, "[DONE]"];
    assert.deepEqual(contentOf([...unknown, ...eventsOf(response([message("m", "a")]))]), [text("a")]);
  });

  it("shows a search of the vendor as such", () => {
    const search = {
      id: "ws_1",
      type: "web_search_call",
      status: "completed",
      action: { type: "search", query: "q" },
    };
    const kinds = contentOf(eventsOf(response([search, message("m", "a")]))).map((it) => it.type);
    assert.deepEqual(kinds, ["server_tool_use", "web_search_tool_result", "thinking", "text"]);
  });

  for (const [what, event, kind] of [
    [
      "fails",
      { type: "response.failed", response: { error: { code: "context_length_exceeded", message: "x" } } },
      "context-full",
    ],
    ["has an error", { type: "error", code: "rate_limit_exceeded", message: "x" }, "rate-limit"],
    ["has a nested error", { type: "error", error: { type: "server_error", message: "x" } }, "server"],
    ["has nothing but an error", { error: { message: "x" } }, "server"],
    ["is no JSON", "{", "cut"],
  ] as const) {
    it(`ends in a failure when it ${what}`, () => {
      const events = decoded(wire, sseBytes([...itemEvents(message("m", "a"), 0), event, completed()], true));
      const last = events.at(-1);
      assert.ok(last?.type === "error" && last.failure.kind === kind, JSON.stringify(last));
    });
  }

  it("ends in a failure when its body is an error and no stream", () => {
    const body = new TextEncoder().encode('{"error":{"code":"invalid_api_key","message":"no"}}');
    const last = decoded(wire, [body]).at(-1);
    assert.ok(last?.type === "error" && last.failure.kind === "auth");
  });

  const whole = response([reasoning("rs_1", "Let me ß."), message("m", "Hällo 🐎"), one, two]);

  it("is the same however its bytes are cut", () => {
    const bytes = Buffer.concat(sseBytes(eventsOf(whole), true) as Uint8Array[]);
    const expected = decoded(wire, [bytes]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (size) => {
        assert.deepEqual(decoded(wire, cutBytes(bytes, { chunk_bytes: size })), expected);
      }),
      { numRuns: 20 },
    );
  });

  it("ends in one failure or a whole answer, wherever it is cut or damaged", () => {
    const bytes = Buffer.concat(sseBytes(eventsOf(whole), true) as Uint8Array[]);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, byte, isCut) => {
        const damaged = Buffer.from(isCut ? bytes.subarray(0, at) : bytes);
        if (!isCut) damaged[at] = byte;
        const ends = decoded(wire, [damaged]).filter(
          (it) => it.type === "error" || it.type === "message_stop",
        );
        assert.equal(ends.length, 1);
      }),
    );
  });
});

describe("what the vendor wants back", () => {
  const items = [
    reasoning("rs_1", "Let me see."),
    message("m1", "Looking.", { phase: "commentary" }),
    reasoning("rs_2"),
    call("c1", "look", { a: 1 }),
  ];
  const back = (answer: MessagesAnswer) =>
    inputFor(["user", text("q")], ["assistant", ...answer.content], ["user", result("c1", "r")]).slice(1, -1);

  it("comes back as it was and in its place", () => {
    const expected = [
      items[0],
      {
        type: "message",
        role: "assistant",
        content: [{ type: "output_text", text: "Looking." }],
        phase: "commentary",
      },
      items[2],
      { type: "function_call", call_id: "c1", name: "look", arguments: '{"a":1}' },
    ];
    assert.deepEqual(back(answered(response(items))), expected);
    const whole = streamed(eventsOf(response(items)));
    assert.ok(!isFailure(whole));
    assert.deepEqual(back(whole), expected);
  });

  it("does not come back where the item is gone that followed it", () => {
    const { content } = answered(response([reasoning("rs_1"), message("m", "a")]));
    assert.deepEqual(
      inputFor(["user", text("q")], ["assistant", content[0] as WireBlock], ["user", text("r")]),
      [heard(says("q")), heard(says("r"))],
    );
  });

  it("comes back too when another gateway has handed it out bare", () => {
    const signature = `gAAAA${"B".repeat(40)}==`;
    const input = inputFor(
      ["user", text("q")],
      ["assistant", { type: "thinking", thinking: "", signature }, text("a")],
      ["user", text("r")],
    );
    assert.deepEqual(input[1], { type: "reasoning", summary: [], encrypted_content: signature });
  });
});

describe("the vendor's own tool for patches", () => {
  const patch = "*** Begin Patch\n*** Update File: a.ts\n@@\n-a\n+b\n*** End Patch";
  const operation = { type: "update_file", path: "a.ts", diff: "@@\n-a\n+b" };
  const tool = {
    name: "apply_patch",
    input_schema: { type: "object", properties: { input: { type: "string" } } },
  };
  const spoken: Partial<MessagesRequest> = {
    tools: [tool],
    messages: [
      { role: "assistant", content: [use("c1", "apply_patch", { input: patch })] },
      { role: "user", content: [result("c1", "no", { is_error: true })] },
    ],
  };

  it("stands for the client's where the settings say so", () => {
    const { body, reading } = encoded(spoken, "gpt-6-sol", undefined, { applyPatchTool: true });
    assert.deepEqual(body["tools"], [{ type: "apply_patch" }]);
    assert.deepEqual(body["input"], [
      { type: "apply_patch_call", call_id: "c1", status: "completed", operation },
      { type: "apply_patch_call_output", call_id: "c1", status: "failed", output: "Error: no" },
    ]);
    const item = { id: "apc_1", type: "apply_patch_call", call_id: "c2", status: "completed", operation };
    assert.deepEqual(wire.answer(response([item]), reading).content, [
      use("c2", "apply_patch", { input: patch }),
    ]);
  });

  it("is a function like others where they do not", () => {
    const { body } = encoded(spoken);
    assert.deepEqual(
      (body["input"] as readonly JsonObject[]).map((it) => it["type"]),
      ["function_call", "function_call_output"],
    );
  });
});

describe("a refusal of OpenAI", () => {
  const body = (code: string | null, message = "x") =>
    JSON.stringify({ error: { message, type: "t", param: null, code } });
  for (const [status, code, kind] of [
    [400, "context_length_exceeded", "context-full"],
    [400, "invalid_prompt", "invalid"],
    [401, "invalid_api_key", "auth"],
    [402, null, "credit"],
    [403, null, "permission"],
    [404, "model_not_found", "model-unknown"],
    [408, null, "timeout"],
    [413, null, "too-large"],
    [429, "insufficient_quota", "credit"],
    [429, "rate_limit_exceeded", "rate-limit"],
    [500, "server_error", "server"],
    [503, "server_is_overloaded", "overloaded"],
    [504, null, "timeout"],
    [529, null, "overloaded"],
  ] as const) {
    it(`of status ${status} and code ${code} is ${kind}`, () => {
      assert.equal(wire.failure({ status, headers: {}, body: body(code) }).kind, kind);
    });
  }

  it("keeps the id, the wait and the words of a page", () => {
    const headers = { "x-request-id": "req_1", "retry-after": "2" };
    assert.deepEqual(
      wire.failure({ status: 502, headers, body: "<html><title>Bad Gateway</title></html>" }),
      {
        kind: "server",
        message: "the host answered a web page: Bad Gateway",
        status: 502,
        requestId: "req_1",
        retryAfterMs: 2000,
      },
    );
  });
});
