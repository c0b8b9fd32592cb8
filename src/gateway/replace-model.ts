/**
 * A JSON text with the value of its top-level member "model" replaced and not a byte else; the same text when it has
 * none that is a text. A member that is written several times, or with escapes, is replaced everywhere: vendors
 * differ in which of them they read.
 */
export function withModel(text: string, model: string): string {
  const value = JSON.stringify(model);
  let depth = 0;
  let out = "";
  let taken = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) {
      const end = stringEnd(text, at);
      if (depth === 1 && isModel(text, at, end)) {
        VALUE.lastIndex = end + 1;
        const start = VALUE.exec(text)?.[0].length;
        if (start !== undefined) {
          out += text.slice(taken, end + start) + value;
          taken = stringEnd(text, end + start) + 1;
          at = taken - 1;
          // A whole body is long; whether there is more to replace is found much sooner than where.
          AGAIN.lastIndex = taken;
          if (!AGAIN.test(text)) break;
          continue;
        }
      }
      at = end;
    } else if (sign === BRACE || sign === BRACKET) depth++;
    else if (sign === BRACE_END || sign === BRACKET_END) depth--;
  }
  return out + text.slice(taken);
}

/** Whether a string of the text, from quote to quote, says "model". */
function isModel(text: string, from: number, to: number): boolean {
  if (to - from === 6) return text.startsWith('"model"', from);
  const inner = text.slice(from, to + 1);
  return inner.length <= LONGEST_MODEL && inner.includes("\\u") && JSON.parse(inner) === "model";
}

/** "model" with every letter escaped, and its quotes. */
const LONGEST_MODEL = 32;
/** What another member of that name begins with, be it escaped. */
const AGAIN = /"model"|\\u006[4-9a-f]/gi;

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
  let shown = text;
  // By a function: in a text "$&" and its kin would mean something.
  for (const member of ['"model":', '"model": ', '"modelVersion":', '"modelVersion": '])
    shown = shown.replaceAll(`${member}${from}`, () => `${member}${to}`);
  return shown;
}
