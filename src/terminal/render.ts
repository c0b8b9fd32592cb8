import type { Display } from "../agent/display.ts";
import type { CallRow, Row } from "../agent/session.ts";
import { visible, visibleCommand } from "../text/visible.ts";

/** Paints text for a terminal; without colours it changes nothing. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** SGR codes of ECMA-48, section 8.3.117. */
export function paint(hasColours: boolean): Paint {
  const sgr = (on: number, off: number) => (text: string) =>
    hasColours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: sgr(1, 22),
    dim: sgr(2, 22),
    red: sgr(31, 39),
    green: sgr(32, 39),
    yellow: sgr(33, 39),
    cyan: sgr(36, 39),
  };
}

/** A row as plain text, nothing hidden in it. */
export function plainRow(row: Row): string {
  switch (row.kind) {
    case "prompt":
      return `\n> ${visible(row.text).replaceAll("\n", "\n> ")}\n`;
    case "text":
      return visible(row.text);
    case "thinking":
      return "";
    case "call":
      return callLine(row, paint(false));
    case "notice":
      return `(${visible(row.text)})`;
  }
}

const WORDS: Readonly<Record<CallRow["state"], string>> = {
  writing: "…",
  pending: "…",
  waiting: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  denied: "denied",
  interrupted: "interrupted",
  unknown: "may have run",
};

/** One line for a call: its tool, what it is about, how it ended. Nothing in it is hidden. */
export function callLine(
  { tool, title, state, durationMs }: CallRow,
  { bold, dim, red, green, yellow }: Paint,
): string {
  const colour = state === "done" ? green : state === "failed" || state === "denied" ? red : yellow;
  const time = durationMs !== undefined && durationMs >= 1000 ? ` ${(durationMs / 1000).toFixed(1)} s` : "";
  const about = visible(title.split("\n")[0] ?? "");
  return `${colour("●")} ${bold(visible(tool))} ${about} ${dim(`${WORDS[state]}${time}`)}`;
}

/** What a question is about, or what a call brought, as lines of at most `limit` rows. Nothing in them is hidden. */
export function displayText(display: Display, { dim, red, green, cyan }: Paint, limit: number): string {
  switch (display.kind) {
    case "text":
      return head(display.text, limit, dim);
    case "diff":
      return display.files
        .map(
          (file) =>
            `${cyan(visible(file.path))} ${green(`+${file.added}`)} ${red(`-${file.removed}`)}\n${head(file.patch, limit, dim, coloured)}`,
        )
        .join("\n");
    case "terminal":
      return [
        dim(`in ${visible(display.folder)}`),
        `$ ${visibleCommand(display.command)}`,
        head(display.output, limit, dim),
      ]
        .filter((it) => it !== "")
        .join("\n");
    case "todos":
      return display.todos
        .map(
          (it) =>
            `${it.status === "completed" ? "[x]" : it.status === "in_progress" ? "[>]" : "[ ]"} ${visible(it.content)}`,
        )
        .join("\n");
    case "questions":
      return display.questions
        .map(
          (it) =>
            `${visible(it.question)}\n${it.options.map((option, index) => `  ${index + 1}. ${visible(option.label)} ${dim(visible(option.description))}`).join("\n")}`,
        )
        .join("\n");
    case "plan":
      return visible(display.markdown);
    case "image":
      return `(image ${visible(display.name)})`;
  }

  function coloured(line: string): string {
    if (line.startsWith("+")) return green(line);
    if (line.startsWith("-")) return red(line);
    return line.startsWith("@@") ? cyan(line) : line;
  }
}

function head(
  text: string,
  limit: number,
  dim: (text: string) => string,
  each: (line: string) => string = (it) => it,
): string {
  const lines = visible(text).trimEnd().split("\n");
  const shown = lines.slice(0, limit).map(each).join("\n");
  return lines.length > limit ? `${shown}\n${dim(`… ${lines.length - limit} more lines`)}` : shown;
}
