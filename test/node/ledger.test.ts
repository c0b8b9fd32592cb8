import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import type { Attempt, Spending } from "../../src/model/ledger.ts";
import { type FileLedger, openLedger } from "../../src/node/ledger.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

const DAY = 24 * 3_600_000;
const NOON = new Date(2026, 10, 29, 12).getTime();

const attempt: fc.Arbitrary<Attempt> = fc.record({
  id: fc.uuid(),
  time: fc.integer({ min: 0, max: 5 }).map((it) => NOON - it * DAY),
  client: fc.constantFrom("vscode", "anthropic"),
  session: fc.constantFrom("", "s1", "s2"),
  user: fc.constantFrom("", "u1"),
  project: fc.constantFrom("", "p1", "p'2"),
  category: fc.constant("default"),
  provider: fc.constant("main"),
  key: fc.constantFrom("main#1", "main#2"),
  asked: fc.string(),
  model: fc.string(),
  usage: fc
    .record({
      input: fc.nat(),
      cacheWrite5m: fc.nat(),
      cacheWrite1h: fc.nat(),
      cacheRead: fc.nat(),
      output: fc.nat(),
    })
    .map((it) => ({ ...it })),
  cost: fc.option(
    fc.integer({ min: 0, max: 1_000 }).map((it) => it / 64),
    { nil: undefined },
  ),
  costAsked: fc.option(fc.constant(0.5), { nil: undefined }),
  firstMs: fc.option(fc.nat(), { nil: undefined }),
  totalMs: fc.nat(),
  stop: fc.constantFrom("", "end_turn"),
  failure: fc.constantFrom("" as const, "auth" as const),
  status: fc.option(fc.constant(401), { nil: undefined }),
  requestId: fc.string(),
});
const attempts = fc.uniqueArray(
  attempt.map((it) => ({ ...it })),
  { maxLength: 12, selector: (it) => it.id },
);

const SCOPES: readonly Omit<Spending, "since">[] = [
  { scope: "total", name: "" },
  { scope: "session", name: "s1" },
  { scope: "project", name: "p'2" },
  { scope: "key", name: "main#2" },
  { scope: "user", name: "u1" },
];

/** What was spent, added up from the attempts. */
function spentBy(all: readonly Attempt[], { scope, name, since }: Spending): number {
  return all
    .filter((it) => (scope === "total" || it[scope] === name) && it.time >= since)
    .reduce((sum, it) => sum + (it.cost ?? 0), 0);
}

/** A file as version 1 made it. */
const EARLIER = `
  CREATE TABLE attempts (
    id TEXT PRIMARY KEY, time INTEGER NOT NULL, client TEXT NOT NULL, session TEXT NOT NULL, user TEXT NOT NULL,
    project TEXT NOT NULL, category TEXT NOT NULL, provider TEXT NOT NULL, key TEXT NOT NULL, asked TEXT NOT NULL,
    model TEXT NOT NULL, input INTEGER NOT NULL, write5m INTEGER NOT NULL, write1h INTEGER NOT NULL,
    read INTEGER NOT NULL, output INTEGER NOT NULL, cost REAL, costAsked REAL, firstMs REAL, totalMs REAL NOT NULL,
    stop TEXT NOT NULL, failure TEXT NOT NULL, status INTEGER, requestId TEXT NOT NULL
  ) STRICT;
  CREATE INDEX attemptsByTime ON attempts (time);
  CREATE TABLE spent (
    scope TEXT NOT NULL, name TEXT NOT NULL, day INTEGER NOT NULL, cost REAL NOT NULL,
    PRIMARY KEY (scope, name, day)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO attempts VALUES
    ('b', 2, 'c', '', '', '', 'default', 'p', 'k', 'm', 'm', 1, 0, 0, 0, 0, NULL, NULL, NULL, 1, '', 'rate-limit', 429, ''),
    ('a', 1, 'c', '', '', '', 'default', 'p', 'k', 'm', 'm', 1, 0, 0, 0, 2, 0.5, NULL, 1.5, 2, 'end_turn', '', NULL, 'r');
  INSERT INTO spent VALUES ('total', '', 20261129, 0.5);
  PRAGMA user_version = 1;
`;

