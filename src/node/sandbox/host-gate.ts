import { lookup } from "node:dns/promises";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect, isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { reasonOf } from "../system-error.ts";

/** A door in the wall: an HTTP proxy that lets commands reach allowed hosts only. */
export interface HostGate {
  /** Hosts that were asked for in vain since the last call, each once. */
  readonly refused: () => readonly string[];
  readonly close: () => void;
}

/** Opens it at a socket of the file system. `allowed` is asked anew for every connection. Rejects when it cannot listen. */
export async function openHostGate(socketPath: string, allowed: () => readonly string[]): Promise<HostGate> {
  const refused = new Set<string>();
  const open = new Set<Duplex>();
  const check = async (target: Target | undefined): Promise<Checked> => {
    const checked = await checkTarget(target, allowed());
    if (checked.kind === "refused") refused.add(checked.host);
    return checked;
  };
  const server = createServer((asked, answer) => void forward(asked, answer, check));
  server.on(
    "connect",
    (asked: IncomingMessage, client: Duplex, head: Buffer) => void tunnel(asked, client, head, check),
  );
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  server.unref();
  return {
    refused: () => {
      const names = [...refused];
      refused.clear();
      return names;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

interface Target {
  /** Lower case, without brackets and without a dot at the end. */
  readonly host: string;
  readonly port: number;
}

type Checked =
  | { readonly kind: "open"; readonly address: string; readonly port: number }
  | { readonly kind: "refused" | "unknown"; readonly host: string; readonly why: string };

/** "host:port" as CONNECT has it (RFC 9110, section 9.3.6); anything odd is no target. */
export function parseTarget(text: string, usualPort?: number): Target | undefined {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = (bracketed ?? plain ?? "").toLowerCase().replace(/\.$/, "");
  const number = port === undefined ? usualPort : Number(port);
  return host === "" || number === undefined || number < 1 || number > 65_535
    ? undefined
    : { host, port: number };
}

/** Whether the list has the host: by name, as "*.example.org" for all below, with ":port" for another than 80 and 443. */
export function isAllowedHost({ host, port }: Target, allowed: readonly string[]): boolean {
  return allowed.some((entry) => {
    const isWild = entry.startsWith("*.");
    const named =
      parseTarget(isWild ? entry.slice(2) : entry, 0) ?? parseTarget(`${isWild ? entry.slice(2) : entry}:1`);
    if (named === undefined) return false;
    const hasPort = /:\d+$/.test(entry) && !entry.endsWith("]") && isIP(entry) === 0;
    const isPort = hasPort ? Number(/\d+$/.exec(entry)?.[0]) === port : port === 80 || port === 443;
    const isHost = isWild ? host.endsWith(`.${named.host}`) && isIP(host) === 0 : host === named.host;
    return isPort && isHost;
  });
}

async function checkTarget(target: Target | undefined, allowed: readonly string[]): Promise<Checked> {
  if (target === undefined)
    return { kind: "refused", host: "an unreadable address", why: "The address cannot be read." };
  const { host, port } = target;
  if (!isAllowedHost(target, allowed))
    return {
      kind: "refused",
      host: `${host}:${port}`,
      why: `${host}:${port} is not on the list of allowed hosts.`,
    };
  // Connected is to the very address that was looked at: asked twice, a name may lead elsewhere.
  const found = await lookup(host).catch((error: unknown) => reasonOf(error));
  if (typeof found === "string")
    return { kind: "unknown", host, why: `${host} cannot be resolved: ${found}.` };
  if (isIP(host) === 0 && host !== "localhost" && isInner(found.address))
    return { kind: "refused", host, why: `${host} leads to ${found.address}, inside of this network.` };
  return { kind: "open", address: found.address, port };
}

/** Addresses of this machine and its networks (IANA special-purpose registries): a public name has no business there. */
export function isInner(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:(?=[\d.]+$)/, "");
  return (
    /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(
      plain,
    ) || /^(::1?$|::ffff:|64:ff9b:|f[cd]|fe[89a-f])/.test(plain)
  );
}

async function tunnel(
  asked: IncomingMessage,
  client: Duplex,
  head: Buffer,
  check: (target: Target | undefined) => Promise<Checked>,
): Promise<void> {
  client.on("error", () => client.destroy());
  const checked = await check(parseTarget(asked.url ?? ""));
  if (checked.kind !== "open") {
    client.end(
      `HTTP/1.1 ${statusOf(checked)}\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n${checked.why}\n`,
    );
    return;
  }
  const server = connect(checked.port, checked.address, () => {
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    server.write(head);
    server.pipe(client).pipe(server);
  });
  server.on("error", () => client.destroy());
  client.once("close", () => server.destroy());
}

function statusOf({ kind }: Checked): string {
  return kind === "refused" ? "403 Forbidden" : "502 Bad Gateway";
}

/** Plain HTTP with a whole address in its first line (RFC 9112, section 3.2.2). */
async function forward(
  asked: IncomingMessage,
  answer: ServerResponse,
  check: (target: Target | undefined) => Promise<Checked>,
): Promise<void> {
  const url = URL.canParse(asked.url ?? "") ? new URL(asked.url ?? "") : undefined;
  const checked = await check(url?.protocol === "http:" ? parseTarget(url.host, 80) : undefined);
  if (checked.kind !== "open" || url === undefined) {
    const why = checked.kind === "open" ? "" : checked.why;
    answer
      .writeHead(checked.kind === "refused" ? 403 : 502, { "content-type": "text/plain" })
      .end(`${why}\n`);
    return;
  }
  const { "proxy-connection": _, "proxy-authorization": __, ...headers } = asked.headers;
  const onward = request(
    {
      host: checked.address,
      port: checked.port,
      method: asked.method,
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, host: url.host },
    },
    (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    },
  );
  onward.on("error", () => answer.destroy());
  asked.pipe(onward);
}
