import type { ShellNode } from "../../world.ts";
import type { Redirect, Word } from "./line.ts";

/** A redirect that is understood: the file it names, if any, and whether it gives the command something to read. */
export interface ReadRedirect {
  readonly file: Redirect | undefined;
  readonly feeds: boolean;
}

/** What a redirect does, or why that is not clear, as the end of a sentence. */
export function redirectOf(
  node: ShellNode,
  text: string,
  wordOf: (node: ShellNode) => Word | string,
): ReadRedirect | string {
  if (node.type === "herestring_redirect") {
    const [, word, ...more] = node.children;
    const given = word && more.length === 0 ? wordOf(word) : "its here-string is not clear";
    return typeof given === "string" ? given : { file: undefined, feeds: true };
  }
  if (node.type === "heredoc_redirect") return hereDocument(node, text);
  if (node.type !== "file_redirect") return "it holds a redirect that is not clear";
  return fileRedirect(node, text, wordOf);
}

const KINDS: Readonly<Record<string, Redirect["as"]>> = {
  "<": "read",
  ">": "edit",
  ">|": "edit",
  "&>": "edit",
  ">>": "append",
  "&>>": "append",
};

/** Devices that keep nothing. */
const NOWHERE = /^\/dev\/(null|stdin|stdout|stderr|tty)$/;

function fileRedirect(
  { children }: ShellNode,
  text: string,
  wordOf: (node: ShellNode) => Word | string,
): ReadRedirect | string {
  const [first, ...others] = children;
  const isNumbered = first?.type === "file_descriptor";
  const number = isNumbered ? text.slice(first.from, first.to) : "";
  const [sign, target, ...more] = isNumbered ? others : children;
  if (!sign || !target || more.length > 0) return "it holds a redirect that is not clear";
  // Blanks after a number would make it a word.
  if (isNumbered && first.to !== sign.from) return "it holds a redirect that is not clear";
  const word = wordOf(target);
  if (typeof word === "string") return word;
  if (sign.type === ">&" && /^[12]?$/.test(number) && /^[12]$/.test(text.slice(target.from, target.to)))
    return { file: undefined, feeds: false };
  const as = KINDS[sign.type];
  const numbers = as === "read" ? /^0?$/ : /^[12]?$/;
  if (!as || !numbers.test(number)) return "it moves file descriptors about";
  if (word.kind !== "literal" || word.text === "") return "the target of a redirect is not plain text";
  if (/^[~]/.test(text.slice(target.from, target.to))) return "the target of a redirect is not plain text";
  if (/^\/+dev\/+(tcp|udp)\//.test(word.text)) return "it opens a network connection";
  if (NOWHERE.test(word.text)) return { file: undefined, feeds: false };
  return { file: { as, target: word.text }, feeds: as === "read" };
}

/**
 * A here-document in which nothing is expanded: its end is quoted, or there is nothing in it to expand. It must be the
 * only one, and end where bash ends it.
 */
function hereDocument(node: ShellNode, text: string): ReadRedirect | string {
  const [sign, start, body, end, ...more] = node.children;
  const [, quote, delimiter] =
    (start && /^(['"]?)([A-Za-z_]\w*)\1$/.exec(text.slice(start.from, start.to))) ?? [];
  if (
    sign?.type !== "<<" ||
    !start ||
    !delimiter ||
    body?.type !== "heredoc_body" ||
    body.children.length > 0
  )
    return "it holds a here-document that the shell expands";
  if (quote === "" && /[$`\\]/.test(text.slice(body.from, body.to)))
    return "it holds a here-document that the shell expands";
  if (!end || more.length > 0 || text.split("<<").length > 2) return "its here-document is not clear";
  if (text[start.to] !== "\n") return "its here-document is not clear";
  const lines = text.slice(start.to + 1).split("\n");
  const before = lines.slice(0, lines.indexOf(delimiter)).map((it) => it.length + 1);
  const endsAt = start.to + 1 + before.reduce((sum, it) => sum + it, 0);
  return lines.includes(delimiter) && end.from === endsAt && text.slice(end.from, end.to) === delimiter
    ? { file: undefined, feeds: true }
    : "its here-document is not clear";
}
