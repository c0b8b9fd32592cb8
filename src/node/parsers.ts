import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Language as Grammar, Parser } from "web-tree-sitter";
import { compiled, compiledInBaseline } from "./wasm-tiers.ts";

/** What the runtime is told when it has been instantiated (https://emscripten.org/docs/api_reference/module.html#Module.instantiateWasm). */
type Instantiated = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

/**
 * Makes parsers with the normalised grammars in `folder`, where the runtime lies, too. Rejects where one does not work.
 * For threads: compiling holds up whatever else a thread does.
 */
export function parsersFrom(folder: string): (grammar: string) => Promise<Parser> {
  const bytesOf = (name: string) => readFileSync(join(folder, name));
  const runtime = Parser.init({
    instantiateWasm(imports: WebAssembly.Imports, done: Instantiated) {
      const module = compiled(bytesOf("web-tree-sitter.wasm"));
      const instance = new WebAssembly.Instance(module, imports);
      done(instance, module);
      return instance.exports;
    },
  });
  // Each request that needs it tells of its failure.
  runtime.catch(() => undefined);
  return async (grammar) => {
    await runtime;
    const parser = new Parser();
    parser.setLanguage(Grammar.loadSync(compiledInBaseline(bytesOf(`tree-sitter-${grammar}.wasm`))));
    return parser;
  };
}
