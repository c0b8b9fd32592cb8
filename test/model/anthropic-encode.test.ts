import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { EncodedRequest } from "../../src/model/anthropic-encode.ts";
import { encodeRequest } from "../../src/model/anthropic-encode.ts";
import { undescribed } from "../../src/model/anthropic-models.ts";
import { CATALOG, catalogued } from "../../src/model/catalog.ts";
import type { Effort, Message, ModelRequest } from "../../src/model/conversation.ts";
import { message, request, user } from "../support/messages-requests.ts";
import { requestsOf, sessions } from "../support/messages-sessions.ts";
import { modelOf, STAND_IN_MODELS } from "../support/stand-in/models.ts";
import { refusalOf } from "../support/stand-in/rules.ts";
import { decodeAsked } from "../support/stand-in/wire.ts";

function encode(parts: Partial<ModelRequest> = {}): EncodedRequest {
  const asked = request(parts);
  return encodeRequest(asked, catalogued(asked.model) ?? undescribed(asked.model));
}

/** What a prefix check compares: JSON without cache marks. */
function compared(value: unknown): string {
  return JSON.stringify(value, (key, it) => (key === "cache_control" ? undefined : it));
}

const note = (text: string): Message => message("system", { type: "text", text });
const answer = message("assistant", { type: "text", text: "yes" });
const calling = message("assistant", { type: "tool_use", id: "t1", name: "Read", input: {} });
const result = message("user", { type: "tool_result", tool_use_id: "t1", content: "found" });
const roles = (messages: readonly Message[], model = "claude-sonnet-5-5") =>
  encode({ messages, model })
    .messages.map((it) => it.role[0])
    .join("");

describe("the body of a request", () => {
  for (const [model, effort, expected] of [
    ["claude-sonnet-5-5", "xhigh", "xhigh"],
    ["claude-opus-4-6", "xhigh", "high"],
    ["claude-opus-4-6", "max", "max"],
    ["claude-opus-4-5", "max", "high"],
    ["claude-haiku-4-5", "high", undefined],
    ["claude-sonnet-5-5", undefined, undefined],
    ["claude-next-9", "high", undefined],
  ] as const) {
    it(`asks ${model} for effort ${expected} when ${effort} is wanted`, () =>
      assert.equal(encode({ model, effort: effort as Effort | undefined }).output_config?.effort, expected));
  }

  for (const [model, maxTokens, expected] of [
    ["claude-sonnet-5-5", undefined, 64_000],
    ["claude-haiku-4-5", undefined, 32_000],
    ["claude-haiku-4-5", 1_000_000, 64_000],
    ["claude-sonnet-5-5", 10, 10],
    ["claude-next-9", undefined, 32_000],
  ] as const) {
    it(`lets ${model} write ${expected} tokens when ${maxTokens} are wanted`, () =>
      assert.equal(encode({ model, maxTokens }).max_tokens, expected));
  }

  it("asks for adaptive thinking that can be seen, and only where it is taken", () => {
    assert.deepEqual(encode().thinking, { type: "adaptive", display: "summarized" });
    for (const model of ["claude-haiku-4-5", "claude-next-9"])
      assert.equal(encode({ model }).thinking, undefined);
  });

  it("never says anything about sampling", () => {
    for (const { info } of CATALOG)
      assert.doesNotMatch(JSON.stringify(encode({ model: info.id })), /temperature|top_[pk]/);
  });

  it("sends tools as they are, and marks the last when there is no system prompt", () => {
    const tools = request().tools;
    assert.deepEqual(encode().tools, tools);
    const { tools: marked, system } = encode({ system: "" });
    assert.equal(system, undefined);
    assert.deepEqual(marked?.at(-1)?.cache_control, { type: "ephemeral", ttl: "1h" });
  });

  it("marks the system prompt, the end before the last answer, and the end", () => {
    const { system, messages } = encode({ messages: [user("a"), calling, result] });
    assert.deepEqual(system?.[0]?.cache_control, { type: "ephemeral", ttl: "1h" });
    assert.deepEqual(
      messages.map((it) => it.content.map((block) => block.cache_control?.type)),
      [["ephemeral"], [undefined], ["ephemeral"]],
    );
  });
});

