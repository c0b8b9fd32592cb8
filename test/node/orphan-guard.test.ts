import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { before, describe, it } from "mocha";
import { until } from "../terminal/long-command.ts";

const GUARD = new URL("../../src/node/orphan-guard.ts", import.meta.url).href;

/** Starts four groups, of which it lets the second and the last go, and says their numbers. */
const HOST = `
  import { spawn } from "node:child_process";
  import { guarded } from ${JSON.stringify(GUARD)};
  const groups = [0, 1, 2, 3].map(() => spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).pid);
  const released = groups.map(guarded);
  released[1]();
  released[3]();
  console.log(groups.join(" "));
  setInterval(() => undefined, 1000);
`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("the guard over groups of processes", () => {
  before(function () {
    if (process.platform === "win32") this.skip();
  });

  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    it(`ends those that are left when its process ends by ${signal}, and none that was let go`, async () => {
      const host = spawn(process.execPath, ["--no-warnings", "--input-type=module", "-e", HOST], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [line] = await once(createInterface({ input: host.stdout }), "line");
      const groups = String(line).split(" ").map(Number);
      const released = groups.filter((_, index) => index % 2 === 1);
      try {
        assert.ok(groups.every(isAlive));
        host.kill(signal);
        await until(() => groups.filter(isAlive).length <= 2);
        assert.deepEqual(groups.filter(isAlive), released);
      } finally {
        for (const it of released) process.kill(it, "SIGKILL");
      }
    });
  }
});
