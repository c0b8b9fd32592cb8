// `npm run bench`: measures what Wheelhouse promises, each as a ratio or a size in one run, and prints a table.
import { checkpointFigures } from "../bench/checkpoint.ts";
import { decisionFigures } from "../bench/decision.ts";
import { gatewayFigures } from "../bench/gateway.ts";
import { hostFigures } from "../bench/host.ts";
import { hundredCallsFigures } from "../bench/hundred-calls.ts";
import { indexFigures } from "../bench/index.ts";
import type { Figure } from "../bench/measure.ts";
import { offersFigures } from "../bench/offers.ts";
import { sizeFigures } from "../bench/size.ts";
import { standingPartFigures } from "../bench/standing-part.ts";
import { startFigures } from "../bench/start.ts";
import { stopFigures } from "../bench/stop.ts";
import { windowFigures } from "../bench/window.ts";

/** The sizes come first, for that builds what the others run. Named ones only, when there are arguments. */
const ALL: Readonly<Record<string, () => readonly Figure[] | Promise<readonly Figure[]>>> = {
  size: sizeFigures,
  prompt: standingPartFigures,
  start: startFigures,
  calls: hundredCallsFigures,
  stop: stopFigures,
  checkpoint: checkpointFigures,
  decision: decisionFigures,
  offers: offersFigures,
  index: indexFigures,
  host: hostFigures,
  window: windowFigures,
  gateway: gatewayFigures,
};
const wanted = process.argv.slice(2).filter((it) => !it.startsWith("--"));
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(ALL))
  if (wanted.length === 0 || wanted.includes(name)) figures.push(...(await measure()));

const width = Math.max(...figures.map((it) => it.what.length));
for (const { what, measured, limit, kind, unit } of figures) {
  const holds = kind === "at most" ? measured <= limit : measured >= limit;
  console.log(
    `${holds ? "ok  " : "OVER"} ${what.padEnd(width)} ${measured.toFixed(2).padStart(9)} ${unit.padEnd(6)} ${kind} ${limit}`,
  );
}
