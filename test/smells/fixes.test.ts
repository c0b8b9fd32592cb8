import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { look } from "./look.ts";

const NESTED =
  "if (a) {\n  for (const b of a) {\n    if (b) {\n      while (c()) {\n        if (d) e();\n      }\n    }\n  }\n}\n";

/** The smell, a text that has it, the refactoring that takes it away, and the code at which it is asked for. */
const FIXED: readonly (readonly [smell: string, path: string, text: string, id?: string, at?: string])[] = [
  ["magic-number", "a.js", "function f(age) {\n  return age > 65;\n}\n", "replace-magic-number", "65"],
  [
    "long-parameter-list",
    "a.js",
    "function f(a, b, c, d, e, g) {}\nf(1, 2, 3, 4, 5, 6);\n",
    "introduce-parameter-object",
    "f(a",
  ],
  [
    "complex-condition",
    "a.js",
    "function f(a, b, c, d, e) {\n  if (a && b || c && d || e) g();\n}\n",
    "extract-variable",
    "a &&",
  ],
  ["deep-nesting", "a.js", `function f(a, c, d, e) {\n${NESTED}}\n`, "convert-if-to-guard", "if (a)"],
  [
    "deep-nesting",
    "a.go",
    "package a\nfunc f() {\nfor {\nfor {\nfor {\nfor {\nfor {\ng()\n}\n}\n}\n}\n}\n}\n",
  ],
  ["complex-condition", "a.kt", "fun f() {\n  if (a && b || c && d || e) g()\n}\n"],
];

describe("what takes a smell away", () => {
  for (const [smell, path, text, id, at = ""] of FIXED)
    it(`${smell} in ${path}: ${id ?? "no refactoring"}`, async () => {
      const [found] = await look(path, text, smell);
      assert.ok(found);
      if (id === undefined) return assert.equal(found.fix, undefined);
      assert.ok(found.fix?.kind === "refactoring");
      assert.deepEqual([found.fix.id, found.fix.from], [id, text.indexOf(at)]);
    });
});
