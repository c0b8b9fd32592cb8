import type { Bindings } from "../syntax/bindings.ts";
import type { SyntaxNode } from "../syntax/tree.ts";
import type { CodeRules } from "./code-rules.ts";
import { languages } from "./languages/all.ts";
import type { Source } from "./refactoring.ts";

/** A file parsed for refactoring; `rules` are those of its language. */
export function sourceOf(file: {
  readonly path: string;
  readonly text: string;
  readonly language: string;
  readonly root: SyntaxNode;
  readonly rules: CodeRules;
}): Source {
  return {
    ...file,
    bindings() {
      const known = bound.get(file.root) ?? file.rules.bind(file.root, file.text);
      bound.set(file.root, known);
      return known;
    },
  };
}

/** A parsed file with the rules of its language; `undefined`: there are none. */
export function knownSource(file: Omit<Source, "rules" | "bindings">): Source | undefined {
  const rules = rulesOf(file.language);
  return rules && sourceOf({ ...file, rules });
}

/** The same file with the names of some of the statements at its top. */
export function nearSource(source: Source, isMeant: (statement: SyntaxNode) => boolean): Source {
  const { root, rules, text } = source;
  let known: Bindings | undefined;
  return {
    ...source,
    bindings() {
      known ??= rules.bind({ ...root, children: root.children.filter(isMeant) }, text);
      return known;
    },
  };
}

/** By the root of a tree: who parses a text once need not ask again who is who in it. */
const bound = new WeakMap<SyntaxNode, Bindings>();

/** What refactorings know of a language, by its id; `undefined`: nothing. */
export function rulesOf(language: string): CodeRules | undefined {
  return languages.find((it) => it.languages.includes(language));
}
