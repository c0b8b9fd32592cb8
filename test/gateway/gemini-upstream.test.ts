import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { anthropic } from "../../src/gateway/dialects/anthropic.ts";
import { carriedSignature, carrying } from "../../src/model/carried.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { signatureMemory } from "../../src/model/gemini/signatures.ts";
import { geminiWire, geminiWireWith } from "../../src/model/gemini/wire.ts";
import { Untranslatable } from "../../src/model/wire.ts";
import { READING, sentFor } from "./translation.ts";

const pair = { dialect: anthropic, wire: geminiWire };
const says = (role: string, ...content: unknown[]) => ({ role, content });
const text = (it: string) => ({ type: "text", text: it });
const call = (id: string, name = "look", input: JsonObject = {}) => ({ type: "tool_use", id, name, input });
const result = (id: string, content: unknown, more: JsonObject = {}) => ({
  type: "tool_result",
  tool_use_id: id,
  content,
  ...more,
});
const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } };
const BYPASS = "skip_thought_signature_validator";

function sent(more: object, options: JsonObject = {}, wire = geminiWire): JsonObject {
  const body = {
    model: "gemini-3-flash-preview",
    max_tokens: 9,
    messages: [says("user", text("q"))],
    ...more,
  };
  return sentFor({ ...pair, wire, options }, body as unknown as JsonObject);
}

/** Parts of the contents of a conversation, with the first letter of their role. */
function parts(
  messages: readonly unknown[],
  model = "gemini-3-flash-preview",
): readonly (readonly [string, unknown])[] {
  const contents = sent({ messages, model })["contents"] as unknown as { role: string; parts: unknown[] }[];
  return contents.flatMap((it) => it.parts.map((part) => [it.role[0] ?? "", part] as const));
}

const asked = (...content: unknown[]) => [says("user", text("q")), says("assistant", ...content)];

describe("a conversation for Gemini", () => {
  for (const [what, messages, expected] of [
    [
      "begins with the user",
      [says("assistant", text("a"))],
      [
        ["u", { text: "Continue." }],
        ["m", { text: "a" }],
      ],
    ],
    ["is never empty", [], [["u", { text: "Continue." }]]],
    ["leaves out blank texts", [says("user", text(" "), text("q"))], [["u", { text: "q" }]]],
    [
      "sends bytes inline",
      [says("user", image)],
      [["u", { inlineData: { mimeType: "image/png", data: "AAAA" } }]],
    ],
    [
      "has files fetched whose type shows",
      [says("user", { type: "image", source: { type: "url", url: "https://a.test/b.jpg?c" } })],
      [["u", { fileData: { fileUri: "https://a.test/b.jpg?c", mimeType: "image/jpeg" } }]],
    ],
    [
      "names audio as Gemini does",
      [says("user", { type: "audio", source: { type: "base64", media_type: "audio/mp3", data: "AA" } })],
      [["u", { inlineData: { mimeType: "audio/mpeg", data: "AA" } }]],
    ],
    [
      "tells a later instruction as the user's",
      [says("user", text("q")), says("system", text("be brief"))],
      [
        ["u", { text: "q" }],
        ["u", { text: "<system-reminder>\nbe brief\n</system-reminder>" }],
      ],
    ],
    [
      "leaves out thinking that another vendor signed, or none",
      [
        ...asked(
          { type: "thinking", thinking: "h", signature: "EqQB" },
          { type: "redacted_thinking", data: "x" },
          text("a"),
        ),
      ],
      [
        ["u", { text: "q" }],
        ["m", { text: "a" }],
      ],
    ],
    [
      "brings back thinking that Gemini signed",
      asked({ type: "thinking", thinking: "h", signature: carriedSignature("gemini", "s") }),
      [
        ["u", { text: "q" }],
        ["m", { text: "h", thought: true, thoughtSignature: "s" }],
      ],
    ],
    [
      "leaves out blocks it does not know",
      [says("user", text("q"), { type: "novel", text: "no" })],
      [["u", { text: "q" }]],
    ],
  ] as const) {
    it(what, () => assert.deepEqual(parts(messages), expected));
  }

  it("answers parallel calls in their order, and what is missing as interrupted", () => {
    const found = parts([
      ...asked(call("c1"), call("c2", "find", { a: 1 })),
      says("user", text("and?"), result("c2", "two"), result("c2", "again")),
    ]);
    const id = (it: string, name: string) => ({ id: it, name });
    assert.deepEqual(found.slice(1), [
      ["m", { functionCall: { ...id("c1", "look"), args: {} }, thoughtSignature: BYPASS }],
      ["m", { functionCall: { ...id("c2", "find"), args: { a: 1 } } }],
      [
        "u",
        {
          functionResponse: {
            ...id("c1", "look"),
            response: { error: "interrupted: this call gave no result" },
          },
        },
      ],
      ["u", { functionResponse: { ...id("c2", "find"), response: { result: "two" } } }],
      ["u", { text: "and?" }],
    ]);
  });

  it("keeps what a result without a call says", () => {
    const [, part] = parts([says("user", result("gone", "42"))])[0] ?? [];
    assert.match((part as { text: string }).text, /42$/);
  });

  for (const [what, content, more, expected] of [
    ["a text", "alpha", {}, { result: "alpha" }],
    ["an object", '{"ok": true}', {}, { ok: true }],
    ["a list", "[1,2]", {}, { result: [1, 2] }],
    ["a text that would change when it is read", '{"n": 1.0}', {}, { result: '{"n": 1.0}' }],
    ["texts", [text("a"), text("b")], {}, { result: "a\nb" }],
    ["nothing", [], {}, { result: "" }],
    ["an error", "no", { is_error: true }, { error: "no" }],
  ] as const) {
    it(`answers a call with ${what}`, () => {
      const [, part] = parts([...asked(call("c")), says("user", result("c", content, more))])[2] ?? [];
      assert.deepEqual((part as { functionResponse: JsonObject }).functionResponse["response"], expected);
    });
  }

  it("puts pictures of a result into it from Gemini 3 on, and behind all results before", () => {
    const messages = [...asked(call("c"), call("d")), says("user", result("c", [image]), result("d", "x"))];
    const kinds = (model: string) =>
      parts(messages, model)
        .slice(3)
        .map(([, it]) => Object.keys(it as object)[0]);
    assert.deepEqual(kinds("gemini-3-flash-preview"), ["functionResponse", "functionResponse"]);
    assert.deepEqual(kinds("gemini-2.5-flash"), ["functionResponse", "functionResponse", "inlineData"]);
  });

  it("sends neither ids nor stand-ins for signatures to models before Gemini 3", () => {
    const [, part] = parts(asked(call("c")), "gemini-2.5-flash")[1] ?? [];
    assert.deepEqual(part, { functionCall: { name: "look", args: {} } });
  });

  it("names a file that cannot be sent", () => {
    const messages = [says("user", { type: "image", source: { type: "file", file_id: "f" } })];
    assert.throws(() => parts(messages), Untranslatable);
  });
});

