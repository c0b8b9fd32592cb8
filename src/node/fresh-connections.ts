import type { Server } from "node:http";
import type { Socket } from "node:net";

/** Connections on which nothing has been asked yet: no answer is under way there, and Node counts them as busy. */
export interface FreshConnections {
  /** A request has come on it. */
  readonly asked: (socket: Socket) => void;
  /** Ends all that there are. */
  readonly end: () => void;
}

/** Those of a server, also while TLS is not yet agreed upon, which the server itself knows nothing of. */
export function freshConnections(server: Server): FreshConnections {
  const fresh = new Map<string, Socket>();
  server.on("connection", (socket: Socket) => {
    const name = nameOf(socket);
    fresh.set(name, socket);
    socket.once("close", () => {
      if (fresh.get(name) === socket) fresh.delete(name);
    });
  });
  return {
    asked(socket) {
      if (fresh.size > 0) fresh.delete(nameOf(socket));
    },
    end() {
      for (const it of fresh.values()) it.destroy();
    },
  };
}

/** What a connection and the one of TLS within it have in common. */
function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
