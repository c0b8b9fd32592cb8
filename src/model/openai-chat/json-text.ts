/**
 * JSON as models write it: cut off, with raw line breaks in texts, trailing commas, or in Python's words. What is
 * proper JSON means here what it means everywhere (RFC 8259).
 */

/** The value that a text most likely stands for, and where it ends; `undefined`: it begins like none. */
export function lenientValue(text: string): { readonly value: unknown; readonly end: number } | undefined {
  const reader = { text, at: 0 };
  try {
    const value = readValue(reader, 0);
    return value === undefined ? undefined : { value, end: reader.at };
  } catch (error) {
    if (error instanceof NoValue) return undefined;
    throw error;
  }
}

/** What, put behind an object that breaks off, makes it whole; `undefined`: nothing short does. */
export function closingOf(text: string): string | undefined {
  const { closers, isInText } = openIn(text);
  const starts = isInText ? ['"', '":null', '\\"'] : ["", "null", ":null"];
  return starts.map((it) => it + closers).find((it) => isJson(text + it));
}

/** Follows an object through its fragments. */
export interface ObjectScan {
  /** The fragment up to the brace that closes the object, line breaks within texts escaped. */
  feed(fragment: string): { readonly text: string; readonly isWhole: boolean };
}

/** A scan of one object, from its first brace. */
export function objectScan(): ObjectScan {
  let depth = 0;
  let isInText = false;
  let isEscaped = false;
  return {
    feed(fragment) {
      let text = "";
      let from = 0;
      for (let at = 0; at < fragment.length; at++) {
        const sign = fragment[at] ?? "";
        if (isInText && sign < " ") {
          text += fragment.slice(from, at) + JSON.stringify(sign).slice(1, -1);
          from = at + 1;
        } else if (isEscaped) isEscaped = false;
        else if (isInText) {
          if (sign === "\\") isEscaped = true;
          else if (sign === '"') isInText = false;
        } else if (sign === '"') isInText = true;
        else if (sign === "{" || sign === "[") depth++;
        else if ((sign === "}" || sign === "]") && --depth === 0) {
          return { text: text + fragment.slice(from, at + 1), isWhole: true };
        }
      }
      return { text: text + fragment.slice(from), isWhole: false };
    },
  };
}

function openIn(text: string): { readonly closers: string; readonly isInText: boolean } {
  const open: string[] = [];
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (isInText && sign === "\\") at++;
    else if (sign === '"') isInText = !isInText;
    else if (isInText) continue;
    else if (sign === "{") open.push("}");
    else if (sign === "[") open.push("]");
    else if (sign === "}" || sign === "]") open.pop();
  }
  return { closers: open.toReversed().join(""), isInText };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

class NoValue extends Error {}

const DEEPEST = 200;

function readValue(reader: Reader, depth: number): unknown {
  skip(reader);
  if (depth > DEEPEST) throw new NoValue();
  switch (reader.text[reader.at]) {
    case undefined:
      return undefined;
    case "{":
      return readObject(reader, depth);
    case "[":
      return readArray(reader, depth);
    case '"':
    case "'":
      return readText(reader);
    default:
      return readWord(reader);
  }
}

function readObject(reader: Reader, depth: number): unknown {
  const entries: [string, unknown][] = [];
  for (reader.at++; ; ) {
    skip(reader, ",");
    const sign = reader.text[reader.at];
    if (sign === "}") reader.at++;
    if (sign === "}" || sign === undefined) return Object.fromEntries(entries);
    const name = sign === '"' || sign === "'" ? readText(reader) : readBare(reader, /[^\s:,{}[\]"']*/y);
    skip(reader);
    if (reader.text[reader.at] === ":") reader.at++;
    else if (reader.at < reader.text.length) throw new NoValue();
    const value = readValue(reader, depth + 1);
    // A member that broke off before its value says nothing.
    if (value !== undefined) entries.push([name, value]);
  }
}

function readArray(reader: Reader, depth: number): unknown {
  const items: unknown[] = [];
  for (reader.at++; ; ) {
    skip(reader, ",");
    const sign = reader.text[reader.at];
    if (sign === "]") reader.at++;
    if (sign === "]" || sign === undefined) return items;
    const value = readValue(reader, depth + 1);
    if (value !== undefined) items.push(value);
  }
}

function readText(reader: Reader): string {
  const quote = reader.text[reader.at++];
  let raw = "";
  for (; reader.at < reader.text.length; reader.at++) {
    const sign = reader.text[reader.at] ?? "";
    if (sign === quote) {
      reader.at++;
      break;
    }
    if (sign === "\\") {
      const next = reader.text[++reader.at] ?? "";
      raw += next === "'" ? "'" : escaped(next);
    } else raw += sign === '"' ? '\\"' : sign < " " ? JSON.stringify(sign).slice(1, -1) : sign;
  }
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}

/** An escape that JSON knows; a backslash before anything else is meant as one. */
function escaped(sign: string): string {
  return /["\\/bfnrtu]/.test(sign) ? `\\${sign}` : `\\\\${sign}`;
}

const WORDS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  True: true,
  False: false,
  None: null,
};

function readWord(reader: Reader): unknown {
  const word = readBare(reader, /[-+.\w]*/y);
  if (Object.hasOwn(WORDS, word)) return WORDS[word];
  const number = Number(word);
  if (word !== "" && Number.isFinite(number)) return number;
  // A word that the end cut off.
  if (word !== "" && reader.at === reader.text.length) return undefined;
  throw new NoValue();
}

function readBare(reader: Reader, shape: RegExp): string {
  shape.lastIndex = reader.at;
  const found = shape.exec(reader.text)?.[0] ?? "";
  if (found === "" && reader.at < reader.text.length) throw new NoValue();
  reader.at += found.length;
  return found;
}

function skip(reader: Reader, also = ""): void {
  while (/\s/.test(reader.text[reader.at] ?? "") || (also !== "" && reader.text[reader.at] === also))
    reader.at++;
}
