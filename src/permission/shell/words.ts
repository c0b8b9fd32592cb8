import type { ShellNode } from "../../world.ts";
import type { Word } from "./line.ts";

/** What expansions are worth where a word stands; `undefined`: not known before it runs. */
export interface Values {
  readonly home: string;
  valueOf(name: string): string | undefined;
  /** Has a substitution taken apart; false when that cannot be. */
  enter(node: ShellNode): boolean;
}

/** A piece of a word: text that is literal, text in which signs count as patterns, or something open. */
interface Piece {
  readonly text: string;
  readonly kind: Word["kind"];
  /** Not quoted: in a pattern its signs count. */
  readonly isBare?: true;
}

/** The word a node stands for, un-quoted as bash does it (Bash Reference Manual, 3.1.2 and 3.5); a string says why not. */
export function wordOf(node: ShellNode, text: string, values: Values): Word | string {
  const raw = text.slice(node.from, node.to);
  if (raw === "{}") return { text: raw, kind: "literal" };
  if (BRACED.test(raw)) return { text: raw, kind: "literal" };
  const pieces = piecesOf(node, text, values, true);
  return typeof pieces === "string" ? pieces : joined(pieces);
}

/** Braces around one plain word are no list: `HEAD@{1}`, `stash@{0}`. */
const BRACED = /^[\w./@-]+@\{[\w-]*\}[\w./~^-]*$/;

function joined(pieces: readonly Piece[]): Word {
  const open = pieces.findIndex((it) => it.kind === "open" || it.kind === "loose");
  const isGlob = pieces.some((it) => it.kind === "glob");
  if (open === -1) {
    // Quoted signs of a pattern stand for themselves.
    const plain = (it: Piece) =>
      isGlob && it.kind === "literal" && !it.isBare ? it.text.replace(/[*?[\]\\]/g, "\\$&") : it.text;
    return { text: pieces.map(plain).join(""), kind: isGlob ? "glob" : "literal" };
  }
  const known = pieces.slice(0, open);
  const isLoose = pieces.some((it) => it.kind === "loose") || isGlob;
  return { text: known.map((it) => it.text).join(""), kind: isLoose ? "loose" : "open" };
}

function piecesOf(
  node: ShellNode,
  text: string,
  values: Values,
  isFirst: boolean,
): readonly Piece[] | string {
  switch (node.type) {
    case "word":
    case "number":
      return bare(text.slice(node.from, node.to), isFirst, values.home);
    case "raw_string":
      return literal(text.slice(node.from + 1, node.to - 1));
    case "string":
      return quoted(node, text, values);
    case "simple_expansion":
      return expansion(node, text, values, false);
    case "command_substitution":
      return values.enter(node) ? [{ text: "", kind: "loose" }] : "its substitution is not understood";
    case "concatenation":
      return concatenation(node, text, values, isFirst);
    default:
      return `it holds ${NAMES[node.type] ?? `what bash calls ${node.type.replaceAll("_", " ")}`}`;
  }
}

const NAMES: Readonly<Record<string, string>> = {
  expansion: "an expansion in braces, which can run commands",
  arithmetic_expansion: "a calculation, which can run commands",
  process_substitution: "a process substitution",
  ansi_c_string: "a string with escapes ($'…')",
  translated_string: 'a translated string ($"…")',
  extglob_pattern: "an extended pattern",
  brace_expression: "a list in braces",
  array: "an array",
};

function concatenation(
  node: ShellNode,
  text: string,
  values: Values,
  isFirst: boolean,
): readonly Piece[] | string {
  const all: Piece[] = [];
  let at = node.from;
  for (const child of node.children) {
    if (child.from !== at) return "its words are not clear";
    at = child.to;
    const pieces = piecesOf(child, text, values, isFirst && child === node.children[0]);
    if (typeof pieces === "string") return pieces;
    all.push(...pieces);
  }
  return at === node.to ? all : "its words are not clear";
}

