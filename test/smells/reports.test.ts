import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Finding } from "../../src/smells/finding.ts";
import { jsonReport, linesReport, markdownReport } from "../../src/smells/reports.ts";
import { sarifReport } from "../../src/smells/sarif.ts";
import { smells } from "../../src/smells/smells/all.ts";
import type { Survey } from "../../src/smells/survey.ts";

const at = { from: 10, to: 14, line: 2, column: 3, endLine: 2, endColumn: 7 };
const long: Finding = {
  ...at,
  smell: "long-function",
  path: "/p/a b.ts",
  message: '"f_g" has 60 lines of code; the limit is 50.',
  value: 60,
  limit: 50,
};
const clone: Finding = {
  ...at,
  smell: "duplicate-code",
  path: "/p/x/ü.py",
  message: "9 lines stand in another place, too.",
  related: [{ ...at, path: "/q/z.py", message: "The same code." }],
};
const found: Survey = {
  findings: [long, clone],
  files: 3,
  skipped: [{ path: "/p/c.js", reason: '"/p/c.js" was not written by hand.' }],
  damaged: ["/p/d.js"],
  smells,
};
const none: Survey = { findings: [], files: 1, skipped: [], damaged: [], smells };

describe("a report", () => {
  it("is a line for each finding, with other places below it", () => {
    assert.equal(
      linesReport(found, "/p"),
      `a b.ts:2:3 long-function "f_g" has 60 lines of code; the limit is 50.
x/ü.py:2:3 duplicate-code 9 lines stand in another place, too.
    /q/z.py:2:3 The same code.
`,
    );
    assert.equal(linesReport(none, "/p"), "");
  });

  it("shows what a name hides instead of doing it", () => {
    const evil = { ...long, message: "\u001b[2Jgone" };
    assert.ok(!linesReport({ ...none, findings: [evil] }, "/p").includes("\u001b"));
  });

  it("is one JSON object", () => {
    const { findings, files, skipped, damaged } = JSON.parse(jsonReport(found));
    assert.deepEqual([findings, files, skipped, damaged], [found.findings, 3, found.skipped, found.damaged]);
  });

  it("is a page of Markdown, the worst first, in which names mean nothing", () => {
    const worse = {
      ...long,
      path: "/p/worse.ts",
      message: '"g" has 90 lines of code; the limit is 50.',
      value: 90,
    };
    const page = markdownReport({ ...found, findings: [long, worse, clone] }, "/p");
    assert.match(
      page,
      /^# Code health\n\n3 findings in 3 files\.\n\n\| Smell \| Findings \|\n\|---\|---:\|\n/,
    );
    assert.match(
      page,
      /## Long function\n\n.+\n\n- `worse\.ts:2:3`: .+\n- `a b\.ts:2:3`: "f\\_g" has 60 lines/,
    );
    assert.match(page, /too\. See `\/q\/z\.py:2:3`\./);
    assert.match(page, /## Left out\n\n- .+c\.js.+\n- .+d\.js.+cannot be parsed/);
    assert.equal(markdownReport(none, "/p"), "# Code health\n\n0 findings in 1 file.\n\n");
  });
});

describe("a SARIF log", () => {
  const log = JSON.parse(sarifReport(found, "/p", "1.2.3"));
  const [run] = log.runs;

  it("is of version 2.1.0, by one tool that names its rules", () => {
    assert.deepEqual([log.version, log.runs.length], ["2.1.0", 1]);
    assert.match(log.$schema, /^https:.*sarif-2\.1\.0/);
    const { name, version, rules } = run.tool.driver;
    assert.deepEqual([name, version], ["Wheelhouse", "1.2.3"]);
    assert.deepEqual(
      rules.map((it: { id: string }) => it.id),
      smells.map((it) => it.id),
    );
    for (const it of rules)
      assert.ok(it.fullDescription.text && ["warning", "note"].includes(it.defaultConfiguration.level));
  });

  it("has a result for each finding, by its rule and place, with names from the folder", () => {
    const [first, second] = run.results;
    assert.deepEqual(
      [first.ruleId, rule(first), first.level, first.message.text],
      [long.smell, long.smell, "warning", long.message],
    );
    assert.deepEqual(first.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: "a%20b.ts", uriBaseId: "%SRCROOT%" },
          region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 7 },
        },
      },
    ]);
    assert.deepEqual(first.properties, { value: 60, limit: 50 });
    assert.equal(second.locations[0].physicalLocation.artifactLocation.uri, "x/%C3%BC.py");
    assert.equal(second.relatedLocations[0].physicalLocation.artifactLocation.uri, "file:///q/z.py");
    assert.equal(run.columnKind, "utf16CodeUnits");
  });

  it("says what was left out", () => {
    const [invocation] = run.invocations;
    assert.equal(invocation.executionSuccessful, true);
    assert.deepEqual(
      invocation.toolExecutionNotifications.map((it: { message: { text: string } }) => it.message.text),
      [
        '"/p/c.js" was not written by hand.',
        "It cannot be parsed everywhere, so not everything was looked for.",
      ],
    );
  });

  function rule(result: { ruleIndex: number }): string {
    return run.tool.driver.rules[result.ruleIndex].id;
  }
});
