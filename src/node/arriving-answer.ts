import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { VendorAnswer } from "../model/transport.ts";
import { offAbort, onAbort } from "../std/on-abort.ts";

/** Bytes that may wait for their reader before nothing more is read from the connection. */
const MOST_WAITING = 64 * 1024;

interface Reader {
  readonly resolve: (result: IteratorResult<Uint8Array>) => void;
  readonly reject: (error: unknown) => void;
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * One request on its way and its answer as it arrives, without a stream between: resolves `begun` with the beginning;
 * the body is read from the connection only as fast as it is taken, and leaving it, or aborting the signal, closes the
 * connection at once.
 */
export class ArrivingAnswer implements Dispatcher.DispatchHandler, AsyncIterableIterator<Uint8Array> {
  readonly begun: Promise<VendorAnswer>;
  #begin: (answer: VendorAnswer) => void = () => undefined;
  #refuse: (error: unknown) => void = () => undefined;
  readonly #signal: AbortSignal;
  readonly #abort = () => this.#leave(this.#signal.reason);
  #controller: Dispatcher.DispatchController | undefined;
  readonly #pieces: Uint8Array[] = [];
  #waiting = 0;
  #isPaused = false;
  #isOver = false;
  #failure: { readonly error: unknown } | undefined;
  /** Who waits for the next piece. */
  #reader: Reader | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    this.begun = new Promise((resolve, reject) => {
      this.#begin = resolve;
      this.#refuse = reject;
    });
    if (signal.aborted) this.#abort();
    else onAbort(signal, this.#abort);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const piece = this.#pieces.shift();
    if (piece !== undefined) {
      this.#waiting -= piece.length;
      if (this.#isPaused && this.#waiting === 0) {
        this.#isPaused = false;
        this.#controller?.resume();
      }
      return Promise.resolve({ done: false, value: piece });
    }
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    if (this.#isOver) return Promise.resolve(END);
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    // Made only where it is needed: an error looks where it is, and most answers are over when they are left.
    if (!this.#isOver) this.#leave(new Error("the answer was left"));
    this.#pieces.length = 0;
    this.#failure = undefined;
    return Promise.resolve(END);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failure !== undefined) controller.abort(errorOf(this.#failure.error));
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    // What comes before the answer, such as early hints, is not it.
    if (status >= 200) this.#begin({ status, headers: plain(headers), body: this });
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#isOver) return;
    const reader = this.#reader;
    if (reader !== undefined) {
      this.#reader = undefined;
      reader.resolve({ done: false, value: piece });
      return;
    }
    this.#pieces.push(piece);
    this.#waiting += piece.length;
    if (this.#waiting < MOST_WAITING || this.#isPaused) return;
    this.#isPaused = true;
    controller.pause();
  }

  onResponseEnd(): void {
    this.#finish();
    this.#reader?.resolve(END);
  }

  onResponseError(_: unknown, error: Error): void {
    if (!this.#isOver) this.#fail(error);
  }

  #leave(reason: unknown): void {
    if (this.#isOver) return;
    this.#pieces.length = 0;
    this.#fail(reason);
    this.#controller?.abort(errorOf(reason));
  }

  #fail(error: unknown): void {
    this.#finish();
    this.#failure = { error };
    this.#refuse(error);
    this.#reader?.reject(error);
  }

  #finish(): void {
    this.#isOver = true;
    offAbort(this.#signal, this.#abort);
  }
}

function errorOf(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) found[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return found;
}
