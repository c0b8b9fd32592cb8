import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { Answer, Block, ModelRequest } from "../../src/model/conversation.ts";
import { NO_USAGE } from "../../src/model/conversation.ts";
import type { ModelEvent } from "../../src/model/provider.ts";
import { languageModels } from "../../src/vscode/language-models.ts";
import { routerOf } from "../support/opened.ts";
import { type StandIn, startStandIn } from "../support/stand-in/server.ts";
import { answers, calls, says } from "../support/stand-in/turns.ts";

const { User, Assistant } = vscode.LanguageModelChatMessageRole;
const text = (value: string) => new vscode.LanguageModelTextPart(value);
const WEATHER = {
  name: "weather",
  description: "The weather",
  inputSchema: { type: "object", properties: {} },
};
const PIXEL = new vscode.LanguageModelDataPart(new Uint8Array([1, 2]), "image/png");

function said(...content: readonly Block[]): ModelEvent {
  const stop = content.some((it) => it.type === "tool_use") ? "tool_use" : "end_turn";
  const answer: Answer = { id: "1", model: "m", content, stop, usage: NO_USAGE, badCalls: [] };
  return { type: "done", answer };
}

/** What comes of asking through the editor's interface, with answers that are given one after another. */
async function ask(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  given: readonly (readonly ModelEvent[])[],
  options: Partial<vscode.ProvideLanguageModelChatResponseOptions> = {},
) {
  const requests: ModelRequest[] = [];
  const router = {
    ...routerOf([]),
    async *ask(request: ModelRequest) {
      requests.push(request);
      yield* given[requests.length - 1] ?? [];
    },
  };
  const kept = { get: () => [], put: async () => undefined };
  const parts: vscode.LanguageModelResponsePart[] = [];
  const provider = languageModels({ router, kept, onChanged: () => undefined });
  await provider.provideLanguageModelChatResponse(
    { id: "m", name: "", family: "", version: "", maxInputTokens: 1, maxOutputTokens: 1, capabilities: {} },
    messages,
    { toolMode: vscode.LanguageModelChatToolMode.Auto, ...options },
    { report: (part) => void parts.push(part) },
    new vscode.CancellationTokenSource().token,
  );
  return { requests, parts };
}

const message = (role: vscode.LanguageModelChatMessageRole, ...content: readonly unknown[]) => ({
  role,
  content,
  name: undefined,
});
const HELLO = [message(User, text("Hello"))];

