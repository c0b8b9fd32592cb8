import { answerWriter } from "../model/answer-writer.ts";
import type { Answer, Block, JsonObject, Message, ModelRequest } from "../model/conversation.ts";
import { EFFORTS, NO_USAGE } from "../model/conversation.ts";
import { answerFold, isFailure } from "../model/fold-answer.ts";
import type { StreamEvent, WireBlock, WireUsage } from "../model/messages.ts";
import type { ModelEvent } from "../model/provider.ts";
import { recordOf, textOf } from "../model/record.ts";
import type { Begin, Candidate } from "../model/routing/attempts.ts";
import type { Answered, Asking } from "./ask.ts";

/**
 * Asks a provider that is reached by no wire: the offline model, and the editor's own. What its interface has no word
 * for (sampling, forced calls, stop sequences, formats) is left out.
 */
export async function askProvider(
  asking: Asking,
  { way, target }: Candidate,
  signal: AbortSignal,
): ReturnType<Begin<Answered>> {
  const events = way.provider.ask(requestFor(asking, target.model), signal)[Symbol.asyncIterator]();
  const held: ModelEvent[] = [];
  for (;;) {
    const { done, value } = await events.next();
    if (done)
      return { failure: { kind: "cut", message: "the stream ended without an end" }, usage: NO_USAGE };
    if (value.type === "failed") return { failure: value.failure, usage: value.usage };
    held.push(value);
    if (value.type !== "started") break;
  }
  const stream = streamOf(held, events)[Symbol.asyncIterator]();
  if (asking.isStream) return { value: { kind: "events", events: stream, first: [], requestId: "" } };
  const fold = answerFold();
  for (let next = await stream.next(); !next.done; next = await stream.next()) fold.take(next.value);
  const answer = fold.finish();
  if (isFailure(answer)) return { failure: answer, usage: NO_USAGE };
  return { value: { kind: "whole", answer, requestId: "" } };
}

function requestFor({ request }: Asking, model: string): ModelRequest {
  const asked = request();
  const effort = EFFORTS.find((it) => it === asked.output_config?.["effort"]);
  return {
    model,
    system: asked.system.map((it) => textOf(it["text"]) ?? "").join("\n\n"),
    tools: asked.tools
      .filter((it) => it.input_schema !== undefined)
      .map((it) => ({
        name: it.name,
        description: it.description ?? "",
        input_schema: it.input_schema ?? {},
      })),
    messages: asked.messages.map((it): Message => ({ role: it.role, content: it.content.map(blockOf) })),
    effort,
    maxTokens: asked.max_tokens,
    session: textOf(asked.metadata?.["user_id"]) ?? "",
    withoutThinking: false,
  };
}

const KNOWN = new Set(["text", "image", "thinking", "tool_use", "tool_result"]);

function blockOf(block: WireBlock): Block {
  if (!KNOWN.has(block.type)) return { type: "opaque", raw: block as JsonObject };
  // The canonical form is the same but for what it allows besides.
  return block as unknown as Block;
}

/** The events of a provider in the canonical form. */
async function* streamOf(
  held: readonly ModelEvent[],
  rest: AsyncIterator<ModelEvent>,
): AsyncGenerator<StreamEvent> {
  const writer = answerWriter();
  const put = function* (event: ModelEvent): Generator<StreamEvent> {
    if (event.type === "started") writer.start({ id: "", model: event.model, usage: wireUsage(event.usage) });
    else if (event.type === "done") writeAnswer(writer, event.answer);
    else if (event.type === "failed") writer.fail(event.failure);
    yield* writer.take();
  };
  for (const event of held) yield* put(event);
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield* put(next.value);
}

/** The whole answer at its end, since only there is it known to be right. */
function writeAnswer(writer: ReturnType<typeof answerWriter>, answer: Answer): void {
  writer.start({ id: answer.id, model: answer.model });
  for (const block of answer.content) {
    if (block.type === "text") writer.text(block.text);
    else if (block.type === "thinking") {
      writer.thinking(block.thinking);
      writer.signature(block.signature);
    } else if (block.type === "tool_use") {
      writer.call(block.id, block.name);
      writer.input(JSON.stringify(block.input));
    } else if (block.type === "opaque") writer.block(recordOf(block.raw) as WireBlock);
    writer.closeBlock();
  }
  writer.finish(answer.stop === "unknown" ? "end_turn" : answer.stop, wireUsage(answer.usage));
}

function wireUsage(usage: Answer["usage"]): WireUsage {
  return {
    input_tokens: usage.input,
    output_tokens: usage.output,
    cache_read_input_tokens: usage.cacheRead,
    cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
  };
}
