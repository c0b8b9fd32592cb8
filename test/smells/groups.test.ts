import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Finding } from "../../src/smells/finding.ts";
import { grouped } from "../../src/smells/groups.ts";

const at = { from: 0, to: 1, line: 1, column: 1, endLine: 1, endColumn: 2, message: "" };
const findings: readonly Finding[] = [
  { ...at, smell: "long", path: "/a", value: 12, limit: 10 },
  { ...at, smell: "odd", path: "/a" },
  { ...at, smell: "long", path: "/b", value: 30, limit: 10 },
];
const smells = [
  { id: "long", title: "Z long", meaning: "", level: "warning", limits: [] },
  { id: "odd", title: "A odd", meaning: "", level: "note", limits: [] },
] as const;

describe("groups of findings", () => {
  for (const [by, order, expected] of [
    ["smell", "severity", ["Z long: /b /a", "A odd: /a"]],
    ["smell", "path", ["A odd: /a", "Z long: /a /b"]],
    ["file", "severity", ["/a: long odd", "/b: long"]],
    ["file", "path", ["/a: long odd", "/b: long"]],
  ] as const)
    it(`are by ${by}, in the order of ${order}`, () => {
      const shown = grouped(findings, smells, by, order).map(
        (it) => `${it.title}: ${it.findings.map((of) => (by === "smell" ? of.path : of.smell)).join(" ")}`,
      );
      assert.deepEqual(shown, expected);
    });
});
