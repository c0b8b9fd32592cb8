import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { after, describe, it } from "mocha";
import { amount, isSoak, seedNow, soakMinutes, tally } from "./figure.ts";
import { type Found, LONGEST, type Order } from "./guided.ts";
import { TARGETS } from "./guided-targets.ts";

/** Milliseconds that one text may take; far more than it does, for the machine may be busy. */
const HANG_MS = 5_000;
/** Mebibytes of objects that a target may have at a time. */
const MOST_MEMORY = 512;

/** A text at which something went wrong. */
interface Failure {
  readonly text: string;
  readonly why: string;
}

/** All targets share one worker, as long as it lives: to load what they are takes longer than a short test. */
let worker: Worker | undefined;

function start(): Worker {
  return new Worker(new URL("./guided.ts", import.meta.url), {
    execArgv: ["--no-warnings"],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
  });
}

/** What was found, or the text at which the worker hung or died. */
async function fuzzed(target: string): Promise<Found | Failure> {
  const current = new SharedArrayBuffer(4 + 2 * LONGEST + 4);
  const beats = new Int32Array(current, current.byteLength - 4);
  const units = new Uint16Array(current);
  const order: Order = {
    target,
    seed: seedNow,
    inputs: soakMinutes === undefined ? amount({ ci: 120, soak: 800_000 }) : Number.POSITIVE_INFINITY,
    limitMs: (soakMinutes ?? Number.POSITIVE_INFINITY) * 60_000,
    current,
  };
  const working = (worker ??= start());
  const over = new AbortController();
  const failure = (why: string): Failure => {
    worker = undefined;
    return { text: String.fromCharCode(...units.subarray(2, 2 + (units[0] ?? 0))), why };
  };
  const found = await Promise.race([
    once(working, "message", over).then(([it]: Found[]) => it),
    once(working, "error", over).then(([error]) => failure(String(error))),
    hung(beats, over.signal).then(() => failure(`took longer than ${HANG_MS} ms`)),
    new Promise<never>(() => working.postMessage(order)),
  ]);
  over.abort();
  if (worker !== working) await working.terminate();
  return found ?? failure("its worker said nothing");
}

/** Resolves when the same text is tried at two looks. */
async function hung(beats: Int32Array, signal: AbortSignal): Promise<void> {
  for (let last = -1; ; ) {
    await wait(HANG_MS, undefined, { signal, ref: false });
    const now = Atomics.load(beats, 0);
    // The first one waits for the worker to load.
    if (now === last && now > 0) return;
    last = now;
  }
}

describe("texts of others that lead where none before has led", () => {
  after(() => worker?.terminate());

  for (const target of Object.keys(TARGETS))
    it(`neither crash nor hang nor take all memory: ${target}`, async function () {
      this.timeout(isSoak ? 0 : 120_000);
      const found = await fuzzed(target);
      const failure = "why" in found ? found : found.failure;
      assert.equal(failure && `${JSON.stringify(failure.text)}\n${failure.why}`, undefined);
      assert.ok("inputs" in found && found.places > 0 && found.kept > 0);
      tally(`${target} (${found.kept} kept, ${found.places} places)`, found.inputs);
    });
});
