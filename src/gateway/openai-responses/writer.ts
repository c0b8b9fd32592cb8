import type { JsonObject } from "../../model/conversation.ts";
import type { StreamEvent, WireBlock } from "../../model/messages.ts";
import { recordOf, textOf } from "../../model/record.ts";
import type { AnswerForm } from "../dialect.ts";
import { addInput, beginCall, endCall } from "./call-part.ts";
import { addText, beginMessage, endMessage, endTextBlock, writeSearch } from "./message-part.ts";
import { addThinking, beginReasoning, endReasoning } from "./reasoning-part.ts";
import { responseError } from "./refusal.ts";
import { bareId, incompleteReason } from "./response.ts";
import { beginWriting, emit, responseOf, type Writing } from "./writing.ts";

/** Writes an answer as a response and its events. */
export interface ResponseWriter {
  take(event: StreamEvent): void;
  /** The response as far as it has come. */
  response(): JsonObject;
}

/** A writer; without `send` only the whole response is of interest. */
export function responseWriter(form: AnswerForm, send?: (event: JsonObject) => void): ResponseWriter {
  const writing = beginWriting(form, send);
  return { take: (event) => take(writing, event), response: () => responseOf(writing) };
}

function take(writing: Writing, event: StreamEvent): void {
  switch (event.type) {
    case "message_start":
      writing.id = bareId(event.message.id, writing.form.id);
      writing.usage = event.message.usage;
      emit(writing, "response.created", { response: responseOf(writing) });
      emit(writing, "response.in_progress", { response: responseOf(writing) });
      break;
    case "content_block_start":
      begin(writing, event.content_block);
      break;
    case "content_block_delta":
      add(writing, event.delta);
      break;
    case "content_block_stop":
      // Text may go on in the next block; all else ends with its own.
      if (writing.open?.kind === "message") endTextBlock(writing, writing.open);
      else end(writing);
      break;
    case "message_delta":
      writing.stop = event.delta.stop_reason;
      writing.usage = { ...writing.usage, ...event.usage };
      break;
    case "message_stop":
      finish(writing);
      break;
    case "error":
      end(writing);
      writing.state = { status: "failed", error: responseError(event.failure) };
      emit(writing, "response.failed", { response: responseOf(writing) });
      break;
  }
}

function finish(writing: Writing): void {
  end(writing);
  const reason = incompleteReason(writing.stop);
  const status = reason === undefined ? "completed" : "incomplete";
  writing.state = { status, usage: writing.usage, ...(reason !== undefined && { reason }) };
  emit(writing, `response.${status}`, { response: responseOf(writing) });
}

function begin(writing: Writing, block: WireBlock): void {
  writing.cited = Array.isArray(block.citations) ? block.citations : [];
  if (block.type === "text") return say(writing, textOf(block.text));
  end(writing);
  if (block.type === "tool_use") writing.open = beginCall(writing, block);
  else if (block.type === "thinking" || block.type === "redacted_thinking") {
    const part = beginReasoning(writing, block);
    writing.open = part;
    const thought = textOf(block.thinking);
    if (thought !== undefined) addThinking(writing, part, thought);
  } else if (block.type === "server_tool_use" && block.name === "web_search")
    writeSearch(writing, textOf(block.id), recordOf(block.input) as JsonObject);
}

function say(writing: Writing, text: string | undefined): void {
  if (text === undefined) return;
  if (writing.open?.kind !== "message") end(writing);
  const part = writing.open?.kind === "message" ? writing.open : beginMessage(writing);
  writing.open = part;
  addText(writing, part, text);
}

function add(writing: Writing, delta: WireBlock): void {
  const { open } = writing;
  if (delta.type === "text_delta") return say(writing, textOf(delta.text));
  if (delta.type === "citations_delta") writing.cited = [...writing.cited, delta.citation ?? null];
  if (open?.kind === "call" && delta.type === "input_json_delta")
    addInput(writing, open, textOf(delta.partial_json) ?? "");
  if (open?.kind !== "reasoning") return;
  if (delta.type === "signature_delta") open.signature += textOf(delta.signature) ?? "";
  const thought = textOf(delta.thinking);
  if (delta.type === "thinking_delta" && thought !== undefined) addThinking(writing, open, thought);
}

function end(writing: Writing): void {
  const { open } = writing;
  writing.open = undefined;
  if (open?.kind === "message") endMessage(writing, open);
  else if (open?.kind === "call") endCall(writing, open);
  else if (open?.kind === "reasoning") endReasoning(writing, open);
}
