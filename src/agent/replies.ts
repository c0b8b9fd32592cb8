import type { Given, Live } from "./wiring.ts";

/** The questions that wait for the person. */
export interface Replies {
  readonly replyTo: Live["replyTo"];
  /** Hands a reply to whom waits for it; false when nobody does. */
  readonly give: (question: string, given: Given) => boolean;
}

/** No question yet. */
export function openReplies(): Replies {
  const waiting = new Map<string, (given: Given) => void>();
  return {
    replyTo: (question, signal) => waitFor(waiting, question, signal),
    give(question, given) {
      const resolve = waiting.get(question);
      resolve?.(given);
      return resolve !== undefined;
    },
  };
}

function waitFor(
  waiting: Map<string, (given: Given) => void>,
  question: string,
  signal: AbortSignal,
): Promise<Given> {
  return new Promise<Given>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    waiting.set(question, (given) => {
      waiting.delete(question);
      signal.removeEventListener("abort", abort);
      resolve(given);
    });
  }).finally(() => waiting.delete(question));
}
