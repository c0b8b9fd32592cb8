/**
 * Characters that change what a person sees without being seen: controls, bidirectional overrides, zero-width and tag
 * characters, line separators (Unicode Technical Report 36, section 2; "Trojan Source", CVE-2021-42574).
 */
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/gu;

/** `text` with every hidden character written out as ⟨U+202E⟩, so that what is shown is what there is. Tab and newline stay. */
export function visible(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(HIDDEN, (it) => `⟨U+${(it.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** Shows a text that comes in pieces. */
export interface VisibleStream {
  /** What can be shown with this piece: an end that the next one may change is held back. */
  push(piece: string): string;
  /** What was held back, for nothing follows any more. */
  flush(): string;
}

/** `visible` for a text in pieces, wherever it was cut: in a line end, or between the two units of one character. */
export function visibleStream(): VisibleStream {
  let held = "";
  return {
    push(piece) {
      const text = held + piece;
      held = /[\r\ud800-\udbff]$/.exec(text)?.[0] ?? "";
      return visible(text.slice(0, text.length - held.length));
    },
    flush() {
      const rest = visible(held);
      held = "";
      return rest;
    },
  };
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
