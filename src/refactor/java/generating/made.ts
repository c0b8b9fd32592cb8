import { contains, inField, nearest, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";

/**
 * Why there may be objects of a class, by its name: it is named outside of it, in this file or another, or runs by itself.
 * `undefined`: there are none yet, so what it has anew changes nothing.
 */
export function madeAnywhere(
  name: SyntaxNode,
  whole: SyntaxNode,
  { source, others }: Place,
  id: string,
): Refusal | undefined {
  const word = textOf(name, source);
  const body = inField(whole, "body");
  const main = parts(body ?? whole).find(
    (it) => it.type === "method_declaration" && textOf(inField(it, "name") ?? it, source) === "main",
  );
  if (main) return refused(`${id}.used`, "The class is run, and may make objects of its own.", main);
  const here = namedIn(source, word, whole);
  if (here) return refused(`${id}.used`, `"${word}" is used already, and what is equal would change.`, here);
  if (!isSeenElsewhere(whole)) return undefined;
  if (!others)
    return {
      ...refused(`${id}.unseen`, `"${word}" can be used in other files, and those were not looked at.`),
      lacks: "others",
      sought: { words: [word], modules: [] },
    };
  const there = others.find((it) => namedIn(it, word));
  return (
    there && refused(`${id}.used`, `"${there.path}" names "${word}", and what is equal may change there.`)
  );
}

/** Where a name, or a text that has it, stands outside of a class. */
function namedIn(source: Source, word: string, besides?: SyntaxNode): SyntaxNode | undefined {
  const isWord = new RegExp(`(^|[^\\w$])${word.replaceAll("$", "\\$")}([^\\w$]|$)`);
  return [...walk(source.root)].find((it) => {
    if (it.children.length > 0 || (besides && contains(besides, it))) return false;
    if (/identifier$/.test(it.type)) return textOf(it, source) === word;
    return /fragment|string/.test(it.type) && isWord.test(textOf(it, source));
  });
}

/** Whether other files can name it: it stands in no function, and neither it nor a class around it is private. */
function isSeenElsewhere(whole: SyntaxNode): boolean {
  const isHidden = (it: SyntaxNode) =>
    /^(block|constructor_body|lambda_expression)$/.test(it.type) ||
    it.children.some((at) => at.type === "modifiers" && at.children.some((word) => word.type === "private"));
  return nearest(whole, isHidden) === undefined;
}
