import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript");
const [EACH, FOR] = ["convert-for-to-foreach", "convert-foreach-to-for"];

/** Loops, and what they become; in both directions where there is no third text. */
const BOTH: readonly (readonly [string, string, string, string])[] = [
  ["a block", "js", "«»for (const x of [1, 2]) {\n  f(x);\n}\n", "«»[1, 2].forEach((x) => {\n  f(x);\n});\n"],
  ["a statement without braces", "js", "«»for (const x of [1]) f(x);\n", "«»[1].forEach((x) => f(x));\n"],
  [
    "the index",
    "js",
    "const a = [1];\n«»for (const [i, x] of a.entries()) {\n  f(i, x);\n}\n",
    "const a = [1];\n«»a.forEach((x, i) => {\n  f(i, x);\n});\n",
  ],
  [
    "a turn that ends",
    "js",
    "«»for (const x of Array.from(s)) {\n  if (x) continue;\n  for (const y of x) if (y) continue;\n  f(x);\n}\n",
    "«»Array.from(s).forEach((x) => {\n  if (x) return;\n  for (const y of x) if (y) continue;\n  f(x);\n});\n",
  ],
  [
    "a pattern, and a name that is written",
    "ts",
    "function g(a: readonly P[]) {\n  «»for (let { x } of a) {\n    x += 1;\n    f(x);\n  }\n}\n",
    "function g(a: readonly P[]) {\n  «»a.forEach(({ x }) => {\n    x += 1;\n    f(x);\n  });\n}\n",
  ],
  [
    "what a function takes as the rest",
    "js",
    "function g(...a) {\n  «»for (const x of a) {\n    f(x, this);\n  }\n}\n",
    "function g(...a) {\n  «»a.forEach((x) => {\n    f(x, this);\n  });\n}\n",
  ],
  [
    "what a call makes",
    "js",
    "«»for (const x of Object.keys(o).map((k) => k.length)) {\n  f(x);\n}\n",
    "«»Object.keys(o).map((k) => k.length).forEach((x) => {\n  f(x);\n});\n",
  ],
  [
    "what is fixed",
    "ts",
    "f();\n«»for (const x of [1, 2] as const) {\n  f(x);\n}\n",
    "f();\n«»([1, 2] as const).forEach((x) => {\n  f(x);\n});\n",
  ],
  [
    "a file without semicolons",
    "js",
    "const a = []\na.push(1)\nf()\n«»for (const x of a) {\n  f(x)\n}\nf()\n",
    "const a = []\na.push(1)\nf()\n«»a.forEach((x) => {\n  f(x)\n})\nf()\n",
  ],
];

const INDICES: readonly Row[] = [
  [
    "indices that are only for the element",
    "ts",
    "function g(a: string[]) {\n  «»for (let i = 0; i < a.length; i++) {\n    const x = a[i];\n    f(x);\n  }\n}\n",
    "function g(a: string[]) {\n  a.forEach((x) => {\n    f(x);\n  });\n}\n",
  ],
  [
    "indices that are used",
    "js",
    "const a = [1];\n«»for (let i = 0; i < a.length; ++i) {\n  const x = a[i];\n  f(x, i);\n}\n",
    "const a = [1];\na.forEach((x, i) => {\n  f(x, i);\n});\n",
  ],
  [
    "elements that get other values",
    "js",
    "const a = [1];\n«»for (let i = 0; i < a.length; i += 1) a[i] = i;\n",
    "const a = [1];\na.forEach((_, i) => a[i] = i);\n",
  ],
  [
    "nothing of either",
    "js",
    "const a = [1];\n«»for (let i = 0; i < a.length; i++) f();\n",
    "const a = [1];\na.forEach(() => f());\n",
  ],
];

