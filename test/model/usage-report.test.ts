import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NO_USAGE } from "../../src/model/conversation.ts";
import type { Attempt } from "../../src/model/ledger.ts";
import {
  tokensOf,
  totalsOfRows,
  USAGE_BY,
  usageCsv,
  usageJson,
  usageReport,
  usageTotals,
} from "../../src/model/usage-report.ts";

const MORNING = new Date(2026, 10, 29, 8).getTime();
const DAY = 24 * 3_600_000;

function tried(change: Partial<Attempt>): Attempt {
  return {
    id: "1",
    time: MORNING,
    client: "vscode",
    session: "s1",
    user: "",
    project: "/projects/shop",
    category: "default",
    provider: "main",
    key: "main#1",
    asked: "claude-sonnet-5-5",
    model: "claude-sonnet-5-5",
    usage: NO_USAGE,
    cost: 0,
    costAsked: undefined,
    firstMs: 100,
    totalMs: 200,
    stop: "end_turn",
    failure: "",
    status: 200,
    requestId: "",
    ...change,
  };
}

describe("usageReport", () => {
  it("adds up by day of the calendar, the oldest first", () => {
    const rows = usageReport(
      [tried({ time: MORNING, cost: 2 }), tried({ time: MORNING - DAY, cost: 1 }), tried({ cost: 3 })],
      "day",
    );
    assert.deepEqual(
      rows.map((it) => [it.name, it.requests, it.cost]),
      [
        ["2026-11-28", 1, 1],
        ["2026-11-29", 2, 5],
      ],
    );
  });

  for (const by of ["model", "project", "session"] as const) {
    it(`adds up by ${by}, the dearest first, and by tokens where nothing was paid`, () => {
      const attempts = [
        tried({ [by]: "cheap", cost: 1 }),
        tried({ [by]: "free", cost: 0 }),
        tried({ [by]: "freeAndLong", cost: 0, usage: { ...NO_USAGE, output: 9 } }),
        tried({ [by]: "dear", cost: 1 }),
        tried({ [by]: "dear", cost: 1 }),
      ];
      assert.deepEqual(
        usageReport(attempts, by).map((it) => it.name),
        ["dear", "cheap", "freeAndLong", "free"],
      );
    });
  }

  it("has no rows for no attempts", () => assert.deepEqual(usageReport([], "day"), []));
});

describe("usageTotals", () => {
  it("adds every class of tokens and tells which part the cache gave", () => {
    const usage = { input: 10, cacheWrite5m: 20, cacheWrite1h: 30, cacheRead: 60, output: 5 };
    const totals = usageTotals([tried({ usage }), tried({ usage })]);
    assert.equal(tokensOf(totals), 250);
    assert.equal(totals.cacheHitRate, 0.5);
    assert.equal(usageTotals([tried({})]).cacheHitRate, undefined);
  });

  for (const by of USAGE_BY)
    it(`are those of the rows by ${by}`, () => {
      const usage = { input: 10, cacheWrite5m: 2, cacheWrite1h: 3, cacheRead: 6, output: 5 };
      const attempts = [
        tried({ usage, cost: 1, costAsked: 2 }),
        tried({ usage, [by]: "other", time: MORNING - DAY, failure: "server" }),
        tried({ cost: undefined }),
      ];
      assert.deepEqual(totalsOfRows(usageReport(attempts, by)), usageTotals(attempts));
    });

  it("counts failures, and what has no price", () => {
    const totals = usageTotals([tried({ failure: "overloaded" }), tried({ cost: undefined }), tried({})]);
    assert.deepEqual([totals.requests, totals.failures, totals.unpriced], [3, 1, 1]);
  });

  it("tells what routing saved, and takes off what it cost more", () => {
    const attempts = [
      tried({ cost: 1, costAsked: 4 }),
      tried({ cost: 3, costAsked: 2 }),
      tried({ cost: 7 }),
      tried({ cost: undefined, costAsked: 5 }),
    ];
    assert.equal(usageTotals(attempts).saved, 2);
  });
});

describe("usageCsv", () => {
  it("has a line of names and one for each row", () => {
    const usage = { input: 1, cacheWrite5m: 2, cacheWrite1h: 3, cacheRead: 4, output: 5 };
    assert.equal(
      usageCsv(usageReport([tried({ usage, cost: 0.1 + 0.2, costAsked: 1 })], "model")),
      "name,requests,failures,input_tokens,cache_creation_input_tokens,cache_read_input_tokens,output_tokens,cost_usd,unpriced_requests,saved_usd\r\n" +
        "claude-sonnet-5-5,1,0,1,5,4,5,0.3,0,0.7\r\n",
    );
  });

  for (const [project, cell] of [
    ['a "b", c', '"a ""b"", c"'],
    ["=1+1", "'=1+1"],
    ["@x,y", `"'@x,y"`],
    ["a\nb", '"a\nb"'],
  ] as const) {
    it(`writes ${JSON.stringify(project)} so that no spreadsheet reads more into it`, () => {
      const csv = usageCsv(usageReport([tried({ project })], "project"));
      assert.equal(csv.slice(csv.indexOf("\r\n") + 2).startsWith(`${cell},1,`), true);
    });
  }
});

describe("usageJson", () => {
  it("says the same as the CSV, as numbers", () => {
    const [row] = usageJson(usageReport([tried({ session: "=s", cost: 2 })], "session"));
    assert.deepEqual([row?.["name"], row?.["requests"], row?.["cost_usd"]], ["=s", 1, 2]);
  });
});
