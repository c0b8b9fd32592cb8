import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");

const TO_TERNARY: readonly Row[] = [
  ["a variable", "ts", "«»if (a) { b = 1; } else { b = 2; }\n", "b = a ? 1 : 2;\n"],
  ["what is given back", "ts", "«»if (a)\n  return 1;\nelse\n  return 2;\n", "return a ? 1 : 2;\n"],
  ["what is given back behind it", "ts", "«»if (a) return b;\n\nreturn c;\n", "return a ? b : c;\n"],
  ["a member", "ts", "«»if (a) b.c = 1; else b.c = 2;\n", "b.c = a ? 1 : 2;\n"],
  ["an update", "ts", "«»if (a) b += 1; else b += 2;\n", "b += a ? 1 : 2;\n"],
  ["parentheses", "ts", "«»if (a = b) c = (1, 2); else c = d = 3;\n", "c = (a = b) ? (1, 2) : d = 3;\n"],
  [
    "choices in choices",
    "ts",
    "«»if (a ? b : c) d = e ? 1 : 2; else d = f ? 3 : 4;\n",
    "d = (a ? b : c) ? e ? 1 : 2 : f ? 3 : 4;\n",
  ],
  ["no semicolons", "js", "«»if (a) { b = 1 } else { b = 2 }\n(c)\n", "b = a ? 1 : 2;\n(c)\n"],
  ["an else if", "ts", "if (z) y(); else «»if (a) b = 1; else b = 2;\n", "if (z) y(); else b = a ? 1 : 2;\n"],
  ["other targets", "ts", "«»if (a) b = 1; else c = 2;\n", "convert-if-to-ternary.values"],
  ["other signs", "ts", "«»if (a) b = 1; else b += 2;\n", "convert-if-to-ternary.values"],
  ["more statements", "ts", "«»if (a) { b = 1; c(); } else b = 2;\n", "convert-if-to-ternary.values"],
  ["nothing given back", "ts", "«»if (a) return; else return 1;\n", "convert-if-to-ternary.values"],
  ["a logical update", "ts", "«»if (a) b ||= 1; else b ||= 2;\n", "convert-if-to-ternary.values"],
  ["a comment", "ts", "«»if (a) { b = 1; /* one */ } else b = 2;\n", "convert-if-to-ternary.values"],
  ["a comment in the head", "ts", "«»if (/* a */ a) b = 1; else b = 2;\n", "convert-if-to-ternary.comment"],
  [
    "a comment in a value",
    "ts",
    "«»if (a) b = [/* one */ 1]; else b = [];\n",
    "b = a ? [/* one */ 1] : [];\n",
  ],
  ["a chain", "ts", "«»if (a) b = 1; else if (c) b = 2; else b = 3;\n", "convert-if-to-ternary.chain"],
  ["Python", "py", "«»if a:\n    b = 1\nelse:\n    b = 2\n", "b = 1 if a else 2\n"],
  ["Python, given back", "py", "«»if a:\n    return 1\nreturn 2\n", "return 1 if a else 2\n"],
  [
    "Python's parentheses",
    "py",
    "«»if (n := f()):\n    b = lambda: 1\nelse:\n    b = 1, 2\n",
    "b = (lambda: 1) if (n := f()) else (1, 2)\n",
  ],
  ["an annotation", "py", "«»if a:\n    b: int = 1\nelse:\n    b: int = 2\n", "convert-if-to-ternary.values"],
  ["two targets", "py", "«»if a:\n    b = c = 1\nelse:\n    b = c = 2\n", "convert-if-to-ternary.values"],
  [
    "a comment in Python",
    "py",
    "«»if a:  # why\n    b = 1\nelse:\n    b = 2\n",
    "convert-if-to-ternary.values",
  ],
  [
    "an elif",
    "py",
    "if z:\n    b = 0\n«elif» a:\n    b = 1\nelse:\n    b = 2\n",
    "convert-if-to-ternary.chain",
  ],
];

