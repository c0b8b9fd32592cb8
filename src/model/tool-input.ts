import type { JsonObject } from "./conversation.ts";

/** The input of a tool call, or a sentence for the model that says why it cannot be trusted. */
export type ToolInput =
  | { readonly kind: "input"; readonly input: JsonObject }
  | { readonly kind: "bad"; readonly why: string };

/** Nesting beyond this is no honest tool input. */
const DEEPEST = 100;

/** Decodes the whole raw input of a call; "" is a call without arguments. Never throws, never repairs. */
export function readToolInput(raw: string): ToolInput {
  if (raw.trim() === "") return { kind: "input", input: {} };
  const depth = depthOf(raw);
  if (depth > DEEPEST) return bad(`is nested ${depth} levels deep; at most ${DEEPEST} are taken`);
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (error) {
    return bad(`is not valid JSON (${error instanceof Error ? error.message.slice(0, 120) : "unreadable"})`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return bad("is not a JSON object");
  const twice = repeatedKey(raw);
  if (twice !== undefined) return bad(`names ${JSON.stringify(twice.slice(0, 80))} twice in one object`);
  return { kind: "input", input: value as JsonObject };
}

function bad(why: string): ToolInput {
  return { kind: "bad", why: `The input of this call ${why}. Nothing was run; send the call again, whole.` };
}

/** Deepest nesting of brackets outside strings, of JSON that need not be valid. */
export function depthOf(raw: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < raw.length; at++) {
    const char = raw.charCodeAt(at);
    if (char === QUOTE) at = stringEnd(raw, at);
    else if (char === BRACE || char === BRACKET) deepest = Math.max(deepest, ++depth);
    else if (char === BRACE_END || char === BRACKET_END) depth--;
  }
  return deepest;
}

/** The first key that stands twice in one object of valid JSON. */
function repeatedKey(raw: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < raw.length; at++) {
    const char = raw.charCodeAt(at);
    if (char === BRACE) open.push(new Set());
    else if (char === BRACKET) open.push(undefined);
    else if (char === BRACE_END || char === BRACKET_END) open.pop();
    else if (char === QUOTE) {
      const end = stringEnd(raw, at);
      const keys = open.at(-1);
      if (keys !== undefined && isBeforeColon(raw, end + 1)) {
        const key: string = JSON.parse(raw.slice(at, end + 1));
        if (keys.has(key)) return key;
        keys.add(key);
      }
      at = end;
    }
  }
  return undefined;
}

const QUOTE = 34;
const BACKSLASH = 92;
const BRACE = 123;
const BRACE_END = 125;
const BRACKET = 91;
const BRACKET_END = 93;

/** Offset of the quote that ends the string beginning at `start`; the text's end when none does. */
function stringEnd(raw: string, start: number): number {
  for (let at = raw.indexOf('"', start + 1); at !== -1; at = raw.indexOf('"', at + 1)) {
    let slashes = 0;
    while (raw.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return raw.length;
}

function isBeforeColon(raw: string, at: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = at;
  return colon.test(raw);
}
