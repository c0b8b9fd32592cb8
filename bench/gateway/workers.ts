import { type Figure, median } from "../measure.ts";
import { load, type Small } from "./load-asked.ts";
import { sliced } from "./slice.ts";
import { ownWay, type Way } from "./ways.ts";

const CONNECTIONS = 64;

/**
 * Two processes against one. On a machine with two cores the load and the vendor need theirs too, so that only half of
 * the gain shows as requests a second; that a request costs no more processor time in two is what more cores build on.
 */
export async function workerFigures(
  vendor: number,
  { rounds, ms }: { readonly rounds: number; readonly ms: number },
): Promise<readonly Figure[]> {
  const [one, two] = [await ownWay(vendor), await ownWay(vendor, 2)];
  const measured = [one, two].map((way) => ({ way, perSecond: [] as number[], cpuMs: 0, requests: 0 }));
  let slices: readonly Figure[] = [];
  try {
    for (const { target } of [one, two])
      await load({ kind: "small", target, connections: CONNECTIONS, ms: 6_000, requests: 15_000 });
    for (let round = 0; round < rounds; round++)
      for (const it of measured) {
        const { target, running } = it.way;
        const before = running.cpuMs();
        const found = await load<Small>({ kind: "small", target, connections: CONNECTIONS, ms, requests: 0 });
        it.cpuMs += running.cpuMs() - before;
        it.requests += found.requests;
        it.perSecond.push(found.perSecond);
      }
    slices = await inSlices(one, two, { rounds, ms });
  } finally {
    await one.running.stop();
    await two.running.stop();
  }
  const [a, b] = measured;
  if (a === undefined || b === undefined) return [];
  return [
    ...slices,
    {
      what: "gateway: processor a request with two workers, times with one",
      measured: b.cpuMs / b.requests / (a.cpuMs / a.requests),
      limit: 1.15,
      kind: "at most",
      unit: "x",
    },
    {
      what: "gateway: requests a second with two workers, times with one",
      measured: median(b.perSecond.map((it, round) => it / (a.perSecond[round] ?? 0))),
      limit: 1.1,
      kind: "at least",
      unit: "x",
    },
  ];
}

/** Part of a core that each process has while it is measured alone: load and vendor have all they need beside two of them. */
const PART = 0.25;

/**
 * What two processes do for one where cores are not the limit: each has the same small part of one. Nothing where this
 * system gives no such parts.
 */
async function inSlices(
  one: Way,
  two: Way,
  { rounds, ms }: { readonly rounds: number; readonly ms: number },
): Promise<readonly Figure[]> {
  // The first of several only hands connections out.
  const [, ...workers] = two.running.pids();
  const free = sliced([...one.running.pids(), ...workers], PART);
  if (!free) return [];
  const gains: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const found: number[] = [];
      for (const { target } of [one, two])
        found.push(
          (await load<Small>({ kind: "small", target, connections: CONNECTIONS, ms, requests: 0 })).perSecond,
        );
      gains.push((found[1] ?? 0) / (found[0] ?? 1));
    }
  } finally {
    free();
  }
  return [
    {
      what: "gateway: requests a second of two workers with a quarter of a core each, times one",
      measured: median(gains),
      limit: 1.8,
      kind: "at least",
      unit: "x",
    },
  ];
}
