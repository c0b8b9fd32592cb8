import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, it } from "mocha";
import { BadRequest } from "../../src/gateway/dialect.ts";
import { openaiResponses as dialect } from "../../src/gateway/dialects/openai-responses.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { eventsOfAnswer } from "../../src/model/fold-answer.ts";
import type { MessagesAnswer } from "../../src/model/messages.ts";
import {
  answerOf,
  asked,
  CALL,
  FORM,
  fn,
  heardFor,
  out,
  outputOf,
  result,
  says,
  text,
  use,
} from "./responses-clients.ts";

describe("a request of the Responses API", () => {
  it("is known by its path", () => {
    const wants = (method: string, path: string) => dialect.wants({ ...CALL, method, path });
    assert.equal(wants("POST", "/v1/responses"), "answer");
    assert.equal(wants("POST", "/v1/responses/input_tokens"), "count");
    assert.equal(wants("GET", "/v1/responses/resp_1"), undefined);
    assert.equal(wants("POST", "/v1/chat/completions"), undefined);
    assert.equal(dialect.keyOf({ ...CALL, headers: { authorization: "Bearer k" } }), "k");
  });

  it("has the members of the canonical form", () => {
    const body = {
      instructions: "Be brief.",
      stream: true,
      max_output_tokens: 9,
      temperature: 0.5,
      top_p: 0.9,
      reasoning: { effort: "high", summary: "auto" },
      text: {
        format: { type: "json_schema", name: "a", schema: { type: "object" }, strict: true },
        verbosity: "low",
      },
      prompt_cache_key: "k",
      safety_identifier: "u",
      unknown: 1,
    };
    assert.deepEqual(asked("hello", body), {
      model: "m",
      stream: true,
      system: [text("Be brief.")],
      messages: [{ role: "user", content: [text("hello")] }],
      tools: [],
      max_tokens: 9,
      temperature: 0.5,
      top_p: 0.9,
      thinking: { type: "adaptive", display: "summarized" },
      output_config: {
        effort: "high",
        format: { type: "json_schema", schema: { type: "object" }, name: "a" },
      },
      metadata: { user_id: "u" },
      prompt_cache_key: "k",
      rest: { unknown: 1, verbosity: "low" },
      restOf: "openai",
      betas: [],
    });
  });

  it("has any object as a sentence", () => {
    const { system } = asked("x", { text: { format: { type: "json_object" } } });
    assert.match(JSON.stringify(system), /JSON object/);
  });

  it("has what comes first from developers in the system prompt, and later in its place", () => {
    const request = asked(
      [says("developer", "a"), says("system", "b"), says("user", "c"), says("developer", "d")],
      {
        instructions: "first",
      },
    );
    assert.deepEqual(request.system, [text("first"), text("a"), text("b")]);
    assert.deepEqual(
      request.messages.map((it) => it.role),
      ["user", "system"],
    );
  });

  it("has what the model said at once in one message, and the outputs behind it", () => {
    const input = [
      says("user", [{ type: "input_text", text: "go" }]),
      says("assistant", [{ type: "output_text", text: "So." }]),
      fn("c1", '{"a":1}'),
      fn("c2", ""),
      says("user", "wait"),
      out("c1", '{"b":2}'),
      out("c2", [
        { type: "input_text", text: "two" },
        { type: "input_image", image_url: "data:image/png;base64,QUJD" },
      ]),
      says("assistant", "Done."),
    ];
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "QUJD" } };
    assert.deepEqual(heardFor(input), [
      { role: "user", content: [text("go")] },
      { role: "assistant", content: [text("So."), use("c1", "look", { a: 1 }), use("c2")] },
      { role: "user", content: [result("c1", '{"b":2}'), result("c2", [text("two"), image])] },
      { role: "user", content: [text("wait")] },
      { role: "assistant", content: [text("Done.")] },
    ]);
  });

  it("keeps turns apart whose outputs stand between", () => {
    const roles = heardFor([fn("c1", "{}"), out("c1", "a"), fn("c2", "{}"), out("c2", "b")]).map(
      (it) => it.role,
    );
    assert.deepEqual(roles, ["assistant", "user", "assistant", "user"]);
  });

  it("keeps what belongs to nothing, and the first of two outputs", () => {
    assert.deepEqual(heardFor([out("c9", "late"), fn("c1", "{}"), out("c1", "a"), out("c1", "b")]), [
      { role: "user", content: [result("c9", "late")] },
      { role: "assistant", content: [use("c1")] },
      { role: "user", content: [result("c1", "a")] },
    ]);
  });

  it("has arguments that are no object as they are", () => {
    assert.deepEqual(heardFor([fn("c1", '{"a')])[0]?.content, [use("c1", "look", { _raw: '{"a' })]);
  });

  for (const [what, part, block] of [
    [
      "an image by its address",
      { type: "input_image", image_url: "https://a/b.png" },
      { type: "image", source: { type: "url", url: "https://a/b.png" } },
    ],
    [
      "a stored image",
      { type: "input_image", file_id: "file-1" },
      { type: "image", source: { type: "file", file_id: "file-1" } },
    ],
    [
      "a PDF",
      { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,QUJD" },
      {
        type: "document",
        title: "a.pdf",
        source: { type: "base64", media_type: "application/pdf", data: "QUJD" },
      },
    ],
    [
      "a text file",
      { type: "input_file", filename: "a.md", file_data: "data:text/markdown;base64,QUJD" },
      { type: "document", title: "a.md", source: { type: "text", media_type: "text/plain", data: "ABC" } },
    ],
    [
      "a file by its address",
      { type: "input_file", file_url: "https://a/b.pdf" },
      { type: "document", source: { type: "url", url: "https://a/b.pdf" } },
    ],
  ] as const) {
    it(`takes ${what}`, () => assert.deepEqual(heardFor([says("user", [part])])[0]?.content, [block]));
  }

  for (const [what, body] of [
    ["needs an earlier response", { previous_response_id: "resp_1" }],
    ["needs a stored conversation", { conversation: "conv_1" }],
    ["needs a stored prompt", { prompt: { id: "p" } }],
    ["is to run in the background", { background: true }],
    ["points to stored items", { input: [{ type: "item_reference", id: "i" }] }],
    ["has no input", { input: null }],
    ["has no model", { model: "" }],
    ["speaks in sound without any", { input: [says("user", [{ type: "input_audio" }])] }],
    ["wants files searched", { tools: [{ type: "file_search" }] }],
    ["wants code run", { tools: [{ type: "code_interpreter" }] }],
    ["has a function without a name", { tools: [{ type: "function" }] }],
    ["has an unknown role", { input: [says("tool", "x")] }],
  ] as const) {
    it(`is refused with a sentence when it ${what}`, () => {
      assert.throws(
        () => asked("x", body as JsonObject),
        (error) => error instanceof BadRequest && error.message.length > 10,
      );
    });
  }

  it("never crashes, whatever it is", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.array(fc.jsonValue()), (input, tools) => {
        try {
          asked(input, { tools } as JsonObject);
        } catch (error) {
          assert.ok(error instanceof BadRequest);
        }
      }),
    );
  });
});

