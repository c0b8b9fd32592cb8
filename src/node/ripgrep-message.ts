import type { SearchLine } from "../world.ts";

/** Longest line taken over; minified files have lines of megabytes. */
const MAX_LINE = 10_000;

/**
 * The lines in one message of `rg --json`; none for messages without lines and for paths that are not Unicode. The
 * format is that of the crate grep-printer (https://docs.rs/grep-printer/latest/grep_printer/struct.JSON.html).
 */
export function ripgrepLines(message: string): readonly SearchLine[] {
  const { type, data } = record(JSON.parse(message));
  if (type !== "match" && type !== "context") return [];
  const { path, lines, line_number: first } = record(data);
  const name = record(path).text;
  if (typeof name !== "string" || typeof first !== "number") return [];
  // A match over several lines comes as one message.
  return textOf(lines)
    .replace(/\r?\n$/, "")
    .split("\n")
    .map((line, index) => ({
      path: name,
      line: first + index,
      text: line.replace(/\r$/, "").slice(0, MAX_LINE),
      kind: type,
    }));
}

/** What is not UTF-8 comes in base64. */
function textOf(value: unknown): string {
  const { text, bytes } = record(value);
  if (typeof text === "string") return text;
  return typeof bytes === "string" ? Buffer.from(bytes, "base64").toString("latin1") : "";
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
