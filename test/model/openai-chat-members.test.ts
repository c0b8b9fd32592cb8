import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { JsonObject } from "../../src/model/conversation.ts";
import { recordOf } from "../../src/model/record.ts";
import { call, encoded, look, picture, says, sent, text } from "./chat-requests.ts";

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

  it("tell which effort is left out", () => {
    const more = { thinking: { type: "adaptive" }, output_config: { effort: "high" } };
    assert.deepEqual(encoded(more, {}, "gpt-4o").dropped, ["output_config.effort", "thinking"]);
    assert.deepEqual(encoded({ thinking: { type: "disabled" } }, {}, "gpt-4o").dropped, []);
  });

  it("are the same for the same request", () => {
    const more = { tools: [{ ...look, name: "a.b" }], messages: [says("user", picture, text("a"))] };
    assert.equal(JSON.stringify(sent(more)), JSON.stringify(sent(more)));
  });
});
