import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** What a proxy does with those who want through. */
export interface ProxyManners {
  /** `user:password` without which nobody comes through. */
  readonly login?: string;
  /** Refuses everybody with this status. */
  readonly refuses?: number;
  /** Closes the connection without a word. */
  readonly closes?: boolean;
}

/** A proxy of HTTP (RFC 9110, section 9.3.6) on loopback; whatever the name, it leads to the same port of loopback. */
export interface ConnectProxy {
  readonly port: number;
  /** Who was asked for, as `host:port`, also where it was refused. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens one. */
export async function connectProxy({ login, refuses, closes }: ProxyManners = {}): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString("base64")}`;
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("connect", (request, client: Socket) => {
    asked.push(request.url ?? "");
    if (closes) return client.destroy();
    const isKnown = expected === undefined || request.headers["proxy-authorization"] === expected;
    const status = refuses ?? (isKnown ? 200 : 407);
    if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const upstream = connect(Number(request.url?.split(":").at(-1)), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    for (const it of [client, upstream]) it.on("error", () => [client, upstream].map((end) => end.destroy()));
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close() {
      for (const it of sockets) it.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
