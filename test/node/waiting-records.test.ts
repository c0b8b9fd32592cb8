import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { NO_USAGE } from "../../src/model/conversation.ts";
import { openLedger } from "../../src/node/ledger.ts";

const LEDGER = new URL("../../src/node/ledger.ts", import.meta.url).href;
const total = { scope: "total", name: "", since: 0 } as const;
const ONE = {
  time: Date.UTC(2026, 0, 1),
  client: "anthropic",
  session: "s",
  user: "u",
  project: "",
  category: "default",
  provider: "p",
  key: "p#1",
  asked: "m",
  model: "m",
  usage: NO_USAGE,
  cost: 0.25,
  totalMs: 1,
  stop: "end_turn",
  failure: "",
  requestId: "",
};

describe("records that a process gathered when it was killed", () => {
  let folder = "";
  let path = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "wheelhouse-waiting-"));
    path = join(folder, "ledger.sqlite");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Has a process gather records and kills it at once, so that it writes nothing more. */
  async function killed(count: number, before = ""): Promise<number> {
    const script = `
      const { openLedger } = await import(${JSON.stringify(LEDGER)});
      const ledger = openLedger(${JSON.stringify(path)}, { failed: () => undefined });
      for (let it = 0; it < ${count}; it++) ledger.record({ ...${JSON.stringify(ONE)}, id: "r" + it });
      ${before}
      await new Promise((resolve) => setImmediate(resolve));
      process.kill(process.pid, "SIGKILL");`;
    const given = ["--no-warnings", "--input-type=module", "--eval", script];
    const child = spawn(process.execPath, given, { stdio: "inherit" });
    await once(child, "exit");
    return child.pid ?? 0;
  }

  function found(): { readonly ids: readonly string[]; readonly spent: number } {
    const ledger = openLedger(path);
    const ids = [...ledger.attempts(0)].map((it) => it.id);
    const spent = ledger.spent(total);
    ledger.close();
    return { ids, spent };
  }

  const left = () => readdirSync(folder).filter((it) => it.includes("-waiting-"));

  for (const [what, count] of [
    ["one", 1],
    ["many, the first of which were written already", 500],
  ] as const)
    it(`are in the ledger when it is opened next: ${what}`, async () => {
      await killed(count);
      assert.equal(left().length, 1);
      const { ids, spent } = found();
      assert.deepEqual([new Set(ids).size, ids.length, spent], [count, count, count * ONE.cost]);
      assert.deepEqual(left(), []);
    });

  it("count once, however often they are found", async () => {
    const pid = await killed(3, "ledger.flushed = [...ledger.attempts(0)].length;");
    writeFileSync(`${path}-waiting-${pid}-7`, `${JSON.stringify({ ...ONE, id: "r1" })}\n`);
    assert.deepEqual(found(), { ids: ["r0", "r1", "r2"], spent: 3 * ONE.cost });
    assert.deepEqual(found(), { ids: ["r0", "r1", "r2"], spent: 3 * ONE.cost });
  });

  it("are read up to a line that was cut off, or is none of a ledger", async () => {
    await killed(2);
    const [name = ""] = left();
    const strange = [
      "{}",
      "7",
      '{"id":"x","time":1,"usage":null',
      JSON.stringify({ ...ONE, id: "r9" }).slice(0, 60),
    ];
    appendFileSync(join(folder, name), strange.join("\n"));
    assert.deepEqual(found().ids, ["r0", "r1"]);
  });

  it("stay where they are while their process runs, which writes them itself", async () => {
    const ledger = openLedger(path, { failed: (error) => assert.fail(String(error)) });
    ledger.record({
      ...ONE,
      id: "mine",
      costAsked: undefined,
      firstMs: undefined,
      status: undefined,
      failure: "",
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(left().length, 1);
    assert.deepEqual(found().ids, []);
    assert.equal(left().length, 1);
    ledger.close();
    assert.deepEqual(left(), []);
    assert.deepEqual(found(), { ids: ["mine"], spent: ONE.cost });
  });
});
