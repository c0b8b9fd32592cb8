import { eventReader, MOST_EVENT } from "../../std/server-sent-events.ts";
import type { Failure } from "../failure.ts";
import type { StreamEvent } from "../messages.ts";
import type { Decoder, Reading } from "../wire.ts";
import { listReader } from "./list-reader.ts";
import { type ResponseReader, responseReader } from "./reader.ts";
import type { SignatureMemory } from "./signatures.ts";

/**
 * Reads a streamed answer: server-sent events (`alt=sse`), or the list of responses that comes without it. Its end is
 * that of the connection, as numbers of usage may follow the reason why it finished.
 */
export function geminiDecoder(reading: Reading, memory: SignatureMemory): Decoder {
  const reader = responseReader(reading, memory);
  let source: Source | undefined;
  return {
    take(bytes) {
      source ??= sourceOf(bytes);
      return source === undefined ? [] : read(reader, source.take(bytes));
    },
    end() {
      const last = source === undefined ? [] : read(reader, source.end(reader.hasEnding));
      return [...last, ...reader.end()];
    },
  };
}

/** Texts of JSON out of bytes. */
interface Source {
  take(bytes: Uint8Array): readonly string[] | Failure;
  /** What stands behind the last whole text, if it may be one. */
  end(hasEnding: boolean): readonly string[];
}

function read(reader: ResponseReader, texts: readonly string[] | Failure): readonly StreamEvent[] {
  if (!isList(texts)) return reader.fail(texts);
  return texts.flatMap((text) => {
    const response = parsedOf(text);
    return response === undefined ? reader.fail(DAMAGED) : reader.take(response);
  });
}

function isList(texts: readonly string[] | Failure): texts is readonly string[] {
  return Array.isArray(texts);
}

const DAMAGED: Failure = { kind: "cut", message: "a part of the answer is damaged: it is no JSON" };
const TOO_LONG: Failure = {
  kind: "cut",
  message: `a part of the answer is longer than ${MOST_EVENT} characters`,
};

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller tells it, or leaves it.
    return undefined;
  }
}

/** By the first sign that is no white space; `undefined`: there was none yet. */
function sourceOf(bytes: Uint8Array): Source | undefined {
  const first = bytes.find((it) => it > SPACE && !BYTE_ORDER_MARK.includes(it));
  if (first === undefined) return undefined;
  return first === BRACKET || first === BRACE ? ofList() : ofEvents();
}

const SPACE = 32;
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];
const BRACKET = 91;
const BRACE = 123;

function ofEvents(): Source {
  const events = eventReader();
  const take = (bytes: Uint8Array) =>
    events
      .take(bytes)
      .map((it) => it.data)
      .filter((it) => it.trim() !== "" && it.trim() !== "[DONE]");
  return {
    take: (bytes) => guarded(() => take(bytes)),
    // The last event may lack its empty line; when it is cut, it is not whole anyway.
    end(hasEnding) {
      if (events.isBetweenEvents()) return [];
      const last = take(new TextEncoder().encode("\n\n"));
      return hasEnding ? last.filter((it) => parsedOf(it) !== undefined) : last;
    },
  };
}

function ofList(): Source {
  const list = listReader();
  return { take: (bytes) => guarded(() => list.take(bytes)), end: () => [] };
}

function guarded(take: () => readonly string[]): readonly string[] | Failure {
  try {
    return take();
  } catch (error) {
    if (error instanceof RangeError) return TOO_LONG;
    throw error;
  }
}
