import { Marked, type Token } from "marked";

const marked = new Marked({ gfm: true });

/** How long a single paragraph may become before it is shown in pieces, in UTF-16 units; keeps each repaint small. */
const PARAGRAPH_LIMIT = 8192;

/** Markdown cut into blocks while it grows. */
export interface Blocks {
  /** Blocks that no further text can change. */
  readonly done: readonly Token[];
  /** Blocks at the end that may still change. */
  readonly open: readonly Token[];
  /** Offset where `open` begins. */
  readonly end: number;
  /** Whether a paragraph had to be shown in pieces. */
  readonly pieces: boolean;
}

/** A text before its first block. */
export const NO_BLOCKS: Blocks = { done: [], open: [], end: 0, pieces: false };

/** The blocks of `text`, which is what `blocks` were made of and more at its end; only what is open is read again. */
export function grown(blocks: Blocks, text: string): Blocks {
  const tail = text.slice(blocks.end);
  const tokens = lex(tail);
  const last = tokens.findLastIndex((it) => it.type !== "space");
  const { count, length } = faithful(tokens.slice(0, Math.max(0, last)), tail);
  const done = [...blocks.done, ...tokens.slice(0, count)];
  return inPieces({ ...blocks, done, open: tokens.slice(count), end: blocks.end + length }, text);
}

/** How many tokens, and how much text, are exactly what stands in `text`: the lexer tidies some ends of lists. */
function faithful(
  tokens: readonly Token[],
  text: string,
): { readonly count: number; readonly length: number } {
  let length = 0;
  for (const [count, { raw }] of tokens.entries()) {
    if (!text.startsWith(raw, length)) return { count, length };
    length += raw.length;
  }
  return { count: tokens.length, length };
}

/** The blocks of a text that will not change any more. */
export function whole(text: string): Blocks {
  const tokens = lex(text);
  return { done: tokens, open: [], end: text.length, pieces: false };
}

/** Whether some block defines a link that others, even before it, may use. */
export function definesLinks({ done, open }: Blocks): boolean {
  return done.some(isDefinition) || open.some(isDefinition);
}

function isDefinition(token: Token): boolean {
  return token.type === "def";
}

function inPieces(blocks: Blocks, text: string): Blocks {
  const [first] = blocks.open;
  if (first?.type !== "paragraph" || first.raw.length <= PARAGRAPH_LIMIT) return blocks;
  const cut = first.raw.lastIndexOf(" ", PARAGRAPH_LIMIT) + 1 || PARAGRAPH_LIMIT;
  const end = blocks.end + cut;
  const done = [...blocks.done, ...lex(text.slice(blocks.end, end))];
  return inPieces({ done, open: lex(text.slice(end)), end, pieces: true }, text);
}

/** What is nested too deep for the lexer, as quotes in quotes a thousand times, is shown as it was written. */
function lex(text: string): readonly Token[] {
  try {
    const tokens = marked.lexer(text);
    return tokens.some((it) => depthOf(it) > DEEPEST) ? [asWritten(text)] : tokens;
  } catch (error) {
    if (error instanceof RangeError) return [asWritten(text)];
    throw error;
  }
}

/** Deeper than any text that a person reads; the renderer goes down by calling itself, too. */
const DEEPEST = 100;

function asWritten(text: string): Token {
  return { type: "code", raw: text, text };
}

function depthOf(token: Token): number {
  let depth = 0;
  for (let level = [token]; level.length > 0 && depth <= DEEPEST; depth++) level = level.flatMap(innerOf);
  return depth;
}

function innerOf(token: Token): Token[] {
  return "items" in token && Array.isArray(token.items)
    ? token.items
    : ("tokens" in token && token.tokens) || [];
}
