import { join } from "node:path";
import { Language, Parser } from "web-tree-sitter";
import { withoutOptimising } from "../../src/node/wasm-tiers.ts";
import type { Parse } from "../../src/refactor/engine.ts";
import type { Source } from "../../src/refactor/refactoring.ts";
import { rulesOf, sourceOf } from "../../src/refactor/source.ts";
import { languageOf } from "../../src/syntax/language-of.ts";
import { languages } from "../../src/syntax/languages/all.ts";
import { plainTree } from "../../src/syntax/tree.ts";
import { grammarsFolder } from "../syntax/grammars.ts";

const parsers = new Map<string, Parser>();

/** A parser of the given languages, for the engine. */
export async function parseFor(...ids: readonly string[]): Promise<Parse> {
  const folder = await grammarsFolder();
  await Parser.init({ locateFile: (name: string) => join(folder, name) });
  for (const id of ids) {
    const grammar = languages.find((it) => it.id === id)?.grammar;
    if (parsers.has(id)) continue;
    const parser = new Parser();
    const file = join(folder, `tree-sitter-${grammar}.wasm`);
    parser.setLanguage(await withoutOptimising(() => Language.load(file)));
    parsers.set(id, parser);
  }
  return (language, text) => {
    const tree = parsers.get(language)?.parse(text);
    if (!tree) return undefined;
    try {
      return plainTree(tree);
    } finally {
      tree.delete();
    }
  };
}

/** A file parsed, with the rules of its language. */
export async function sourceIn(path: string, text: string): Promise<Source> {
  const language = languageOf(path)?.id ?? "";
  const parse = await parseFor(language);
  const root = parse(language, text);
  const rules = rulesOf(language);
  if (!root || !rules) throw new Error(`nothing is known of ${path}`);
  return sourceOf({ path, text, language, root, rules });
}
