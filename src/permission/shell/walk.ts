import type { ShellNode } from "../../world.ts";
import type { Part, Redirect } from "./line.ts";

/** Folders that may be current at a point; `undefined`: not known. */
export type Folders = readonly string[] | undefined;

/** What holds where a node stands. */
export interface Spot {
  readonly at: Folders;
  /** Redirects that stand behind the last command of it. */
  readonly outer: readonly Redirect[];
  /** Whether its commands are given something to read. */
  readonly isFed: boolean;
}

/** A line being taken apart. */
export interface Walk {
  readonly text: string;
  readonly home: string;
  /** What was found so far. */
  readonly parts: Part[];
  /** Variables of the loops around this point, with the value of this turn. */
  readonly variables: Map<string, string>;
  /** Why it is not understood, as soon as that is known. */
  trouble: string | undefined;
  /** Walks a node; answers the folders afterwards. */
  readonly run: (node: ShellNode, spot: Spot) => Folders;
}

/** Most folders that may be current at one point. */
const MAX_FOLDERS = 4;

/** Marks the line as not understood; the first reason counts. */
export function refuse(walk: Walk, why: string): Folders {
  walk.trouble ??= why;
  return undefined;
}

/** Blanks only between the children; in texts and words the words themselves see to that. */
export function isWhole(walk: Walk, node: ShellNode): boolean {
  let from = node.from;
  for (const it of node.children) {
    if (walk.text.slice(from, it.from).trim() !== "") return false;
    from = it.to;
  }
  return node.children.length === 0 || walk.text.slice(from, node.to).trim() === "";
}

/** Children that are no signs or keywords. */
export function named(node: ShellNode): readonly ShellNode[] {
  return node.children.filter((it) => it.isNamed);
}

/** All folders of these. */
export function either(...all: readonly Folders[]): Folders {
  const some = [...new Set(all.flatMap((it) => it ?? []))];
  return all.includes(undefined) || some.length > MAX_FOLDERS ? undefined : some;
}

/** Whether these are the same folders. */
export function isSame(one: Folders, other: Folders): boolean {
  return one?.join("\n") === other?.join("\n");
}
