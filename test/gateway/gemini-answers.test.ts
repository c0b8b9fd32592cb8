import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, it } from "mocha";
import { carriedIn } from "../../src/model/carried.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import type { Failure } from "../../src/model/failure.ts";
import { eventsOfAnswer, isFailure } from "../../src/model/fold-answer.ts";
import { geminiWire } from "../../src/model/gemini/wire.ts";
import type { MessagesAnswer } from "../../src/model/messages.ts";
import { Unreadable } from "../../src/model/wire.ts";
import { cutBytes, decoded, folded, READING, sseBytes } from "./translation.ts";

/** A response with these parts of candidate 0. */
const response = (parts: readonly unknown[], more: object = {}, finishReason?: string) => ({
  candidates: [{ content: { role: "model", parts }, index: 0, ...(finishReason && { finishReason }) }],
  responseId: "r1",
  modelVersion: "gemini-x",
  ...more,
});

function answered(body: unknown): MessagesAnswer {
  return geminiWire.answer(body, READING);
}

/** The failure in an answer that is none. */
function failed(body: unknown): Failure {
  try {
    answered(body);
  } catch (error) {
    if (error instanceof Unreadable) return error.failure;
    throw error;
  }
  return assert.fail("it is an answer");
}

function streamed(...chunks: unknown[]): MessagesAnswer | Failure {
  return folded(geminiWire, sseBytes(chunks, false));
}

/** The content of a streamed answer without what is carried. */
function content(...chunks: unknown[]): unknown {
  const it = streamed(...chunks);
  if (isFailure(it)) return it;
  return JSON.parse(
    JSON.stringify(it.content, (key, value) => (key === "wheelhouse_carried" ? undefined : value)),
  );
}

const call = (name: string, args?: unknown, more: object = {}) => ({
  functionCall: { name, ...(args ? { args } : {}), ...more },
});

