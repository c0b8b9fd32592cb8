import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, it } from "mocha";
import { BadRequest, type ClientCall } from "../../src/gateway/dialect.ts";
import { gemini } from "../../src/gateway/dialects/gemini.ts";
import { carriedIn, carriedSignature, carrying } from "../../src/model/carried.ts";
import type { Json, JsonObject } from "../../src/model/conversation.ts";
import type { Failure } from "../../src/model/failure.ts";
import { eventsOfAnswer } from "../../src/model/fold-answer.ts";
import { geminiWire } from "../../src/model/gemini/wire.ts";
import type { MessagesAnswer, MessagesRequest, WireBlock } from "../../src/model/messages.ts";
import { folded, isFailure, READING } from "./translation.ts";

const PATH = "/v1beta/models/gemini-3-flash-preview:generateContent";

function called(path: string, more: Partial<ClientCall> = {}): ClientCall {
  return { method: "POST", path, query: new URLSearchParams(), headers: {}, ...more };
}

function read(body: object, path = PATH): MessagesRequest {
  return gemini.decode({ contents: [], ...body } as unknown as JsonObject, called(path));
}

const content = (role: string, ...parts: unknown[]) => ({ role, parts });
const blocks = (...contents: unknown[]) => read({ contents }).messages;

describe("a request of a Gemini client", () => {
  for (const [method, path, expected] of [
    ["POST", "/v1beta/models/a:generateContent", "answer"],
    ["POST", "/v1/models/a:streamGenerateContent", "answer"],
    ["POST", "/v1beta/models/a:countTokens", "count"],
    ["POST", "/v1beta1/projects/p/locations/l/publishers/google/models/a:generateContent", "answer"],
    ["GET", "/v1beta/models", "models"],
    ["POST", "/v1beta/models/a:embedContent", undefined],
    ["GET", "/v1/models", undefined],
    ["POST", "/v1/messages", undefined],
  ] as const) {
    it(`${method} ${path} wants ${expected}`, () =>
      assert.equal(gemini.wants(called(path, { method })), expected));
  }

  it("lists models at the path that others have, too, by its own key", () => {
    const headers = { "x-goog-api-key": "k" };
    assert.equal(gemini.wants(called("/v1/models", { method: "GET", headers })), "models");
  });

  for (const [what, headers, query, expected] of [
    ["a header", { "x-goog-api-key": "k" }, "", "k"],
    ["the query", {}, "key=k", "k"],
    ["a bearer's token", { authorization: "Bearer k" }, "", "k"],
    ["two places that differ", { "x-goog-api-key": "k" }, "key=other", undefined],
    ["no place", {}, "", undefined],
  ] as const) {
    it(`has its key in ${what}`, () => {
      const call = called(PATH, {
        headers: headers as Record<string, string>,
        query: new URLSearchParams(query),
      });
      assert.equal(gemini.keyOf(call), expected);
    });
  }

  it("names its model in the path, and streams by its method", () => {
    const { model, stream } = read({}, "/v1beta/models/vendor%2Fmodel:streamGenerateContent");
    assert.deepEqual([model, stream], ["vendor/model", true]);
    assert.deepEqual([read({}).model, read({}).stream], ["gemini-3-flash-preview", false]);
  });

  it("may be a whole request to be counted", () => {
    const generateContentRequest = { model: "models/a", contents: [content("user", { text: "q" })] };
    const { messages } = read(
      { contents: undefined, generateContentRequest },
      "/v1beta/models/a:countTokens",
    );
    assert.deepEqual(messages, [{ role: "user", content: [{ type: "text", text: "q" }] }]);
  });

  it("pairs calls without ids with their responses by name and order", () => {
    const [calls, results] = blocks(
      content(
        "model",
        { functionCall: { name: "a" } },
        { functionCall: { name: "a" } },
        { functionCall: { name: "b" } },
      ),
      content("function", { functionResponse: { name: "b", response: { output: "3" } } }),
      content("function", { functionResponse: { name: "a", response: { output: "1" } } }),
      content("user", { functionResponse: { name: "a", response: { output: "2" } } }, { text: "so?" }),
    );
    const ids = calls?.content.map((it) => it["id"]) ?? [];
    assert.equal(new Set(ids).size, 3);
    const found = results?.content.map((it) => [it["tool_use_id"], it["content"]]);
    assert.deepEqual(found, [
      [ids[2], "3"],
      [ids[0], "1"],
      [ids[1], "2"],
      [undefined, undefined],
    ]);
  });

  it("keeps the ids it has, and gives a growing conversation the same ones", () => {
    const turn = [
      content("model", { functionCall: { id: "x", name: "a" } }, { functionCall: { name: "b" } }),
      content("user", { functionResponse: { id: "x", name: "a", response: {} } }),
    ];
    const before = blocks(...turn);
    const after = blocks(...turn, content("model", { functionCall: { name: "b" } }));
    assert.deepEqual(after.slice(0, 2), before);
    assert.equal(before[0]?.content[0]?.["id"], "x");
  });

  for (const [what, part, expected] of [
    [
      "bytes of a picture",
      { inlineData: { mimeType: "image/png", data: "A" } },
      { type: "image", source: { type: "base64", media_type: "image/png", data: "A" } },
    ],
    [
      "snake case",
      { inline_data: { mime_type: "application/pdf", data: "A" } },
      { type: "document", source: { type: "base64", media_type: "application/pdf", data: "A" } },
    ],
    [
      "an address",
      { fileData: { mimeType: "image/png", fileUri: "https://a" } },
      { type: "image", source: { type: "url", url: "https://a" } },
    ],
    [
      "a file of text",
      { inlineData: { mimeType: "text/csv", data: "w7w=" } },
      { type: "document", source: { type: "text", media_type: "text/plain", data: "ü" } },
    ],
    [
      "a response that is one text",
      { functionResponse: { id: "c", name: "f", response: { result: "x" } } },
      { type: "tool_result", tool_use_id: "c", content: "x" },
    ],
    [
      "a response of several members",
      { functionResponse: { id: "c", name: "f", response: { a: 1, output: "x" } } },
      { type: "tool_result", tool_use_id: "c", content: '{"a":1,"output":"x"}' },
    ],
    [
      "an error",
      { functionResponse: { id: "c", name: "f", response: { error: "no" } } },
      { type: "tool_result", tool_use_id: "c", content: "no", is_error: true },
    ],
    [
      "code that was run",
      { executableCode: { language: "PYTHON", code: "1" } },
      { type: "text", text: "```python\n1\n```" },
    ],
    ["nothing known", { novel: {} }, undefined],
    ["an empty text", { text: "" }, undefined],
  ] as const) {
    it(`may hold ${what}`, () => assert.deepEqual(blocks(content("user", part))[0]?.content[0], expected));
  }

  it("keeps thought signatures for their vendor, in their places", () => {
    const [message] = blocks(
      content(
        "model",
        { text: "h", thought: true, thoughtSignature: "cw==" },
        { functionCall: { name: "f" }, thoughtSignature: "dA==" },
      ),
    );
    const [thinking, call] = message?.content ?? [];
    assert.equal(carriedIn(String(thinking?.["signature"]), "gemini"), "cw==");
    assert.deepEqual(call?.["wheelhouse_carried"], { vendor: "gemini", data: "dA==" });
  });

  it("joins the pieces in which an answer was streamed", () => {
    const [message] = blocks(
      content("model", { text: "h", thought: true }),
      content("model", { text: "m", thought: true }, { text: "", thought: true, thoughtSignature: "cw==" }),
      content("model", { text: "a" }),
      content("model", { text: "b" }, { text: "", thoughtSignature: "dA==" }, { text: "c" }),
    );
    const found = message?.content.map((it) => it["thinking"] ?? it["text"]);
    assert.deepEqual(found, ["hm", "ab", "", "c"]);
    assert.equal(carriedIn(String(message?.content[0]?.["signature"]), "gemini"), "cw==");
  });

  it("declares functions by either kind of schema", () => {
    const a = {
      type: "OBJECT",
      properties: {
        n: { type: "INTEGER", nullable: true },
        l: { type: "ARRAY", items: { type: "STRING" }, minItems: "1" },
      },
      required: ["n"],
    };
    const b = { type: "object", properties: { type: { type: "string" } } };
    const functionDeclarations = [
      { name: "a", description: "d", parameters: a },
      { name: "b", parametersJsonSchema: b },
      { name: "c" },
    ];
    assert.deepEqual(read({ tools: [{ functionDeclarations }, { googleSearch: {} }] }).tools, [
      {
        name: "a",
        description: "d",
        input_schema: {
          type: "object",
          properties: {
            n: { type: ["integer", "null"] },
            l: { type: "array", items: { type: "string" }, minItems: 1 },
          },
          required: ["n"],
        },
      },
      { name: "b", input_schema: b },
      { name: "c", input_schema: { type: "object", properties: {} } },
    ]);
  });

  for (const [config, expected] of [
    [{ mode: "AUTO" }, { type: "auto" }],
    [{ mode: "VALIDATED" }, { type: "auto" }],
    [{ mode: "NONE" }, { type: "none" }],
    [{ mode: "ANY" }, { type: "any" }],
    [
      { mode: "ANY", allowedFunctionNames: ["a"] },
      { type: "tool", name: "a" },
    ],
  ] as const) {
    it(`chooses calls: ${JSON.stringify(config)}`, () => {
      assert.deepEqual(read({ toolConfig: { functionCallingConfig: config } }).tool_choice, expected);
    });
  }

  it("offers only the functions that it allows", () => {
    const tools = [{ functionDeclarations: [{ name: "a" }, { name: "b" }, { name: "c" }] }];
    const functionCallingConfig = { mode: "ANY", allowedFunctionNames: ["a", "c"] };
    const found = read({ tools, toolConfig: { functionCallingConfig } });
    assert.deepEqual([found.tools.map((it) => it.name), found.tool_choice], [["a", "c"], { type: "any" }]);
  });

  for (const [config, expected] of [
    [
      { thinkingLevel: "LOW", includeThoughts: true },
      { thinking: { type: "adaptive", display: "summarized" }, effort: "low" },
    ],
    [{ includeThoughts: true }, { thinking: { type: "adaptive", display: "summarized" }, effort: undefined }],
    [{ thinkingBudget: 0 }, { thinking: { type: "disabled" }, effort: undefined }],
    [{ thinkingBudget: -1 }, { thinking: { type: "adaptive", display: "omitted" }, effort: undefined }],
    [
      { thinkingBudget: 512 },
      { thinking: { type: "enabled", budget_tokens: 512, display: "omitted" }, effort: undefined },
    ],
    [{}, { thinking: undefined, effort: undefined }],
  ] as const) {
    it(`thinks by ${JSON.stringify(config)}`, () => {
      const { thinking, output_config } = read({ generationConfig: { thinkingConfig: config } });
      assert.deepEqual({ thinking, effort: output_config?.["effort"] }, expected);
    });
  }

  it("has its limits and its form of answer", () => {
    const generationConfig = {
      maxOutputTokens: 9,
      temperature: 1,
      topP: 0.5,
      topK: 4,
      stopSequences: ["x"],
      responseMimeType: "application/json",
      responseSchema: { type: "STRING" },
    };
    const { max_tokens, temperature, top_p, top_k, stop_sequences, output_config } = read({
      generationConfig,
    });
    assert.deepEqual([max_tokens, temperature, top_p, top_k, stop_sequences], [9, 1, 0.5, 4, ["x"]]);
    assert.deepEqual(output_config, { format: { type: "json_schema", schema: { type: "string" } } });
  });

  for (const [what, body] of [
    ["no contents", { contents: undefined }],
    ["contents that are no list", { contents: 5 }],
    ["a function without a name", { tools: [{ functionDeclarations: [{}] }] }],
    ["a limit in words", { generationConfig: { maxOutputTokens: "many" } }],
  ] as const) {
    it(`is refused with ${what}`, () => assert.throws(() => read(body), BadRequest));
  }

  it("is refused or read, whatever it holds", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        const contents = [
          content("user", { text: value }, { functionCall: value }, { functionResponse: other }, value),
        ];
        for (const body of [
          { contents, tools: value },
          { contents: value },
          { contents, generationConfig: value, systemInstruction: other },
        ]) {
          try {
            read(body);
          } catch (error) {
            assert.ok(error instanceof BadRequest, String(error));
          }
        }
      }),
    );
  });
});

