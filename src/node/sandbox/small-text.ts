import { readFileSync, statSync } from "node:fs";

/** Longest settings file looked at, in bytes. */
const MOST_TEXT = 1024 * 1024;

/** The text of a plain file of reasonable length; "" for anything else: a pipe of that name would be read for ever. */
export function smallText(path: string): string {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= MOST_TEXT ? readFileSync(path, "utf8") : "";
  } catch {
    return "";
  }
}