describe("a thought signature", () => {
  const signatureOf = (messages: readonly unknown[], wire = geminiWire) => {
    const contents = sent({ messages }, {}, wire)["contents"] as unknown as { parts: JsonObject[] }[];
    return contents[1]?.parts.find((it) => "functionCall" in it)?.["thoughtSignature"];
  };

  it("comes back by what a call carries", () => {
    assert.equal(signatureOf(asked(carrying(call("c"), "gemini", "s"))), "s");
  });

  it("comes back by the thinking before its call", () => {
    const thinking = {
      type: "thinking",
      thinking: "h",
      signature: carriedSignature("gemini", { next: "s" }),
    };
    assert.equal(signatureOf(asked(thinking, call("c"))), "s");
  });

  it("comes back by the memory of its call, which forgets the oldest", () => {
    const memory = signatureMemory(1);
    const wire = geminiWireWith({ memory });
    const answer = (id: string) => ({
      candidates: [
        {
          content: { parts: [{ functionCall: { id, name: "look" }, thoughtSignature: "s" }] },
          finishReason: "STOP",
        },
      ],
    });
    wire.answer(answer("c"), READING);
    assert.equal(signatureOf(asked(call("c")), wire), "s");
    wire.answer(answer("d"), READING);
    assert.equal(signatureOf(asked(call("c")), wire), BYPASS);
  });

  it("is not made of a client's own stand-in", () => {
    assert.equal(signatureOf(asked(call("x"), carrying(call("c"), "gemini", BYPASS))), BYPASS);
  });
});

