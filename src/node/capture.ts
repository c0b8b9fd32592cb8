import { AsyncLocalStorage } from "node:async_hooks";
import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { GatewayAnswer, GatewayRequest } from "../gateway/exchange.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { maskKeys } from "../model/mask.ts";
import type { Transport, VendorAnswer } from "../model/transport.ts";
import { capturesFolder, cleanCaptures } from "./captures.ts";

/** One line of a capture. Headers have no credentials, and what looks like one in a body is masked. */
export type CaptureLine =
  | {
      readonly kind: "asked";
      readonly time: number;
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | {
      readonly kind: "sent";
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: "came"; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  /** A piece of the vendor's answer, or of the client's. */
  | { readonly kind: "vendor" | "client"; readonly text: string }
  | { readonly kind: "answered"; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: "ended" };

/** Most of one body that is kept, in UTF-16 units. */
const MOST_BODY = 1_000_000;

/** Keeps whole exchanges below `home`/captures, by provider and day. */
export interface Capture {
  /** The transport, which is heard while a captured request runs. */
  readonly transport: (send: Transport) => Transport;
  readonly gateway: (gateway: Gateway) => Gateway;
  readonly close: () => Promise<void>;
}

/** What a capture needs to know. */
export interface CaptureParts {
  /** Values that are masked wherever they stand. */
  readonly hidden: () => readonly string[];
  /** The provider behind an address. */
  readonly nameOf: (url: string) => string;
  readonly now: () => number;
}

/** A capture that writes one file a request. */
export function openCapture(home: string, { hidden, nameOf, now }: CaptureParts): Capture {
  const running = new AsyncLocalStorage<Recording>();
  const open = new Set<Promise<void>>();
  return {
    transport: (send) => async (request, signal) => {
      const recording = running.getStore();
      if (recording === undefined) return send(request, signal);
      recording.place(nameOf(request.url));
      recording.put({
        kind: "sent",
        url: maskKeys(request.url),
        headers: plain(request.headers),
        body: request.body ?? "",
      });
      const answer = await send(request, signal);
      recording.put({ kind: "came", status: answer.status, headers: plain(answer.headers) });
      return { ...answer, body: heard(answer.body, (text) => recording.put({ kind: "vendor", text })) };
    },
    gateway: (gateway) => (call, signal) => {
      if (call.method !== "POST") return gateway(call, signal);
      const recording = recordingIn(home, hidden(), now());
      open.add(recording.ended);
      void recording.ended.finally(() => open.delete(recording.ended));
      return running.run(recording, () => captured(recording, gateway, call, signal, now()));
    },
    async close() {
      await Promise.all(open);
      await cleanCaptures(home, now());
    },
  };
}

async function captured(
  recording: Recording,
  gateway: Gateway,
  call: GatewayRequest,
  signal: AbortSignal,
  time: number,
): Promise<GatewayAnswer> {
  const { method, headers, body } = call;
  const query = [...call.query].filter(([name]) => name !== "key");
  const path = query.length === 0 ? call.path : `${call.path}?${new URLSearchParams(query)}`;
  recording.put({ kind: "asked", time, method, path, headers: plain(headers), body });
  const answer = await gateway(call, signal);
  recording.put({ kind: "answered", status: answer.status, headers: plain(answer.headers) });
  if (typeof answer.body === "string") {
    recording.put({ kind: "client", text: answer.body });
    recording.end();
    return answer;
  }
  const pieces = heard(answer.body, (text) => recording.put({ kind: "client", text }));
  return { ...answer, body: ending(pieces, recording.end) };
}

async function* heard<T extends string | Uint8Array>(
  body: AsyncIterable<T>,
  hear: (text: string) => void,
): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  for await (const piece of body) {
    hear(typeof piece === "string" ? piece : decoder.decode(piece, { stream: true }));
    yield piece;
  }
}

async function* ending<T>(pieces: AsyncIterable<T>, end: () => void): AsyncGenerator<T> {
  try {
    yield* pieces;
  } finally {
    end();
  }
}

/** Headers that say who somebody is. */
const SECRET =
  /^(authorization|proxy-authorization|x-api-key|x-goog-api-key|cookie|set-cookie|api-key|x-amz-security-token)$/;

function plain(headers: VendorAnswer["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET.test(name.toLowerCase()) ? "…" : maskKeys(String(value)),
    ]),
  );
}

interface Recording {
  /** Names the provider, before the first line is written. */
  readonly place: (provider: string) => void;
  readonly put: (line: CaptureLine) => void;
  readonly end: () => void;
  readonly ended: Promise<void>;
}

function recordingIn(home: string, hidden: readonly string[], now: number): Recording {
  const day = new Date(now).toISOString().slice(0, 10);
  const id = `${new Date(now).toISOString().slice(11, 23).replace(/[:.]/g, "")}-${Math.random().toString(36).slice(2, 8)}`;
  let provider = "none";
  let size = 0;
  let file: WriteStream | undefined;
  const waiting: CaptureLine[] = [];
  let settle: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const write = (line: CaptureLine) => {
    const text = masked(JSON.stringify(line), hidden);
    size += text.length;
    if (size <= MOST_BODY * 4) file?.write(`${text}\n`);
  };
  const opened = () => {
    if (file !== undefined) return;
    const folder = join(capturesFolder(home), provider, day);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    file = createWriteStream(join(folder, `${id}.jsonl`), { mode: 0o600 });
    // A capture that cannot be written must not harm the request.
    file.on("error", () => settle());
    for (const it of waiting.splice(0)) write(it);
  };
  return {
    place(name) {
      provider = file === undefined ? name : provider;
      opened();
    },
    put(line) {
      if (file === undefined) waiting.push(line);
      else write(line);
    },
    end() {
      opened();
      write({ kind: "ended" });
      file?.end(settle);
    },
    ended,
  };
}

function masked(text: string, hidden: readonly string[]): string {
  let shown = maskKeys(text);
  for (const it of hidden) if (it.length >= 8) shown = shown.replaceAll(it, "…");
  return shown;
}