/** Signs that mean something to the shell outside of quotes. */
const SIGNS = /[$`"'(){}<>|&;\s]/;

function bare(raw: string, isFirst: boolean, home: string): readonly Piece[] | string {
  const pieces: Piece[] = [];
  let rest = raw;
  if (isFirst && raw.startsWith("~")) {
    if (!/^~(\/|$)/.test(raw)) return "it names another person's home";
    pieces.push({ text: home, kind: "literal" });
    rest = raw.slice(1);
  }
  if (isFirst && raw.startsWith("#")) return "its comment is not clear";
  for (let at = 0; at < rest.length; at++) {
    const sign = rest[at] ?? "";
    if (sign === "\\") {
      at++;
      if (at >= rest.length) return "it ends in a backslash";
      pieces.push({ text: rest[at] ?? "", kind: "literal" });
    } else if (SIGNS.test(sign)) return `it holds an unquoted ${JSON.stringify(sign)} where none is expected`;
    else pieces.push({ text: sign, kind: /[*?[]/.test(sign) ? "glob" : "literal", isBare: true });
  }
  return pieces;
}

/** What stands between double quotes: a backslash counts only before `$`, `` ` ``, `"` and itself. */
function quoted(node: ShellNode, text: string, values: Values): readonly Piece[] | string {
  const pieces: Piece[] = [];
  const inner = node.children.filter((it) => it.isNamed && it.type !== "string_content");
  let at = node.from + 1;
  for (const child of [...inner, undefined]) {
    const between = plainQuoted(text.slice(at, child?.from ?? node.to - 1));
    if (between === undefined) return "its quotes are not clear";
    pieces.push({ text: between, kind: "literal" });
    if (!child) break;
    const more = within(child, text, values);
    if (typeof more === "string") return more;
    pieces.push(...more);
    at = child.to;
  }
  return pieces;
}

function within(child: ShellNode, text: string, values: Values): readonly Piece[] | string {
  if (child.type === "simple_expansion") return expansion(child, text, values, true);
  if (child.type === "command_substitution")
    return values.enter(child) ? [{ text: "", kind: "open" }] : "its substitution is not understood";
  return `it holds ${NAMES[child.type] ?? "something in quotes"}`;
}

function plainQuoted(raw: string): string | undefined {
  const plain = raw.replace(/\\([$`"\\])/g, (_, it: string) => MARKS[it] ?? it);
  if (/[`"]|\$[\w{([@*#?$!'"-]/.test(plain)) return undefined;
  return plain.replace(/[\ue000-\ue003]/g, (it) => '$`"\\'[it.charCodeAt(0) - 0xe000] ?? it);
}

/** Stand for escaped signs while the others are looked for; private, and refused in a line for being such nowhere else. */
const MARKS: Readonly<Record<string, string>> = { $: "\ue000", "`": "\ue001", '"': "\ue002", "\\": "\ue003" };

function expansion(
  node: ShellNode,
  text: string,
  values: Values,
  isQuoted: boolean,
): readonly Piece[] | string {
  const raw = text.slice(node.from, node.to);
  if (/^\$[?#$]$/.test(raw)) return [{ text: "", kind: "open" }];
  const name = /^\$([A-Za-z_]\w*)$/.exec(raw)?.[1];
  if (name === undefined) return `it holds ${raw}`;
  if (SECRET.test(name)) return `it shows ${raw}, which may be a secret`;
  const value = values.valueOf(name);
  if (value === undefined) return [{ text: "", kind: isQuoted ? "open" : "loose" }];
  if (!isQuoted && /[^\w./@:+-]/.test(value)) return `${raw} is not quoted`;
  return literal(value);
}

/** Variables that by their names hold secrets. */
const SECRET = /KEY|TOKEN|SECRET|PASS|CRED|AUTH|COOKIE|SESSION/i;

function literal(text: string): readonly Piece[] {
  return [{ text, kind: "literal" }];
}
