import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type {
  IndexAnswer,
  IndexCancel,
  IndexEnd,
  IndexQuestion,
  IndexReply,
  IndexRequest,
} from "../syntax/index/message.ts";
import type { IndexScope, SourceIndex } from "../syntax/index/port.ts";
import { turn } from "./compile-turn.ts";

/** What an index is made with. */
export interface IndexSetup {
  /** Files of the two kinds of threads: the bundles, or their sources where Node runs TypeScript. */
  readonly worker: string | URL;
  readonly parser: string | URL;
  /** Folder of the normalised grammars and the runtime. */
  readonly grammars: string;
  /** Folder in which what is known is kept from run to run. */
  readonly store: string;
}

/** An index on a thread of its own. */
export interface ThreadIndex extends SourceIndex {
  /** Ends the thread, which keeps what is new; what is open answers "failed". Using it again starts a new one. */
  dispose(): Promise<void>;
}

/** A thread that has the index is started with the first question. */
export function threadIndex({ worker, parser, grammars, store }: IndexSetup): ThreadIndex {
  let running: Thread | undefined;
  let last = 0;
  const thread = () => {
    if (running === undefined || !running.isAlive())
      running = started(
        new Worker(worker, { workerData: { grammars, turn, parser: pathOf(parser) }, execArgv: [] }),
      );
    return running;
  };
  const ask = (scope: IndexScope, question: IndexQuestion, signal: AbortSignal) => {
    const { files, texts, folder, onProgress } = scope;
    const name = createHash("sha256").update(folder).digest("hex").slice(0, 32);
    const request = { id: ++last, files, texts, store: join(store, `${name}.bin`), question };
    return thread().ask(request, onProgress, signal);
  };
  return {
    async symbols(scope, name, most, signal) {
      const answer = await ask(scope, { kind: "symbols", name, most, patienceMs: scope.patienceMs }, signal);
      return answer.kind === "symbols" ? answer : failed(answer);
    },
    async map(scope, wish, signal) {
      const answer = await ask(scope, { kind: "map", ...wish }, signal);
      return answer.kind === "map" ? answer : failed(answer);
    },
    dispose: async () => running?.end("the index was closed"),
  };
}

/** An address cannot be handed to another thread. */
function pathOf(file: string | URL): string {
  return typeof file === "string" ? file : fileURLToPath(file);
}

function failed(answer: IndexAnswer) {
  const reason = answer.kind === "failed" ? answer.reason : "its thread answered amiss";
  return { kind: "failed", reason: `Cannot look through the files: ${reason}` } as const;
}

/** To keep what is new may take so long, in milliseconds; without it, it is learned again another time. */
const PATIENCE_MS = 5_000;

interface Thread {
  isAlive(): boolean;
  ask(request: IndexRequest, onProgress: IndexScope["onProgress"], signal: AbortSignal): Promise<IndexAnswer>;
  end(why: string): Promise<void>;
}

function started(worker: Worker): Thread {
  interface Waiting {
    readonly take: (answer: IndexAnswer) => void;
    readonly onProgress: IndexScope["onProgress"];
  }
  const waiting = new Map<number, Waiting>();
  let isAlive = true;
  const fail = (why: string) => {
    isAlive = false;
    for (const it of [...waiting.values()]) it.take({ kind: "failed", reason: why });
  };
  const end = async (why: string) => {
    if (!isAlive) return;
    fail(why);
    await ended(worker);
  };
  worker.on("message", (reply: IndexReply) => {
    const it = waiting.get(reply.id);
    if ("answer" in reply) it?.take(reply.answer);
    else it?.onProgress(reply.done, reply.of);
  });
  worker.on("error", (error) => fail(error.message));
  worker.on("exit", () => fail("its thread has ended"));
  worker.unref();
  return {
    isAlive: () => isAlive,
    end,
    ask(request, onProgress, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const settle = (finish: () => void) => {
          signal.removeEventListener("abort", onAbort);
          waiting.delete(request.id);
          if (waiting.size === 0) worker.unref();
          finish();
        };
        const onAbort = () => {
          const cancel: IndexCancel = { cancel: request.id };
          worker.postMessage(cancel);
          settle(() => reject(signal.reason));
        };
        signal.addEventListener("abort", onAbort, { once: true });
        waiting.set(request.id, { onProgress, take: (answer) => settle(() => resolve(answer)) });
        // A thread that works keeps the process alive, one that rests does not.
        worker.ref();
        worker.postMessage(request);
      });
    },
  };
}

/** Has it keep what is new, and resolves when it has ended. */
async function ended(worker: Worker): Promise<void> {
  const exit = new Promise((resolve) => worker.once("exit", resolve));
  worker.ref();
  const message: IndexEnd = { end: true };
  worker.postMessage(message);
  const limit = setTimeout(() => void worker.terminate(), PATIENCE_MS);
  await exit;
  clearTimeout(limit);
}
