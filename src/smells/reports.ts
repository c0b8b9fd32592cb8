import { shownPath } from "../text/paths.ts";
import { visible } from "../text/visible.ts";
import { excessOf, type Finding } from "./finding.ts";
import type { Survey } from "./survey.ts";
import { counted } from "./words.ts";

/** The findings as lines `path:line:col smell message`, other places below theirs; "" when there are none. Paths as seen from `folder`. */
export function linesReport({ findings }: Survey, folder: string): string {
  return findings.map((it) => visible(lineOf(it, folder))).join("");
}

function lineOf({ path, line, column, smell, message, related }: Finding, folder: string): string {
  const at = `${shownPath(path, folder)}:${line}:${column}`;
  const others = (related ?? []).map(
    (it) => `    ${shownPath(it.path, folder)}:${it.line}:${it.column} ${it.message}\n`,
  );
  return `${at} ${smell} ${message}\n${others.join("")}`;
}

/** What was found as one JSON object: `findings`, `files` (their number), `skipped` and `damaged` ones. */
export function jsonReport({ findings, files, skipped, damaged }: Survey): string {
  return `${JSON.stringify({ files, findings, skipped, damaged })}\n`;
}

/** What was found as a page of Markdown: a table of how many of each, then each smell with its places, the worst first. */
export function markdownReport(
  { findings, files, skipped, damaged, smells }: Survey,
  folder: string,
): string {
  const groups = smells
    .map((smell) => ({ smell, of: findings.filter((it) => it.smell === smell.id) }))
    .filter((it) => it.of.length > 0);
  const head = [
    "# Code health",
    "",
    `${counted(findings.length, "finding")} in ${counted(files, "file")}.`,
    "",
    ...(groups.length > 0 ? ["| Smell | Findings |", "|---|---:|"] : []),
    ...groups.map(({ smell, of }) => `| ${smell.title} | ${of.length} |`),
  ];
  const sections = groups.flatMap(({ smell, of }) => [
    "",
    `## ${smell.title}`,
    "",
    smell.meaning,
    "",
    ...of
      .toSorted((a, b) => excessOf(b) - excessOf(a))
      .map((it) => `- ${placeOf(it, folder)}: ${escaped(it.message)}${othersOf(it, folder)}`),
  ]);
  const left = [
    ...skipped.map((it) => it.reason),
    ...damaged.map((it) => `"${it}" cannot be parsed everywhere, so not everything was looked for.`),
  ];
  const notes = left.length > 0 ? ["", "## Left out", "", ...left.map((it) => `- ${escaped(it)}`)] : [];
  return `${visible([...head, ...sections, ...notes].join("\n"))}\n`;
}

function placeOf(
  { path, line, column }: { readonly path: string; readonly line: number; readonly column: number },
  folder: string,
): string {
  return `\`${shownPath(path, folder).replaceAll("`", "'")}:${line}:${column}\``;
}

function othersOf({ related }: Finding, folder: string): string {
  return related ? ` See ${related.map((it) => placeOf(it, folder)).join(", ")}.` : "";
}

/** Names in messages must not be taken for Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, "\\$&");
}
