import type { SyntaxNode } from "./tree.ts";

/** Parses a text of a language by its id; `undefined`: it cannot be. */
type Parse = (language: string, text: string) => SyntaxNode | undefined;

/** Remembers the trees of the last `most` texts for any `parse`: a selection that moves asks about the same text again. */
export function treeMemory(most: number): (parse: Parse) => Parse {
  const kept: { readonly language: string; readonly text: string; readonly root: SyntaxNode }[] = [];
  return (parse) => (language, text) => {
    const known = kept.find((it) => it.language === language && it.text === text);
    if (known) return known.root;
    const root = parse(language, text);
    if (root) kept.unshift({ language, text, root });
    kept.splice(most);
    return root;
  };
}