describe("tools of the Responses API", () => {
  const tools = [
    { type: "function", name: "look", description: "d", parameters: { type: "object" }, strict: true },
    {
      type: "custom",
      name: "patch",
      description: "Patches.",
      format: { type: "grammar", syntax: "lark", definition: "start: x" },
    },
    { type: "namespace", name: "mcp__a", tools: [{ type: "function", name: "b" }] },
    { type: "local_shell" },
    { type: "web_search", filters: { allowed_domains: ["a.com"] } },
  ];
  const request = (more: JsonObject = {}) => asked("x", { tools, ...more } as JsonObject);

  it("may be told by an item of the input, as Codex does, and their calls find back", () => {
    const told = [
      { type: "namespace", name: "functions", tools: [{ type: "custom", name: "exec" }] },
      { type: "namespace", name: "clock", tools: [{ type: "function", name: "sleep" }] },
    ];
    const input = [{ type: "additional_tools", role: "developer", tools: told }, says("user", "x")];
    const { tools: found, messages } = asked(input);
    assert.deepEqual(
      found.map((it) => it.name),
      ["functions__exec", "clock__sleep"],
    );
    assert.equal(messages.length, 1);
    const answer = answerOf([use("c1", "functions__exec", { input: "text(1)" })]);
    const [call] = dialect.answer(answer, { ...FORM, body: { input } as JsonObject })[
      "output"
    ] as JsonObject[];
    const { type, name, namespace, input: script } = call ?? {};
    assert.deepEqual([type, name, namespace, script], ["custom_tool_call", "exec", "functions", "text(1)"]);
    assert.equal(heardFor([call])[0]?.content[0]?.["name"], "functions__exec");
  });

  it("are tools of the canonical form", () => {
    const [look, patch, inner, shell, search] = request().tools;
    assert.deepEqual(look, {
      name: "look",
      description: "d",
      input_schema: { type: "object" },
      strict: true,
    });
    assert.deepEqual(patch?.input_schema?.["required"], ["input"]);
    assert.match(patch?.description ?? "", /^Patches\.[\s\S]*start: x$/);
    assert.equal(inner?.name, "mcp__a__b");
    assert.equal(shell?.name, "local_shell");
    assert.deepEqual(search, { type: "web_search_20250305", name: "web_search", allowed_domains: ["a.com"] });
  });

  for (const [choice, expected] of [
    ["auto", undefined],
    ["none", { type: "none" }],
    ["required", { type: "any" }],
    [
      { type: "function", name: "look" },
      { type: "tool", name: "look" },
    ],
    [
      { type: "custom", name: "patch" },
      { type: "tool", name: "patch" },
    ],
    [{ type: "web_search_preview" }, { type: "tool", name: "web_search" }],
    [
      { type: "allowed_tools", mode: "required", tools: [{ type: "function", name: "look" }] },
      { type: "any" },
    ],
  ] as const) {
    it(`are chosen by ${JSON.stringify(choice)}`, () => {
      assert.deepEqual(request({ tool_choice: choice as never }).tool_choice, expected);
    });
  }

  it("are fewer where only some are allowed, and called one at a time where that is asked", () => {
    const allowed = { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "look" }] };
    assert.equal(request({ tool_choice: allowed }).tools.length, 1);
    assert.deepEqual(request({ parallel_tool_calls: false }).tool_choice, {
      type: "auto",
      disable_parallel_tool_use: true,
    });
  });

  it("are joined by those that the client has found", () => {
    const search = {
      type: "tool_search",
      execution: "client",
      description: "d",
      parameters: { type: "object" },
    };
    const input = [
      { type: "tool_search_call", call_id: "c1", execution: "client", arguments: { query: "b" } },
      {
        type: "tool_search_output",
        call_id: "c1",
        execution: "client",
        tools: [{ type: "function", name: "b" }],
      },
    ];
    const body = { tools: [search, { type: "tool_search" }] } as unknown as JsonObject;
    const { tools: known, messages } = asked(input, body);
    assert.deepEqual(
      known.map((it) => it.name),
      ["tool_search", "b"],
    );
    assert.deepEqual(messages[0]?.content, [use("c1", "tool_search", { query: "b" })]);
    const [item] = dialect.answer(answerOf(messages[0]?.content ?? []), { ...FORM, body })["output"] as [
      JsonObject,
    ];
    assert.deepEqual({ ...item, id: "", status: "" }, { ...input[0], id: "", status: "" });
  });

  it("have their calls in the form in which the client knows them", () => {
    const calls = [
      use("c1", "patch", { input: "*** Begin" }),
      use("c2", "mcp__a__b", { a: 1 }),
      use("c3", "local_shell", { command: ["ls"] }),
    ];
    const { output } = dialect.answer(answerOf(calls), { ...FORM, body: { tools } as JsonObject });
    const items = (output as readonly JsonObject[]).map(({ id: _, ...it }) => it);
    const common = { status: "completed" };
    assert.deepEqual(items, [
      { type: "custom_tool_call", ...common, call_id: "c1", name: "patch", input: "*** Begin" },
      {
        type: "function_call",
        ...common,
        call_id: "c2",
        name: "b",
        arguments: '{"a":1}',
        namespace: "mcp__a",
      },
      {
        type: "local_shell_call",
        ...common,
        call_id: "c3",
        action: { type: "exec", command: ["ls"], env: {} },
      },
    ]);
    const again = heardFor(output)[0]?.content.map(({ id: _, ...it }) => it);
    assert.deepEqual(again?.[0], { type: "tool_use", name: "patch", input: { input: "*** Begin" } });
    assert.deepEqual(again?.[1], { type: "tool_use", name: "mcp__a__b", input: { a: 1 } });
  });
});

