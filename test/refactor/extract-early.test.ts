import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { rerun } from "./rerun.ts";

const parse = withParser("javascript", "python");

describe("a part that may return from its function, or not", () => {
  const programs: readonly (readonly [what: string, extension: string, text: string, outcome?: string])[] = [
    [
      "values that are nothing",
      "mjs",
      "function f(a) {\n  «if (a === 1) return undefined;\n  if (a === 2) return null;\n  if (a === 3) return;\n  if (a === 4) return 0;»\n  return 'end';\n}\nconsole.log([1, 2, 3, 4, 5].map(f));\n",
    ],
    [
      "several values with commas",
      "mjs",
      "function f(a) {\n  «if (a) return a, a + 1;»\n  return 0;\n}\nconsole.log(f(1), f(0));\n",
    ],
    [
      "returns within loops and catches",
      "mjs",
      "function f(all) {\n  «for (const it of all) {\n    try {\n      if (it === 0) throw new Error('zero');\n      if (it > 2) return it;\n    } catch (error) {\n      return error.message;\n    } finally {\n      console.log(it);\n    }\n  }»\n  return 'none';\n}\nconsole.log(f([1, 3]), f([0]), f([1]));\n",
    ],
    [
      "functions within, whose returns are their own",
      "mjs",
      "function f(all) {\n  «const found = all.find((it) => { return it > 1; });\n  if (found) return found;\n  function g2() { return 5; }\n  g2();»\n  return 0;\n}\nconsole.log(f([1, 2]), f([]));\n",
    ],
    [
      "an asynchronous function",
      "mjs",
      "async function f(a) {\n  «if (await a) return Promise.resolve('in');»\n  return 'out';\n}\nconsole.log(await f(true), await f(false));\n",
    ],
    [
      "a loop around it",
      "mjs",
      "function f(all) {\n  for (const it of all) {\n    «if (it > 1) return;\n    console.log(it);»\n  }\n  console.log('end');\n}\nf([0, 1, 2, 3]);\nf([0]);\n",
    ],
    [
      "a name that is taken",
      "mjs",
      "function f(a) {\n  const returned = 5;\n  «if (a) return a;»\n  return returned;\n}\nconsole.log(f(1), f(0));\n",
    ],
    [
      "a method",
      "mjs",
      "class A {\n  n = 1;\n  m(a) {\n    «if (a === this.n) return this.n;\n    this.n = a;»\n    return -1;\n  }\n}\nconst it = new A();\nconsole.log(it.m(1), it.m(2), it.m(2));\n",
    ],
    [
      "a generator's values",
      "mjs",
      "function* f(a) {\n  «if (a) return 1;\n  yield 2;»\n}\nconsole.log([...f(0)]);\n",
      "extract-function.return",
    ],
    [
      "Python's lists without parentheses",
      "py",
      "def f(a):\n    «if a == 1:\n        return 1, 2\n    if a == 2:\n        return\n    if a == 3:\n        return None»\n    return 'end'\n\n\nprint(f(1), f(2), f(3), f(4))\n",
    ],
    [
      "Python's returns without a value",
      "py",
      "def f(all):\n    for it in all:\n        «if it > 1:\n            return\n        print(it)»\n    print('end')\n\n\nf([0, 1, 2])\nf([0])\n",
    ],
    [
      "Python's finally",
      "py",
      "def f(a):\n    «try:\n        if a:\n            return [a]\n    finally:\n        print('done')»\n    return 0\n\n\nprint(f(1), f(0))\n",
    ],
  ];
  for (const [what, extension, text, outcome = "same"] of programs)
    it(`${outcome === "same" ? "does the same" : "is not taken out"}: ${what}`, () =>
      assert.equal(rerun(parse, "extract-function", extension, text, { name: "g" }), outcome));
});
