import type { JsonObject, Message, ToolResultBlock, ToolUseBlock } from "./conversation.ts";

/** A tool call the offline model makes. */
export interface OfflineStep {
  readonly tool: string;
  readonly input: JsonObject;
}

/** What the offline model answers: words, calls, or both. `id` is the same for the same conversation. */
export interface OfflineAnswer {
  readonly text: string;
  readonly calls: readonly OfflineStep[];
  readonly id: string;
}

type Command =
  | { readonly kind: "show"; readonly file: string }
  | { readonly kind: "find"; readonly text: string }
  | { readonly kind: "replace"; readonly from: string; readonly to: string; readonly file: string }
  | { readonly kind: "create"; readonly file: string; readonly text: string }
  | { readonly kind: "run"; readonly command: string }
  | { readonly kind: "rename"; readonly from: string; readonly to: string; readonly file: string }
  | { readonly kind: "help" };

/** What the offline model says of itself, in Markdown. */
export const OFFLINE_HELP = `I am the offline model: a few written commands, no language model. I understand:

- \`show FILE\` reads a file
- \`find TEXT\` searches the project
- \`replace "A" with "B" in FILE\` changes every A to B
- \`create FILE: TEXT\` writes a new file
- \`run COMMAND\` runs a command in the shell
- \`rename A to B in FILE\` renames what A is, in all files that use it; in a text, the whole word A
- \`help\` shows this

Join several with "then": \`show src/cart.ts then run npm test\`.

For anything else a language model is needed. Set an API key with the command "Wheelhouse: Set API Key" (or ANTHROPIC_API_KEY in a terminal) and choose a model.`;

/** The next answer to a conversation: the commands of the last message, one after the other. Pure. */
export function planOf(messages: readonly Message[]): OfflineAnswer {
  const { prompt, at, done } = lastPrompt(messages);
  const id = `${at}_${done.length}`;
  const commands = parse(prompt);
  if (typeof commands === "string") return { text: commands, calls: [], id };
  return { ...next(commands, done), id };
}

/** One finished call since the last prompt, with its result's text. */
interface Done {
  readonly call: ToolUseBlock;
  readonly text: string;
  readonly failed: boolean;
}

function lastPrompt(messages: readonly Message[]): { prompt: string; at: number; done: readonly Done[] } {
  const at = messages.findLastIndex(
    (it) => it.role === "user" && it.content.some((block) => block.type === "text"),
  );
  const said = messages[at]?.content.flatMap((it) =>
    it.type === "text" ? [withoutAttachments(it.text)] : [],
  );
  // Several messages that came at once are done one after the other.
  const prompt = (said ?? []).filter((it) => it !== "").join("\nthen\n");
  const later = messages.slice(at + 1);
  const calls = later.flatMap((it) => it.content.filter((block) => block.type === "tool_use"));
  const results = new Map(
    later.flatMap((it) =>
      it.content.flatMap((block) =>
        block.type === "tool_result" ? [[block.tool_use_id, block] as const] : [],
      ),
    ),
  );
  const done = calls.flatMap((call) => {
    const result = results.get(call.id);
    return result ? [{ call, text: textOf(result), failed: result.is_error === true }] : [];
  });
  return { prompt, at, done };
}

function textOf({ content }: ToolResultBlock): string {
  return typeof content === "string"
    ? content
    : content.map((it) => (it.type === "text" ? it.text : "")).join("\n");
}

/** Files and selections that came with the message are not the person's words. */
function withoutAttachments(text: string): string {
  return text.replace(/<(open_in_editor|attached_file) [^\n]*>\n[\s\S]*?\n<\/\1>/g, "").trim();
}

/** The commands, or what to answer when there are none. */
function parse(prompt: string): readonly Command[] | string {
  const commands: Command[] = [];
  for (const part of parts(prompt)) {
    const command = parseOne(part);
    if (!command) return `I do not understand "${part.slice(0, 200)}".\n\n${OFFLINE_HELP}`;
    commands.push(command);
  }
  return commands.length === 0 ? OFFLINE_HELP : commands;
}

