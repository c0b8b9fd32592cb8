import type { JsonObject } from "../conversation.ts";
import { repairedInput } from "./input.ts";
import { lenientValue } from "./json-text.ts";
import { FORMS, type Form, HEAD, mayBegin, openerIn } from "./text-forms.ts";

/** What a text turned out to be: words, or a call that the model wrote into it. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "call"; readonly name: string; readonly input: JsonObject };

/** Finds calls in a text as it comes. Words are held back only while they may be the beginning of a call. */
export interface TextCalls {
  take(text: string): readonly Piece[];
  /** What was still held back. */
  end(): readonly Piece[];
}

/** Finds calls of these tools; without any, everything is words. */
export function textCalls(tools: ReadonlySet<string>): TextCalls {
  let held = "";
  let isBlank = true;
  let pause: Pause | undefined;
  return {
    take(text) {
      if (tools.size === 0) return words(text);
      held += text;
      // Reading a long call anew with each of its pieces would take the square of its length.
      if (pause !== undefined && !pause.endsWith(text)) return [];
      return read(false);
    },
    end: () => read(true),
  };

  function read(isLast: boolean): readonly Piece[] {
    const pieces: Piece[] = [];
    pause = undefined;
    for (;;) {
      const opener = openerIn(held, isBlank);
      if (opener === undefined) {
        const keep = isLast ? 0 : mayBegin(held, isBlank);
        pieces.push(...words(held.slice(0, held.length - keep)));
        held = held.slice(held.length - keep);
        return pieces;
      }
      pieces.push(...words(held.slice(0, opener.at)));
      held = held.slice(opener.at);
      const found = opener.form.read(held, isLast);
      if (found === "more" && !isLast) {
        pause = pauseIn(held, opener.form);
        return pieces;
      }
      const calls = found === "more" || found === "no" ? [] : callsIn(found.body, opener.form, tools);
      if (found === "more" || found === "no" || calls.length === 0) {
        pieces.push(...words(held.slice(0, opener.length)));
        held = held.slice(opener.length);
      } else {
        pieces.push(...calls);
        held = held.slice(found.length);
      }
    }
  }

  function words(text: string): readonly Piece[] {
    if (text === "") return [];
    if (text.trim() !== "") isBlank = false;
    return [{ kind: "text", text }];
  }
}

/** While nothing new can be known of a held text. */
interface Pause {
  /** Whether it is over with this piece. */
  endsWith(text: string): boolean;
}

function pauseIn(held: string, { close }: Form): Pause | undefined {
  if (held.length <= HEAD || (close !== undefined && held.slice(HEAD).includes(close))) return undefined;
  if (close === undefined) return { endsWith: () => false };
  let tail = held.slice(-close.length);
  return {
    endsWith(text) {
      const seen = tail + text;
      tail = seen.slice(-close.length);
      return seen.includes(close);
    },
  };
}

/** The calls in the inside of a mark; none when one of them is of a tool that the request did not have. */
function callsIn(body: string, form: Form, tools: ReadonlySet<string>): readonly Piece[] {
  const calls =
    form === FORMS.function
      ? [functionCall(body)]
      : /^\s*<function=/.test(body)
        ? [functionCall(body)]
        : valuesIn(body).map(callOf);
  const isWhole = calls.every((it) => it !== undefined && tools.has(it.name));
  return isWhole ? calls.flatMap((it) => (it ? [{ kind: "call", ...it }] : [])) : [];
}

interface Call {
  readonly name: string;
  readonly input: JsonObject;
}

/** The values of a text that holds one, a list of them, or several behind one another; none when anything else is in it. */
function valuesIn(body: string): readonly unknown[] {
  const values: unknown[] = [];
  for (let rest = body.trim(); rest !== ""; ) {
    const found = lenientValue(rest);
    if (found === undefined || found.end === 0) return [];
    values.push(...(Array.isArray(found.value) ? found.value : [found.value]));
    rest = rest.slice(found.end).replace(/^[\s;,]+/, "");
  }
  return values;
}

function callOf(value: unknown): Call | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const it = value as Readonly<Record<string, unknown>>;
  if (typeof it["function"] === "object") return callOf(it["function"]);
  const name = it["name"] ?? it["function"];
  const given = it["arguments"] ?? it["parameters"] ?? it["input"];
  const input = given === undefined ? undefined : repairedInput(given);
  return typeof name === "string" && input !== undefined ? { name, input } : undefined;
}

/** `<function=name>` with JSON, or with `<parameter=name>` elements, whose values are texts unless they are plainly not. */
function functionCall(body: string): Call | undefined {
  const [, name, inside] = /^\s*<function=([^>\s]+)>([\s\S]*?)(?:<\/function>\s*)?$/.exec(body) ?? [];
  if (name === undefined || inside === undefined) return undefined;
  if (!/^\s*<parameter=/.test(inside)) {
    const input = inside.trim() === "" ? {} : repairedInput(inside);
    return input === undefined ? undefined : { name, input };
  }
  const parameters = inside.matchAll(/<parameter=([^>\s]+)>\n?([\s\S]*?)\n?<\/parameter>/g);
  return {
    name,
    input: Object.fromEntries([...parameters].map(([, key = "", text = ""]) => [key, plainValue(text)])),
  };
}

/** Numbers and truth values are meant as such; everything else may be the content of a file. */
function plainValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
}
