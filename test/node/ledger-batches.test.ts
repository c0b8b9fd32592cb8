import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, it } from "mocha";
import { NO_USAGE } from "../../src/model/conversation.ts";
import type { Attempt } from "../../src/model/ledger.ts";
import { LedgerBatches } from "../../src/node/ledger-batches.ts";
import { type LedgerTable, openTable } from "../../src/node/ledger-table.ts";
import type { LedgerThread } from "../../src/node/ledger-thread.ts";

const total = { scope: "total", name: "", since: 0 } as const;
/** What becomes of a batch: "dies" writes nothing, "dies late" writes it and nobody hears of it. */
const FATES = ["written", "late", "dies", "dies late"] as const;
type Fate = (typeof FATES)[number];

describe("batches of records", () => {
  let folder = "";
  let table: LedgerTable;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "wheelhouse-batches-"));
    table = openTable(join(folder, "ledger.sqlite"), "NORMAL");
  });
  afterEach(() => {
    table.close();
    rmSync(folder, { recursive: true });
  });

  it("are written once, and counted once at every moment, whatever becomes of the thread", async () => {
    let ids = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom("record", "flush", "wait"), { minLength: 1, maxLength: 30 }),
        async (fates, steps) => {
          const from = table.spent(total, "").cost;
          const ended: (() => void)[] = [];
          const batches = new LedgerBatches(table, fated(table, fates, ended), () => undefined);
          let sum = from;
          for (const step of steps) {
            if (step === "record") {
              // Enough at one time for a batch to go out at once.
              for (let at = 0; at < 512; at++) batches.add(attempt(`a${++ids}`));
              sum += 128;
            } else if (step === "flush") batches.flush();
            else ended.shift()?.();
            assert.equal(batches.spent(total), sum);
          }
          batches.close();
          assert.equal(table.spent(total, "").cost, sum);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** A thread whose batches end as told, the last fate for all further ones; what ends late does so by `ended`. */
function fated(table: LedgerTable, fates: readonly Fate[], ended: (() => void)[]): LedgerThread {
  const rest = [...fates];
  return {
    write(rows, batch, done) {
      const fate = rest.length > 1 ? rest.shift() : rest[0];
      if (fate !== "dies") table.write(rows, batch);
      const died = new Error("it has died");
      if (fate === "written") queueMicrotask(() => done());
      else ended.push(() => done(fate === "late" ? undefined : died));
    },
    harden: () => undefined,
    close: () => undefined,
  };
}

function attempt(id: string): Attempt {
  return {
    id,
    time: 1_700_000_000_000,
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
    cost: 0.25,
    costAsked: undefined,
    firstMs: 1,
    totalMs: 2,
    stop: "end_turn",
    failure: "",
    status: undefined,
    requestId: "",
  };
}