const USAGE = {
  input_tokens: 3,
  output_tokens: 9,
  cache_read_input_tokens: 2,
  cache_creation_input_tokens: 1,
  output_tokens_details: { thinking_tokens: 4 },
};
const ANSWER: MessagesAnswer = {
  id: "",
  type: "message",
  role: "assistant",
  model: "real",
  content: [
    { type: "thinking", thinking: "h", signature: "EqQB" },
    { type: "text", text: "a" },
    carrying({ type: "tool_use", id: "c", name: "f", input: { a: [1] } }, "gemini", "cw=="),
    { type: "server_tool_use", id: "s", name: "web_search", input: {} },
  ],
  stop_reason: "tool_use",
  stop_sequence: null,
  usage: USAGE,
};
const form = { model: "asked", body: {}, created: 1, id: "made1" };
type Response = {
  candidates: { content: { parts: JsonObject[] }; finishReason?: string }[];
  usageMetadata: Json;
};

describe("an answer to a Gemini client", () => {
  const whole = gemini.answer(ANSWER, form) as unknown as Response;

  it("has the parts, the model that was asked, and the usage", () => {
    const [thought, ...parts] = whole.candidates[0]?.content.parts ?? [];
    assert.deepEqual([thought?.["text"], thought?.["thought"]], ["h", true]);
    assert.deepEqual(parts, [
      { text: "a" },
      { functionCall: { id: "c", name: "f", args: { a: [1] } }, thoughtSignature: "cw==" },
    ]);
    const { candidates: _, ...rest } = whole;
    assert.deepEqual(rest, {
      usageMetadata: {
        promptTokenCount: 6,
        cachedContentTokenCount: 2,
        candidatesTokenCount: 5,
        thoughtsTokenCount: 4,
        totalTokenCount: 15,
      },
      modelVersion: "asked",
      responseId: "made1",
    });
  });

  it("brings another vendor's signature back as it was", () => {
    const parts = whole.candidates[0]?.content.parts ?? [];
    assert.equal(blocks(content("model", ...parts))[0]?.content[0]?.["signature"], "EqQB");
  });

  for (const [stop, expected] of [
    ["end_turn", "STOP"],
    ["tool_use", "STOP"],
    ["stop_sequence", "STOP"],
    ["max_tokens", "MAX_TOKENS"],
    ["model_context_window_exceeded", "MAX_TOKENS"],
    ["refusal", "SAFETY"],
  ] as const) {
    it(`that stopped for ${stop} ends with ${expected}`, () => {
      const it = gemini.answer({ ...ANSWER, content: [], stop_reason: stop }, form) as unknown as Response;
      assert.equal(it.candidates[0]?.finishReason, expected);
      assert.deepEqual(it.candidates[0]?.content.parts, [{ text: "" }]);
    });
  }

  for (const alt of [undefined, "sse", "json"]) {
    it(`is streamed in whole responses with alt=${alt}`, () => {
      const chunks = responses(streamOf(ANSWER, alt), alt);
      const parts = chunks.flatMap((it) => it.candidates[0]?.content.parts ?? []);
      const calls = parts.filter((it) => "functionCall" in it);
      assert.deepEqual(calls, [
        { functionCall: { id: "c", name: "f", args: { a: [1] } }, thoughtSignature: "cw==" },
      ]);
      assert.deepEqual(chunks.map((it) => it.candidates[0]?.finishReason).filter(Boolean), ["STOP"]);
      assert.deepEqual(chunks.at(-1)?.usageMetadata, whole.usageMetadata);
    });
  }

  it("ends with an error in either form", () => {
    const failure: Failure = { kind: "overloaded", message: "busy", status: 529, retryAfterMs: 1200 };
    for (const alt of ["sse", "json"]) {
      const encoder = gemini.encoder({ ...form, query: new URLSearchParams({ alt }) });
      const text = `${gemini.ping}${encoder.take({ type: "error", failure })}`;
      const [refused] = responses(text, alt) as unknown as [JsonObject];
      assert.deepEqual(refused["error"], {
        code: 503,
        message: "busy",
        status: "UNAVAILABLE",
        details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "2s" }],
      });
    }
  });

  it("lists models and counts as the API does", () => {
    const info = {
      id: "a",
      name: "A",
      contextWindow: 9,
      maxOutput: 3,
      efforts: [],
      images: true,
      rates: undefined,
    };
    const [model] = gemini.models([info])["models"] as unknown as [JsonObject];
    assert.deepEqual(
      [model["name"], model["inputTokenLimit"], model["outputTokenLimit"]],
      ["models/a", 9, 3],
    );
    assert.deepEqual(gemini.count(7), { totalTokens: 7 });
  });

  it("tells that a prompt is too long in the API's words", () => {
    const failure: Failure = { kind: "context-full", message: "prompt is too long: 9" };
    const { error } = gemini.refusal({ failure, status: 400, requestId: "r" }) as { error: JsonObject };
    assert.match(
      String(error["message"]),
      /^The input token count exceeds the maximum number of tokens allowed/,
    );
    assert.equal(error["status"], "INVALID_ARGUMENT");
  });
});

