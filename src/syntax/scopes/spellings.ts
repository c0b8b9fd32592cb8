import type { Opaque } from "../bindings.ts";
import { type SyntaxNode, walk } from "../tree.ts";

/** How a language may spell a name in more than one way. */
export interface Spelling {
  /** Whether a text may have another spelling: most have none, and are not looked through. */
  readonly mayBeIn: (text: string) => boolean;
  /** The name that a word is. */
  readonly plain: (word: string) => string;
}

/** `r#a` is `a` (The Rust Reference, "Identifiers"). */
export const RAW: Spelling = {
  mayBeIn: (text) => text.includes("r#"),
  plain: (word) => word.replace(/^r#/, ""),
};

/** `@a` is `a` (C# language specification, section 6.4.3, "Identifiers"). */
export const QUOTED: Spelling = {
  mayBeIn: (text) => text.includes("@"),
  plain: (word) => word.replace(/^@/, ""),
};

/** `\u0061` is `a` (ECMAScript language specification, section 12.7, "Names and Keywords"). */
export const ESCAPED: Spelling = {
  mayBeIn: (text) => text.includes("\\u"),
  plain: (word) =>
    word.replace(/\\u(?:\{([\da-f]+)\}|([\da-f]{4}))/gi, (whole, point?: string, unit?: string) => {
      const code = Number.parseInt(point ?? unit ?? "", 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }),
};

/** Python takes names by their compatibility form: `ﬁ` is `fi` (The Python Language Reference, 2.3, "Names"; NFKC). */
export const NORMALISED: Spelling = {
  mayBeIn: (text) => text !== text.normalize("NFKC"),
  plain: (word) => word.normalize("NFKC"),
};

/** Names that are spelled otherwise somewhere, wherever they stand: bindings, which compare letters, take them for two. */
export function spelledOtherwise(root: SyntaxNode, text: string, spelling: Spelling): readonly Opaque[] {
  const found = otherSpellings(root, text, spelling);
  if (found.length === 0) return [];
  const names = new Set(found.map((it) => it.name));
  return namesIn(root, text, spelling).flatMap(({ node, name, word }) =>
    names.has(name) ? [{ node, why: `"${name}" is spelled in two ways`, names: new Set([word, name]) }] : [],
  );
}

/** Whether a name is there in another spelling. */
export function hasSpelling(name: string, root: SyntaxNode, text: string, spelling: Spelling): boolean {
  return otherSpellings(root, text, spelling).some((it) => it.name === name);
}

interface Spelled {
  readonly node: SyntaxNode;
  readonly word: string;
  readonly name: string;
}

function otherSpellings(root: SyntaxNode, text: string, spelling: Spelling): readonly Spelled[] {
  if (!spelling.mayBeIn(text)) return [];
  return namesIn(root, text, spelling).filter(({ word, name }) => word !== name);
}

function namesIn(root: SyntaxNode, text: string, { plain }: Spelling): readonly Spelled[] {
  return [...walk(root)].flatMap((node) => {
    if (!/identifier/.test(node.type) || node.children.length > 0) return [];
    const word = text.slice(node.from, node.to);
    return [{ node, word, name: plain(word) }];
  });
}
