// The clients of a measurement, in a process of their own: `load.ts '{"kind": …}'`; prints what it measured as JSON.
import { openConnection, requestBytes } from "./connection.ts";
import { type Asked, type Held, percentile, type Small } from "./load-asked.ts";
import { epochMs, requestBody } from "./wanted.ts";

/** What the vendor writes into every piece. */
const PIECE = /\[id=(\w+) n=(\d+) at=([\d.]+)\]/g;
/** A moment beyond all others, as JSON has it. */
const NEVER = 1e15;
/** Streams before anything counts, as with small answers: a compiler still works on what has not run often. */
const WARM_STREAMS = 1_000;
const asked: Asked = JSON.parse(process.argv[2] ?? "");
const found = await measured();
process.stdout.write(JSON.stringify(found), () => process.exit(0));

function measured(): Promise<unknown> {
  switch (asked.kind) {
    case "small":
      return small(asked);
    case "first":
      return first();
    case "held":
      return held(asked);
    case "leave":
      return leave(asked);
  }
}

/** Small answers over many connections at once, for a time or a number of requests. */
async function small({ target, connections, ms, requests }: Asked & { readonly kind: "small" }) {
  const bytes = requestBytes(target, requestBody({ id: "s", count: 1, every: 0, size: 0 }, false));
  const result = { requests: 0, failed: 0, perSecond: 0, p50: 0, p99: 0 };
  const took: number[] = [];
  const from = performance.now();
  const isOver = () =>
    requests > 0 ? result.requests + result.failed >= requests : performance.now() - from > ms;
  const one = async () => {
    let connection = await openConnection(target.port);
    while (!isOver()) {
      const began = performance.now();
      const status = await connection.ask(bytes, ignore).catch(() => 0);
      if (status === 200) result.requests++;
      else result.failed++;
      took.push(performance.now() - began);
      if (connection.socket.destroyed) connection = await openConnection(target.port);
    }
    connection.socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, one));
  const seconds = (performance.now() - from) / 1000;
  return {
    ...result,
    perSecond: result.requests / seconds,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
  } satisfies Small;
}

function ignore(): void {
  // The bytes of a small answer say nothing.
}

/** Milliseconds to the first bytes of streams, one at a time, the targets in turn so that none has the quieter minute. */
async function first(): Promise<readonly (readonly number[])[]> {
  if (asked.kind !== "first") return [];
  const body = requestBody({ id: "f", count: 3, every: 0, size: 20 }, true);
  const ways = await Promise.all(
    asked.targets.map(async (target) => ({
      bytes: requestBytes(target, body),
      connection: await openConnection(target.port),
      took: [] as number[],
    })),
  );
  for (let round = -WARM_STREAMS; round < asked.rounds; round++)
    for (const { bytes, connection, took } of ways) {
      const began = performance.now();
      let at = 0;
      const status = await connection
        .ask(bytes, () => {
          at ||= performance.now();
        })
        .catch(() => 0);
      if (round >= 0 && status === 200) took.push(at - began);
    }
  return ways.map((it) => it.took);
}

/** Streams held for a time, each of which carries its own id in every piece. */
async function held({ target, streams, count, every }: Asked & { readonly kind: "held" }): Promise<Held> {
  const delays: number[] = [];
  const result = { cut: 0, mixed: 0, lost: 0 };
  let running = 0;
  let most = 0;
  const one = async (id: string) => {
    const bytes = requestBytes(target, requestBody({ id, count, every, size: 20 }, true));
    const connection = await openConnection(target.port);
    let rest = "";
    let next = 1;
    most = Math.max(most, ++running);
    const heard = (bytes: Buffer) => {
      const now = epochMs();
      const text = rest + bytes.toString("latin1");
      const end = text.lastIndexOf("\n") + 1;
      rest = text.slice(end);
      for (const [, whose, number, at] of text.slice(0, end).matchAll(PIECE)) {
        if (whose !== id) result.mixed++;
        if (Number(number) !== next++) result.lost++;
        delays.push(now - Number(at));
      }
      if (text.includes('"message_stop"') && next === count + 1) next = 0;
    };
    const status = await connection.ask(bytes, heard).catch(() => 0);
    running--;
    if (status !== 200 || next !== 0) result.cut++;
    connection.socket.destroy();
  };
  const all: Promise<void>[] = [];
  for (let at = 0; at < streams; at++) {
    all.push(one(`s${at}`));
    // They begin spread over the time between two pieces, as those of many people would.
    if (at % 20 === 19) await new Promise((resolve) => setTimeout(resolve, (20 * 2_000) / streams));
  }
  await Promise.all(all);
  return { ...result, most, p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
}

/** Milliseconds from a client's leaving its stream, one after another, to the vendor's knowing of it; of all that were open at once. */
async function leave({
  target,
  vendor,
  streams,
}: Asked & { readonly kind: "leave" }): Promise<readonly number[]> {
  const open = await Promise.all(
    Array.from({ length: streams }, async (_, at) => {
      const id = `l${process.pid}x${at}`;
      const { socket, ask } = await openConnection(target.port);
      await new Promise<void>((resolve) => {
        const bytes = requestBytes(target, requestBody({ id, count: 1_000, every: 200, size: 20 }, true));
        void ask(bytes, () => resolve()).catch(() => 0);
      });
      return { id, socket };
    }),
  );
  const from = new Map<string, number>();
  for (const { id, socket } of open) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    from.set(id, epochMs());
    socket.destroy();
  }
  // Whoever is told later than this is not told in time.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const answer = await fetch(`http://127.0.0.1:${vendor}/left`);
  const left = new Map<string, number>(await answer.json());
  return [...from].map(([id, began]) => (left.get(id) ?? NEVER) - began);
}