function streamOf(answer: MessagesAnswer, alt: string | undefined): string {
  const query = alt === undefined ? {} : { query: new URLSearchParams({ alt }) };
  const encoder = gemini.encoder({ ...form, ...query });
  return [...eventsOfAnswer(answer)].map((it) => encoder.take(it)).join("");
}

function responses(text: string, alt: string | undefined): readonly Response[] {
  if (alt === "json") return JSON.parse(text);
  return text
    .split("\r\n\r\n")
    .filter(Boolean)
    .map((it) => JSON.parse(it.replace(/^\s*data: /, "")));
}

const word = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8})?$/);
const spoken = word.map((text): WireBlock => ({ type: "text", text }));
const picture = fc.constant<WireBlock>({
  type: "image",
  source: { type: "base64", media_type: "image/png", data: "AAAA" },
});
const step = fc.record({
  said: spoken,
  signature: word,
  input: fc.dictionary(word, fc.integer()),
  found: word,
  failed: fc.boolean(),
  seen: picture,
});

describe("a conversation that goes to Gemini and comes back", () => {
  it("keeps what only Gemini has a word for", () => {
    const safetySettings = [{ category: "c", threshold: "OFF" }];
    const tools = [{ functionDeclarations: [{ name: "a" }] }, { googleSearch: {} }];
    const generationConfig = { seed: 7, topK: 4, mediaResolution: "LOW" };
    const request = read({
      contents: [content("user", { text: "q" })],
      safetySettings,
      tools,
      generationConfig,
    });
    const target = { model: "gemini-3-flash-preview", info: undefined, options: {} };
    const { body, dropped } = geminiWire.encode(request, target);
    assert.deepEqual(
      [body["safetySettings"], body["tools"], body["generationConfig"], dropped],
      [safetySettings, tools, generationConfig, []],
    );
  });

  it("means the same", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), spoken, (steps, question) => {
        const messages = steps.flatMap(({ said, signature, input, found, failed, seen }, at) => {
          const call = carrying({ type: "tool_use", id: `c${at}`, name: "look", input }, "gemini", signature);
          const result = {
            type: "tool_result",
            tool_use_id: `c${at}`,
            content: found,
            ...(failed && { is_error: true }),
          };
          return [
            { role: "assistant" as const, content: [said, call] },
            { role: "user" as const, content: [result, seen, said] },
          ];
        });
        const request = {
          ...read({}),
          messages: [{ role: "user" as const, content: [question] }, ...messages],
        };
        const target = { model: "gemini-3-flash-preview", info: undefined, options: {} };
        assert.deepEqual(
          gemini.decode(geminiWire.encode(request, target).body, called(PATH)).messages,
          request.messages,
        );
      }),
    );
  });
});

