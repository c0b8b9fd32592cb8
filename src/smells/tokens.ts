import { isBlank, isComment, type SyntaxNode } from "../syntax/tree.ts";
import { linesOf } from "../text/lines.ts";
import type { Examined } from "./smell.ts";

/** The tokens of a file without blanks and comments, as numbers that threads hand over cheaply. */
export interface TokenFile {
  /** Absolute. */
  readonly path: string;
  /** Where each line begins. */
  readonly lines: Int32Array;
  /** For each token: what it is, equal for equal ones of languages that are compared. */
  readonly hash: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** How many statements the innermost statement around it lies in, from 1; 0 outside of all. */
  readonly depth: Uint16Array;
  /** The depth of the outermost statement that begins with it; 0: none does. */
  readonly begins: Uint16Array;
  /** The depth of the outermost statement that ends with it; 0: none does. */
  readonly ends: Uint16Array;
}

/** The tokens of a file. */
export function tokensOf(file: Examined): TokenFile {
  const { source, rules } = file;
  const { path, text } = source;
  const at: Gathered = { hash: [], from: [], to: [], depth: [], begins: [], ends: [] };
  const family = hashOf(rules.languages.join(), 0, Number.POSITIVE_INFINITY, START);
  gather(source.root, 0);
  return {
    path,
    lines: Int32Array.from(linesOf(text), (it) => it.from),
    hash: Int32Array.from(at.hash),
    from: Int32Array.from(at.from),
    to: Int32Array.from(at.to),
    depth: Uint16Array.from(at.depth),
    begins: Uint16Array.from(at.begins),
    ends: Uint16Array.from(at.ends),
  };

  function gather(node: SyntaxNode, around: number): void {
    if (isComment(node) || isBlank(text, node)) return;
    if (rules.isNoCode(node)) return add(node, around, BREAK + at.hash.length);
    const depth = isStatement(node, file) ? around + 1 : around;
    const first = at.hash.length;
    if (node.children.length === 0 || rules.isWholeToken(node))
      add(node, depth, hashOf(text, node.from, node.to, family));
    else for (const it of node.children) gather(it, depth);
    const last = at.hash.length - 1;
    if (depth === around || last < first) return;
    at.begins[first] = depth;
    at.ends[last] = depth;
  }

  function add({ from, to }: SyntaxNode, depth: number, hash: number): void {
    at.hash.push(hash);
    at.from.push(from);
    at.to.push(to);
    at.depth.push(depth);
    at.begins.push(0);
    at.ends.push(0);
  }
}

type Gathered = { readonly [K in "hash" | "from" | "to" | "depth" | "begins" | "ends"]: number[] };

/** What is left out equals nothing, not even another such: a row of tokens ends there. */
const BREAK = 0x51ed270b;

/** A statement in a row of such, or a member of a class. */
function isStatement(node: SyntaxNode, { rules }: Examined): boolean {
  const { parent } = node;
  return node.isNamed && parent !== undefined && (rules.isRow(parent) || rules.isMembers(parent));
}

const START = 0x811c9dc5;

/** FNV-1a over UTF-16 units (G. Fowler, L. C. Noll, K.-P. Vo, "The FNV Non-Cryptographic Hash Algorithm"). */
function hashOf(text: string, from: number, to: number, start: number): number {
  let hash = start;
  for (let at = from; at < Math.min(to, text.length); at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}