describe("our models in the editor's chat", () => {
  it("are told the whole conversation, with calls answered first and pictures as they are", async () => {
    const result = new vscode.LanguageModelToolResultPart("c1", [text("sunny"), PIXEL]);
    const { requests } = await ask(
      [
        message(3 as vscode.LanguageModelChatMessageRole, text("Be brief.")),
        message(
          User,
          text("Weather?"),
          PIXEL,
          new vscode.LanguageModelDataPart(new Uint8Array(), "cache_control"),
        ),
        message(Assistant, new vscode.LanguageModelToolCallPart("c1", "weather", { town: "Bonn" })),
        message(User, text("Well?")),
        message(User, result),
      ],
      [[said({ type: "text", text: "Sunny." })]],
      { tools: [WEATHER] },
    );
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "AQI=" } };
    assert.equal(requests[0]?.system, "Be brief.");
    assert.deepEqual(requests[0]?.messages, [
      { role: "user", content: [{ type: "text", text: "Weather?" }, image] },
      {
        role: "assistant",
        content: [{ type: "tool_use", id: "c1", name: "weather", input: { town: "Bonn" } }],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "c1", content: [{ type: "text", text: "sunny" }, image] },
          { type: "text", text: "Well?" },
        ],
      },
    ]);
    assert.deepEqual(
      requests[0]?.tools.map((it) => it.name),
      ["weather"],
    );
  });

  it("hand on text as it comes, no thinking, and only calls that are whole", async () => {
    const good: Block = { type: "tool_use", id: "c1", name: "weather", input: { town: "Bonn" } };
    const bad: Block = { type: "tool_use", id: "c2", name: "weather", input: {} };
    const end = said({ type: "text", text: "ab" }, good, bad);
    assert.ok(end.type === "done");
    const { parts } = await ask(HELLO, [
      [
        { type: "opened", index: 0, block: "thinking" },
        { type: "delta", index: 0, text: "hm" },
        { type: "opened", index: 1, block: "text" },
        { type: "delta", index: 1, text: "a" },
        { type: "delta", index: 1, text: "b" },
        { ...end, answer: { ...end.answer, badCalls: [{ id: "c2", raw: "{", why: "cut" }] } },
      ],
    ]);
    assert.deepEqual(parts, [
      text("a"),
      text("b"),
      new vscode.LanguageModelToolCallPart("c1", "weather", { town: "Bonn" }),
    ]);
  });

  const REQUIRED = { tools: [WEATHER], toolMode: vscode.LanguageModelChatToolMode.Required };

  it("are asked once more when a call is required and none came", async () => {
    const call: Block = { type: "tool_use", id: "c1", name: "weather", input: {} };
    const words: Block = { type: "text", text: "I would rather talk." };
    const { requests, parts } = await ask(HELLO, [[said(words)], [said(call)]], REQUIRED);
    assert.match(requests[0]?.system ?? "", /calling one of the tools/);
    assert.deepEqual(
      requests[1]?.messages.map((it) => it.role),
      ["user", "assistant", "user"],
    );
    assert.deepEqual(parts, [new vscode.LanguageModelToolCallPart("c1", "weather", {})]);
    await assert.rejects(ask(HELLO, [[said(words)], [said(words)]], REQUIRED), /called none of the tools/);
  });

  for (const [kind, code] of [
    ["auth", "NoPermissions"],
    ["rate-limit", "Blocked"],
    ["budget", "Blocked"],
    ["model-unknown", "NotFound"],
  ] as const) {
    it(`fail with the editor's ${code} for ${kind}`, async () => {
      const failed: ModelEvent = {
        type: "failed",
        failure: { kind, message: "why" },
        text: "",
        usage: NO_USAGE,
      };
      await assert.rejects(ask(HELLO, [[failed]]), { code });
    });
  }

  it("say a refusal as an error, and a stop as one", async () => {
    const end = said({ type: "text", text: "" });
    assert.ok(end.type === "done");
    const refused: ModelEvent = { ...end, answer: { ...end.answer, stop: "refusal", stopDetail: "cyber" } };
    await assert.rejects(ask(HELLO, [[refused]]), /declined to answer \(cyber\)/);
    const failure = { kind: "stopped", message: "" } as const;
    const stopped: ModelEvent = { type: "failed", failure, text: "", usage: NO_USAGE };
    await assert.rejects(ask(HELLO, [[stopped]]), (error) => error instanceof vscode.CancellationError);
  });
});

describe("our models, asked through VS Code", () => {
  let api: StandIn;
  const settings = () => vscode.workspace.getConfiguration("wheelhouse");
  const set = (value: unknown) => settings().update("providers", value, vscode.ConfigurationTarget.Global);
  before(async () => {
    const script = [answers(says("Hello from afar.")), answers(calls("weather", { town: "Bonn" }))];
    api = await startStandIn({ script, key: "a-key-of-the-test" });
    await set({
      far: { type: "anthropic", baseUrl: api.url, keys: ["a-key-of-the-test"], models: ["claude-opus-5-5"] },
    });
    await vscode.commands.executeCommand("wheelhouse.newSession");
  });
  after(async () => {
    await set(undefined);
    await api.close();
  });

  async function model(): Promise<vscode.LanguageModelChat> {
    for (let tries = 0; tries < 200; tries++) {
      const [found] = await vscode.lm.selectChatModels({ vendor: "wheelhouse", id: "claude-opus-5-5" });
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("VS Code does not offer our model.");
  }

  it("are offered, answer and call tools", async () => {
    const opus = await model();
    assert.equal(opus.family, "claude-opus-5-5");
    const hello = [vscode.LanguageModelChatMessage.User("Hello")];
    const { token } = new vscode.CancellationTokenSource();
    let answer = "";
    for await (const part of (await opus.sendRequest(hello, {}, token)).text) answer += part;
    assert.equal(answer, "Hello from afar.");
    const parts: unknown[] = [];
    for await (const part of (await opus.sendRequest(hello, { tools: [WEATHER] }, token)).stream)
      parts.push(part);
    const [call] = parts.filter((it) => it instanceof vscode.LanguageModelToolCallPart);
    assert.deepEqual([call?.name, call?.input], ["weather", { town: "Bonn" }]);
    assert.ok((await opus.countTokens("Hello there", token)) > 1);
    assert.deepEqual(
      api.requests.map((it) => it.refusal),
      [undefined, undefined],
    );
  });
});
