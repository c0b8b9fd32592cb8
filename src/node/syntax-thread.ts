import { Worker } from "node:worker_threads";
import type { PlacesMessage, RefactorMessage, RefactorReply } from "../refactor/message.ts";
import type { SmellMessage, SmellReply } from "../smells/message.ts";
import type { OutlineRequest, ShellRequest, SyntaxReply } from "../syntax/outline-message.ts";
import { turn } from "./compile-turn.ts";

/** What the thread says to a request; `isThread`: it is about the thread and not about the text. */
export type Answer = Reply["answer"] & { readonly isThread?: boolean };

/** A request that has no number yet. */
export type Unnumbered =
  | Omit<OutlineRequest, "id">
  | Omit<ShellRequest, "id">
  | Omit<RefactorMessage, "id">
  | Omit<PlacesMessage, "id">
  | Omit<SmellMessage, "id">;

type Request = OutlineRequest | ShellRequest | RefactorMessage | PlacesMessage | SmellMessage;
type Reply = SyntaxReply | RefactorReply | SmellReply;

/** The thread that parses. */
export interface SyntaxThread {
  isAlive(): boolean;
  /** When it takes longer than `patienceMs`, after what was asked before, the thread is ended. Rejects with the signal's reason. */
  ask(request: Unnumbered, patienceMs: number, signal: AbortSignal): Promise<Answer>;
  /** Ends the thread; what is still open answers "failed". Using it again starts a new one. */
  dispose(): Promise<void>;
}

/** A worker thread that is started on first use and replaced after any trap: a trap spoils its memory. */
export function syntaxThread(worker: string | URL, grammars: string): SyntaxThread {
  let thread: Thread | undefined;
  let last = 0;
  return {
    isAlive: () => thread?.isAlive() ?? false,
    ask: (request, patienceMs, signal) => running().ask({ ...request, id: ++last }, patienceMs, signal),
    dispose: async () => thread?.end("the outliner was closed"),
  };

  function running(): Thread {
    // What the host was started with (`--input-type`, a debugger's port) is not for the thread.
    if (!thread?.isAlive())
      thread = startThread(new Worker(worker, { workerData: { grammars, turn }, execArgv: [] }));
    return thread;
  }
}

interface Thread {
  isAlive(): boolean;
  ask(request: Request, patienceMs: number, signal: AbortSignal): Promise<Answer>;
  /** Answers all open requests with the reason and ends the worker. */
  end(why: string): Promise<void>;
}

function startThread(worker: Worker): Thread {
  const waiting = new Map<number, { readonly patienceMs: number; readonly take: (answer: Answer) => void }>();
  let alive = true;
  worker.on("message", (reply: Reply) => {
    waiting.get(reply.id)?.take(reply.answer);
    if (reply.broken) void end("the parser broke down");
  });
  worker.on("error", (error) => void end(error.message));
  worker.on("exit", () => void end("its thread has ended"));
  worker.unref();
  return { isAlive: () => alive, ask, end };

  function ask(request: Request, patienceMs: number, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const onAbort = () => settle(() => reject(signal.reason));
      // Each of those asked before may take its own time; one that hangs is noticed by its own timer.
      const beforeMs = [...waiting.values()].reduce((sum, it) => sum + it.patienceMs, 0);
      const timer = setTimeout(() => void end("it takes too long"), beforeMs + patienceMs);
      signal.addEventListener("abort", onAbort, { once: true });
      waiting.set(request.id, { patienceMs, take: (answer) => settle(() => resolve(answer)) });
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
    for (const { take } of [...waiting.values()]) take({ kind: "failed", reason: why, isThread: true });
    await worker.terminate();
  }
}
