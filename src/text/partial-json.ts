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
  let open: Open | undefined;
  let whole: { readonly end: number; readonly more: string; readonly open: Open | undefined } | undefined;
  let isKey = false;
  for (const { 0: token, index } of raw.matchAll(TOKENS)) {
    const end = index + token.length;
    const isLast = end === raw.length;
    if (token === "{" || token === "[") open = { closer: token === "{" ? "}" : "]", around: open };
    else if (token === "}" || token === "]") open = open?.around;
    if (token === "{" || token === ",") isKey = open?.closer === "}";
    else if (token === ":") isKey = false;
    if (token === "," || token === ":" || (isKey && token !== "{")) continue;
    if (token.startsWith('"') && !WHOLE_STRING.test(token))
      whole = { end: end - halfEscape(token), more: '"', open };
    // More of a number or a word may follow.
    else if (!isLast || !/^[\w.+-]/.test(token)) whole = { end, more: "", open };
  }
  return whole ? raw.slice(0, whole.end) + whole.more + closersOf(whole.open) : "";
}

/** What is still open, the innermost first: kept so that remembering it costs nothing, however deep it is. */
interface Open {
  readonly closer: string;
  readonly around: Open | undefined;
}

function closersOf(open: Open | undefined): string {
  let closers = "";
  for (let it = open; it; it = it.around) closers += it.closer;
  return closers;
}

const TOKENS = /"(?:[^"\\]|\\.)*(?:"|\\$)?|[{}[\],:]|[^\s{}[\],:"]+/gs;
const WHOLE_STRING = /^"(?:[^"\\]|\\.)*"$/s;

/** Length of an escape at the end that is not whole. */
function halfEscape(token: string): number {
  return /(?:^|[^\\])(?:\\\\)*(\\(?:u[\da-fA-F]{0,3})?)$/.exec(token)?.[1]?.length ?? 0;
}
