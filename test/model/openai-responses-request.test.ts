import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { JsonObject } from "../../src/model/conversation.ts";
import type { WireBlock } from "../../src/model/messages.ts";
import { openaiResponsesWire as wire } from "../../src/model/openai-responses/wire.ts";
import type { ModelInfo } from "../../src/model/provider.ts";
import { Untranslatable } from "../../src/model/wire.ts";
import {
  encoded,
  heard,
  inputFor,
  NOTHING,
  output,
  PNG,
  PNG_PART,
  result,
  says,
  sent,
  text,
  use,
} from "./responses-requests.ts";

describe("a conversation for the Responses API", () => {
  it("is stored nowhere and sent whole", () => {
    assert.deepEqual(sent({ stream: true, max_tokens: 100 }), {
      model: "gpt-6-sol",
      input: [heard(says("hello"))],
      max_output_tokens: 100,
      include: ["reasoning.encrypted_content"],
      store: false,
      stream: true,
    });
  });

  it("has its system prompt as instructions, without the client's own first block", () => {
    const system = [
      text("x-anthropic-billing-header: cc_version=1"),
      text("Be brief."),
      text(" "),
      text("Be kind."),
    ];
    assert.equal(sent({ system })["instructions"], "Be brief.\n\nBe kind.");
    assert.equal(sent({ system: [text("  ")] })["instructions"], undefined);
  });

  it("has what the system says in between as a developer's message", () => {
    const input = inputFor(["user", text("a")], ["system", text("now in German")], ["user", text("b")]);
    assert.deepEqual(input[1], { type: "message", role: "developer", content: [says("now in German")] });
  });

  it("has calls and their outputs, images in them too, before what the user says", () => {
    const input = inputFor(
      ["user", text("look")],
      ["assistant", text("So."), use("c1", "look", { a: 1 }), use("c2")],
      ["user", text("and?"), result("c1", "one"), result("c2", [text("two"), PNG])],
    );
    assert.deepEqual(input.slice(1), [
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "So." }] },
      { type: "function_call", call_id: "c1", name: "look", arguments: '{"a":1}' },
      { type: "function_call", call_id: "c2", name: "look", arguments: "{}" },
      output("c1", "one"),
      output("c2", [says("two"), PNG_PART]),
      heard(says("and?")),
    ]);
  });

  for (const [what, content, more, expected] of [
    ["a text", "ok", {}, "ok"],
    ["nothing", undefined, {}, ""],
    ["texts", [text("a"), text("b")], {}, "a\nb"],
    ["a failure", "no such file", { is_error: true }, "Error: no such file"],
    ["a failure that says so", "Error: gone", { is_error: true }, "Error: gone"],
    ["JSON text", '{"a":1}', {}, '{"a":1}'],
  ] as const) {
    it(`passes on ${what} as an output`, () => {
      const input = inputFor(["assistant", use("c1")], ["user", result("c1", content as never, more)]);
      assert.deepEqual(input[1], output("c1", expected));
    });
  }

  it("has an output for every call and a call for every output", () => {
    const input = inputFor(["assistant", use("c1")], ["user", text("stop"), result("c9", "late")]);
    assert.deepEqual(input.slice(1), [
      output("c1", "Error: the call was interrupted and has no result."),
      heard(says("stop"), says("Result of an earlier call: late")),
    ]);
  });

  it("has one output of each call", () => {
    const input = inputFor(["assistant", use("c1")], ["user", result("c1", "a"), result("c1", "b")]);
    assert.deepEqual(input.slice(1), [output("c1", "a")]);
  });

  it("keeps text behind a call in its place, and drops what is blank", () => {
    const input = inputFor(["assistant", text(" "), use("c1"), text("then")], ["user", result("c1", "r")]);
    assert.deepEqual(
      input.map((it) => it["type"]),
      ["function_call", "message", "function_call_output"],
    );
  });

  it("shortens ids and names alike in calls, outputs and tools, and knows the names again", () => {
    const name = `mcp__${"n".repeat(80)}`;
    const request = encoded({
      messages: [
        { role: "assistant", content: [use("i".repeat(90), name)] },
        { role: "user", content: [result("i".repeat(90), "r")] },
      ],
      tools: [{ name, input_schema: { type: "object" } }],
      tool_choice: { type: "tool", name },
    });
    const [called, answered] = request.body["input"] as readonly JsonObject[];
    const [tool] = request.body["tools"] as readonly JsonObject[];
    assert.equal(called?.["call_id"], answered?.["call_id"]);
    assert.ok(String(called?.["call_id"]).length <= 64 && String(tool?.["name"]).length <= 64);
    assert.deepEqual(request.body["tool_choice"], { type: "function", name: tool?.["name"] });
    assert.equal(called?.["name"], tool?.["name"]);
    assert.equal(request.reading.nameOf(String(tool?.["name"])), name);
  });

  for (const [what, block, expected] of [
    [
      "an image by its address",
      { type: "image", source: { type: "url", url: "https://a/b.png" } },
      { ...PNG_PART, image_url: "https://a/b.png" },
    ],
    [
      "an image of OpenAI's files",
      { type: "image", source: { type: "file", file_id: "file-1" } },
      { type: "input_image", detail: "auto", file_id: "file-1" },
    ],
    [
      "an image that is a data address",
      {
        type: "image",
        source: { type: "base64", media_type: "image/png", data: "data:image/png;base64,QUJD" },
      },
      PNG_PART,
    ],
    [
      "a PDF",
      {
        type: "document",
        title: "a.pdf",
        source: { type: "base64", media_type: "application/pdf", data: "QUJD" },
      },
      { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,QUJD" },
    ],
    [
      "a document by its address",
      { type: "document", source: { type: "url", url: "https://a/b.pdf" } },
      { type: "input_file", file_url: "https://a/b.pdf" },
    ],
    [
      "a text document",
      { type: "document", source: { type: "text", media_type: "text/plain", data: "words" } },
      says("words"),
    ],
    [
      "a search result",
      { type: "search_result", source: "https://a", title: "A", content: [text("found")] },
      says("Source: A — https://a\nfound"),
    ],
  ] as const) {
    it(`takes ${what}`, () => {
      assert.deepEqual(inputFor(["user", block as WireBlock]), [heard(expected as JsonObject)]);
    });
  }

  for (const type of ["audio", "video"]) {
    it(`refuses ${type}`, () => assert.throws(() => inputFor(["user", { type }]), Untranslatable));
  }

  it("refuses files of other vendors", () => {
    const block = { type: "image", source: { type: "file", file_id: "file_011" } };
    assert.throws(() => inputFor(["user", block]), Untranslatable);
  });

  it("leaves out what has no form and says so", () => {
    const { body, dropped } = encoded({
      messages: [
        { role: "user", content: [text("a"), { type: "container_upload", file_id: "f" }] },
        { role: "assistant", content: [{ type: "thinking", thinking: "hm", signature: "EqQB" }, text("b")] },
        { role: "user", content: [text("c")] },
        { role: "assistant", content: [text("{")] },
      ],
      tools: [{ type: "code_execution_20250825", name: "code_execution" }],
      top_k: 3,
      stop_sequences: ["x"],
      temperature: 0.5,
    });
    assert.equal((body["input"] as readonly unknown[]).length, 3);
    assert.deepEqual(dropped, [
      "tools.0",
      "messages.3",
      "messages.0.content.1",
      "messages.1.content.0",
      "temperature",
      "top_k",
      "stop_sequences",
    ]);
  });
});

