// A vendor for measurements, in a process of its own: answers in Anthropic's form, with as little work as can be. What
// it answers stands in the request: `bench id=7 count=10 every=500 size=20`.
import { createServer, type Socket } from "node:net";
import { epochMs, type Wanted, wantedIn } from "./wanted.ts";

const server = createServer({ noDelay: true }, (socket) => {
  let waiting: Buffer = Buffer.alloc(0);
  socket.on("error", () => undefined);
  socket.on("data", (bytes: Buffer) => {
    waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
    for (;;) {
      const end = waiting.indexOf("\r\n\r\n");
      if (end === -1) return;
      const head = waiting.toString("latin1", 0, end);
      const body = bodyOf(head, waiting.subarray(end + 4));
      if (body === undefined) return;
      waiting = body.rest;
      if (head.startsWith("GET /left ")) tellLeft(socket);
      else answer(socket, body.text);
    }
  });
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", 4_096, () => {
  const address = server.address();
  console.log(`listens on 127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});

/** When whoever asked for a stream left it, by the stream's id; milliseconds since 1970. */
const left = new Map<string, number>();

function tellLeft(socket: Socket): void {
  const body = JSON.stringify([...left]);
  socket.write(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}

/** `undefined`: not all of it has come. */
function bodyOf(head: string, after: Buffer): { readonly text: string; readonly rest: Buffer } | undefined {
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const end = after.indexOf("0\r\n\r\n");
    if (end === -1) return undefined;
    return { text: after.toString("latin1", 0, end), rest: after.subarray(end + 5) };
  }
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  if (after.length < length) return undefined;
  return { text: after.toString("latin1", 0, length), rest: after.subarray(length) };
}

function answer(socket: Socket, text: string): void {
  const wanted = wantedIn(text);
  if (/"stream": *true/.test(text)) stream(socket, wanted);
  else socket.write(WHOLE);
}

const MESSAGE = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-5-5",
  content: [{ type: "text", text: "Fine." }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 12, output_tokens: 3, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
};
const WHOLE = (() => {
  const body = JSON.stringify(MESSAGE);
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nrequest-id: req_1\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
})();

const HEAD =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nrequest-id: req_1\r\ntransfer-encoding: chunked\r\n\r\n";
const BEGINS =
  event({ type: "message_start", message: { ...MESSAGE, content: [], stop_reason: null } }) +
  event({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } });
const ENDS =
  event({ type: "content_block_stop", index: 0 }) +
  event({ type: "message_delta", delta: { stop_reason: "end_turn" }, usage: MESSAGE.usage }) +
  event({ type: "message_stop" });

function event(it: { readonly type: string; readonly [member: string]: unknown }): string {
  return `event: ${it.type}\ndata: ${JSON.stringify(it)}\n\n`;
}

function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

function stream(socket: Socket, { id, count, every, size }: Wanted): void {
  socket.write(HEAD + chunk(BEGINS));
  const filling = "x".repeat(size);
  let sent = 0;
  const piece = () => {
    sent++;
    const text = `[id=${id} n=${sent} at=${epochMs().toFixed(3)}]${filling}`;
    return chunk(event({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } }));
  };
  const end = () => void socket.write(`${chunk(ENDS)}0\r\n\r\n`);
  if (every === 0) {
    const pour = () => {
      while (sent < count) if (!socket.write(piece())) return void socket.once("drain", pour);
      end();
    };
    return pour();
  }
  const gone = () => {
    clearInterval(timer);
    left.set(id, epochMs());
  };
  socket.once("close", gone);
  const timer = setInterval(() => {
    if (sent < count) return void socket.write(piece());
    clearInterval(timer);
    socket.off("close", gone);
    end();
  }, every);
}
