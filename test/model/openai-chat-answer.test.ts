import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { openaiChatWire } from "../../src/model/openai-chat/wire.ts";
import { isOpenaiReasoning, OPENAI_MODELS, openaiModel } from "../../src/model/openai-models.ts";
import { Unreadable } from "../../src/model/wire.ts";

const READING = { nameOf: (it: string) => (it === "alias" ? "its own name" : it), model: "m" };
const read = (body: unknown) => openaiChatWire.answer(body, READING);
const answer = (message: object, finish: string | null = "stop", more: object = {}) => ({
  id: "c1",
  model: "gpt-x",
  choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: finish }],
  ...more,
});
const called = (id: string | undefined, args: unknown, name = "look") => ({
  id,
  type: "function",
  function: { name, arguments: args },
});
const use = (id: string, input: object, name = "look") => ({ type: "tool_use", id, name, input });
const words = (text: string) => ({ type: "text", text });

describe("an answer of Chat Completions", () => {
  it("is a message", () => {
    const { content: _, ...head } = read(answer({ content: "hi" }));
    assert.deepEqual(head, {
      id: "msg_c1",
      type: "message",
      role: "assistant",
      model: "gpt-x",
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: {
        input_tokens: 0,
        output_tokens: 0,
        cache_read_input_tokens: 0,
        cache_creation_input_tokens: 0,
      },
    });
  });

  it("has an id that stays the same where the host gives none", () => {
    const { id: _, ...body } = answer({ content: "hi" });
    assert.match(read(body).id, /^msg_made_[0-9a-f]{8}$/);
    assert.equal(read(body).id, read(body).id);
  });

  for (const [what, message, finish, content, stop] of [
    ["words", { content: " hi\n" }, "stop", [words(" hi\n")], "end_turn"],
    ["nothing", { content: "" }, "stop", [], "end_turn"],
    ["nothing in words", { content: null }, "stop", [], "end_turn"],
    [
      "parts",
      { content: [{ type: "text", text: "a" }, { type: "text", text: "b" }, { type: "x" }] },
      "stop",
      [words("ab")],
      "end_turn",
    ],
    ["a refused part", { content: [{ type: "refusal", refusal: "no" }] }, "stop", [words("no")], "refusal"],
    ["a refusal", { content: null, refusal: "no" }, "stop", [words("no")], "refusal"],
    ["filtered words", { content: "a" }, "content_filter", [words("a")], "refusal"],
    ["words that were cut", { content: "a" }, "length", [words("a")], "max_tokens"],
    [
      "calls in order",
      { content: "a", tool_calls: [called("1", '{"a":1}'), called("2", "{}")] },
      "tool_calls",
      [words("a"), use("1", { a: 1 }), use("2", {})],
      "tool_use",
    ],
    ["a call though it says stop", { tool_calls: [called("1", "{}")] }, "stop", [use("1", {})], "tool_use"],
    ["a call without arguments", { tool_calls: [called("1", "")] }, "tool_calls", [use("1", {})], "tool_use"],
    [
      "a call with an object",
      { tool_calls: [called("1", { a: 1 })] },
      "tool_calls",
      [use("1", { a: 1 })],
      "tool_use",
    ],
    [
      "a call encoded twice",
      { tool_calls: [called("1", '"{\\"a\\":1}"')] },
      "tool_calls",
      [use("1", { a: 1 })],
      "tool_use",
    ],
    [
      "a call with a mended object",
      { tool_calls: [called("1", '{"a": "b\nc", "d": [1, 2,')] },
      "tool_calls",
      [use("1", { a: "b\nc", d: [1, 2] })],
      "tool_use",
    ],
    [
      "a call in Python's words",
      { tool_calls: [called("1", "{'a': True, 'b': None,}")] },
      "tool_calls",
      [use("1", { a: true, b: null })],
      "tool_use",
    ],
    [
      "a call that was cut",
      { tool_calls: [called("1", '{"a": "b')] },
      "length",
      [use("1", {})],
      "max_tokens",
    ],
    [
      "a call that broke off unsaid",
      { tool_calls: [called("1", '{"a": "b')] },
      "stop",
      [use("1", {})],
      "max_tokens",
    ],
    [
      "a call of no object",
      { tool_calls: [called("1", "rm -rf")] },
      "tool_calls",
      [use("1", {})],
      "max_tokens",
    ],
    [
      "a call by its own name",
      { tool_calls: [called("1", "{}", "alias")] },
      "tool_calls",
      [use("1", {}, "its own name")],
      "tool_use",
    ],
    [
      "calls with one id as two",
      { tool_calls: [called("1", "{}"), called("1", "{}")] },
      "tool_calls",
      [use("1", {}), use("1_2", {})],
      "tool_use",
    ],
    [
      "no call without a name",
      { content: "a", tool_calls: [{ id: "1", function: { arguments: "{}" } }] },
      "tool_calls",
      [words("a")],
      "end_turn",
    ],
    [
      "the old form of a call",
      { function_call: { name: "look", arguments: '{"a":1}' } },
      "function_call",
      [use("call_8b5a5b0a", { a: 1 })],
      "tool_use",
    ],
    [
      "calls beside an empty old form",
      { content: "", function_call: { name: "", arguments: "" }, tool_calls: [called("1", "{}")] },
      "tool_calls",
      [use("1", {})],
      "tool_use",
    ],
    [
      "thoughts first",
      { content: "a", reasoning_content: "hm" },
      "stop",
      [{ type: "thinking", thinking: "hm", signature: "" }, words("a")],
      "end_turn",
    ],
    [
      "thoughts under the other name",
      { content: "a", reasoning: "hm" },
      "stop",
      [{ type: "thinking", thinking: "hm", signature: "" }, words("a")],
      "end_turn",
    ],
    [
      "no addresses as words",
      { content: "a", annotations: [{ type: "url_citation", url_citation: { url: "https://a.b" } }] },
      "stop",
      [words("a")],
      "end_turn",
    ],
    [
      "members of other types as absent",
      { content: 7, tool_calls: "no", reasoning_content: [] },
      9,
      [],
      "end_turn",
    ],
  ] as const) {
    it(`holds ${what}`, () => {
      const seen = read(answer(message, finish as string));
      const made = (it: object) =>
        "id" in it && String(it.id).startsWith("call_") ? { ...it, id: "call_" } : it;
      assert.deepEqual([seen.content.map(made), seen.stop_reason], [content.map(made), stop]);
    });
  }

  it("is one though an empty error stands beside it", () => {
    for (const error of [null, "", false])
      assert.equal(read(answer({ content: "a" }, "stop", { error })).stop_reason, "end_turn");
  });

  it("says at which of its sequences it stopped", () => {
    const body = { choices: [{ message: { content: "a" }, finish_reason: "stop", matched_stop: "END" }] };
    assert.deepEqual([read(body).stop_reason, read(body).stop_sequence], ["stop_sequence", "END"]);
  });

  for (const [what, usage, expected] of [
    [
      "cached tokens",
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 3 },
      },
      [3, 5, 4, 3],
    ],
    [
      "DeepSeek's cached tokens",
      { prompt_tokens: 10, completion_tokens: 5, prompt_cache_hit_tokens: 4 },
      [6, 5, 4, 0],
    ],
    [
      "Anthropic's names",
      { prompt_tokens: 10, completion_tokens: 5, cache_read_input_tokens: 4, cache_creation_input_tokens: 3 },
      [3, 5, 4, 3],
    ],
    [
      "more cached than there were",
      { prompt_tokens: 1, completion_tokens: 5, cached_tokens: 4 },
      [0, 5, 4, 0],
    ],
    ["nothing", undefined, [0, 0, 0, 0]],
  ] as const) {
    it(`counts ${what} in classes apart`, () => {
      const { usage: seen } = read(answer({ content: "a" }, "stop", { usage }));
      assert.deepEqual(
        [
          seen.input_tokens,
          seen.output_tokens,
          seen.cache_read_input_tokens,
          seen.cache_creation_input_tokens,
        ],
        expected,
      );
    });
  }

  it("counts reasoning that a host leaves out of its output", () => {
    const usage = {
      prompt_tokens: 1,
      completion_tokens: 5,
      completion_tokens_details: { reasoning_tokens: 7 },
    };
    const reading = { ...READING, reasoningBeside: true };
    assert.equal(
      openaiChatWire.answer(answer({ content: "a" }, "stop", { usage }), reading).usage.output_tokens,
      12,
    );
  });

  for (const [what, body, kind] of [
    ["no choices", { choices: [] }, "server"],
    ["no message", { choices: [{ message: null }] }, "server"],
    ["nothing", null, "server"],
    ["an error", { error: { message: "busy", type: "server_error", code: null } }, "server"],
    ["an error with a status as its code", { error: { message: "slow", code: 429 } }, "rate-limit"],
    [
      "an error as its ending",
      { choices: [{ message: { content: "a" }, finish_reason: "error" }] },
      "server",
    ],
  ] as const) {
    it(`with ${what} is a failure`, () => {
      assert.throws(
        () => read(body),
        (error) => error instanceof Unreadable && error.failure.kind === kind,
      );
    });
  }
});

