/** The lines of a statement if nothing else stands on them, so that no empty one is left; else just the statement and the blanks behind it. */
export function wholeLines(
  { from, to }: { readonly from: number; readonly to: number },
  text: string,
): { readonly from: number; readonly to: number } {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const ending = text.indexOf("\n", to);
  const end = ending === -1 ? text.length : ending + 1;
  if (text.slice(start, from).trim() === "" && text.slice(to, end).trim() === "")
    return { from: start, to: end };
  const blanks = /^[ \t]*/.exec(text.slice(to))?.[0].length ?? 0;
  return { from, to: to + blanks };
}
