import { abandoned } from "./abandoned.ts";
import type { Display } from "./display.ts";
import type { SessionEvent } from "./events.ts";
import { memoryOf } from "./memory.ts";
import type { CallRow, Row } from "./session.ts";
import { summaryOf } from "./summary.ts";

/** The whole log as JSON: an array of its events. */
export function exportJson(events: readonly SessionEvent[]): string {
  return `${JSON.stringify(events, null, 2)}\n`;
}

/** The conversation as Markdown, for people. `isAtWork`: somebody has the session open, so what runs in its log does run. */
export function exportMarkdown(events: readonly SessionEvent[], isAtWork: boolean): string {
  const { state } = memoryOf(events);
  const cost = `${state.costIncomplete ? "at least " : ""}$${state.cost.toFixed(4)}`;
  const place = [state.folder || "folder unknown", state.model || "model unknown", cost];
  const head = `# ${titleOf(events, state.title)}\n\n${place.join(" · ")}`;
  return `${[head, ...(isAtWork ? state.rows : abandoned(state.rows)).map(section)].join("\n\n")}\n`;
}

function titleOf(events: readonly SessionEvent[], title: string): string {
  return events.some((it) => it.type === "opened") ? title || "Untitled session" : summaryOf(events).title;
}

function section(row: Row): string {
  switch (row.kind) {
    case "prompt":
      return `## You\n\n${row.text}`;
    case "text":
      return row.text + (row.interrupted ? "\n\n*(interrupted)*" : "");
    case "thinking":
      return `<details><summary>Thinking</summary>\n\n${row.text}\n\n</details>`;
    case "call":
      return callSection(row);
    case "notice":
      return `> ${row.text.replaceAll("\n", "\n> ")}`;
  }
}

function callSection({ tool, title, state, display }: CallRow): string {
  const head = `**${tool}** ${title ? code(title) : ""} (${state === "unknown" ? "may have run" : state})`;
  const body = display ? bodyOf(display) : "";
  return body === "" ? head : `${head}\n\n${body}`;
}

function bodyOf(display: Display): string {
  switch (display.kind) {
    case "text":
      return fence(display.text, display.language ?? "");
    case "diff":
      return display.files.map((it) => `${it.path}\n${fence(it.patch, "diff")}`).join("\n\n");
    case "terminal":
      return fence(`$ ${display.command}\n${display.output}`, "");
    case "todos":
      return display.todos
        .map((it) => `- [${it.status === "completed" ? "x" : " "}] ${it.content}`)
        .join("\n");
    case "questions":
      return display.questions
        .map((it, index) => `- ${it.question} ${display.answers?.[index] ?? ""}`)
        .join("\n");
    case "plan":
      return display.markdown;
    case "image":
      return `(image ${display.name})`;
  }
}

function code(text: string): string {
  return text.includes("`") ? text : `\`${text.replaceAll("\n", " ")}\``;
}

/** A fence longer than any run of backticks within. */
function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((it) => it[0].length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}
