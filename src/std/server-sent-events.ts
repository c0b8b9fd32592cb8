import { heldText } from "./held-text.ts";

/** One event of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html, section 9.2.6). */
export interface ServerSentEvent {
  /** "" when the stream named none. */
  readonly event: string;
  /** The lines of its data, joined by line feeds. */
  readonly data: string;
}

/** Reads events from bytes however they are cut. */
export interface EventReader {
  /** The events that these bytes completed. Throws a `RangeError` when an event is longer than `MOST_EVENT` units. */
  take(bytes: Uint8Array): readonly ServerSentEvent[];
  /** Whether the last bytes ended an event; what came of an unfinished one is dropped, as the specification wants. */
  isBetweenEvents(): boolean;
  /** What stands after the last whole event. */
  rest(): string;
}

/** Longest event, in UTF-16 units. */
export const MOST_EVENT = 32 * 1024 * 1024;

/** A reader of a stream's bytes. */
export function eventReader(): EventReader {
  const decoder = new TextDecoder("utf-8");
  const held = heldText();
  let isReturnLast = false;
  let event = "";
  let data: string[] = [];
  let size = 0;
  return {
    take(bytes) {
      held.add(decoder.decode(bytes, { stream: true }));
      const found: ServerSentEvent[] = [];
      if (!isReturnLast && !hasLineEnd(bytes)) return within(found);
      const text = held.take();
      let start = 0;
      for (let end = lineEnd(text, start); end !== -1; end = lineEnd(text, start)) {
        line(text.slice(start, end), found);
        start = text.charCodeAt(end) === RETURN && text.charCodeAt(end + 1) === NEWLINE ? end + 2 : end + 1;
      }
      held.add(text.slice(start));
      isReturnLast = text.charCodeAt(text.length - 1) === RETURN;
      return within(found);
    },
    isBetweenEvents: () => held.peek().trim() === "" && data.length === 0 && event === "",
    rest: () => held.peek(),
  };

  function within(found: readonly ServerSentEvent[]): readonly ServerSentEvent[] {
    if (held.length + size > MOST_EVENT) throw new RangeError("an event of the stream is longer than 32 MB");
    return found;
  }

  function line(text: string, found: ServerSentEvent[]): void {
    if (text === "") {
      if (data.length > 0) found.push({ event, data: data.join("\n") });
      event = "";
      data = [];
      size = 0;
      return;
    }
    const colon = text.indexOf(":");
    if (colon === 0) return;
    const field = colon === -1 ? text : text.slice(0, colon);
    const value = colon === -1 ? "" : text.slice(text[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "data") {
      data.push(value);
      size += value.length + 1;
    } else if (field === "event") event = value;
  }
}

/** In UTF-8 these bytes are nothing else. */
function hasLineEnd(bytes: Uint8Array): boolean {
  return bytes.includes(NEWLINE) || bytes.includes(RETURN);
}

const NEWLINE = 10;
const RETURN = 13;

/** Offset of the next line's end; -1 when there is none, or when it may be the first half of a pair. */
function lineEnd(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  const before = newline === -1 ? text.indexOf("\r", from) : text.slice(from, newline).indexOf("\r");
  if (before === -1) return newline;
  const at = newline === -1 ? before : from + before;
  return at === text.length - 1 ? -1 : at;
}
