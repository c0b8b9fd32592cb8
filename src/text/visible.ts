/**
 * Characters that change what a person sees without being seen: controls, bidirectional overrides, zero-width, filling
 * and tag characters, line separators (Unicode Technical Report 36, section 2; "Trojan Source", CVE-2021-42574; Unicode
 * Standard Annex 31, table 4, for those that are ignored by default). Joiners and variation selectors belong to scripts
 * and emoji, but not in runs and, joiners, not beside ASCII.
 */
const UNSEEN = [
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u2028-\u202e]/,
  /\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb]/,
  /[\u{1d173}-\u{1d17a}]|[\u{e0000}-\u{e0fff}]/u,
  /(?:\u200c|\u200d|[\ufe00-\ufe0f]){2,}/,
  /(?<=[\u0020-\u007e])(?:\u200c|\u200d)|(?:\u200c|\u200d)(?=[\u0020-\u007e])/,
].map((it) => it.source);
const HIDDEN = new RegExp(["\\r", ...UNSEEN].join("|"), "gu");
const HIDDEN_IN_LINES = new RegExp(UNSEEN.join("|"), "gu");

/** `text` with every hidden character written out as ⟨U+202E⟩, so that what is shown is what there is. Tab and newline stay. */
export function visible(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(HIDDEN, spelled);
}

/** `visible` but for carriage returns, which stay: the lines of a file as they are, with nothing hidden in them. */
export function visibleInLines(text: string): string {
  return text.replace(HIDDEN_IN_LINES, spelled);
}

function spelled(hidden: string): string {
  return [...hidden]
    .map((it) => `⟨U+${(it.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`)
    .join("");
}

/** The character that a notation of `visible` stands for; `undefined` when it is none. */
export function hiddenBehind(notation: string): string | undefined {
  const code = Number.parseInt(/^⟨U\+([0-9A-F]{4,6})⟩$/.exec(notation)?.[1] ?? "", 16);
  const char = code <= 0x10ffff ? String.fromCodePoint(code) : "";
  return visible(`a${char}a`).includes(notation) || /[\ufe00-\ufe0f]/.test(char) ? char : undefined;
}

/** Shows a text that comes in pieces. */
export interface VisibleStream {
  /** What can be shown with this piece: an end that the next one may change is held back. */
  push(piece: string): string;
  /** What was held back, for nothing follows any more. */
  flush(): string;
}

/** What the next piece may change: half a line end or character, and joiners, for which it counts what stands behind them. */
const UNDECIDED = /(?:(?:\u200c|\u200d|[\ufe00-\ufe0f])+|[\r\ud800-\udbff])$/;

/** `visible` for a text in pieces, wherever it was cut: in a line end, a run, or between the two units of one character. */
export function visibleStream(): VisibleStream {
  let held = "";
  let last = "";
  return {
    push(piece) {
      const text = held + piece;
      held = UNDECIDED.exec(text)?.[0] ?? "";
      return show(text.slice(0, text.length - held.length));
    },
    flush() {
      const rest = show(held);
      held = "";
      return rest;
    },
  };

  /** What stands before a joiner counts as well. */
  function show(text: string): string {
    const shown = visible(last + text).slice(visible(last).length);
    // A carriage return that was shown is none of the next line end.
    last = /[^\r]$/u.exec(text)?.[0] ?? (text === "" ? last : "");
    return shown;
  }
}

/** How many empty lines in a row are shown as they are; more become one line that counts them. */
const EMPTY_LINES = 3;

/** A command as it is shown for approval: nothing hidden, and no empty space to push its end out of sight. */
export function visibleCommand(command: string): string {
  return visible(command).replace(/\n(?:[ \t]*\n){3,}/g, (run) => {
    const count = run.split("\n").length - 2;
    return count > EMPTY_LINES - 1 ? `\n⋯ ${count} empty lines ⋯\n` : run;
  });
}