/** Split at "then" outside quotes; the text of a new file reaches to the end. */
function parts(prompt: string): readonly string[] {
  const create = /\bcreate\s+\S+\s*:/i.exec(prompt);
  const head = create ? prompt.slice(0, create.index) : prompt;
  const pieces = head
    .split(/\s+then\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/i)
    .map((it) => it.trim().replace(/\s*\bthen$/i, ""));
  return [...pieces, ...(create ? [prompt.slice(create.index).trim()] : [])].filter((it) => it !== "");
}

const QUOTED = '"([^"]*)"|(\\S+)';

function parseOne(part: string): Command | undefined {
  if (/^(help|hello|hi|\?)$/i.test(part)) return { kind: "help" };
  const show = /^(?:show|read|open)\s+@?(\S+)$/i.exec(part);
  if (show?.[1]) return { kind: "show", file: show[1] };
  const find = /^find\s+(?:"([^"]*)"|([\s\S]+))$/i.exec(part);
  if (find) return { kind: "find", text: find[1] ?? find[2] ?? "" };
  const replace = new RegExp(
    `^replace\\s+(?:${QUOTED})\\s+with\\s+(?:${QUOTED})\\s+in\\s+@?(\\S+)$`,
    "i",
  ).exec(part);
  if (replace?.[5])
    return {
      kind: "replace",
      from: unescaped(replace[1] ?? replace[2]),
      to: unescaped(replace[3] ?? replace[4]),
      file: replace[5],
    };
  const create = /^create\s+@?(\S+?)\s*:[ \t]?\n?([\s\S]*)$/i.exec(part);
  if (create?.[1]) return { kind: "create", file: create[1], text: create[2] ?? "" };
  const run = /^run\s+([\s\S]+)$/i.exec(part);
  if (run?.[1]) return { kind: "run", command: run[1].replace(/^`([\s\S]*)`$/, "$1") };
  const rename = /^rename\s+([\w$]+)\s+to\s+([\w$]+)\s+in\s+@?(\S+)$/i.exec(part);
  if (rename?.[1] && rename[2] && rename[3])
    return { kind: "rename", from: rename[1], to: rename[2], file: rename[3] };
  return undefined;
}

function unescaped(text = ""): string {
  return text.replace(/\\n/g, "\n").replace(/\\t/g, "\t");
}

/** Walks through the commands along the calls made so far: the first that is not finished decides. */
function next(
  commands: readonly Command[],
  done: readonly Done[],
): { text: string; calls: readonly OfflineStep[] } {
  let left = done;
  const said: string[] = [];
  for (const command of commands) {
    const steps = stepsOf(command, left);
    if (steps.kind === "call") return { text: said.join("\n\n"), calls: [steps.call] };
    said.length = 0;
    said.push(steps.text);
    if (steps.kind === "failed") return { text: steps.text, calls: [] };
    left = left.slice(steps.used);
  }
  return { text: said.join("\n\n") || "Done.", calls: [] };
}

type Progress =
  | { readonly kind: "call"; readonly call: OfflineStep }
  | { readonly kind: "finished"; readonly text: string; readonly used: number }
  | { readonly kind: "failed"; readonly text: string };

function stepsOf(command: Command, done: readonly Done[]): Progress {
  switch (command.kind) {
    case "show":
      return single(
        { tool: "Read", input: { file_path: command.file } },
        done,
        () => `That is ${command.file}.`,
      );
    case "find":
      return single(
        { tool: "Grep", input: { pattern: literal(command.text), output_mode: "content", "-n": true } },
        done,
        (text) => fence(text),
      );
    case "create":
      return single(
        { tool: "Write", input: { file_path: command.file, content: command.text } },
        done,
        () => `Created ${command.file}.`,
      );
    case "run":
      return single(
        { tool: "Bash", input: { command: command.command } },
        done,
        () => `Ran \`${command.command}\`.`,
      );
    case "replace":
    case "rename":
      return change(command, done);
    case "help":
      return { kind: "finished", text: OFFLINE_HELP, used: 0 };
  }
}

