import type { Json, JsonObject } from "../../model/conversation.ts";
import type { MessagesRequest, WireBlock, WireTool } from "../../model/messages.ts";
import { BadRequest, type ClientCall } from "../dialect.ts";
import { isObject, numberAt, objectAt } from "../members.ts";
import { messagesIn, textsIn } from "./contents.ts";
import { jsonSchemaOf, parametersOf } from "./json-schema.ts";
import { methodOf } from "./paths.ts";
import { messageOf, messagesOf } from "./proto.ts";

/**
 * A body of `generateContent`, `streamGenerateContent` or `countTokens` (https://ai.google.dev/api/generate-content) in
 * the canonical form. The model and whether it is streamed stand in the path. Throws `BadRequest`.
 */
export function decodeGemini(body: JsonObject, { path }: ClientCall): MessagesRequest {
  const outer = messageOf(body);
  const asked = isObject(outer["generateContentRequest"])
    ? messageOf(outer["generateContentRequest"])
    : outer;
  const called = methodOf(path);
  const config = messageOf(objectAt(asked, "generationConfig"));
  const named = typeof asked["model"] === "string" ? asked["model"].replace(/^models\//, "") : "";
  return {
    model: called?.model ?? named,
    stream: called?.method === "streamGenerateContent",
    system: textsIn(asked["systemInstruction"]),
    messages: messagesIn(asked["contents"]),
    ...toolsIn(asked),
    ...limitsIn(config),
    ...thinkingIn(config),
    rest: restIn(asked, config),
    restOf: "gemini",
    betas: [],
  };
}

const READ = new Set(["model", "contents", "systemInstruction", "tools", "toolConfig", "generationConfig"]);
const READ_CONFIG = new Set([
  "maxOutputTokens",
  "temperature",
  "topP",
  "topK",
  "stopSequences",
  "thinkingConfig",
  "responseMimeType",
  "responseJsonSchema",
  "responseSchema",
]);

/** What only Gemini has a word for: settings, and the tools that Google runs itself. */
function restIn(asked: JsonObject, config: JsonObject): JsonObject {
  const own = messagesOf(asked["tools"]).filter((it) => !("functionDeclarations" in it));
  const generationConfig = without(config, READ_CONFIG);
  return {
    ...without(asked, READ),
    ...(own.length > 0 && { tools: own }),
    ...(Object.keys(generationConfig).length > 0 && { generationConfig }),
  };
}

function without(members: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.has(name)));
}

type Members = Partial<MessagesRequest>;

function limitsIn(config: JsonObject): Members {
  const stops = config["stopSequences"];
  const most = numberAt(config, "maxOutputTokens");
  const temperature = numberAt(config, "temperature");
  const topP = numberAt(config, "topP");
  const topK = numberAt(config, "topK");
  return {
    ...(most !== undefined && { max_tokens: most }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(topK !== undefined && { top_k: topK }),
    ...(Array.isArray(stops) && {
      stop_sequences: stops.filter((it): it is string => typeof it === "string"),
    }),
  };
}

/** What it says of thinking and of the answer's form. */
function thinkingIn(config: JsonObject): Members {
  const { includeThoughts, thinkingLevel, thinkingBudget } = messageOf(config["thinkingConfig"]);
  const level = typeof thinkingLevel === "string" ? thinkingLevel.toLowerCase() : "";
  const effort = LEVELS.has(level) ? level : undefined;
  const budget = typeof thinkingBudget === "number" ? thinkingBudget : undefined;
  const thinking = thinkingBlock(
    budget,
    effort !== undefined || includeThoughts === true,
    includeThoughts === true,
  );
  const format = formatIn(config);
  return {
    ...(thinking && { thinking }),
    ...((effort !== undefined || format !== undefined) && {
      output_config: { ...(effort !== undefined && { effort }), ...(format && { format }) },
    }),
  };
}

const LEVELS = new Set(["minimal", "low", "medium", "high"]);

function thinkingBlock(budget: number | undefined, thinks: boolean, shows: boolean): WireBlock | undefined {
  const display = shows ? "summarized" : "omitted";
  if (budget === 0) return { type: "disabled" };
  if (budget !== undefined && budget > 0) return { type: "enabled", budget_tokens: budget, display };
  return thinks || budget !== undefined ? { type: "adaptive", display } : undefined;
}

function formatIn(config: JsonObject): JsonObject | undefined {
  const { responseMimeType, responseJsonSchema, responseSchema } = config;
  if (responseMimeType !== "application/json") return undefined;
  if (isObject(responseJsonSchema)) return { type: "json_schema", schema: responseJsonSchema };
  if (isObject(responseSchema)) return { type: "json_schema", schema: jsonSchemaOf(responseSchema) };
  return { type: "json_object" };
}

function toolsIn(asked: JsonObject): Members & { readonly tools: readonly WireTool[] } {
  const declared = messagesOf(asked["tools"]).flatMap((it) => messagesOf(it["functionDeclarations"]));
  const all = declared.map(toolOf);
  const config = messageOf(messageOf(asked["toolConfig"])["functionCallingConfig"]);
  const allowed = config["allowedFunctionNames"];
  const names = Array.isArray(allowed) ? allowed.filter((it): it is string => typeof it === "string") : [];
  const choice = choiceFor(config["mode"], names);
  const isAmong = choice?.type === "any" && names.length > 0;
  const tools = isAmong ? all.filter((it) => names.includes(it.name)) : all;
  return { tools, ...(choice && { tool_choice: choice }) };
}

function toolOf(declaration: JsonObject, index: number): WireTool {
  const { name, description, parameters, parametersJsonSchema } = declaration;
  if (typeof name !== "string" || name === "") {
    throw new BadRequest(`tools.functionDeclarations.${index}.name: a function needs a name`);
  }
  const schema = isObject(parametersJsonSchema) ? parametersJsonSchema : jsonSchemaOf(parameters);
  return {
    name,
    ...(typeof description === "string" && { description }),
    input_schema: parametersOf(schema),
  };
}

function choiceFor(mode: Json | undefined, names: readonly string[]): WireBlock | undefined {
  switch (mode) {
    case "AUTO":
    case "VALIDATED":
      return { type: "auto" };
    case "NONE":
      return { type: "none" };
    case "ANY": {
      const [only] = names;
      return names.length === 1 && only !== undefined ? { type: "tool", name: only } : { type: "any" };
    }
    default:
      return undefined;
  }
}
