import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { carriedSignature } from "../../src/model/carried.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import type { MessagesRequest, WireBlock, WireMessage } from "../../src/model/messages.ts";
import { openaiChatWire } from "../../src/model/openai-chat/wire.ts";
import { openaiModel } from "../../src/model/openai-models.ts";
import { recordOf } from "../../src/model/record.ts";
import { Untranslatable } from "../../src/model/wire.ts";

function encoded(more: Partial<MessagesRequest>, options: JsonObject = {}, model = "m") {
  const request: MessagesRequest = {
    model,
    stream: false,
    system: [],
    messages: [says("user", text("q"))],
    tools: [],
    rest: {},
    betas: [],
    ...more,
  };
  return openaiChatWire.encode(request, { model, info: openaiModel(model)?.info, options });
}
const sent = (more: Partial<MessagesRequest>, options: JsonObject = {}, model = "m") =>
  encoded(more, options, model).body;
const messagesFor = (messages: readonly WireMessage[], options: JsonObject = {}) =>
  sent({ messages }, options)["messages"] as readonly JsonObject[];

const says = (role: WireMessage["role"], ...content: WireBlock[]): WireMessage => ({ role, content });
const text = (words: string): WireBlock => ({ type: "text", text: words });
const call = (id: string, input: JsonObject = {}): WireBlock => ({
  type: "tool_use",
  id,
  name: "look",
  input,
});
const result = (id: string, content?: unknown, more: JsonObject = {}): WireBlock =>
  ({ type: "tool_result", tool_use_id: id, content, ...more }) as WireBlock;
const picture: WireBlock = { type: "image", source: { type: "base64", media_type: "image/png", data: "AA" } };
const pictureUrl = { type: "image_url", image_url: { url: "data:image/png;base64,AA" } };
const look = { name: "look", input_schema: { type: "object", properties: {} } };

describe("a system prompt for Chat Completions", () => {
  for (const [what, system, options, expected] of [
    ["is one message at the front", [text("a"), text("b")], {}, "a\n\nb"],
    ["is none when it is blank", [text(" \n")], {}, undefined],
    ["has no line for billing", [text("x-anthropic-billing-header: v=1"), text("b")], {}, "b"],
    ["keeps what follows the line for billing", [text("x-anthropic-billing-header: v=1\nb")], {}, "b"],
    [
      "keeps that line elsewhere",
      [text("b"), text("x-anthropic-billing-header: c")],
      {},
      "b\n\nx-anthropic-billing-header: c",
    ],
    ["loses its marks", [{ ...text("a"), cache_control: { type: "ephemeral" } }], {}, "a"],
    [
      "loses its marks where the host is strict",
      [{ ...text("a"), cache_control: { type: "ephemeral" } }],
      { strict: true, keepCacheControl: true },
      "a",
    ],
    [
      "keeps its marks where they are known",
      [{ ...text("a"), cache_control: { type: "ephemeral" } }],
      { keepCacheControl: true },
      [{ type: "text", text: "a", cache_control: { type: "ephemeral" } }],
    ],
  ] as const) {
    it(what, () => {
      const [first] = sent({ system }, options)["messages"] as readonly JsonObject[];
      assert.deepEqual(first?.["role"] === "system" ? first["content"] : undefined, expected);
    });
  }
});