const TO_IF: readonly Row[] = [
  ["a variable", "ts", "b = a «»? 1 : 2;\n", "if (a) {\n  b = 1;\n} else {\n  b = 2;\n}\n"],
  [
    "what is given back",
    "ts",
    "function f() {\n\treturn «»a ? 1 : 2;\n}\n",
    "function f() {\n\tif (a) {\n\t\treturn 1;\n\t}\n\treturn 2;\n}\n",
  ],
  [
    "a constant",
    "ts",
    "const b: number = «»a ? 1 : 2;\r\n",
    "let b: number;\r\nif (a) {\r\n  b = 1;\r\n} else {\r\n  b = 2;\r\n}\r\n",
  ],
  [
    "one that others see",
    "js",
    "export const b = «»a ? 1 : 2;\n",
    "export let b;\nif (a) {\n  b = 1;\n} else {\n  b = 2;\n}\n",
  ],
  ["one that asks for itself", "ts", "const b = «»a ? () => b : 2;\n", "convert-ternary-to-if.place"],
  ["a type that others see", "ts", "export const b = «»a ? 1 : 2;\n", "convert-ternary-to-if.place"],
  ["a type that functions see", "ts", "const b = «»a ? 1 : 2;\nc(() => b);\n", "convert-ternary-to-if.place"],
  ["what is constant", "js", "const b = «»a ? 1 : 2;\nb = 3;\n", "convert-ternary-to-if.place"],
  ["several", "ts", "const b = «»a ? 1 : 2, c = 3;\n", "convert-ternary-to-if.place"],
  ["the head of a loop", "ts", "for (let b = «»a ? 1 : 2; ; ) c();\n", "convert-ternary-to-if.lines"],
  ["no braces", "ts", "if (z)\n  b = «»a ? 1 : 2;\n", "convert-ternary-to-if.lines"],
  ["part of a value", "ts", "b = 1 + («»a ? 1 : 2);\n", "convert-ternary-to-if.place"],
  ["in parentheses", "ts", "b = («»a ? 1 : 2);\n", "if (a) {\n  b = 1;\n} else {\n  b = 2;\n}\n"],
  ["a comment", "ts", "b = a «»/* why */ ? 1 : 2;\n", "convert-ternary-to-if.place"],
  ["Python", "py", "b = 1 «»if a else 2\n", "if a:\n    b = 1\nelse:\n    b = 2\n"],
  [
    "Python, given back",
    "py",
    "def f():\n  return 1 «»if a else 2\n",
    "def f():\n  if a:\n    return 1\n  return 2\n",
  ],
  [
    "Python's lines",
    "py",
    "def f():\n    pass\ndef g():\n    pass\nb = (1 +\n     c «»if a or\n     d else 2)\n",
    "def f():\n    pass\ndef g():\n    pass\nif (a or\n     d):\n    b = (1 +\n     c)\nelse:\n    b = 2\n",
  ],
  ["a line that goes on", "py", "b = 1 «»if a \\\n    else 2\n", "if a:\n    b = 1\nelse:\n    b = 2\n"],
  ["a body in the line", "py", "if z: b = 1 «»if a else 2\n", "convert-ternary-to-if.lines"],
];

