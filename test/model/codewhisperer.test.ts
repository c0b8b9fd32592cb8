import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { crc32 as nodeCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, it } from "mocha";
import { codewhispererWire as wire } from "../../src/model/codewhisperer/wire.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import type { MessagesAnswer, MessagesRequest, WireBlock } from "../../src/model/messages.ts";
import { Unreadable, Untranslatable } from "../../src/model/wire.ts";
import { crc32 } from "../../src/std/crc32.ts";
import { cutBytes, decoded, folded, isFailure, READING } from "../gateway/translation.ts";
import { event, exception, frame, said, used } from "./event-stream.ts";

const text = (it: string): WireBlock => ({ type: "text", text: it });
const use = (id: string, name = "look", input: JsonObject = {}): WireBlock => ({
  type: "tool_use",
  id,
  name,
  input,
});
const result = (id: string, content: unknown, more: JsonObject = {}): WireBlock =>
  ({ type: "tool_result", tool_use_id: id, content, ...more }) as WireBlock;
const image = (data: string): WireBlock => ({
  type: "image",
  source: { type: "base64", media_type: "image/png", data },
});

const encoded = (more: Partial<MessagesRequest>, options: JsonObject = {}) =>
  wire.encode(
    { model: "m", stream: true, system: [], messages: [], tools: [], rest: {}, betas: [], ...more },
    { model: "claude-x", info: undefined, options },
  );
const stateFor = (more: Partial<MessagesRequest>) =>
  encoded(more).body["conversationState"] as {
    readonly conversationId: string;
    readonly history: readonly JsonObject[];
    readonly currentMessage: { readonly userInputMessage: JsonObject };
  };
const talk = (...turns: readonly [string, ...WireBlock[]][]) =>
  turns.map(([role, ...content]) => ({ role: role as "user", content }));
const contextOf = (message: JsonObject | undefined) =>
  message?.["userInputMessageContext"] as JsonObject | undefined;

