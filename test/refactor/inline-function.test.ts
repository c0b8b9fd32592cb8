import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { marked, withParser } from "./marked.ts";
import { printed } from "./printed.ts";

const parse = withParser("javascript", "python");
const script = marked(parse, "/p/a.mjs");
const python = marked(parse, "/p/a.py");

describe("inline-function in JavaScript", () => {
  script.table("inline-function", undefined, [
    [
      "is asked for anywhere before the body",
      "«»function f(a) { return a + 1; }\nlog(f(1));\n",
      "log(1 + 1);\n",
    ],
    ["but not within", "function f(a) {\n  return «»1;\n}\nlog(f(1));\n", "inline-function.name"],
    [
      "puts the value in the place of the call",
      "function f(a) { return a + 1; }\nlog(«f»(b));\n",
      "function f(a) { return a + 1; }\nlog(b + 1);\n",
    ],
    [
      "removes what nothing calls any more",
      "function «f»(a) { return a + 1; }\nlog(f(1), f(2));\n",
      "log(1 + 1, 2 + 1);\n",
    ],
    [
      "adds parentheses to both",
      "const f = (a) => a * 2;\nlog(«f»(1 + 2) ** 2);\n",
      "const f = (a) => a * 2;\nlog(((1 + 2) * 2) ** 2);\n",
    ],
    [
      "puts statements before that of the call",
      "function f(a) {\n  const b = a;\n  log(b);\n}\n{\n  «f»(1);\n}\n",
      "function f(a) {\n  const b = a;\n  log(b);\n}\n{\n  const b = 1;\n  log(b);\n}\n",
    ],
    [
      "and the value where it was",
      "function f(a) {\n  log(a);\n  return a;\n}\nconst c = «f»(1);\n",
      "function f(a) {\n  log(a);\n  return a;\n}\nlog(1);\nconst c = 1;\n",
    ],
    [
      "makes a variable of what is used twice",
      "const f = (a) => {\n  log(a, a);\n};\n«f»(g());\n",
      "const f = (a) => {\n  log(a, a);\n};\nconst a = g();\nlog(a, a);\n",
    ],
    [
      "keeps the order of arguments",
      "const f = (a, b) => b - a;\nlog(«f»(g(), h()));\n",
      "const f = (a, b) => b - a;\nconst a = g();\nconst b = h();\nlog(b - a);\n",
    ],
    [
      "needs none where it is kept",
      "const f = (a, b) => a - b;\nlog(«f»(g(), h()));\n",
      "const f = (a, b) => a - b;\nlog(g() - h());\n",
    ],
    [
      "calls nothing late",
      "const f = (a) => c && a;\nlog(«f»(g()));\n",
      "const f = (a) => c && a;\nconst a = g();\nlog(c && a);\n",
    ],
    [
      "leaves what returns before its end",
      "function f(a) {\n  if (a) return 1;\n  log(a);\n}\n«f»(1);\n",
      "inline-function.return",
    ],
    ["leaves what is about this", "function f() { return this; }\n«f»();\n", "inline-function.bound"],
    ["leaves what is asynchronous", "const f = async () => 1;\n«f»();\n", "inline-function.bound"],
    [
      "leaves what changes a parameter",
      "function f(a) { a++; return a; }\nlog(«f»(1));\n",
      "inline-function.parameter",
    ],
    ["leaves what takes the rest", "const f = (...a) => a;\nlog(«f»(1));\n", "inline-function.parameter"],
    [
      "leaves what means something else there",
      "const r = 2;\nconst f = (v) => v * r;\nconst g = (r) => «f»(r);\n",
      "inline-function.captured",
    ],
    [
      "leaves names of both",
      "function f(p) {\n  const t = p;\n  log(t);\n  return t;\n}\nfunction g(t) {\n  const s = «f»(t);\n  return s + t;\n}\n",
      "inline-function.captured",
    ],
    [
      "leaves a declaration that is used otherwise",
      "function «f»(a) { return a; }\nlog(f(1), f);\n",
      "inline-function.value",
    ],
    ["leaves what calls itself", "function «f»(a) { return f(a); }\nf(1);\n", "inline-function.recursive"],
    [
      "leaves one call within another",
      "const «f» = (a) => a + 1;\nlog(f(f(1)));\n",
      "inline-function.nested",
    ],
    [
      "leaves what is exported",
      "export function «f»(a) { return a; }\nlog(f(1));\n",
      "inline-function.exported",
    ],
    [
      "leaves a call that is not the first thing",
      "const f = () => {\n  log(1);\n  return 2;\n};\ng(h(), «f»());\n",
      "inline-function.order",
    ],
  ]);
});

