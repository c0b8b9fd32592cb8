import { minimatch } from "minimatch";
import { absolute, isAbsolute, shownPath } from "../../text/paths.ts";
import type { Files } from "../../world.ts";
import type { RunTool } from "../tool.ts";
import { textIn } from "./parts/input.ts";
import { answer } from "./parts/result.ts";

const MAX_FILES = 100;
/** Files of the folder looked at. */
const MAX_LOOKED = 200_000;
/** Of more matches than this the newest are not searched for: each costs a look at the disk. */
const MAX_DATED = 5_000;

/** Finds files by name. */
export const glob: RunTool = {
  name: "Glob",
  description:
    'Find files by a pattern as "**/*.ts" or "src/**/{a,b}*.py"; a pattern without a slash matches names at any depth. Newest first, ignored files left out, at most 100.',
  input: {
    type: "object",
    properties: {
      pattern: { type: "string" },
      path: { type: "string", description: "Folder; default the working folder" },
    },
    required: ["pattern"],
  },
  title: (input) => textIn(input, "pattern"),
  reach: (input, folder) => ({
    kind: "read",
    paths: [place(textIn(input, "pattern"), textIn(input, "path"), folder).folder],
  }),
  async run(input, { folder, files, search }, signal) {
    const at = place(textIn(input, "pattern"), textIn(input, "path"), folder);
    const all = await search.files(at.folder, MAX_LOOKED, signal);
    const options = { dot: true, matchBase: !at.pattern.includes("/") };
    const paths = all.filter((path) => minimatch(shownPath(path, at.folder), at.pattern, options));
    if (paths.length === 0)
      return answer(`No file matches "${at.pattern}" in "${shownPath(at.folder, folder)}".`);
    const newest = await newestFirst(paths, files);
    const more =
      paths.length > MAX_FILES ? [`(and ${paths.length - MAX_FILES} more: narrow the pattern)`] : [];
    return answer([...newest.slice(0, MAX_FILES).map((it) => shownPath(it, folder)), ...more].join("\n"));
  },
};

/** An absolute pattern names its folder itself: all before the first part with a wildcard. */
function place(
  pattern: string,
  path: string,
  folder: string,
): { readonly pattern: string; readonly folder: string } {
  const base = absolute(path === "" ? "." : path, folder);
  if (!isAbsolute(pattern)) return { pattern: pattern.replace(/^\.\//, ""), folder: base };
  const parts = pattern.split("/");
  const wild = parts.findIndex((it) => /[*?[\]{}!]/.test(it));
  const fixed = wild === -1 ? parts.length - 1 : wild;
  return {
    pattern: parts.slice(fixed).join("/"),
    folder: absolute(parts.slice(0, fixed).join("/") || "/", folder),
  };
}

async function newestFirst(paths: readonly string[], files: Files): Promise<readonly string[]> {
  if (paths.length > MAX_DATED) return paths;
  const dated = await Promise.all(
    paths.map(async (path) => ({ path, at: (await files.entry(path))?.modified ?? 0 })),
  );
  return dated.toSorted((a, b) => b.at - a.at).map((it) => it.path);
}
