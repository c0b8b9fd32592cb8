import { type Figure, median } from "../measure.ts";
import { load, percentile, type Small } from "./load-asked.ts";
import type { Way } from "./ways.ts";

const CONNECTIONS = 64;
/** Requests before anything counts: a compiler that still works on the program is not what is measured. */
const WARM_REQUESTS = 15_000;
const WARM_MS = 6_000;

/** What a way made of small answers, over all rounds. */
interface Measured {
  readonly way: Way;
  readonly rounds: Small[];
  cpuMs: number;
}

/** Time to the first byte of streams, one at a time, and small answers over many connections; all ways in turn. */
export async function speedFigures(
  { direct, bare, own, peers }: Ways,
  { rounds, ms, streams }: { readonly rounds: number; readonly ms: number; readonly streams: number },
): Promise<readonly Figure[]> {
  const ways = [direct, bare, own, ...peers];
  const measured = ways.map((way): Measured => ({ way, rounds: [], cpuMs: 0 }));
  for (const { target } of ways)
    await load({ kind: "small", target, connections: CONNECTIONS, ms: WARM_MS, requests: WARM_REQUESTS });
  const first = (await load<number[][]>({
    kind: "first",
    targets: ways.map((it) => it.target),
    rounds: streams,
  })) as readonly (readonly number[])[];
  for (let round = 0; round < rounds; round++)
    for (const it of measured) {
      const before = it.way.running.cpuMs();
      const { target } = it.way;
      it.rounds.push(await load<Small>({ kind: "small", target, connections: CONNECTIONS, ms, requests: 0 }));
      it.cpuMs += it.way.running.cpuMs() - before;
    }
  for (const [index, it] of measured.entries()) console.log(lineOf(it, first[index] ?? []));
  return [
    ...firstByteFigures(first),
    ...throughputFigures(measured[1], measured[2], measured.slice(3), peers),
  ];
}

/** The ways that are compared. */
export interface Ways {
  readonly direct: Way;
  readonly bare: Way;
  readonly own: Way;
  readonly peers: readonly Way[];
}

function cpuOf({ rounds, cpuMs }: Measured): number {
  return cpuMs / rounds.reduce((sum, it) => sum + it.requests, 0);
}

function lineOf(it: Measured, first: readonly number[]): string {
  const failed = it.rounds.reduce((sum, round) => sum + round.failed, 0);
  return [
    `     ${it.way.target.name.padEnd(20)}`,
    `${median(it.rounds.map((round) => round.perSecond))
      .toFixed(0)
      .padStart(6)} requests/s`,
    `median ${median(it.rounds.map((round) => round.p50)).toFixed(2)} ms`,
    `${(cpuOf(it) * 1000).toFixed(0)} µs of processor a request`,
    `${it.way.running.residentMb().toFixed(0)} MB`,
    first.length === 0
      ? "does not stream"
      : `first byte ${percentile(first, 0.5).toFixed(2)} ms (99 %: ${percentile(first, 0.99).toFixed(2)})`,
    failed > 0 ? `${failed} FAILED` : "",
  ].join("  ");
}

function firstByteFigures(first: readonly (readonly number[])[]): readonly Figure[] {
  const [direct = [], bare = [], own = []] = first;
  // Each stream against the direct one of the same moment.
  const added = (way: readonly number[]) => median(way.map((it, round) => it - (direct[round] ?? 0)));
  return [
    {
      what: "gateway: added to the first byte of a stream",
      measured: added(own),
      limit: 1,
      kind: "at most",
      unit: "ms",
    },
    {
      what: "gateway: the same, times that of a bare proxy",
      measured: added(own) / added(bare),
      limit: 1.3,
      kind: "at most",
      unit: "x",
    },
  ];
}

function throughputFigures(
  bare: Measured | undefined,
  own: Measured | undefined,
  others: readonly Measured[],
  peers: readonly Way[],
): readonly Figure[] {
  if (bare === undefined || own === undefined) return [];
  const gateways = others.filter((it) => peers.includes(it.way) && it.way.target.name !== "nginx");
  const best = (round: number) => Math.max(0, ...gateways.map((it) => it.rounds[round]?.perSecond ?? 0));
  const ratio = (of: (round: number) => number) =>
    median(own.rounds.map((it, round) => it.perSecond / of(round)));
  const figures: Figure[] = [
    {
      what: "gateway: requests a second, times a bare proxy",
      measured: ratio((round) => bare.rounds[round]?.perSecond ?? 0),
      limit: 0.75,
      kind: "at least",
      unit: "x",
    },
    {
      what: "gateway: processor a request, times a bare proxy",
      measured: cpuOf(own) / cpuOf(bare),
      limit: 1.33,
      kind: "at most",
      unit: "x",
    },
  ];
  if (gateways.length === 0) return figures;
  const least = Math.min(...gateways.map(cpuOf));
  return [
    ...figures,
    {
      what: "gateway: requests a second, times the best other gateway",
      measured: ratio(best),
      limit: 8,
      kind: "at least",
      unit: "x",
    },
    {
      what: "gateway: processor a request, part of the best other gateway's",
      measured: cpuOf(own) / least,
      limit: 0.125,
      kind: "at most",
      unit: "x",
    },
  ];
}
