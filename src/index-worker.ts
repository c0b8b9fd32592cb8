/**
 * Door of the worker thread that keeps the index: what is known of files is remembered by size and time, what has
 * changed is parsed by threads of their own, which can be replaced. `workerData`: `grammars`, the folder of the
 * grammars, and `parser`, the file of such a thread.
 */
import { parentPort, workerData } from "node:worker_threads";
import { type FileIndex, fileIndex } from "./node/file-index.ts";
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

/** Between two looks for a first answer, in milliseconds. */
const LOOK_MS = 250;

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
      .then(() => reply(message, index, (it) => port.postMessage(it), controller.signal))
      .finally(() => waiting.delete(message.id))
      .then(keepSoon);
    return undefined;
  });
}

/** Answers one question, with how far it is before that. Never rejects. */
async function reply(
  request: IndexRequest,
  index: FileIndex,
  post: (it: IndexReply) => void,
  signal: AbortSignal,
): Promise<void> {
  const { id, question } = request;
  let isAnswered = signal.aborted;
  if (isAnswered) return;
  const tell = (it: IndexReply) => {
    if (isAnswered || signal.aborted) return;
    isAnswered = "answer" in it;
    post(it);
  };
  const early = firstAnswers(question);
  try {
    const { files, left } = await index.of(
      request,
      (done, of, soFar) => {
        const answer = isAnswered ? undefined : early(of - done, soFar);
        tell(answer ? { id, answer } : { id, done, of });
      },
      signal,
    );
    tell({ id, answer: answered(question, files, left, 0) });
  } catch (error) {
    tell({ id, answer: { kind: "failed", reason: messageOf(error) } });
  }
}

/** Looks among the files that are done, from time to time once patience is at its end, for the very name that was asked for. */
function firstAnswers(question: IndexQuestion) {
  const patienceMs = question.kind === "symbols" ? question.patienceMs : undefined;
  let next = performance.now() + (patienceMs ?? Number.POSITIVE_INFINITY);
  return (ahead: number, soFar: () => readonly IndexedFile[]): IndexAnswer | undefined => {
    if (question.kind !== "symbols" || ahead === 0 || performance.now() < next) return undefined;
    next = performance.now() + LOOK_MS;
    const answer = answered(question, soFar(), 0, ahead);
    return answer.kind === "symbols" && answer.found[0]?.name === question.name ? answer : undefined;
  };
}

function answered(
  question: IndexQuestion,
  files: readonly IndexedFile[],
  left: number,
  ahead: number,
): IndexAnswer {
  return question.kind === "map"
    ? { kind: "map", ...repoMap(files, question), left }
    : { kind: "symbols", ...findSymbols(files, question.name, question.most), left, ahead };
}

if (parentPort) serve(parentPort);
