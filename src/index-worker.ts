/**
 * Door of the worker thread that keeps the index: what is known of files is remembered by size and time, what has
 * changed is parsed by threads of their own, which can be replaced. `workerData`: `grammars`, the folder of the
 * grammars, and `parser`, the file of such a thread.
 */
import { parentPort, workerData } from "node:worker_threads";
import { fileIndex } from "./node/file-index.ts";
import { parseThreads } from "./node/parse-threads.ts";
import { messageOf } from "./std/error-message.ts";
import { findSymbols } from "./syntax/index/find-symbols.ts";
import type { IndexedFile } from "./syntax/index/indexed-file.ts";
import type {
  IndexAnswer,
  IndexCancel,
  IndexEnd,
  IndexQuestion,
  IndexReply,
  IndexRequest,
} from "./syntax/index/message.ts";
import { repoMap } from "./syntax/index/repo-map.ts";

/** Silence after which what is new is kept, in milliseconds: whoever asks meanwhile would wait for it. */
const REST_MS = 1_000;

function serve(port: NonNullable<typeof parentPort>): void {
  const index = fileIndex(parseThreads(workerData.parser, workerData.grammars));
  const waiting = new Map<number, AbortController>();
  let last: Promise<unknown> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (last = last.then(index.keep)), REST_MS);
  };
  port.on("message", (message: IndexRequest | IndexCancel | IndexEnd) => {
    if ("cancel" in message) return waiting.get(message.cancel)?.abort();
    clearTimeout(timer);
    if ("end" in message) {
      for (const it of waiting.values()) it.abort();
      return void last.then(index.keep).finally(() => process.exit());
    }
    const controller = new AbortController();
    waiting.set(message.id, controller);
    // One after another: they would do the same work twice.
    last = last
      .then(() => reply(message, controller.signal))
      .finally(() => waiting.delete(message.id))
      .then(keepSoon);
    return undefined;
  });

  async function reply(request: IndexRequest, signal: AbortSignal): Promise<void> {
    const { id, question } = request;
    const tell = (it: IndexReply) => port.postMessage(it);
    if (signal.aborted) return;
    try {
      const { files, left } = await index.of(request, (done, of) => tell({ id, done, of }), signal);
      if (!signal.aborted) tell({ id, answer: answered(question, files, left) });
    } catch (error) {
      if (!signal.aborted) tell({ id, answer: { kind: "failed", reason: messageOf(error) } });
    }
  }
}

function answered(question: IndexQuestion, files: readonly IndexedFile[], left: number): IndexAnswer {
  return question.kind === "map"
    ? { kind: "map", ...repoMap(files, question), left }
    : { kind: "symbols", ...findSymbols(files, question.name, question.most), left };
}

if (parentPort) serve(parentPort);
