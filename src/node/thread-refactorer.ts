import { refused } from "../refactor/plan.ts";
import type { Refactorer } from "../refactor/port.ts";
import type { SyntaxThread } from "./syntax-thread.ts";

/** Longest text that is refactored, in UTF-16 units. */
const MAX_TEXT = 1024 * 1024;
/** A name that many files use takes a while: each is parsed twice. */
const PATIENCE_MS = 60_000;

/** Refactors on the thread that parses; `limitMs` is for parsing one text. */
export function threadRefactorer(thread: SyntaxThread, limitMs: number): Refactorer {
  return {
    async offers(refactor, signal) {
      signal.throwIfAborted();
      const answer = tooLong(refactor.file) ?? (await thread.ask({ refactor, limitMs }, PATIENCE_MS, signal));
      return answer.kind === "offers" || answer.kind === "refused" ? answer : failed(answer);
    },
    async plan(id, refactor, options, signal) {
      signal.throwIfAborted();
      const message = { refactor, plan: { refactoring: id, options }, limitMs };
      const long = [refactor.file, ...(refactor.others ?? [])].map(tooLong).find((it) => it !== undefined);
      const answer = long ?? (await thread.ask(message, PATIENCE_MS, signal));
      return answer.kind === "plan" || answer.kind === "refused" ? answer : failed(answer);
    },
    async places(file, name, signal) {
      signal.throwIfAborted();
      const message = { places: file, name, limitMs };
      const answer = tooLong(file) ?? (await thread.ask(message, PATIENCE_MS, signal));
      return answer.kind === "places" || answer.kind === "refused" ? answer : failed(answer);
    },
  };
}

function tooLong({ path, text }: { readonly path: string; readonly text: string }) {
  return text.length > MAX_TEXT
    ? refused("too-large", `Cannot refactor "${path}": it is longer than 1 MiB.`)
    : undefined;
}

function failed(answer: { readonly kind: string; readonly reason?: string }) {
  return refused("failed", `Cannot refactor this: ${answer.reason ?? "the parser's thread answered amiss"}.`);
}