describe("the ledger", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    const place = await temporaryFolder();
    path = join(place.folder, "home", "ledger.sqlite");
    remove = place.remove;
  });
  after(() => remove());

  /** An empty ledger. */
  function fresh(lazily = false): FileLedger {
    for (const it of ["", "-wal", "-shm"]) rmSync(path + it, { force: true });
    return lazily ? openLedger(path, { failed: (error) => assert.fail(String(error)) }) : openLedger(path);
  }

  it("keeps what it is told, and adds up for whom, and from which day on", () => {
    fc.assert(
      fc.property(attempts, fc.boolean(), fc.integer({ min: 0, max: 6 }), (all, lazily, days) => {
        const ledger = fresh(lazily);
        for (const it of all) ledger.record(it);
        const midnight = new Date(2026, 10, 29).getTime();
        for (const since of [0, new Date(midnight - days * DAY).setHours(0)])
          for (const of of SCOPES)
            assert.equal(ledger.spent({ ...of, since }), spentBy(all, { ...of, since }));
        const kept = [...ledger.attempts(0)];
        ledger.close();
        assert.deepEqual(
          kept.toSorted((a, b) => a.id.localeCompare(b.id)),
          all.toSorted((a, b) => a.id.localeCompare(b.id)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it("counts an attempt once, however often it is told", () => {
    fc.assert(
      fc.property(attempts, (all) => {
        const ledger = fresh();
        for (const it of [...all, ...all.toReversed()]) ledger.record(it);
        assert.equal(
          ledger.spent({ scope: "total", name: "", since: 0 }),
          spentBy(all, { scope: "total", name: "", since: 0 }),
        );
        ledger.close();
      }),
      { numRuns: 10 },
    );
  });

  it("is the same for all who have it open, and when it is opened again", () => {
    const [one] = fc.sample(attempt, { numRuns: 1, seed: 1 });
    assert.ok(one);
    const total: Spending = { scope: "total", name: "", since: 0 };
    const ledger = fresh();
    const other = openLedger(path);
    ledger.record({ ...one, cost: 2 });
    assert.equal(other.spent(total), 2);
    other.record({ ...one, id: "another", cost: 3 });
    assert.equal(ledger.spent(total), 5);
    ledger.close();
    other.close();
    const again = openLedger(path);
    assert.equal(again.spent(total), 5);
    again.close();
  });

  it("loses nothing of what several processes write at once", async () => {
    fresh().close();
    const module = new URL("../../src/node/ledger.ts", import.meta.url).href;
    const [one] = fc.sample(attempt, { numRuns: 1, seed: 1 });
    const script = `
      const { openLedger } = await import(${JSON.stringify(module)});
      const ledger = openLedger(${JSON.stringify(path)}, process.argv[1] === "lazy");
      for (let it = 0; it < 100; it++)
        ledger.record({ ...${JSON.stringify({ ...one, cost: 0.25 })}, id: process.pid + "-" + it });
      ledger.close();`;
    const ends = ["", "", "lazy"].map((how) => {
      const given = ["--no-warnings", "--input-type=module", "--eval", script, how];
      return once(spawn(process.execPath, given, { stdio: "inherit" }), "exit");
    });
    assert.deepEqual(
      (await Promise.all(ends)).map(([code]) => code),
      [0, 0, 0],
    );
    const ledger = openLedger(path);
    assert.equal(ledger.spent({ scope: "total", name: "", since: 0 }), 75);
    assert.equal([...ledger.attempts(0)].length, 300);
    ledger.close();
  });

  it("goes on with what the version before wrote", () => {
    for (const it of ["", "-wal", "-shm"]) rmSync(path + it, { force: true });
    const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
    const db = new DatabaseSync(path);
    db.exec(EARLIER);
    db.close();
    const ledger = openLedger(path);
    assert.deepEqual(
      [...ledger.attempts(0)].map((it) => [it.id, it.time, it.model, it.cost, it.status, it.requestId]),
      [
        ["a", 1, "m", 0.5, undefined, "r"],
        ["b", 2, "m", undefined, 429, ""],
      ],
    );
    assert.equal(ledger.spent({ scope: "total", name: "", since: 0 }), 0.5);
    const [one] = fc.sample(attempt, { numRuns: 1, seed: 1 });
    assert.ok(one);
    ledger.record({ ...one, id: "c", time: 3 });
    ledger.close();
    const again = openLedger(path);
    assert.deepEqual(
      [...again.attempts(2)].map((it) => it.id),
      ["b", "c"],
    );
    again.close();
  });

  it("does not touch what a newer version wrote", () => {
    fresh().close();
    const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
    const db = new DatabaseSync(path);
    db.exec("PRAGMA user_version = 99");
    db.close();
    assert.throws(() => openLedger(path), /newer Wheelhouse/);
  });
});