describe("the content of a request", () => {
  const sent = (...content: Message["content"]) =>
    encode({
      messages: [message("user", { type: "text", text: "x" }, ...content)],
    }).messages[0]?.content.slice(1) ?? [];

  it("leaves out empty text", () =>
    assert.deepEqual(sent({ type: "text", text: "" }, { type: "text", text: " \n" }), []));

  it("replaces what is no Unicode, in texts, results and inputs", () => {
    const broken = encode({
      messages: [
        user("a\ud83d"),
        message("assistant", { type: "tool_use", id: "t", name: "Read", input: { "k\udc00": ["\0"] } }),
      ],
    });
    assert.match(JSON.stringify(broken.messages), /"a\ufffd".*"k\ufffd":\["\ufffd"\]/);
  });

  it("keeps an input's key __proto__", () => {
    const input = JSON.parse('{"__proto__":"\\ud800"}');
    const { messages } = encode({
      messages: [user("x"), message("assistant", { type: "tool_use", id: "t", name: "Read", input })],
    });
    assert.match(JSON.stringify(messages[1]), /"__proto__":"\ufffd"/);
  });

  for (const content of ["", " ", [], [{ type: "text" as const, text: "" }]]) {
    it(`says that the result ${JSON.stringify(content)} is empty`, () => {
      const [block] = sent({ type: "tool_result", tool_use_id: "t1", content });
      assert.ok(block && "content" in block);
      assert.equal(block.content, "(no output)");
    });
  }

  const thought = message(
    "assistant",
    { type: "thinking", thinking: "", signature: "sig" },
    { type: "thinking", thinking: "unsigned", signature: "" },
    { type: "opaque", raw: { type: "redacted_thinking", data: "d" } },
    { type: "opaque", raw: { type: "hologram", x: { y: [1] } } },
  );
  const answered = (withoutThinking: boolean) =>
    encode({ messages: [user("a"), thought, user("b")], withoutThinking }).messages[1]?.content;

  it("sends signed thinking back as it came, even empty, and blocks of unknown kinds", () => {
    assert.deepEqual(answered(false), [
      { type: "thinking", thinking: "", signature: "sig" },
      { type: "redacted_thinking", data: "d" },
      { type: "hologram", x: { y: [1] } },
    ]);
  });

  it("sends no thinking at all once it was refused", () =>
    assert.deepEqual(answered(true), [{ type: "hologram", x: { y: [1] } }]));

  it("leaves out an answer of which nothing remains", () => {
    const only = message("assistant", { type: "thinking", thinking: "x", signature: "s" });
    assert.equal(
      encode({ messages: [user("a"), only, user("b")], withoutThinking: true }).messages.length,
      2,
    );
  });
});

describe("words of the house", () => {
  for (const [what, messages, expected] of [
    ["behind the prompt, at the end, as system", [user("a"), note("n")], "us"],
    [
      "behind results, before an answer, as system",
      [user("a"), calling, result, note("n"), answer, user("b")],
      "uausau",
    ],
    ["two of them as system", [user("a"), note("n"), note("m")], "uss"],
    ["before another prompt as user", [user("a"), note("n"), user("b")], "uuu"],
    ["two before another prompt as user", [user("a"), note("n"), note("m"), user("b")], "uuuu"],
    ["first as user", [note("n"), user("a")], "uu"],
    ["behind an answer as user", [user("a"), answer, note("n"), user("b")], "uauu"],
    ["between a call and its result behind the result", [user("a"), calling, note("n"), result], "uauu"],
    [
      "before an answer that was empty as user",
      [user("a"), note("n"), message("assistant"), user("b")],
      "uuu",
    ],
  ] as const) {
    it(`go ${what}`, () => assert.equal(roles(messages), expected));
  }

  it("are never a system message on a model that takes none", () => {
    assert.equal(roles([user("a"), note("n"), answer, user("b"), note("m")], "claude-sonnet-5"), "uuauu");
  });

  it("stand in a reminder where they are no system message", () => {
    const { messages } = encode({ model: "claude-sonnet-5", messages: [user("a"), note("mode is plan")] });
    assert.deepEqual(
      compared(messages[1]),
      compared(user("<system-reminder>\nmode is plan\n</system-reminder>")),
    );
  });

  it("wait for the result of the call they came before", () => {
    const { messages } = encode({ messages: [user("a"), calling, note("n"), result] });
    assert.equal(compared(messages[2]), compared(result));
  });
});

describe("requests of one session", () => {
  const models = fc.constantFrom(...STAND_IN_MODELS.map((it) => it.id), "claude-next-9");

  it("begin with all of the one before, for every model", () => {
    fc.assert(
      fc.property(sessions, models, fc.boolean(), (steps, model, withoutThinking) => {
        const bodies = requestsOf(steps).map((messages) => encode({ messages, model, withoutThinking }));
        for (const [at, body] of bodies.slice(1).entries()) {
          const before = bodies[at];
          assert.equal(compared([body.system, body.tools]), compared([before?.system, before?.tools]));
          assert.equal(compared(body.messages.slice(0, before?.messages.length)), compared(before?.messages));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("break no rule of the API, whatever was said", () => {
    fc.assert(
      fc.property(
        sessions,
        models,
        fc.constantFrom(undefined, "low", "max" as const),
        (steps, id, effort) => {
          const model = modelOf(id, STAND_IN_MODELS);
          if (model === undefined) return;
          for (const messages of requestsOf(steps)) {
            const body = JSON.parse(
              JSON.stringify(encode({ messages, model: id, effort: effort as Effort | undefined })),
            );
            const asked = decodeAsked(body, { betas: [], version: "2026-10-21" });
            assert.ok(!("status" in asked), JSON.stringify(asked));
            assert.equal(refusalOf(asked, model), undefined);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are made without touching what they are made of", () => {
    const messages = [user("a"), thoughtful(), user("b\ud800")];
    const before = JSON.stringify(messages);
    encode({ messages });
    assert.equal(JSON.stringify(messages), before);
  });
});

function thoughtful(): Message {
  return message(
    "assistant",
    { type: "thinking", thinking: "t", signature: "s" },
    { type: "text", text: "x" },
  );
}
