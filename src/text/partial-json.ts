/**
 * What a JSON text (RFC 8259) that is still being written says so far: all values that are whole, and a string at its
 * end as far as it goes. `undefined` when it says nothing yet, or cannot be read.
 */
export function partialJson(raw: string): unknown {
  try {
    return JSON.parse(closed(raw));
  } catch {
    return undefined;
  }
}

/** The longest beginning that can be closed, closed. */
function closed(raw: string): string {
  const closers: string[] = [];
  let whole = "";
  let isKey = false;
  const upTo = (end: number, more = "") => raw.slice(0, end) + more + closers.toReversed().join("");
  for (const { 0: token, index } of raw.matchAll(TOKENS)) {
    const end = index + token.length;
    const isLast = end === raw.length;
    if (token === "{" || token === "[") closers.push(token === "{" ? "}" : "]");
    else if (token === "}" || token === "]") closers.pop();
    if (token === "{" || token === ",") isKey = closers.at(-1) === "}";
    else if (token === ":") isKey = false;
    if (token === "," || token === ":" || (isKey && token !== "{")) continue;
    if (token.startsWith('"') && !WHOLE_STRING.test(token)) whole = upTo(end - halfEscape(token), '"');
    // More of a number or a word may follow.
    else if (!isLast || !/^[\w.+-]/.test(token)) whole = upTo(end);
  }
  return whole;
}

const TOKENS = /"(?:[^"\\]|\\.)*(?:"|\\$)?|[{}[\],:]|[^\s{}[\],:"]+/gs;
const WHOLE_STRING = /^"(?:[^"\\]|\\.)*"$/s;

/** Length of an escape at the end that is not whole. */
function halfEscape(token: string): number {
  return /(?:^|[^\\])(?:\\\\)*(\\(?:u[\da-fA-F]{0,3})?)$/.exec(token)?.[1]?.length ?? 0;
}
