import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { typesAt } from "../../src/typescript/types-at.ts";
import { parseFor } from "../refactor/source.ts";
import { LIBRARIES, memoryDisk } from "./memory-disk.ts";

const OTHER = "export interface A { n: number }\nexport declare const a: A;\n";

describe("types that are written nowhere", () => {
  const cases: readonly (readonly [what: string, text: string, type: string | undefined])[] = [
    ["are told of a value", "const x = [1]; ‸x;", "number[]"],
    ["are told of an object", 'const x = { n: 1, t: "" }; ‸x;', "{ n: number; t: string; }"],
    [
      "are told by their names",
      "interface I { n: 1 }\nfunction f(): I { return { n: 1 }; }\nconst x = f(); ‸x;",
      "I",
    ],
    [
      "are told as they are known there",
      "function f(x: string | number) { if (typeof x === 'string') ‸x; }",
      "string",
    ],
    ["are told as they are declared", "type U = string | number;\nfunction f(x: U) { ‸x; }", "U"],
    ["are told of a constant with all that is known", "const x = 1; ‸x;", "1"],
    ["are told of what is imported", 'import { a, type A } from "./other";\nconst x = a; ‸x;', "A"],
    [
      "are told by their file where that is not imported",
      'import { a } from "./other";\nconst x = a; ‸x;',
      'import("./other").A',
    ],
    ["are told of functions", "const x = (n: number) => [n]; ‸x;", "(n: number) => number[]"],
    ["are not told where they are unknown", "declare function f(): Nothing;\nconst x = f(); ‸x;", undefined],
    [
      "are not told of a type that only a function knows",
      "function f() { interface I { n: 1 } const x = {} as I; ‸x; }",
      undefined,
    ],
    ["are not told of a parameter of the function's own types", "function f<T>(x: T) { ‸x; }", undefined],
    [
      "are not told where the file has another of the name",
      "type I = 1;\nfunction f() { interface I { n: 1 } const x = {} as I; ‸x; }",
      undefined,
    ],
    [
      "are not told of a parameter that the file has a type by the name of",
      "type T = 1;\nfunction f<T>(x: T) { ‸x; }",
      undefined,
    ],
    [
      "are told of what is exported and what the library has",
      "export interface I { n: Date }\nfunction f(x: [I, Date]) { const y = x; ‸y; }",
      "[I, Date]",
    ],
    ["are not told of what is no name", "const x = ‸1;", undefined],
  ];
  for (const [what, marked, type] of cases)
    it(what, () => {
      const at = marked.indexOf("‸");
      const file = { path: "/p/a.ts", text: marked.replace("‸", "") };
      const disk = memoryDisk({ [file.path]: file.text, "/p/other.ts": OTHER });
      const told = typesAt({ file, at: [at], root: "/p" }, disk, LIBRARIES);
      assert.deepEqual(told, type === undefined ? [] : [{ at, type }]);
    });
});

describe("a function that is taken out", () => {
  let parse: Parse;
  before(async () => {
    parse = await parseFor("typescript", "javascript");
  });

  function extracted(marked: string, path = "/p/a.ts") {
    const [head = "", part = "", tail = ""] = marked.split(/[«»]/);
    const file = { path, text: head + part + tail };
    const request = { file, from: head.length, to: head.length + part.length };
    const first = planned("extract-function", request, { name: "fresh" }, parse);
    assert.ok(first.kind === "plan", JSON.stringify(first));
    const disk = memoryDisk({ [file.path]: file.text });
    const told = typesAt({ file, at: first.untold ?? [], root: "/p" }, disk, LIBRARIES);
    const plan =
      told.length === 0 ? first : planned("extract-function", { ...request, told }, { name: "fresh" }, parse);
    assert.ok(plan.kind === "plan", JSON.stringify(plan));
    const [{ before = "", changes } = { changes: [] }] = plan.files;
    return { text: withChanges(before, changes), warnings: plan.warnings };
  }

  it("has the types of what it is given", () =>
    assert.deepEqual(
      extracted("function f() {\n  const all = [1];\n  return «all.map((it) => it + 1)»;\n}\n"),
      {
        text: "function f() {\n  const all = [1];\n  return fresh(all);\n}\n\nfunction fresh(all: number[]) {\n  return all.map((it) => it + 1);\n}\n",
        warnings: [],
      },
    ));

  it("has them as they are known there", () =>
    assert.deepEqual(
      extracted(
        "function f(it: string | number) {\n  if (typeof it === 'string') {\n    return «it.trim()»;\n  }\n  return '';\n}\n",
      ),
      {
        text: "function f(it: string | number) {\n  if (typeof it === 'string') {\n    return fresh(it);\n  }\n  return '';\n}\n\nfunction fresh(it: string) {\n  return it.trim();\n}\n",
        warnings: [],
      },
    ));

  it("has none where that is not known, which is said", () =>
    assert.match(
      extracted(
        "declare function g(): Nothing;\nfunction f() {\n  const it = g();\n  return «[it]»;\n}\n",
      ).warnings.join(),
      /The type of "it" is written nowhere/,
    ));

  it("has none in JavaScript", () =>
    assert.match(
      extracted("function f() {\n  const it = [1];\n  return «it[0]»;\n}\n", "/p/a.js").text,
      /fresh\(it\) \{/,
    ));
});
