import { step } from "../scripts/steps.ts";
import { leavingFigures } from "./gateway/leaving.ts";
import { memoryFigures } from "./gateway/memory.ts";
import { peerWays } from "./gateway/peers.ts";
import { routingFigures } from "./gateway/routing.ts";
import { speedFigures } from "./gateway/speed.ts";
import { streamFigures } from "./gateway/streams.ts";
import { bareWay, ownWay, vendorWay, type Way } from "./gateway/ways.ts";
import { workerFigures } from "./gateway/workers.ts";
import type { Figure } from "./measure.ts";

/** How much is measured: enough to see, and all that is promised. */
const SHORT = { rounds: 3, ms: 2_000, streams: 400, requests: 100_000, held: { streams: 500, seconds: 15 } };
const LONG = {
  rounds: 7,
  ms: 5_000,
  streams: 2_000,
  requests: 100_000,
  held: { streams: 2_000, seconds: 60 },
};

/** The model gateway beside others, a bare proxy and no proxy at all, in one run. Builds what it measures. */
export async function gatewayFigures(): Promise<readonly Figure[]> {
  const amounts = process.argv.includes("--long") ? LONG : SHORT;
  step(process.execPath, ["esbuild.js", "--production"], { stdio: ["ignore", "ignore", "inherit"] });
  const routing = routingFigures();
  const open: Way[] = [];
  // What was started ends with this process, also when that is ended.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const opened = async (way: Promise<Way>): Promise<Way> => {
    const it = await way;
    open.push(it);
    return it;
  };
  try {
    const direct = await opened(vendorWay());
    const vendor = direct.running.port;
    const [bare, own] = [await opened(bareWay(vendor)), await opened(ownWay(vendor))];
    const peers = await peerWays(vendor);
    open.push(...peers);
    const ways = { direct, bare, own, peers };
    const speed = await speedFigures(ways, amounts);
    for (const it of peers) await it.running.stop();
    return [
      ...routing,
      ...speed,
      ...(await memoryFigures(vendor, amounts.requests)),
      ...(await workerFigures(vendor, amounts)),
      ...(await streamFigures(ways, amounts.held)),
      ...(await leavingFigures(ways)),
    ];
  } finally {
    for (const it of open) await it.running.stop();
  }
}
