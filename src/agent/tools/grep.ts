import type { JsonObject } from "../../model/conversation.ts";
import { secretGlobs } from "../../permission/protect.ts";
import { cutEnd, cutMiddle } from "../../text/cut.ts";
import { absolute, shownPath } from "../../text/paths.ts";
import type { SearchLine, SearchQuery } from "../../world.ts";
import type { Abilities, RunTool } from "../tool.ts";
import { isOn, numberIn, textIn } from "./parts/input.ts";
import { answer, failure } from "./parts/result.ts";

/** Lines looked at when only files are asked for. */
const MAX_LOOKED = 50_000;
const DEFAULT_LINES = 200;
const MAX_LINE = 500;
const MAX_TEXT = 40_000;

/** Searches file contents. */
export const grep: RunTool = {
  name: "Grep",
  description:
    'Search file contents with a regular expression (ripgrep syntax: escape literal braces and parentheses). output_mode: "files_with_matches" (default), "content" for lines, "count". Ignored files are left out, and so are secrets such as .env: name one as path to search it.',
  input: {
    type: "object",
    properties: {
      pattern: { type: "string" },
      path: { type: "string", description: "File or folder; default the working folder" },
      glob: { type: "string", description: 'Only files like "*.ts"' },
      type: { type: "string", description: 'Only a type of file: "ts", "py", "rust"' },
      output_mode: { type: "string", enum: ["content", "files_with_matches", "count"] },
      "-i": { type: "boolean", description: "Ignore case" },
      "-n": { type: "boolean", description: "Line numbers in content (default true)" },
      "-A": { type: "integer", minimum: 0, description: "Lines after each match" },
      "-B": { type: "integer", minimum: 0, description: "Lines before" },
      "-C": { type: "integer", minimum: 0, description: "Lines around" },
      multiline: { type: "boolean", description: "Let . match line ends and patterns span lines" },
      head_limit: {
        type: "integer",
        minimum: 1,
        description: "At most so many lines or files (default 200)",
      },
    },
    required: ["pattern"],
  },
  title: (input) => `${textIn(input, "pattern")}${textIn(input, "path") && ` in ${textIn(input, "path")}`}`,
  reach: (input, folder) => ({ kind: "read", paths: [absolute(textIn(input, "path", "."), folder)] }),
  async run(input, { folder, search, mayRead }, signal) {
    const mode = textIn(input, "output_mode", "files_with_matches");
    const limit = numberIn(input, "head_limit") ?? DEFAULT_LINES;
    const query = queryOf(input, folder, mode === "content");
    const result = await search.text(query, mode === "content" ? limit : MAX_LOOKED, signal);
    if (result.kind === "failed") return failure(result.reason);
    const { lines, note } = await readable(result.lines, query.path, mayRead);
    if (lines.length === 0)
      return answer(`Nothing matches "${query.pattern}" in "${shownPath(query.path, folder)}".${note}`);
    const withNumbers = input["-n"] !== false;
    const rows = mode === "content" ? contentRows(lines, folder, withNumbers) : fileRows(lines, folder, mode);
    const isCut = result.cut || (mode !== "content" && rows.length > limit);
    const text = (mode === "content" ? rows : rows.slice(0, limit)).join("\n");
    return answer(
      cutMiddle(text, MAX_TEXT) +
        (isCut ? "\n(There is more: narrow the search or raise head_limit.)" : "") +
        note,
    );
  },
};

/** Lines of files that may be read without asking, or that the call named itself; a note when there were others. */
async function readable(
  lines: readonly SearchLine[],
  named: string,
  mayRead: Abilities["mayRead"],
): Promise<{ readonly lines: readonly SearchLine[]; readonly note: string }> {
  const paths = [...new Set(lines.map((it) => it.path))];
  const free = await Promise.all(paths.map(async (it) => it === named || (await mayRead(it))));
  const kept = new Set(paths.filter((_, index) => free[index]));
  const left = paths.length - kept.size;
  const note =
    left === 0 ? "" : `\n(Matches in ${left} protected files are left out; use Read on one to ask for it.)`;
  return { lines: lines.filter((it) => kept.has(it.path)), note };
}

function queryOf(input: JsonObject, folder: string, withContext: boolean): SearchQuery {
  const around = numberIn(input, "-C") ?? 0;
  const [glob, type] = [textIn(input, "glob"), textIn(input, "type")];
  return {
    pattern: textIn(input, "pattern"),
    path: absolute(textIn(input, "path", "."), folder),
    ...(glob !== "" && { glob }),
    exclude: secretGlobs(absolute(textIn(input, "path", "."), folder)),
    ...(type !== "" && { type }),
    ignoreCase: isOn(input, "-i"),
    multiline: isOn(input, "multiline"),
    before: withContext ? (numberIn(input, "-B") ?? around) : 0,
    after: withContext ? (numberIn(input, "-A") ?? around) : 0,
  };
}

/** As grep prints them: matches with colons, context with hyphens, groups that are apart divided by "--". */
function contentRows(lines: readonly SearchLine[], folder: string, withNumbers: boolean): readonly string[] {
  const hasContext = lines.some((it) => it.kind === "context");
  return lines.flatMap((it, index) => {
    const previous = lines[index - 1];
    const isApart = previous && (previous.path !== it.path || previous.line + 1 !== it.line);
    const mark = it.kind === "match" ? ":" : "-";
    const number = withNumbers ? `${it.line}${mark}` : "";
    const row = `${shownPath(it.path, folder)}${mark}${number}${cutEnd(it.text, MAX_LINE)}`;
    return hasContext && isApart ? ["--", row] : [row];
  });
}

function fileRows(lines: readonly SearchLine[], folder: string, mode: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const { path } of lines) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts].map(([path, count]) => shownPath(path, folder) + (mode === "count" ? `:${count}` : ""));
}
