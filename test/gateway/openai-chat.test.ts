import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { BadRequest } from "../../src/gateway/dialect.ts";
import { openaiChat } from "../../src/gateway/dialects/openai-chat.ts";
import { anthropicWire } from "../../src/model/anthropic/wire.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import type { FailureKind } from "../../src/model/failure.ts";
import type { MessagesRequest } from "../../src/model/messages.ts";
import { openaiChatWire } from "../../src/model/openai-chat/wire.ts";
import { Untranslatable } from "../../src/model/wire.ts";
import { answeredFor, refusedFor, sentFor, sseBytes, streamedFor } from "./translation.ts";

const pair = { dialect: openaiChat, wire: anthropicWire };
const CALL = { method: "POST", path: "/v1/chat/completions", query: new URLSearchParams(), headers: {} };
const decode = (body: JsonObject): MessagesRequest => openaiChat.decode({ messages: [], ...body }, CALL);
const turns = (...messages: readonly JsonObject[]) => decode({ messages }).messages;
const user = (content: unknown) => ({ role: "user", content }) as JsonObject;
const tool = (id: string, content: unknown) => ({ role: "tool", tool_call_id: id, content }) as JsonObject;
const called = (id: string, args = "{}", name = "look") => ({
  id,
  type: "function",
  function: { name, arguments: args },
});
const calls = (...tool_calls: readonly JsonObject[]) =>
  ({ role: "assistant", content: null, tool_calls }) as JsonObject;
