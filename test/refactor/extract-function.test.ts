import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { marked, withParser } from "./marked.ts";
import { printed } from "./printed.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const script = marked(parse, "/p/a.mjs");
const python = marked(parse, "/p/a.py");
const typed = marked(parse, "/p/a.ts");

describe("extract-function in JavaScript", () => {
  script.table("extract-function", "g", [
    [
      "takes statements out, and gives them what they use",
      "function f(a) {\n  const b = 1;\n  «log(a);\n  log(b);»\n}\n",
      "function f(a) {\n  const b = 1;\n  g(a, b);\n}\n\nfunction g(a, b) {\n  log(a);\n  log(b);\n}\n",
    ],
    [
      "takes an expression out",
      "function f(a) {\n  return «a * 2» + 1;\n}\n",
      "function f(a) {\n  return g(a) + 1;\n}\n\nfunction g(a) {\n  return a * 2;\n}\n",
    ],
    [
      "gives back what is declared in it",
      "function f() {\n  «const a = 1;»\n  return a;\n}\n",
      "function f() {\n  const a = g();\n  return a;\n}\n\nfunction g() {\n  const a = 1;\n  return a;\n}\n",
    ],
    [
      "gives back several",
      "function f() {\n  «const a = 1;\n  let b = 2;»\n  return a + b;\n}\n",
      "function f() {\n  let { a, b } = g();\n  return a + b;\n}\n\nfunction g() {\n  const a = 1;\n  let b = 2;\n  return { a, b };\n}\n",
    ],
    [
      "gives back what it changes",
      "function f(a) {\n  «a += 1;»\n  return a;\n}\n",
      "function f(a) {\n  a = g(a);\n  return a;\n}\n\nfunction g(a) {\n  a += 1;\n  return a;\n}\n",
    ],
    [
      "gives back what it changes and what it declares",
      "function f(a) {\n  «a += 1;\n  const b = a;»\n  return a + b;\n}\n",
      "function f(a) {\n  let b;\n  ({ a, b } = g(a));\n  return a + b;\n}\n\nfunction g(a) {\n  a += 1;\n  const b = a;\n  return { a, b };\n}\n",
    ],
    [
      "returns with it",
      "function f(a) {\n  log(a);\n  «if (a) return 1;\n  return 2;»\n}\n",
      "function f(a) {\n  log(a);\n  return g(a);\n}\n\nfunction g(a) {\n  if (a) return 1;\n  return 2;\n}\n",
    ],
    [
      "waits for it",
      "async function f(a) {\n  «await a;»\n}\n",
      "async function f(a) {\n  await g(a);\n}\n\nasync function g(a) {\n  await a;\n}\n",
    ],
    [
      "puts waiting in parentheses",
      "async function f(a) {\n  return («await a»).b;\n}\n",
      "async function f(a) {\n  return (await g(a)).b;\n}\n\nasync function g(a) {\n  return await a;\n}\n",
    ],
    [
      "makes a generator",
      "function* f(a) {\n  «yield a;»\n}\n",
      "function* f(a) {\n  yield* g(a);\n}\n\nfunction* g(a) {\n  yield a;\n}\n",
    ],
    [
      "makes a method of what is about this",
      "class A {\n  m(a) {\n    «this.b = a;»\n  }\n}\n",
      "class A {\n  m(a) {\n    this.g(a);\n  }\n\n  g(a) {\n    this.b = a;\n  }\n}\n",
    ],
    [
      "declares what it only gives a value",
      "function f(a) {\n  let b;\n  if (a) {\n    «b = a;»\n    log(b);\n  }\n}\n",
      "function f(a) {\n  let b;\n  if (a) {\n    b = g(a);\n    log(b);\n  }\n}\n\nfunction g(a) {\n  let b;\n  b = a;\n  return b;\n}\n",
    ],
    [
      "gives back a var beside what is none",
      "function f(a) {\n  «var b = 1;\n  const c = 2;\n  a++;»\n  return a + b + c;\n}\n",
      "function f(a) {\n  var b;\n  let c;\n  ({ b, c, a } = g(a));\n  return a + b + c;\n}\n\nfunction g(a) {\n  var b = 1;\n  const c = 2;\n  a++;\n  return { b, c, a };\n}\n",
    ],
    [
      "leaves parentheses that are of no use",
      "function f(a) {\n  return a * «(a + 1)»;\n}\n",
      "function f(a) {\n  return a * g(a);\n}\n\nfunction g(a) {\n  return a + 1;\n}\n",
    ],
    [
      "takes a text that is no directive",
      'log(0);\n«log(1);\n"a";»\n',
      'log(0);\ng();\n\nfunction g() {\n  log(1);\n  "a";\n}\n',
    ],
    ["takes no directive", '«"a";\nlog(1);»\n', "extract-function.bound"],
    ["takes nothing that ends the file", "«return;»\n", "extract-function.return"],
    ["takes no this of a function", "function f() {\n  «this.a = 1;»\n}\n", "extract-function.this"],
    ["takes no super", "class A extends B {\n  m() {\n    «super.m();»\n  }\n}\n", "extract-function.bound"],
    ["takes no arguments", "function f() {\n  «log(arguments);»\n}\n", "extract-function.bound"],
    [
      "goes on where it did not return, and returns what it would have",
      "function f(a) {\n  «if (a) return 1;»\n  return 2;\n}\n",
      "function f(a) {\n  const returned = g(a);\n  if (returned) return returned.value;\n  return 2;\n}\n\nfunction g(a) {\n  if (a) return { value: 1 };\n  return undefined;\n}\n",
    ],
    [
      "returns where it returned without a value",
      "function f(a) {\n  «if (a) return;\n  log(a);»\n  log(2);\n}\n",
      "function f(a) {\n  if (g(a)) return;\n  log(2);\n}\n\nfunction g(a) {\n  if (a) return true;\n  log(a);\n  return false;\n}\n",
    ],
    [
      "takes no return that may not be beside a value that is used",
      "function f(a) {\n  «if (a) return 1;\n  const b = 2;»\n  return b;\n}\n",
      "extract-function.return",
    ],
    [
      "takes no jump to a loop around",
      "for (const a of b) {\n  «if (a) break;»\n}\n",
      "extract-function.jump",
    ],
    [
      "takes a loop with its own jumps",
      "«for (const a of b) if (a) break;»\n",
      "g();\n\nfunction g() {\n  for (const a of b) if (a) break;\n}\n",
    ],
    [
      "takes nothing that a closure changes",
      "function f() {\n  let a = 0;\n  const h = () => a++;\n  «log(a);\n  h();»\n  return a;\n}\n",
      "extract-function.shared",
    ],
    [
      "takes nothing that is used before",
      "function f() {\n  h();\n  «function h() {}»\n  h();\n}\n",
      "extract-function.before",
    ],
    [
      "takes no value given in an expression",
      "function f(a) {\n  return «(a = 1)» + a;\n}\n",
      "extract-function.value",
    ],
    [
      "takes no half of a statement",
      "function f(a) {\n  «log(a);\n  lo»g(a);\n}\n",
      "extract-function.selection",
    ],
    ["takes no name that is there", "function g() {}\n«log(1);»\n", "name.taken"],
    [
      "moves the lines of a template nowhere",
      "function f(a) {\n    if (a) {\n        «log(`\n  x`);»\n    }\n}\n",
      "function f(a) {\n    if (a) {\n        g();\n    }\n}\n\nfunction g() {\n    log(`\n  x`);\n}\n",
    ],
    [
      "writes as the file does",
      "const a = 1\nfunction f() {\n\t«log(a)»\n}\n",
      "const a = 1\nfunction f() {\n\tg()\n}\n\nfunction g() {\n\tlog(a)\n}\n",
    ],
    [
      "keeps carrying through a loop",
      "function f(a) {\n  let n = 0;\n  while (n < 3) {\n    «n += 1;\n    log(n);»\n  }\n}\n",
      "function f(a) {\n  let n = 0;\n  while (n < 3) {\n    n = g(n);\n  }\n}\n\nfunction g(n) {\n  n += 1;\n  log(n);\n  return n;\n}\n",
    ],
  ]);
});

