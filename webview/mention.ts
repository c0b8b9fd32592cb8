/** A mention being typed: `@` and what follows up to the caret. */
export interface Mention {
  /** Offset of the `@`. */
  readonly from: number;
  /** What was typed after it. */
  readonly query: string;
}

/** The mention the caret stands in; `undefined` when it stands in none. An `@` inside a word (an address) is none. */
export function mentionAt(text: string, caret: number): Mention | undefined {
  const [, before, query] = /(^|[\s([{"'`])@([^\s@]*)$/.exec(text.slice(0, caret)) ?? [];
  if (before === undefined || query === undefined) return undefined;
  return { from: caret - query.length - 1, query };
}

/** `text` with the mention replaced by one of `path`, and where the caret goes. Paths with blanks are quoted. */
export function withMention(
  text: string,
  mention: Mention,
  path: string,
): { readonly text: string; readonly caret: number } {
  const word = `@${/\s/.test(path) ? `"${path}"` : path}`;
  // After a folder one goes on typing its child.
  const inserted = path.endsWith("/") ? word : `${word} `;
  const end = mention.from + 1 + mention.query.length;
  const rest = text.slice(end);
  return {
    text: text.slice(0, mention.from) + inserted + (inserted.endsWith(" ") ? rest.replace(/^ /, "") : rest),
    caret: mention.from + inserted.length,
  };
}
