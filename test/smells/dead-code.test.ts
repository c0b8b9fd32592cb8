import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withChanges } from "../../src/text/changes.ts";
import { look, shownIn } from "./look.ts";

type Case = readonly [what: string, path: string, text: string, expected: readonly string[]];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  "unreachable-code": [
    ["statements behind a return", "a.js", "function f() { return 1; a(); b(); }", ["a(); b();"]],
    [
      "what stands behind a condition that always leaves",
      "a.js",
      "function f() { if (a) return 1; else { throw b; }\n c(); }",
      ["c();"],
    ],
    ["not what stands behind a condition that may not", "a.js", "function f() { if (a) return 1; b(); }", []],
    ["behind continue in a loop", "a.py", "for a in b:\n    continue\n    c()\n", ["c()"]],
    [
      "behind raise",
      "a.py",
      "def f():\n    if a: return 1\n    elif b: raise E\n    else: return 2\n    c()\n",
      ["c()"],
    ],
    [
      "not functions, types and empty variables, which are there all the same",
      "a.ts",
      "function f() { return g(); function g() {} type T = 1; var x; }",
      [],
    ],
    ["not the break of a case", "a.js", "switch (a) { case 1: return b; break; }", []],
    ["not a yield that makes a generator", "a.py", "def f():\n    return\n    yield\n", []],
    [
      "not what a comment parts from its return",
      "a.js",
      "function f() {\n  return /** @type {T} */ (a);\n}",
      [],
    ],
    ["nothing where there is a syntax error", "a.js", "function f() { return 1; a(; }", []],
  ],
  "unused-name": [
    ["a variable of a function", "a.js", "function f() { const a = 1; let b; }", ["a", "b"]],
    ["one that is only given values", "a.js", "function f() { let a = 1; a = 2; }", ["a"]],
    ["not one whose new value is used", "a.js", "function f() { let a; return (a = g()); }", []],
    ["not one that counts", "a.js", "function f() { let a = 0; g(() => a++); }", []],
    [
      "functions and classes of a module",
      "a.ts",
      "export const a = 1;\nfunction b() {}\nclass C {}\n",
      ["b", "C"],
    ],
    ["not those of a script, which others may use", "a.js", "function b() {}\nvar c = 1;\n", []],
    ["not what is exported", "a.ts", "export function a() {}\nconst b = 1;\nexport { b };\n", []],
    [
      "not parameters, patterns, loops and caught errors",
      "a.js",
      "function f(a, { b }) { const [c, d] = e; for (const g of h) {} try {} catch (i) {} }",
      [],
    ],
    ["not names that say so", "a.js", "function f() { const _a = 1; const ignored = 2; }", []],
    ["not where eval may use it", "a.js", "function f() { const a = 1; eval(b); }", []],
    [
      "not what is declared for others",
      "a.ts",
      "export {};\ndeclare const a: number;\ndeclare global { function b(): void }",
      [],
    ],
    ["not a decorated class", "a.ts", "export {};\n@register class A {}\n", []],
    ["a local variable in Python", "a.py", "def f():\n    a = g()\n    b = 1\n    return b\n", ["a"]],
    ["a function within a function", "a.py", "def f():\n    def g(): pass\n    class C: pass\n", ["g", "C"]],
    ["not a class whose base may hear of it", "a.py", "def f():\n    class C(B): pass\n", []],
    ["not a decorated one", "a.py", "def f(app):\n    @app.route('/')\n    def g(): pass\n", []],
    ["not names of a file, or of a class", "a.py", "a = 1\nclass A:\n    b = 1\n", []],
    [
      "not targets that are many",
      "a.py",
      "def f():\n    a, b = g()\n    for c in d: pass\n    with e as h: pass\n    return a\n",
      [],
    ],
    ["not where locals() may use it", "a.py", "def f():\n    a = 1\n    return locals()\n", []],
    ["not a global", "a.py", "def f():\n    global a\n    a = 1\n", []],
  ],
  "unused-import": [
    [
      "a whole import, and one name of several",
      "a.ts",
      'import a from "a";\nimport { b, c } from "b";\nc();\n',
      ["a", "b"],
    ],
    ["not an import for its effects", "a.js", 'import "a";\n', []],
    [
      "not what only a type uses",
      "a.ts",
      'import type { A } from "a";\nexport const b: A = 1;\nlet c: typeof b;\n',
      [],
    ],
    ["not what is exported again", "a.ts", 'import { a } from "a";\nexport { a };\n', []],
    [
      "not what JSX uses, or stands for it",
      "a.tsx",
      'import React from "react";\nimport { A, b } from "a";\nexport const c = <A><b.d /></A>;\n',
      [],
    ],
    [
      "not what documentation links to",
      "a.ts",
      'import type { A } from "a";\n/** See {@link A}. */\nexport const b = 1;\n',
      [],
    ],
    [
      "in Python",
      "a.py",
      "import os\nimport sys as system\nfrom a import b, c\ndef f(): return c\n",
      ["os", "system", "b"],
    ],
    ["not those of a package", "a/__init__.py", "import os\ndef f(): pass\n", []],
    ["not what __all__ names", "a.py", "from a import b\n__all__ = ['b']\ndef f(): pass\n", []],
    [
      "not what may be missing",
      "a.py",
      "try:\n    import a\nexcept ImportError:\n    b = None\ndef f(): pass\n",
      [],
    ],
    [
      "not what a comment keeps",
      "a.py",
      "import a  # noqa: F401\nfrom b import c as c\nimport d  # type: ignore\ndef f(): pass\n",
      [],
    ],
    [
      "not what a type in a text or a comment names",
      "a.py",
      "from a import B, C\ndef f(x: 'B'):\n    y = []  # type: C\n    return y\n",
      [],
    ],
    ["not in a file that only imports", "a.py", "import a\nfrom b import c\n", []],
    ["not what becomes a member of a class", "a.py", "class A:\n    from a import b\n", []],
    ["not what a hidden module gives", "a.py", "from _a import b\ndef f(): pass\n", []],
  ],
};

