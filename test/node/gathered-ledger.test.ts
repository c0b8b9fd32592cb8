import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, it } from "mocha";
import { NO_USAGE } from "../../src/model/conversation.ts";
import type { Attempt } from "../../src/model/ledger.ts";
import { openIds } from "../../src/node/ids.ts";
import { openLedger } from "../../src/node/ledger.ts";
import { rememberedSums } from "../../src/node/remembered-sums.ts";

const lazily = { failed: (error: unknown) => assert.fail(String(error)) };
const total = { scope: "total", name: "", since: 0 } as const;

describe("a ledger that gathers", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "wheelhouse-ledger-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("counts what was spent a moment ago, whoever it is put down to", () => {
    const ledger = openLedger(join(folder, "ledger.sqlite"), lazily);
    for (const cost of [1, 2, 4]) {
      ledger.record(attempt({ cost, session: "s" }));
      assert.equal(ledger.spent({ ...total, scope: "session", name: "s" }), ledger.spent(total));
    }
    assert.equal(ledger.spent(total), 7);
    assert.equal(ledger.spent({ ...total, scope: "session", name: "other" }), 0);
    ledger.close();
  });

  it("has everything on the disk when it is closed", () => {
    const path = join(folder, "ledger.sqlite");
    const ledger = openLedger(path, lazily);
    for (let at = 0; at < 300; at++) ledger.record(attempt({ cost: 0.5 }));
    ledger.close();
    const again = openLedger(path);
    assert.equal([...again.attempts(0)].length, 300);
    assert.equal(again.spent(total), 150);
    again.close();
  });

  for (const count of [1e19, 1e300, 2 ** 53, Number.NaN, -1, 0.5])
    it(`keeps the others, and can be read, when a vendor has counted ${count} tokens`, () => {
      const path = join(folder, "ledger.sqlite");
      const ledger = openLedger(path, lazily);
      ledger.record(attempt({ cost: 1, usage: { ...NO_USAGE, input: count } }));
      ledger.record(attempt({ cost: 2 }));
      assert.equal(ledger.spent(total), 3);
      ledger.close();
      const again = openLedger(path);
      assert.equal([...again.attempts(0)].length, 2);
      again.close();
    });

  it("tells why nothing can be written, and writes it once it can, although nothing more comes", async () => {
    const path = join(folder, "ledger.sqlite");
    const told: string[] = [];
    const ledger = openLedger(path, { failed: (error) => void told.push(String(error)) });
    const other = new DatabaseSync(path);
    // As when the disk is full: the transaction is rolled back by SQLite itself.
    other.exec(
      "CREATE TRIGGER full BEFORE INSERT ON attempts BEGIN SELECT RAISE(ROLLBACK, 'disk is full'); END",
    );
    ledger.record(attempt({ cost: 1 }));
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.match(told[0] ?? "", /disk is full/);
    other.exec("DROP TRIGGER full");
    const rows = () => Number(other.prepare("SELECT count(*) AS count FROM attempts").get()?.["count"]);
    while (rows() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    other.close();
    ledger.close();
  });

  it("lets go of the file although what waits cannot be written", () => {
    const path = join(folder, "ledger.sqlite");
    const ledger = openLedger(path, lazily);
    const other = new DatabaseSync(path);
    other.exec("DROP TABLE attempts");
    other.close();
    ledger.record(attempt({ cost: 1 }));
    assert.throws(() => ledger.close(), /attempts/);
    assert.throws(() => ledger.close(), /not open/);
  });

  it("sees what another process has spent, once its own view is old", () => {
    const path = join(folder, "ledger.sqlite");
    const [mine, theirs] = [openLedger(path, lazily), openLedger(path)];
    theirs.record(attempt({ cost: 3 }));
    assert.equal(mine.spent(total), 3);
    mine.close();
    theirs.close();
  });
});

describe("remembered sums", () => {
  it("read once while they are fresh, and again when they are not", () => {
    let clock = 0;
    let reads = 0;
    const sums = rememberedSums(
      () => ++reads,
      50,
      () => clock,
    );
    assert.deepEqual([sums.spent(total), sums.spent(total)], [1, 1]);
    clock = 51;
    assert.equal(sums.spent(total), 2);
  });

  it("add only what was spent since", () => {
    const sums = rememberedSums(
      () => 10,
      50,
      () => 0,
    );
    const today = { ...total, since: 1_000 };
    assert.deepEqual([sums.spent(total), sums.spent(today)], [10, 10]);
    sums.add(attempt({ cost: 1, time: 999 }));
    assert.deepEqual([sums.spent(total), sums.spent(today)], [11, 10]);
  });
});

describe("ids of a process", () => {
  it("are never the same, and those that grow sort by their time", () => {
    const ids = openIds();
    const grown = Array.from({ length: 2_000 }, (_, at) => ids.growing(1_700_000_000_000 + at));
    assert.deepEqual(grown, grown.toSorted());
    assert.match(grown[0] ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const plain = Array.from({ length: 2_000 }, ids.plain);
    assert.equal(new Set([...plain, ...grown]).size, 4_000);
    assert.ok(plain.every((it) => /^[0-9a-z]+$/.test(it)));
  });
});

const ids = openIds();

function attempt(it: Partial<Attempt>): Attempt {
  const time = it.time ?? 1_700_000_000_000;
  return {
    id: ids.growing(time),
    client: "anthropic",
    session: "",
    user: "",
    project: "",
    category: "default",
    provider: "vendor",
    key: "vendor#1",
    asked: "m",
    model: "m",
    usage: NO_USAGE,
    cost: 0,
    costAsked: undefined,
    firstMs: 1,
    totalMs: 2,
    stop: "end_turn",
    failure: "",
    status: undefined,
    requestId: "",
    ...it,
    time,
  };
}