function eventsFor(answer: MessagesAnswer, body: JsonObject = {}): readonly JsonObject[] {
  const encoder = dialect.encoder({ ...FORM, body });
  const raw = [...eventsOfAnswer(answer)].map((it) => encoder.take(it)).join("");
  return raw
    .split("\n\n")
    .filter((it) => it !== "")
    .map((it) => {
      const [event = "", data = ""] = it.split("\n");
      const parsed = JSON.parse(data.slice(6)) as JsonObject;
      assert.equal(event, `event: ${String(parsed["type"])}`);
      return parsed;
    });
}

describe("an answer as a response", () => {
  it("shows the model and what was asked, and counts all input", () => {
    const shown = dialect.answer(answerOf([text("Hi.")]), {
      ...FORM,
      body: { instructions: "i", tools: [], temperature: 0.2 },
    });
    assert.equal(shown["id"], "resp_1");
    assert.equal(shown["model"], "mine");
    assert.equal(shown["instructions"], "i");
    assert.equal(shown["temperature"], 0.2);
    assert.deepEqual(shown["usage"], {
      input_tokens: 6,
      input_tokens_details: { cached_tokens: 2, cache_write_tokens: 3 },
      output_tokens: 4,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 10,
    });
  });

  for (const [stop, status, reason] of [
    ["end_turn", "completed", undefined],
    ["tool_use", "completed", undefined],
    ["stop_sequence", "completed", undefined],
    ["pause_turn", "completed", undefined],
    ["max_tokens", "incomplete", "max_output_tokens"],
    ["model_context_window_exceeded", "incomplete", "max_output_tokens"],
    ["refusal", "incomplete", "content_filter"],
  ] as const) {
    it(`is ${status} after ${stop}`, () => {
      const shown = dialect.answer(answerOf([], { stop_reason: stop }), FORM);
      assert.equal(shown["status"], status);
      assert.deepEqual(shown["incomplete_details"], reason === undefined ? null : { reason });
    });
  }

  it("has sources as annotations", () => {
    const citation = { type: "web_search_result_location", url: "https://a", title: "A" };
    const [item] = outputOf(answerOf([text("See "), { ...text("this"), citations: [citation] }]));
    const annotation = { type: "url_citation", url: "https://a", title: "A", start_index: 4, end_index: 8 };
    assert.deepEqual(item?.["content"], [
      { type: "output_text", annotations: [annotation], logprobs: [], text: "See this" },
    ]);
  });
});

