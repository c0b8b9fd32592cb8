import type { JsonObject } from "../../model/conversation.ts";
import { NO_WIRE_USAGE, type StreamEvent, type WireBlock, type WireUsage } from "../../model/messages.ts";
import type { AnswerForm, StreamEncoder } from "../dialect.ts";
import { isObject } from "../members.ts";
import { callPart, finishReasonOf, partsOf, responseOf, thoughtParts } from "./answer.ts";
import { geminiRefusal } from "./refusal.ts";

/**
 * Writes an answer as responses one after another: server-sent events, or the list that the API sends when a client
 * does not ask for `alt=sse`. Calls are written whole.
 */
export function geminiEncoder(form: AnswerForm): StreamEncoder {
  const chunks = responsesFor(form);
  if (form.query === undefined || form.query.get("alt") === "sse") {
    return {
      take: (event) =>
        chunks(event)
          .map((it) => `data: ${JSON.stringify(it)}\r\n\r\n`)
          .join(""),
    };
  }
  let written = 0;
  return {
    type: "application/json",
    take(event) {
      const texts = chunks(event).map((it) => `${written++ === 0 ? "[" : ",\r\n"}${JSON.stringify(it)}`);
      const isLast = event.type === "message_stop" || event.type === "error";
      return texts.join("") + (isLast ? (written === 0 ? "[]" : "]") : "");
    },
  };
}

/** What is known of an answer while it is written. */
interface Written {
  id: string;
  usage: WireUsage;
  /** The block that has begun, and the JSON of its input so far. */
  block: WireBlock | undefined;
  input: string;
}

function responsesFor(form: AnswerForm): (event: StreamEvent) => readonly JsonObject[] {
  const it: Written = { id: "", usage: NO_WIRE_USAGE, block: undefined, input: "" };
  const parts = (all: readonly JsonObject[]) =>
    all.length > 0 ? [responseOf({ parts: all, id: it.id }, form)] : [];
  return (event) => {
    switch (event.type) {
      case "message_start":
        it.id = event.message.id;
        it.usage = event.message.usage;
        return [];
      case "content_block_start":
        it.block = event.content_block;
        it.input = "";
        return event.content_block.type === "tool_use" ? [] : parts(partsOf(event.content_block));
      case "content_block_delta":
        return parts(deltaParts(it, event.delta));
      case "content_block_stop":
        return it.block?.type === "tool_use" ? parts([callPart(it.block, inputOf(it))]) : [];
      case "message_delta": {
        const usage = { ...it.usage, ...event.usage };
        const finishReason = finishReasonOf(event.delta.stop_reason);
        return [responseOf({ parts: [], finishReason, usage, id: it.id }, form)];
      }
      case "error":
        return [
          geminiRefusal({ failure: event.failure, status: event.failure.status ?? 500, requestId: "" }),
        ];
      default:
        return [];
    }
  };
}

function deltaParts(it: Written, delta: WireBlock): readonly JsonObject[] {
  switch (delta.type) {
    case "text_delta":
      return partsOf({ type: "text", text: delta["text"] ?? "" });
    case "thinking_delta":
      return thoughtParts({ type: "thinking", thinking: delta["thinking"] ?? "" });
    case "signature_delta":
      return thoughtParts({ type: "thinking", signature: delta["signature"] ?? "" });
    case "input_json_delta":
      it.input += typeof delta["partial_json"] === "string" ? delta["partial_json"] : "";
      return [];
    default:
      return [];
  }
}

/** What the deltas made of the input; without any, what the block began with. */
function inputOf({ block, input }: Written): JsonObject {
  const begun = block?.["input"];
  if (input.trim() === "") return isObject(begun) ? begun : {};
  try {
    const value = JSON.parse(input);
    return isObject(value) ? value : {};
  } catch {
    // An answer that was cut at its limit: a call without arguments is all that can be told.
    return {};
  }
}