describe("an answer of Gemini", () => {
  it("counts input, cache and thoughts apart", () => {
    const usageMetadata = {
      promptTokenCount: 10,
      toolUsePromptTokenCount: 2,
      cachedContentTokenCount: 4,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 3,
      totalTokenCount: 20,
    };
    assert.deepEqual(answered(response([{ text: "a" }], { usageMetadata }, "STOP")).usage, {
      input_tokens: 8,
      output_tokens: 8,
      cache_read_input_tokens: 4,
      cache_creation_input_tokens: 0,
      output_tokens_details: { thinking_tokens: 3 },
    });
  });

  for (const [reason, parts, stop] of [
    ["STOP", [{ text: "a" }], "end_turn"],
    ["STOP", [call("look")], "tool_use"],
    ["MAX_TOKENS", [{ text: "a" }], "max_tokens"],
    ["MAX_TOKENS", [call("look")], "max_tokens"],
    ["SAFETY", [{ text: "a" }], "refusal"],
    ["RECITATION", [], "refusal"],
    ["BLOCKLIST", [], "refusal"],
    ["PROHIBITED_CONTENT", [], "refusal"],
    ["SPII", [], "refusal"],
    ["IMAGE_SAFETY", [], "refusal"],
    ["CONTINUATION", [{ text: "a" }], "max_tokens"],
    ["SOMETHING_NEW", [{ text: "a" }], "end_turn"],
  ] as const) {
    it(`that ends with ${reason} has stopped for ${stop}`, () => {
      assert.equal(answered(response(parts, {}, reason)).stop_reason, stop);
    });
  }

  for (const reason of ["MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS"]) {
    it(`that ends with ${reason} is a failure`, () => {
      const body = { candidates: [{ finishReason: reason, finishMessage: "bad call" }] };
      assert.match(failed(body).message, new RegExp(`${reason} \\(bad call\\)`));
      assert.equal(isFailure(streamed(response([{ text: "a" }]), body)), true);
    });
  }

  it("to a blocked prompt is a refusal that says so", () => {
    const { stop_reason, content: said } = answered({ promptFeedback: { blockReason: "SAFETY" } });
    assert.equal(stop_reason, "refusal");
    assert.match(JSON.stringify(said), /SAFETY/);
  });

  for (const [what, body] of [
    ["nothing", {}],
    ["no end", response([{ text: "a" }])],
    ["an error", { error: { code: 500, message: "no" } }],
    ["a text", "hello"],
    ["a list of nothing", []],
  ] as const) {
    it(`with ${what} in it is a failure`, () => assert.ok(failed(body).message));
  }

  it("has thinking in one block with its signature", () => {
    const it = streamed(
      response([{ text: "h", thought: true }]),
      response([{ text: "m", thought: true }]),
      response([{ text: "", thoughtSignature: "s" }]),
      response([{ text: "a" }], {}, "STOP"),
    );
    assert.ok(!isFailure(it));
    const [thinking, text] = it.content;
    assert.equal(carriedIn(String(thinking?.["signature"]), "gemini"), "s");
    assert.deepEqual([thinking?.["thinking"], text?.["text"], it.content.length], ["hm", "a", 2]);
  });

  it("opens nothing for a signature alone", () => {
    assert.deepEqual(
      content(response([{ text: "a" }]), response([{ text: "", thoughtSignature: "s" }], {}, "STOP")),
      [{ type: "text", text: "a" }],
    );
  });

  it("keeps calls of one function apart, gives them ids, and {} where there are no arguments", () => {
    const found = content(
      response([call("look"), call("look", { a: 1 }), call("look", {}, { id: "x" })], {}, "STOP"),
    ) as JsonObject[];
    assert.deepEqual(
      found.map((it) => it["input"]),
      [{}, { a: 1 }, {}],
    );
    assert.equal(new Set(found.map((it) => it["id"])).size, 3);
    assert.equal(found[2]?.["id"], "x");
  });

  it("makes an id unique that comes twice", () => {
    const twice = [call("look", {}, { id: "x" }), call("find", {}, { id: "x" })];
    const ids = (content(response(twice, {}, "STOP")) as JsonObject[]).map((it) => it["id"]);
    assert.deepEqual(ids, ["x", "x_1"]);
  });

  it("assembles arguments that come in pieces", () => {
    const piece = (jsonPath: string, value: object) => ({
      functionCall: { partialArgs: [{ jsonPath, ...value }], willContinue: true },
    });
    const found = content(
      response([{ functionCall: { name: "look", willContinue: true }, thoughtSignature: "s" }]),
      response([piece("$.place", { stringValue: "New", willContinue: true })]),
      response([piece("$.place", { stringValue: " Delhi" })]),
      response([
        piece("$.operations[0].price", { numberValue: 1.5 }),
        piece("$.operations[1].price", { numberValue: 2 }),
      ]),
      response([
        piece("$['odd key'].on", { boolValue: false }),
        piece("$.none", { nullValue: "NULL_VALUE" }),
      ]),
      response([piece("nonsense[", { stringValue: "x" }), { functionCall: {} }, call("find", { b: 2 })]),
      response(
        [
          {
            functionCall: {
              name: "last",
              partialArgs: [{ jsonPath: "$.a", stringValue: "x" }],
              willContinue: true,
            },
          },
        ],
        {},
        "STOP",
      ),
    ) as JsonObject[];
    assert.deepEqual(
      found.map((it) => [it["name"], it["input"]]),
      [
        [
          "look",
          {
            place: "New Delhi",
            operations: [{ price: 1.5 }, { price: 2 }],
            "odd key": { on: false },
            none: null,
          },
        ],
        ["find", { b: 2 }],
        ["last", { a: "x" }],
      ],
    );
  });

  it("shows code that was run as text, and pictures as they are", () => {
    const found = content(
      response(
        [
          { executableCode: { language: "PYTHON", code: "print(1)" } },
          { codeExecutionResult: { outcome: "OUTCOME_OK", output: "1\n" } },
          { inlineData: { mimeType: "image/png", data: "AAAA" } },
        ],
        {},
        "STOP",
      ),
    );
    assert.deepEqual(found, [
      { type: "text", text: "\n```python\nprint(1)\n```\n\n```\n1\n```\n" },
      { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
    ]);
  });

  it("takes the last usage, also behind the end, and no other candidate", () => {
    const it = streamed(
      response([{ text: "a" }], { usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 1 } }),
      { candidates: [{ index: 1, content: { parts: [{ text: "other" }] }, finishReason: "STOP" }] },
      response([], {}, "STOP"),
      { usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 9 } },
      "[DONE]",
    );
    assert.ok(!isFailure(it));
    assert.deepEqual([it.usage.output_tokens, it.content.length], [9, 1]);
  });
});

const CHUNKS = [
  response([{ text: "thinkíng", thought: true }], { usageMetadata: { promptTokenCount: 5 } }),
  response([{ text: 'said "ü{[" 🎉\\' }]),
  response([{ functionCall: { name: "look", args: { a: '}]"' } }, thoughtSignature: "s" }]),
  response([], { usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 7 } }, "STOP"),
];
const SSE = Buffer.concat(
  sseBytes(CHUNKS, false, { crlf: true, comments: true }).map((it) => Buffer.from(it)),
);
const LIST = Buffer.from(JSON.stringify(CHUNKS, null, 1));

