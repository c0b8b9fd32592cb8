import { eventReader } from "../../std/server-sent-events.ts";
import { answerFold, isFailure } from "../fold-answer.ts";
import type { MessagesAnswer, StreamEvent } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import { type Decoder, type Reading, Unreadable } from "../wire.ts";
import { errorIn, failureOfError } from "./failure.ts";
import { readEvent, responseReader } from "./reader.ts";

/** A whole response. Throws `Unreadable` when it is none, has failed, or is not over. */
export function responseIn(body: unknown, reading: Reading): MessagesAnswer {
  const response = recordOf(body);
  const error = errorIn(response);
  if (error !== undefined || response.status === "failed") throw new Unreadable(failureOfError(error));
  if (!Array.isArray(response.output))
    throw new Unreadable({ kind: "server", message: "The answer is no response: it has no output." });
  const { status } = response;
  if (status !== undefined && status !== "completed" && status !== "incomplete")
    throw new Unreadable({ kind: "server", message: `The response is ${String(status)}, not completed.` });
  const reader = responseReader(reading);
  readEvent(reader, { type: "response.completed", response });
  const fold = answerFold();
  for (const it of reader.writer.take()) fold.take(it);
  const answer = fold.finish();
  if (isFailure(answer)) throw new Unreadable(answer);
  return answer;
}

/** Reads a streamed response. */
export function responsesDecoder(reading: Reading): Decoder {
  const source = eventReader();
  const reader = responseReader(reading);
  const { writer } = reader;
  return {
    take(bytes) {
      if (writer.hasEnded) return [];
      try {
        for (const { event: name, data } of source.take(bytes)) if (!writer.hasEnded) read(name, data);
      } catch (error) {
        if (!(error instanceof RangeError) && !(error instanceof SyntaxError)) throw error;
        writer.fail({ kind: "cut", message: `The stream cannot be read: ${error.message}` });
      }
      return writer.take();
    },
    end(): readonly StreamEvent[] {
      if (writer.hasEnded) return [];
      const error = errorIn(bodyIn(source.rest()));
      writer.fail(
        error ? failureOfError(error) : { kind: "cut", message: "The stream ended before the response." },
      );
      return writer.take();
    },
  };

  function read(name: string, data: string): void {
    if (data.trim() === "[DONE]" || data.trim() === "") return;
    const value: unknown = JSON.parse(data);
    const isBare = textOf(recordOf(value).type) === undefined && name !== "";
    readEvent(reader, isBare ? { ...recordOf(value), type: name } : value);
  }
}

/** A body in JSON where a stream was due; `undefined`: it is none. */
function bodyIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half an event: the stream was cut.
    return undefined;
  }
}