describe("a refusal of Chat Completions", () => {
  const failure = (status: number, body: unknown, headers = {}) =>
    openaiChatWire.failure({ status, headers, body: typeof body === "string" ? body : JSON.stringify(body) });

  for (const [status, error, kind] of [
    [400, { message: "bad" }, "invalid"],
    [400, { message: "too long", code: "context_length_exceeded" }, "context-full"],
    [400, { message: "This model's maximum context length is 9 tokens" }, "context-full"],
    [401, { message: "no", code: "invalid_api_key" }, "auth"],
    [402, { message: "no" }, "credit"],
    [403, { message: "no" }, "permission"],
    [404, { message: "no", code: "model_not_found" }, "model-unknown"],
    [408, { message: "no" }, "timeout"],
    [413, { message: "no" }, "too-large"],
    [422, { message: "no" }, "invalid"],
    [429, { message: "no", code: "rate_limit_exceeded" }, "rate-limit"],
    [429, { message: "no", code: "insufficient_quota" }, "credit"],
    [500, { message: "no" }, "server"],
    [503, { message: "no" }, "server"],
    [529, { message: "no" }, "overloaded"],
  ] as const) {
    it(`of ${status} ${JSON.stringify(error)} is ${kind}`, () => {
      const { kind: seen, message, status: kept } = failure(status, { error });
      assert.deepEqual([seen, message, kept], [kind, error.message, status]);
    });
  }

  for (const [what, body, message] of [
    ["plain words", "upstream says no", "upstream says no"],
    ["a page", "<!doctype html><title>Bad gateway</title>", "the host answered a web page: Bad gateway"],
    ["nothing", "", "the host answered status 502"],
    ["a detail", { detail: "no such" }, "no such"],
    ["a bare error", { error: "no such" }, "no such"],
    ["a list", [{ error: { message: "no such" } }], "no such"],
    [
      "a host's own words",
      { error: { message: "Provider error", metadata: { raw: "no such" } } },
      "Provider error: no such",
    ],
    ["a key", { error: { message: "Incorrect API key: sk-abcdefghij" } }, "Incorrect API key: sk-…"],
  ] as const) {
    it(`tells ${what}`, () => assert.equal(failure(502, body).message, message));
  }

  for (const [what, headers, expected] of [
    ["seconds", { "retry-after": "2" }, 2000],
    ["milliseconds", { "retry-after-ms": "250", "retry-after": "1" }, 250],
    [
      "a date",
      { "retry-after": "Sun, 01 Nov 2026 00:00:10 GMT", date: "Sun, 01 Nov 2026 00:00:00 GMT" },
      10_000,
    ],
    [
      "the limit that is used up",
      {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "1.5s",
        "x-ratelimit-remaining-tokens": "5",
        "x-ratelimit-reset-tokens": "6m0s",
      },
      1500,
    ],
    ["minutes", { "x-ratelimit-reset-tokens": "6m0s" }, 360_000],
    ["a part of a second", { "x-ratelimit-reset-tokens": "20ms" }, 20],
    ["nothing it says", { "x-ratelimit-reset-tokens": "soon" }, undefined],
  ] as const) {
    it(`asks to wait for ${what}`, () => assert.equal(failure(429, "", headers).retryAfterMs, expected));
  }

  it("has the vendor's id", () =>
    assert.equal(failure(500, "", { "x-request-id": "req_1" }).requestId, "req_1"));
});

