import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { compared } from "../../src/smells/engine.ts";
import type { SmellFinder } from "../../src/smells/port.ts";
import { type SurveyPorts, survey } from "../../src/smells/survey.ts";
import { never } from "../../src/std/abort.ts";
import { withChanges } from "../../src/text/changes.ts";
import { parseFor } from "../refactor/source.ts";
import { examine, USUAL } from "./look.ts";

const FILES: Readonly<Record<string, string>> = {
  "/a.js": "f(a * 6.5);\n",
  "/b.js": "f(;\n",
  "/c.js": "// @generated\nf(a * 6.5);\n",
  "/d.txt": "6.5",
  "/e.py": "x(y * 7.5)\n",
};
const read: SurveyPorts["read"] = async (path) => FILES[path];
const finder: SmellFinder = {
  examine: ({ path, text }, settings) => examine(path, text, settings),
  compare: async (tokens, settings) => compared(tokens, settings),
};
const look = (paths: readonly string[], more: Partial<SurveyPorts> = {}, signal = never()) =>
  survey(paths, USUAL, { read, finder, ...more }, signal);

describe("a survey", () => {
  it("has the findings of all files by place, and says what it left out", async () => {
    const found = await look([...Object.keys(FILES), "/gone.js"]);
    assert.deepEqual(
      found.findings.map((it) => `${it.path} ${it.smell}`),
      ["/a.js magic-number", "/e.py magic-number"],
    );
    assert.deepEqual(
      [found.files, found.damaged, found.skipped.map((it) => it.path)],
      [3, ["/b.js"], ["/c.js"]],
    );
  });

  it("has no import unused that another file takes from there", async () => {
    const files: Readonly<Record<string, string>> = {
      "/p/m.py": "from x import a, b, c, d\ndef f(): pass\n",
      "/p/n.py": "from .m import a\nfrom . import m as k\nimport p.m\nf(a, k.b, p.m.c)\n",
    };
    const found = await look(Object.keys(files), { read: async (path) => files[path] });
    assert.deepEqual(
      found.findings.map((it) => it.message),
      ['"d" is imported, but never used.'],
    );
  });

  /** Statements of six lines and enough tokens, in a function of that name. */
  const twice = (name: string, part = "list", more = "") => `function ${name}(${part}) {
  let sum = 0;
  for (const it of ${part}) {
    if (it.price > 0 && it.count > 0) sum += it.price * it.count;
    if (it.gift && it.wrapped) sum += it.wrapping.price;
    if (it.late) sum -= it.refund;
    if (it.heavy) sum += it.freight;
  }
  ${more}log(sum);
}
`;
  const UNITED: readonly (readonly [
    what: string,
    files: Readonly<Record<string, string>>,
    replaces: boolean,
  ])[] = [
    ["in one file, are made one function", { "/p/a.js": twice("a") + twice("b") }, true],
    ["in two files, are only told", { "/p/a.js": twice("a"), "/p/b.js": twice("b") }, false],
    [
      "that no function can be made of, are only told",
      {
        "/p/a.js":
          twice("a", "list", "log(arguments.length);\n  ") + twice("b", "list", "log(arguments.length);\n  "),
      },
      false,
    ],
  ];
  for (const [what, files, replaces] of UNITED)
    it(`has statements that stand twice: ${what}`, async () => {
      const found = await look(Object.keys(files), { read: async (path) => files[path] });
      const clone = found.findings.find((it) => it.smell === "duplicate-code");
      assert.ok(clone);
      if (!replaces) return assert.equal(clone.fix, undefined);
      assert.ok(clone.fix?.kind === "refactoring");
      const { id, from, to, replaceAll } = clone.fix;
      assert.deepEqual([id, from, to, replaceAll], ["extract-function", clone.from, clone.to, true]);
      const text = Object.values(files)[0] ?? "";
      const request = { file: { path: clone.path, text }, from, to };
      const plan = planned(id, request, { replaceAll: true }, await parseFor("javascript"));
      assert.ok(plan.kind === "plan");
      const after = withChanges(text, plan.files[0]?.changes ?? []);
      assert.deepEqual(
        (await look(["/p/a.js"], { read: async () => after })).findings.map((it) => it.smell),
        [],
      );
    });

  it("tells how far it is", async () => {
    const heard: string[] = [];
    await look(["/a.js", "/d.txt"], { progress: (done, path) => heard.push(`${done} ${path}`) });
    assert.deepEqual(heard, ["1 /a.js", "2 /d.txt"]);
  });

  it("ends where it is told to", async () => {
    const controller = new AbortController();
    const progress = () => controller.abort(new Error("enough"));
    await assert.rejects(look(["/a.js", "/e.py"], { progress }, controller.signal), /enough/);
  });

  it("passes over a file on which the parser breaks down, and ends when it always does", async () => {
    const broken = async (path: string) => ({ kind: "failed", reason: `Cannot look at ${path}.` }) as const;
    const once: SmellFinder = {
      ...finder,
      examine: (it, settings) =>
        it.path === "/a.js" ? broken(it.path) : examine(it.path, it.text, settings),
    };
    assert.deepEqual((await look(["/a.js", "/e.py"], { finder: once })).skipped, [
      { path: "/a.js", reason: "Cannot look at /a.js." },
    ]);
    const always: SmellFinder = { ...finder, examine: (it) => broken(it.path) };
    await assert.rejects(
      look(["/a.js", "/b.js", "/c.js", "/e.py"], { finder: always }),
      /Cannot look at \/c\.js/,
    );
  });

  it("says so where what files have in common cannot be told", async () => {
    const failing: SmellFinder = {
      ...finder,
      compare: async (of, settings) =>
        of.length > 0 ? { kind: "failed", reason: "Too slow." } : compared([], settings),
    };
    const found = await look(["/a.js"], { finder: failing });
    assert.deepEqual([found.findings.length, found.skipped], [1, [{ path: "/a.js", reason: "Too slow." }]]);
  });
});