describe("inline-function in Python", () => {
  python.table("inline-function", undefined, [
    [
      "puts the value in the place of the call",
      "def f(a):\n    return a + 1\n\nlog(«f»(1) * 2)\n",
      "def f(a):\n    return a + 1\n\nlog((1 + 1) * 2)\n",
    ],
    [
      "knows names and defaults",
      "def «f»(w, h=2):\n    return w * h\nlog(f(1 + 2), f(h=3, w=4))\n",
      "log((1 + 2) * 2, 4 * 3)\n",
    ],
    [
      "puts statements before that of the call",
      'def f(a):\n    """About f."""\n    b = a\n    log(b)\n\ndef g():\n    «f»(1)\n',
      'def f(a):\n    """About f."""\n    b = a\n    log(b)\n\ndef g():\n    b = 1\n    log(b)\n',
    ],
    ["leaves a method", "class A:\n    def «f»(self): return 1\n", "inline-function.kind"],
    ["leaves a generator", "def f():\n    yield 1\nlog(«f»())\n", "inline-function.bound"],
    [
      "leaves what returns in its midst",
      "def f(a):\n    for b in a:\n        return b\nlog(«f»([]))\n",
      "inline-function.return",
    ],
  ]);
});

/** Programs that print the same afterwards, or in which it is refused. */
const PROGRAMS: readonly (readonly [string, string])[] = [
  [
    "a parameter in a closure",
    "let n = 0;\nconst f = (a) => () => a;\nconst g = «f»(n);\nn = 5;\nconsole.log(g());\n",
  ],
  [
    "an argument that changes meanwhile",
    "let n = 0;\nconst f = (a) => { n++; return a; };\nconsole.log(«f»(n));\n",
  ],
  [
    "an argument that the body changes",
    "const o = { v: 1 };\nconst f = (a) => { o.v = 2; return a; };\nconsole.log(«f»(o.v));\n",
  ],
  [
    "an argument with the name of a local",
    "const f = (a) => { const b = 1; return a + b; };\nconst b = 7;\nconsole.log(«f»(b));\n",
  ],
  ["an argument not used", "const f = () => 1;\nconst g = () => console.log('g');\nconsole.log(«f»());\n"],
  [
    "an argument too many",
    "const f = (a) => a;\nconst g = () => console.log('g');\nconsole.log(«f»(1, g()));\n",
  ],
  [
    "an argument not used that does something",
    "const f = (a) => 1;\nconst g = () => console.log('g');\nconsole.log(«f»(g()));\n",
  ],
  ["a list that is changed", "const f = (a) => { a.push(1); return a; };\nconsole.log(«f»([]).length);\n"],
  ["an object as the body", "const f = (a) => ({ a });\nconsole.log(«f»(1).a);\n"],
  [
    "a condition around the call",
    "const f = (a) => { console.log(a); return a; };\nif (false) «f»(1);\nconsole.log(2);\n",
  ],
  [
    "a lazy call",
    "const f = (a) => { console.log(a); return a; };\nconst b = false && «f»(1);\nconsole.log(b);\n",
  ],
  [
    "a call in a loop's head",
    "let n = 3;\nconst f = () => { n--; return n; };\nwhile («f»() > 0) console.log(n);\n",
  ],
  ["a hoisted call", "console.log(«f»(1));\nfunction f(a) { return a + k(); }\nfunction k() { return 2; }\n"],
];

describe("a program prints the same when a function is inlined", () => {
  for (const [what, text] of PROGRAMS)
    it(`or it is refused: ${what}`, () => {
      const after = script.done("inline-function", text);
      if (/^[\w.-]+$/.test(after)) return;
      const plain = text.replace(/[«»]/g, "");
      assert.equal(printed({ "a.mjs": after }, "a.mjs"), printed({ "a.mjs": plain }, "a.mjs"), after);
    });
});