for (const [smell, cases] of Object.entries(CASES))
  describe(smell, () => {
    for (const [what, path, text, expected] of cases)
      it(`is found: ${what}`, async () =>
        assert.deepEqual((await look(path, text, smell)).map(shownIn(text)), expected));
  });

describe("the fix of an unused import", () => {
  for (const [what, path, text, expected] of [
    ["the statement with its line", "a.js", 'import a from "a";\nb();\n', "b();\n"],
    ["the first name", "a.js", 'import { a, b } from "a";\nb();\n', 'import { b } from "a";\nb();\n'],
    ["the last name", "a.js", 'import { b, a } from "a";\nb();\n', 'import { b } from "a";\nb();\n'],
    ["the default", "a.js", 'import a, { b } from "a";\nb();\n', 'import { b } from "a";\nb();\n'],
    ["the names beside a default", "a.js", 'import b, { a } from "a";\nb();\n', 'import b from "a";\nb();\n'],
    ["one of several modules", "a.py", "import a, b\ndef f(): b()\n", "import b\ndef f(): b()\n"],
    [
      "one name in parentheses",
      "a.py",
      "from m import (a,\n    b)\ndef f(): b()\n",
      "from m import (b)\ndef f(): b()\n",
    ],
  ] as const)
    it(`takes out ${what}`, async () => {
      const [found] = await look(path, text, "unused-import");
      assert.equal(found?.fix?.kind, "edit");
      assert.equal(withChanges(text, found.fix.changes), expected);
    });

  it("is not there where a row would be left empty", async () => {
    const [found] = await look("a.py", "def f():\n    import a\ndef g(): pass\n", "unused-import");
    assert.deepEqual([found?.message, found?.fix], ['"a" is imported, but never used.', undefined]);
  });
});