const TO_GUARD: readonly Row[] = [
  [
    "the end of a function",
    "ts",
    "function f(a) {\n  «»if (a) {\n    // b\n    b(`\n`);\n\n    c();\n  }\n}\n",
    "function f(a) {\n  if (!a) {\n    return;\n  }\n  // b\n  b(`\n`);\n\n  c();\n}\n",
  ],
  [
    "the end of a turn",
    "js",
    "for (const a of b) {\n  «»if (a === 1) {\n    c()\n  }\n}\n",
    "for (const a of b) {\n  if (a !== 1) {\n    continue\n  }\n  c()\n}\n",
  ],
  [
    "an else that leaves",
    "ts",
    "function f(a) {\n  «»if (a) {\n    b();\n  } else {\n    throw 1; // no\n  }\n  c();\n}\n",
    "function f(a) {\n  if (!a) {\n    throw 1; // no\n  }\n  b();\n  c();\n}\n",
  ],
  [
    "a case that leaves",
    "ts",
    "function f(a) {\n  «»if (a) {\n    return 1;\n  } else {\n    const b = 2;\n    return b;\n  }\n}\n",
    "function f(a) {\n  if (a) {\n    return 1;\n  }\n  const b = 2;\n  return b;\n}\n",
  ],
  [
    "a name that is taken",
    "ts",
    "function f(a) {\n  const b = 1;\n  «»if (a) {\n    const b = 2;\n    c(b);\n  }\n}\n",
    "convert-if-to-guard.names",
  ],
  [
    "neither leaves",
    "ts",
    "function f(a) {\n  «»if (a) {\n    b();\n  } else {\n    c();\n  }\n}\n",
    "convert-if-to-guard.goes-on",
  ],
  [
    "more behind",
    "ts",
    "function f(a) {\n  «»if (a) {\n    b();\n  }\n  c();\n}\n",
    "convert-if-to-guard.end",
  ],
  ["the end of a file", "ts", "«»if (a) {\n  b();\n}\n", "convert-if-to-guard.end"],
  ["no braces", "ts", "function f(a) {\n  «»if (a) b();\n}\n", "convert-if-to-guard.lines"],
  [
    "Python",
    "py",
    "def f(a):\n    «»if a is None:\n        # b\n        b()\n        # c\n",
    "def f(a):\n    if a is not None:\n        return\n    # b\n    b()\n    # c\n",
  ],
  [
    "Python, an else that leaves",
    "py",
    "for a in b:\n    «»if a:\n        c()\n    else:\n        d()\n        break\n    e()\n",
    "for a in b:\n    if not a:\n        d()\n        break\n    c()\n    e()\n",
  ],
  [
    "Python, a case that leaves",
    "py",
    "def f(a):\n    «»if a:\n        return 1\n    else:\n        return 2\n",
    "def f(a):\n    if a:\n        return 1\n    return 2\n",
  ],
  [
    "an elif",
    "py",
    "def f(a):\n    «»if a:\n        b()\n    elif c:\n        d()\n",
    "convert-if-to-guard.chain",
  ],
];

