import type { Json, JsonObject } from "../conversation.ts";
import { geminiModel } from "../gemini-models.ts";
import type { MessagesRequest, WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { toolNames } from "../tool-names.ts";
import type { Encoded, WireTarget } from "../wire.ts";
import { contentsOf } from "./contents.ts";
import { jsonSchemaForGemini } from "./schema.ts";
import type { SignatureMemory } from "./signatures.ts";
import { generationOf, isGemini3, thinkingConfigFor } from "./thinking.ts";
import { FUNCTION_NAMES, toolsFor } from "./tools.ts";
import { openingOf, turnsOf } from "./turns.ts";

/**
 * A request of `generateContent` (https://ai.google.dev/api/generate-content). Options of the provider:
 * `parametersJsonSchema: true` sends tools' schemas nearly as they are, `callIds` says whether ids of calls are sent,
 * `safetySettings` are sent as they are.
 */
export function encodeGemini(request: MessagesRequest, target: WireTarget, memory: SignatureMemory): Encoded {
  const dropped: string[] = [];
  const drop = (path: string) => void dropped.push(path);
  const names = toolNames(FUNCTION_NAMES);
  const { model, options } = target;
  const opening = openingOf(request.messages);
  const system = systemParts([...request.system, ...opening.system]);
  const contents = contentsOf(turnsOf(opening.messages), {
    nameOf: names.sent,
    memory,
    isGemini3: isGemini3(model),
    ids: typeof options["callIds"] === "boolean" ? options["callIds"] : isGemini3(model),
    drop: (path) => drop(shifted(path, opening.skipped)),
  });
  const own = ownIn(request);
  const tools = toolsFor(request, names.sent, options["parametersJsonSchema"] === true, drop);
  const generationConfig = { ...own.config, ...configFor(request, target, "tools" in tools, drop) };
  const { safetySettings } = options;
  if (request.metadata !== undefined) drop("metadata");
  if (request.restOf !== "gemini") for (const it of Object.keys(request.rest)) if (!(it in OTHERS)) drop(it);
  return {
    path: `${pathOf(model)}:${request.stream ? "streamGenerateContent?alt=sse" : "generateContent"}`,
    headers: {},
    body: {
      ...own.members,
      ...(system.length > 0 && { systemInstruction: { parts: system } }),
      contents,
      ...tools,
      ...(own.tools.length > 0 && { tools: [...listOf(tools["tools"]), ...own.tools] }),
      ...(Object.keys(generationConfig).length > 0 && { generationConfig }),
      ...(Array.isArray(safetySettings) && { safetySettings }),
    },
    dropped,
    reading: { nameOf: names.nameOf, model },
  };
}

/** What a client of Gemini's own asked that has no word in the canonical form. */
function ownIn({ rest, restOf }: MessagesRequest): {
  readonly members: JsonObject;
  readonly tools: readonly Json[];
  readonly config: JsonObject;
} {
  if (restOf !== "gemini") return { members: {}, tools: [], config: othersIn(rest) };
  const { tools, generationConfig, ...members } = rest;
  return { members, tools: listOf(tools), config: recordOf(generationConfig) as JsonObject };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** The path of a model, without a method. */
export function pathOf(model: string): string {
  return `/v1beta/models/${encodeURIComponent(model.replace(/^models\//, ""))}`;
}

/** A path in the messages behind those that began as "system". */
function shifted(path: string, by: number): string {
  return path.replace(/^messages\.(\d+)/, (_, index) => `messages.${Number(index) + by}`);
}

function systemParts(blocks: readonly WireBlock[]): readonly JsonObject[] {
  return blocks
    .map((it) => (it.type === "text" ? (textOf(it["text"]) ?? "") : ""))
    .filter((it) => it.trim() !== "")
    .map((text) => ({ text }));
}

/** Members of other vendors' bodies that `generationConfig` has under another name. */
const OTHERS: Readonly<Record<string, string>> = {
  seed: "seed",
  presence_penalty: "presencePenalty",
  frequency_penalty: "frequencyPenalty",
};

function othersIn(rest: JsonObject): JsonObject {
  const found = Object.entries(OTHERS).filter(([name]) => typeof rest[name] === "number");
  return Object.fromEntries(found.map(([name, own]) => [own, rest[name] ?? 0]));
}

/** Most texts at which an answer may be told to stop. */
const MOST_STOPS = 5;

function configFor(
  request: MessagesRequest,
  { model, info }: WireTarget,
  hasTools: boolean,
  drop: (path: string) => void,
): JsonObject {
  const stops = request.stop_sequences?.filter((it) => it !== "") ?? [];
  if (stops.length > MOST_STOPS) drop("stop_sequences");
  const maxOutputTokens = limitFor(request, model, info?.maxOutput);
  const thinkingConfig = thinkingConfigFor(request, model);
  if (request.thinking !== undefined && thinkingConfig === undefined) drop("thinking");
  return {
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(request.temperature !== undefined && { temperature: Math.min(2, Math.max(0, request.temperature)) }),
    ...(request.top_p !== undefined && { topP: request.top_p }),
    ...(request.top_k !== undefined && { topK: request.top_k }),
    ...(stops.length > 0 && { stopSequences: stops.slice(0, MOST_STOPS) }),
    ...(thinkingConfig && { thinkingConfig }),
    ...formatFor(request, model, hasTools, drop),
  };
}

function limitFor(
  { max_tokens, stream }: MessagesRequest,
  model: string,
  most: number | undefined,
): number | undefined {
  if (max_tokens === undefined) return undefined;
  const unstreamed = stream ? undefined : geminiModel(model)?.maxUnstreamed;
  return Math.min(max_tokens, most ?? max_tokens, unstreamed ?? max_tokens);
}

function formatFor(
  { output_config }: MessagesRequest,
  model: string,
  hasTools: boolean,
  drop: (path: string) => void,
): JsonObject {
  const { type, schema } = recordOf(output_config?.["format"]);
  if (type !== "json_schema" && type !== "json_object") return {};
  // Before Gemini 3 a form and functions cannot be asked for at once.
  if (hasTools && (generationOf(model) ?? 0) < 3) {
    drop("output_config.format");
    return {};
  }
  const hasSchema = type === "json_schema" && typeof schema === "object" && schema !== null;
  return {
    responseMimeType: "application/json",
    ...(hasSchema && { responseJsonSchema: jsonSchemaForGemini(schema as JsonObject) }),
  };
}
