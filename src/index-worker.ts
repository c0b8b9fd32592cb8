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
  IndexQuestion,
  IndexReply,
  IndexRequest,
} from "./syntax/index/message.ts";
import { repoMap } from "./syntax/index/repo-map.ts";

function serve(port: NonNullable<typeof parentPort>): void {
  const index = fileIndex(parseThreads(workerData.parser, workerData.grammars));
  const waiting = new Map<number, AbortController>();
  let last: Promise<unknown> = Promise.resolve();
  port.on("message", (message: IndexRequest | IndexCancel) => {
    if ("cancel" in message) return waiting.get(message.cancel)?.abort();
    const controller = new AbortController();
    waiting.set(message.id, controller);
    // One after another: they would do the same work twice.
    last = last.then(() => reply(message, controller.signal)).finally(() => waiting.delete(message.id));
    return undefined;
  });

  async function reply(request: IndexRequest, signal: AbortSignal): Promise<void> {
    const { id, question } = request;
    const tell = (it: IndexReply) => port.postMessage(it);
    if (signal.aborted) return;
    try {
      const { files, left, keep } = await index.of(request, (done, of) => tell({ id, done, of }), signal);
      if (!signal.aborted) tell({ id, answer: answered(question, files, left) });
      await keep();
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
