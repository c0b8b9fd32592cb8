import type { JsonObject } from "../../src/model/conversation.ts";
import { eventsOf, message, response } from "../gateway/responses-events.ts";
import { event, said } from "../model/event-stream.ts";
import { type Act, answersJson } from "./scripted-vendor.ts";

/** How a vendor answers, by its type in the settings: always with 20 tokens of input and 7 of output. */
export interface VendorForm {
  readonly type: string;
  readonly model: string;
  /** Behind the vendor's address. */
  readonly base: string;
  readonly whole: (text: string) => Act;
  /** The pieces of a stream, an event each. */
  readonly pieces: (text: string) => readonly (string | Uint8Array)[];
  /** Pieces at the end of a stream without which it is whole all the same. */
  readonly spare: number;
  readonly streamType: string;
  readonly requestId: string;
  readonly refuses: (status: number, message: string, headers?: Readonly<Record<string, string>>) => Act;
}

const EVENTS = "text/event-stream";

/** An event, by its type where `named`. */
export function sse(data: unknown, named: boolean): string {
  const type = named ? `event: ${String((data as { readonly type?: unknown }).type)}\n` : "";
  return `${type}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
}

/** Two halves of a text, so that a stream has several pieces. */
function halves(text: string): readonly string[] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}

const USAGE = { input_tokens: 20, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };

/** The Messages API. */
export const anthropicForm: VendorForm = {
  type: "anthropic",
  model: "claude-sonnet-5-5",
  base: "",
  streamType: EVENTS,
  requestId: "request-id",
  spare: 1,
  whole: (text) =>
    answersJson({
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "claude-sonnet-5-5",
      content: [{ type: "text", text }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: { ...USAGE, output_tokens: 7 },
    }),
  pieces: (text) =>
    [
      {
        type: "message_start",
        message: {
          id: "msg_1",
          type: "message",
          role: "assistant",
          model: "claude-sonnet-5-5",
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { ...USAGE, output_tokens: 1 },
        },
      },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "ping" },
      ...halves(text).map((it) => ({
        type: "content_block_delta",
        index: 0,
        delta: { type: "text_delta", text: it },
      })),
      { type: "content_block_stop", index: 0 },
      {
        type: "message_delta",
        delta: { stop_reason: "end_turn", stop_sequence: null },
        usage: { output_tokens: 7 },
      },
      { type: "message_stop" },
    ].map((it) => sse(it, true)),
  refuses: (status, words, headers = {}) =>
    answersJson(
      { type: "error", error: { type: ANTHROPIC_ERRORS[status] ?? "api_error", message: words } },
      status,
      headers,
    ),
};

const ANTHROPIC_ERRORS: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};

const CHAT_USAGE = { prompt_tokens: 20, completion_tokens: 7, total_tokens: 27 };
const chunk = (more: JsonObject): JsonObject => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1,
  model: "gpt-6-sol",
  ...more,
});
const choice = (delta: JsonObject, finish_reason: string | null = null): JsonObject =>
  chunk({ choices: [{ index: 0, delta, finish_reason }] });

const openaiRefuses: VendorForm["refuses"] = (status, words, headers = {}) =>
  answersJson({ error: { message: words, type: "some_error", param: null, code: null } }, status, headers);

/** Chat Completions. */
export const chatForm: VendorForm = {
  type: "openai-chat",
  model: "gpt-6-sol",
  base: "/v1",
  streamType: EVENTS,
  requestId: "x-request-id",
  spare: 2,
  whole: (text) =>
    answersJson({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1,
      model: "gpt-6-sol",
      choices: [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }],
      usage: CHAT_USAGE,
    }),
  pieces: (text) => [
    ...[
      choice({ role: "assistant", content: "" }),
      ...halves(text).map((it) => choice({ content: it })),
      choice({}, "stop"),
      chunk({ choices: [], usage: CHAT_USAGE }),
    ].map((it) => sse(it, false)),
    "data: [DONE]\n\n",
  ],
  refuses: openaiRefuses,
};

const RESPONSE_USAGE = {
  input_tokens: 20,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 27,
};
const whole = (text: string) =>
  response([message("msg_1", text)], { usage: RESPONSE_USAGE, created_at: 1, tools: [], error: null });

/** The events of a response, with those of the parts of its message. */
function partedEvents(text: string): readonly JsonObject[] {
  const at = { item_id: "msg_1", output_index: 0, content_index: 0 };
  const part = { type: "output_text", text: "", annotations: [] };
  const [created, added, ...rest] = eventsOf(whole(text), Math.ceil(text.length / 2));
  const all = [
    created ?? {},
    added ?? {},
    { type: "response.content_part.added", ...at, part },
    ...rest.slice(0, -2).map((it) => ({ ...it, ...at })),
    { type: "response.output_text.done", ...at, text },
    { type: "response.content_part.done", ...at, part: { ...part, text } },
    ...rest.slice(-2),
  ];
  return all.map((it, sequence_number) => ({ ...it, sequence_number }));
}

/** The Responses API. */
export const responsesForm: VendorForm = {
  type: "openai",
  model: "gpt-6-sol",
  base: "/v1",
  streamType: EVENTS,
  requestId: "x-request-id",
  spare: 0,
  whole: (text) => answersJson(whole(text)),
  pieces: (text) => partedEvents(text).map((it) => sse(it, true)),
  refuses: openaiRefuses,
};

const geminiChunk = (text: string, more: JsonObject = {}): JsonObject => ({
  candidates: [{ content: { role: "model", parts: [{ text }] }, index: 0, ...more }],
  usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 7, totalTokenCount: 27 },
  modelVersion: "gemini-3-flash-preview",
  responseId: "r1",
});

/** Google's generateContent. */
export const geminiForm: VendorForm = {
  type: "gemini",
  model: "gemini-3-flash-preview",
  base: "",
  streamType: EVENTS,
  requestId: "x-request-id",
  spare: 0,
  whole: (text) => answersJson(geminiChunk(text, { finishReason: "STOP" })),
  pieces: (text) => {
    const [first = "", second = ""] = halves(text);
    return [geminiChunk(first), geminiChunk(second), geminiChunk("", { finishReason: "STOP" })].map((it) =>
      sse(it, false),
    );
  },
  refuses: (status, words, headers = {}) =>
    answersJson({ error: { code: status, message: words, status: "SOME" } }, status, headers),
};

/** CodeWhisperer, whose streams have no end of their own. */
export const codewhispererForm: VendorForm = {
  type: "codewhisperer",
  model: "claude-sonnet-4",
  base: "",
  streamType: "application/vnd.amazon.eventstream",
  requestId: "x-amzn-requestid",
  spare: 4,
  whole: (text) => (_, answer) => {
    answer.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
    for (const it of codewhispererForm.pieces(text)) answer.write(it);
    answer.end();
  },
  pieces: (text) => [
    ...halves(text).map(said),
    event("metadataEvent", { tokenUsage: { uncachedInputTokens: 20, outputTokens: 7, totalTokens: 27 } }),
  ],
  refuses: (status, words, headers = {}) => answersJson({ message: words }, status, headers),
};

/** All of them. */
export const VENDOR_FORMS: readonly VendorForm[] = [
  anthropicForm,
  chatForm,
  responsesForm,
  geminiForm,
  codewhispererForm,
];

/** Answers as the request wants it: whole, or as a stream. */
export function answers(form: VendorForm, text: string, headers: Readonly<Record<string, string>> = {}): Act {
  return (request, answer) => {
    for (const [name, value] of Object.entries(headers)) answer.setHeader(name, value);
    const isStream = request.body["stream"] === true || request.path.includes(":streamGenerateContent");
    if (!isStream) return form.whole(text)(request, answer);
    answer.writeHead(200, { "content-type": form.streamType });
    for (const it of form.pieces(text)) answer.write(it);
    answer.end();
  };
}
