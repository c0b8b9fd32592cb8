/**
 * Worker: fuzzes one target, guided by what it covers. A text that makes the code go where no text before went, or go
 * there more often, is kept and changed further (M. Zalewski, "Technical whitepaper for afl-fuzz", sections 1 and 2,
 * https://lcamtuf.coredump.cx/afl/technical_details.txt: counts in the buckets 1, 2, 3, 4-7, 8-15, 16-31, 32-127, more).
 */
import { Session } from "node:inspector";
import { parentPort } from "node:worker_threads";
import { TARGETS, type Target } from "./guided-targets.ts";
import { type Random, random } from "./random.ts";

/** What the worker is told to do, one after the other. */
export interface Order {
  readonly target: string;
  readonly seed: number;
  /** Texts to try. */
  readonly inputs: number;
  /** Milliseconds after which it ends before that. */
  readonly limitMs: number;
  /** The text that is tried: its length first, so that it is known when the worker dies of it. */
  readonly current: SharedArrayBuffer;
}

/** What the worker says at its end. */
export interface Found {
  readonly inputs: number;
  /** Texts that led somewhere new. */
  readonly kept: number;
  /** Blocks of our code, each with the bucket of its count, that were reached. */
  readonly places: number;
  /** The first text that did what it must not, and how. */
  readonly failure: { readonly text: string; readonly why: string } | undefined;
}

/** Most UTF-16 units of a text. */
export const LONGEST = 8_192;
/** So many are tried before it is looked which code they reached, which takes longer than all of them. */
const LOT = 60;

function bucket(count: number): number {
  const buckets = [1, 2, 3, 7, 15, 31, 127];
  const at = buckets.findIndex((it) => count <= it);
  return at < 0 ? buckets.length : at;
}

/** The places in our code that were reached since it was asked last. */
function coverage(): () => ReadonlySet<string> {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  return () => {
    const places = new Set<string>();
    session.post("Profiler.takePreciseCoverage", (error, taken) => {
      if (error) throw error;
      for (const { url, functions } of taken.result)
        if (
          /[\\/](src|webview)[\\/]/.test(url) ||
          /node_modules[\\/](marked|minimatch|yaml|smol-toml|diff)/.test(url)
        )
          for (const { ranges } of functions)
            for (const { startOffset, endOffset, count } of ranges)
              if (count > 0) places.add(`${url} ${startOffset} ${endOffset} ${bucket(count)}`);
    });
    return places;
  };
}

/** A text made of one of the kept ones by a few changes. */
function changed(kept: readonly string[], { words }: Target, chance: Random): string {
  let text = chance.pick(kept);
  for (let left = 1 + chance.below(4); left > 0; left--) {
    const [a, b] = [chance.below(text.length + 1), chance.below(text.length + 1)];
    const [from, to] = a < b ? [a, b] : [b, a];
    const near = Math.min(text.length, from + 1 + chance.below(8));
    switch (chance.below(7)) {
      case 0:
        text = text.slice(0, from) + chance.pick(words) + text.slice(from);
        break;
      case 1:
        text = text.slice(0, from) + text.slice(near);
        break;
      case 2:
        text = text.slice(0, from) + String.fromCharCode(chance.below(128)) + text.slice(from + 1);
        break;
      case 3:
        text = text.slice(0, to) + text.slice(from, near).repeat(1 + chance.below(40)) + text.slice(to);
        break;
      case 4:
        text = text.slice(0, from) + text.slice(to);
        break;
      case 5:
        text = text.slice(0, from) + chance.pick(kept).slice(chance.below(20));
        break;
      default:
        text = text.slice(0, from) + chance.pick(words) + text.slice(near);
    }
  }
  return text.slice(0, LONGEST);
}

async function fuzz({ target: name, seed, inputs, limitMs, current }: Order): Promise<Found> {
  const target = TARGETS[name];
  if (!target) throw new Error(`there is no target "${name}"`);
  const chance = random(seed);
  const reached = (coverageNow ??= coverage());
  const known = new Set<string>();
  const kept = [...target.seeds];
  const end = performance.now() + limitMs;
  let tried = 0;
  const found = (failure?: Found["failure"]) => ({
    inputs: tried,
    kept: kept.length,
    places: known.size,
    failure,
  });
  const isNew = () => [...reached()].filter((it) => !known.has(it)).map((it) => known.add(it)).length > 0;
  reached();
  for (const it of target.seeds) await target.take(it);
  isNew();
  while (tried < inputs && performance.now() < end) {
    const lot = Array.from({ length: LOT }, () => changed(kept, target, chance));
    for (const it of lot) {
      tried++;
      show(it, current);
      const why = await harmOf(it, target);
      if (why !== undefined) return found({ text: it, why });
    }
    if (![...reached()].some((it) => !known.has(it))) continue;
    for (const it of lot) {
      await target.take(it);
      if (isNew()) kept.push(it);
    }
  }
  return found();
}

async function harmOf(text: string, target: Target): Promise<string | undefined> {
  try {
    await target.take(text);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  return Object.keys(Object.prototype).length > 0 ? "what all objects share was touched" : undefined;
}

function show(text: string, current: SharedArrayBuffer): void {
  const units = new Uint16Array(current);
  units[0] = text.length;
  for (let at = 0; at < text.length; at++) units[at + 2] = text.charCodeAt(at);
  const beats = new Int32Array(current, current.byteLength - 4);
  Atomics.add(beats, 0, 1);
}

let coverageNow: ReturnType<typeof coverage> | undefined;
parentPort?.on("message", async (order: Order) => parentPort?.postMessage(await fuzz(order)));
