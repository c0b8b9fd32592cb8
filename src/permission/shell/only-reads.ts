import type { Line, SettledPart } from "./line.ts";

/** Whether a command line is known to change no file: each of its programs only reads, and nothing is redirected into one. */
export function onlyReads(line: Line): boolean {
  return line.kind === "understood" && line.parts.every(isReading);
}

/** An assignment may change which program runs; what is discarded is written nowhere. */
function isReading({ isReading, assignments, caution, redirects }: SettledPart): boolean {
  const isDiscarded = redirects.every((it) => it.as === "read" || it.target === "/dev/null");
  return isReading && isDiscarded && assignments.length === 0 && caution === undefined;
}
