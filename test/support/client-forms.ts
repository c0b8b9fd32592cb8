import type { JsonObject } from "../../src/model/conversation.ts";

type Members = Readonly<Record<string, unknown>>;

/** What a client of a dialect sends. */
export interface ClientAsk {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** How clients of a dialect ask, and what they make of an answer. */
export interface ClientForm {
  readonly name: string;
  /** The type of provider to which bytes are passed on. */
  readonly native: string;
  readonly ask: (model: string, isStream: boolean, words?: string) => ClientAsk;
  readonly keyed: (key: string) => Readonly<Record<string, string>>;
  /** Words of a whole answer. */
  readonly saidBy: (body: Members) => string;
  /** Words of a stream's events. */
  readonly saidIn: (events: readonly Members[]) => string;
  /** Whether a client takes the stream for a finished answer. */
  readonly isFinished: (events: readonly Members[], raw: string) => boolean;
  /** Every name of a model that is shown. */
  readonly models: (event: Members) => readonly unknown[];
  /** Type, or code, and words of an error; `undefined`: it is none. */
  readonly error: (body: Members) => { readonly type: unknown; readonly message: unknown } | undefined;
  readonly tokens: (body: Members) => unknown;
  /** Ids of a list of models. */
  readonly listed: (body: Members) => readonly unknown[];
}

const of = (value: unknown): Members =>
  typeof value === "object" && value !== null ? (value as Members) : {};
const list = (value: unknown): readonly Members[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const joined = (values: readonly unknown[]): string => values.map(text).join("");

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

const openaiError: ClientForm["error"] = (body) => {
  const error = of(body["error"]);
  return typeof error["message"] === "string"
    ? { type: error["code"] ?? error["type"], message: error["message"] }
    : undefined;
};

/** The Messages API. */
export const anthropicClient: ClientForm = {
  name: "anthropic",
  native: "anthropic",
  ask: (model, stream, words = "hello") => ({
    path: "/v1/messages",
    headers: { "anthropic-version": "2023-06-01" },
    body: { model, max_tokens: 100, stream, messages: [{ role: "user", content: words }] },
  }),
  keyed: (key) => ({ "x-api-key": key, "anthropic-version": "2023-06-01" }),
  saidBy: (body) => joined(list(body["content"]).map((it) => it["text"])),
  saidIn: (events) => joined(events.map((it) => of(it["delta"])["text"])),
  isFinished: (events) => events.some((it) => it["type"] === "message_stop"),
  models: (it) => [it["model"], of(it["message"])["model"]].filter((name) => name !== undefined),
  error: (body) => {
    const error = of(body["error"]);
    return body["type"] === "error" ? { type: error["type"], message: error["message"] } : undefined;
  },
  tokens: (body) => body["input_tokens"],
  listed: (body) => list(body["data"]).map((it) => it["id"]),
};

/** Chat Completions. */
export const chatClient: ClientForm = {
  name: "openai-chat",
  native: "openai-chat",
  ask: (model, stream, words = "hello") => ({
    path: "/v1/chat/completions",
    headers: {},
    body: {
      model,
      stream,
      messages: [{ role: "user", content: words }],
      ...(stream && { stream_options: { include_usage: true } }),
    },
  }),
  keyed: bearer,
  saidBy: (body) => joined(list(body["choices"]).map((it) => of(it["message"])["content"])),
  saidIn: (events) =>
    joined(events.flatMap((it) => list(it["choices"]).map((one) => of(one["delta"])["content"]))),
  isFinished: (events, raw) =>
    raw.includes("[DONE]") ||
    events.some((it) => list(it["choices"]).some((one) => typeof one["finish_reason"] === "string")),
  models: (it) => [it["model"]].filter((name) => name !== undefined),
  error: openaiError,
  tokens: (body) => body["input_tokens"],
  listed: (body) => list(body["data"]).map((it) => it["id"]),
};

const outputWords = (response: Members) =>
  joined(list(response["output"]).flatMap((it) => list(it["content"]).map((part) => part["text"])));

/** The Responses API. */
export const responsesClient: ClientForm = {
  name: "openai-responses",
  native: "openai",
  ask: (model, stream, words = "hello") => ({
    path: "/v1/responses",
    headers: {},
    body: { model, stream, input: words },
  }),
  keyed: bearer,
  saidBy: outputWords,
  saidIn: (events) =>
    joined(events.filter((it) => it["type"] === "response.output_text.delta").map((it) => it["delta"])),
  isFinished: (events) =>
    events.some((it) => it["type"] === "response.completed" || it["type"] === "response.incomplete"),
  models: (it) => [it["model"], of(it["response"])["model"]].filter((name) => name !== undefined),
  error: (body) => {
    if (body["type"] === "error") return { type: body["code"], message: body["message"] };
    const failed = body["type"] === "response.failed" ? of(of(body["response"])["error"]) : undefined;
    return failed ? { type: failed["code"], message: failed["message"] } : openaiError(body);
  },
  tokens: (body) => body["input_tokens"],
  listed: chatClient.listed,
};

const partWords = (it: Members) =>
  joined(
    list(it["candidates"]).flatMap((one) => list(of(one["content"])["parts"]).map((part) => part["text"])),
  );

/** Google's generateContent. */
export const geminiClient: ClientForm = {
  name: "gemini",
  native: "gemini",
  ask: (model, stream, words = "hello") => ({
    path: `/v1beta/models/${model}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`,
    headers: {},
    body: { contents: [{ role: "user", parts: [{ text: words }] }] },
  }),
  keyed: (key) => ({ "x-goog-api-key": key }),
  saidBy: partWords,
  saidIn: (events) => joined(events.map(partWords)),
  isFinished: (events) =>
    events.some((it) => list(it["candidates"]).some((one) => typeof one["finishReason"] === "string")),
  models: (it) => [it["modelVersion"]].filter((name) => name !== undefined),
  error: (body) => {
    const error = of(body["error"]);
    return typeof error["message"] === "string"
      ? { type: error["status"], message: error["message"] }
      : undefined;
  },
  tokens: (body) => body["totalTokens"],
  listed: (body) => list(body["models"]).map((it) => text(it["name"]).replace(/^models\//, "")),
};

/** All of them. */
export const CLIENT_FORMS: readonly ClientForm[] = [
  anthropicClient,
  chatClient,
  responsesClient,
  geminiClient,
];

/** The JSON events of a stream's text; damaged and unfinished ones are left out. */
export function eventsIn(raw: string): readonly Members[] {
  const whole = raw.slice(0, Math.max(raw.lastIndexOf("\n\n"), raw.lastIndexOf("\r\n\r\n")) + 2);
  return whole.split(/\r?\n\r?\n/).flatMap((block) => {
    const data = block
      .split(/\r?\n/)
      .filter((it) => it.startsWith("data:"))
      .map((it) => it.slice(5).trim())
      .join("\n");
    try {
      return data === "" ? [] : [of(JSON.parse(data))];
    } catch {
      return [];
    }
  });
}
