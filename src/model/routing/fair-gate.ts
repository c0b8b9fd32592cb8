import { untilAborted } from "../../std/abort.ts";

/** Lets a number of requests through at one time; those that wait take turns by who asks. */
export interface FairGate {
  /** Resolves, with what gives the place back, when there is one; rejects with the signal's reason. */
  enter(who: string, signal: AbortSignal): Promise<() => void>;
  readonly waiting: number;
}

interface Waiting {
  readonly admit: (leave: () => void) => void;
}

/** A gate for `most` at one time. */
export function fairGate(most: number): FairGate {
  const line = waitingLine();
  let inside = 0;
  return {
    async enter(who, signal) {
      signal.throwIfAborted();
      if (inside >= most) return await waited(who, signal);
      inside++;
      return leaving();
    },
    get waiting() {
      return line.length();
    },
  };

  async function waited(who: string, signal: AbortSignal): Promise<() => void> {
    const { promise: admitted, resolve } = withResolvers<() => void>();
    const waiting: Waiting = { admit: resolve };
    line.join(who, waiting);
    try {
      return await untilAborted(admitted, signal);
    } catch (error) {
      line.leave(who, waiting);
      // It may have been let in at the very moment in which it went away.
      void admitted.then((leave) => leave());
      throw error;
    }
  }

  function leaving(): () => void {
    let isDone = false;
    return () => {
      if (isDone) return;
      isDone = true;
      const next = line.next();
      if (next === undefined) inside--;
      else next.admit(leaving());
    };
  }
}

/** A line in which each who waits lets one of its own through and goes to the end. */
function waitingLine() {
  // Sets: who goes away is taken out at once, and many may come and go while nobody gets in.
  const queues = new Map<string, Set<Waiting>>();
  return {
    join(who: string, waiting: Waiting): void {
      const queue = queues.get(who);
      if (queue === undefined) queues.set(who, new Set([waiting]));
      else queue.add(waiting);
    },
    leave(who: string, waiting: Waiting): void {
      const queue = queues.get(who);
      if (queue?.delete(waiting) && queue.size === 0) queues.delete(who);
    },
    next(): Waiting | undefined {
      for (const [who, queue] of queues) {
        const [first] = queue;
        queues.delete(who);
        if (first === undefined) continue;
        queue.delete(first);
        if (queue.size > 0) queues.set(who, queue);
        return first;
      }
      return undefined;
    },
    length(): number {
      let count = 0;
      for (const queue of queues.values()) count += queue.size;
      return count;
    },
  };
}

/** `Promise.withResolvers`, which Node 20 has not. */
function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
