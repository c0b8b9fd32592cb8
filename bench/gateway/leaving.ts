import type { Figure } from "../measure.ts";
import { load, percentile } from "./load-asked.ts";
import type { Ways } from "./speed.ts";

const STREAMS = 200;

/** How soon a vendor knows that a client has left its stream: what is made from then on is billed for nothing. */
export async function leavingFigures({ direct, own }: Ways): Promise<readonly Figure[]> {
  const vendor = direct.running.port;
  const [plain, through] = [
    await load<number[]>({ kind: "leave", target: direct.target, vendor, streams: STREAMS }),
    await load<number[]>({ kind: "leave", target: own.target, vendor, streams: STREAMS }),
  ];
  console.log(
    `     a stream that is left: the vendor knows after ${percentile(plain, 0.5).toFixed(2)} ms without a gateway, ${percentile(through, 0.5).toFixed(2)} ms (99 %: ${percentile(through, 0.99).toFixed(2)}) through ours`,
  );
  return [
    {
      what: "gateway: from a client's leaving to the vendor's knowing, 99 of 100",
      measured: percentile(through, 0.99),
      limit: 50,
      kind: "at most",
      unit: "ms",
    },
  ];
}