describe("extract-function in TypeScript", () => {
  typed.table("extract-function", "g", [
    [
      "writes the types that are written",
      "function f(a: string, b?: number) {\n  const c = new Set<string>();\n  «log(a, b, c);»\n}\n",
      "function f(a: string, b?: number) {\n  const c = new Set<string>();\n  g(a, b, c);\n}\n\nfunction g(a: string, b: (number) | undefined, c: Set<string>) {\n  log(a, b, c);\n}\n",
    ],
    [
      "gives what a function that is the whole file has",
      "function f(a: number) { «log(a);» }",
      "function f(a: number) { g(a); }\n\nfunction g(a: number) {\n  log(a);\n}",
    ],
    [
      "gives numbers and texts that are only reckoned with",
      'function f(a: number) {\n  const b = 2;\n  const c = "c";\n  const d = 4;\n  «log(a + b + c, d);»\n}\n',
      'function f(a: number) {\n  const b = 2;\n  const c = "c";\n  const d = 4;\n  g(a, b, c, d);\n}\n\nfunction g(a: number, b: number, c: string, d: 4) {\n  log(a + b + c, d);\n}\n',
    ],
    [
      "takes no two types of one name",
      "function f<T>(a: T) {\n  function h<T>(b: T) {\n    «log(a, b);»\n  }\n}\n",
      "extract-function.type",
    ],
    [
      "declares type parameters anew",
      "function f<T extends object>(a: T[]) {\n  «log(a);»\n}\n",
      "function f<T extends object>(a: T[]) {\n  g<T>(a);\n}\n\nfunction g<T extends object>(a: T[]) {\n  log(a);\n}\n",
    ],
    [
      "takes no type of its function",
      "function f() {\n  type T = string;\n  «const a: T = '';\n  log(a);»\n}\n",
      "extract-function.type",
    ],
    [
      "makes a private method",
      "class A {\n  b = 1;\n  m(a: number) {\n    «this.b = a;»\n  }\n}\n",
      "class A {\n  b = 1;\n  m(a: number) {\n    this.g(a);\n  }\n\n  private g(a: number) {\n    this.b = a;\n  }\n}\n",
    ],
  ]);
});

