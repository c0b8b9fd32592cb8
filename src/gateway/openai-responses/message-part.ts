import type { JsonObject } from "../../model/conversation.ts";
import { recordOf, textOf } from "../../model/record.ts";
import { emit, emitAdded, emitDone, emitOf, type MessagePart, nextId, type Writing } from "./writing.ts";

/** Begins a message (OpenAI API reference, Responses, "Streaming events"). */
export function beginMessage(writing: Writing): MessagePart {
  const id = `msg_${nextId(writing)}`;
  const part: MessagePart = {
    kind: "message",
    id,
    phase: writing.phase,
    annotations: [],
    text: "",
    start: 0,
  };
  writing.phase = undefined;
  emitAdded(writing, itemOf(part, "in_progress", []));
  emitOf(writing, id, "response.content_part.added", { content_index: 0, part: contentOf(part) });
  return part;
}

/** Adds text. */
export function addText(writing: Writing, part: MessagePart, more: string): void {
  part.text += more;
  const delta = { content_index: 0, delta: more, logprobs: [] };
  emitOf(writing, part.id, "response.output_text.delta", delta);
}

/** Ends a block of text: its sources are told. The message may go on. */
export function endTextBlock(writing: Writing, part: MessagePart): void {
  for (const it of writing.cited) {
    const { url, title } = recordOf(it);
    const address = textOf(url);
    if (address === undefined) continue;
    const annotation = {
      type: "url_citation",
      url: address,
      title: textOf(title) ?? address,
      start_index: part.start,
      end_index: part.text.length,
    };
    const at = { content_index: 0, annotation_index: part.annotations.length };
    emitOf(writing, part.id, "response.output_text.annotation.added", { ...at, annotation });
    part.annotations.push(annotation);
  }
  writing.cited = [];
  part.start = part.text.length;
}

/** Ends a message. */
export function endMessage(writing: Writing, part: MessagePart): void {
  endTextBlock(writing, part);
  const done = { content_index: 0, text: part.text, logprobs: [] };
  emitOf(writing, part.id, "response.output_text.done", done);
  emitOf(writing, part.id, "response.content_part.done", { content_index: 0, part: contentOf(part) });
  emitDone(writing, itemOf(part, "completed", [contentOf(part)]));
}

function contentOf({ annotations, text }: MessagePart): JsonObject {
  return { type: "output_text", annotations: [...annotations], logprobs: [], text };
}

function itemOf({ id, phase }: MessagePart, status: string, content: readonly JsonObject[]): JsonObject {
  return {
    id,
    type: "message",
    status,
    content,
    role: "assistant",
    ...(phase !== undefined && { phase }),
  };
}

/** A web search that another vendor has made, whole. */
export function writeSearch(writing: Writing, blockId: string | undefined, input: JsonObject): void {
  const bare = (blockId ?? nextId(writing)).replace(/^srvtoolu_/, "").replace(/^ws_/, "");
  const id = `ws_${bare}`;
  const action = { type: "search", query: "", ...input };
  const item = { id, type: "web_search_call", status: "completed", action };
  const at = { output_index: writing.output.length, item_id: id };
  emitAdded(writing, { ...item, status: "in_progress" });
  for (const it of ["in_progress", "searching", "completed"])
    emit(writing, `response.web_search_call.${it}`, at);
  emitDone(writing, item);
}
