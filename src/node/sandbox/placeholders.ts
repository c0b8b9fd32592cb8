import { mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { atExit } from "./at-exit.ts";

/**
 * Folders that editors, git and agents look for by themselves, so that one made by a command would be read before the
 * command has ended. A mount needs something to lie on: where one is missing, an empty folder stands in for it.
 */
export const PLACEHOLDERS: readonly string[] = [
  ...".git .vscode .idea .devcontainer .husky .githooks .wheelhouse .claude .cursor".split(" "),
  ...".codex .gemini .roo .kiro .amazonq .windsurf .continue .agents".split(" "),
];

/** How many running commands need each folder that was made. */
type Held = Map<string, number>;

/** Makes what is missing in `roots` as long as somebody needs it; the function that is answered gives it back. */
export function placeholders(): (roots: readonly string[]) => () => void {
  const held: Held = new Map();
  return (roots) => {
    const all = roots.flatMap((root) => PLACEHOLDERS.map((it) => join(root, it)));
    const mine = all.filter((it) => take(held, it));
    const release = () => {
      for (const path of mine.splice(0)) give(held, path);
    };
    const forget = atExit(release);
    return () => {
      release();
      forget();
    };
  };
}

function take(held: Held, path: string): boolean {
  const users = held.get(path);
  if (users === undefined && !made(path)) return false;
  held.set(path, (users ?? 0) + 1);
  return true;
}

function give(held: Held, path: string): void {
  const users = (held.get(path) ?? 1) - 1;
  if (users > 0) held.set(path, users);
  else {
    held.delete(path);
    removeEmpty(path);
  }
}

/** Whether it was missing and is there now. */
function made(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** What somebody has meanwhile put something into is theirs and stays. */
function removeEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Not empty, or gone.
  }
}