const REFUSED: readonly Row[] = [
  ["what may be a map", "ts", "«»for (const x of map) f(x);\n", `${EACH}.array`],
  ["a parameter without a type", "js", "function g(a) {\n  «»for (const x of a) f(x);\n}\n", `${EACH}.array`],
  [
    "a type of the file's own",
    "ts",
    "type Array<T> = Set<T>;\nfunction g(a: Array<P>) {\n  «»for (const x of a) f(x);\n}\n",
    `${EACH}.array`,
  ],
  [
    "a parameter that may be left out",
    "ts",
    "function g(a?: P[]) {\n  «»for (const x of a) f(x);\n}\n",
    `${EACH}.array`,
  ],
  ["a text", "ts", "function g(a: string) {\n  «»for (const x of a) f(x);\n}\n", `${EACH}.array`],
  ["holes", "js", "«»for (const x of [1, , 2]) f(x);\n", `${EACH}.array`],
  ["a hole at the beginning", "js", "«»for (const x of [, 2]) f(x);\n", `${EACH}.array`],
  ["new Array", "js", "«»for (const x of new Array(3)) f(x);\n", `${EACH}.array`],
  [
    "a variable of other values",
    "js",
    "let a = [1];\na = new Set();\n«»for (const x of a) f(x);\n",
    `${EACH}.array`,
  ],
  [
    "an Object of its own",
    "js",
    "const Object = { keys: () => new Set() };\n«»for (const x of Object.keys(o)) f(x);\n",
    `${EACH}.array`,
  ],
  ["keys", "js", "«»for (const x in [1]) f(x);\n", `${EACH}.place`],
  ["a var", "js", "«»for (var x of [1]) f(x);\n", `${EACH}.place`],
  ["a variable from outside", "js", "let x;\n«»for (x of [1]) f(x);\n", `${EACH}.place`],
  [
    "a start that is not 0",
    "js",
    "const a = [1];\n«»for (let i = 1; i < a.length; i++) f(a[i]);\n",
    `${EACH}.place`,
  ],
  [
    "a counter that is written",
    "js",
    "const a = [1];\n«»for (let i = 0; i < a.length; i++) i++;\n",
    `${EACH}.place`,
  ],
  ["a break", "js", "«»for (const x of [1]) {\n  if (x) break;\n}\n", `${EACH}.leaves`],
  ["a return", "js", "function g() {\n  «»for (const x of [1]) {\n    return x;\n  }\n}\n", `${EACH}.leaves`],
  [
    "a break in a switch only",
    "js",
    "«»for (const x of [1]) {\n  switch (x) { case 1: break; }\n}\n",
    "[1].forEach((x) => {\n  switch (x) { case 1: break; }\n});\n",
  ],
  [
    "a jump further out",
    "js",
    "a: for (const y of q) {\n  «»for (const x of [1]) {\n    if (x) continue a;\n  }\n}\n",
    `${EACH}.leaves`,
  ],
  ["a label of its own", "js", "a: «»for (const x of [1]) {\n  f(x);\n}\n", `${EACH}.label`],
  [
    "an await",
    "js",
    "async function g() {\n  «»for (const x of [1]) {\n    await x;\n  }\n}\n",
    `${EACH}.waits`,
  ],
  ["a for await", "js", "async function g() {\n  «»for await (const x of [1]) f(x);\n}\n", `${EACH}.place`],
  ["a yield", "js", "function* g() {\n  «»for (const x of [1]) {\n    yield x;\n  }\n}\n", `${EACH}.waits`],
  ["a var in it", "js", "«»for (const x of [1]) {\n  var y = x;\n}\nf(y);\n", `${EACH}.declared`],
  [
    "a name that its block has again",
    "js",
    "«»for (const x of [1]) {\n  const x = 2;\n  f(x);\n}\n",
    `${EACH}.twice`,
  ],
  [
    "an array that grows",
    "js",
    "const a = [1];\n«»for (const x of a) {\n  a.push(x);\n}\n",
    `${EACH}.changed`,
  ],
  [
    "an array that a function may change",
    "js",
    "const a = [1];\nconst g = () => a.pop();\n«»for (const x of a) g();\n",
    `${EACH}.changed`,
  ],
  [
    "an array that somebody got",
    "js",
    "const a = [1];\ng(a);\n«»for (const x of a) h(x);\n",
    `${EACH}.changed`,
  ],
  [
    "an array with another name",
    "js",
    "const a = [1];\nconst b = a;\n«»for (const x of a) b.pop();\n",
    `${EACH}.changed`,
  ],
  [
    "an array in parentheses that grows",
    "js",
    "const a = [1];\n«»for (const x of (a)) a.push(x);\n",
    `${EACH}.changed`,
  ],
  [
    "an array that others import",
    "js",
    "export const a = [1];\n«»for (const x of a) f(x);\n",
    `${EACH}.changed`,
  ],
  ["a comment in its head", "js", "«»for (const x of [1]) /* all */ {\n  f(x);\n}\n", `${EACH}.comment`],
  ["a line before it that goes on", "js", "const b = c\n«»for (const x of [1]) f(x)\n", `${EACH}.semicolon`],
  [
    "a line behind it that goes on",
    "js",
    "const a = [1]\nf()\n«»for (const x of a) {\n  f(x)\n}\n[2].map(f)\n",
    "const a = [1]\nf()\na.forEach((x) => {\n  f(x)\n});\n[2].map(f)\n",
  ],
  ["a text at its beginning", "js", "«»for (const x of [1]) {\n  'use strict';\n}\n", `${EACH}.directive`],
  [
    "what TypeScript follows",
    "ts",
    "let a: P | undefined;\n«»for (const x of [1]) {\n  a = f(x);\n}\nif (a) a.b();\n",
    `${EACH}.type`,
  ],
  [
    "what a condition tells",
    "ts",
    "function g(o: P) {\n  if (!o.a) return;\n  «»for (const x of [1]) f(o.a.b);\n}\n",
    `${EACH}.type`,
  ],
  [
    "a new array of one that changes",
    "js",
    "const a = [1];\n«»for (const x of a.slice()) a.pop(f(x));\n",
    "const a = [1];\na.slice().forEach((x) => a.pop(f(x)));\n",
  ],
  [
    "a sum",
    "ts",
    "let a = 0;\n«»for (const x of [1]) {\n  a += x;\n}\n",
    "let a = 0;\n[1].forEach((x) => {\n  a += x;\n});\n",
  ],
];

