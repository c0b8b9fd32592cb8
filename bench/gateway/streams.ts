import type { Figure } from "../measure.ts";
import { type Held, load } from "./load-asked.ts";
import type { Ways } from "./speed.ts";

/** Milliseconds between two pieces of a stream. */
const EVERY_MS = 1_000;

/** Many streams at once for a time: none is cut, none gets pieces of another, and pieces come hardly later. */
export async function streamFigures(
  { direct, bare, own }: Ways,
  { streams, seconds }: { readonly streams: number; readonly seconds: number },
): Promise<readonly Figure[]> {
  const count = Math.ceil((seconds * 1000) / EVERY_MS);
  const held = new Map<string, Held>();
  for (const { target } of [direct, bare, own]) {
    const it = await load<Held>({ kind: "held", target, streams, count, every: EVERY_MS });
    held.set(target.name, it);
    console.log(
      `     ${target.name.padEnd(20)} ${it.most} streams at once, pieces after ${it.p50.toFixed(2)} ms (99 %: ${it.p99.toFixed(2)}), ${it.cut} cut, ${it.mixed} mixed up, ${it.lost} out of order`,
    );
  }
  const [plain, through] = [held.get(direct.target.name), held.get(own.target.name)];
  if (plain === undefined || through === undefined) return [];
  const what = `gateway: ${streams.toLocaleString("en")} streams for ${seconds} s`;
  return [
    { what: `${what}: at once`, measured: through.most, limit: streams, kind: "at least", unit: "" },
    { what: `${what}: cut`, measured: through.cut, limit: 0, kind: "at most", unit: "" },
    {
      what: `${what}: mixed up or out of order`,
      measured: through.mixed + through.lost,
      limit: 0,
      kind: "at most",
      unit: "",
    },
    {
      what: `${what}: delay added to a piece`,
      measured: through.p50 - plain.p50,
      limit: 5,
      kind: "at most",
      unit: "ms",
    },
  ];
}
