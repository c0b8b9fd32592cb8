import type { Binding, Scope } from "../syntax/bindings.ts";
import { contains, isComment } from "../syntax/tree.ts";
import { wordPattern } from "../text/word-pattern.ts";
import type { Examined } from "./smell.ts";
import { visit } from "./visit.ts";

/** Whether something in the scope may use the name though nobody sees it: `eval`, `locals()`, or what is not followed and has the word. */
export function isWatched(name: string, scope: Scope, { source, code, rules }: Examined): boolean {
  return (code?.bindings().opaque ?? []).some(({ node }) => {
    if (!contains(scope.node, node)) return false;
    return rules.reachesAll?.(node) || hasWord(source.text.slice(node.from, node.to), name);
  });
}

/** Whether a comment or a text has the word: documentation, types in comments, names that a framework reads. */
export function isMentioned({ name, declarations }: Binding, { source }: Examined): boolean {
  let found = false;
  visit(source.root, (it) => {
    // The name of the module that is imported is no use of what comes from it.
    if (it.field === "source") return false;
    const isText = isComment(it) || /string|template/.test(it.type);
    const isOwn = declarations.some((at) => contains(it, at));
    if (isText && !isOwn) found ||= hasWord(source.text.slice(it.from, it.to), name);
    return !found && !isText;
  });
  return found;
}

function hasWord(text: string, word: string): boolean {
  return text.includes(word) && wordPattern(word).test(text);
}
