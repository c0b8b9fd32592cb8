import { absolute, shownPath } from "../../text/paths.ts";
import type { Problem } from "../../world.ts";
import type { RunTool } from "../tool.ts";
import { textsIn } from "./parts/input.ts";
import { answer, failure } from "./parts/result.ts";

const MAX_PROBLEMS = 100;
const SEVERITIES: readonly Problem["severity"][] = ["error", "warning", "information", "hint"];

/** Tells what the editor's compilers and linters say. */
export const diagnostics: RunTool = {
  name: "Diagnostics",
  description:
    "Errors and warnings that the editor's compilers and linters report, for some files or for all.",
  input: {
    type: "object",
    properties: { paths: { type: "array", items: { type: "string" } } },
  },
  title: (input) => textsIn(input, "paths").join(", ") || "all files",
  reach: (input, folder) => ({
    kind: "read",
    paths: textsIn(input, "paths").map((it) => absolute(it, folder)),
  }),
  async run(input, { folder, problems }, signal) {
    if (!problems.available) {
      return failure("Nothing reports problems here. Run the project's type check or linter with Bash.");
    }
    const paths = textsIn(input, "paths").map((it) => absolute(it, folder));
    const found = await problems.of(paths, signal);
    if (found.length === 0) return answer("No problems.");
    const worst = found.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
    const rows = worst.slice(0, MAX_PROBLEMS).map((it) => {
      const source = it.source === undefined ? "" : ` [${it.source}]`;
      return `${shownPath(it.path, folder)}:${it.line}:${it.column} ${it.severity}: ${it.message}${source}`;
    });
    const more = found.length > MAX_PROBLEMS ? [`(and ${found.length - MAX_PROBLEMS} more)`] : [];
    return answer([...rows, ...more].join("\n"));
  },
};
