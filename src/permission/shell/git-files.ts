import { absolute } from "../../text/paths.ts";
import type { Files } from "../../world.ts";
import type { NamedUse } from "./flags.ts";
import type { Word } from "./line.ts";

/**
 * The files that an argument of git may name beside its own text: in `HEAD:src/a.ts`, `:0:src/a.ts`
 * (gitrevisions(7), "<rev>:<path>"), `:(top)src/a.ts`, `:/src/a.ts` (gitglossary(7), "pathspec") and, behind the flag
 * `-L`, `1,9:src/a.ts`.
 */
export function filesInArgument({ text }: Word): readonly Word[] {
  const signs = [...text.matchAll(/:/g)].map((it) => text.slice(it.index + 1));
  const magic = text.startsWith(":") ? [text.replace(/^:(\([^)]*\)|[/!^]*:?)/, "")] : [];
  // What a search for a message, or for a place from the top, begins with is no root.
  const paths = [...signs.filter((it) => !it.startsWith("/")), ...magic].filter((it) => it !== "");
  return [...new Set(paths)].map((it) => ({ text: it, kind: "literal" }));
}

/**
 * Whether git, with these `words` of which `operands` are revisions and paths, prints nothing but of plain files that are
 * among them, in `folder` (absolute).
 */
export async function namesItsFiles(
  words: readonly Word[],
  operands: readonly NamedUse[],
  folder: string,
  files: Pick<Files, "entry">,
): Promise<boolean> {
  const kindOf = async (path: string) => (await files.entry(absolute(path, folder)))?.kind;
  // The path in a revision starts at the top of the work tree, wherever that is.
  const isAtTop = (await kindOf(".git")) !== undefined;
  const end = words.findIndex((it) => it.text === "--");
  let [paths, inRevisions, revisions] = [0, 0, 0];
  for (const { word } of operands) {
    if (UNCLEAR.test(word.text)) return false;
    const isBehind = end !== -1 && words.indexOf(word) > end;
    const within = isBehind ? undefined : /^[^:]*:(?:\d:)?([^:]+)$/.exec(word.text)?.[1];
    const kind = await kindOf(within ?? word.text);
    if (kind === undefined && !isBehind && within === undefined) revisions++;
    else if (kind !== "file" || (within !== undefined && !isAtTop)) return false;
    else if (within === undefined) paths++;
    else inRevisions++;
  }
  // Only paths by themselves bound what is shown of other revisions.
  return paths > 0 || (inRevisions > 0 && revisions === 0);
}

/** Git's own patterns, an object's number, which may be that of any file, and a pathspec's magic. */
const UNCLEAR = /[*?[\\]|^[0-9a-f]{4,64}([:^~]|$)|^:(?!\d:|[\w.])/i;
