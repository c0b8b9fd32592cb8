import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { withChanges } from "../../src/text/changes.ts";
import { withParser } from "./marked.ts";
import { printed } from "./printed.ts";

const parse = withParser("javascript", "typescript", "python");

/** Programs that look as if something could be put elsewhere: file, refactoring, text with marks, options. */
const TRAPS: readonly (readonly [string, string, string, Options?])[] = [
  ["a.py", "extract-variable", "def f(t: int, c: int):\n    return «t / c» if c else 0.0\nprint(f(1, 0))\n"],
  ["a.py", "extract-variable", "def f(n: int):\n    return n > 0 and «10 % n»\nprint(f(0))\n"],
  ["a.py", "extract-constant", "def f(a: int, b: int):\n    return a > 1 or «a % b» == 1\nprint(f(2, 0))\n"],
  [
    "a.py",
    "extract-constant",
    "def f():\n    try:\n        return «1 / 0»\n    except ZeroDivisionError:\n        return 'z'\nprint(f())\n",
  ],
  [
    "a.py",
    "extract-constant",
    "def f(t: int, c: int):\n    if c:\n        return «t / c»\nprint(f(1, 0))\n",
    { scope: "function f" },
  ],
  [
    "a.py",
    "extract-variable",
    "def log():\n    print('x')\n    return 1\ndef f(n: int):\n    try:\n        return log() + «10 // n»\n    except ZeroDivisionError:\n        print('z')\nf(0)\n",
  ],
  [
    "a.py",
    "inline-variable",
    "def f(a: int, b: int):\n    try:\n        «x» = a / b\n        print('hi')\n        return x\n    except ZeroDivisionError:\n        return 'z'\nprint(f(1, 0))\n",
  ],
  [
    "a.py",
    "inline-variable",
    "def f(a: int, b: int):\n    «x» = a / b\n    return x if b else 0\ntry:\n    print(f(1, 0))\nexcept ZeroDivisionError:\n    print('z')\n",
  ],
  [
    "a.py",
    "extract-variable",
    "def f(name: str = None):\n    return «'Hi ' + name» if name else 'Hi'\nprint(f())\n",
  ],
  [
    "a.py",
    "extract-variable",
    "from dataclasses import dataclass, field\n@dataclass\nclass A:\n    ttl: int = field(default_factory=lambda: «60 * 60»)\nprint(A())\n",
  ],
  [
    "a.py",
    "extract-constant",
    "class A:\n    m = property(lambda self: «'a' + 'b'»)\nprint(A().m)\n",
    { scope: "enclosing" },
  ],
  [
    "a.py",
    "extract-variable",
    "def f(a: int):\n    if a:\n        n = 5\n    return «n» if a else 0\nprint(f(0))\n",
  ],
  [
    "a.py",
    "extract-constant",
    "try:\n    import foo_x as F\n    HAS = True\nexcept ImportError:\n    F = None\ndef g():\n    return «HAS»\nprint(1)\n",
  ],
  [
    "a.py",
    "extract-constant",
    "import sys\nif len(sys.argv) > 5:\n    N = 5\ndef f():\n    return «N + 1»\nprint(1)\n",
  ],
  [
    "a.mjs",
    "extract-variable",
    "function f(x) { return typeof x === 'bigint' ? «x + 1n» : x + 1 }\nconsole.log(f(1));\n",
  ],
  [
    "a.mjs",
    "extract-variable",
    "function f(q) { switch (q) { case 0: let n = 5; break; default: { const g = () => «n + 1»; console.log('d') } } }\nf(1);\n",
  ],
  [
    "a.cjs",
    "extract-variable",
    "function f(a) { const g = () => «a + 1»; arguments[0] = 9; return g }\nconsole.log(f(1)());\n",
  ],
  [
    "a.mjs",
    "extract-constant",
    "import self from './a.mjs';\nconsole.log(self());\nexport default function () { return «5 + 1» }\n",
  ],
  ["a.cjs", "extract-constant", "console.log(f());\nlbl: l2: function f() { return «5 + 1» }\n"],
  [
    "a.cjs",
    "extract-constant",
    "function f(o) { with (o) { console.log(z, «5 + 1») } }\nf({ z: 1, value: 2 });\n",
  ],
  [
    "a.cjs",
    "extract-function",
    "function f(o) { with (o) { «console.log(z)» } }\nf({ z: 1 });\n",
    { scope: "enclosing" },
  ],
  [
    "a.mts",
    "extract-function",
    "class E2 extends Error { constructor(code: number) { super(«'code ' + code»); } }\nconsole.log(new E2(1).message);\n",
    { scope: "class" },
  ],
  [
    "a.mjs",
    "extract-function",
    "class A {}\nclass B extends A { constructor(a = «1 + 2») { super(); this.a = a; } }\nconsole.log(new B());\n",
    { scope: "class" },
  ],
  [
    "a.mjs",
    "extract-function",
    "function f(a = «1 + 2») { return a }\nconsole.log(f());\n",
    { scope: "enclosing" },
  ],
  [
    "a.mjs",
    "extract-function",
    "const f = ({ a = «1 + 2» } = {}) => { return a };\nconsole.log(f());\n",
    { scope: "enclosing" },
  ],
  [
    "a.mjs",
    "extract-function",
    "class A { [«'a' + 'b'»]() { return 1 } }\nconsole.log(new A().ab());\n",
    { scope: "class" },
  ],
  [
    "a.mjs",
    "extract-function",
    "class A { static m() { return «1 + 1» } }\nconsole.log(A.m());\n",
    { scope: "class", name: "prototype" },
  ],
  [
    "a.mts",
    "inline-variable",
    "const o = { n: 1, f() { return this === o } };\nconst { «f» } = o;\nconsole.log(f!());\n",
  ],
  [
    "a.mts",
    "inline-variable",
    "const o = { n: 1, f() { return this === o } };\nconst «f» = o.f;\nconsole.log((f as Function)());\n",
  ],
  [
    "a.mjs",
    "inline-variable",
    "const o = { n: 1, f() { return this === o } };\nconst { «f» } = o;\nconsole.log((f)());\n",
  ],
  [
    "a.mjs",
    "inline-variable",
    "const f = () => ({ ns: { B: class { x = 1 } } });\nconst { «ns» } = f();\nconsole.log(new ns.B().x);\n",
  ],
];

describe("what looks as if it could be put elsewhere prints the same", () => {
  for (const [file, id, marked, options = {}] of TRAPS)
    it(`${id}: ${marked.replace(/\s+/g, " ")}`, () => {
      const [from, end] = [marked.indexOf("«"), marked.indexOf("»") - 1];
      const text = marked.replace(/[«»]/g, "");
      const request = { file: { path: `/p/${file}`, text }, from, to: end, others: [] };
      const plan = planned(id, request, options, parse);
      if (plan.kind === "refused") return;
      const after = withChanges(text, plan.files[0]?.changes ?? []);
      assert.equal(printed({ [file]: after }, file), printed({ [file]: text }, file), after);
    });

  it("and a function's overloads stay with it", () => {
    const text =
      "export function f(a: string): number;\nexport function f(a: unknown): number { return 5 + 1 }\n";
    const from = text.indexOf("5 + 1");
    const request = { file: { path: "/p/a.ts", text }, from, to: from + 5, others: [] };
    const plan = planned("extract-constant", request, { name: "SIX" }, parse);
    assert.ok(plan.kind === "plan");
    assert.match(
      withChanges(text, plan.files[0]?.changes ?? []),
      /^const SIX = 5 \+ 1;\nexport function f\(a: string/,
    );
  });
});
