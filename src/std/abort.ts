/** A signal that is never aborted: for what has to be done to its end. */
export function never(): AbortSignal {
  return new AbortController().signal;
}

/** `work`, or a rejection with the signal's reason as soon as it is aborted; the work itself may go on. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined);
    return Promise.reject(signal.reason);
  }
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