describe("tools for the Responses API", () => {
  const toolFor = (tool: JsonObject) =>
    (sent({ tools: [tool as never] })["tools"] as readonly JsonObject[])[0];
  const closed = {
    type: "object",
    properties: { a: { type: "string" } },
    required: ["a"],
    additionalProperties: false,
  };

  for (const [what, tool, expected] of [
    [
      "is strict where its schema already is",
      { name: "t", description: "d", input_schema: closed },
      { type: "function", name: "t", description: "d", parameters: closed, strict: true },
    ],
    [
      "is not strict where the client says so",
      { name: "t", input_schema: closed, strict: false },
      { type: "function", name: "t", parameters: closed, strict: false },
    ],
    [
      "is not strict where that would change it",
      { name: "t", input_schema: { type: "object", properties: { a: { type: "object" } } }, strict: true },
      {
        type: "function",
        name: "t",
        parameters: { type: "object", properties: { a: { type: "object", properties: {} } } },
        strict: false,
      },
    ],
    [
      "has an object as its root",
      { name: "t", input_schema: {} },
      { type: "function", name: "t", parameters: { type: "object", properties: {} }, strict: false },
    ],
    [
      "of the web search is hosted",
      {
        type: "web_search_20260209",
        name: "web_search",
        allowed_domains: ["a.com"],
        blocked_domains: [],
        user_location: { type: "approximate", city: "Bonn" },
      },
      {
        type: "web_search",
        filters: { allowed_domains: ["a.com"] },
        user_location: { type: "approximate", city: "Bonn" },
      },
    ],
  ] as const) {
    it(`${what}`, () => assert.deepEqual(toolFor(tool as unknown as JsonObject), expected));
  }

  for (const type of ["bash_20250124", "text_editor_20250728", "memory_20250818", "computer_20251124"]) {
    it(`tell the model the schema of ${type}`, () => {
      const tool = toolFor({ type, name: "it" });
      assert.equal(tool?.["type"], "function");
      const { properties = {} } = (tool?.["parameters"] ?? {}) as { readonly properties?: JsonObject };
      assert.ok(Object.keys(properties).length > 1);
    });
  }

  for (const [choice, expected] of [
    [{ type: "auto" }, "auto"],
    [{ type: "any" }, "required"],
    [{ type: "none" }, "none"],
    [
      { type: "tool", name: "t" },
      { type: "function", name: "t" },
    ],
    [{ type: "tool", name: "web_search" }, { type: "web_search" }],
    [{ type: "tool", name: "unknown" }, undefined],
  ] as const) {
    it(`are chosen by ${JSON.stringify(choice)}`, () => {
      const tools = [{ name: "t" }, { type: "web_search_20250305", name: "web_search" }];
      assert.deepEqual(sent({ tools, tool_choice: choice })["tool_choice"], expected);
    });
  }

  it("are not chosen among where there are none, and called one at a time where that is asked", () => {
    const one = { type: "auto", disable_parallel_tool_use: true };
    assert.equal(sent({ tool_choice: one })["tool_choice"], undefined);
    assert.equal(sent({ tool_choice: { type: "auto" } })["parallel_tool_calls"], undefined);
    assert.equal(sent({ tool_choice: one, tools: [{ name: "t" }] })["parallel_tool_calls"], false);
  });
});

