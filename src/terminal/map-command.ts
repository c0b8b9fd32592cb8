import { resolve } from "node:path";
import { scopeOf } from "../agent/indexed.ts";
import { outlineText } from "../syntax/outline-text.ts";
import { shownPath } from "../text/paths.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import { flagsIn } from "./flags-in.ts";
import { withSourceTools } from "./source-tools.ts";
import { MAP_USAGE } from "./usage.ts";

/** Tokens when nobody says. */
const TOKENS = 2_000;

/** `wheelhouse map`: what of a folder the rest builds on most. Resolves with the exit code. */
export async function mapCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, cwd } = console;
  const flags = flagsIn(argv, ["focus", "tokens"], ["json"]);
  const wrong = typeof flags === "string" ? flags : wrongWith(flags.words, flags.values.get("tokens"));
  if (typeof flags === "string" || wrong !== undefined) {
    stderr.write(`wheelhouse: ${wrong}\n${MAP_USAGE}\n`);
    return EXIT.usage;
  }
  if (flags.help) {
    stdout.write(`${MAP_USAGE}\n`);
    return EXIT.success;
  }
  const folder = resolve(cwd, flags.words[0] ?? ".");
  const focus = flags.values.get("focus");
  const wish = {
    focus: focus === undefined ? [] : [resolve(cwd, focus)],
    tokens: Number(flags.values.get("tokens") ?? TOKENS),
  };
  return withSourceTools(console, async (tools, signal) => {
    const scope = await scopeOf(folder, { ...tools, print: (text) => void stderr.write(text) }, signal);
    const map = await tools.index.map(scope, wish, signal);
    if (map.kind === "failed") throw new Error(map.reason);
    if (flags.switches.has("json")) stdout.write(`${JSON.stringify(map)}\n`);
    else
      for (const { path, symbols } of map.files)
        stdout.write(visible(`${shownPath(path, cwd)}\n${outlineText(symbols)}\n`));
    if (map.left > 0) stderr.write(`wheelhouse: note: the parser broke down at ${map.left} of the files.\n`);
    return EXIT.success;
  });
}

function wrongWith(words: readonly string[], tokens: string | undefined): string | undefined {
  if (words.length > 1) return `"${words[1]}" means nothing here`;
  const isCount = tokens === undefined || /^[1-9]\d{1,5}$/.test(tokens);
  return isCount ? undefined : `--tokens must be a number from 10 to 999999, not "${tokens}"`;
}
