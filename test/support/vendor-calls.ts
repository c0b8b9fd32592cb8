import type { JsonObject } from "../../src/model/conversation.ts";
import { call, eventsOf, response } from "../gateway/responses-events.ts";
import { used } from "../model/event-stream.ts";
import { type Act, answersJson } from "./scripted-vendor.ts";
import { sse, type VendorForm } from "./vendor-forms.ts";

/** The schema of the tool that is called. */
export const LOOK_SCHEMA = {
  type: "object" as const,
  properties: { path: { type: "string" }, größe: { type: "array" } },
  required: ["path"],
};

const INPUT = { path: "a.txt", größe: [1, { deep: null }] };
const TEXT = JSON.stringify(INPUT);
const HALVES = [TEXT.slice(0, 9), TEXT.slice(9)];

/** Answers with a call of the tool `look`, whole or as a stream, in the vendor's form. */
export function callsLook(form: VendorForm): Act {
  const { whole, pieces } = FORMS[form.type] ?? { whole: {}, pieces: [] };
  return (request, answer) => {
    const isStream = request.body["stream"] === true || request.path.includes(":streamGenerateContent");
    if (!isStream && form.type !== "codewhisperer") return answersJson(whole)(request, answer);
    answer.writeHead(200, { "content-type": form.streamType });
    for (const it of pieces) answer.write(it);
    answer.end();
  };
}

interface Calling {
  readonly whole: JsonObject;
  readonly pieces: readonly (string | Uint8Array)[];
}

const usage = { input_tokens: 20, output_tokens: 7 };
const message = { id: "msg_1", type: "message", role: "assistant", model: "m", stop_sequence: null, usage };

const anthropicCall: Calling = {
  whole: {
    ...message,
    content: [{ type: "tool_use", id: "toolu_1", name: "look", input: INPUT }],
    stop_reason: "tool_use",
  },
  pieces: [
    { type: "message_start", message: { ...message, content: [], stop_reason: null } },
    {
      type: "content_block_start",
      index: 0,
      content_block: { type: "tool_use", id: "toolu_1", name: "look", input: {} },
    },
    ...HALVES.map((it) => ({
      type: "content_block_delta",
      index: 0,
      delta: { type: "input_json_delta", partial_json: it },
    })),
    { type: "content_block_stop", index: 0 },
    {
      type: "message_delta",
      delta: { stop_reason: "tool_use", stop_sequence: null },
      usage: { output_tokens: 7 },
    },
    { type: "message_stop" },
  ].map((it) => sse(it, true)),
};

const chat = { id: "chatcmpl-1", created: 1, model: "m" };
const chunk = (delta: JsonObject, finish_reason: string | null = null) => ({
  ...chat,
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, finish_reason }],
});
const named = { name: "look", arguments: "" };

const chatCall: Calling = {
  whole: {
    ...chat,
    object: "chat.completion",
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: TEXT } }],
        },
        finish_reason: "tool_calls",
      },
    ],
    usage: { prompt_tokens: 20, completion_tokens: 7, total_tokens: 27 },
  },
  pieces: [
    ...[
      chunk({
        role: "assistant",
        content: null,
        tool_calls: [{ index: 0, id: "call_1", type: "function", function: named }],
      }),
      ...HALVES.map((it) => chunk({ tool_calls: [{ index: 0, function: { arguments: it } }] })),
      chunk({}, "tool_calls"),
    ].map((it) => sse(it, false)),
    "data: [DONE]\n\n",
  ],
};

const called = response([call("call_1", "look", INPUT)], { created_at: 1, tools: [], error: null });
const geminiCall: JsonObject = {
  candidates: [
    {
      content: { role: "model", parts: [{ functionCall: { name: "look", args: INPUT } }] },
      index: 0,
      finishReason: "STOP",
    },
  ],
  usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 7, totalTokenCount: 27 },
  modelVersion: "m",
};

const FORMS: Readonly<Record<string, Calling>> = {
  anthropic: anthropicCall,
  "openai-chat": chatCall,
  openai: { whole: called, pieces: eventsOf(called).map((it) => sse(it, true)) },
  gemini: { whole: geminiCall, pieces: [sse(geminiCall, false)] },
  codewhisperer: {
    whole: {},
    pieces: [...HALVES.map((input) => used("t1", { input })), used("t1", { stop: true })],
  },
};
