import type { Json, JsonObject } from "../../model/conversation.ts";
import type { MessagesAnswer, StreamEvent } from "../../model/messages.ts";
import type { ModelInfo } from "../../model/provider.ts";
import { decodeMessages } from "../anthropic/decode.ts";
import { messagesRefusal } from "../anthropic/refusal.ts";
import type { AnswerForm, ClientCall, Dialect } from "../dialect.ts";
import { keyAmong } from "../key-among.ts";

/** The Anthropic Messages API (https://platform.claude.com/docs/en/api/messages), as Claude Code and its SDKs speak it. */
export const anthropic: Dialect = {
  name: "anthropic",
  native: ["anthropic", "bedrock", "vertex", "foundry"],
  wants({ method, path, headers }) {
    if (method === "POST" && path === "/v1/messages") return "answer";
    if (method === "POST" && path === "/v1/messages/count_tokens") return "count";
    const isOurs = headers["anthropic-version"] !== undefined || headers["x-api-key"] !== undefined;
    if (method !== "GET" || !isOurs) return undefined;
    if (path === "/v1/models") return "models";
    return path.startsWith("/v1/models/") ? "model" : undefined;
  },
  keyOf: ({ headers }: ClientCall) => keyAmong([headers["x-api-key"]], headers.authorization),
  decode: decodeMessages,
  answer: (answer, form) => ({ ...shown(answer, form), content: answer.content }) as unknown as JsonObject,
  encoder: (form) => ({ take: (event) => textOfEvent(event, form) }),
  refusal: messagesRefusal,
  count: (tokens) => ({ input_tokens: tokens }),
  models: (models) => ({
    data: models.map(modelOf),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
  }),
  model: modelOf,
  ping: 'event: ping\ndata: {"type":"ping"}\n\n',
};

function modelOf({ id, name, contextWindow, maxOutput }: ModelInfo): JsonObject {
  return {
    type: "model",
    id,
    display_name: name,
    created_at: "2026-01-01T00:00:00Z",
    max_input_tokens: contextWindow,
    max_tokens: maxOutput,
  };
}

function shown(answer: MessagesAnswer, { model, id }: AnswerForm): MessagesAnswer {
  const own = answer.id === "" ? id : answer.id;
  return { ...answer, id: own.startsWith("msg_") ? own : `msg_${own}`, model };
}

function textOfEvent(event: StreamEvent, form: AnswerForm): string {
  switch (event.type) {
    case "message_start":
      return written("message_start", { ...event, message: shown(event.message, form) } as unknown as Json);
    case "error": {
      const refused = { failure: event.failure, status: event.failure.status ?? 500, requestId: "" };
      const { error } = messagesRefusal(refused);
      return written("error", { type: "error", error: error ?? null });
    }
    default:
      return written(event.type, event as unknown as Json);
  }
}

function written(type: string, data: Json): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
