import type { JsonObject } from "../conversation.ts";
import type { WireBlock } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { type Encoding, sentId } from "./encoding.ts";
import { markedText, type Part, partsOf } from "./parts.ts";

/** A result of a call: its message, and the parts that have to stand in the next message of the user. */
export interface SentResult {
  readonly message: JsonObject;
  readonly beside: readonly Part[];
}

/** What answers a call whose result was never given, as the vendor wants an answer to every call. */
const INTERRUPTED = "[interrupted: this call gave no result]";

/** The message that answers a call; `result` is absent when there was none. */
export function resultMessage(
  id: string,
  result: { readonly block: WireBlock; readonly path: string } | undefined,
  encoding: Encoding,
): SentResult {
  const { text, media } = result
    ? readResult(result.block, result.path, encoding)
    : { text: INTERRUPTED, media: [] };
  const message = { role: "tool", tool_call_id: sentId(id, encoding) };
  if (media.length === 0) {
    return { message: { ...message, content: markedText(text, result?.block, encoding) }, beside: [] };
  }
  if (encoding.options.arraysInToolMessages) {
    return { message: { ...message, content: [...textParts(text), ...media] }, beside: [] };
  }
  const label = { type: "text", text: `What the call ${sentId(id, encoding)} returned:` };
  return {
    message: {
      ...message,
      content: text === "" ? "The result stands in the next message of the user." : text,
    },
    beside: [label, ...media],
  };
}

/** A result without its call, as text and parts of the user. */
export function orphanParts(block: WireBlock, path: string, encoding: Encoding): readonly Part[] {
  const { text, media } = readResult(block, path, encoding);
  return [...textParts(`[result of an earlier call]\n${text}`), ...media];
}

function textParts(text: string): readonly Part[] {
  return text === "" ? [] : [{ type: "text", text }];
}

function readResult(
  block: WireBlock,
  path: string,
  encoding: Encoding,
): { readonly text: string; readonly media: readonly Part[] } {
  const texts: string[] = [];
  const media: Part[] = [];
  for (const [index, item] of itemsOf(block["content"]).entries()) {
    const type = textOf(recordOf(item)["type"]);
    if (typeof item === "string") texts.push(item);
    else if (type === undefined || !PARTS.includes(type)) texts.push(JSON.stringify(item));
    else {
      for (const part of partsOf(item as WireBlock, `${path}.content.${index}`, encoding)) {
        if (part.type === "text") texts.push(String(part["text"]));
        else media.push(part);
      }
    }
  }
  const text = texts.join("\n");
  return { text: block["is_error"] === true ? `Error: ${text}`.trimEnd() : text, media };
}

/** Blocks of a result that have a form of their own; all others are told as JSON. */
const PARTS = ["text", "image", "audio", "video", "document", "search_result"];

function itemsOf(content: unknown): readonly unknown[] {
  if (content === undefined || content === null) return [];
  return Array.isArray(content) ? content : [content];
}