describe("extract-function in Python", () => {
  python.table("extract-function", "g", [
    [
      "takes statements out",
      "import os\n\n\n# About f.\ndef f(a):\n    b = 1\n    «log(a)\n    log(b)»\n",
      "import os\n\n\ndef g(a, b):\n    log(a)\n    log(b)\n\n\n# About f.\ndef f(a):\n    b = 1\n    g(a, b)\n",
    ],
    [
      "takes an expression out",
      "def f(a):\n    return «a * 2» + 1\n",
      "def g(a):\n    return a * 2\n\n\ndef f(a):\n    return g(a) + 1\n",
    ],
    [
      "puts lines in parentheses",
      "def f(a):\n    return (1 +\n            «a *\n            2»)\n",
      "def g(a):\n    return (a *\n    2)\n\n\ndef f(a):\n    return (1 +\n            g(a))\n",
    ],
    [
      "gives back several",
      "def f(a):\n  «b = a\n  c = b»\n  return b + c\n",
      "def g(a):\n  b = a\n  c = b\n  return b, c\n\n\ndef f(a):\n  b, c = g(a)\n  return b + c\n",
    ],
    [
      "gives self",
      "class A:\n    def f(self):\n        «self.a = 1»\n",
      "def g(self):\n    self.a = 1\n\n\nclass A:\n    def f(self):\n        g(self)\n",
    ],
    [
      "waits for it",
      "async def f(a):\n    b = 1 + «await a»\n",
      "async def g(a):\n    return await a\n\n\nasync def f(a):\n    b = 1 + (await g(a))\n",
    ],
    [
      "hands on what it yields",
      "def f(a):\n    b = 0\n    «b += yield a»\n    yield b\n",
      "def g(b, a):\n    b += yield a\n    return b\n\n\ndef f(a):\n    b = 0\n    b = yield from g(b, a)\n    yield b\n",
    ],
    [
      "takes nothing that may have no value",
      "def f(a):\n    if a:\n        b = 1\n    «log(b)»\n",
      "extract-function.unset",
    ],
    [
      "knows branches",
      "def f(a):\n    if a:\n        b = 1\n    else:\n        b = 2\n    «log(b)»\n",
      "def g(b):\n    log(b)\n\n\ndef f(a):\n    if a:\n        b = 1\n    else:\n        b = 2\n    g(b)\n",
    ],
    [
      "gives back nothing that may have no value",
      "def f(a):\n    «if a:\n        b = 1»\n    return b\n",
      "extract-function.unset",
    ],
    ["takes no super", "class A(B):\n    def f(self):\n        «super().f()»\n", "extract-function.bound"],
    [
      "takes no name that a class changes",
      "class A:\n    def f(self):\n        «log(self.__a)»\n",
      "extract-function.bound",
    ],
    ["takes no body of a class", "class A:\n    «a = 1»\n", "extract-function.class"],
    ["takes no global", "a = 0\ndef f():\n    global a\n    «a = 1»\n", "extract-function.global"],
    [
      "goes on where it did not return, and returns what it would have",
      "def f(a):\n    «if a:\n        return 1»\n    return 2\n",
      "def g(a):\n    if a:\n        return (1,)\n    return None\n\n\ndef f(a):\n    returned = g(a)\n    if returned is not None:\n        return returned[0]\n    return 2\n",
    ],
    [
      "keeps what the file declares",
      "«a = 1\nb = 2»\nlog(a)\n",
      "def g():\n    a = 1\n    b = 2\n    return a, b\n\n\na, b = g()\nlog(a)\n",
    ],
    [
      "takes nothing that a function of the file sees change",
      "a = 1\ndef f(): return a\n«a += 1\nlog(f())»\n",
      "extract-function.shared",
    ],
    [
      "takes no value from the turn before",
      "def f(b):\n    for a in b:\n        «if a: log(old)\n        old = a»\n",
      "extract-function.unset",
    ],
    [
      "keeps carrying through a loop",
      "def f(b):\n    n = 0\n    for a in b:\n        «n += a\n        log(n)»\n",
      "def g(n, a):\n    n += a\n    log(n)\n    return n\n\n\ndef f(b):\n    n = 0\n    for a in b:\n        n = g(n, a)\n",
    ],
    [
      "moves the lines of a text nowhere",
      'def f():\n    if 1:\n        «log("""\n  x""")»\n',
      'def g():\n    log("""\n  x""")\n\n\ndef f():\n    if 1:\n        g()\n',
    ],
    [
      "takes what a comprehension has",
      "def f(b):\n    return [«a * 2» for a in b]\n",
      "def g(a):\n    return a * 2\n\n\ndef f(b):\n    return [g(a) for a in b]\n",
    ],
  ]);
});

