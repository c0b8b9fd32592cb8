import type { JsonObject } from "../../src/model/conversation.ts";
import { call, eventsOf, response } from "../gateway/responses-events.ts";
import { used } from "../model/event-stream.ts";
import { type Act, answersJson } from "./scripted-vendor.ts";
import { sse, type VendorForm } from "./vendor-forms.ts";

/** The schema of the tool that `callsLook` calls. */
export const LOOK_SCHEMA = {
  type: "object" as const,
  properties: { path: { type: "string" }, größe: { type: "array" } },
  required: ["path"],
};
/** With what it is called. */
export const LOOK_INPUT = { path: "a.txt", größe: [1, { deep: null }] };

/** Answers with a call of the tool `look`. */
export function callsLook(form: VendorForm): Act {
  return callsTool(form, "look", LOOK_INPUT);
}

/** Answers with a call of a tool, whole or as a stream, in the vendor's form. */
export function callsTool(form: VendorForm, name: string, input: JsonObject): Act {
  const calling = FORMS[form.type];
  if (calling === undefined) throw new Error(`nobody calls in the form of ${form.type}`);
  return (request, answer) => {
    const isStream = request.body["stream"] === true || request.path.includes(":streamGenerateContent");
    const { whole, pieces } = calling(name, input, `call_${counted()}`);
    if (!isStream && form.type !== "codewhisperer") return answersJson(whole)(request, answer);
    answer.writeHead(200, { "content-type": form.streamType });
    for (const it of pieces) answer.write(it);
    answer.end();
  };
}

let calls = 0;
function counted(): number {
  return ++calls;
}

interface Calling {
  readonly whole: JsonObject;
  readonly pieces: readonly (string | Uint8Array)[];
}

type Form = (name: string, input: JsonObject, id: string) => Calling;

/** Two halves of the JSON of an input. */
function halves(input: JsonObject): readonly string[] {
  const text = JSON.stringify(input);
  return [text.slice(0, 9), text.slice(9)];
}

const usage = { input_tokens: 20, output_tokens: 7 };
const message = { id: "msg_1", type: "message", role: "assistant", model: "m", stop_sequence: null, usage };

const anthropicCall: Form = (name, input, id) => ({
  whole: { ...message, content: [{ type: "tool_use", id, name, input }], stop_reason: "tool_use" },
  pieces: [
    { type: "message_start", message: { ...message, content: [], stop_reason: null } },
    { type: "content_block_start", index: 0, content_block: { type: "tool_use", id, name, input: {} } },
    ...halves(input).map((it) => ({
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
});

const chat = { id: "chatcmpl-1", created: 1, model: "m" };
const chunk = (delta: JsonObject, finish_reason: string | null = null) => ({
  ...chat,
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, finish_reason }],
});

const chatCall: Form = (name, input, id) => {
  const whole = { id, type: "function", function: { name, arguments: JSON.stringify(input) } };
  const begun = { index: 0, id, type: "function", function: { name, arguments: "" } };
  return {
    whole: {
      ...chat,
      object: "chat.completion",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: null, tool_calls: [whole] },
          finish_reason: "tool_calls",
        },
      ],
      usage: { prompt_tokens: 20, completion_tokens: 7, total_tokens: 27 },
    },
    pieces: [
      ...[
        chunk({ role: "assistant", content: null, tool_calls: [begun] }),
        ...halves(input).map((it) => chunk({ tool_calls: [{ index: 0, function: { arguments: it } }] })),
        chunk({}, "tool_calls"),
      ].map((it) => sse(it, false)),
      "data: [DONE]\n\n",
    ],
  };
};

const responsesCall: Form = (name, input, id) => {
  const whole = response([call(id, name, input)], { created_at: 1, tools: [], error: null });
  return { whole, pieces: eventsOf(whole).map((it) => sse(it, true)) };
};

const geminiCall: Form = (name, input) => {
  const whole: JsonObject = {
    candidates: [
      {
        content: { role: "model", parts: [{ functionCall: { name, args: input } }] },
        index: 0,
        finishReason: "STOP",
      },
    ],
    usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 7, totalTokenCount: 27 },
    modelVersion: "m",
  };
  return { whole, pieces: [sse(whole, false)] };
};

const FORMS: Readonly<Record<string, Form>> = {
  anthropic: anthropicCall,
  "openai-chat": chatCall,
  openai: responsesCall,
  gemini: geminiCall,
  codewhisperer: (name, input, id) => ({
    whole: {},
    pieces: [...halves(input).map((it) => used(id, { name, input: it })), used(id, { name, stop: true })],
  }),
};
