import { Worker } from "node:worker_threads";
import type { Refusal } from "../refactor/plan.ts";
import { refused } from "../refactor/plan.ts";
import type { TypedRename, TypeKnower, TypeQuestion, TypesAnswer } from "../refactor/typed.ts";
import { languageOf } from "../syntax/language-of.ts";

/** A large project is read and checked twice. */
const PATIENCE_MS = 120_000;
/** Megabytes of a thread's own memory: a compiler without a limit may end the process. */
const LIMITS = { maxOldGenerationSizeMb: 2048 };

const LANGUAGES = ["javascript", "typescript", "tsx"];

type Failed = { readonly kind: "failed"; readonly reason: string };

/** Types of JavaScript and TypeScript, told by the compiler on a thread of its own for each question: it holds much memory, and cannot be stopped otherwise. */
export function typeThread(worker: string | URL, libraries: string): TypeKnower {
  return {
    knows: (path) => LANGUAGES.includes(languageOf(path)?.id ?? ""),
    rename: async (request, signal) => {
      const answer = await asked<TypedRename | Refusal>(worker, libraries, { rename: request }, signal);
      return answer.kind === "failed"
        ? refused("failed", `The types cannot be told: ${answer.reason}.`)
        : answer;
    },
    types: async (request, signal) => {
      const answer = await asked<TypesAnswer>(worker, libraries, { types: request }, signal);
      return answer.kind === "failed" ? [] : answer.types;
    },
  };
}

function asked<Answer extends { readonly kind: string }>(
  file: string | URL,
  libraries: string,
  request: TypeQuestion,
  signal: AbortSignal,
): Promise<Answer | Failed> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const worker = new Worker(file, { workerData: { libraries }, execArgv: [], resourceLimits: LIMITS });
    let isOver = false;
    const settle = (finish: () => void) => {
      // To end it is told as an exit, too.
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      // The answer is there only when nothing of it runs on.
      void worker.terminate().finally(finish);
    };
    const fail = (reason: string) => settle(() => resolve({ kind: "failed", reason }));
    const onAbort = () => settle(() => reject(signal.reason));
    const timer = setTimeout(() => fail("it takes too long"), PATIENCE_MS);
    signal.addEventListener("abort", onAbort, { once: true });
    worker.once("message", (answer: Answer) => settle(() => resolve(answer)));
    worker.once("error", (error) => fail(error.message));
    worker.once("exit", () => fail("its thread has ended"));
    worker.postMessage(request);
  });
}
