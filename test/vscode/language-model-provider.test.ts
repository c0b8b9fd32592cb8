import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import type { ModelRequest } from "../../src/model/conversation.ts";
import type { ModelEvent } from "../../src/model/provider.ts";
import { languageModelType } from "../../src/vscode/language-model-provider.ts";

interface Sent {
  readonly messages: readonly vscode.LanguageModelChatMessage[];
  readonly options: vscode.LanguageModelChatRequestOptions | undefined;
  readonly token: vscode.CancellationToken | undefined;
}

/** A model of the editor that answers with these parts, or fails. */
function editorModel(parts: () => AsyncIterable<unknown>, vendor = "copilot") {
  const sent: Sent[] = [];
  const model: vscode.LanguageModelChat = {
    name: "GPT",
    id: "gpt",
    vendor,
    family: "gpt",
    version: "1",
    maxInputTokens: 64_000,
    countTokens: async () => 1,
    async sendRequest(messages, options, token) {
      sent.push({ messages, options, token });
      return { stream: parts(), text: (async function* () {})() };
    },
  };
  return { model, sent };
}

async function* some(...parts: readonly unknown[]) {
  yield* parts;
}

const REQUEST: ModelRequest = {
  model: "copilot/gpt",
  system: "Be brief.",
  tools: [{ name: "weather", description: "The weather", input_schema: { type: "object", properties: {} } }],
  messages: [
    { role: "user", content: [{ type: "text", text: "Weather?" }] },
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "hm", signature: "s" },
        { type: "tool_use", id: "c1", name: "weather", input: { town: "Bonn" } },
      ],
    },
    { role: "user", content: [{ type: "tool_result", tool_use_id: "c1", content: "sunny" }] },
  ],
  effort: undefined,
  maxTokens: undefined,
  session: "s",
  withoutThinking: false,
};

async function ask(models: readonly vscode.LanguageModelChat[], signal = new AbortController().signal) {
  const setup = { key: async () => undefined, baseUrl: undefined, fetch, silenceMs: 1 };
  const provider = languageModelType(async () => models).open(setup);
  const events: ModelEvent[] = [];
  for await (const event of provider.ask(REQUEST, signal)) events.push(event);
  return { events, last: events.at(-1), models: await provider.models(new AbortController().signal) };
}

const text = (value: string) => new vscode.LanguageModelTextPart(value);

describe("models of the editor", () => {
  it("are listed with what is lost, but for our own", async () => {
    const other = editorModel(() => some());
    const own = editorModel(() => some(), "wheelhouse");
    const { models } = await ask([own.model, other.model]);
    assert.deepEqual(
      models.map((it) => [it.id, it.contextWindow - it.maxOutput]),
      [["copilot/gpt", 64_000]],
    );
    assert.match(models[0]?.note ?? "", /without thinking/);
  });

  it("are none where the editor fails to list them", async () => {
    const setup = { key: async () => undefined, baseUrl: undefined, fetch, silenceMs: 1 };
    const provider = languageModelType(async () => {
      throw new Error("no");
    }).open(setup);
    assert.deepEqual(await provider.models(new AbortController().signal), []);
    await assert.rejects(provider.models(AbortSignal.abort()));
  });

  it("are told the conversation without its thinking, the system prompt first", async () => {
    const { model, sent } = editorModel(() => some(text("Sunny.")));
    await ask([model]);
    const { User, Assistant } = vscode.LanguageModelChatMessageRole;
    assert.deepEqual(
      sent[0]?.messages.map((it) => [it.role, it.content]),
      [
        [User, [text("Be brief.")]],
        [User, [text("Weather?")]],
        [Assistant, [new vscode.LanguageModelToolCallPart("c1", "weather", { town: "Bonn" })]],
        [User, [new vscode.LanguageModelToolResultPart("c1", [text("sunny")])]],
      ],
    );
    assert.deepEqual(
      sent[0]?.options?.tools?.map((it) => it.name),
      ["weather"],
    );
  });

  it("answer with text and calls, each a block of its own", async () => {
    const call = new vscode.LanguageModelToolCallPart("c2", "weather", { town: "Köln" });
    const { model } = editorModel(() => some(text("Let me "), text("look."), "unknown", call));
    const { events, last } = await ask([model]);
    assert.deepEqual(
      events.map((it) => it.type),
      ["started", "opened", "delta", "delta", "closed", "opened", "delta", "closed", "done"],
    );
    assert.ok(last?.type === "done");
    assert.equal(last.answer.stop, "tool_use");
    assert.deepEqual(last.answer.content, [
      { type: "text", text: "Let me look." },
      { type: "tool_use", id: "c2", name: "weather", input: { town: "Köln" } },
    ]);
    assert.ok(last.answer.usage.input > 0 && last.answer.usage.output > 0);
  });

  it("fail in our kinds, and keep what was said", async () => {
    const { model } = editorModel(async function* () {
      yield text("Half");
      throw vscode.LanguageModelError.Blocked("quota");
    });
    const { last } = await ask([model]);
    assert.ok(last?.type === "failed");
    assert.deepEqual([last.failure.kind, last.text], ["rate-limit", "Half"]);
    const gone = await ask([]);
    assert.ok(gone.last?.type === "failed" && gone.last.failure.kind === "model-unknown");
  });

  it("are stopped by the editor's own token", async () => {
    const controller = new AbortController();
    const { model, sent } = editorModel(async function* () {
      yield text("Half");
      controller.abort();
      yield text("more");
    });
    const { last } = await ask([model], controller.signal);
    assert.equal(sent[0]?.token?.isCancellationRequested, true);
    assert.ok(last?.type === "failed" && last.failure.kind === "stopped");
  });
});
