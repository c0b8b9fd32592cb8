import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, it } from "mocha";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

describe("a gateway of several processes", () => {
  let home = "";
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "wheelhouse-home-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it("listens on one port with one key, and ends as one", async () => {
    const child = serve(home, "--workers", "2");
    const address = await addressOf(child);
    const key = readFileSync(join(home, "gateway-key"), "utf8").trim();
    for (let at = 0; at < 6; at++) assert.deepEqual(await statuses(address, key), [200, 200, 401]);
    child.kill("SIGTERM");
    assert.deepEqual(await once(child, "exit"), [0, null]);
    await assert.rejects(fetch(`${address}/health`));
    // Three processes start, each of which reads its sources.
  }).timeout(120_000);

  it("says what a number of workers may be", async () => {
    const [code] = await once(serve(home, "--workers", "0"), "exit");
    assert.equal(code, 2);
  });
});

function serve(home: string, ...given: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--no-warnings", CLI, "serve", "--port", "0", ...given], {
    env: { ...process.env, WHEELHOUSE_HOME: home },
    stdio: ["ignore", "pipe", "ignore"],
  });
}

async function addressOf(child: ChildProcess): Promise<string> {
  let printed = "";
  for await (const bytes of child.stdout ?? []) {
    printed += String(bytes);
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
    // To leave the loop would close the stream under the child.
    if (found !== undefined) return found;
  }
  return assert.fail(`it does not listen: ${printed}`);
}

/** Of what needs no key, of what has one, and of what has not. */
async function statuses(address: string, key: string): Promise<readonly number[]> {
  const asked = [
    fetch(`${address}/health`),
    fetch(`${address}/metrics`, { headers: { "x-api-key": key } }),
    fetch(`${address}/v1/messages`, { method: "POST", body: "{}" }),
  ];
  return (await Promise.all(asked)).map((it) => it.status);
}