function single(call: OfflineStep, [first]: readonly Done[], text: (result: string) => string): Progress {
  if (!first) return { kind: "call", call };
  return first.failed
    ? { kind: "failed", text: `That did not work. ${shortened(first.text)}` }
    : { kind: "finished", text: text(first.text), used: 1 };
}

/** The whole stands in the call's row; here its beginning is enough, and long output as it came. */
function shortened(text: string): string {
  return text.includes("\n") ? fence(text.slice(0, 600)) : text;
}

/** Reads the file, then edits it: a name of a program by the refactoring, any other as a whole word, a text wherever it stands. */
function change(
  command: Extract<Command, { kind: "replace" | "rename" }>,
  [read, edit]: readonly Done[],
): Progress {
  const { from, to, file } = command;
  if (!read) return { kind: "call", call: { tool: "Read", input: { file_path: file } } };
  if (read.failed) return { kind: "failed", text: `That did not work: ${read.text}` };
  if (edit)
    return edit.failed
      ? { kind: "failed", text: edit.text.replace(/^(?!Nothing was changed)/, "Nothing was changed: ") }
      : { kind: "finished", text: changedText(command), used: 2 };
  if (command.kind === "replace")
    return {
      kind: "call",
      call: { tool: "Edit", input: { file_path: file, old_string: from, new_string: to, replace_all: true } },
    };
  const lines = linesWith(from, read.text);
  const selection = CODE.test(file) ? placeOf(from, read.text) : undefined;
  if (selection !== undefined) {
    const input = { id: "rename", file_path: file, selection, new_name: to };
    return { kind: "call", call: { tool: "Refactor", input } };
  }
  if (lines.length === 0) return { kind: "failed", text: `There is no word ${from} in ${file}.` };
  const word = wordOf(from);
  const edits = lines.map((line) => ({
    old_string: line,
    new_string: line.replace(word, () => to),
    replace_all: true,
  }));
  return { kind: "call", call: { tool: "MultiEdit", input: { file_path: file, edits } } };
}

function changedText({ kind, from, to, file }: Extract<Command, { kind: "replace" | "rename" }>): string {
  return kind === "rename" && CODE.test(file)
    ? `Renamed ${from} to ${to}, wherever it is used.`
    : `Changed ${from} to ${to} in ${file}.`;
}

/** Files of the languages in which names are renamed as what they are. */
const CODE = /\.([cm]?[jt]s|[jt]sx|pyi?|go|rs|java|cs)$/i;

/** Where a word stands first in a numbered file text, as `LINE:COL`; in a comment only where it stands in nothing else. */
function placeOf(word: string, numbered: string): string | undefined {
  const places = numbered.split("\n").flatMap((it) => {
    const [, line = "", text = ""] = /^\s*(\d+)[\t→](.*)$/.exec(it) ?? [];
    const at = text.search(new RegExp(wordOf(word).source));
    return at === -1 ? [] : [{ place: `${line}:${at + 1}`, isComment: /^\s*(\/[/*]|\*|#)/.test(text) }];
  });
  return (places.find((it) => !it.isComment) ?? places[0])?.place;
}

/** Different lines of a numbered file text that hold the word; a line that is part of another comes after it. */
function linesWith(word: string, numbered: string): readonly string[] {
  const lines = numbered.split("\n").flatMap((it) => /^\s*\d+[\t→](.*)$/.exec(it)?.[1] ?? []);
  const holding = lines.filter((it) => wordOf(word).test(it));
  return [...new Set(holding)].toSorted((a, b) => b.length - a.length);
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${literal(name)}(?![\\w$])`, "g");
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function fence(text: string): string {
  return `\`\`\`\n${text.slice(0, 4_000)}\n\`\`\``;
}