const words = (text: string) => ({ type: "text", text });
const use = (id: string, input: JsonObject = {}, name = "look") => ({ type: "tool_use", id, name, input });
const result = (id: string, content: unknown) => ({ type: "tool_result", tool_use_id: id, content });
const PNG = "data:image/png;base64,iVBORw0KGgoAAA";
const png = { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw0KGgoAAA" } };

describe("a request of Chat Completions", () => {
  it("has what the system says first apart, and later words in their place", () => {
    const { system, messages } = decode({
      messages: [
        { role: "system", content: "a" },
        { role: "developer", content: [words("b")] },
        user("q"),
        { role: "system", content: "c" },
      ],
    });
    assert.deepEqual(
      [system, messages.map((it) => it.role)],
      [
        [words("a"), words("b")],
        ["user", "system"],
      ],
    );
  });

  for (const [what, messages, expected] of [
    ["neighbours as one turn", [user("a"), user("b")], [["user", [words("a"), words("b")]]]],
    [
      "two answers in a row as one",
      [user("q"), { role: "assistant", content: "a" }, calls(called("c1")), tool("c1", "r")],
      [
        ["user", [words("q")]],
        ["assistant", [words("a"), use("c1")]],
        ["user", [result("c1", "r")]],
      ],
    ],
    [
      "results in one turn, before words",
      [calls(called("c1"), called("c2")), tool("c2", "two"), user("go"), tool("c1", "one")],
      [
        ["assistant", [use("c1"), use("c2")]],
        ["user", [result("c1", "one"), result("c2", "two"), words("go")]],
      ],
    ],
    [
      "a result that came twice once",
      [calls(called("c1")), tool("c1", "r"), tool("c1", "r")],
      [
        ["assistant", [use("c1")]],
        ["user", [result("c1", "r")]],
      ],
    ],
    [
      "a call without a result with one",
      [calls(called("c1")), user("go")],
      [
        ["assistant", [use("c1")]],
        [
          "user",
          [{ ...result("c1", "[interrupted: this call gave no result]"), is_error: true }, words("go")],
        ],
      ],
    ],
    [
      "a result without its call as words",
      [user("q"), tool("c9", "late")],
      [["user", [words("q"), words("[result of an earlier call]\nlate")]]],
    ],
    [
      "no blank words beside calls",
      [{ ...calls(called("c1")), content: " " }, tool("c1", "")],
      [
        ["assistant", [use("c1")]],
        ["user", [result("c1", "")]],
      ],
    ],
    [
      "arguments that are empty as none",
      [calls(called("c1", "")), tool("c1", "r")],
      [
        ["assistant", [use("c1")]],
        ["user", [result("c1", "r")]],
      ],
    ],
    [
      "arguments that are broken as they were",
      [calls(called("c1", "{a")), tool("c1", "r")],
      [
        ["assistant", [use("c1", { _raw: "{a" })]],
        ["user", [result("c1", "r")]],
      ],
    ],
    [
      "the old form of calls",
      [
        { role: "assistant", content: null, function_call: { name: "look", arguments: '{"a":1}' } },
        { role: "function", name: "look", content: "r" },
      ],
      [
        ["assistant", [use("call_0", { a: 1 })]],
        ["user", [result("call_0", "r")]],
      ],
    ],
    [
      "a refusal as words",
      [user("q"), { role: "assistant", content: null, refusal: "no" }],
      [
        ["user", [words("q")]],
        ["assistant", [words("no")]],
      ],
    ],
    [
      "thoughts unsigned",
      [{ role: "assistant", content: "a", reasoning_content: "hm" }],
      [["assistant", [{ type: "thinking", thinking: "hm", signature: "" }, words("a")]]],
    ],
    [
      "a picture in a result",
      [calls(called("c1")), tool("c1", [words("see"), { type: "image_url", image_url: { url: PNG } }])],
      [
        ["assistant", [use("c1")]],
        ["user", [result("c1", [words("see"), png])]],
      ],
    ],
    [
      "a picture by what it is",
      [user([{ type: "image_url", image_url: { url: PNG.replace("png", "jpeg") } }])],
      [["user", [png]]],
    ],
    [
      "a picture by its address",
      [user([{ type: "image_url", image_url: { url: "https://a.b/c" } }])],
      [["user", [{ type: "image", source: { type: "url", url: "https://a.b/c" } }]]],
    ],
    [
      "a PDF as a document",
      [
        user([
          { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERi0" } },
        ]),
      ],
      [
        [
          "user",
          [
            {
              type: "document",
              source: { type: "base64", media_type: "application/pdf", data: "JVBERi0" },
              title: "a.pdf",
            },
          ],
        ],
      ],
    ],
    [
      "marks of caches",
      [user([{ ...words("a"), cache_control: { type: "ephemeral" } }])],
      [["user", [{ ...words("a"), cache_control: { type: "ephemeral" } }]]],
    ],
    ["unknown parts as nothing", [user([{ type: "video" }, words("a")])], [["user", [words("a")]]]],
  ] as const) {
    it(`has ${what}`, () => {
      assert.deepEqual(
        turns(...(messages as readonly JsonObject[])).map((it) => [it.role, it.content]),
        expected,
      );
    });
  }

  for (const [what, body, path] of [
    ["no messages", { messages: undefined }, "messages"],
    ["a message that is none", { messages: [7] }, "messages.0"],
    ["a role nobody has", { messages: [{ role: "x" }] }, "messages.0.role"],
    ["content that is none", { messages: [user(7)] }, "messages.0.content"],
    [
      "audio without sound",
      { messages: [user([{ type: "input_audio" }])] },
      "messages.0.content.0.input_audio",
    ],
    [
      "a file by its id",
      { messages: [user([{ type: "file", file: { file_id: "f" } }])] },
      "messages.0.content.0.file",
    ],
    [
      "a picture by a path",
      { messages: [user([{ type: "image_url", image_url: { url: "/a.png" } }])] },
      "messages.0.content.0.image_url",
    ],
    ["a result of nothing", { messages: [{ role: "tool", content: "r" }] }, "messages.0.tool_call_id"],
    ["a call without a name", { messages: [calls({ id: "c1" })] }, "messages.0.tool_calls.0"],
    ["a tool without a name", { tools: [{ type: "function" }] }, "tools.0"],
    ["a limit in words", { max_tokens: "many" }, "max_tokens"],
  ] as const) {
    it(`with ${what} is refused, and said where`, () => {
      const refused = () => decode(body as unknown as JsonObject);
      assert.throws(refused, (error) => error instanceof BadRequest && error.message.startsWith(path));
    });
  }

  const TOOLS = [
    {
      type: "function",
      function: { name: "look", description: "d", parameters: { type: "object" }, strict: true },
      cache_control: { type: "ephemeral" },
    },
    { type: "custom", custom: { name: "run" } },
  ];
  it("has its tools, those in free form with one text", () => {
    const [look, run] = decode({ tools: TOOLS }).tools;
    assert.deepEqual(look, {
      name: "look",
      description: "d",
      input_schema: { type: "object" },
      strict: true,
      cache_control: { type: "ephemeral" },
    });
    assert.deepEqual(run?.input_schema?.["required"], ["input"]);
  });

  for (const [choice, more, expected] of [
    ["required", {}, { type: "any" }],
    ["none", { parallel_tool_calls: false }, { type: "none" }],
    ["auto", {}, { type: "auto" }],
    [undefined, { parallel_tool_calls: false }, { type: "auto", disable_parallel_tool_use: true }],
    [undefined, {}, undefined],
    [{ type: "function", function: { name: "look" } }, {}, { type: "tool", name: "look" }],
    [
      {
        type: "allowed_tools",
        allowed_tools: { mode: "required", tools: [{ type: "function", function: { name: "look" } }] },
      },
      {},
      { type: "any" },
    ],
  ] as const) {
    it(`chooses ${JSON.stringify(choice)} ${JSON.stringify(more)}`, () => {
      const body = { tools: TOOLS, ...more, ...(choice && { tool_choice: choice }) } as unknown as JsonObject;
      assert.deepEqual(decode(body).tool_choice, expected);
    });
  }

  it("chooses nothing without tools, and only among those allowed", () => {
    const allowed_tools = { mode: "auto", tools: [{ type: "custom", custom: { name: "run" } }] };
    assert.equal(decode({ tool_choice: "required" }).tool_choice, undefined);
    const { tools } = decode({ tools: TOOLS, tool_choice: { type: "allowed_tools", allowed_tools } });
    assert.deepEqual(
      tools.map((it) => it.name),
      ["run"],
    );
  });

  for (const [what, more, expected] of [
    ["its limit under either name", { max_tokens: 5, max_completion_tokens: 7 }, { max_tokens: 7 }],
    ["one stop", { stop: "a" }, { stop_sequences: ["a"] }],
    ["no blank stops", { stop: ["a", " "] }, { stop_sequences: ["a"] }],
    ["no stops", { stop: null }, {}],
    ["its effort", { reasoning_effort: "minimal" }, { output_config: { effort: "minimal" } }],
    ["its name in caches", { prompt_cache_key: "k" }, { prompt_cache_key: "k" }],
    ["who asks", { user: "u" }, { metadata: { user_id: "u" } }],
    [
      "the form of its answer",
      {
        response_format: { type: "json_schema", json_schema: { name: "n", schema: { a: 1 }, strict: true } },
      },
      { output_config: { format: { type: "json_schema", schema: { a: 1 }, name: "n" } } },
    ],
    [
      "a form in words",
      { response_format: { type: "json_object" } },
      { system: [words("Answer with one JSON object and nothing else.")] },
    ],
    ["what only OpenAI knows apart", { seed: 1, n: 2, logprobs: null }, { rest: { seed: 1, n: 2 } }],
    ["streams", { stream: true, stream_options: { include_usage: true } }, { stream: true }],
  ] as const) {
    it(`has ${what}`, () => {
      const plain = {
        model: "",
        stream: false,
        system: [],
        messages: [],
        tools: [],
        rest: {},
        restOf: "openai",
        betas: [],
      };
      assert.deepEqual(decode(more as JsonObject), { ...plain, ...expected });
    });
  }

  it("brings sound to models that hear, and not to Claude", () => {
    const part = { type: "input_audio", input_audio: { data: "SUQz", format: "mp3" } };
    const body = { model: "m", messages: [user([part])] };
    assert.deepEqual(sentFor({ dialect: openaiChat, wire: openaiChatWire }, body)["messages"], body.messages);
    assert.throws(() => sentFor(pair, body), Untranslatable);
  });

  it("brings nothing to Claude that is only OpenAI's", () => {
    const body = {
      model: "claude-sonnet-5-5",
      messages: [user("q")],
      seed: 1,
      n: 2,
      logit_bias: {},
      response_format: { type: "json_schema", json_schema: { name: "n", schema: {} } },
    };
    const sent = sentFor(pair, body);
    assert.deepEqual(
      ["seed", "n", "logit_bias"].filter((it) => it in sent),
      [],
    );
    assert.deepEqual(sent["output_config"], { format: { type: "json_schema", schema: {} } });
  });
});

const MESSAGE = { id: "msg_1", type: "message", role: "assistant", model: "claude-x", stop_sequence: null };
const told = (
  content: readonly object[],
  stop_reason: string,
  usage: object = { input_tokens: 10, output_tokens: 5 },
) => ({ ...MESSAGE, content, stop_reason, usage });

describe("an answer in Chat Completions", () => {
  for (const [what, content, stop, message, finish] of [
    ["words together", [words("a"), words("b")], "end_turn", { content: "ab" }, "stop"],
    [
      "only calls",
      [use("c1", { a: 1 })],
      "tool_use",
      { content: null, tool_calls: [called("c1", '{"a":1}')] },
      "tool_calls",
    ],
    [
      "thoughts apart",
      [{ type: "thinking", thinking: "hm", signature: "s" }, words("a")],
      "max_tokens",
      { content: "a", reasoning_content: "hm" },
      "length",
    ],
    [
      "nothing closed, no tools of the vendor",
      [
        { type: "redacted_thinking", data: "x" },
        { type: "server_tool_use", id: "s", name: "web_search", input: {} },
        words("a"),
      ],
      "stop_sequence",
      { content: "a" },
      "stop",
    ],
    ["nothing", [], "refusal", { content: "" }, "content_filter"],
    ["a pause", [words("a")], "pause_turn", { content: "a" }, "stop"],
    ["a full context", [words("a")], "model_context_window_exceeded", { content: "a" }, "length"],
  ] as const) {
    it(`has ${what}`, () => {
      const answer = answeredFor(pair, told(content, stop));
      const [choice] = answer["choices"] as readonly JsonObject[];
      assert.deepEqual(choice, {
        index: 0,
        message: { role: "assistant", refusal: null, ...message },
        logprobs: null,
        finish_reason: finish,
      });
    });
  }

  it("shows the model as the client named it, and counts all input together", () => {
    const usage = {
      input_tokens: 1,
      output_tokens: 5,
      cache_read_input_tokens: 2,
      cache_creation_input_tokens: 4,
      output_tokens_details: { thinking_tokens: 3 },
    };
    const { choices: _, ...head } = answeredFor(pair, told([], "end_turn", usage));
    assert.deepEqual(head, {
      __status: 200,
      id: "msg_1",
      object: "chat.completion",
      created: 1,
      model: "m",
      usage: {
        prompt_tokens: 7,
        completion_tokens: 5,
        total_tokens: 12,
        prompt_tokens_details: { cached_tokens: 2, cache_write_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 3 },
      },
    });
  });

  it("calls tools in free form in their own form", () => {
    const request = { tools: [{ type: "custom", custom: { name: "run" } }] };
    const answer = answeredFor(pair, told([use("c1", { input: "ls" }, "run")], "tool_use"), request);
    assert.match(JSON.stringify(answer), /"type":"custom","custom":\{"name":"run","input":"ls"\}/);
  });
});

const START = {
  type: "message_start",
  message: { ...MESSAGE, content: [], stop_reason: null, usage: { input_tokens: 7, output_tokens: 1 } },
};
const STOP = [
  {
    type: "message_delta",
    delta: { stop_reason: "tool_use", stop_sequence: null },
    usage: { output_tokens: 9 },
  },
  { type: "message_stop" },
];
const block = (index: number, content_block: object, ...deltas: readonly object[]) => [
  { type: "content_block_start", index, content_block },
  ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
  { type: "content_block_stop", index },
];

/** The chunks a client gets, "[DONE]" as it is. */
function chunksOf(events: readonly object[], request: JsonObject = {}): readonly JsonObject[] {
  const { raw } = streamedFor(pair, sseBytes(events, true), request);
  const data = raw.split("\n\n").filter((it) => it !== "");
  return data.map((it) => (it === "data: [DONE]" ? { done: true } : (JSON.parse(it.slice(6)) as JsonObject)));
}
const deltasOf = (chunks: readonly JsonObject[]) =>
  chunks.flatMap((it) => ((it["choices"] ?? []) as readonly JsonObject[]).map((choice) => choice["delta"]));

describe("a stream in Chat Completions", () => {
  it("begins with the role, numbers its calls by themselves, and ends with [DONE]", () => {
    const events = [
      START,
      ...block(
        0,
        { type: "thinking", thinking: "", signature: "" },
        { type: "thinking_delta", thinking: "hm" },
        { type: "signature_delta", signature: "s" },
      ),
      ...block(1, words(""), { type: "text_delta", text: "a" }),
      ...block(
        2,
        use("c1"),
        { type: "input_json_delta", partial_json: '{"a":' },
        { type: "input_json_delta", partial_json: "1}" },
      ),
      ...block(3, use("c2")),
      ...STOP,
    ];
    const chunks = chunksOf(events);
    assert.deepEqual(deltasOf(chunks), [
      { role: "assistant", content: "" },
      { reasoning_content: "hm" },
      { content: "a" },
      { tool_calls: [{ index: 0, ...called("c1", "") }] },
      { tool_calls: [{ index: 0, function: { arguments: '{"a":' } }] },
      { tool_calls: [{ index: 0, function: { arguments: "1}" } }] },
      { tool_calls: [{ index: 1, ...called("c2", "") }] },
      { tool_calls: [{ index: 1, function: { arguments: "{}" } }] },
      {},
    ]);
    assert.deepEqual(chunks.at(-1), { done: true });
    assert.equal(
      chunks.some((it) => "usage" in it),
      false,
    );
  });

  it("tells its usage behind the ending where that was asked", () => {
    const chunks = chunksOf([START, ...STOP], { stream_options: { include_usage: true } });
    const [first, , last] = chunks;
    assert.deepEqual([first?.["usage"], last?.["choices"]], [null, []]);
    assert.match(JSON.stringify(last?.["usage"]), /"total_tokens":16/);
  });

  it("writes a call in free form when its text is whole", () => {
    const request = { tools: [{ type: "custom", custom: { name: "run" } }] };
    const deltas = [
      { type: "input_json_delta", partial_json: '{"input":"l' },
      { type: "input_json_delta", partial_json: 's"}' },
    ];
    const chunks = chunksOf([START, ...block(0, use("c1", {}, "run"), ...deltas), ...STOP], request);
    assert.deepEqual(deltasOf(chunks).slice(1, 3), [
      { tool_calls: [{ index: 0, id: "c1", type: "custom", custom: { name: "run", input: "" } }] },
      { tool_calls: [{ index: 0, custom: { input: "ls" } }] },
    ]);
  });

  for (const [what, events] of [
    ["fails", [START, { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }]],
    ["is cut", [START, ...block(0, words(""), { type: "text_delta", text: "a" })]],
    ["is mixed with another", [START, { ...START, message: { ...START.message, id: "msg_2" } }, ...STOP]],
  ] as const) {
    it(`that ${what} ends with an error and without [DONE]`, () => {
      const chunks = chunksOf(events);
      assert.deepEqual(
        chunks.map((it) => "error" in it),
        chunks.map((_, at) => at === chunks.length - 1),
      );
    });
  }

  it("begins once though the vendor begins it twice", () => {
    assert.equal(deltasOf(chunksOf([START, START, ...STOP])).length, 2);
  });
});

describe("the dialect of Chat Completions", () => {
  const wants = (method: string, path: string, headers = {}) =>
    openaiChat.wants({ ...CALL, method, path, headers });

  it("takes requests for answers, and for models from all but clients of Claude", () => {
    assert.equal(wants("POST", "/v1/chat/completions"), "answer");
    assert.equal(wants("GET", "/v1/chat/completions"), undefined);
    assert.equal(wants("GET", "/v1/models"), "models");
    assert.equal(wants("GET", "/v1/models", { "anthropic-version": "2023-06-01" }), undefined);
    assert.equal(wants("GET", "/v1/models", { "x-api-key": "k" }), undefined);
  });

  it("has its key as a bearer's token", () => {
    assert.equal(openaiChat.keyOf({ ...CALL, headers: { authorization: "Bearer k" } }), "k");
    assert.equal(openaiChat.keyOf(CALL), undefined);
  });

  it("lists models in OpenAI's form", () => {
    const info = {
      id: "a",
      name: "A",
      contextWindow: 1,
      maxOutput: 1,
      efforts: [],
      images: false,
      rates: undefined,
    };
    assert.deepEqual(openaiChat.models([info]), {
      object: "list",
      data: [{ id: "a", object: "model", created: 1_767_225_600, owned_by: "wheelhouse" }],
    });
  });

  for (const [status, type, expected] of [
    [400, "invalid_request_error", { type: "invalid_request_error", code: null }],
    [401, "authentication_error", { type: "invalid_request_error", code: "invalid_api_key" }],
    [402, "billing_error", { type: "insufficient_quota", code: "insufficient_quota" }],
    [403, "permission_error", { type: "invalid_request_error", code: "permission_denied" }],
    [404, "not_found_error", { type: "invalid_request_error", code: "model_not_found" }],
    [413, "request_too_large", { type: "invalid_request_error", code: "context_length_exceeded" }],
    [429, "rate_limit_error", { type: "rate_limit_error", code: "rate_limit_exceeded" }],
    [500, "api_error", { type: "server_error", code: "server_error" }],
    [504, "timeout_error", { type: "server_error", code: "timeout" }],
    [529, "overloaded_error", { type: "server_error", code: "server_error" }],
  ] as const) {
    it(`refuses with ${status} as ${expected.code}`, () => {
      const body = JSON.stringify({ type: "error", error: { type, message: "no" } });
      const { error } = refusedFor(pair, { status, body });
      assert.deepEqual(error, { message: "no", param: null, ...expected });
    });
  }

  it("says that a context is full in the words that clients know", () => {
    const kind: FailureKind = "context-full";
    const { error } = openaiChat.refusal({
      failure: { kind, message: "prompt is too long: 9 > 8" },
      status: 400,
      requestId: "r",
    });
    assert.match(
      JSON.stringify(error),
      /maximum context length.*prompt is too long: 9 > 8.*context_length_exceeded/,
    );
  });
});
