/** One line of a text: `from` inclusive, `to` exclusive and before the line ending, `next` after it. */
export interface Line {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/** The lines of `text` by offset; a text that ends with a line ending has an empty last line. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (const ending of text.matchAll(/\r\n|\n|\r/g)) {
    const next = ending.index + ending[0].length;
    lines.push({ from, to: ending.index, next });
    from = next;
  }
  lines.push({ from, to: text.length, next: text.length });
  return lines;
}

/** The line ending used most in `text`; `undefined` when it has none. */
export function endingOf(text: string): "\n" | "\r\n" | "\r" | undefined {
  const counts = { "\n": 0, "\r\n": 0, "\r": 0 };
  for (const ending of text.matchAll(/\r\n|\n|\r/g)) counts[ending[0] as keyof typeof counts]++;
  if (counts["\r\n"] > 0 && counts["\r\n"] >= counts["\n"]) return "\r\n";
  if (counts["\n"] > 0) return "\n";
  return counts["\r"] > 0 ? "\r" : undefined;
}

/** `text` with every `\r\n` and `\n` written as `ending`. */
export function withEnding(text: string, ending: string): string {
  return text.replace(/\r\n|\n/g, ending);
}

/** Number of the line, from 1, in which `offset` lies. */
export function lineAt(text: string, offset: number): number {
  return lineOf(linesOf(text), offset) + 1;
}

/** Index of that one of `lines` in which `offset` lies. */
export function lineOf(lines: readonly Line[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** `line` without the spaces and tabs at its end. */
export function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === " " || line[end - 1] === "\t")) end--;
  return line.slice(0, end);
}

/** `line` without the spaces and tabs at both ends. */
export function withoutBlanks(line: string): string {
  return withoutTrailingBlanks(line).replace(/^[ \t]+/, "");
}

/** Lines from `first` (counted from 1) with their numbers before them, as `cat -n` prints them. */
export function numbered(lines: readonly string[], first: number): string {
  return lines.map((line, index) => `${String(first + index).padStart(6)}\t${line}`).join("\n");
}
