import { Buffer } from "node:buffer";
import { connect } from "node:net";

/** What came back on a raw connection. */
export interface RawAnswer {
  /** 0: the connection was closed without an answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/**
 * Sends these very bytes to a server of this machine and reads the answer until the connection ends, or until
 * `isEnough` of it has come. What cannot be sent any more is not sent.
 */
export function rawRequest(
  port: number,
  pieces: Iterable<string | Uint8Array>,
  isEnough: (text: string) => boolean = hasBody,
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const done = () => {
      socket.destroy();
      resolve(answerIn(text));
    };
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
      if (isEnough(text)) done();
    });
    socket.on("close", done);
    socket.on("error", done);
    void sendAll();

    async function sendAll(): Promise<void> {
      for (const it of pieces) {
        if (socket.destroyed) return;
        if (!socket.write(it))
          await new Promise<void>((go) => {
            socket.once("drain", () => go());
            socket.once("close", () => go());
          });
      }
    }
  });
}

function hasBody(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const length = /^content-length: *(\d+)/im.exec(text.slice(0, end))?.[1];
  return length !== undefined && text.length >= end + 4 + Number(length);
}

function answerIn(text: string): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  const head = end === -1 ? text : text.slice(0, end);
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0);
  return { status, head, body: end === -1 ? "" : Buffer.from(text.slice(end + 4), "latin1").toString() };
}

/** The head of a request with these headers, of which some may be there several times. */
export function headOf(
  method: string,
  path: string,
  headers: Readonly<Record<string, string | readonly string[]>>,
): string {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((it) => `${name}: ${it}`),
  );
  return [`${method} ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