describe("a request for Gemini", () => {
  const tools = [{ name: "look", input_schema: { type: "object", properties: { a: { type: "string" } } } }];
  const odd = [{ name: "mcp/look at", description: "d" }];

  for (const [choice, expected] of [
    [{ type: "auto" }, { mode: "AUTO" }],
    [{ type: "any" }, { mode: "ANY" }],
    [{ type: "none" }, { mode: "NONE" }],
    [
      { type: "tool", name: "look" },
      { mode: "ANY", allowedFunctionNames: ["look"] },
    ],
  ] as const) {
    it(`chooses calls: ${choice.type}`, () => {
      assert.deepEqual(sent({ tools, tool_choice: choice })["toolConfig"], {
        functionCallingConfig: expected,
      });
      assert.equal(sent({ tool_choice: choice })["toolConfig"], undefined);
    });
  }

  it("gives tools names that are taken, the same everywhere, and gets them back", () => {
    const messages = [...asked(call("c", "mcp/look at")), says("user", result("c", "x"))];
    const body = JSON.stringify(
      sent({ tools: odd, tool_choice: { type: "tool", name: "mcp/look at" }, messages }),
    );
    assert.equal(body.match(/mcp_look_at_[0-9a-f]{8}/g)?.length, 4);
    const request = anthropic.decode({ messages, tools: odd } as unknown as JsonObject, {
      method: "POST",
      path: "",
      query: new URLSearchParams(),
      headers: {},
    });
    const { reading } = geminiWire.encode(request, {
      model: "gemini-3-flash-preview",
      info: undefined,
      options: {},
    });
    assert.equal(reading.nameOf(body.match(/mcp_look_at_\w+/)?.[0] ?? ""), "mcp/look at");
  });

  for (const [type, members] of [
    ["bash_20250124", ["command", "restart"]],
    ["text_editor_20250728", ["command", "path", "view_range"]],
    ["memory_20250818", ["command", "old_path"]],
    ["computer_20251124", ["action", "coordinate"]],
  ] as const) {
    it(`has functions for what Claude's clients run: ${type}`, () => {
      const own = { type, name: "own", display_width_px: 800, display_height_px: 600 };
      for (const parametersJsonSchema of [false, true]) {
        const more = { tools: [own, ...tools], tool_choice: { type: "tool", name: "own" } };
        const body = sent(more, { parametersJsonSchema });
        const [{ functionDeclarations }] = body["tools"] as unknown as [
          { functionDeclarations: Readonly<Record<string, JsonObject>>[] },
        ];
        const [declared] = functionDeclarations;
        assert.equal(declared?.["name"], "own");
        assert.ok(declared?.["description"]);
        const schema = declared?.["parameters"] ?? declared?.["parametersJsonSchema"];
        const properties = Object.keys(schema?.["properties"] as unknown as object);
        for (const it of members) assert.ok(properties.includes(it), it);
        assert.equal(functionDeclarations.length, 2);
      }
    });
  }

  it("forces no call of a tool that was left out", () => {
    const search = { type: "web_search_20250305", name: "web_search" };
    const body = sent({ tools: [search, ...tools], tool_choice: { type: "tool", name: "web_search" } });
    assert.equal(body["toolConfig"], undefined);
  });

  it("sends schemas as JSON Schema where the provider says so", () => {
    const declared = (options: JsonObject) =>
      (sent({ tools }, options)["tools"] as unknown as [{ functionDeclarations: [object] }])[0]
        .functionDeclarations[0];
    assert.ok("parameters" in declared({}));
    assert.ok("parametersJsonSchema" in declared({ parametersJsonSchema: true }));
  });

  it("puts the limits where they belong", () => {
    const stop_sequences = ["a", "b", "c", "d", "e", "f"];
    const config = sent({ temperature: 3, top_p: 0.5, top_k: 4, stop_sequences })["generationConfig"];
    assert.deepEqual(config, {
      maxOutputTokens: 9,
      temperature: 2,
      topP: 0.5,
      topK: 4,
      stopSequences: ["a", "b", "c", "d", "e"],
    });
  });

  it("asks for JSON by a schema", () => {
    const format = { type: "json_schema", schema: { type: "object", properties: { a: { const: "x" } } } };
    const config = sent({ output_config: { format } })["generationConfig"] as JsonObject;
    assert.equal(config["responseMimeType"], "application/json");
    assert.deepEqual(config["responseJsonSchema"], { type: "object", properties: { a: { enum: ["x"] } } });
  });

  it("joins instructions, without what a client counts its bills by", () => {
    const system = [text("x-anthropic-billing-header: 1"), text("be kind"), text(" ")];
    assert.deepEqual(sent({ system })["systemInstruction"], { parts: [{ text: "be kind" }] });
  });

  it("takes settings of safety only from the provider's options", () => {
    const safetySettings = [{ category: "c", threshold: "OFF" }];
    assert.deepEqual(sent({}, { safetySettings })["safetySettings"], safetySettings);
    assert.equal(sent({ safetySettings })["safetySettings"], undefined);
  });

  const adaptive = { thinking: { type: "adaptive" } };
  const budget = (budget_tokens: number, display?: string) => ({
    thinking: { type: "enabled", budget_tokens, ...(display && { display }) },
  });
  const effort = (it: string) => ({ output_config: { effort: it } });
  for (const [model, asks, expected] of [
    ["gemini-3.8-flash", budget(4096), { thinkingLevel: "low", includeThoughts: true }],
    ["gemini-3.8-flash", budget(16_384, "omitted"), { thinkingLevel: "medium" }],
    ["gemini-3.8-flash", budget(20_000), { thinkingLevel: "high", includeThoughts: true }],
    ["gemini-3.8-flash", effort("max"), { thinkingLevel: "high" }],
    ["gemini-3.8-flash", { thinking: { type: "disabled" } }, { thinkingLevel: "low" }],
    ["gemini-3.6-flash", effort("none"), { thinkingLevel: "minimal" }],
    ["gemini-4-argon", effort("minimal"), { thinkingLevel: "low" }],
    [
      "gemini-flash-latest",
      { ...adaptive, ...effort("low") },
      { thinkingLevel: "low", includeThoughts: true },
    ],
    ["gemini-2.5-flash", adaptive, { thinkingBudget: -1, includeThoughts: true }],
    ["gemini-2.5-flash", budget(99_999), { thinkingBudget: 24_576, includeThoughts: true }],
    ["gemini-2.5-flash", { thinking: { type: "disabled" } }, { thinkingBudget: 0 }],
    ["gemini-2.5-pro", { thinking: { type: "disabled" } }, { thinkingBudget: 128 }],
    ["gemini-2.0-flash", adaptive, undefined],
    ["gemma-3", adaptive, undefined],
    ["gemini-3.8-flash", {}, undefined],
  ] as const) {
    it(`lets ${model} think for ${JSON.stringify(asks)}`, () => {
      const config = sent({ model, ...asks })["generationConfig"] as JsonObject;
      assert.deepEqual(config["thinkingConfig"], expected);
    });
  }

  it("says what it left out, by the client's own places", () => {
    const messages = [says("system", text("s")), says("user", text("q"), { type: "novel" })];
    const call = { method: "POST", path: "", query: new URLSearchParams(), headers: {} };
    const body = {
      messages,
      metadata: { user_id: "u" },
      container: "c",
      seed: 7,
      tools: [{ type: "web_search_1", name: "w" }, { name: "look" }],
    };
    const request = anthropic.decode(body as unknown as JsonObject, call);
    const {
      dropped,
      path,
      body: told,
    } = geminiWire.encode(request, {
      model: "models/gemini-9",
      info: undefined,
      options: {},
    });
    assert.deepEqual(dropped.toSorted(), ["container", "messages.1.content.1", "metadata", "tools.0"]);
    assert.equal(path, "/v1beta/models/gemini-9:generateContent");
    assert.deepEqual(told["generationConfig"], { seed: 7 });
  });

  it("has Gemini search where a client wants nothing else than searching", () => {
    const search = { type: "web_search_20250305", name: "web_search", max_uses: 3 };
    assert.deepEqual(sent({ tools: [search], tool_choice: { type: "auto" } })["tools"], [
      { googleSearch: {} },
    ]);
    assert.equal(JSON.stringify(sent({ tools: [search, ...tools] })).includes("googleSearch"), false);
  });

  it("limits an answer that is not streamed to what is taken", () => {
    const limit = (stream: boolean) =>
      (sent({ model: "gemini-4-argon", max_tokens: 60_000, stream })["generationConfig"] as JsonObject)[
        "maxOutputTokens"
      ];
    assert.deepEqual([limit(false), limit(true)], [32_768, 60_000]);
  });

  it("is counted whole", () => {
    const request = anthropic.decode(
      { messages: [] },
      { method: "", path: "", query: new URLSearchParams(), headers: {} },
    );
    const encoded = geminiWire.count?.encode(request, { model: "gemini-9", info: undefined, options: {} });
    assert.equal(encoded?.path, "/v1beta/models/gemini-9:countTokens");
    assert.equal(JSON.stringify(encoded?.body).includes('"model":"models/gemini-9"'), true);
    assert.equal(geminiWire.count?.read({ totalTokens: 7 }), 7);
  });
});
