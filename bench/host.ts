import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEditor, resultAt, sampleCopy } from "./editor.ts";
import { type Figure, median } from "./measure.ts";

interface Found {
  readonly activeBefore?: boolean;
  readonly activateCpuMs?: number;
  readonly rss: number;
}

/** How often each of both is measured: memory of one run differs by ten megabytes from the next. */
const TIMES = 3;
const PROBE = new URL("./probe", import.meta.url).pathname;

/** What Wheelhouse costs the extension host: processor time to activate, memory when it stands idle with its panel open. */
export async function hostFigures(): Promise<readonly Figure[]> {
  const pairs: { without: Found; withIt: Found }[] = [];
  for (let at = 0; at < TIMES; at++) pairs.push({ without: await probe(true), withIt: await probe(false) });
  return [
    {
      what: "active before anything was asked for (0: no)",
      measured: Math.max(...pairs.map((it) => Number(it.withIt.activeBefore))),
      limit: 0,
      kind: "at most",
      unit: "",
    },
    {
      what: "processor time to load and activate",
      measured: median(pairs.map((it) => it.withIt.activateCpuMs ?? Number.NaN)),
      limit: 10,
      kind: "at most",
      unit: "ms",
    },
    {
      what: "growth of the extension host, idle with the panel open",
      measured: median(pairs.map((it) => it.withIt.rss - it.without.rss)),
      limit: 15,
      kind: "at most",
      unit: "MB",
    },
  ];
}

async function probe(isIdle: boolean): Promise<Found> {
  const home = mkdtempSync(join(tmpdir(), "wheelhouse-home-"));
  const out = join(home, "found.json");
  const env = { WHEELHOUSE_BENCH_OUT: out, ...(isIdle && { WHEELHOUSE_BENCH_IDLE: "1" }) };
  const editor = await openEditor({ env, home, folder: sampleCopy(), probes: [PROBE], withWheelhouse: true });
  try {
    return (await resultAt(out, 90_000)) as Found;
  } finally {
    await editor.close();
  }
}
