import { carriedBy } from "../../model/carried.ts";
import type { Json, JsonObject } from "../../model/conversation.ts";
import type { MessagesAnswer, WireBlock, WireUsage } from "../../model/messages.ts";
import type { AnswerForm } from "../dialect.ts";
import { isObject } from "../members.ts";
import { thoughtSignatureFor } from "./signatures.ts";

/** A whole answer as a `GenerateContentResponse` (https://ai.google.dev/api/generate-content#generatecontentresponse). */
export function geminiAnswer(answer: MessagesAnswer, form: AnswerForm): JsonObject {
  const parts = answer.content.flatMap(partsOf);
  const finishReason = finishReasonOf(answer.stop_reason);
  return responseOf({ parts, finishReason, usage: answer.usage, id: answer.id }, form);
}

/** What stands in one response. */
export interface ResponseParts {
  readonly parts: readonly JsonObject[];
  readonly finishReason?: string;
  readonly usage?: WireUsage | undefined;
  /** The vendor's id of the answer; "" when it gave none. */
  readonly id: string;
}

/** A response with one candidate. */
export function responseOf({ parts, finishReason, usage, id }: ResponseParts, form: AnswerForm): JsonObject {
  return {
    candidates: [
      {
        // Clients take a content without parts for a broken answer.
        content: { parts: parts.length > 0 ? parts : [{ text: "" }], role: "model" },
        ...(finishReason !== undefined && { finishReason }),
        index: 0,
      },
    ],
    ...(usage && { usageMetadata: usageMetadataOf(usage) }),
    modelVersion: form.model,
    responseId: id === "" ? form.id : id,
  };
}

/** A block as parts; none for what has no form here. */
export function partsOf(block: WireBlock): readonly JsonObject[] {
  switch (block.type) {
    case "text":
      return typeof block["text"] === "string" && block["text"] !== ""
        ? [{ text: block["text"], ...carriedSignature(block) }]
        : [];
    case "thinking":
      return thoughtParts(block);
    case "tool_use":
      return [callPart(block, isObject(block["input"]) ? block["input"] : {})];
    case "image":
    case "audio":
    case "video":
    case "document":
      return mediaParts(block["source"]);
    default:
      return [];
  }
}

/** A call, always whole. */
export function callPart(block: WireBlock, args: JsonObject): JsonObject {
  const functionCall = { id: block["id"] ?? "", name: block["name"] ?? "", args };
  return { functionCall, ...carriedSignature(block) };
}

/** A thought with its signature, Gemini's own or another vendor's; none when there is neither. */
export function thoughtParts(block: WireBlock): readonly JsonObject[] {
  const text = typeof block["thinking"] === "string" ? block["thinking"] : "";
  const signature =
    typeof block["signature"] === "string" ? thoughtSignatureFor(block["signature"]) : undefined;
  if (text === "" && signature === undefined) return [];
  return [{ text, thought: true, ...(signature !== undefined && { thoughtSignature: signature }) }];
}

function carriedSignature(block: WireBlock): JsonObject {
  const signature = carriedBy(block, "gemini");
  return typeof signature === "string" && signature !== "" ? { thoughtSignature: signature } : {};
}

function mediaParts(source: Json | undefined): readonly JsonObject[] {
  if (!isObject(source)) return [];
  const mimeType = typeof source["media_type"] === "string" ? { mimeType: source["media_type"] } : {};
  if (typeof source["data"] === "string") return [{ inlineData: { ...mimeType, data: source["data"] } }];
  return typeof source["url"] === "string" ? [{ fileData: { ...mimeType, fileUri: source["url"] } }] : [];
}

/** Why it ended, in the API's words; a call is no reason of its own. */
export function finishReasonOf(stop: string | null): string {
  switch (stop) {
    case "max_tokens":
    case "model_context_window_exceeded":
      return "MAX_TOKENS";
    case "refusal":
      return "SAFETY";
    default:
      return "STOP";
  }
}

/** Usage with the prompt's whole count, and thoughts beside the candidates. */
export function usageMetadataOf(usage: WireUsage): JsonObject {
  const cached = usage.cache_read_input_tokens;
  const prompt = usage.input_tokens + cached + usage.cache_creation_input_tokens;
  const thoughts = Math.min(usage.output_tokens, usage.output_tokens_details?.thinking_tokens ?? 0);
  return {
    promptTokenCount: prompt,
    ...(cached > 0 && { cachedContentTokenCount: cached }),
    candidatesTokenCount: usage.output_tokens - thoughts,
    ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
    totalTokenCount: prompt + usage.output_tokens,
  };
}