describe("a conversation for CodeWhisperer", () => {
  it("has the last turn by itself, and the system prompt before the first words", () => {
    const messages = talk(["user", text("a")], ["assistant", text("b")], ["user", text("c"), text("d")]);
    const { history, currentMessage } = stateFor({ system: [text("Be brief.")], messages });
    const common = { modelId: "claude-x", origin: "AI_EDITOR" };
    assert.deepEqual(history, [
      { userInputMessage: { content: "Be brief.\n\na", ...common } },
      { assistantResponseMessage: { content: "b" } },
    ]);
    assert.deepEqual(currentMessage.userInputMessage, { content: "c\n\nd", ...common });
  });

  it("alternates, and begins and ends with the user", () => {
    const messages = talk(
      ["assistant", text("a")],
      ["user", text("b")],
      ["user", text("c")],
      ["system", text("d")],
      ["assistant", text("e")],
    );
    const { history, currentMessage } = stateFor({ messages });
    assert.deepEqual(
      history.map((it) => Object.keys(it)[0]),
      ["userInputMessage", "assistantResponseMessage", "userInputMessage", "assistantResponseMessage"],
    );
    const [first, , third] = history.map(
      (it) => (it["userInputMessage"] as JsonObject | undefined)?.["content"],
    );
    assert.equal(first, "Continue");
    assert.match(String(third), /^b\n\nc\n\n<system-reminder>\nd/);
    assert.equal(currentMessage.userInputMessage["content"], "Continue");
  });

  it("has results in the context, never an empty text, and one result for each call", () => {
    const messages = talk(
      ["user", text("q")],
      ["assistant", use("c1", "look", { a: 1 }), use("c2"), use("c3")],
      [
        "user",
        result("c1", "one"),
        result("c1", "again"),
        result("c2", [text("two"), image("QUJD")], { is_error: true }),
        result("c9", "late"),
      ],
    );
    const { history, currentMessage } = stateFor({ messages });
    assert.deepEqual(history[1], {
      assistantResponseMessage: {
        content: ".",
        toolUses: [
          { toolUseId: "c1", name: "look", input: { a: 1 } },
          { toolUseId: "c2", name: "look", input: {} },
          { toolUseId: "c3", name: "look", input: {} },
        ],
      },
    });
    const { userInputMessage: current } = currentMessage;
    assert.equal(current["content"], "Result of an earlier call:\n\nlate");
    assert.deepEqual(contextOf(current)?.["toolResults"], [
      {
        toolUseId: "c3",
        status: "error",
        content: [{ text: "The call was interrupted and has no result." }],
      },
      { toolUseId: "c1", status: "success", content: [{ text: "one" }] },
      { toolUseId: "c2", status: "error", content: [{ text: "two" }] },
    ]);
    assert.deepEqual(current["images"], [{ format: "png", source: { bytes: "QUJD" } }]);
  });

  it("says that there are results where the user says nothing else", () => {
    const { currentMessage } = stateFor({
      messages: talk(["assistant", use("c1")], ["user", result("c1", "")]),
    });
    assert.equal(currentMessage.userInputMessage["content"], "These are the results.");
    assert.deepEqual(contextOf(currentMessage.userInputMessage)?.["toolResults"], [
      { toolUseId: "c1", status: "success", content: [{ text: "(nothing)" }] },
    ]);
  });

  it("has images of the last turns only", () => {
    const turns = [1, 2, 3, 4].flatMap((it) => talk(["user", image(`${it}`)], ["assistant", text("ok")]));
    const { history, currentMessage } = stateFor({ messages: [...turns, ...talk(["user", image("5")])] });
    const shown = [
      ...history.map((it) => it["userInputMessage"]),
      currentMessage.userInputMessage,
    ] as readonly JsonObject[];
    assert.deepEqual(
      shown
        .filter((it) => it?.["images"] !== undefined)
        .map((it) => JSON.stringify(it["images"]).match(/"bytes":"(.)"/)?.[1]),
      ["3", "4", "5"],
    );
    assert.match(String(shown[0]?.["content"]), /left out/);
  });

  it("cannot fetch images", () => {
    const block: WireBlock = { type: "image", source: { type: "url", url: "https://a/b.png" } };
    assert.throws(() => encoded({ messages: talk(["user", block]) }), Untranslatable);
  });

  it("has tools with a description that is neither empty nor too long, and names that fit", () => {
    const name = `mcp__${"n".repeat(90)}`;
    const tools = [
      { name: "a", description: " ", input_schema: { properties: { x: {} } } },
      { name, description: "d".repeat(20_000) },
      { type: "bash_20250124", name: "bash" },
      { type: "web_search_20250305", name: "web_search" },
    ];
    const { body, reading, dropped } = encoded({
      messages: talk(["user", text("q")]),
      tools,
      tool_choice: { type: "any" },
    });
    const current = (body["conversationState"] as ReturnType<typeof stateFor>).currentMessage
      .userInputMessage;
    const sent = contextOf(current)?.["tools"] as readonly { readonly toolSpecification: JsonObject }[];
    const [first, second, third] = sent.map((it) => it.toolSpecification);
    assert.deepEqual(first, {
      name: "a",
      description: "The tool a.",
      inputSchema: { json: { type: "object", properties: { x: {} } } },
    });
    assert.ok(String(second?.["name"]).length <= 64 && String(second?.["description"]).length <= 10_000);
    assert.equal(reading.nameOf(String(second?.["name"])), name);
    assert.equal(third?.["name"], "bash");
    assert.deepEqual(dropped, ["tools.3", "tool_choice"]);
  });

  it("names the tools that were called where the client has none any more", () => {
    const messages = talk(["user", text("q")], ["assistant", use("c1")], ["user", result("c1", "r")]);
    const context = contextOf(stateFor({ messages }).currentMessage.userInputMessage);
    assert.match(JSON.stringify(context?.["tools"]), /"name":"look"/);
  });

  it("has one id as long as it lasts, and the profile of the settings", () => {
    const messages = talk(["user", text("q")]);
    const longer = [...messages, ...talk(["assistant", text("a")], ["user", text("b")])];
    assert.equal(stateFor({ messages }).conversationId, stateFor({ messages: longer }).conversationId);
    assert.match(
      stateFor({ messages }).conversationId,
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    assert.equal(encoded({ messages }, { profileArn: "arn:x" }).body["profileArn"], "arn:x");
    assert.deepEqual(encoded({ messages }).body, encoded({ messages }).body);
  });
});

const answer = (...frames: readonly Buffer[]): MessagesAnswer => {
  const whole = folded(wire, [Buffer.concat(frames)]);
  assert.ok(!isFailure(whole), JSON.stringify(whole));
  return whole;
};
const failure = (...frames: readonly Buffer[]) => {
  const last = decoded(wire, [Buffer.concat(frames)]).at(-1);
  assert.ok(last?.type === "error", JSON.stringify(last));
  return last.failure;
};

describe("an event stream of CodeWhisperer", () => {
  it("is text as it comes and calls when they are whole, whatever stands between", () => {
    const { content, stop_reason } = answer(
      said("Hel"),
      used("c1", {}),
      used("c2", { input: '{"b":' }),
      used("c1", { input: '{"a": "C:\\\\' }),
      said("lo."),
      used("c1", { input: 'x"}' }),
      used("c1", { stop: true }),
      used("c2", { input: "2}", stop: true }),
      used("c2", { stop: true }),
    );
    assert.deepEqual(content, [
      text("Hello."),
      use("c1", "look", { a: "C:\\x" }),
      use("c2", "look", { b: 2 }),
    ]);
    assert.equal(stop_reason, "tool_use");
  });

  it("takes input that is an object, and none", () => {
    const { content } = answer(
      used("c1", { input: { a: 1 } }),
      used("c1", { stop: true }),
      used("c2", { stop: true }),
    );
    assert.deepEqual(content, [use("c1", "look", { a: 1 }), use("c2")]);
  });

  it("has its thinking go back with the signature it came with", () => {
    const { content } = answer(
      event("reasoningContentEvent", { text: "hm" }),
      event("reasoningContentEvent", { signature: "sig" }),
      said("So."),
    );
    const messages = [
      ...talk(["user", text("q")]),
      { role: "assistant" as const, content },
      ...talk(["user", text("r")]),
    ];
    assert.deepEqual(stateFor({ messages }).history[1], {
      assistantResponseMessage: {
        content: "So.",
        reasoningContent: { reasoningText: { text: "hm", signature: "sig" } },
      },
    });
  });

  it("keeps what is no answer out of it", () => {
    const { content, stop_reason } = answer(
      event("messageMetadataEvent", { conversationId: "v1" }),
      said("Hi"),
      event("followupPromptEvent", { content: "More?" }),
      event("meteringEvent", { usage: 1 }),
      event("unheardEvent", { content: "x" }),
    );
    assert.deepEqual(content, [text("Hi")]);
    assert.equal(stop_reason, "end_turn");
  });

  it("counts what it is told, else the share of the window, else by length", () => {
    const tokenUsage = {
      uncachedInputTokens: 10,
      outputTokens: 3,
      cacheReadInputTokens: 5,
      cacheWriteInputTokens: 2,
    };
    assert.deepEqual(answer(said("Hi"), event("metadataEvent", { tokenUsage })).usage, {
      input_tokens: 10,
      output_tokens: 3,
      cache_read_input_tokens: 5,
      cache_creation_input_tokens: 2,
    });
    assert.equal(
      answer(said("Hi"), event("contextUsageEvent", { contextUsagePercentage: 12.5 })).usage.input_tokens,
      24_999,
    );
    const reading = { ...READING, noted: { input: 7 } };
    const decoder = wire.decoder(reading);
    decoder.take(said("0123456789"));
    const delta = decoder.end().find((it) => it.type === "message_delta");
    assert.ok(
      delta?.type === "message_delta" && delta.usage.input_tokens === 7 && delta.usage.output_tokens === 3,
    );
  });

  it("is an answer cut off where the length was exceeded, if there is one", () => {
    const cut = exception("ContentLengthExceededException", { message: "too long" });
    assert.equal(answer(said("abc"), cut).stop_reason, "max_tokens");
    assert.equal(failure(cut).kind, "context-full");
  });

  for (const [what, frames, kind] of [
    ["is throttled", [said("a"), exception("ThrottlingException", { message: "slow" })], "rate-limit"],
    [
      "has no capacity",
      [exception("ThrottlingException", { message: "x", reason: "INSUFFICIENT_MODEL_CAPACITY" })],
      "overloaded",
    ],
    [
      "has too long a prompt",
      [exception("ValidationException", { message: "x", reason: "PROMPT_TOO_LONG" })],
      "context-full",
    ],
    ["has an unknown exception", [exception("OddException", { message: "x" })], "server"],
    [
      "has an error",
      [
        frame(
          { ":message-type": "error", ":error-code": "InternalServerException", ":error-message": "x" },
          "",
        ),
      ],
      "server",
    ],
    ["is in an invalid state", [event("invalidStateEvent", { reason: "R", message: "x" })], "invalid"],
    ["ends within a call", [said("a"), used("c1", { input: '{"a"' })], "cut"],
    ["has a call that is no JSON", [used("c1", { input: '{"a"', stop: true })], "cut"],
    ["is empty", [], "cut"],
    ["has an event that is no JSON", [event("assistantResponseEvent", "{")], "cut"],
    ["is no event stream", [Buffer.from('{"message":"no"}')], "cut"],
  ] as const) {
    it(`fails when it ${what}`, () => assert.equal(failure(...frames).kind, kind));
  }

  const bytes = Buffer.concat([said("Hällo 🐎"), used("c1", { input: '{"a":1}', stop: true }), said("x")]);

  it("is the same however its bytes are cut", () => {
    const expected = decoded(wire, [bytes]);
    for (let size = 1; size <= 40; size++)
      assert.deepEqual(decoded(wire, cutBytes(bytes, { chunk_bytes: size })), expected);
  });

  it("ends in one failure or a whole answer, wherever it is cut or damaged", () => {
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (at, flip, isCut) => {
          const damaged = Buffer.from(isCut ? bytes.subarray(0, at) : bytes);
          if (!isCut) damaged[at] = (damaged[at] ?? 0) ^ flip;
          const events = decoded(wire, [damaged]);
          const ends = events.filter((it) => it.type === "error" || it.type === "message_stop");
          assert.equal(ends.length, 1);
          if (!isCut) assert.equal(ends[0]?.type, "error");
        },
      ),
    );
  });

  it("is the only form of its answers", () => {
    assert.equal(wire.alwaysStreams, true);
    assert.throws(() => wire.answer({}, READING), Unreadable);
  });
});

