import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";

/**
 * A front on loopback before VS Code's server: everything passes through but `POST /mint-key`, which the bare server
 * does not answer and without which the browser cannot keep secrets. Only our own host name is served, so that no
 * other page can reach it under a name of its own; the key is given, and sockets are opened, to our own pages only.
 * `token` is what whoever opens a page has to know; `undefined` in tests.
 */
export async function front(
  port: number,
  behind: number,
  secretHalf: Buffer,
  token: string | undefined,
): Promise<{ readonly port: number; readonly close: () => void }> {
  const server = createServer((incoming, outgoing) => {
    if (!isOurs(incoming, server)) return void outgoing.writeHead(403).end("This address is not served.");
    if (incoming.method === "POST" && incoming.url?.split("?")[0]?.endsWith("/mint-key")) {
      if (!isFromUs(incoming, server) || !knows(incoming, token))
        return void outgoing.writeHead(403).end("This is for pages of this server.");
      return void outgoing.writeHead(200, { "content-type": "application/octet-stream" }).end(secretHalf);
    }
    const { method, url, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port: behind, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.writeHead(502).end("VS Code's server does not answer."));
    incoming.pipe(onward);
  });
  server.on("upgrade", (incoming, socket, head) => {
    if (!isOurs(incoming, server) || !isFromUs(incoming, server)) return socket.destroy();
    const onward = connect(behind, "127.0.0.1", () => {
      onward.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${rawHeaders(incoming)}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    for (const it of [socket, onward]) it.on("error", () => [socket, onward].map((end) => end.destroy()));
  });
  await new Promise<void>((resolve, reject) =>
    server.once("error", reject).listen(port, "127.0.0.1", resolve),
  );
  return { port: portOf(server), close: () => server.close() };
}

function isOurs({ headers }: IncomingMessage, server: Server): boolean {
  return namesOf(server).includes(headers.host ?? "");
}

/** Browsers name the page that asks; other programs do not, and need no page to do harm. */
function isFromUs({ headers }: IncomingMessage, server: Server): boolean {
  return headers.origin === undefined || namesOf(server).some((it) => headers.origin === `http://${it}`);
}

function namesOf(server: Server): readonly string[] {
  return [`127.0.0.1:${portOf(server)}`, `localhost:${portOf(server)}`];
}

/** The token as VS Code's server takes it: in its cookie, or in the address. */
function knows({ headers, url }: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return true;
  const cookie = /(?:^|;\s*)vscode-tkn=([^;]*)/.exec(headers.cookie ?? "")?.[1];
  const given = cookie ?? new URL(url ?? "/", "http://localhost").searchParams.get("tkn") ?? "";
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function rawHeaders({ rawHeaders: raw }: IncomingMessage): string {
  return raw.flatMap((it, index) => (index % 2 === 0 ? [`${it}: ${raw[index + 1]}`] : [])).join("\r\n");
}
