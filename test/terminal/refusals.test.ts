import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { decide, type Touch } from "../../src/permission/decide.ts";
import { carefulRules, parsedRules } from "../../src/permission/rules.ts";
import { type Place, place } from "./wheelhouse.ts";

let here: Place;
before(async () => {
  here = await place({ "a.txt": "one\n", "bad.json": '{"permissions":{"deny":["Read(' });
});
after(() => here.remove());

describe("a command line that does not fit together", () => {
  for (const [what, given, sentence] of [
    ["a flag in the place of a value", ["-p", "x", "--model", "--verbose"], /--model needs a value/],
    ["two sessions to go on with", ["-p", "x", "-c", "--resume", "abcdefghijkl"], /one of them/],
    ["a copy of no session", ["-p", "x", "--fork-session"], /say which/],
    [
      "a further folder that is not there",
      ["-p", "x", "--add-dir", "/nowhere/at/all"],
      /no folder "\/nowhere/,
    ],
    ["half a turn", ["-p", "x", "--max-turns", "1.5"], /whole number/],
    ["a prompt beside a stream of them", ["-p", "x", "--input-format", "stream-json"], /leave out the other/],
    ["a rule that is none", ["-p", "x", "--allowedTools", "Bash()"], /nothing between its parentheses/],
    ["a denied rule that is none", ["-p", "x", "--disallowedTools", "Bash(rm"], /is no rule/],
    ["settings that are not there", ["-p", "x", "--settings", "/nowhere.json"], /--settings: .*no such file/],
    ["settings that cannot be parsed", ["-p", "x", "--settings", '{"permissions":'], /--settings: line 1/],
    ["settings in a file that cannot be", ["-p", "x", "--settings", "bad.json"], /bad\.json: line 1/],
    [
      "a rule in settings that is none",
      ["-p", "x", "--settings", '{"permissions":{"deny":["("]}}'],
      /is no rule/,
    ],
  ] as const) {
    it(`ends with 2 for ${what}`, async () => {
      const { code, out, err } = await here.run(given);
      assert.deepEqual([code, out], [2, ""], err);
      assert.match(err, sentence);
    });
  }

  it("is taken with a value that only looks like a flag", async () => {
    assert.equal((await here.run(["-p", "show a.txt", "--append-system-prompt", "- be brief"])).code, 0);
  });

  it("may name rules with blanks or commas between them", async () => {
    const given = ["-p", "run echo a, b", "--allowedTools", "Read,Edit(x y) Bash(echo a, b)"];
    assert.match((await here.run(given)).out, /Ran `echo a, b`/);
  });

  it("is told what it says in vain", async () => {
    const begun = await here.run(["-p", "show a.txt", "--output-format", "json"]);
    const { session_id } = JSON.parse(begun.out) as { session_id: string };
    const given = ["-p", "help", "--resume", session_id, "--append-system-prompt", "Be brief."];
    assert.match((await here.run(given)).err, /--append-system-prompt is ignored/);
    const rules = ["-p", "help", "--allowedTools", "Bash(npx:*)", "--disallowedTools", "Raed(x)"];
    const { code, err } = await here.run(rules);
    assert.equal(code, 0);
    assert.match(err, /Bash\(npx:\*\) allows nothing/);
    assert.match(err, /no tool "Raed"/);
  });

  it("names every call on standard error with --verbose, and nothing without", async () => {
    assert.match((await here.run(["-p", "show a.txt", "--verbose"])).err, /^Read a\.txt: done, \d/m);
    assert.equal((await here.run(["-p", "show a.txt"])).err, "");
  });
});

describe("settings whose protection is broken", () => {
  for (const [where, path] of [
    ["the person", "home/settings.json"],
    ["the folder", "project/.wheelhouse/settings.json"],
  ] as const) {
    it(`of ${where} let nothing be run that nobody can be asked about`, async () => {
      const other = await place({ "a.txt": "one\n" });
      const file = join(other.home, "..", path);
      await mkdir(join(file, ".."), { recursive: true });
      await writeFile(file, '{ "permissions": { "deny": ["Read(a.txt)"] ');
      const { code, out, err } = await other.run(["-p", "show a.txt"]);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, /settings\.json: line 1/);
      await other.remove();
    });
  }
});

describe("rules of somebody whose settings are broken", () => {
  const rules = carefulRules(parsedRules({ allow: ["Edit", "Bash(ls)"], ask: [], deny: ["Read(x)"] }).rules);
  const place = { roots: ["/p"], readable: [], trusted: true, platform: "linux", folder: "/p", home: "/h" };
  const on = (tool: string, touch: Touch) =>
    decide(tool, touch, { ...place, mode: "acceptEdits", rules }).decision;
  const path = (asked: string) => [{ asked, real: asked }];

  it("ask about all that is no reading, and deny what is known to be denied", () => {
    assert.equal(on("Write", { kind: "edit", paths: path("/p/a") }), "ask");
    assert.equal(on("Bash", { kind: "command", command: "ls" }), "ask");
    assert.equal(on("Grep", { kind: "read", paths: path("/p/a") }), "allow");
    assert.equal(on("Read", { kind: "read", paths: path("/p/x") }), "deny");
  });
});

describe("help", () => {
  for (const given of [
    ["sessions", "--help"],
    ["doctor", "--help"],
    ["completion", "-h"],
    ["-p", "x", "--help"],
  ]) {
    it(`is given for ${given.join(" ")}`, async () => {
      const { code, out } = await here.run(given);
      assert.equal(code, 0);
      assert.match(out, /wheelhouse sessions list/);
    });
  }
});
