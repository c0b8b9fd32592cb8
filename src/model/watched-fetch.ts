import { untilAborted } from "../std/abort.ts";
import type { Failure } from "./failure.ts";

/** A `fetch` for one request, with what it saw. */
export interface WatchedFetch {
  readonly fetch: typeof fetch;
  /** Why it ended the request by itself; `undefined`: it did not. */
  failure(): Failure | undefined;
  /** Whether the last byte that came ended an event of the stream. */
  endedBetweenEvents(): boolean;
  /** From now on the body must end within this time, in milliseconds. */
  hurry(withinMs: number): void;
  /** Ends the request if it still runs, and all timers. */
  close(): void;
}

/** Bytes without a line's end after which a stream is no event stream. */
const LONGEST_LINE = 32 * 1024 * 1024;

/**
 * Guards one request: redirects are refused before anything is sent elsewhere (plain `fetch` and the SDK would send
 * the conversation again), headers must come within twice `silenceMs`, and each byte within `silenceMs` of the last.
 */
export function watchFetch(send: typeof fetch, silenceMs: number): WatchedFetch {
  const own = new AbortController();
  const tail = lineWatch();
  let failure: Failure | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (why: Failure) => {
    failure ??= why;
    own.abort();
  };
  const arm = (ms: number, why: Failure) => {
    clearTimeout(timer);
    timer = setTimeout(end, ms, why);
  };
  const silent: Failure = { kind: "silent", message: `not a byte came for ${seconds(silenceMs)}` };
  let hurried = false;
  const took = (chunk: Uint8Array) => {
    if (!hurried) arm(silenceMs, silent);
    if (tail.take(chunk) > LONGEST_LINE)
      end({ kind: "cut", message: "a line of the answer is longer than 32 MB" });
  };
  return {
    fetch: async (input, init) => {
      arm(2 * silenceMs, { kind: "timeout", message: `no answer began within ${seconds(2 * silenceMs)}` });
      const signal = init?.signal ? AbortSignal.any([init.signal, own.signal]) : own.signal;
      const response = await untilAborted(send(input, { ...init, redirect: "manual", signal }), signal);
      if (response.status >= 300 && response.status < 400) {
        end({ kind: "redirect", message: targetOf(response), status: response.status });
        own.signal.throwIfAborted();
      }
      arm(silenceMs, silent);
      if (response.body === null) return response;
      return watched(response, response.body, { took, ended: () => clearTimeout(timer) }, signal);
    },
    failure: () => failure,
    endedBetweenEvents: () => tail.isBetweenEvents(),
    hurry(withinMs) {
      hurried = true;
      arm(withinMs, silent);
    },
    close() {
      clearTimeout(timer);
      own.abort();
    },
  };
}

interface Watcher {
  readonly took: (chunk: Uint8Array) => void;
  readonly ended: () => void;
}

/** The same answer with a body that reports every chunk and ends when `signal` is aborted, whatever `fetch` makes of it. */
function watched(
  response: Response,
  body: ReadableStream<Uint8Array>,
  watcher: Watcher,
  signal: AbortSignal,
): Response {
  const reader = body.getReader();
  const reported = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await untilAborted(reader.read(), signal);
        if (done) {
          watcher.ended();
          return controller.close();
        }
        watcher.took(value);
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read ahead: back pressure stays the connection's.
    { highWaterMark: 0 },
  );
  return new Response(reported, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
}

const NEWLINE = 10;
const RETURN = 13;

/** Follows how a stream of lines goes on; `take` answers the bytes since the last line's end. */
function lineWatch(): { take(chunk: Uint8Array): number; isBetweenEvents(): boolean } {
  let unended = 0;
  let last: readonly number[] = [];
  return {
    take(chunk) {
      const end = Math.max(chunk.lastIndexOf(NEWLINE), chunk.lastIndexOf(RETURN));
      unended = end === -1 ? unended + chunk.length : chunk.length - 1 - end;
      last = [...last, ...chunk.subarray(-4)].slice(-4);
      return unended;
    },
    isBetweenEvents: () => /(\n|\r)\1$|\r\n\r\n$/.test(String.fromCharCode(...last)),
  };
}

function targetOf(response: Response): string {
  const location = response.headers.get("location") ?? "";
  // The rest of the address may hold what is nobody's business.
  const host = URL.canParse(location, "http://same.host") ? new URL(location, "http://same.host").host : "";
  return host === "" || host === "same.host" ? "to another path" : `to ${host}`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
