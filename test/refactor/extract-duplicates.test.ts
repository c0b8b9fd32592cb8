import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { marked, withParser } from "./marked.ts";
import { rerun } from "./rerun.ts";

const parse = withParser("javascript", "typescript", "python");
const { done } = marked(parse, "/p/a.mjs");

/** A test for each row: what it is about, the text with its marks, what comes of it with all that do the same. */
function table(path: string, rows: readonly (readonly [what: string, text: string, after: string])[]): void {
  for (const [what, text, after] of rows)
    it(what, () => assert.equal(done("extract-function", text, "g", path, true), after));
}

describe("extract-function of all that do the same", () => {
  table("/p/a.mjs", [
    [
      "replaces an equal expression",
      "function f(a) {\n  return «a * 2 + 1»;\n}\nfunction h(a) {\n  return a * 2 + 1;\n}\n",
      "function f(a) {\n  return g(a);\n}\n\nfunction g(a) {\n  return a * 2 + 1;\n}\nfunction h(a) {\n  return g(a);\n}\n",
    ],
    [
      "replaces what does the same with other names",
      "function f(a) {\n  «const b = a * 2;\n  log(b);»\n}\nfunction h(x) {\n  const y = x * 2;\n  log(y);\n}\n",
      "function f(a) {\n  g(a);\n}\n\nfunction g(a) {\n  const b = a * 2;\n  log(b);\n}\nfunction h(x) {\n  g(x);\n}\n",
    ],
    [
      "replaces what stands before it, too",
      "function h(x) {\n  return x * 2 + 1;\n}\nfunction f(a) {\n  return «a * 2 + 1»;\n}\n",
      "function h(x) {\n  return g(x);\n}\nfunction f(a) {\n  return g(a);\n}\n\nfunction g(a) {\n  return a * 2 + 1;\n}\n",
    ],
    [
      "gives each back its own value",
      "function f(a) {\n  «const b = a * 2;\n  log(b);»\n  return b;\n}\nfunction h(x) {\n  const y = x * 2;\n  log(y);\n  return y;\n}\n",
      "function f(a) {\n  const b = g(a);\n  return b;\n}\n\nfunction g(a) {\n  const b = a * 2;\n  log(b);\n  return b;\n}\nfunction h(x) {\n  const y = g(x);\n  return y;\n}\n",
    ],
    [
      "leaves what uses another name of the file",
      "const k = 1, l = 2;\nfunction f(a) {\n  return «a * k + 1»;\n}\nfunction h(a) {\n  return a * l + 1;\n}\n",
      "const k = 1, l = 2;\nfunction f(a) {\n  return g(a);\n}\n\nfunction g(a) {\n  return a * k + 1;\n}\nfunction h(a) {\n  return a * l + 1;\n}\n",
    ],
    [
      "leaves what uses its values in other places",
      "function f(a, b) {\n  return «a - b + a»;\n}\nfunction h(a, b) {\n  return a - b + b;\n}\n",
      "function f(a, b) {\n  return g(a, b);\n}\n\nfunction g(a, b) {\n  return a - b + a;\n}\nfunction h(a, b) {\n  return a - b + b;\n}\n",
    ],
    [
      "gives values in the order in which each is used",
      "function f(a, b) {\n  return «a - b + 1»;\n}\nfunction h(a, b) {\n  return b - a + 1;\n}\n",
      "function f(a, b) {\n  return g(a, b);\n}\n\nfunction g(a, b) {\n  return a - b + 1;\n}\nfunction h(a, b) {\n  return g(b, a);\n}\n",
    ],
    [
      "leaves what has a comment of its own",
      "function f(a) {\n  «log(a);\n  log(2);»\n}\nfunction h(a) {\n  log(a);\n  // Twice.\n  log(2);\n}\n",
      "function f(a) {\n  g(a);\n}\n\nfunction g(a) {\n  log(a);\n  log(2);\n}\nfunction h(a) {\n  log(a);\n  // Twice.\n  log(2);\n}\n",
    ],
    [
      "leaves keys that are written by another name",
      "function f(a) {\n  return «[{ a }]»;\n}\nfunction h(b) {\n  return [{ b }];\n}\n",
      "function f(a) {\n  return g(a);\n}\n\nfunction g(a) {\n  return [{ a }];\n}\nfunction h(b) {\n  return [{ b }];\n}\n",
    ],
    [
      "leaves several values that have other names",
      "function f() {\n  «const a = one(), b = two();»\n  return a + b;\n}\nfunction h() {\n  const c = one(), d = two();\n  return c + d;\n}\n",
      "function f() {\n  const { a, b } = g();\n  return a + b;\n}\n\nfunction g() {\n  const a = one(), b = two();\n  return { a, b };\n}\nfunction h() {\n  const c = one(), d = two();\n  return c + d;\n}\n",
    ],
    [
      "makes methods in the same class only",
      "class A {\n  m(a) {\n    return «this.k * a»;\n  }\n  n(b) {\n    return this.k * b;\n  }\n}\nclass B {\n  m(a) {\n    return this.k * a;\n  }\n}\n",
      "class A {\n  m(a) {\n    return this.g(a);\n  }\n\n  g(a) {\n    return this.k * a;\n  }\n  n(b) {\n    return this.g(b);\n  }\n}\nclass B {\n  m(a) {\n    return this.k * a;\n  }\n}\n",
    ],
    [
      "leaves static members where a method is made",
      "class A {\n  m(a) {\n    return «this.k * a»;\n  }\n  static n(b) {\n    return this.k * b;\n  }\n}\n",
      "class A {\n  m(a) {\n    return this.g(a);\n  }\n\n  g(a) {\n    return this.k * a;\n  }\n  static n(b) {\n    return this.k * b;\n  }\n}\n",
    ],
    [
      "leaves what stands where the name means something else",
      "function f(a) {\n  return «a * 2 + 1»;\n}\nfunction h(a) {\n  { const g = 1; log(a * 2 + 1, g); }\n}\n",
      "function f(a) {\n  return g(a);\n}\n\nfunction g(a) {\n  return a * 2 + 1;\n}\nfunction h(a) {\n  { const g = 1; log(a * 2 + 1, g); }\n}\n",
    ],
  ]);
  table("/p/a.ts", [
    [
      "replaces what has the same written types",
      "function f(a: number) {\n  return «a * 2 + 1»;\n}\nfunction h(x: number) {\n  return x * 2 + 1;\n}\n",
      "function f(a: number) {\n  return g(a);\n}\n\nfunction g(a: number) {\n  return a * 2 + 1;\n}\nfunction h(x: number) {\n  return g(x);\n}\n",
    ],
    [
      "leaves what has other types",
      "function f(a: number) {\n  return «[a, a]»;\n}\nfunction h(x: string) {\n  return [x, x];\n}\n",
      "function f(a: number) {\n  return g(a);\n}\n\nfunction g(a: number) {\n  return [a, a];\n}\nfunction h(x: string) {\n  return [x, x];\n}\n",
    ],
  ]);
  table("/p/a.py", [
    [
      "replaces what comes behind it",
      "def f(a):\n    return «a * 2 + 1»\n\n\ndef h(x):\n    return x * 2 + 1\n",
      "def g(a):\n    return a * 2 + 1\n\n\ndef f(a):\n    return g(a)\n\n\ndef h(x):\n    return g(x)\n",
    ],
    [
      "leaves what comes before the function",
      "x = 1\nprint(x * 2 + 1)\n\n\ndef f(a):\n    return «a * 2 + 1»\n",
      "x = 1\nprint(x * 2 + 1)\n\n\ndef g(a):\n    return a * 2 + 1\n\n\ndef f(a):\n    return g(a)\n",
    ],
  ]);

  const programs: readonly (readonly [what: string, extension: string, text: string])[] = [
    [
      "changed variables",
      "mjs",
      "let n = 0;\nfunction f() {\n  let a = 1;\n  «a += 2;\n  n++;»\n  return a;\n}\nfunction h() {\n  let b = 5;\n  b += 2;\n  n++;\n  return b;\n}\nconsole.log(f(), h(), n);\n",
    ],
    [
      "loops and awaits",
      "mjs",
      "async function f(all) {\n  const out = [];\n  «for (const it of all) {\n    out.push(await it);\n  }»\n  return out;\n}\nasync function h(list) {\n  const made = [];\n  for (const one of list) {\n    made.push(await one);\n  }\n  return made.length;\n}\nconsole.log(await f([1, 2]), await h([3]));\n",
    ],
    [
      "a sum in Python",
      "py",
      "def f(all):\n    total = 0\n    «for it in all:\n        total += it»\n    return total\n\n\ndef h(rest):\n    s = 10\n    for x in rest:\n        s += x\n    return s\n\n\nprint(f([1, 2]), h([3]))\n",
    ],
  ];
  for (const [what, extension, text] of programs)
    it(`prints the same: ${what}`, () =>
      assert.equal(
        rerun(parse, "extract-function", extension, text, { name: "g", replaceAll: true }),
        "same",
      ));
});
