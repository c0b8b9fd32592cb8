import { existsSync } from "node:fs";

/** The path of bubblewrap; `undefined` when it is not installed. */
export function bubblewrapPath(): string | undefined {
  return ["/usr/bin/bwrap", "/bin/bwrap", "/usr/local/bin/bwrap"].find((it) => existsSync(it));
}

/** Behind the title of tests that need it. */
export const NEEDS_BUBBLEWRAP = bubblewrapPath() === undefined ? " (skipped: no bubblewrap)" : "";
