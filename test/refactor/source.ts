import type { Parser } from "web-tree-sitter";
import { parsersFrom } from "../../src/node/parsers.ts";
import type { Parse } from "../../src/refactor/engine.ts";
import type { Source } from "../../src/refactor/refactoring.ts";
import { rulesOf, sourceOf } from "../../src/refactor/source.ts";
import { languageOf } from "../../src/syntax/language-of.ts";
import { languages } from "../../src/syntax/languages/all.ts";
import { plainTree } from "../../src/syntax/tree.ts";
import { grammarsFolder } from "../syntax/grammars.ts";

const parsers = new Map<string, Parser>();
let parserOf: ReturnType<typeof parsersFrom> | undefined;

/** A parser of the given languages, for the engine. */
export async function parseFor(...ids: readonly string[]): Promise<Parse> {
  parserOf ??= parsersFrom(await grammarsFolder());
  for (const id of ids) {
    const grammar = languages.find((it) => it.id === id)?.grammar;
    if (grammar !== undefined && !parsers.has(id)) parsers.set(id, await parserOf(grammar));
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
