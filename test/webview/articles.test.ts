import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { Row } from "../../src/agent/session.ts";
import { articlesOf } from "../../webview/articles.ts";

const rowsOf = (kinds: string): Row[] =>
  [...kinds].map(
    (kind, n): Row =>
      kind === "p"
        ? { kind: "prompt", key: `${n}`, text: "", attachments: [], steering: false, at: 0 }
        : { kind: "text", key: `${n}`, text: "", open: false, interrupted: false },
  );

describe("articlesOf", () => {
  it("gives each prompt its own article and what follows another", () => {
    const got = articlesOf(rowsOf("pttppt"), { from: 0, to: 6 }).map(
      (it) => `${it.name} ${it.rows.map((row) => row.key)}`,
    );
    assert.deepEqual(got, ["You 0", "Wheelhouse 1,2", "You 3", "You 4", "Wheelhouse 5"]);
  });

  it("keeps an article's key wherever the window cuts it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("p", "t"), minLength: 1, maxLength: 40 }),
        fc.nat(39),
        fc.nat(40),
        (kinds, from, length) => {
          const rows = rowsOf(kinds);
          const whole = new Map(
            articlesOf(rows, { from: 0, to: rows.length }).flatMap((it) =>
              it.rows.map((row) => [row.key, it.key]),
            ),
          );
          for (const { key, rows: own } of articlesOf(rows, { from, to: from + length }))
            for (const row of own) assert.equal(key, whole.get(row.key));
        },
      ),
    );
  });
});
