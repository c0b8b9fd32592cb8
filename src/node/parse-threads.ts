import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { IndexedFile } from "../syntax/index/indexed-file.ts";
import type { ParseReply, ParseRequest } from "../syntax/index/message.ts";
import { turn } from "./compile-turn.ts";

/** Files for one thread at one time. */
const CHUNK = 40;
/** Below so many files a second thread costs more than it brings. */
const ENOUGH = 400;
/** Breakdowns one after another that are about files; with more it is the parser, and each costs a thread. */
const MOST_BREAKDOWNS = 10;
/** A thread that rests so long is ended, and its memory is free. */
const REST_MS = 10_000;

/** Garbage of a text is collected soon: two threads would hold hundreds of megabytes of it. In megabytes. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };

/** A file to be parsed. */
export type Unparsed = ParseRequest["parse"][number];

/** Parses files on threads that are replaced when a parser breaks down. */
export interface ParseThreads {
  /** Hands over what has been parsed as it comes; files at which a parser broke down come to `broken`. Rejects with the signal's reason, or when the parser does not work at all. */
  parse(
    files: readonly Unparsed[],
    parsed: (files: readonly IndexedFile[]) => void,
    broken: (file: Unparsed) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

/** Threads of the file `worker`, with the grammars in `grammars`. */
export function parseThreads(worker: string | URL, grammars: string): ParseThreads {
  const rests = restingThread(
    () => new Worker(worker, { workerData: { grammars, turn }, execArgv: [], resourceLimits: LIMITS }),
  );
  return {
    async parse(files, parsed, broken, signal) {
      // Taken from its end.
      const rest = [...files].reverse();
      let breakdowns = 0;
      const take = (reply: ParseReply | undefined, chunk: readonly Unparsed[]) => {
        const all = reply?.parsed ?? [];
        parsed(all);
        if (all.length > 0) breakdowns = 0;
        if (reply !== undefined && reply.broken === undefined) return true;
        if (++breakdowns > MOST_BREAKDOWNS)
          throw new Error(`the parser broke down at ${breakdowns} files one after another`);
        const at = reply === undefined ? 0 : chunk.findIndex((it) => it.path === reply.broken);
        const file = chunk[at];
        if (file) broken(file);
        rest.push(...chunk.slice(at + 1).reverse());
        return false;
      };
      const threads = files.length < ENOUGH ? 1 : Math.min(2, availableParallelism());
      await Promise.all(Array.from({ length: threads }, () => work(rest, rests, take, signal)));
    },
  };
}

/** One thread's work, until nothing is left; `take` says whether the thread still works. */
async function work(
  rest: Unparsed[],
  rests: RestingThread,
  take: (reply: ParseReply | undefined, chunk: readonly Unparsed[]) => boolean,
  signal: AbortSignal,
): Promise<void> {
  let thread: Worker | undefined;
  // Files of a chunk at which a thread died come one by one: any of them may be the one.
  let careful = 0;
  try {
    while (rest.length > 0) {
      signal.throwIfAborted();
      thread ??= rests.take();
      const chunk = rest.splice(careful > 0 ? -1 : -CHUNK).reverse();
      careful = Math.max(0, careful - 1);
      const reply = await asked(thread, chunk);
      if (reply === undefined && chunk.length > 1) {
        thread = undefined;
        careful = chunk.length;
        rest.push(...chunk.reverse());
      } else if (!take(reply, chunk)) {
        void thread.terminate();
        thread = undefined;
      }
    }
  } finally {
    if (thread !== undefined) rests.leave(thread);
  }
}

/** At most one thread that waits for more, and only for a while. */
interface RestingThread {
  readonly take: () => Worker;
  readonly leave: (thread: Worker) => void;
}

function restingThread(start: () => Worker): RestingThread {
  let resting: Worker | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    take() {
      clearTimeout(timer);
      const it = resting ?? start();
      resting = undefined;
      it.ref();
      return it;
    },
    leave(it) {
      if (resting !== undefined) return void it.terminate();
      it.unref();
      resting = it;
      timer = setTimeout(() => {
        void resting?.terminate();
        resting = undefined;
      }, REST_MS);
      timer.unref();
    },
  };
}

/** `undefined`: the thread died. */
function asked(thread: Worker, files: readonly Unparsed[]): Promise<ParseReply | undefined> {
  return new Promise((resolve) => {
    const settle = (reply?: ParseReply) => {
      thread.off("message", settle);
      thread.off("error", died);
      thread.off("exit", died);
      resolve(reply);
    };
    const died = () => settle();
    thread.on("message", settle);
    thread.on("error", died);
    thread.on("exit", died);
    const request: ParseRequest = { parse: files };
    thread.postMessage(request);
  });
}
