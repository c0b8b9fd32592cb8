/** Text of which no line has ended yet, kept in pieces: joined anew with every piece, a long line takes time by its square. */
export interface HeldText {
  readonly length: number;
  add(text: string): void;
  /** All of it; then nothing is held any more. */
  take(): string;
  /** All of it. */
  peek(): string;
}

/** Nothing is held. */
export function heldText(): HeldText {
  let pieces: string[] = [];
  let length = 0;
  const peek = () => {
    if (pieces.length > 1) pieces = [pieces.join("")];
    return pieces[0] ?? "";
  };
  return {
    get length() {
      return length;
    },
    add(text) {
      if (text === "") return;
      pieces.push(text);
      length += text.length;
    },
    take() {
      const text = peek();
      pieces = [];
      length = 0;
      return text;
    },
    peek,
  };
}
