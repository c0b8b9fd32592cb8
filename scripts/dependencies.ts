import { posix } from "node:path";

/** What a test file depends on. */
export interface Dependencies {
  /** The file and all that it names, directly or not, in imports or as the path of a file; paths from the root with `/`, sorted. */
  readonly files: readonly string[];
  /** Whether it may see more than these files: then whatever is no test may change what comes of it. */
  readonly isWide: boolean;
}

/** Modules of Node that show a program nothing but what it gives them. */
const PLAIN = new Set(
  ["assert", "assert/strict", "buffer", "crypto", "events", "path", "string_decoder", "url", "util"].map(
    (it) => `node:${it}`,
  ),
);

const STRINGS = /(["'`])(?<name>[^"'`\n]+)\1/g;

/** Ways to files, processes and modules that no import tells of. */
const HIDDEN =
  /\bimport\.meta\b|\bimport\(\s*[^"'\s]|\brequire\b(?!\s*\(\s*["'])|\bgetBuiltinModule\b|\bcwd\(/;

/** Follows what `file` names. `read` gives a file's text by its path from the root; `undefined`: there is none. */
export function dependenciesOf(file: string, read: (path: string) => string | undefined): Dependencies {
  const found = new Set([file]);
  let isWide = false;
  for (const path of found) {
    const text = read(path) ?? "";
    isWide ||= HIDDEN.test(text);
    for (const { groups } of text.matchAll(STRINGS)) {
      const name = groups?.["name"] ?? "";
      isWide ||= name.startsWith("node:") && !PLAIN.has(name);
      const named = name.startsWith(".") ? posix.join(posix.dirname(path), name) : name;
      if (/^(src|test)\/.*\.tsx?$/.test(named) && read(named) !== undefined) found.add(named);
    }
  }
  return { files: [...found].sort(), isWide };
}
