import type { JsonObject } from "../conversation.ts";
import type { MessagesRequest } from "../messages.ts";
import { isOpenaiReasoning, openaiModel } from "../openai-models.ts";
import { recordOf, textOf } from "../record.ts";
import { toolNames } from "../tool-names.ts";
import type { Encoded, WireTarget } from "../wire.ts";
import { chatMessages } from "./conversation.ts";
import { effortOf } from "./effort.ts";
import type { Encoding } from "./encoding.ts";
import { chatOptions } from "./options.ts";
import type { ChatReading } from "./reading.ts";
import { toolMembers } from "./tools.ts";

/** A request as OpenAI's Chat Completions have it (OpenAI API reference, Chat Completions, "Create chat completion"). */
export function encodeChat(request: MessagesRequest, target: WireTarget): Encoded {
  const options = chatOptions(target.options);
  const dropped: string[] = [];
  const names = toolNames({ signs: "A-Za-z0-9_-", longest: 64 });
  const encoding: Encoding = { options, model: target.model, names, drop: (path) => dropped.push(path) };
  const body: JsonObject = {
    model: target.model,
    messages: chatMessages(request, encoding),
    ...toolMembers(request, encoding),
    ...limitMembers(request, target, encoding),
    ...samplingMembers(request, target, encoding),
    ...formatMembers(request, encoding),
    ...clientMembers(request, encoding),
    ...streamMembers(request, encoding),
  };
  const mayWriteCalls = options.textCalls ?? !CALLS_PROPERLY.test(target.model);
  const tools = mayWriteCalls ? request.tools.map((it) => names.sent(it.name)) : [];
  const reading: ChatReading = {
    nameOf: names.nameOf,
    model: target.model,
    textCalls: new Set(tools),
    reasoningBeside: options.reasoningBeside,
  };
  return { path: "/chat/completions", headers: {}, body, dropped, reading };
}

/** Models of vendors who make calls apart from words: what looks like a call in their words is none. */
const CALLS_PROPERLY = /(^|\/)(gpt-\d|chatgpt-|o\d(-|$)|claude-|gemini-)/;

function limitMembers(
  { max_tokens, stop_sequences = [] }: MessagesRequest,
  target: WireTarget,
  { options, drop }: Encoding,
): JsonObject {
  const most = (target.info ?? openaiModel(target.model)?.info)?.maxOutput ?? Number.POSITIVE_INFINITY;
  const field =
    options.maxTokensField ?? (isOpenaiReasoning(target.model) ? "max_completion_tokens" : "max_tokens");
  for (let at = MOST_STOPS; at < stop_sequences.length; at++) drop(`stop_sequences.${at}`);
  return {
    ...(max_tokens !== undefined && { [field]: Math.min(max_tokens, most) }),
    ...(stop_sequences.length > 0 && { stop: stop_sequences.slice(0, MOST_STOPS) }),
  };
}

/** OpenAI API reference, Chat Completions, `stop`. */
const MOST_STOPS = 4;

function samplingMembers(
  request: MessagesRequest,
  target: WireTarget,
  { options, drop }: Encoding,
): JsonObject {
  const { temperature, top_p, top_k } = request;
  const effort = effortOf(request, target, options);
  // Reasoning models take no sampling unless they do not reason.
  const isRefused = isOpenaiReasoning(target.model) && effort !== "none";
  if (isRefused && temperature !== undefined) drop("temperature");
  if (isRefused && top_p !== undefined) drop("top_p");
  if (!options.topK && top_k !== undefined) drop("top_k");
  if (effort === undefined) dropEffort(request, drop);
  return {
    ...(effort !== undefined && { reasoning_effort: effort }),
    ...(!isRefused && temperature !== undefined && { temperature: Math.min(2, Math.max(0, temperature)) }),
    ...(!isRefused && top_p !== undefined && { top_p }),
    ...(options.topK && top_k !== undefined && { top_k }),
  };
}

function dropEffort({ thinking, output_config }: MessagesRequest, drop: Encoding["drop"]): void {
  if (output_config?.["effort"] !== undefined) drop("output_config.effort");
  if (thinking !== undefined && thinking.type !== "disabled") drop("thinking");
}

function formatMembers({ output_config }: MessagesRequest, { drop }: Encoding): JsonObject {
  const format = recordOf(output_config?.["format"]);
  if (format["type"] === undefined) return {};
  if (format["type"] === "json_object") return { response_format: { type: "json_object" } };
  if (format["type"] !== "json_schema") {
    drop("output_config.format");
    return {};
  }
  const name = (textOf(format["name"]) ?? "answer").replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 64);
  const schema = recordOf(format["schema"]) as JsonObject;
  return { response_format: { type: "json_schema", json_schema: { name, schema, strict: true } } };
}

/** Members of Chat Completions that other dialects have no word for: they travel in the rest of a request. */
const OWN = new Set([
  "seed",
  "presence_penalty",
  "frequency_penalty",
  "logit_bias",
  "logprobs",
  "top_logprobs",
  "verbosity",
  "prediction",
  "prompt_cache_options",
  "web_search_options",
]);

function clientMembers(request: MessagesRequest, { options, drop }: Encoding): JsonObject {
  const { rest, metadata, betas, prompt_cache_key } = request;
  const own: [string, JsonObject[string]][] = [];
  for (const [name, value] of Object.entries(rest)) {
    if (OWN.has(name)) own.push([name, value]);
    else drop(name);
  }
  const user = textOf(metadata?.["user_id"]);
  if (metadata !== undefined && (user === undefined || options.userField === undefined)) drop("metadata");
  if (betas.length > 0) drop("betas");
  return {
    ...Object.fromEntries(own),
    ...(prompt_cache_key !== undefined && { prompt_cache_key }),
    ...(user !== undefined && options.userField !== undefined && { [options.userField]: user }),
  };
}

function streamMembers({ stream }: MessagesRequest, { options }: Encoding): JsonObject {
  if (!stream) return {};
  return { stream: true, ...(options.includeUsage && { stream_options: { include_usage: true } }) };
}