const REFUSED_BACK: readonly Row[] = [
  ["what may be a map", "js", "«»m.forEach((x) => f(x));\n", `${FOR}.array`],
  ["a chain", "ts", "function g(a: P[]) {\n  «»a?.forEach((x) => f(x));\n}\n", `${FOR}.array`],
  ["a value that is used", "js", "const y = «»[1].forEach((x) => f(x));\n", `${FOR}.place`],
  ["a function from elsewhere", "js", "«»[1].forEach(f);\n", `${FOR}.place`],
  ["a this for it", "js", "«»[1].forEach((x) => f(x), o);\n", `${FOR}.function`],
  ["a this of its own", "js", "«»[1].forEach(function (x) { f(this); });\n", `${FOR}.this`],
  ["a function that waits", "js", "«»[1].forEach(async (x) => { await x; });\n", `${FOR}.function`],
  ["a function that yields", "js", "«»[1].forEach(function* (x) { f(x); });\n", `${FOR}.function`],
  ["a function with a name", "js", "«»[1].forEach(function g(x) { f(x); });\n", `${FOR}.function`],
  ["the array for the function", "js", "«»[1].forEach((x, i, a) => f(a));\n", `${FOR}.parameters`],
  ["a default", "js", "«»[1].forEach((x = 2) => f(x));\n", `${FOR}.parameters`],
  ["a type", "ts", "«»[1].forEach((x: number) => f(x));\n", `${FOR}.parameters`],
  ["a value that it gives back", "js", "«»[1].forEach((x) => { return f(x); });\n", `${FOR}.value`],
  ["a return in a loop", "js", "«»[1].forEach((x) => {\n  for (;;) return;\n});\n", `${FOR}.leaves`],
  ["a var", "js", "«»[1].forEach((x) => {\n  var y;\n  if (x) y = x;\n  f(y);\n});\n", `${FOR}.declared`],
  ["a name that is the array's, too", "js", "const x = [1];\n«»x.forEach((x) => f(x));\n", `${FOR}.captured`],
  ["an array that grows", "js", "const a = [1];\n«»a.forEach((x) => a.push(x));\n", `${FOR}.changed`],
  ["an object", "js", "«»[1].forEach((x) => function () {});\n", `${FOR}.value`],
];

