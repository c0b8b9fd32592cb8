import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { shellLines } from "./shell-lines.ts";
import { ran, withTrap } from "./shell-trap.ts";

/** Everything is allowed but rm. */
const RULES = { allow: ["Bash"], deny: ["Bash(rm:*)"] };
const AMOUNT = Number(process.env["SHELL_LINES"] ?? 2_000);
/** Allowed lines that are run in earnest. */
const MOST_RUN = Number(process.env["SHELL_RUNS"] ?? 250);
const SEED = Number(process.env["SHELL_SEED"] ?? 20261121);

describe("a line that is allowed", () => {
  const { stage, folder } = withTrap();

  it("though rm is denied does not run it in bash", async function () {
    if (!existsSync("/bin/bash")) return this.skip();
    this.timeout(600_000);
    const lines = [...new Set(fc.sample(shellLines(), { numRuns: AMOUNT, seed: SEED }))];
    const allowed: string[] = [];
    for (const line of lines) {
      const { decision } = await stage().on(line, RULES, { mode: "acceptEdits" });
      if (decision === "allow") allowed.push(line);
    }
    assert.deepEqual(ran(folder(), allowed.slice(0, MOST_RUN)), []);
    for (const name of readdirSync(join(folder(), "in")).filter((it) => it !== "f"))
      rmSync(join(folder(), "in", name), { recursive: true });
    assert.ok(allowed.length > lines.length / 50, `only ${allowed.length} of ${lines.length} are allowed`);
  });

  it("writes nothing when no rule allows anything", async function () {
    if (!existsSync("/bin/bash")) return this.skip();
    this.timeout(600_000);
    const lines = [...new Set(fc.sample(shellLines(), { numRuns: AMOUNT, seed: SEED + 1 }))];
    const allowed: string[] = [];
    for (const line of lines) if ((await stage().on(line)).decision === "allow") allowed.push(line);
    assert.deepEqual(ran(folder(), allowed.slice(0, MOST_RUN)), []);
    assert.deepEqual(readdirSync(join(folder(), "in")), ["f"]);
    assert.ok(allowed.length > lines.length / 50, `only ${allowed.length} of ${lines.length} are allowed`);
  });

  it("is told from one that runs it", () => {
    assert.deepEqual(ran(folder(), ["echo a", "echo $(rm x)", "true"]), ["echo $(rm x)"]);
  });
});
