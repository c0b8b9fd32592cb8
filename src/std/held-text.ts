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
  return new Held();
}

/** A class, since one is made for every stream, before its first bytes go on. */
class Held implements HeldText {
  length = 0;
  #pieces: string[] = [];

  add(text: string): void {
    if (text === "") return;
    this.#pieces.push(text);
    this.length += text.length;
  }

  take(): string {
    const text = this.peek();
    this.#pieces = [];
    this.length = 0;
    return text;
  }

  peek(): string {
    if (this.#pieces.length > 1) this.#pieces = [this.#pieces.join("")];
    return this.#pieces[0] ?? "";
  }
}
