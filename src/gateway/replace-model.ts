/**
 * A JSON text with the value of its top-level member "model" replaced and not a byte else; the same text when it has
 * none that is a text.
 */
export function withModel(text: string, model: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) {
      const end = stringEnd(text, at);
      if (depth === 1 && end - at === 6 && text.startsWith('"model"', at)) {
        VALUE.lastIndex = end + 1;
        const start = VALUE.exec(text)?.[0].length;
        if (start !== undefined) {
          const from = end + start;
          return `${text.slice(0, from)}${JSON.stringify(model)}${text.slice(stringEnd(text, from) + 1)}`;
        }
      }
      at = end;
    } else if (sign === BRACE || sign === BRACKET) depth++;
    else if (sign === BRACE_END || sign === BRACKET_END) depth--;
  }
  return text;
}

/** A colon and a text's beginning. */
const VALUE = /\s*:\s*"/y;
const QUOTE = 34;
const BRACKET = 91;
const BACKSLASH = 92;
const BRACKET_END = 93;
const BRACE = 123;
const BRACE_END = 125;

function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

/**
 * An event or answer in which the vendor's name of the model is replaced by the client's. Inside texts quotes are
 * escaped, so a member is never mistaken for words.
 */
export function showingModel(text: string, vendors: string, clients: string): string {
  const [from, to] = [JSON.stringify(vendors), JSON.stringify(clients)];
  return text
    .replaceAll(`"model":${from}`, `"model":${to}`)
    .replaceAll(`"model": ${from}`, `"model": ${to}`)
    .replaceAll(`"modelVersion":${from}`, `"modelVersion":${to}`)
    .replaceAll(`"modelVersion": ${from}`, `"modelVersion": ${to}`);
}