describe("an answer as events of a response", () => {
  const whole = answerOf(
    [
      { type: "thinking", thinking: "hm", signature: "EqQB" },
      text("Hi."),
      use("c1", "look", { a: 1 }),
      use("c2", "patch", { input: "x" }),
    ],
    { stop_reason: "tool_use" },
  );
  const body: JsonObject = { tools: [{ type: "custom", name: "patch" }] };

  it("come in the vendor's order, numbered without gaps", () => {
    const events = eventsFor(whole, body);
    assert.deepEqual(
      events.map((it) => it["sequence_number"]),
      events.map((_, index) => index),
    );
    assert.deepEqual(
      events.map((it) => String(it["type"]).replace(/^response\./, "")),
      [
        "created",
        "in_progress",
        "output_item.added",
        "reasoning_summary_part.added",
        "reasoning_summary_text.delta",
        "reasoning_summary_text.done",
        "reasoning_summary_part.done",
        "output_item.done",
        "output_item.added",
        "content_part.added",
        "output_text.delta",
        "output_text.done",
        "content_part.done",
        "output_item.done",
        "output_item.added",
        "function_call_arguments.delta",
        "function_call_arguments.done",
        "output_item.done",
        "output_item.added",
        "custom_tool_call_input.delta",
        "custom_tool_call_input.done",
        "output_item.done",
        "completed",
      ],
    );
  });

  it("have every item under one id, and all of them at the end", () => {
    const events = eventsFor(whole, body);
    const items = (type: string) =>
      events.filter((it) => it["type"] === type).map((it) => it["item"] as JsonObject);
    const added = items("response.output_item.added");
    const done = items("response.output_item.done");
    assert.deepEqual(
      added.map((it) => it["id"]),
      done.map((it) => it["id"]),
    );
    const last = events.at(-1)?.["response"] as JsonObject;
    assert.deepEqual(last["output"], done);
    assert.equal(new Set(done.map((it) => it["id"])).size, done.length);
  });

  it("are those of the whole answer", () => {
    const last = eventsFor(whole, body).at(-1)?.["response"];
    assert.deepEqual(last, dialect.answer(whole, { ...FORM, body }));
  });

  it("end in a failure with its code", () => {
    const encoder = dialect.encoder(FORM);
    const raw = encoder.take({ type: "error", failure: { kind: "context-full", message: "too much" } });
    const event = JSON.parse(raw.split("data: ")[1] ?? "") as { readonly response: JsonObject };
    assert.equal(event.response["status"], "failed");
    assert.match(JSON.stringify(event.response["error"]), /context_length_exceeded.*maximum context length/);
  });
});