const PROGRAMS: readonly Program[] = [
  [
    "js",
    "a loop that functions remember",
    "const all = [];\n«»for (const x of [1, 2]) {\n  all.push(() => x);\n}\nconsole.log(all.map((f) => f()));\n",
  ],
  [
    "js",
    "a counter that functions remember",
    "const a = [3, 4], all = [];\n«»for (let i = 0; i < a.length; i++) {\n  all.push(() => i);\n}\nconsole.log(all.map((f) => f()));\n",
  ],
  [
    "js",
    "arguments and this",
    "function g(...a) {\n  «»for (const x of a) {\n    console.log(x, arguments.length, this.q);\n  }\n}\ng.call({ q: 1 }, 2, 3);\n",
  ],
  [
    "js",
    "undefined as an element",
    "«»for (const [i, x] of [undefined, 1].entries()) {\n  console.log(i, x);\n}\n",
  ],
  ["js", "a default in a pattern", "«»for (const [a, b = 2] of [[1], [3, 4]]) {\n  console.log(a, b);\n}\n"],
  [
    "js",
    "a failure",
    "try {\n  «»for (const x of [1, 2]) {\n    if (x === 2) throw new Error('two');\n    console.log(x);\n  }\n} catch (e) {\n  console.log(e.message);\n}\n",
  ],
  [
    "js",
    "values that change meanwhile",
    "const a = [1, 2, 3];\n«»for (let i = 0; i < a.length; i++) {\n  a[i] = a[i] * 2;\n}\nconsole.log(a);\n",
  ],
  [
    "js",
    "a try that ends a turn",
    "«»for (const x of [1, 2]) {\n  try {\n    if (x === 1) continue;\n    console.log(x);\n  } finally {\n    console.log('end', x);\n  }\n}\n",
  ],
  [
    "js",
    "a switch that ends a turn",
    "«»for (const x of [1, 2]) {\n  switch (x) {\n    case 1:\n      continue;\n    default:\n      console.log(x);\n  }\n}\n",
  ],
  ["js", "a case in a line", "if (1) «»for (const x of [1, 2]) console.log(x); else console.log(3);\n"],
  ["js", "two values of a statement", "let n = 0;\n«»for (const x of [1, 2]) n += x, console.log(n);\n"],
];

const PROGRAMS_BACK: readonly Program[] = [
  [
    "js",
    "a loop that functions remember",
    "const all = [];\n«»[1, 2].forEach((x) => {\n  all.push(() => x);\n});\nconsole.log(all.map((f) => f()));\n",
  ],
  ["js", "a parameter that is written", "«»[1, 2].forEach((x) => {\n  x += 1;\n  console.log(x);\n});\n"],
  [
    "js",
    "a turn that ends in a try",
    "«»[1, 2].forEach((x, i) => {\n  try {\n    if (x === 1) return;\n    console.log(x, i);\n  } finally {\n    console.log('end', x);\n  }\n});\n",
  ],
  ["js", "the line before", "const b = 1\n«»[1, 2].forEach((x) => console.log(x, b))\n", `${FOR}.place`],
  ["js", "no parameters", "let _ = 1;\n«»[1, 2].forEach(() => console.log(_++));\n"],
  ["js", "an else", "if (0) «»[1].forEach((x) => { if (x) console.log(x); });\nelse console.log('else');\n"],
];

describe("loops over arrays", () => {
  for (const [what, extension, loop, call] of BOTH) {
    const plain = (it: string) => it.replace(/[«»]/g, "");
    const path = `/p/a.${extension}`;
    it(`become calls: ${what}`, () => assert.equal(after(parse, EACH, path, loop), plain(call)));
    it(`come back: ${what}`, () => assert.equal(after(parse, FOR, path, call), plain(loop)));
  }
  rewritten(parse, EACH, INDICES);
  rewritten(parse, EACH, REFUSED);
  rewritten(parse, FOR, REFUSED_BACK);
  reran(parse, EACH, PROGRAMS);
  reran(parse, FOR, PROGRAMS_BACK);
});
