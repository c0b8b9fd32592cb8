import type { Completion } from "../src/agent/screen.ts";

/** Name of a slash command. */
export type SlashName = "clear" | "model" | "mode" | "effort" | "cost" | "help" | "export";

/** A typed slash command, taken apart. */
export interface Slash {
  readonly name: SlashName;
  /** What follows the name, trimmed; "" when nothing does. */
  readonly argument: string;
}

/** Commands of the message box: name, what follows, what it does. */
export const SLASHES: readonly {
  readonly name: SlashName;
  readonly argument: string;
  readonly does: string;
}[] = [
  { name: "clear", argument: "", does: "Start a new session; this one stays in the history" },
  { name: "model", argument: "[name]", does: "Choose the model" },
  { name: "mode", argument: "[mode]", does: "Choose what may happen without asking" },
  { name: "effort", argument: "[level]", does: "Choose how hard the model thinks" },
  { name: "cost", argument: "", does: "Show tokens and cost of this session" },
  { name: "help", argument: "", does: "Show keys and commands" },
  { name: "export", argument: "[markdown|json]", does: "Save this session as a file" },
];

/** The command `text` is; `undefined` when it is a message, also one that begins with a path. */
export function slashOf(text: string): Slash | undefined {
  const [, name, argument = ""] = /^\/([a-z]+)(?:[ \t]+([^\n]*))?$/.exec(text.trim()) ?? [];
  const found = SLASHES.find((it) => it.name === name);
  return found && { name: found.name, argument: argument.trim() };
}

/** Commands that `text` is the beginning of, in the order of the list; none once an argument has begun. */
export function slashCompletions(text: string): readonly Completion[] {
  const [, begun] = /^\/([a-z]*)$/.exec(text) ?? [];
  if (begun === undefined) return [];
  return SLASHES.filter((it) => it.name.startsWith(begun)).map(({ name, argument, does }) => ({
    kind: "command",
    insert: `/${name}${argument === "" ? "" : " "}`,
    label: `/${name}${argument === "" ? "" : ` ${argument}`}`,
    detail: does,
  }));
}