describe("the checksum of frames", () => {
  it("is that of zlib", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (it) => assert.equal(crc32(it), nodeCrc32(it))));
  });
});

describe("a refusal of CodeWhisperer", () => {
  for (const [status, type, body, kind] of [
    [
      400,
      "ValidationException",
      { message: "x", reason: "CONTENT_LENGTH_EXCEEDS_THRESHOLD" },
      "context-full",
    ],
    [400, "ValidationException:http://a", { message: "Input is too long." }, "context-full"],
    [400, "ValidationException", { message: "x", reason: "INVALID_MODEL_ID" }, "model-unknown"],
    [400, undefined, { __type: "com.amazon.x#ValidationException", message: "x" }, "invalid"],
    [401, undefined, {}, "auth"],
    [402, undefined, { message: "x", reason: "MONTHLY_REQUEST_COUNT" }, "spend-limit"],
    [
      403,
      "AccessDeniedException",
      { message: "The bearer token included in the request is invalid." },
      "auth",
    ],
    [403, "AccessDeniedException", { message: "x", reason: "TEMPORARILY_SUSPENDED" }, "permission"],
    [429, "ThrottlingException", { message: "x" }, "rate-limit"],
    [500, "InternalServerException", { message: "x", reason: "MODEL_TEMPORARILY_UNAVAILABLE" }, "overloaded"],
    [502, undefined, "<html>Bad Gateway</html>", "server"],
  ] as const) {
    it(`of status ${status} with ${JSON.stringify(body)} is ${kind}`, () => {
      const headers = type === undefined ? {} : { "x-amzn-errortype": type };
      const raw = typeof body === "string" ? body : JSON.stringify(body);
      assert.equal(wire.failure({ status, headers, body: raw }).kind, kind);
    });
  }
});

describe("the list of CodeWhisperer's models", () => {
  it("is read with their limits", () => {
    const read = wire.list?.read({
      models: [{ modelId: "a", modelName: "A", tokenLimits: { maxInputTokens: 9 } }, {}],
    });
    assert.deepEqual(
      read?.map((it) => [it.id, it.name, it.contextWindow]),
      [["a", "A", 9]],
    );
    assert.deepEqual(wire.list?.read(null), []);
  });
});