describe("a stream of Gemini", () => {
  for (const [form, bytes] of [
    ["server-sent events", SSE],
    ["a list", LIST],
  ] as const) {
    it(`gives the same events however ${form} are cut`, () => {
      const whole = decoded(geminiWire, [bytes]);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 64 }), (chunk_bytes) => {
          assert.deepEqual(decoded(geminiWire, cutBytes(bytes, { chunk_bytes })), whole);
        }),
      );
    });

    it(`ends in one failure or a whole answer when ${form} are broken off`, () => {
      for (let truncate = 0; truncate <= bytes.length; truncate++) {
        const events = decoded(geminiWire, cutBytes(bytes, { truncate, chunk_bytes: 200 }));
        const ends = events.filter((it) => it.type === "error" || it.type === "message_stop");
        assert.equal(ends.length, 1, `${truncate} bytes are missing`);
        assert.equal(events.at(-1), ends[0]);
      }
    });

    it(`ends once when a byte of ${form} is damaged`, () => {
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
          const damaged = Buffer.from(bytes);
          damaged[at] = value;
          const events = decoded(geminiWire, [damaged]);
          assert.equal(events.filter((it) => it.type === "error" || it.type === "message_stop").length, 1);
        }),
      );
    });

    it(`says as ${form} what the whole answer says`, () => {
      const it = folded(geminiWire, [bytes]);
      assert.deepEqual(it, answered(CHUNKS));
    });
  }

  it("is a failure when it is empty, an error, or no stream at all", () => {
    for (const text of [
      "",
      "\n\n",
      ": hello\n\n",
      '{"error":{"code":503,"message":"overloaded"}}',
      "<html>no</html>",
    ]) {
      assert.equal(isFailure(folded(geminiWire, [Buffer.from(text)])), true, text);
    }
  });

  it("is a failure after an error, whatever was said before", () => {
    const it = streamed(response([{ text: "a" }]), {
      error: { code: 429, message: "slow", status: "RESOURCE_EXHAUSTED" },
    });
    assert.deepEqual(it, { kind: "rate-limit", message: "slow", status: 429 });
  });

  it("never throws on what it does not know", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (chunks) => {
        const events = decoded(
          geminiWire,
          sseBytes(
            chunks.map((it) => ({ candidates: [it, { content: { parts: it } }] })),
            false,
          ),
        );
        assert.ok(events.length > 0);
      }),
    );
  });

  it("is the same answer when it is written as events", () => {
    const whole = answered(CHUNKS);
    assert.ok([...eventsOfAnswer(whole)].length > 4);
  });
});

describe("a refusal of Gemini", () => {
  const error = (code: number, message: string, details: readonly unknown[] = []) =>
    JSON.stringify({ error: { code, message, status: "X", details } });
  const retry = (retryDelay: unknown) => [
    { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay },
  ];

  for (const [status, body, kind] of [
    [400, error(400, "API key not valid. Please pass a valid API key."), "auth"],
    [400, error(400, "x", [{ reason: "API_KEY_INVALID" }]), "auth"],
    [
      400,
      error(400, "The input token count (9) exceeds the maximum number of tokens allowed (8)."),
      "context-full",
    ],
    [
      400,
      error(400, "Function call is missing a thought_signature in functionCall parts."),
      "thinking-mismatch",
    ],
    [400, error(400, "Invalid thought signature."), "thinking-mismatch"],
    [400, error(400, "no such field"), "invalid"],
    [401, "", "auth"],
    [402, "pay", "credit"],
    [403, error(403, "no"), "permission"],
    [404, error(404, "models/x is not found"), "model-unknown"],
    [413, "too large", "too-large"],
    [429, "slow down", "rate-limit"],
    [500, "<html>", "server"],
    [503, error(503, "The model is overloaded."), "overloaded"],
    [503, error(503, "try later"), "server"],
    [504, "", "timeout"],
    [418, "teapot", "invalid"],
  ] as const) {
    it(`with ${status} and ${body.slice(0, 60)} is ${kind}`, () => {
      const it = geminiWire.failure({ status, headers: {}, body });
      assert.deepEqual([it.kind, it.status], [kind, status]);
      assert.ok(it.message);
    });
  }

  for (const [what, details, headers, expected] of [
    ["a text", retry("34.4s"), {}, 34_400],
    ["an object", retry({ seconds: "3", nanos: 500_000_000 }), {}, 3_500],
    ["a header", [], { "retry-after": "7" }, 7_000],
    ["nothing", retry(null), {}, undefined],
  ] as const) {
    it(`tells the time to wait by ${what}`, () => {
      const refusal = {
        status: 429,
        headers: { ...headers } as Record<string, string>,
        body: error(429, "x", details),
      };
      assert.equal(geminiWire.failure(refusal).retryAfterMs, expected);
      assert.equal(geminiWire.failure({ ...refusal, body: `[${refusal.body}]` }).retryAfterMs, expected);
    });
  }

  it("shows no key", () => {
    const key = `AIza${"x".repeat(35)}`;
    assert.ok(
      !geminiWire.failure({ status: 400, headers: {}, body: error(400, `bad ${key}`) }).message.includes(key),
    );
  });
});
