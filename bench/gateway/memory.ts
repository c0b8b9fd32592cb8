import type { Figure } from "../measure.ts";
import { openConnection, requestBytes } from "./connection.ts";
import { load, type Small } from "./load-asked.ts";
import { requestBody } from "./wanted.ts";
import { ownWay, type Way } from "./ways.ts";

const CONNECTIONS = 64;

/** What a gateway holds after many requests, against after few; and while a client reads a large answer slowly. */
export async function memoryFigures(vendor: number, requests: number): Promise<readonly Figure[]> {
  const way = await ownWay(vendor);
  try {
    const ask = async (many: number) => {
      const { target } = way;
      await load<Small>({ kind: "small", target, connections: CONNECTIONS, ms: 0, requests: many });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return way.running.residentMb();
    };
    const few = await ask(1_000);
    const many = await ask(requests - 1_000);
    return [
      {
        what: `gateway: growth from 1,000 to ${requests.toLocaleString("en")} requests`,
        measured: many - few,
        limit: 20,
        kind: "at most",
        unit: "MB",
      },
      {
        what: "gateway: growth while a slow client reads 100 MB",
        measured: await growthBySlowClient(way),
        limit: 20,
        kind: "at most",
        unit: "MB",
      },
    ];
  } finally {
    await way.running.stop();
  }
}

/** Pieces of 64 kB, 1,600 of them, of which the client takes one megabyte every twenty milliseconds. */
async function growthBySlowClient({ target, running }: Way): Promise<number> {
  const { socket, ask } = await openConnection(target.port);
  const before = running.residentMb();
  let most = before;
  let taken = 0;
  const watch = setInterval(() => {
    most = Math.max(most, running.residentMb());
  }, 100);
  const body = requestBody({ id: "slow", count: 1_600, every: 0, size: 65_536 }, true);
  const status = await ask(requestBytes(target, body), (bytes) => {
    taken += bytes.length;
    if (taken < 1_000_000) return;
    taken = 0;
    socket.pause();
    setTimeout(() => socket.resume(), 20);
  });
  clearInterval(watch);
  socket.destroy();
  if (status !== 200) throw new Error(`the large answer came with ${status}`);
  return most - before;
}
