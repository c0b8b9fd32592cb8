import { isComment, nearest, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { lineEnd } from "../extraction/moved-text.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import type { Signature, SignatureRules } from "../signature/rules.ts";
import { isStatement } from "./places.ts";

/**
 * See `SignatureRules.documented`: `@param` in the comment right before a function (JSDoc, "@param"). What is said of a
 * name twice, or not in lines of its own, is left.
 */
export const documented: NonNullable<SignatureRules["documented"]> = (function_, change, source) => {
  const comment = commentOf(function_, source);
  if (!comment) return [];
  const tags = tagsIn(comment, source);
  const only = (name: string) => {
    const [tag, ...more] = tags.filter((it) => it.name === name || it.name.startsWith(`${name}.`));
    return more.length === 0 && tag?.name === name ? [tag] : [];
  };
  const isAlone = ({ lines, isAlone: isFirst, at }: Tag) =>
    isFirst && tags.every((it) => it.at === at || it.at.from < lines.from || it.at.from >= lines.to);
  return [
    ...change.removed.flatMap(only).flatMap((it) => (isAlone(it) ? [{ ...it.lines, text: "" }] : [])),
    ...[...change.renamed].flatMap(([old, name]) => only(old).map((it) => ({ ...it.at, text: name }))),
  ] satisfies readonly TextChange[];
};

const GROUPED = "introduce-parameter-object";
/** Says of what type a function is, or of a parameter, which its result tells (TypeScript, "JSDoc Reference"). */
const WHOLE = /@(type|overload|satisfies)\b|@returns?\s*\{\s*(asserts\s|[\w$]+\s+is\s)/;

/** The changes that make members of one parameter of some (JSDoc, "Documenting a parameter's properties"), or why it cannot be said. */
export function groupedTags(
  function_: Signature,
  names: readonly string[],
  source: Source,
): readonly TextChange[] | Refusal {
  const comment = commentOf(function_, source);
  const all = comment ? tagsIn(comment, source) : [];
  const own = all.filter((it) => names.includes(it.name.replace(/\..*/, "")));
  const [first] = own;
  if (comment && source.language === "javascript" && WHOLE.test(textOf(comment, source)))
    return refused(`${GROUPED}.comment`, "What is said of the function as a whole would not be so.", comment);
  if (!first) return [];
  const isApart = all.slice(all.indexOf(first)).findIndex((it) => !own.includes(it)) >= own.length;
  const isOne = isApart || all.at(-1) === own.at(-1);
  if (!first.isAlone || !isOne || all.some((it) => /^options\b/.test(it.name)))
    return refused(
      `${GROUPED}.comment`,
      "What is said of the parameters does not stand in lines that follow each other.",
      comment,
    );
  const line = source.text.slice(first.lines.from, source.text.indexOf("@", first.lines.from));
  const type = source.language === "javascript" ? "{Object} " : "";
  return [
    {
      from: first.lines.from,
      to: first.lines.from,
      text: `${line}@param ${type}options${lineEnd(source.text)}`,
    },
    ...own.map(({ at }) => ({ from: at.from, to: at.from, text: "options." })),
  ];
}

interface Tag {
  readonly name: string;
  readonly at: Stretch;
  /** Its lines whole, up to the next tag. */
  readonly lines: Stretch;
  /** Whether nothing else stands in those. */
  readonly isAlone: boolean;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function commentOf({ made }: Signature, { text }: Source): SyntaxNode | undefined {
  const statement = nearest(made, isStatement);
  const whole = statement?.parent?.type === "export_statement" ? statement.parent : statement;
  const row = whole?.parent?.children ?? [];
  const before = whole && row[row.indexOf(whole) - 1];
  if (!before || !isComment(before) || !text.startsWith("/**", before.from)) return undefined;
  return /^\s*$/.test(text.slice(before.to, whole.from)) ? before : undefined;
}

function tagsIn({ from, to }: SyntaxNode, { text }: Source): readonly Tag[] {
  const comment = text.slice(from, to);
  const found: Tag[] = [];
  for (const it of comment.matchAll(TAG)) {
    const [all, name = ""] = it;
    const at = from + it.index + all.length - name.length;
    const start = comment.lastIndexOf("\n", it.index) + 1;
    const next = /\r?\n[ \t]*\*?[ \t]*@|\r?\n[ \t]*\*\/|\*\/$/.exec(comment.slice(it.index));
    const end = it.index + (next?.index ?? 0);
    const isAlone = start > 0 && /^[ \t]*\*?[ \t]*$/.test(comment.slice(start, it.index));
    const isEnded = next !== null && !next[0].startsWith("*/");
    // Up to the end of the line before, so that its own goes.
    const lines = { from: from + start, to: from + end + (/^\r?\n/.exec(next?.[0] ?? "")?.[0].length ?? 0) };
    found.push({ name, at: { from: at, to: at + name.length }, lines, isAlone: isAlone && isEnded });
  }
  return found;
}

/** `@param {type} [name` with what stands before the name. */
const TAG =
  /@(?:param|arg|argument)[ \t]+(?:\{(?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]*\})*\})*\}[ \t]+)?\[?([\p{ID_Start}$_][\p{ID_Continue}$.]*)/gu;
