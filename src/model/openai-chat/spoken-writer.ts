import type { AnswerWriter } from "../answer-writer.ts";
import type { JsonObject } from "../conversation.ts";
import type { CallFragment, CallQueue } from "./call-queue.ts";
import type { CallIds } from "./ids.ts";
import type { ChatReading } from "./reading.ts";
import { type Piece, textCalls } from "./text-calls.ts";

/** Writes what an answer says besides its calls, each behind the calls before it. */
export interface SpokenWriter {
  thinking(text: string): void;
  /** What signs the thinking before it; `undefined`: nothing does. */
  signature(signature: string | undefined): void;
  text(text: string): void;
  /** Calls beside the words. */
  calls(fragments: readonly CallFragment[]): void;
  end(): void;
}

/** A writer of the words and thoughts of one answer, which finds the calls among its words. */
export function spokenWriter(
  writer: AnswerWriter,
  queue: CallQueue,
  ids: () => CallIds,
  reading: ChatReading,
): SpokenWriter {
  const finder = textCalls(reading.textCalls);
  const words = wordsTo(writer);
  let hasCalls = false;
  return {
    thinking(text) {
      if (text === "") return;
      apart(() => {
        words.forgetBlank();
        writer.thinking(text);
      });
    },
    signature(signature) {
      if (signature !== undefined) apart(() => writer.signature(signature));
    },
    text: (text) => put(finder.take(text)),
    calls(fragments) {
      if (fragments.length === 0) return;
      put(finder.end());
      if (!hasCalls) queue.after(words.flushBlank);
      hasCalls = true;
      for (const it of fragments) queue.add(it);
    },
    end: () => put(finder.end()),
  };

  function apart(write: () => void): void {
    put(finder.end());
    queue.after(write);
  }

  function put(pieces: readonly Piece[]): void {
    for (const piece of pieces)
      queue.after(() => (piece.kind === "text" ? words.put(piece.text) : call(piece)));
  }

  function call({ name, input }: Extract<Piece, { kind: "call" }>): void {
    words.forgetBlank();
    writeCall(writer, ids().next(undefined, name), reading.nameOf(name), input);
  }
}

/** Writes words; blank ones open no block of their own. */
function wordsTo(writer: AnswerWriter) {
  let blank = "";
  const flushBlank = (): void => {
    writer.text(blank);
    blank = "";
  };
  return {
    put(text: string): void {
      blank += text;
      if (writer.open === "text" || blank.trim() !== "") flushBlank();
    },
    flushBlank,
    forgetBlank(): void {
      blank = "";
    },
  };
}

function writeCall(writer: AnswerWriter, id: string, name: string, input: JsonObject): void {
  writer.call(id, name);
  writer.input(JSON.stringify(input));
  writer.closeBlock();
}
