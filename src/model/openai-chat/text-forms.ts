/**
 * The forms in which models write calls into their text, as their chat templates have them: Hermes and Qwen
 * (`<tool_call>`), Llama (`<function=…>`, `<|python_tag|>`, a bare object), Mistral (`[TOOL_CALLS]`), and fences of
 * Markdown by models that were never taught any.
 */
export interface Form {
  /** What is known of a text that begins with the form's mark: the inside of the call and the length of it all. */
  readonly read: (
    text: string,
    isLast: boolean,
  ) => "more" | "no" | { readonly body: string; readonly length: number };
  /** What has to come before more is known of a text that is longer than `HEAD`; absent: its end. */
  readonly close?: string;
}

/** How much of a text tells whether it may be a call, in UTF-16 units. */
export const HEAD = 200;

/** A mark in a text. */
export interface Opener {
  readonly form: Form;
  readonly at: number;
  /** Of the mark. */
  readonly length: number;
}

/** All forms by name. */
export const FORMS = {
  hermes: {
    read: between("<tool_call>", "</tool_call>", /^\s*(\{|\[|<function=)/),
    close: "</tool_call>",
  },
  function: {
    close: "</function>",
    read: (text: string, isLast: boolean) => {
      const end = text.indexOf("</function>");
      if (end !== -1) return { body: text.slice(0, end), length: end + "</function>".length };
      return isLast ? { body: text, length: text.length } : "more";
    },
  },
  python: { read: toTheEnd("<|python_tag|>", /^\s*\{/) },
  mistral: { read: toTheEnd("[TOOL_CALLS]", /^\s*[[{]/) },
  fence: { read: fenced, close: "```" },
  bare: { read: toTheEnd("", /^\s*\{/) },
} as const satisfies Readonly<Record<string, Form>>;

const MARKS: readonly (readonly [string, Form])[] = [
  ["<tool_call>", FORMS.hermes],
  ["<function=", FORMS.function],
  ["<|python_tag|>", FORMS.python],
  ["[TOOL_CALLS]", FORMS.mistral],
  ["```", FORMS.fence],
];

/** The first mark in a text; an object counts as one where nothing was said before it. */
export function openerIn(text: string, isBlank: boolean): Opener | undefined {
  const bare = isBlank ? /^\s*\{/.exec(text) : null;
  if (bare) return { form: FORMS.bare, at: bare[0].length - 1, length: 1 };
  const found = MARKS.map(([mark, form]) => ({ form, at: text.indexOf(mark), length: mark.length }));
  return found.filter((it) => it.at !== -1).toSorted((a, b) => a.at - b.at)[0];
}

/** How many signs at the end of a text may be the beginning of a mark. */
export function mayBegin(text: string, isBlank: boolean): number {
  if (isBlank && text.trim() === "") return 0;
  const lengths = MARKS.map(([mark]) => {
    let length = Math.min(mark.length - 1, text.length);
    while (length > 0 && !text.endsWith(mark.slice(0, length))) length--;
    return length;
  });
  return Math.max(0, ...lengths);
}

/** Members with which an object that stands for a call may begin. */
const MEMBERS = ["name", "arguments", "parameters", "function", "type", "id"].map((it) => `"${it}"`);

/** Whether a text is, as far as it goes, an object or a list of objects that stand for calls. */
function mayBeCall(text: string): boolean {
  const inside = /^\s*\[?\s*\{\s*/.exec(text);
  if (inside === null) return /^\s*\[?\s*$/.test(text);
  const begin = text.slice(inside[0].length);
  return MEMBERS.some((it) => it.startsWith(begin.slice(0, it.length)));
}

function between(open: string, close: string, shape: RegExp): Form["read"] {
  return (text, isLast) => {
    const inside = text.slice(open.length);
    if (inside.trim() === "") return isLast ? "no" : "more";
    if (!shape.test(inside) && !"<function=".startsWith(inside.trim())) return "no";
    const end = inside.indexOf(close);
    if (end !== -1) return { body: inside.slice(0, end), length: open.length + end + close.length };
    return isLast ? { body: inside, length: text.length } : "more";
  };
}

/** Calls that nothing follows any more but marks of the end. */
function toTheEnd(open: string, shape: RegExp): Form["read"] {
  return (text, isLast) => {
    const inside = text.slice(open.length);
    if (inside.trim() !== "" && (!shape.test(inside) || !mayBeCall(inside))) return "no";
    if (!isLast) return "more";
    return { body: inside.replace(/(<\|(eom_id|eot_id|im_end)\|>|<\/s>|\s)+$/, ""), length: text.length };
  };
}

/** What may stand behind a fence that holds a call. */
const LANGUAGES = ["", "json", "tool_call", "tool_code", "tool"];

function fenced(text: string, isLast: boolean): ReturnType<Form["read"]> {
  const line = text.indexOf("\n");
  const language = text.slice(3, line === -1 ? undefined : line).trim();
  if (line === -1) return !isLast && LANGUAGES.some((it) => it.startsWith(language)) ? "more" : "no";
  const inside = text.slice(line + 1);
  if (!LANGUAGES.includes(language) || !mayBeCall(inside)) return "no";
  const end = /\n[ \t]*```/.exec(inside);
  if (end === null) return isLast ? { body: inside, length: text.length } : "more";
  const length = line + 1 + end.index + end[0].length;
  const behind = text.slice(length).trimStart();
  // Words behind a fence speak about it: then it is an example and no call.
  if (behind !== "" && !behind.startsWith("```".slice(0, behind.length))) return "no";
  return behind.length < 3 && !isLast ? "more" : { body: inside.slice(0, end.index), length };
}
