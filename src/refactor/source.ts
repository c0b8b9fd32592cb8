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
  let bindings: ReturnType<Source["bindings"]> | undefined;
  return {
    ...file,
    bindings() {
      bindings ??= file.rules.bind(file.root, file.text);
      return bindings;
    },
  };
}

/** What refactorings know of a language, by its id; `undefined`: nothing. */
export function rulesOf(language: string): CodeRules | undefined {
  return languages.find((it) => it.languages.includes(language));
}
