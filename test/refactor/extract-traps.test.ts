import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { marked, withParser } from "./marked.ts";
import { printed } from "./printed.ts";

const parse = withParser("javascript", "typescript", "python");

/** Programs in which a function seems to be there to be taken out. */
const TRAPS: readonly (readonly [string, string, string])[] = [
  [
    "mjs",
    "a function that has its name from where it stands, in parentheses",
    "const y = «(() => 1)»;\nconsole.log(y.name);\n",
  ],
  [
    "mjs",
    "a value given before a failure",
    "function f(h) { let n = 0; try { «n += 1; h();» } catch { console.log(n); } }\nf(() => { throw 1; });\n",
  ],
  [
    "mjs",
    "a value seen by finally",
    "function f() { let n = 0; try { «n = 1; return n;» } finally { console.log(n); } }\nf();\n",
  ],
  [
    "mjs",
    "a generator that is ended",
    "function* f() { let n = 0; try { «n += 1; yield n;» } finally { console.log(n); } }\nfor (const x of f()) break;\n",
  ],
  [
    "mjs",
    "a function that calls itself",
    "function f() { const fact = «(n) => (n ? n * fact(n - 1) : 1)»; return fact(4); }\nconsole.log(f());\n",
  ],
  [
    "mjs",
    "a value about its own name",
    "function on(g) { return g; }\nfunction f() { const off = on(«[() => off]»); return off[0]() === off; }\nconsole.log(f());\n",
  ],
  [
    "mjs",
    "a function below that has what is declared",
    "«const a = 1;\nconsole.log(h());»\nfunction h() { return a; }\n",
  ],
  [
    "mjs",
    "a name that may have no value yet",
    "function f() { h(false); const k = 1; h(true); function h(x) { «if (x) console.log(k);» } }\nf();\n",
  ],
  [
    "mjs",
    "a name of another case",
    "function f(a, z) { switch (a) { case 0: let k = 1; case 1: { «if (z) console.log(k);» } } }\nf(1, 0); f(0, 1);\n",
  ],
  [
    "mjs",
    "a var of all turns",
    "function f() { const all = []; for (let i = 0; i < 3; i++) { var j = i; «all.push(() => j);» } console.log(all.map((h) => h()).join()); }\nf();\n",
  ],
  [
    "mjs",
    "a var of all turns, declared",
    "let h;\nfor (let i = 0; i < 2; i++) { «var y = i; if (h) console.log(h());» h = () => y; }\n",
  ],
  ["mjs", "a var declared again", "function f(a) { «var a = 2;» return a; }\nconsole.log(f(1));\n"],
  [
    "mjs",
    "a const beside a var",
    "function f(a) { { «const a = 1; var b = 2;» console.log(a, b); } return a; }\nconsole.log(f(7));\n",
  ],
  [
    "mjs",
    "a class that is changed",
    "«class A { m() { return 1; } }»\nA = Object.assign(A, { x: 1 });\nconsole.log(A.x);\n",
  ],
  [
    "mjs",
    "an object before",
    "function f(a, b) {\n  const o = { x: 1 }\n  «a += 1\n  b += a»\n  return a + b + o.x\n}\nconsole.log(f(1, 2))\n",
  ],
  [
    "mjs",
    "parentheses behind",
    "const a = 1\nconst b = 2\nfunction f() {\n  «console.log(a);»\n  (function () { console.log(b) })();\n}\nf()\n",
  ],
  [
    "mjs",
    "a promise that fails in a try",
    "async function f() { try { «await 1; return Promise.reject(new Error('x'));» } catch { return 'caught'; } }\nf().then(console.log, () => console.log('rejected'));\n",
  ],
  [
    "mjs",
    "a generator that waits",
    "async function* f() { «try { yield Promise.reject(new Error('x')); } catch (e) { console.log('caught'); }» }\nf().next().then(() => {}, () => console.log('out'));\n",
  ],
  [
    "mjs",
    "a private member of the class itself",
    "class A { static #count = 0; static create() { «A.#count++; return new this();» } }\nclass B extends A {}\nconsole.log(B.create() instanceof B);\n",
  ],
  [
    "mjs",
    "what is called on its object",
    "function f(o) { return («o.m»)(); }\nconsole.log(f({ m() { return this !== undefined; } }));\n",
  ],
  ["mjs", "what is removed", "function f(o) { delete («o.a»); return o; }\nconsole.log(f({ a: 1 }));\n"],
  ["mjs", "a name that may not be there", "console.log(typeof («undeclared»));\n"],
  ["mjs", "what is given a value", "function f(o) { («o.a») = 2; return o; }\nconsole.log(f({ a: 1 }));\n"],
  [
    "mjs",
    "a key that is about this",
    "class A { k = 'z'; m() { return «{ [this.k]() { return 1; } }»; } }\nconsole.log(Object.keys(new A().m()).join());\n",
  ],
  [
    "mjs",
    "a head's closure",
    "let set;\nfor (let i = 0; set = () => { i = 9; }, i < 3; i++) { «set(); console.log(i);» }\n",
  ],
  ["mjs", "the name of a function", "const f = «() => 1»;\nconsole.log(f.name);\n"],
  [
    "ts",
    "what is surely there",
    "function f(o: { m(): boolean }) { return «o.m»!(); }\nconsole.log(f({ m() { return this !== undefined; } }));\n",
  ],
  [
    "py",
    "a value given before a failure",
    "def f(h):\n    n = 0\n    try:\n        «n += 1\n        h()»\n    except ZeroDivisionError:\n        print(n)\nf(lambda: 1 / 0)\n",
  ],
  [
    "py",
    "a value given before a failure, at the top",
    "n = 0\ntry:\n    «n = 1\n    1 / 0»\nexcept ZeroDivisionError:\n    print(n)\n",
  ],
  [
    "py",
    "what suppresses failures",
    "from contextlib import suppress\ndef f():\n    n = 0\n    with suppress(ZeroDivisionError):\n        «n += 1\n        n / 0»\n    print(n)\nf()\n",
  ],
  [
    "py",
    "a function that calls itself",
    "def f():\n    fact = «lambda n: n * fact(n - 1) if n else 1»\n    return fact(4)\nprint(f())\n",
  ],
  [
    "py",
    "a name of all turns",
    "def f():\n    all = []\n    for i in range(3):\n        j = i * 2\n        «all.append(lambda: j)»\n    print([h() for h in all])\nf()\n",
  ],
  [
    "py",
    "a break behind a loop",
    "def f():\n    for a in [1, 2]:\n        «for c in [3]:\n            print(c)\n        else:\n            break»\n    print(a)\nf()\n",
  ],
  [
    "py",
    "a name of the other branch",
    "def f(c, d):\n    if c:\n        «if d: print(x)»\n        x = 1\n    else:\n        x = 2\n    return x\nprint(f(True, False))\n",
  ],
  ["py", "a name in its own value", "def f(c):\n    x = «0 if c else x»\n    return x\nprint(f(True))\n"],
  [
    "py",
    "a name of a loop without turns",
    "def f():\n    for x in []: pass\n    else:\n        «if False: print(x)»\nf()\n",
  ],
  [
    "py",
    "the name of a caught failure",
    "def f(b):\n    e = 3\n    «try:\n        1 / b\n    except ZeroDivisionError as e:\n        print(e)»\n    if b: return e\nprint(f(1), f(0))\n",
  ],
  ["py", "a name that was removed", "def f(c):\n    a = 1\n    del a\n    «if c: print(a)»\nf(False)\n"],
  [
    "py",
    "a generator that waits",
    "import asyncio\nasync def f():\n    «yield 1»\nasync def main():\n    async for a in f(): print(a)\nasyncio.run(main())\n",
  ],
  [
    "py",
    "a waiting generator in a function that does not",
    "async def a():\n    yield 1\ndef f():\n    return «(x async for x in a())»\nprint(type(f()).__name__)\n",
  ],
  ["cjs", "the end of a file", "«return;»\nconsole.log(1);\n"],
  [
    "cjs",
    "a value that ends a file",
    "console.log(0);\n«if (1 < 2) return 1;\nelse return 2;»\nconsole.log(1);\n",
  ],
  [
    "cjs",
    "a text that would be a directive",
    'function f() { console.log(1); «"use strict"; console.log(this === undefined);» }\nf();\n',
  ],
  [
    "cjs",
    "a text that is no directive",
    'function f() { «console.log(1); "use strict"; n = 2;» }\nf();\nconsole.log(n);\n',
  ],
  [
    "cjs",
    "a directive behind another",
    '"a";\n«"use strict";\nconsole.log((function () { return this; })() === undefined);»\n',
  ],
  [
    "cjs",
    "a var beside a let in a loop",
    "for (let i = 0; i < 2; i++) { «var a = i;\nlet b = a + 1;» console.log(a, b); }\nconsole.log(a);\n",
  ],
  [
    "cjs",
    "a var that is there before",
    "function f(n) { console.log(a); «var a = 1;\nlet b = 2;\nn++;» console.log(a, b, n); }\nf(1);\n",
  ],
  [
    "mjs",
    "a static method that is taken from its class",
    "class A { static m(a) { return «a + 1»; } }\nconst { m } = A;\nconsole.log(m(1));\n",
  ],
  [
    "mjs",
    "a class that is another later",
    "let A = class B { static m(a) { return «a + 1»; } };\nconst { m } = A;\nA = undefined;\nconsole.log(m(1));\n",
  ],
  [
    "mjs",
    "a class whose name is another within",
    "class A { static m(A) { return «A + 1»; } }\nconsole.log(A.m(1));\n",
  ],
  [
    "mjs",
    "parentheses with a comma",
    "const f = (a) => «(console.log(a), a + 1)» * 2;\nconsole.log(f(2));\n",
  ],
  ["mjs", "parentheses over lines", "const f = (a) => «(\n  a + 1\n)» * 2;\nconsole.log(f(2));\n"],
  ["py", "everything of a module", "«from math import *\nprint(pi)»\n"],
  ["py", "the first line", "#!/usr/bin/env python3\nprint(«1 + 2»)\n"],
];

describe("what looks like a function", () => {
  for (const [ending, what, text] of TRAPS)
    it(`is taken out and prints the same, or is left (${ending}): ${what}`, () => {
      const name = `a.${ending}`;
      const after = marked(parse, `/p/${name}`).done("extract-function", text, "g");
      if (/^[\w.-]+$/.test(after)) return;
      const before = text.replace(/[«»]/g, "");
      assert.equal(printed({ [name]: after }, name), printed({ [name]: before }, name), after);
      if (before.startsWith("#!")) assert.ok(after.startsWith("#!"), after);
    });
});
