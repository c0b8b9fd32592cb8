import cluster, { type Worker } from "node:cluster";

/** Processes that share one port. */
export interface Workers {
  /** Resolves with the address at which they listen; rejects when the first of them ends before. */
  readonly address: Promise<string>;
  /** Asks all to finish what is under way, and resolves when they have ended. */
  readonly stop: () => Promise<void>;
  /** Interrupts all of them, as Ctrl+C does: those that are stopping wait for nothing more. */
  readonly interrupt: () => void;
}

/** What a worker hears and says. */
export type WorkerWord = { readonly stop: true } | { readonly address: string };

/** How long after its end another worker takes a worker's place, in milliseconds: one that cannot live must not be started in haste. */
const AGAIN_MS = 1_000;

/** Whether this process is one of several that another has started. */
export const isWorker: boolean = cluster.isWorker;

/**
 * Starts this very program `count` times, as workers among which the system's connections are handed out in turn. Each
 * is a whole gateway: what they share is on the disk. One that ends is replaced; `tell` hears of it.
 */
export function startWorkers(count: number, tell: (sentence: string) => void): Workers {
  const running = new Set<Worker>();
  const waiting = new Set<NodeJS.Timeout>();
  let isStopping = false;
  let found: (address: string) => void = () => undefined;
  let missed: (error: Error) => void = () => undefined;
  let listens = false;
  const address = new Promise<string>((resolve, reject) => {
    found = resolve;
    missed = reject;
  });
  const start = () => {
    const worker = cluster.fork();
    running.add(worker);
    worker.on("message", (word: WorkerWord) => {
      if (!("address" in word)) return;
      listens = true;
      found(word.address);
    });
    worker.once("exit", (code, signal) => {
      running.delete(worker);
      if (isStopping) return;
      if (!listens) return missed(new Error(`A worker ended with ${signal ?? code} before it listened.`));
      tell(`A worker ended with ${signal ?? code}; another takes its place.`);
      const timer = setTimeout(() => {
        waiting.delete(timer);
        start();
      }, AGAIN_MS);
      waiting.add(timer);
    });
  };
  for (let at = 0; at < count; at++) start();
  return {
    address,
    async stop() {
      isStopping = true;
      for (const it of waiting) clearTimeout(it);
      await Promise.all([...running].map(ended));
    },
    interrupt() {
      for (const it of running) it.process.kill("SIGINT");
    },
  };
}

/** How often a worker is told to stop, in milliseconds: one that is only starting loses what is said to it. */
const TELL_MS = 250;

function ended(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    const tell = () => {
      if (worker.isConnected()) worker.send({ stop: true } satisfies WorkerWord);
      else worker.kill();
    };
    const telling = setInterval(tell, TELL_MS);
    worker.once("exit", () => {
      clearInterval(telling);
      resolve();
    });
    tell();
  });
}

/** Tells the first process where this worker listens. */
export function tellAddress(address: string): void {
  process.send?.({ address } satisfies WorkerWord);
}

/** Calls back when the first process wants this worker to finish; answers how to stop listening. */
export function onStopWord(heard: () => void): () => void {
  const hear = (word: WorkerWord) => {
    if ("stop" in word) heard();
  };
  process.on("message", hear);
  return () => void process.off("message", hear);
}
