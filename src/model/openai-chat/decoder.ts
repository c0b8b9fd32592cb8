import { eventReader, type ServerSentEvent } from "../../std/server-sent-events.ts";
import { type AnswerWriter, answerWriter } from "../answer-writer.ts";
import type { Failure } from "../failure.ts";
import { eventsOfAnswer } from "../fold-answer.ts";
import { NO_WIRE_USAGE, type StreamEvent, type WireUsage } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { type Decoder, type Reading, Unreadable } from "../wire.ts";
import { chatAnswer } from "./answer.ts";
import { callQueue } from "./call-queue.ts";
import {
  endingOf,
  failedEnding,
  firstChoice,
  hasEndedCalls,
  reasoningOf,
  usageOf,
  wordsOf,
} from "./choice.ts";
import { toldFailure } from "./failure.ts";
import { fragmentsOf } from "./fragments.ts";
import { answerId, callIds } from "./ids.ts";
import { type ChatReading, chatReading } from "./reading.ts";
import { type Details, detailsOf } from "./reasoning-details.ts";
import { type SpokenWriter, spokenWriter } from "./spoken-writer.ts";

/**
 * Reads a stream of chunks (OpenAI API reference, Chat Completions, "Streaming"). A stream that ends without a
 * `finish_reason` is cut, with or without "[DONE]". After the `finish_reason` it waits for the usage until "[DONE]" or
 * `end`; who will not wait longer says `end`.
 */
export function chatDecoder(given: Reading): Decoder {
  const reading = chatReading(given);
  const reader = eventReader();
  const writer = answerWriter();
  const chunks = chunkReader(writer, reading);
  const bytes = new TextDecoder();
  let head: string | undefined = "";
  return {
    take(more) {
      if (writer.hasEnded) return [];
      try {
        const events = reader.take(more);
        head =
          events.length > 0 || head === undefined || head.length > LONGEST_HEAD
            ? undefined
            : head + bytes.decode(more, { stream: true });
        for (const it of events) if (!writer.hasEnded) chunks.take(dataOf(it));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        writer.fail({ kind: "cut", message: error.message });
      }
      return writer.take();
    },
    end() {
      if (writer.hasEnded) return [];
      const whole = head === undefined ? undefined : wholeAnswer(head, reading);
      if (whole === undefined) chunks.end();
      else if (Array.isArray(whole)) return whole;
      else writer.fail(whole as Failure);
      return writer.take();
    },
  };
}

/** The data of an event; of one that is an error by its name, as a chunk that tells it. */
function dataOf({ event, data }: ServerSentEvent): string {
  if (event !== "error") return data;
  const told = parsed(data);
  return JSON.stringify(recordOf(told)["error"] === undefined ? { error: told ?? data } : told);
}

/** How much of a body that is no stream is kept, to read it as a whole answer or an error. */
const LONGEST_HEAD = 1_000_000;

/** Some hosts answer a whole body, or an error, where a stream was asked for. */
function wholeAnswer(head: string, reading: ChatReading): readonly StreamEvent[] | Failure | undefined {
  if (!/^\s*[{[]/.test(head)) return undefined;
  try {
    return [...eventsOfAnswer(chatAnswer(JSON.parse(head), reading))];
  } catch (error) {
    if (error instanceof Unreadable) return error.failure;
    if (error instanceof SyntaxError) return { kind: "cut", message: "the answer is broken JSON" };
    throw error;
  }
}

interface ChunkReader {
  take(data: string): void;
  end(): void;
}

function chunkReader(writer: AnswerWriter, reading: ChatReading): ChunkReader {
  let usage: WireUsage | undefined;
  let last: Readonly<Record<string, unknown>> | undefined;
  let isRefused = false;
  let ids = callIds("");
  const queue = callQueue(writer, () => ids, reading.nameOf);
  const spoken = spokenWriter(writer, queue, () => ids, reading);
  const details = detailsOf(reading.model);
  return {
    take(data) {
      if (data.trim() === "[DONE]") end();
      else if (data.trim() !== "") chunk(parsed(data));
    },
    end,
  };

  function chunk(value: unknown): void {
    // Behind the ending only the usage can be broken, and the answer is whole without it.
    if (value === undefined && last !== undefined) return;
    const choice = firstChoice(value);
    const failure = value === undefined ? BROKEN : (toldFailure(value) ?? failedEnding(choice));
    if (failure !== undefined) return writer.fail(failure);
    const { id, model, usage: told } = recordOf(value);
    usage = usageOf(told, reading.reasoningBeside) ?? usage;
    if (choice === undefined) return;
    if (!writer.hasStarted) {
      const own = answerId(id, value);
      ids = callIds(own);
      writer.start({ id: own, model: textOf(model) ?? reading.model, ...(usage && { usage }) });
    }
    isRefused = say(choice["delta"] ?? choice["message"], spoken, details) || isRefused;
    if (textOf(choice["finish_reason"])) last ??= choice;
  }

  function end(): void {
    if (last === undefined) return writer.fail(CUT);
    spoken.end();
    queue.finish(hasEndedCalls(last["finish_reason"]));
    spoken.signature(details.take());
    const { stop, sequence } = endingOf(last, writer.hasCalls, isRefused);
    const isCut = queue.hasBroken && stop === "tool_use";
    writer.finish(isCut ? "max_tokens" : stop, usage ?? NO_WIRE_USAGE, sequence);
  }
}

/** Says what a delta has; answers whether that is a refusal. */
function say(delta: unknown, spoken: SpokenWriter, details: Details): boolean {
  spoken.thinking(reasoningOf(delta));
  details.add(delta);
  const words = wordsOf(delta);
  const fragments = fragmentsOf(delta);
  // Before something else is said: a signature belongs to the thinking before it.
  if (words.text !== "" || fragments.length > 0) spoken.signature(details.take());
  spoken.text(words.text);
  spoken.calls(fragments);
  return words.isRefused;
}

const BROKEN: Failure = { kind: "cut", message: "a chunk of the stream is broken JSON" };
const CUT: Failure = { kind: "cut", message: "the stream ended before the answer did" };

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