describe("a refusal in the words of OpenAI", () => {
  for (const [kind, status, code] of [
    ["auth", 401, "invalid_api_key"],
    ["credit", 402, "insufficient_quota"],
    ["permission", 403, "permission_denied"],
    ["model-unknown", 404, "model_not_found"],
    ["too-large", 413, "context_length_exceeded"],
    ["rate-limit", 429, "rate_limit_exceeded"],
    ["server", 500, "server_error"],
    ["overloaded", 503, "server_error"],
    ["timeout", 504, "timeout"],
    ["invalid", 400, null],
  ] as const) {
    it(`has the code ${code} for ${kind}`, () => {
      const { error } = dialect.refusal({ failure: { kind, message: "x" }, status, requestId: "r" });
      assert.deepEqual({ ...(error as JsonObject), type: "" }, { message: "x", type: "", param: null, code });
    });
  }
});

describe("the bytes of a response's stream", () => {
  it("are whole events, whatever the answer holds", () => {
    fc.assert(
      fc.property(fc.string(), (it) => {
        const events = eventsFor(answerOf([text(`a${it}`)]));
        const done = events.find((event) => event["type"] === "response.output_text.done");
        assert.equal(done?.["text"], `a${it}`);
        assert.ok(Buffer.from(JSON.stringify(events)).length > 0);
      }),
    );
  });
});