describe("turns for Chat Completions", () => {
  it("hold text and calls in one message, with arguments as text", () => {
    const said = says("assistant", text("before"), call("c1", { a: "\\n" }), text("after"));
    assert.deepEqual(messagesFor([says("user", text("q")), said, says("user", result("c1", "ok"))])[1], {
      role: "assistant",
      content: "before\n\nafter",
      tool_calls: [{ id: "c1", type: "function", function: { name: "look", arguments: '{"a":"\\\\n"}' } }],
    });
  });

  it("answer calls in their order, right behind them, before the user's words", () => {
    const following = says("user", text("go on"), result("c2", "two"), result("c1", "one"));
    assert.deepEqual(messagesFor([says("assistant", call("c1"), call("c2")), following]).slice(1), [
      { role: "tool", tool_call_id: "c1", content: "one" },
      { role: "tool", tool_call_id: "c2", content: "two" },
      { role: "user", content: "go on" },
    ]);
  });

  it("answer calls before words of the system that stand between", () => {
    const turns = [
      says("assistant", call("c1")),
      says("system", text("note")),
      says("user", result("c1", "one")),
    ];
    assert.deepEqual(
      messagesFor(turns).map((it) => it["role"]),
      ["assistant", "tool", "system"],
    );
  });

  for (const [what, content, more, expected] of [
    ["a text as it is", " a ", {}, " a "],
    ["texts by lines", [text("a"), text(" "), text("b")], {}, "a\nb"],
    [
      "other blocks as JSON",
      [{ type: "tool_reference", tool_name: "x" }],
      {},
      '{"type":"tool_reference","tool_name":"x"}',
    ],
    ["an object as JSON", { a: 1 }, {}, '{"a":1}'],
    ["nothing as an empty text", undefined, {}, ""],
    ["an error with its mark", "no", { is_error: true }, "Error: no"],
    ["an error without words with its mark", undefined, { is_error: true }, "Error:"],
    [
      "what was found with its source",
      [{ type: "search_result", title: "T", source: "https://a.b", content: [text("c")] }],
      {},
      "T\nSource: https://a.b\n\nc",
    ],
  ] as const) {
    it(`tell ${what}`, () => {
      const turns = [says("assistant", call("c1")), says("user", result("c1", content, more))];
      assert.equal(messagesFor(turns)[1]?.["content"], expected);
    });
  }

  it("show pictures of parallel results behind all of them", () => {
    const following = says(
      "user",
      result("c1", [picture]),
      result("c2", [text("two"), picture]),
      text("see"),
    );
    const [, one, two, user] = messagesFor([says("assistant", call("c1"), call("c2")), following]);
    assert.deepEqual([one?.["role"], two?.["role"], two?.["content"]], ["tool", "tool", "two"]);
    const parts = user?.["content"] as readonly JsonObject[];
    assert.deepEqual(
      parts.map((it) => it["type"]),
      ["text", "image_url", "text", "image_url", "text"],
    );
    assert.deepEqual(parts[1], pictureUrl);
  });

  it("show pictures in the result where the host takes parts there", () => {
    const turns = [says("assistant", call("c1")), says("user", result("c1", [text("a"), picture]))];
    assert.deepEqual(messagesFor(turns, { arraysInToolMessages: true })[1]?.["content"], [
      text("a"),
      pictureUrl,
    ]);
  });

  for (const [what, block, expected] of [
    [
      "a picture by its address",
      { type: "image", source: { type: "url", url: "https://a.b/c.png" } },
      { type: "image_url", image_url: { url: "https://a.b/c.png" } },
    ],
    [
      "a picture that is a data URL already",
      {
        type: "image",
        source: { type: "base64", media_type: "image/png", data: "data:image/png;base64,AA" },
      },
      pictureUrl,
    ],
    [
      "a PDF as a file",
      {
        type: "document",
        title: "a.pdf",
        source: { type: "base64", media_type: "application/pdf", data: "AA" },
      },
      { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AA" } },
    ],
  ] as const) {
    it(`hold ${what}`, () =>
      assert.deepEqual(messagesFor([says("user", block)])[0]?.["content"], [expected]));
  }

  it("hold the text of a document", () => {
    const block = {
      type: "document",
      title: "T",
      source: { type: "text", media_type: "text/plain", data: "words" },
    };
    assert.equal(messagesFor([says("user", block)])[0]?.["content"], "T\n\nwords");
  });

  for (const [what, block, options] of [
    ["a picture by its file id", { type: "image", source: { type: "file", file_id: "f" } }, {}],
    ["a document by its address", { type: "document", source: { type: "url", url: "https://a.b" } }, {}],
    [
      "a PDF where the host takes no files",
      { type: "document", source: { type: "base64", data: "AA" } },
      { files: false },
    ],
    ["a picture without a source", { type: "image" }, {}],
  ] as const) {
    it(`cannot hold ${what}, and say where it stands`, () => {
      assert.throws(
        () => messagesFor([says("user", block)], options),
        (error) => error instanceof Untranslatable && error.message.startsWith("messages.0.content.0"),
      );
    });
  }

  it("lose thinking of whichever kind, and what is not known", () => {
    const said = [
      { type: "thinking", thinking: "hm", signature: "" },
      { type: "thinking", thinking: "hm", signature: carriedSignature("gemini", "s") },
      { type: "redacted_thinking", data: "x" },
      { type: "server_tool_use", id: "s", name: "web_search", input: {} },
    ];
    const turns = [says("assistant", ...said), says("user", { type: "thinking", thinking: "hm" }, text("a"))];
    assert.deepEqual(messagesFor(turns), [{ role: "user", content: "a" }]);
    assert.deepEqual(encoded({ messages: turns }).dropped.length, 5);
  });

  for (const [what, signature, expected] of [
    ["unsigned thinking", "", "hm"],
    [
      "a sentence where another vendor keeps it closed",
      carriedSignature("openai", {}),
      "[reasoning unavailable]",
    ],
  ] as const) {
    it(`give ${what} back with calls to hosts that want it`, () => {
      const said = says("assistant", { type: "thinking", thinking: "hm", signature }, call("c1"));
      const [first] = messagesFor([said, says("user", result("c1", "a"))], { reasoningReplay: true });
      assert.equal(first?.["reasoning_content"], expected);
    });
  }

  it("give no thinking back without calls", () => {
    const said = says("assistant", { type: "thinking", thinking: "hm" }, text("a"));
    assert.deepEqual(messagesFor([said, says("user", text("b"))], { reasoningReplay: true })[0], {
      role: "assistant",
      content: "a",
    });
  });

  it("mend calls without results and results without calls", () => {
    const turns = [says("assistant", call("c1")), says("user", result("c9", "late"), text("b"))];
    assert.deepEqual(messagesFor(turns).slice(1), [
      { role: "tool", tool_call_id: "c1", content: "[interrupted: this call gave no result]" },
      { role: "user", content: "[result of an earlier call]\nlate\n\nb" },
    ]);
  });

  it("tell a result that came twice once", () => {
    const turns = [says("assistant", call("c1")), says("user", result("c1", "a"), result("c1", "a"))];
    assert.equal(messagesFor(turns).length, 2);
  });

  it("shorten long ids in the same way on both sides", () => {
    const id = `c:${"x".repeat(80)}`;
    const [said, answered] = messagesFor([says("assistant", call(id)), says("user", result(id, "a"))], {
      toolIdLimit: 40,
    });
    const [made] = (said?.["tool_calls"] ?? []) as readonly JsonObject[];
    assert.equal(made?.["id"], answered?.["tool_call_id"]);
    assert.equal(String(made?.["id"]).length <= 40, true);
  });

  for (const [nullContent, expected] of [
    ["null", { content: null }],
    ["empty", { content: "" }],
    ["absent", {}],
  ] as const) {
    it(`with only calls have ${nullContent} content as the host wants it`, () => {
      const [said] = messagesFor([says("assistant", call("c1"))], { nullContent });
      const { role: _, tool_calls: __, ...rest } = said ?? {};
      assert.deepEqual(rest, expected);
    });
  }

  it("end with words of the assistant only where the host goes on with them", () => {
    const turns = [says("user", text("q")), says("assistant", text("a"))];
    assert.deepEqual(messagesFor(turns).length, 1);
    assert.deepEqual(encoded({ messages: turns }).dropped, ["messages.1"]);
    assert.deepEqual(messagesFor(turns, { prefill: true }).length, 2);
  });

  it("keep words of the system in their place, or as a reminder", () => {
    const turns = [says("user", text("q")), says("system", text("note")), says("user", text("r"))];
    assert.deepEqual(messagesFor(turns)[1], { role: "system", content: "note" });
    assert.deepEqual(messagesFor(turns, { systemInMessages: false })[1], {
      role: "user",
      content: "<system-reminder>\nnote\n</system-reminder>",
    });
  });

  it("say what cited texts have their words from", () => {
    const cited = {
      ...text("a"),
      citations: [{ type: "web_search_result_location", url: "https://a.b", title: "T" }],
    };
    const [said] = messagesFor([
      says("assistant", cited, { type: "text", text: "b" }),
      says("user", text("c")),
    ]);
    assert.equal(said?.["content"], "ab\n\nSource: T https://a.b");
  });
});

describe("tools for Chat Completions", () => {
  it("are functions with complete schemas", () => {
    const inner = { type: "object" };
    const input_schema = {
      properties: { a: { type: "array", items: inner }, type: { type: "object" } },
      $defs: { b: inner },
    };
    const body = sent({
      tools: [
        { name: "look", description: "d", strict: true, input_schema, cache_control: { type: "ephemeral" } },
      ],
    });
    const whole = { type: "object", properties: {} };
    const parameters = {
      properties: { a: { type: "array", items: whole }, type: whole },
      $defs: { b: whole },
      type: "object",
    };
    assert.deepEqual(body["tools"], [
      { type: "function", function: { name: "look", description: "d", parameters, strict: true } },
    ]);
  });

  it("without a schema take an empty object", () => {
    const [tool] = sent({ tools: [{ name: "look", input_schema: {} }] })["tools"] as readonly JsonObject[];
    assert.deepEqual(recordOf(tool?.["function"])["parameters"], { type: "object", properties: {} });
  });

  it("that the client runs have their documented inputs, those of the vendor are left out", () => {
    const types = [
      "bash_20250124",
      "text_editor_20250728",
      "memory_20250818",
      "computer_20251124",
      "web_search_20250305",
      "mcp_toolset",
    ];
    const { body, dropped } = encoded({ tools: types.map((type, at) => ({ type, name: `t${at}` })) });
    const functions = (body["tools"] as readonly JsonObject[]).map((it) => it["function"] as JsonObject);
    assert.deepEqual(
      functions.map((it) => it["name"]),
      ["t0", "t1", "t2", "t3"],
    );
    for (const it of functions) assert.notDeepEqual((it["parameters"] as JsonObject)["properties"], {});
    assert.deepEqual(dropped, ["tools.4", "tools.5"]);
  });

  for (const [choice, expected] of [
    [{ type: "auto" }, { tool_choice: "auto" }],
    [{ type: "any" }, { tool_choice: "required" }],
    [{ type: "none" }, { tool_choice: "none" }],
    [{ type: "tool", name: "look" }, { tool_choice: { type: "function", function: { name: "look" } } }],
    [{ type: "tool", name: "other" }, {}],
    [
      { type: "auto", disable_parallel_tool_use: true },
      { tool_choice: "auto", parallel_tool_calls: false },
    ],
    [{ type: "auto", disable_parallel_tool_use: false }, { tool_choice: "auto" }],
  ] as const) {
    it(`are chosen by ${JSON.stringify(choice)}`, () => {
      const { tools: _, model: __, messages: ___, ...rest } = sent({ tools: [look], tool_choice: choice });
      assert.deepEqual(rest, expected);
    });
  }

  it("that are not there are not chosen", () =>
    assert.equal("tool_choice" in sent({ tool_choice: { type: "any" } }), false));

  it("get names the vendor takes, everywhere, and their own in the answer", () => {
    const name = `mcp.server/${"x".repeat(80)}`;
    const said = says("assistant", { ...call("c1"), name });
    const { body, reading } = encoded({
      tools: [{ ...look, name }],
      tool_choice: { type: "tool", name },
      messages: [said],
    });
    const [tool] = body["tools"] as readonly { function: { name: string } }[];
    const given = tool?.function.name ?? "";
    assert.match(given, /^[A-Za-z0-9_-]{1,64}$/);
    assert.equal(JSON.stringify(body).split(`"${given}"`).length, 4);
    assert.equal(reading.nameOf(given), name);
  });
});

describe("limits and efforts for Chat Completions", () => {
  for (const [what, model, more, options, expected] of [
    ["the old name of the limit", "m", { max_tokens: 9 }, {}, { max_tokens: 9 }],
    ["the new name for reasoning models", "gpt-5.4", { max_tokens: 9 }, {}, { max_completion_tokens: 9 }],
    ["the new name for o3", "o3-2025-04-16", { max_tokens: 9 }, {}, { max_completion_tokens: 9 }],
    ["the old name for models before", "gpt-4o", { max_tokens: 9 }, {}, { max_tokens: 9 }],
    [
      "the name the host wants",
      "m",
      { max_tokens: 9 },
      { maxTokensField: "max_completion_tokens" },
      { max_completion_tokens: 9 },
    ],
    ["no more than the model gives", "gpt-4o", { max_tokens: 64_000 }, {}, { max_tokens: 16_384 }],
    [
      "at most four stops",
      "m",
      { stop_sequences: ["a", "b", "c", "d", "e"] },
      {},
      { stop: ["a", "b", "c", "d"] },
    ],
    [
      "low for a small budget",
      "gpt-5.4",
      { thinking: { type: "enabled", budget_tokens: 4096 } },
      {},
      { reasoning_effort: "low" },
    ],
    [
      "medium for a budget",
      "gpt-5.4",
      { thinking: { type: "enabled", budget_tokens: 16_384 } },
      {},
      { reasoning_effort: "medium" },
    ],
    [
      "high for a large budget",
      "gpt-5.4",
      { thinking: { type: "enabled", budget_tokens: 16_385 } },
      {},
      { reasoning_effort: "high" },
    ],
    [
      "medium for adaptive thinking",
      "gpt-5.4",
      { thinking: { type: "adaptive" } },
      {},
      { reasoning_effort: "medium" },
    ],
    [
      "the effort before the budget",
      "gpt-5.4",
      { thinking: { type: "adaptive" }, output_config: { effort: "high" } },
      {},
      { reasoning_effort: "high" },
    ],
    [
      "the highest effort there is",
      "gpt-5.4",
      { output_config: { effort: "max" } },
      {},
      { reasoning_effort: "xhigh" },
    ],
    [
      "the effort as it is where it is known",
      "gpt-6-sol",
      { output_config: { effort: "max" } },
      {},
      { reasoning_effort: "max" },
    ],
    [
      "none for thinking that is off",
      "gpt-5.4",
      { thinking: { type: "disabled" } },
      {},
      { reasoning_effort: "none" },
    ],
    ["nothing for thinking that cannot be off", "gpt-6-astra", { thinking: { type: "disabled" } }, {}, {}],
    [
      "the least for an effort of none that cannot be",
      "gpt-6.1-sol",
      { output_config: { effort: "none" } },
      {},
      { reasoning_effort: "low" },
    ],
    [
      "minimal where it is known",
      "gpt-5",
      { output_config: { effort: "minimal" } },
      {},
      { reasoning_effort: "minimal" },
    ],
    [
      "none for minimal where only that is known",
      "gpt-5.4",
      { output_config: { effort: "minimal" } },
      {},
      { reasoning_effort: "none" },
    ],
    ["no effort for models that cannot reason", "gpt-4o", { thinking: { type: "adaptive" } }, {}, {}],
    [
      "no effort for models that cannot, which nobody described",
      "gpt-4-turbo",
      { thinking: { type: "adaptive" } },
      {},
      {},
    ],
    [
      "no effort at Ollama, which would refuse it",
      "qwen3",
      { thinking: { type: "adaptive" } },
      { ollama: true },
      {},
    ],
    [
      "an effort for models nobody knows",
      "m",
      { output_config: { effort: "high" } },
      {},
      { reasoning_effort: "high" },
    ],
    [
      "no effort where the settings say so",
      "m",
      { output_config: { effort: "high" } },
      { reasoningEffort: false },
      {},
    ],
    ["temperature within limits", "m", { temperature: 3, top_p: 0.5 }, {}, { temperature: 2, top_p: 0.5 }],
    ["no temperature for reasoning models", "gpt-5.4", { temperature: 1, top_p: 1 }, {}, {}],
    ["top_k where it is known", "m", { top_k: 3 }, { topK: true }, { top_k: 3 }],
    ["no top_k elsewhere", "m", { top_k: 3 }, {}, {}],
    [
      "usage of streams",
      "m",
      { stream: true },
      {},
      { stream: true, stream_options: { include_usage: true } },
    ],
    [
      "no usage of streams where the host has none",
      "m",
      { stream: true },
      { includeUsage: false },
      { stream: true },
    ],
    [
      "the user where that is wanted",
      "m",
      { metadata: { user_id: "u" } },
      { userField: "safety_identifier" },
      { safety_identifier: "u" },
    ],
    ["no user otherwise", "m", { metadata: { user_id: "u" } }, {}, {}],
    [
      "what is OpenAI's own",
      "m",
      { rest: { seed: 1, container: "c", service_tier: "auto", n: 2 }, betas: ["b"] },
      {},
      { seed: 1 },
    ],
    [
      "the form of the answer",
      "m",
      { output_config: { format: { type: "json_schema", schema: { type: "object" } } } },
      {},
      {
        response_format: {
          type: "json_schema",
          json_schema: { name: "answer", schema: { type: "object" }, strict: true },
        },
      },
    ],
  ] as const) {
    it(`send ${what}`, () => {
      const { model: _, messages: __, ...rest } = sent(more, options, model);
      assert.deepEqual(rest, expected);
    });
  }

  it("tell what is left out", () => {
    const more = {
      top_k: 1,
      betas: ["b"],
      metadata: {},
      rest: { container: "c" },
      stop_sequences: ["a", "b", "c", "d", "e"],
    };
    assert.deepEqual(encoded(more).dropped.toSorted(), [
      "betas",
      "container",
      "metadata",
      "stop_sequences.4",
      "top_k",
    ]);
  });

  it("are the same for the same request", () => {
    const more = { tools: [{ ...look, name: "a.b" }], messages: [says("user", picture, text("a"))] };
    assert.equal(JSON.stringify(sent(more)), JSON.stringify(sent(more)));
  });
});
