import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { marked, withParser } from "./marked.ts";
import { printed } from "./printed.ts";

const parse = withParser("javascript", "typescript", "python");

/** Programs in which a call seems to be there to be replaced. */
const TRAPS: readonly (readonly [string, string, string])[] = [
  ["mjs", "a parameter given back", "const f = (a) => a;\nconsole.log(«f»(1 + 2) * 2);\n"],
  [
    "mjs",
    "a condition given back",
    'const pick = (a) => a;\nconst x = true;\nconsole.log("v" + «pick»(x ? 1 : 2));\n',
  ],
  [
    "mjs",
    "an object given back",
    "function f(a) { return a; }\nconst g = () => «f»({ a: 1 });\nconsole.log(g());\n",
  ],
  ["mjs", "a function given back", "const f = (a) => a;\nconsole.log(«f»(() => 1)());\n"],
  [
    "mjs",
    "what is waited for given back",
    "const f = (a) => a;\nfunction* g() { console.log(«f»(yield 1) + 1); }\nconst it = g();\nit.next();\nit.next(5);\n",
  ],
  [
    "ts",
    "what is taken for another type",
    "const f = (a: { y: number }) => a;\nconsole.log(«f»({ y: 2 } as { y: number }).y);\n",
  ],
  ["py", "a parameter given back over lines", "def f(a):\n    return a\nx = «f»(1\n-2)\nprint(x)\n"],
  [
    "mjs",
    "the same names twice",
    "function «f»(a) { console.log(a, a); }\nf(Math.max(1, 2));\nf(Math.max(1, 3));\n",
  ],
  [
    "mjs",
    "a member that is called",
    "const o = { m() { return this === undefined; } };\nconst call = (fn) => fn();\nconsole.log(«call»(o.m));\n",
  ],
  [
    "mjs",
    "a member given back and called",
    "const o = { v: 1, m() { return this === o; } };\nconst f = () => o.m;\nconsole.log(«f»()());\n",
  ],
  [
    "mjs",
    "a member given back and removed",
    "const o = { a: 1 };\nconst f = () => o.a;\ndelete «f»();\nconsole.log(o);\n",
  ],
  [
    "mjs",
    "this in a function",
    "class A {\n  constructor() { this.n = 5; }\n  m() { return { n: 7, g: «wrap»(this) }.g(); }\n}\nfunction wrap(self) { return function () { return self.n; }; }\nconsole.log(new A().m());\n",
  ],
  [
    "mjs",
    "a list behind what goes",
    "const y = 1\nfunction «f»(a) { return a + 1 }\n[1, 2].forEach((x) => console.log(f(x)))\n",
  ],
  [
    "mjs",
    "a list in the place of a call",
    "const f = (a) => [1, 2].forEach((x) => console.log(x + a))\nconst y = 1\n«f»(y)\n",
  ],
  [
    "mjs",
    "a list behind a call",
    "function f(a) {\n  console.log(a)\n}\nconst y = 1;\n«f»(y);\n[1, 2].forEach((x) => console.log(x))\n",
  ],
  [
    "mjs",
    "a sign at the next line",
    "const f = (a) => {\n  console.log(a)\n}\n«f»(1)\n;[1].forEach((it) => console.log(it))\n",
  ],
  ["py", "what follows in its line", "def f(a):\n    if a:\n        print(a)\n\n«f»(0); print(2)\n"],
  ["py", "all of a block", "if True:\n    def «f»(a):\n        return a + 1\nprint(f(1))\n"],
  [
    "py",
    "closures of a loop",
    "fns = []\ndef f(a):\n    return lambda: a\nfor i in range(3):\n    fns.append(«f»(i))\nprint([g() for g in fns])\n",
  ],
  [
    "py",
    "closures of what each turn gives",
    "fns = []\ndef f(a):\n    return lambda: a\nfor i in range(3):\n    x = i * 2\n    fns.append(«f»(x))\nprint([g() for g in fns])\n",
  ],
  [
    "mjs",
    "a var for each call",
    "const fns = [];\nfunction f(i) {\n  var t = i * 2;\n  fns.push(() => t);\n}\nfor (const i of [1, 2]) {\n  «f»(i);\n}\nconsole.log(fns.map((it) => it()).join());\n",
  ],
  [
    "py",
    "members",
    "from enum import Enum\ndef f(a):\n    t = a + 1\n    return t\nclass C(Enum):\n    RED = «f»(1)\nprint(list(C))\n",
  ],
  [
    "py",
    "names of a class",
    "def f(a):\n    return [a for _ in range(2)]\nclass A:\n    x = 1\n    y = «f»(x)\nprint(A.y)\n",
  ],
  [
    "py",
    "nonlocal",
    "def f():\n    x = 0\n    def g():\n        nonlocal x\n        x += 1\n    g()\n    print(x)\n\n«f»()\n",
  ],
  [
    "py",
    "a name given in a value",
    "def f(a):\n    return (y := a + 1) * y\ny = 10\nprint(«f»(1))\nprint(y)\n",
  ],
  [
    "mjs",
    "a name beside, written short",
    "let t = 1;\nconst f = () => {\n  t = 5;\n  return 2;\n};\nconsole.log({ t, u: «f»() });\n",
  ],
  ["mjs", "an argument that writes", "let n = 0;\nconst f = (a) => n + a;\nconsole.log(«f»(n++));\n"],
  ["py", "a default with a name", 'n = 1\ndef f(a, b=f"{n}"):\n    return a + b\nn = 2\nprint(«f»("x"))\n'],
  [
    "mjs",
    "an object at the beginning",
    'const start = () => 1, stop = () => 2;\nfunction run(k) { return { start, stop }[k](); }\n«run»("start");\nconsole.log(1);\n',
  ],
  [
    "mjs",
    "a label of both",
    "function f() {\n  outer: for (;;) break outer;\n}\nouter: for (const a of [1]) {\n  «f»();\n  continue outer;\n}\nconsole.log(1);\n",
  ],
  [
    "mjs",
    "in, in a loop's head",
    'const o = { a: 1 };\nconst f = () => "a" in o;\nfor (let i = «f»(); i; i = false) console.log(i);\n',
  ],
  [
    "ts",
    "what looks like a type",
    "const f = (a: number, b: number) => a < b;\nconsole.log(«f»(1, 2) > (false as unknown as boolean));\n",
  ],
  [
    "py",
    "a text within a text",
    'def g(x):\n    return x + "!"\ndef f(a="x"):\n    return g(a)\nprint(f"{«f»()}")\n',
  ],
  [
    "mjs",
    "a chain",
    'const o = {};\nconst f = () => o?.b?.c.d;\ntry { console.log(«f»().e); } catch (e) { console.log("TypeError"); }\n',
  ],
  [
    "mjs",
    "an argument at a line's beginning",
    'const p = [1], q = [2], c = true;\nfunction f(a) {\n  console.log("x")\n  a.forEach((y) => console.log(y))\n}\n«f»(c ? p : q);\n',
  ],
  [
    "mjs",
    "an object before",
    'const f = (a) => { [a].forEach((x) => console.log(x)) }\nconst o = { a: 1 }\n«f»("ab")\n',
  ],
  [
    "mjs",
    "an object at the end",
    "const f = (a) => {\n  globalThis.q = { b: a }\n}\n«f»(1);\n[1].forEach((x) => console.log(x));\nconsole.log(q);\n",
  ],
  [
    "mjs",
    "an object before the value",
    "let q = 0;\nfunction f(a) {\n  const o = { b: a }\n  return [o, 2]\n}\n«f»(1).forEach((x) => console.log(x));\n",
  ],
  [
    "mjs",
    "a comment before",
    "const f = (a) => a\nconst x = 1 // c;\n«f»([1, 2]).forEach((y) => console.log(y))\n",
  ],
  [
    "mjs",
    "a comment before what goes",
    "const x = () => 1 // {\nfunction «f»(a) { return a + 1 }\n[1, 2].forEach((y) => console.log(f(y)))\n",
  ],
  ["py", "an argument over lines", "x = 2\ndef f(a):\n    t = a\n    print(t)\n«f»(1\n+ x)\n"],
  ["py", "texts over lines", 'def f(a):\n    t = a\n    print(t)\n«f»("a"\n        "b")\n'],
  [
    "py",
    "a name of each call in a loop",
    "def f(a):\n    if a:\n        t = 1\n    try:\n        print(t)\n    except UnboundLocalError:\n        print('u')\ndef g():\n    for z in [True, False]:\n        «f»(z)\ng()\n",
  ],
  [
    "py",
    "an argument that fails and is not used",
    "def f(a):\n    return 2\ntry:\n    print(«f»(1 / 0))\nexcept ZeroDivisionError:\n    print('z')\n",
  ],
];

describe("what looks like a call to replace", () => {
  for (const [ending, what, text] of TRAPS)
    it(`is replaced and prints the same, or is left (${ending}): ${what}`, () => {
      const name = `a.${ending}`;
      const after = marked(parse, `/p/${name}`).done("inline-function", text);
      if (/^[\w.-]+$/.test(after)) return;
      assert.equal(
        printed({ [name]: after }, name),
        printed({ [name]: text.replace(/[«»]/g, "") }, name),
        after,
      );
    });
});
