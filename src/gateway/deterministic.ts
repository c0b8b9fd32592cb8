import { recordOf } from "../model/record.ts";
import type { Asking } from "./ask.ts";

type Members = Readonly<Record<string, unknown>>;

/**
 * Whether the same request may be answered with the same words: it asks for no chance (temperature 0, one answer), and
 * everything its answer depends on stands in it. So nothing that the vendor does or keeps itself: no searches, programs
 * or files of its own, no conversation it remembers, no pictures and documents by address. What only may be so counts
 * as not so.
 */
export function isDeterministic({ dialect, body, call }: Asking): boolean {
  return ASKED[dialect.name]?.(body) === true && !OUTSIDE.test(call.body);
}

/** Members that lead out of the request. Inside texts quotes are escaped, so words never look like one. */
const OUTSIDE =
  /"(?:url|image_url|file_url|file_uri|fileUri|file_id|container_id)"\s*:\s*"(?!data:)|"type"\s*:\s*"item_reference"/;

const ASKED: Readonly<Record<string, (body: Members) => boolean>> = {
  anthropic: (it) =>
    it["temperature"] === 0 && hasOnly(it["tools"], isOwnTool) && lacks(it, ["mcp_servers", "container"]),
  "openai-chat": (it) =>
    it["temperature"] === 0 &&
    isOne(it["n"]) &&
    it["store"] !== true &&
    hasOnly(it["tools"], isOwnTool) &&
    lacks(it, ["web_search_options", "prediction", "audio"]),
  "openai-responses": (it) =>
    it["temperature"] === 0 &&
    it["store"] !== true &&
    it["background"] !== true &&
    hasOnly(it["tools"], isOwnTool) &&
    lacks(it, ["previous_response_id", "conversation", "prompt"]),
  gemini(it) {
    const config = recordOf(it["generationConfig"]);
    return (
      config["temperature"] === 0 &&
      isOne(config["candidateCount"]) &&
      hasOnly(it["tools"], declaresFunctions) &&
      lacks(it, ["cachedContent", "cached_content"])
    );
  },
};

function isOne(count: unknown): boolean {
  return count === undefined || count === null || count === 1;
}

function lacks(body: Members, names: readonly string[]): boolean {
  return names.every((it) => body[it] === undefined || body[it] === null);
}

function hasOnly(tools: unknown, fits: (tool: Members) => boolean): boolean {
  if (tools === undefined || tools === null) return true;
  return Array.isArray(tools) && tools.every((it) => fits(recordOf(it)));
}

/** A tool that the client runs; others are run by the vendor, or belong to a type that may be. */
function isOwnTool({ type }: Members): boolean {
  return type === undefined || type === "function" || type === "custom";
}

function declaresFunctions(tool: Members): boolean {
  return Object.keys(tool).every((it) => it === "functionDeclarations" || it === "function_declarations");
}
