import { type Extracted, type Extractor, extract, nothingExtracted } from "../model/extractors.ts";
import { heldText } from "../std/held-text.ts";
import { MOST_EVENT } from "../std/server-sent-events.ts";
import { showingModel } from "./replace-model.ts";

/** An answer that is passed on as it came, with what it says of itself read on the way. */
export interface Passage {
  readonly so: Extracted;
  /** What goes to the client of these bytes. */
  take(bytes: Uint8Array): string | Uint8Array;
  /** Reads what still stands there at the end of the stream. */
  end(): string;
  /** Whether the last bytes ended an event, so that something may be put behind them. */
  isBetweenEvents(): boolean;
}

/** The model as the vendor and as the client name it; `undefined`: they name it alike. */
export type Renamed = { readonly vendors: string; readonly clients: string } | undefined;

/** Passes a stream of events on: byte for byte, but for the model's name where that is another. */
export function passage(extractor: Extractor, renamed: Renamed): Passage {
  return new Passing(extractor, renamed);
}

/** A class, since one is made for every stream, before its first bytes go on. */
class Passing implements Passage {
  readonly so = nothingExtracted();
  readonly #extractor: Extractor;
  readonly #renamed: Renamed;
  readonly #held = heldText();
  /** Made with the first bytes, which the client has got by then. */
  #decoder: TextDecoder | undefined;
  #last = "\n\n";

  constructor(extractor: Extractor, renamed: Renamed) {
    this.#extractor = extractor;
    this.#renamed = renamed;
  }

  take(bytes: Uint8Array): string | Uint8Array {
    this.#decoder ??= new TextDecoder();
    const text = this.#decoder.decode(bytes, { stream: true });
    if (text !== "") this.#last = (this.#last + text).slice(-4);
    this.#held.add(text);
    if (this.#held.length > MOST_EVENT) throw new RangeError("an event of the stream is longer than 32 MB");
    const renamed = this.#renamed;
    if (!bytes.includes(NEWLINE)) return renamed === undefined ? bytes : "";
    const known = this.#held.take();
    const end = known.lastIndexOf("\n") + 1;
    this.#held.add(known.slice(end));
    // Most pieces are words of the answer, and say nothing of it.
    if (this.#extractor.marks.some((it) => known.includes(it))) this.#readLines(known.slice(0, end));
    if (renamed === undefined) return bytes;
    return showingModel(known.slice(0, end), renamed.vendors, renamed.clients);
  }

  end(): string {
    const text = this.#held.take() + (this.#decoder?.decode() ?? "");
    this.#readLines(text);
    const renamed = this.#renamed;
    return renamed === undefined ? "" : showingModel(text, renamed.vendors, renamed.clients);
  }

  isBetweenEvents(): boolean {
    return /\n\r?\n$/.test(this.#last);
  }

  #readLines(text: string): void {
    for (const line of text.split("\n"))
      if (line.startsWith("data:")) extract(this.#extractor, line.slice(5).trim(), this.so);
  }
}

const NEWLINE = 10;

/** Most of an answer that is no stream, in bytes. */
const MOST_ANSWER = 64 * 1024 * 1024;
const WHOLE = new TextDecoder();

/** The text of a whole body. Throws a `RangeError` when it is longer than is taken. */
export async function wholeText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of body) {
    pieces.push(bytes);
    size += bytes.length;
    if (size > MOST_ANSWER) throw new RangeError("the answer is longer than 64 MB");
  }
  return WHOLE.decode(pieces.length === 1 ? pieces[0] : joined(pieces, size));
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const it of pieces) {
    whole.set(it, at);
    at += it.length;
  }
  return whole;
}
