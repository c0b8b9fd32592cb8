import type { Json, JsonObject } from "../../model/conversation.ts";
import type { MessagesRequest, WireBlock } from "../../model/messages.ts";
import { BadRequest } from "../dialect.ts";
import { isObject, listAt, numberAt, objectAt, textAt } from "../members.ts";
import { conversationOf } from "./conversation.ts";
import { choiceOf, toolsOf } from "./tools.ts";

/** A body of `POST /v1/chat/completions` in the canonical form (OpenAI API reference, Chat Completions). Throws `BadRequest`. */
export function decodeChat(body: JsonObject): MessagesRequest {
  const messages = listAt(body, "messages");
  if (messages === undefined) throw new BadRequest("messages: is required");
  const spoken = conversationOf(messages);
  const format = formatOf(body);
  const tools = toolsOf(body);
  const limit = numberAt(body, "max_completion_tokens") ?? numberAt(body, "max_tokens");
  const effort = textAt(body, "reasoning_effort");
  const output: JsonObject = {
    ...(effort !== undefined && { effort }),
    ...(format.schema && { format: format.schema }),
  };
  const user = textAt(body, "safety_identifier") ?? textAt(body, "user");
  return {
    model: textAt(body, "model") ?? "",
    stream: body["stream"] === true,
    system: [...spoken.system, ...format.instruction],
    messages: spoken.messages,
    tools,
    ...optional("max_tokens", limit),
    ...optional("tool_choice", choiceOf(body, tools)),
    ...optional("stop_sequences", stopsOf(body["stop"])),
    ...optional("temperature", numberAt(body, "temperature")),
    ...optional("top_p", numberAt(body, "top_p")),
    ...optional("top_k", numberAt(body, "top_k")),
    ...optional("output_config", Object.keys(output).length > 0 ? output : undefined),
    ...optional("metadata", user === undefined ? undefined : { user_id: user }),
    ...optional("prompt_cache_key", textAt(body, "prompt_cache_key")),
    rest: Object.fromEntries(Object.entries(body).filter(([name, it]) => !READ.has(name) && it !== null)),
    restOf: "openai",
    betas: [],
  };
}

/** Members that stand for something in the canonical form, or that are about the form of the answer only. */
const READ = new Set([
  "model",
  "messages",
  "stream",
  "stream_options",
  "max_tokens",
  "max_completion_tokens",
  "tools",
  "functions",
  "tool_choice",
  "function_call",
  "parallel_tool_calls",
  "stop",
  "temperature",
  "top_p",
  "top_k",
  "reasoning_effort",
  "response_format",
  "safety_identifier",
  "user",
  "prompt_cache_key",
]);

function optional<Name extends keyof MessagesRequest>(
  name: Name,
  value: MessagesRequest[Name] | undefined,
): { [name in Name]?: Exclude<MessagesRequest[Name], undefined> } {
  return (value === undefined ? {} : { [name]: value }) as {
    [name in Name]?: Exclude<MessagesRequest[Name], undefined>;
  };
}

function stopsOf(stop: Json | undefined): readonly string[] | undefined {
  const all: readonly Json[] = Array.isArray(stop) ? stop : [stop ?? null];
  const stops = all.filter((it): it is string => typeof it === "string" && it.trim() !== "");
  return stops.length === 0 ? undefined : stops;
}

/** The form an answer must have: as a schema, or, where any object will do, as a sentence. */
function formatOf(body: JsonObject): {
  readonly schema?: JsonObject;
  readonly instruction: readonly WireBlock[];
} {
  const format = objectAt(body, "response_format");
  if (format?.["type"] === "json_object") {
    const text = "Answer with one JSON object and nothing else.";
    return { instruction: [{ type: "text", text }] };
  }
  if (format?.["type"] !== "json_schema") return { instruction: [] };
  const described = objectAt(format, "json_schema");
  const schema = described?.["schema"];
  if (!isObject(schema)) throw new BadRequest("response_format.json_schema.schema: is required");
  const name = described?.["name"];
  return {
    schema: { type: "json_schema", schema, ...(typeof name === "string" && { name }) },
    instruction: [],
  };
}