/** Programs that must print the same, with whether something is to come of it. */
const PROGRAMS: readonly (readonly [string, string, "done" | "refused"])[] = [
  [
    "a shadowed name",
    "const a = 1;\nfunction f() {\n  const a = 2;\n  {\n    «console.log(a);»\n  }\n}\nf();\n",
    "done",
  ],
  [
    "a loop's variable in closures",
    "const all = [];\nfor (let i = 0; i < 3; i++) {\n  «all.push(() => i);»\n}\nconsole.log(all.map((it) => it()).join());\n",
    "done",
  ],
  [
    "a variable of all turns in closures",
    "const all = [];\nfor (var i = 0; i < 3; i++) {\n  «all.push(() => i);»\n}\nconsole.log(all.map((it) => it()).join());\n",
    "done",
  ],
  [
    "one of all turns, in a function",
    "function f() {\n  const all = [];\n  for (var i = 0; i < 3; i++) {\n    «all.push(() => i);»\n  }\n  return all;\n}\nconsole.log(f().map((it) => it()).join());\n",
    "refused",
  ],
  [
    "a sum",
    "function f(list) {\n  let sum = 0;\n  for (const it of list) {\n    «const twice = it * 2;\n    sum += twice;»\n  }\n  return sum;\n}\nconsole.log(f([1, 2, 3]));\n",
    "done",
  ],
  [
    "var from the turn before",
    "function f() {\n  for (let i = 0; i < 3; i++) {\n    «if (i > 0) console.log(old);\n    var old = i;»\n  }\n}\nf();\n",
    "refused",
  ],
  [
    "let without a value",
    "function f(a) {\n  let b;\n  «if (a) b = 1;»\n  return b;\n}\nconsole.log(f(0), f(1));\n",
    "done",
  ],
  [
    "destructuring",
    "function f(a) {\n  let b, c;\n  «[b, c] = a;»\n  return b + c;\n}\nconsole.log(f([1, 2]));\n",
    "done",
  ],
  [
    "a function with a function in it",
    "function f(a) {\n  «const add = (b) => a + b;\n  console.log(add(1));»\n}\nf(1);\n",
    "done",
  ],
  [
    "recursion inside",
    "function f() {\n  «const go = (n) => (n ? go(n - 1) : 7);»\n  return go(3);\n}\nconsole.log(f());\n",
    "done",
  ],
  [
    "a constant of a closure declared behind",
    "function f() {\n  «setTimeout(() => console.log(later));»\n  const later = 1;\n}\nf();\n",
    "refused",
  ],
  [
    "an inner class",
    "function f() {\n  «class A { b = 1 }\n  const c = new A();»\n  console.log(c.b, new A().b);\n}\nf();\n",
    "done",
  ],
  [
    "try and throw",
    "function f(a) {\n  try {\n    «if (a) throw new Error('x');\n    console.log('no');»\n  } catch (e) {\n    console.log(e.message);\n  }\n}\nf(0); f(1);\n",
    "done",
  ],
  [
    "a label within",
    "function f() {\n  «a: for (const b of [1, 2]) {\n    for (;;) { console.log(b); continue a; }\n  }»\n}\nf();\n",
    "done",
  ],
  [
    "sums of generators",
    "function* f() {\n  let n = 1;\n  «n += yield n;»\n  yield n;\n}\nconst it = f();\nconsole.log(it.next().value, it.next(4).value);\n",
    "done",
  ],
  [
    "asynchronous loops",
    "async function f(a) {\n  let n = 0;\n  «for await (const b of a) n += b;»\n  return n;\n}\nf([1, 2]).then((it) => console.log(it));\n",
    "done",
  ],
  ["an object literal's this", "const a = { b: 1, m() { «console.log(this.b);» } };\na.m();\n", "refused"],
  [
    "private members",
    "class A {\n  #b = 1;\n  m() {\n    «this.#b += 1;\n    const c = this.#b;»\n    return c;\n  }\n}\nconsole.log(new A().m());\n",
    "done",
  ],
  [
    "this in an arrow function",
    "class A {\n  b = 2;\n  m(list) {\n    return list.map((it) => {\n      «const c = it * this.b;»\n      return c;\n    });\n  }\n}\nconsole.log(new A().m([1, 2]).join());\n",
    "done",
  ],
];

describe("a program prints the same when a function is extracted", () => {
  for (const [what, text, wanted] of PROGRAMS)
    it(`${what}: ${text.replace(/\s+/g, " ")}`, () => {
      const after = script.done("extract-function", text, "g");
      assert.equal(/^[\w.-]+$/.test(after) ? "refused" : "done", wanted, after);
      if (wanted === "refused") return;
      const before = text.replace(/[«»]/g, "");
      assert.equal(printed({ "a.mjs": after }, "a.mjs"), printed({ "a.mjs": before }, "a.mjs"), after);
    });
});
