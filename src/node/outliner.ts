import { Worker } from "node:worker_threads";
import { never } from "../std/abort.ts";
import { languageOf } from "../syntax/language-of.ts";
import type { OutlineRequest, ShellRequest, SyntaxReply } from "../syntax/outline-message.ts";
import type { Outline, Outliner, ShellParser, ShellTree } from "../world.ts";

/** Texts longer than this, in UTF-16 units, are not parsed. */
const MAX_TEXT = 1024 * 1024;
/** Parsing waits for the ones asked before; this much longer than its own limit it may take in all. */
const PATIENCE_MS = 10_000;

/** What an outliner is made with. */
export interface OutlinerSetup {
  /** The worker's file: the bundle `syntax-worker.cjs`, or `syntax-worker.ts` where Node runs TypeScript. */
  readonly worker: string | URL;
  /** Folder of the normalised grammars and `web-tree-sitter.wasm`. */
  readonly grammars: string;
  /** Processor time for one text. */
  readonly limitMs?: number;
}

/** An outliner and a parser of command lines with one thread of their own. */
export interface ThreadOutliner extends Outliner, ShellParser {
  /** Ends the thread; what is still open answers "failed". Using it again starts a new one. */
  dispose(): Promise<void>;
}

/** Parses on a worker thread that is started on first use and replaced after any trap: a trap spoils its memory. */
export function nodeOutliner({ worker, grammars, limitMs = 2_000 }: OutlinerSetup): ThreadOutliner {
  let thread: Thread | undefined;
  let last = 0;
  return { outline, parse, warm, dispose };

  async function outline(path: string, text: string, signal: AbortSignal): Promise<Outline> {
    signal.throwIfAborted();
    const language = languageOf(path);
    if (!language) return { kind: "unsupported" };
    if (text.length > MAX_TEXT) return failed(`Cannot outline "${path}": it is longer than 1 MiB`);
    const answer = await running().ask({ id: ++last, language: language.id, text, limitMs }, signal);
    if (answer.kind === "tree") return failed(`Cannot outline "${path}": its thread answered amiss`);
    return answer.kind === "failed" && answer.isThread ? failed(`Cannot outline: ${answer.reason}`) : answer;
  }

  async function parse(command: string, signal: AbortSignal): Promise<ShellTree> {
    signal.throwIfAborted();
    const answer = await running().ask({ id: ++last, command }, signal);
    if (answer.kind === "failed" && answer.isThread)
      return { kind: "failed", reason: `the parser for bash does not work (${answer.reason})` };
    return answer.kind === "tree" || answer.kind === "failed"
      ? answer
      : { kind: "failed", reason: "the parser's thread answered amiss" };
  }

  function warm(): void {
    // What fails now fails again, and is told, when a command is parsed.
    if (!thread?.isAlive()) parse(":", never()).catch(() => undefined);
  }

  function running(): Thread {
    // What the host was started with (`--input-type`, a debugger's port) is not for the thread.
    if (!thread?.isAlive())
      thread = startThread(new Worker(worker, { workerData: { grammars }, execArgv: [] }));
    return thread;
  }

  async function dispose(): Promise<void> {
    await thread?.end("the outliner was closed");
  }
}

/** What the thread says to a request; `isThread`: it is about the thread and not about the text. */
type Answer = SyntaxReply["answer"] & { readonly isThread?: boolean };

interface Thread {
  isAlive(): boolean;
  ask(request: OutlineRequest | ShellRequest, signal: AbortSignal): Promise<Answer>;
  /** Answers all open requests with the reason and ends the worker. */
  end(why: string): Promise<void>;
}

function startThread(worker: Worker): Thread {
  const waiting = new Map<number, (answer: Answer) => void>();
  let alive = true;
  worker.on("message", (reply: SyntaxReply) => {
    waiting.get(reply.id)?.(reply.answer);
    if (reply.broken) void end("the parser broke down");
  });
  worker.on("error", (error) => void end(error.message));
  worker.on("exit", () => void end("its thread has ended"));
  worker.unref();
  return { isAlive: () => alive, ask, end };

  function ask(request: OutlineRequest | ShellRequest, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const onAbort = () => settle(() => reject(signal.reason));
      const limitMs = "limitMs" in request ? request.limitMs : 0;
      const timer = setTimeout(() => void end("it takes too long"), limitMs + PATIENCE_MS);
      signal.addEventListener("abort", onAbort, { once: true });
      waiting.set(request.id, (answer) => settle(() => resolve(answer)));
      // A thread that works keeps the process alive, one that rests does not.
      worker.ref();
      worker.postMessage(request);

      function settle(finish: () => void): void {
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
        waiting.delete(request.id);
        if (waiting.size === 0) worker.unref();
        finish();
      }
    });
  }

  async function end(why: string): Promise<void> {
    alive = false;
    for (const answer of [...waiting.values()]) answer({ kind: "failed", reason: why, isThread: true });
    await worker.terminate();
  }
}

function failed(reason: string): Outline {
  return { kind: "failed", reason };
}
