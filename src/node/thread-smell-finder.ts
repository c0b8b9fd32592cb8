import type { SmellFinder } from "../smells/port.ts";
import type { SyntaxThread } from "./syntax-thread.ts";

/** Longest text that is looked at, in UTF-16 units. */
const MAX_TEXT = 1024 * 1024;
const PATIENCE_MS = 60_000;

/** Looks for smells on the thread that parses; `limitMs` is for parsing one text. */
export function threadSmellFinder(thread: SyntaxThread, limitMs: number): SmellFinder {
  return {
    async examine(file, smells, signal) {
      signal.throwIfAborted();
      if (file.text.length > MAX_TEXT) return skipped(`"${file.path}" is longer than 1 MiB.`);
      const answer = await thread.ask({ smells, of: file, limitMs }, PATIENCE_MS, signal);
      if (answer.kind === "examined" || answer.kind === "skipped") return answer;
      return failed(answer, `look for smells in "${file.path}"`);
    },
    async compare(files, smells, signal) {
      signal.throwIfAborted();
      const answer = await thread.ask({ smells, of: files, limitMs }, PATIENCE_MS, signal);
      return answer.kind === "compared" ? answer : failed(answer, "look for duplicate code");
    },
  };
}

function skipped(reason: string) {
  return { kind: "skipped", reason } as const;
}

function failed(answer: { readonly kind: string; readonly reason?: string }, what: string) {
  return {
    kind: "failed",
    reason: `Cannot ${what}: ${answer.reason ?? "the parser's thread answered amiss"}.`,
  } as const;
}
