import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Job, Tried } from "./faulted-session.ts";
import { amount, isSoak, repeated, repeating, tally } from "./figure.ts";
import { runOnDisk } from "./run-on-disk.ts";

const SCENARIOS = ["turn", "undo", "rewind", "create", "fork", "rule"];

/** "turn 12": that call of that scenario only. */
function chosen(job: Job): Job {
  const [scenario, at] = (repeated ?? "").split(" ");
  if (!scenario || !at) return job;
  return { ...job, scenarios: [scenario], from: Number(at), to: Number(at), every: 1 };
}

/** The disk fails at the n-th call of a scenario; `every`: with each test run so many calls are left out. */
function survives(what: string, kind: Job["kind"], every: number): void {
  it(what, async function () {
    if (process.platform === "win32") return this.skip();
    this.timeout(isSoak ? 0 : 120_000);
    const all = await runOnDisk<Tried>(
      "faulted-session.ts",
      chosen({ scenarios: SCENARIOS, kind, from: 1, every: amount({ ci: every, soak: 1 }) }),
    );
    tally(what, all.length);
    assert.ok(all.length > 0);
    const wrong = all.filter((it) => it.wrong.length > 0);
    const [first] = wrong;
    const again =
      first && repeating(what, `${first.scenario} ${first.fault.kind === "none" ? 0 : first.fault.at}`);
    assert.deepEqual(wrong, [], again && `${JSON.stringify(wrong, undefined, 1)}\n${again}`);
  });
}

describe("a session on a disk that fails", () => {
  survives("is whole after a death at any call that changes the disk", "death", 13);
  survives("loses nothing, says why and goes on after an error of any call", "error", 61);
});
