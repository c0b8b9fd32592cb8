import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Cut, CutJob } from "./cut-session.ts";
import { amount, isSoak, limitMs, repeated, repeating, seed, tally } from "./figure.ts";
import { runOnDisk } from "./run-on-disk.ts";

/** Those with few states first. */
const SCENARIOS = [
  "create",
  "begin",
  "keep",
  "rule",
  "fork",
  "undo",
  "rewind",
  "torn",
  "grow",
  "resume",
  "turn",
];

/** "turn 12": the disk that number makes in that scenario only. */
function chosen(job: CutJob): CutJob {
  const [scenario, at] = (repeated ?? "").split(" ");
  if (!scenario || !at) return job;
  return { scenarios: [scenario], seed: Number(at), states: 1 };
}

describe("a session whose machine loses its power", () => {
  const what = "is whole on any disk that may be left";
  it(what, async function () {
    if (process.platform === "win32") return this.skip();
    this.timeout(isSoak ? 0 : 120_000);
    const states = limitMs === undefined ? amount({ ci: 120, soak: 20_000 }) : Number.MAX_SAFE_INTEGER;
    const job: CutJob = { scenarios: SCENARIOS, seed, states, ...(limitMs !== undefined && { limitMs }) };
    const all = await runOnDisk<Cut>("cut-session.ts", chosen(job), { inMemory: true });
    tally(what, all.length);
    assert.ok(all.length > 0);
    const wrong = all.filter((it) => it.wrong.length > 0);
    const [first] = wrong;
    const again = first && repeating(what, `${first.scenario} ${first.seed}`);
    assert.deepEqual(wrong, [], again && `${JSON.stringify(wrong, undefined, 1)}\n${again}`);
  });
});
