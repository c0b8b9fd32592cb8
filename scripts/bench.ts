// `npm run bench`: measures what Wheelhouse promises, each as a ratio or a size in one run, and prints a table.
import { hundredCallsFigures } from "../bench/hundred-calls.ts";
import type { Figure } from "../bench/measure.ts";
import { sizeFigures } from "../bench/size.ts";
import { standingPartFigures } from "../bench/standing-part.ts";
import { startFigures } from "../bench/start.ts";

const figures: readonly Figure[] = [...sizeFigures(), ...standingPartFigures(), ...(await startFigures()), ...(await hundredCallsFigures())];
const width = Math.max(...figures.map((it) => it.what.length));
for (const { what, measured, limit, kind, unit } of figures) {
  const holds = kind === "at most" ? measured <= limit : measured >= limit;
  console.log(`${holds ? "ok  " : "OVER"} ${what.padEnd(width)} ${measured.toFixed(2).padStart(9)} ${unit.padEnd(6)} ${kind} ${limit}`);
}
