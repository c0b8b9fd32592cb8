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

type State = "text" | "escape" | "csi" | "string" | "string-escape";

/**
 * Removes escape sequences (ECMA-48: CSI, OSC, DCS, APC, PM, SOS, also as 8-bit C1 controls) and control characters,
 * and lets carriage returns and backspaces overwrite the line as on a screen. What comes out holds no control
 * characters but `\n` and `\t`, and does not depend on how the input was cut into pieces.
 */
export function stripper(): Stripper {
  let state: State = "text";
  let stringLength = 0;
  let line = "";
  let column = 0;
  let out = "";
  return { push, flush };

  function push(piece: string): string {
    out = "";
    let at = 0;
    while (at < piece.length) at = state === "text" ? plain(piece, at) : inSequence(piece, at);
    return out;
  }

  function flush(): string {
    const rest = line;
    line = "";
    column = 0;
    return rest;
  }

  function plain(piece: string, at: number): number {
    CONTROL.lastIndex = at;
    const control = CONTROL.exec(piece);
    const end = control?.index ?? piece.length;
    if (end > at) write(piece.slice(at, end));
    if (control) act(control[0]);
    return control ? end + 1 : end;
  }

  function write(text: string): void {
    line = line.slice(0, column) + text + line.slice(column + text.length);
    column += text.length;
    while (line.length > LINE_LIMIT && column >= LINE_LIMIT) {
      out += line.slice(0, LINE_LIMIT);
      line = line.slice(LINE_LIMIT);
      column -= LINE_LIMIT;
    }
  }

  function act(control: string): void {
    if (control === "\n") {
      out += `${line}\n`;
      line = "";
      column = 0;
    } else if (control === "\r") column = 0;
    else if (control === "\b") column = Math.max(0, column - 1);
    else enter(control);
  }

  function enter(control: string): void {
    stringLength = 0;
    if (control === "\x1b") state = "escape";
    else if (control === "\x9b") state = "csi";
    else if (STRING_OPENERS_8BIT.has(control)) state = "string";
  }

  function inSequence(piece: string, at: number): number {
    const char = piece.charAt(at);
    // CAN and SUB abandon any sequence; a line end inside one means it was never finished.
    if (char === "\x18" || char === "\x1a") state = "text";
    else if (char === "\n" && state !== "string-escape") {
      state = "text";
      return at;
    } else if (state === "escape") afterEscape(char);
    else if (state === "csi") afterCsi(char);
    else return inString(char, at);
    return at + 1;
  }

  function afterEscape(char: string): void {
    if (char === "[") state = "csi";
    else if (STRING_OPENERS.has(char)) state = "string";
    else if (char === "\x1b") state = "escape";
    else if (char < " " || char > "/") state = "text";
  }

  function afterCsi(char: string): void {
    if (char === "\x1b") state = "escape";
    else if (char >= "@") state = "text";
  }

  function inString(char: string, at: number): number {
    if (state === "string-escape") {
      // ESC not followed by a backslash begins a sequence of its own.
      state = char === "\\" ? "text" : "escape";
      return char === "\\" ? at + 1 : at;
    }
    if (char === "\x1b") state = "string-escape";
    else if (char === "\x07" || char === "\x9c" || ++stringLength > STRING_LIMIT) state = "text";
    return at + 1;
  }
}

/** `text` as a screen without colours would show it. */
export function plainText(text: string): string {
  const strip = stripper();
  return strip.push(text) + strip.flush();
}

const CONTROL = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;
const STRING_OPENERS: ReadonlySet<string> = new Set(["]", "P", "X", "^", "_"]);
const STRING_OPENERS_8BIT: ReadonlySet<string> = new Set(["\x9d", "\x90", "\x98", "\x9e", "\x9f"]);