describe("reasoning of the Responses API", () => {
  const info = (efforts: ModelInfo["efforts"]): ModelInfo => ({
    id: "x",
    name: "x",
    contextWindow: 1,
    maxOutput: 50,
    efforts,
    images: true,
    rates: undefined,
  });
  const effort = (it: string) => ({ output_config: { effort: it } });
  const thinking = (it: JsonObject) => ({ thinking: it as WireBlock });

  for (const [what, more, model, expected, known] of [
    ["nothing asked", {}, "gpt-6-sol", undefined],
    ["an effort", effort("xhigh"), "gpt-6-sol", { effort: "xhigh" }],
    [
      "more than the model has",
      effort("max"),
      "gpt-5.4",
      { effort: "xhigh" },
      ["low", "medium", "high", "xhigh"],
    ],
    [
      "a small budget",
      thinking({ type: "enabled", budget_tokens: 4096 }),
      "gpt-6-sol",
      { effort: "low", summary: "auto" },
    ],
    [
      "a budget",
      thinking({ type: "enabled", budget_tokens: 16384 }),
      "gpt-6-sol",
      { effort: "medium", summary: "auto" },
    ],
    [
      "a large budget",
      thinking({ type: "enabled", budget_tokens: 16385 }),
      "gpt-6-sol",
      { effort: "high", summary: "auto" },
    ],
    [
      "thinking as the model likes",
      thinking({ type: "adaptive" }),
      "gpt-6-sol",
      { effort: "medium", summary: "auto" },
    ],
    [
      "thinking unseen",
      thinking({ type: "adaptive", display: "omitted" }),
      "gpt-6-sol",
      { effort: "medium" },
    ],
    [
      "an effort beside a budget",
      { ...thinking({ type: "enabled", budget_tokens: 1024 }), ...effort("high") },
      "gpt-6-sol",
      { effort: "high", summary: "auto" },
    ],
    ["none", thinking({ type: "disabled" }), "gpt-6-sol", { effort: "none" }],
    ["none where it cannot be off", thinking({ type: "disabled" }), "gpt-6.1-sol", { effort: "low" }],
    ["anything of a model that does not reason", effort("high"), "gpt-4.1", undefined],
  ] as const) {
    it(`is right for ${what}`, () => {
      assert.deepEqual(sent(more as never, model, known && info(known))["reasoning"], expected);
    });
  }

  it("leaves no room for sampling", () => {
    const sampling = { temperature: 3, top_p: 0.5 };
    assert.equal(sent(sampling)["temperature"], undefined);
    assert.equal(sent(sampling, "gpt-4.1")["temperature"], 2);
    assert.equal(sent({ ...sampling, ...thinking({ type: "disabled" }) })["top_p"], 0.5);
  });

  it("is kept within what the model puts out, and above what the vendor takes", () => {
    assert.equal(sent({ max_tokens: 99 }, "x", info([]))["max_output_tokens"], 50);
    assert.equal(sent({ max_tokens: 1 })["max_output_tokens"], 16);
  });
});

