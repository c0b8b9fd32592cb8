/** Turns the output of a terminal program into plain text, piece by piece. */
export interface Stripper {
  /** The lines that are complete with this piece. */
  push(piece: string): string;
  /** What is still held of the unfinished line; a later carriage return cannot overwrite it any more. */
  flush(): string;
}

/** A line longer than this is let go before its end. */
const LINE_LIMIT = 65_536;
/** A control string longer than this was no control string: what follows is shown again. */
const STRING_LIMIT = 65_536;

/**
 * Removes escape sequences (ECMA-48: CSI, OSC, DCS, APC, PM, SOS, also as 8-bit C1 controls) and control characters,
 * and lets carriage returns and backspaces overwrite the line as on a screen. What comes out holds no control
 * characters but `\n` and `\t`, and does not depend on how the input was cut into pieces.
 */
export function stripper(): Stripper {
  const line = screenLine();
  let state: State = "text";
  let stringLength = 0;
  return { push, flush: line.flush };

  function push(piece: string): string {
    let out = "";
    let at = 0;
    while (at < piece.length) {
      if (state === "text") {
        CONTROL.lastIndex = at;
        const end = CONTROL.exec(piece)?.index ?? piece.length;
        out += line.write(piece.slice(at, end)) + control(piece.charAt(end));
        at = end + 1;
      } else if (sequence(piece.charAt(at))) at++;
    }
    return out;
  }

  function control(char: string): string {
    stringLength = 0;
    state = OPENED.get(char) ?? "text";
    if (char === "\r") line.home();
    else if (char === "\b") line.back();
    return char === "\n" ? `${line.flush()}\n` : "";
  }

  /** Whether the character was part of the sequence; if not, it is looked at again as text. */
  function sequence(char: string): boolean {
    const before = state;
    state = ++stringLength > STRING_LIMIT ? "text" : following(state, char);
    // A line end inside a sequence means that it was never finished.
    return char !== "\n" && !(before === "string-escape" && state === "escape");
  }
}

/** `text` as a screen without colours would show it. */
export function plainText(text: string): string {
  const strip = stripper();
  return strip.push(text) + strip.flush();
}

type State = "text" | "escape" | "csi" | "string" | "string-escape";

const CONTROL = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;
/** What opens a sequence: ESC, and the 8-bit forms of CSI, OSC, DCS, SOS, PM and APC. */
const OPENED: ReadonlyMap<string, State> = new Map([
  ["\x1b", "escape"],
  ["\x9b", "csi"],
  ...["\x9d", "\x90", "\x98", "\x9e", "\x9f"].map((it): [string, State] => [it, "string"]),
]);
/** What makes the same of a preceding ESC: OSC, DCS, SOS, PM and APC. */
const STRING_OPENERS = "]PX^_";

/** Where a sequence stands after one more of its characters. */
function following(state: State, char: string): State {
  // CAN and SUB abandon any sequence.
  if (char === "\x18" || char === "\x1a" || char === "\n") return "text";
  switch (state) {
    case "text":
      return "text";
    case "escape":
      if (char === "[") return "csi";
      if (STRING_OPENERS.includes(char)) return "string";
      return char === "\x1b" || (char >= " " && char <= "/") ? "escape" : "text";
    case "csi":
      return char === "\x1b" ? "escape" : char >= "@" ? "text" : "csi";
    case "string":
      return char === "\x1b" ? "string-escape" : char === "\x07" || char === "\x9c" ? "text" : "string";
    case "string-escape":
      // ESC not followed by a backslash begins a sequence of its own.
      return char === "\\" ? "text" : "escape";
  }
}

/** The unfinished line and the column of the cursor in it. `write` answers what had to be let go. */
function screenLine() {
  let line = "";
  let column = 0;
  return {
    home: () => (column = 0),
    back: () => (column = Math.max(0, column - 1)),
    flush: () => {
      const rest = line;
      line = "";
      column = 0;
      return rest;
    },
    write: (text: string) => {
      line = line.slice(0, column) + text + line.slice(column + text.length);
      column += text.length;
      const full = line.length - (line.length % LINE_LIMIT);
      if (full === 0 || column < line.length) return "";
      const gone = line.slice(0, full);
      line = line.slice(full);
      column -= full;
      return gone;
    },
  };
}
