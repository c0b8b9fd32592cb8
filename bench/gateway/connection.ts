import { connect, type Socket } from "node:net";

/** Where requests of a measurement go. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One connection that is kept open, with one request at a time: as little work as a client can do. */
export interface Connection {
  /** Sends and resolves with the status when the whole answer is there; `heard` gets its pieces without their framing. */
  readonly ask: (request: Buffer, heard: (bytes: Buffer) => void) => Promise<number>;
  readonly socket: Socket;
}

/** The bytes of a request. */
export function requestBytes({ port, path, headers }: Target, body: string): Buffer {
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
}

/** Opens a connection. */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  let current: Answer | undefined;
  const fail = (why: string) => {
    current?.reject(new Error(why));
    current = undefined;
  };
  socket.on("error", (error) => fail(error.message));
  socket.on("close", () => fail("the connection was closed"));
  socket.on("data", (bytes: Buffer) => {
    if (current?.take(bytes)) {
      const { resolve, status } = current;
      current = undefined;
      resolve(status);
    }
  });
  return {
    socket,
    ask: (request, heard) =>
      new Promise<number>((resolve, reject) => {
        if (socket.destroyed) return reject(new Error("the connection was closed"));
        current = new Answer(heard, resolve, reject);
        socket.write(request);
      }),
  };
}

/** Reads one answer: its head, then a body of a known length or in chunks (RFC 9112, sections 6 and 7.1). */
class Answer {
  status = 0;
  readonly resolve: (status: number) => void;
  readonly reject: (error: Error) => void;
  readonly #heard: (bytes: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes that are missing of the body, or of the chunk with its end of line; -1: a chunk's head comes. */
  #left = 0;
  #isChunked = false;
  #isLast = false;

  constructor(
    heard: (bytes: Buffer) => void,
    resolve: (status: number) => void,
    reject: (error: Error) => void,
  ) {
    this.#heard = heard;
    this.resolve = resolve;
    this.reject = reject;
  }

  /** Whether the answer is whole now. */
  take(given: Buffer): boolean {
    let bytes = this.#rest.length === 0 ? given : Buffer.concat([this.#rest, given]);
    this.#rest = Buffer.alloc(0);
    if (this.status === 0) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end === -1) return this.#keep(bytes);
      this.#head(bytes.toString("latin1", 0, end));
      bytes = bytes.subarray(end + 4);
    }
    return this.#isChunked ? this.#chunks(bytes) : this.#plain(bytes);
  }

  #head(text: string): void {
    this.status = Number(text.slice(9, 12));
    this.#isChunked = /\r\ntransfer-encoding: *chunked/i.test(text);
    this.#left = this.#isChunked ? -1 : Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
  }

  #keep(bytes: Buffer): false {
    this.#rest = bytes;
    return false;
  }

  #plain(bytes: Buffer): boolean {
    if (bytes.length > 0) this.#heard(bytes);
    this.#left -= bytes.length;
    return this.#left <= 0;
  }

  #chunks(given: Buffer): boolean {
    let bytes = given;
    while (bytes.length > 0) {
      if (this.#left === -1) {
        const end = bytes.indexOf("\r\n");
        if (end === -1) return this.#keep(bytes);
        const size = Number.parseInt(bytes.toString("latin1", 0, end), 16);
        this.#isLast = size === 0;
        this.#left = size + 2;
        bytes = bytes.subarray(end + 2);
      }
      const part = bytes.subarray(0, this.#left);
      const words = Math.min(part.length, Math.max(0, this.#left - 2));
      if (words > 0) this.#heard(part.subarray(0, words));
      this.#left -= part.length;
      bytes = bytes.subarray(part.length);
      if (this.#left === 0) {
        if (this.#isLast) return true;
        this.#left = -1;
      }
    }
    return false;
  }
}