describe("models of Chat Completions", () => {
  const list = (data: readonly object[]) => openaiChatWire.list?.read({ data }) ?? [];

  it("are those that can talk, the table's first", () => {
    const ids = [
      "text-embedding-3-large",
      "whisper-1",
      "other",
      "gpt-4o-2024-11-20",
      "gpt-6.1-sol",
      "gpt-image-2",
    ];
    assert.deepEqual(
      list(ids.map((id) => ({ id }))).map((it) => it.id),
      ["gpt-6.1-sol", "gpt-4o-2024-11-20", "other"],
    );
  });

  it("are described by their host where it does", () => {
    const told = {
      id: "a/b",
      name: "B",
      context_length: 9000,
      top_provider: { max_completion_tokens: 900 },
      architecture: { input_modalities: ["text", "image"] },
      supported_parameters: ["reasoning"],
    };
    assert.deepEqual(list([told]), [
      {
        id: "a/b",
        name: "B",
        contextWindow: 9000,
        maxOutput: 900,
        efforts: ["low", "medium", "high"],
        images: true,
        rates: undefined,
      },
    ]);
  });

  it("are none in anything else", () => {
    for (const body of [null, 7, { data: "x" }, { data: [null, 7, {}] }])
      assert.deepEqual(openaiChatWire.list?.read(body), []);
  });

  it("of the table are found with a date and behind a router's name", () => {
    for (const id of ["gpt-5.4", "gpt-5.4-2026-03-05", "openai/gpt-5.4"])
      assert.equal(openaiModel(id)?.info.id, "gpt-5.4");
    assert.equal(openaiModel("gpt-5.4-pro"), undefined);
  });

  it("cost twice the input and half as much again of output beyond the limit", () => {
    const { rates, ratesAbove } = openaiModel("gpt-6.1-sol")?.info ?? {};
    assert.deepEqual(
      [rates?.input, rates?.output, ratesAbove?.rates.input, ratesAbove?.rates.output],
      [2, 10, 4, 15],
    );
    assert.equal(ratesAbove?.tokens, 272_000);
  });

  it("are each in the table once", () => {
    assert.equal(new Set(OPENAI_MODELS.map((it) => it.info.id)).size, OPENAI_MODELS.length);
  });

  it("reason by their names", () => {
    for (const id of ["o1", "o3-mini", "gpt-5", "gpt-5.4-pro", "gpt-6-sol", "openai/gpt-5.5"])
      assert.ok(isOpenaiReasoning(id), id);
    for (const id of ["gpt-4o", "gpt-4.1", "m", "gpt-oss-20b", "gpt-5-chat-latest", "olmo-7b"])
      assert.ok(!isOpenaiReasoning(id), id);
  });
});