const TRAPS: readonly (readonly [string, Program])[] = [
  [
    "convert-if-to-ternary",
    [
      "mjs",
      "a function's name",
      "let f;\n«»if (f) f = () => 1; else f = function () {};\nconsole.log(f.name);\n",
      "convert-if-to-ternary.name",
    ],
  ],
  [
    "convert-if-to-ternary",
    [
      "mjs",
      "a function's own name",
      "let f;\n«»if (f) f = () => f; else f = function g() {};\nconsole.log(f.name);\n",
      "convert-if-to-ternary.name",
    ],
  ],
  [
    "convert-if-to-ternary",
    [
      "mjs",
      "what the condition exchanges",
      "let o = {}; const p = o;\n«»if (o = {}) o.a = 1; else o.a = 2;\nconsole.log(p.a, o.a);\n",
      "convert-if-to-ternary.order",
    ],
  ],
  [
    "convert-if-to-ternary",
    [
      "mjs",
      "what is added to",
      "let n = 1; const f = () => (n = 5);\n«»if (f()) n += 1; else n += 2;\nconsole.log(n);\n",
      "convert-if-to-ternary.order",
    ],
  ],
  [
    "convert-if-to-ternary",
    [
      "mjs",
      "a variable that the condition writes",
      "let n = 1;\n«»if (n = 0) n = 1; else n = n + 2;\nconsole.log(n);\n",
    ],
  ],
  [
    "convert-if-to-ternary",
    [
      "py",
      "a target that is evaluated last",
      "class O: pass\no = O()\np = o\ndef f():\n    global o\n    o = O()\n    return True\n«»if f():\n    o.a = 1\nelse:\n    o.a = 2\nprint(hasattr(p, 'a'), o.a)\n",
    ],
  ],
  [
    "convert-if-to-ternary",
    [
      "py",
      "what is added to",
      "n = 1\ndef f():\n    global n\n    n = 5\n    return True\n«»if f():\n    n += 1\nelse:\n    n += 2\nprint(n)\n",
      "convert-if-to-ternary.order",
    ],
  ],
  [
    "convert-ternary-to-if",
    [
      "mjs",
      "a function's name",
      "const f = «»1 ? () => 1 : 2;\nconsole.log(f.name);\n",
      "convert-ternary-to-if.name",
    ],
  ],
  [
    "convert-ternary-to-if",
    [
      "mjs",
      "a function's name, in parentheses",
      "const f = «»1 ? (() => 1) : 2;\nconsole.log(f.name);\n",
      "convert-ternary-to-if.name",
    ],
  ],
  [
    "convert-ternary-to-if",
    [
      "mjs",
      "what the condition exchanges",
      "let o = {}; const p = o;\no.a = «»(o = {}) ? 1 : 2;\nconsole.log(p.a, o.a);\n",
      "convert-ternary-to-if.order",
    ],
  ],
  [
    "convert-ternary-to-if",
    [
      "mjs",
      "closures of each turn",
      "const all = [];\nfor (const a of [1, 2]) {\n  const b = «»a > 1 ? 'big' : 'small';\n  all.push(() => b);\n}\nconsole.log(all.map((f) => f()).join());\n",
    ],
  ],
  [
    "convert-ternary-to-if",
    [
      "py",
      "a target that is evaluated last",
      "def f(x):\n    print(x)\n    return x\nd = {}\nd[f(1)] = f(2) «»if f(3) else f(4)\nprint(d)\n",
    ],
  ],
  [
    "convert-if-to-guard",
    [
      "mjs",
      "a loop with a label",
      "a: for (const i of [1, 2, 3]) {\n  for (const j of [1, 2]) {\n    «»if (i * j > 2) {\n      console.log(i, j);\n      if (j > 1) continue a;\n    }\n  }\n}\n",
    ],
  ],
  [
    "convert-if-to-guard",
    [
      "mjs",
      "a generator",
      "function* f(a) {\n  yield 0;\n  «»if (a) {\n    yield 1;\n  }\n}\nconsole.log([...f(1)], [...f(0)]);\n",
    ],
  ],
  [
    "convert-if-to-guard",
    [
      "mjs",
      "a block that runs once",
      "class A {\n  static {\n    «»if (A) {\n      console.log(1);\n    }\n  }\n}\n",
      "convert-if-to-guard.end",
    ],
  ],
  [
    "convert-if-to-guard",
    [
      "py",
      "a loop's else",
      "for a in [1, 2]:\n    «»if a > 1:\n        print(a)\nelse:\n    print('none')\n",
    ],
  ],
];

describe("convert-if-to-ternary", () => rewritten(parse, "convert-if-to-ternary", TO_TERNARY));
describe("convert-ternary-to-if", () => rewritten(parse, "convert-ternary-to-if", TO_IF));
describe("convert-if-to-guard", () => rewritten(parse, "convert-if-to-guard", TO_GUARD));

describe("conditions that become values, and values that become statements", () => {
  for (const [id, program] of TRAPS) reran(parse, id, [program]);

  it("come back as they were", () => {
    const rows: readonly (readonly [string, string, string])[] = [
      ["ts", "if (a) {\n  b = 1;\n} else {\n  b = 2;\n}\n", "b = "],
      ["ts", "function f() {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\n", "return "],
      ["py", "if a:\n    b = 1\nelse:\n    b = 2\n", "b = "],
    ];
    for (const [extension, text, value] of rows) {
      const path = `/p/a.${extension}`;
      const made = after(parse, "convert-if-to-ternary", path, text.replace("if", "«»if"));
      const back = after(parse, "convert-ternary-to-if", path, made.replace(value, `«»${value}`));
      assert.equal(back, text);
    }
    const guarded = "function f(a) {\n  if (a) {\n    b();\n  }\n}\n";
    const made = after(parse, "convert-if-to-guard", "/p/a.ts", guarded.replace("if", "«»if"));
    assert.equal(after(parse, "invert-if", "/p/a.ts", made.replace("if", "«»if")), guarded);
  });
});