const said = fc.record({
  thought: fc.option(fc.tuple(word, word), { nil: undefined }),
  text: fc.option(fc.string({ minLength: 1, unit: "binary" }), { nil: undefined }),
  calls: fc.array(
    fc.record({ name: word, input: fc.json().map((it): JsonObject => ({ it: JSON.parse(it) })) }),
    { maxLength: 3 },
  ),
});

describe("an answer that is told to a client of Gemini as Gemini's own", () => {
  for (const alt of ["sse", "json", "whole"]) {
    it(`means the same as ${alt}`, () => {
      fc.assert(
        fc.property(said, ({ thought, text, calls }) => {
          const content: WireBlock[] = [
            ...(thought
              ? [
                  {
                    type: "thinking",
                    thinking: thought[0],
                    signature: carriedSignature("gemini", thought[1]),
                  },
                ]
              : []),
            ...(text === undefined ? [] : [{ type: "text", text }]),
            ...calls.map((it, at) => ({ type: "tool_use", id: `c${at}`, ...it })),
          ];
          const told = { ...ANSWER, content, stop_reason: calls.length > 0 ? "tool_use" : "end_turn" };
          const it =
            alt === "whole"
              ? geminiWire.answer(gemini.answer(told, form), READING)
              : folded(geminiWire, [Buffer.from(streamOf(told, alt))]);
          assert.ok(!isFailure(it), JSON.stringify(it));
          assert.deepEqual(it, { ...told, id: form.id, model: form.model, usage: it.usage });
          assert.deepEqual(geminiUsage(it.usage), geminiUsage(USAGE));
        }),
      );
    });
  }
});

/** What is told of usage: Gemini has no class for what was written to a cache. */
function geminiUsage(usage: unknown): unknown {
  const it = usage as typeof USAGE;
  return [
    it.input_tokens + it.cache_creation_input_tokens,
    it.cache_read_input_tokens,
    it.output_tokens,
    it.output_tokens_details,
  ];
}