describe("a format, and what keeps the cache", () => {
  it("is strict where it can be", () => {
    const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
    const format = { type: "json_schema", name: "my answer", schema };
    assert.deepEqual(sent({ output_config: { format } })["text"], {
      format: {
        type: "json_schema",
        name: "my_answer",
        schema: { ...schema, additionalProperties: false },
        strict: true,
      },
    });
    const loose = { ...format, schema: { ...schema, required: [] } };
    assert.deepEqual(sent({ output_config: { format: loose } })["text"], {
      format: { ...loose, name: "my_answer", strict: false },
    });
  });

  it("names the conversation and never the person", () => {
    const session = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const user = { user_id: `user_abc_account__session_${session}` };
    assert.equal(sent({ metadata: user })["prompt_cache_key"], session);
    assert.equal(sent({ metadata: { user_id: `{"session_id":"${session}"}` } })["prompt_cache_key"], session);
    assert.equal(sent({ metadata: { user_id: "user_abc" } })["prompt_cache_key"], undefined);
    const rest = { service_tier: "flex", verbosity: "low", seed: 1 };
    const own = encoded({ metadata: user, prompt_cache_key: "k", rest, restOf: "openai" });
    assert.equal(own.body["prompt_cache_key"], "k");
    assert.equal(own.body["service_tier"], "flex");
    assert.deepEqual(own.body["text"], { verbosity: "low" });
    assert.deepEqual(own.dropped, ["seed", "metadata"]);
    assert.deepEqual(encoded({ rest: { service_tier: "auto" } }).dropped, ["service_tier"]);
    const named = encoded({ metadata: user }, "m", undefined, { userField: "safety_identifier" });
    assert.equal(named.body["safety_identifier"], user.user_id);
    assert.equal(sent({}, "m", undefined, { promptCacheKey: "s" })["prompt_cache_key"], "s");
  });

  it("counts without what concerns the answer only", () => {
    const counted = wire.count?.encode(
      { ...NOTHING, max_tokens: 5 },
      { model: "m", info: undefined, options: {} },
    );
    assert.deepEqual(counted?.body, { model: "m", input: [heard(says("hello"))] });
    assert.equal(wire.count?.read({ object: "response.input_tokens", input_tokens: 12 }), 12);
    assert.equal(wire.count?.read({}), undefined);
  });
});
