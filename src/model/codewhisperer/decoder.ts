import { type AnswerWriter, answerWriter } from "../answer-writer.ts";
import { carriedSignature } from "../carried.ts";
import { countOf, recordOf, textOf } from "../record.ts";
import { readToolInput } from "../tool-input.ts";
import type { Decoder, Reading } from "../wire.ts";
import { failureOfException } from "./failure.ts";
import { type Frame, frameReader } from "./frames.ts";
import { type ToldUsage, usageOf } from "./usage.ts";

/** For whom signatures of its thinking are carried. */
export const CODEWHISPERER_VENDOR = "codewhisperer";

/** A call whose input has not come in whole. */
interface Call {
  name: string;
  raw: string;
}

/** What has been read. */
interface State {
  readonly writer: AnswerWriter;
  readonly reading: Reading;
  readonly calls: Map<string, Call>;
  readonly ended: Set<string>;
  readonly usage: ToldUsage;
}

/** Reads an event stream of the service. Text is passed on as it comes, a call when it is whole; unknown events say nothing. */
export function codewhispererDecoder(reading: Reading): Decoder {
  const source = frameReader();
  const writer = answerWriter();
  const usage: ToldUsage = { tokens: undefined, percentage: undefined, said: 0 };
  const state: State = { writer, reading, calls: new Map(), ended: new Set(), usage };
  return {
    take(bytes) {
      if (writer.hasEnded) return [];
      const { frames, damage } = source.take(bytes);
      for (const it of frames) if (!writer.hasEnded) readFrame(state, it);
      if (damage !== undefined) writer.fail({ kind: "cut", message: `The stream is damaged: ${damage}.` });
      return writer.take();
    },
    end() {
      if (writer.hasEnded) return [];
      const isWhole = source.isBetweenFrames() && state.calls.size === 0 && writer.hasStarted;
      if (isWhole) finish(state, writer.hasCalls ? "tool_use" : "end_turn");
      else writer.fail({ kind: "cut", message: "The stream ended before the answer." });
      return writer.take();
    },
  };
}

function finish({ writer, usage, reading }: State, stop: string): void {
  writer.finish(stop, usageOf(usage, reading));
}

function readFrame(state: State, { headers, payload }: Frame): void {
  const body = payloadOf(payload);
  const type = headers[":message-type"];
  if (type === "error") {
    const message = headers[":error-message"] ?? headers[":error-code"];
    state.writer.fail(failureOfException(headers[":error-code"] ?? "", { message }));
  } else if (type === "exception") readException(state, headers[":exception-type"] ?? "", body);
  else if (body === undefined)
    state.writer.fail({ kind: "cut", message: "An event of the stream is no JSON." });
  else readEvent(state, headers[":event-type"] ?? "", recordOf(body));
}

function payloadOf(payload: Uint8Array): unknown {
  if (payload.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    // Its checksum matched: the service has written something else.
    return undefined;
  }
}

function readException(state: State, type: string, body: unknown): void {
  const hasSaid = state.writer.hasCalls || state.usage.said > 0;
  if (type === "ContentLengthExceededException" && hasSaid) return finish(state, "max_tokens");
  const failure = failureOfException(type, body);
  state.writer.fail(failure.kind === "unknown" ? { ...failure, kind: "server" } : failure);
}

function readEvent(state: State, type: string, it: Readonly<Record<string, unknown>>): void {
  const { writer, usage, reading } = state;
  writer.start({ id: textOf(it.utteranceId) ?? textOf(it.conversationId) ?? "", model: reading.model });
  switch (type) {
    case "assistantResponseEvent": {
      const text = textOf(it.content) ?? "";
      usage.said += text.length;
      writer.text(text);
      break;
    }
    case "reasoningContentEvent":
      readReasoning(state, it);
      break;
    case "toolUseEvent":
      readToolUse(state, it);
      break;
    case "metadataEvent":
      usage.tokens = it.tokenUsage ?? usage.tokens;
      break;
    case "contextUsageEvent":
      usage.percentage = countOf(it.contextUsagePercentage) ?? usage.percentage;
      break;
    case "invalidStateEvent":
      writer.fail({ ...failureOfException("", it), kind: "invalid" });
      break;
    case "error":
      writer.fail({ ...failureOfException("", it), kind: "server" });
      break;
  }
}

function readReasoning({ writer, usage }: State, it: Readonly<Record<string, unknown>>): void {
  const text = textOf(it.text) ?? "";
  usage.said += text.length;
  writer.thinking(text);
  const signature = textOf(it.signature);
  if (signature !== undefined) writer.signature(carriedSignature(CODEWHISPERER_VENDOR, { signature }));
  const redactedContent = textOf(it.redactedContent);
  if (redactedContent === undefined) return;
  const data = carriedSignature(CODEWHISPERER_VENDOR, { redactedContent });
  writer.block({ type: "redacted_thinking", data });
}

function readToolUse(state: State, it: Readonly<Record<string, unknown>>): void {
  const { calls, ended } = state;
  const id = textOf(it.toolUseId) ?? `tooluse_${ended.size}`;
  const more =
    typeof it.input === "object" && it.input !== null ? JSON.stringify(it.input) : textOf(it.input);
  // Some clients' services say twice that a call is over.
  if (ended.has(id) && more === undefined) return;
  const call = calls.get(id) ?? { name: "", raw: "" };
  calls.set(id, call);
  call.name = textOf(it.name) ?? call.name;
  call.raw += more ?? "";
  if (it.stop === true) endCall(state, id, call);
}

function endCall({ calls, ended, writer, usage, reading }: State, id: string, { name, raw }: Call): void {
  calls.delete(id);
  if (name === "") return;
  const input = readToolInput(raw);
  if (input.kind === "bad") {
    writer.fail({
      kind: "cut",
      message: `The input of the call of "${reading.nameOf(name)}" is not whole JSON.`,
    });
    return;
  }
  writer.call(ended.has(id) ? `${id}_${ended.size}` : id, reading.nameOf(name));
  writer.input(raw.trim() === "" ? "{}" : raw);
  writer.closeBlock();
  ended.add(id);
  usage.said += raw.length;
}
