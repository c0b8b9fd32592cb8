import { MOST_EVENT } from "../../std/server-sent-events.ts";

/** Takes the objects out of a list that comes in pieces. */
export interface ListReader {
  /** The texts of the objects that these bytes completed. Throws a `RangeError` when one is longer than `MOST_EVENT` units. */
  take(bytes: Uint8Array): readonly string[];
}

/** A reader of one list, `[{…}, {…}]`; a single object is a list of one. */
export function listReader(): ListReader {
  const decoder = new TextDecoder("utf-8");
  let text = "";
  /** How far `text` has been looked through, and how deep within an object that is. */
  let at = 0;
  let depth = 0;
  let quoted = false;
  return {
    take(bytes) {
      text += decoder.decode(bytes, { stream: true });
      const found: string[] = [];
      let start = 0;
      for (; at < text.length; at++) {
        const sign = text[at];
        if (quoted) {
          if (sign === "\\") at++;
          else if (sign === '"') quoted = false;
        } else if (sign === '"') quoted = true;
        else if (sign === "{" && depth++ === 0) start = at;
        else if (sign === "}" && --depth === 0) found.push(text.slice(start, (start = at + 1)));
      }
      // An escape may have been cut behind its backslash: then its second half is skipped in the next piece.
      const kept = depth === 0 ? text.length : start;
      text = text.slice(kept);
      at -= kept;
      if (text.length > MOST_EVENT) throw new RangeError("an object of the list is longer than 32 MB");
      return found;
    },
  };
}
