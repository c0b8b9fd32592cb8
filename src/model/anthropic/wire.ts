import { mergeListed, undescribed } from "../anthropic-models.ts";
import { type CatalogModel, catalogued } from "../catalog.ts";
import { classify } from "../classify.ts";
import type { JsonObject } from "../conversation.ts";
import type { Failure } from "../failure.ts";
import type { MessagesRequest, WireTool } from "../messages.ts";
import { countOf, recordOf, textOf } from "../record.ts";
import { toolNames } from "../tool-names.ts";
import type { Encoded, Refusal, Wire, WireTarget } from "../wire.ts";
import { answerIn, anthropicDecoder } from "./answer.ts";
import { fewerMarks } from "./cache-marks.ts";
import { spokenFor } from "./conversation.ts";
import { formatOf, hasCallUnthought, thinkingFor } from "./thinking.ts";
import { sentTool } from "./tools.ts";

/** The version that still takes temperature, which other dialects' clients send (API overview, "Versions"). */
const VERSION = "2023-06-01";

/** Claude by HTTP: for clients of other dialects, and for conversations in which other vendors have answered. */
export const anthropicWire: Wire = {
  authorize: anthropicKey,
  encode,
  answer: answerIn,
  decoder: anthropicDecoder,
  failure: failureOf,
  list: {
    path: "/v1/models?limit=1000",
    headers: { "anthropic-version": VERSION },
    read: (body) => {
      const { data } = recordOf(body);
      return mergeListed(Array.isArray(data) ? data : []).map((it) => it.info);
    },
  },
  count: {
    encode: (request, target) => {
      const encoded = encode(request, target);
      const { max_tokens: _, stream: __, metadata: ___, ...body } = encoded.body;
      return { ...encoded, path: "/v1/messages/count_tokens", body };
    },
    read: (body) => countOf(recordOf(body)["input_tokens"]),
  },
};

/** Headers for a key: tokens of a login go by Bearer only (API overview, "Authentication"). */
export function anthropicKey(key: string): Readonly<Record<string, string>> {
  return key.startsWith("sk-ant-oat") ? { authorization: `Bearer ${key}` } : { "x-api-key": key };
}

/** Output asked for when a client names none. */
const DEFAULT_OUTPUT = 32_000;

function encode(request: MessagesRequest, { model, info }: WireTarget): Encoded {
  const known = catalogued(model);
  const described: CatalogModel = known ?? { ...undescribed(model), ...(info && { info }) };
  const names = toolNames({ signs: "a-zA-Z0-9_-", longest: 64 });
  const spoken = spokenFor(request, known, names);
  const wanted = Math.min(request.max_tokens ?? DEFAULT_OUTPUT, described.info.maxOutput);
  const { thinking, effort, maxTokens } = thinkingFor(request, described, wanted);
  const marked = fewerMarks({ ...spoken, tools: request.tools.map((it) => sentTool(it, names)) });
  const choice = choiceFor(request, described, names.sent, marked.tools);
  const isForced = choice?.["type"] === "any" || choice?.["type"] === "tool";
  // A forced call leaves no room for thinking with a budget; nor does one that was made without.
  const isTight = isForced || hasCallUnthought(spoken.messages);
  const thinks = thinking?.type === "enabled" && isTight ? undefined : thinking;
  const sampling = described.sampling && thinks?.type !== "enabled" ? samplingOf(request) : {};
  const stops = request.stop_sequences?.filter((it) => it.trim() !== "") ?? [];
  const output = { ...formatOf(request), ...(effort && { effort }) };
  const own = request.restOf === undefined ? request.rest : {};
  const body = {
    ...own,
    model,
    max_tokens: maxTokens,
    stream: request.stream,
    ...(marked.system.length > 0 && { system: marked.system }),
    ...(marked.tools.length > 0 && { tools: marked.tools }),
    messages: marked.messages,
    ...(choice && { tool_choice: choice }),
    ...(thinks && { thinking: thinks }),
    ...(Object.keys(output).length > 0 && { output_config: output }),
    ...sampling,
    ...(stops.length > 0 && { stop_sequences: stops }),
    ...(request.metadata && { metadata: request.metadata }),
  } as unknown as JsonObject;
  return {
    path: "/v1/messages",
    headers: {
      "anthropic-version": VERSION,
      ...(request.betas.length > 0 && { "anthropic-beta": request.betas.join(",") }),
    },
    body,
    dropped: [
      ...Object.keys(request.rest).filter((it) => !(it in own)),
      ...SAMPLING.filter((it) => request[it] !== undefined && !(it in sampling)),
      ...(thinks === thinking ? [] : ["thinking"]),
    ],
    reading: { nameOf: names.nameOf, model },
  };
}

const SAMPLING = ["temperature", "top_p", "top_k"] as const;

/** Of both temperature and `top_p` later models take only one. */
function samplingOf({ temperature, top_p, top_k }: MessagesRequest): JsonObject {
  return {
    ...(temperature !== undefined && { temperature: Math.min(1, Math.max(0, temperature)) }),
    ...(temperature === undefined && top_p !== undefined && { top_p }),
    ...(top_k !== undefined && { top_k }),
  };
}

function choiceFor(
  { tool_choice: asked }: MessagesRequest,
  model: CatalogModel,
  sent: (name: string) => string,
  tools: readonly WireTool[],
): JsonObject | undefined {
  if (asked === undefined || tools.length === 0) return undefined;
  const { type } = asked;
  const isForced = type === "any" || type === "tool";
  if (isForced && !model.forcedCalls) return { ...limitOf(asked), type: "auto" };
  const name = textOf(asked["name"]);
  return { ...asked, ...(name !== undefined && { name: sent(name) }) };
}

function limitOf({ disable_parallel_tool_use: isOne }: JsonObject): JsonObject {
  return isOne === true ? { disable_parallel_tool_use: true } : {};
}

function failureOf({ status, headers, body }: Refusal): Failure {
  const parsed = parsedOf(body);
  const error = recordOf(recordOf(parsed)["error"]);
  return classify({
    name: "APIError",
    message: textOf(error["message"]) ?? body.slice(0, 500),
    status,
    error: parsed,
    type: error["type"],
    errorCode: recordOf(error["details"])["error_code"],
    headers: new Headers(headers),
    requestID: headers["request-id"],
  });
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in between: then the status is all that tells.
    return undefined;
  }
}
