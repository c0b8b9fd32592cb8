/** What a placeholder looks like: what it stands for, and a number that tells it from others of its kind. */
const PLACEHOLDER = /\[masked: (\w[\w .-]{0,60}) (\d{1,6})\]/g;

/** What stands in a text where a secret is. */
export function placeholderOf(what: string, number: number): string {
  return `[masked: ${what} ${number}]`;
}

/** All that looks like a placeholder in `text`, each once. */
export function placeholdersIn(text: string): readonly string[] {
  return text.includes("[masked: ") ? [...new Set([...text.matchAll(PLACEHOLDER)].map((it) => it[0]))] : [];
}

/** The highest number of each kind in `texts`. */
export function numbersIn(texts: Iterable<string>): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const text of texts) {
    if (!text.includes("[masked: ")) continue;
    for (const [, what = "", number = "0"] of text.matchAll(PLACEHOLDER))
      numbers.set(what, Math.max(numbers.get(what) ?? 0, Number(number)));
  }
  return numbers;
}
