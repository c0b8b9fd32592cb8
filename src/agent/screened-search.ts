import type { Files, Search, SearchLine, SearchResult } from "../world.ts";
import type { Live } from "./wiring.ts";

/** Files of one search that are read again to see whether a line of it is part of a key. */
const MAX_KEYS = 50;

/** A search whose lines are told, and that finds nothing in what the veil hides; `files` tell already. */
export function screenedSearch(
  search: Search,
  files: Files,
  { veil, outside }: Pick<Live, "veil" | "outside">,
): Search {
  const open = async (paths: readonly string[]) => {
    const hidden = await veil.over(paths);
    return hidden.paths.size === 0 ? paths : paths.filter((it) => !hidden.paths.has(it));
  };
  return {
    files: async (folder, limit, signal) => open(await search.files(folder, limit, signal)),
    named: async (name, folder, limit, signal) => open(await search.named(name, folder, limit, signal)),
    async text(query, limit, signal): Promise<SearchResult> {
      const found = await search.text({ ...query, hidden: await veil.globs(query.path) }, limit, signal);
      if (found.kind === "failed") return { ...found, reason: outside.told(found.reason) };
      const { paths } = await veil.over([...new Set(found.lines.map((it) => it.path))]);
      const lines = found.lines.filter((it) => !paths.has(it.path));
      return { ...found, lines: await toldLines(lines, files, signal, outside.told) };
    },
  };
}

/** A line in the middle of a key looks like none: it is taken from the whole file, which knows. */
async function toldLines(
  lines: readonly SearchLine[],
  files: Files,
  signal: AbortSignal,
  told: (text: string) => string,
): Promise<readonly SearchLine[]> {
  const doubtful = [...new Set(lines.filter((it) => isKeyLike(it.text)).map((it) => it.path))];
  const whole = new Map<string, readonly string[]>();
  for (const path of doubtful.slice(0, MAX_KEYS)) {
    const found = await files.read(path, signal);
    if (found.kind === "text") whole.set(path, found.text.split(/\r\n|\n|\r/));
  }
  return lines.map((it) => {
    if (!isKeyLike(it.text)) return { ...it, text: told(it.text) };
    // What nobody has looked at may be part of a key.
    return { ...it, text: whole.get(it.path)?.[it.line - 1] ?? WITHHELD };
  });
}

const WITHHELD = "[a line that may be part of a key: read the file to see it]";

/** Whether a line may stand in a key: nothing but its letters, and either many or more mixed than a word. */
function isKeyLike(line: string): boolean {
  const [, text = ""] = /^["'`\s]*([A-Za-z0-9+/=]{8,})(?:\\n)?["'`,;+\s\\]*$/.exec(line.slice(0, 400)) ?? [];
  const isMixed = /[+/=]/.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text));
  return text.length >= 40 || (text !== "" && isMixed);
}
