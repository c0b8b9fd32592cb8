import { Marked, type Token, type TokensList } from "marked";

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

export const NO_BLOCKS: Blocks = { done: [], open: [], end: 0, pieces: false };

/** The blocks of `text`, which is what `blocks` were made of and more at its end; only what is open is read again. */
export function grown(blocks: Blocks, text: string): Blocks {
  const tail = text.slice(blocks.end);
  const tokens = lex(tail);
  const last = tokens.findLastIndex((it) => it.type !== "space");
  const settled = tokens.slice(0, Math.max(0, last));
  const length = settled.reduce((sum, it) => sum + it.raw.length, 0);
  const next = {
    ...blocks,
    done: [...blocks.done, ...settled],
    open: tokens.slice(settled.length),
    end: blocks.end + length,
  };
  return inPieces(next);
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

function inPieces(blocks: Blocks): Blocks {
  const [first] = blocks.open;
  if (first?.type !== "paragraph" || first.raw.length <= PARAGRAPH_LIMIT) return blocks;
  const cut = first.raw.lastIndexOf(" ", PARAGRAPH_LIMIT) + 1 || PARAGRAPH_LIMIT;
  const rest =
    first.raw.slice(cut) +
    blocks.open
      .slice(1)
      .map((it) => it.raw)
      .join("");
  const done = [...blocks.done, ...lex(first.raw.slice(0, cut))];
  return inPieces({ done, open: lex(rest), end: blocks.end + cut, pieces: true });
}

function lex(text: string): TokensList {
  return marked.lexer(text);
}
