import { join } from "node:path";
import { Language as Grammar, Parser } from "web-tree-sitter";
import { inBaseline } from "./wasm-tiers.ts";

/**
 * Makes parsers with the normalised grammars in `folder`, where the runtime lies, too. Rejects where one does not work.
 * `compiling` is how WebAssembly is compiled.
 */
export function parsersFrom(
  folder: string,
  compiling: <T>(compile: () => Promise<T>) => Promise<T> = inBaseline,
): (grammar: string) => Promise<Parser> {
  const runtime = compiling(() => Parser.init({ locateFile: (name: string) => join(folder, name) }));
  // Each request that needs it tells of its failure.
  runtime.catch(() => undefined);
  let last: Promise<unknown> = runtime;
  return async (grammar) => {
    await runtime;
    // One after another: the flags belong to the process.
    const loading = last.then(() =>
      compiling(() => Grammar.load(join(folder, `tree-sitter-${grammar}.wasm`))),
    );
    last = loading.catch(() => undefined);
    const parser = new Parser();
    parser.setLanguage(await loading);
    return parser;
  };
}
