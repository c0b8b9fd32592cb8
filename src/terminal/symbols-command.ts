import { resolve } from "node:path";
import { scopeOf } from "../agent/indexed.ts";
import { outlineText } from "../syntax/outline-text.ts";
import { shownPath } from "../text/paths.ts";
import { visible } from "../text/visible.ts";
import type { Outline } from "../world.ts";
import { type Console, EXIT } from "./console.ts";
import { flagsIn } from "./flags-in.ts";
import { type SourceTools, withSourceTools } from "./source-tools.ts";
import { SYMBOLS_USAGE } from "./usage.ts";

/** Declarations of one name that are told. */
const MAX_FOUND = 1_000;
/** Files of a folder that are looked at. */
const MAX_FILES = 10_000;

/** `wheelhouse symbols FILE|DIR`: the declarations of a file, or of all below a folder, or those of a name. Resolves with the exit code. */
export async function symbolsCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, cwd } = console;
  if (argv.some((it) => it === "--help" || it === "-h")) {
    stdout.write(`${SYMBOLS_USAGE}\n`);
    return EXIT.success;
  }
  const flags = flagsIn(argv, ["name"], ["json"]);
  const [given, ...more] = typeof flags === "string" ? [] : flags.words;
  if (typeof flags === "string" || given === undefined || more.length > 0) {
    stderr.write(`${SYMBOLS_USAGE}\n`);
    return EXIT.usage;
  }
  const json = flags.switches.has("json");
  const name = flags.values.get("name");
  return withSourceTools(console, async (tools, signal) => {
    if (name !== undefined) {
      const scope = await scopeOf(
        resolve(cwd, given),
        { ...tools, print: (text) => void stderr.write(text) },
        signal,
      );
      const answer = await tools.index.symbols(scope, name, MAX_FOUND, signal);
      if (answer.kind === "failed") throw new Error(answer.reason);
      if (json) stdout.write(`${JSON.stringify({ symbols: answer.found, total: answer.total })}\n`);
      else
        for (const it of answer.found)
          stdout.write(
            visible(`${shownPath(it.path, cwd)}:${it.line}-${it.endLine} ${it.kind} ${it.name}\n`),
          );
      return EXIT.success;
    }
    const files = await outlinesOf(resolve(cwd, given), tools, signal);
    if (json) stdout.write(`${JSON.stringify({ files })}\n`);
    else for (const it of files) stdout.write(visible(readable(it, cwd)));
    return EXIT.success;
  });
}

type Outlined = { readonly path: string } & Omit<Extract<Outline, { kind: "symbols" }>, "kind">;

async function outlinesOf(
  path: string,
  { files, search, outliner }: SourceTools,
  signal: AbortSignal,
): Promise<readonly Outlined[]> {
  const found = await files.read(path, signal);
  if (found.kind === "absent") throw new Error(`There is no "${path}".`);
  const isFolder = found.kind === "folder";
  const all: Outlined[] = [];
  for (const it of isFolder ? await search.files(path, MAX_FILES, signal) : [path]) {
    // An empty text tells whether the language is known, before the file is read.
    const isKnown = (await outliner.outline(it, "", signal)).kind !== "unsupported";
    if (!isKnown && !isFolder) throw new Error(`The language of "${path}" is not known.`);
    const text = isKnown ? await files.read(it, signal) : undefined;
    if (text?.kind !== "text") continue;
    const outline = await outliner.outline(it, text.text, signal);
    if (outline.kind === "failed" && !isFolder) throw new Error(outline.reason);
    if (outline.kind !== "symbols") continue;
    const { kind: _, ...rest } = outline;
    all.push({ path: it, ...rest });
  }
  return all;
}

function readable({ path, symbols, damaged }: Outlined, cwd: string): string {
  const lines = symbols.length === 0 ? [] : [outlineText(symbols)];
  const note = damaged ? ["  (syntax errors: some declarations may be missing)"] : [];
  return [shownPath(path, cwd), ...lines, ...note, ""].join("\n");
}
