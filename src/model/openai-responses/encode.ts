import type { Json, JsonObject } from "../conversation.ts";
import type { MessagesRequest } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { toolNames } from "../tool-names.ts";
import type { Encoded, WireTarget } from "../wire.ts";
import { patchToolIn } from "./apply-patch.ts";
import { instructionsOf, itemsOf } from "./input.ts";
import { type Reasoning, reasoningFor, reasoningMember } from "./reasoning.ts";
import { closedSchema, isStrictSchema } from "./schema.ts";
import { sentChoice, sentTools } from "./tools.ts";

/** Names of tools (OpenAI API reference, Responses, "tools"). */
const NAMES = { signs: "A-Za-z0-9_-", longest: 64 };

/** The least `max_output_tokens` that is taken. */
const LEAST_OUTPUT = 16;

/** A request of the Responses API that keeps nothing at the vendor: the client has the whole conversation. */
export function encodeResponses(request: MessagesRequest, target: WireTarget): Encoded {
  const dropped: string[] = [];
  const drop = (path: string) => void dropped.push(path);
  const names = toolNames(NAMES);
  const patch = target.options["applyPatchTool"] === true ? patchToolIn(request.tools) : undefined;
  const tools = sentTools(request.tools, { sent: names.sent, patches: patch !== undefined, drop });
  const input = itemsOf(request, { sent: names.sent, patch, drop });
  const instructions = instructionsOf(request);
  const choice = sentChoice(request.tool_choice, tools, names.sent);
  const isOne = request.tool_choice?.disable_parallel_tool_use === true;
  const reasoning = reasoningFor(request, target);
  const effort = reasoningMember(reasoning);
  const format = formatOf(request);
  const { verbosity, ...own } = ownMembers(request, drop);
  const key = cacheKeyOf(request, target);
  const person = personOf(request, target);
  const body: JsonObject = {
    model: target.model,
    ...(instructions !== undefined && { instructions }),
    input,
    ...(tools.length > 0 && { tools }),
    ...(choice !== undefined && { tool_choice: choice }),
    ...(isOne && { parallel_tool_calls: false }),
    ...(effort && { reasoning: effort }),
    ...textMember(format, verbosity),
    ...outputLimit(request, target),
    ...samplingOf(request, reasoning, drop),
    ...own,
    ...(key !== undefined && { prompt_cache_key: key }),
    ...person,
    ...(reasoning.reasons && { include: ["reasoning.encrypted_content"] }),
    store: false,
    stream: request.stream,
  };
  if (request.top_k !== undefined) drop("top_k");
  if (request.metadata !== undefined && person === undefined) drop("metadata");
  if ((request.stop_sequences ?? []).length > 0) drop("stop_sequences");
  return {
    path: "/responses",
    headers: {},
    body,
    dropped,
    reading: { nameOf: names.nameOf, model: target.model, ...(patch && { noted: { patch: patch.member } }) },
  };
}

/** What counting takes of a request. */
export function encodeCount(request: MessagesRequest, target: WireTarget): Encoded {
  const encoded = encodeResponses(request, target);
  const counted = [
    "model",
    "instructions",
    "input",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "reasoning",
    "text",
  ];
  const body = Object.fromEntries(Object.entries(encoded.body).filter(([name]) => counted.includes(name)));
  return { ...encoded, path: "/responses/input_tokens", body };
}

/** Members of OpenAI's APIs that other dialects have no word for: they travel in the rest of a request. */
const OWN = [
  "max_tool_calls",
  "prompt_cache_options",
  "prompt_cache_retention",
  "service_tier",
  "truncation",
  "verbosity",
];

function ownMembers({ rest, restOf, betas }: MessagesRequest, drop: (path: string) => void): JsonObject {
  const isOwn = (name: string) => restOf === "openai" && OWN.includes(name);
  for (const name of Object.keys(rest)) if (!isOwn(name)) drop(name);
  if (betas.length > 0) drop("betas");
  return Object.fromEntries(Object.entries(rest).filter(([name]) => isOwn(name)));
}

function textMember(format: JsonObject | undefined, verbosity: Json | undefined): JsonObject {
  if (format === undefined && verbosity === undefined) return {};
  return { text: { ...(format && { format }), ...(verbosity !== undefined && { verbosity }) } };
}

/** Who the person is, where the settings name the member for it: it identifies them. */
function personOf({ metadata }: MessagesRequest, { options }: WireTarget): JsonObject | undefined {
  const field = options["userField"];
  const user = textOf(metadata?.user_id);
  const isNamed = field === "user" || field === "safety_identifier";
  return isNamed && user !== undefined ? { [field]: user } : undefined;
}

function outputLimit({ max_tokens }: MessagesRequest, { info }: WireTarget): JsonObject {
  if (max_tokens === undefined) return {};
  return { max_output_tokens: Math.max(LEAST_OUTPUT, Math.min(max_tokens, info?.maxOutput ?? max_tokens)) };
}

/** Models that reason refuse sampling while they do. */
function samplingOf(
  { temperature, top_p }: MessagesRequest,
  { reasons, effort }: Reasoning,
  drop: (path: string) => void,
): JsonObject {
  if (!reasons || effort === "none") {
    return {
      ...(temperature !== undefined && { temperature: Math.min(2, Math.max(0, temperature)) }),
      ...(top_p !== undefined && { top_p }),
    };
  }
  if (temperature !== undefined) drop("temperature");
  if (top_p !== undefined) drop("top_p");
  return {};
}

function formatOf({ output_config }: MessagesRequest): JsonObject | undefined {
  const format = recordOf(output_config?.format) as JsonObject;
  if (format.type !== "json_schema" || typeof format.schema !== "object") return undefined;
  const schema = closedSchema(format.schema);
  const strict = format.strict !== false && isStrictSchema(schema);
  const name = (textOf(format.name) ?? "answer").replace(/[^A-Za-z0-9_-]/g, "_").slice(0, NAMES.longest);
  return { type: "json_schema", name, schema: strict ? schema : format.schema, strict };
}

/**
 * What keeps the requests of a conversation at one cache: the client's own key, that of the settings, or the session
 * that Claude Code names in its user id. The rest of that id says who the person is, and stays here.
 */
function cacheKeyOf(request: MessagesRequest, { options }: WireTarget): string | undefined {
  const user = textOf(request.metadata?.user_id) ?? "";
  const session = /session_?(?:id)?[":\s_]*([0-9a-f]{8}-[0-9a-f-]{27})/i.exec(user)?.[1];
  return textOf(request.prompt_cache_key) ?? textOf(options["promptCacheKey"]) ?? session;
}
