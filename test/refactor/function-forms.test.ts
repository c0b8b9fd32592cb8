import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const [TO_ARROW, TO_FUNCTION] = ["convert-function-to-arrow", "convert-arrow-to-function"];

const ARROWS: readonly Row[] = [
  ["an argument", "js", "f(«»function (a) { return a; });\n", "f((a) => a);\n"],
  ["one that waits", "js", "f(async «»function() {});\n", "f(async () => {});\n"],
  ["types", "ts", "f(«»function <T>(a: T): T { return a; });\n", "f(<T>(a: T): T => a);\n"],
  ["types beside elements", "tsx", "f(«»function <T>(a: T): T { return a; });\n", `${TO_ARROW}.types`],
  ["what objects are made of", "js", "f({ constructor: «»function () {} });\n", `${TO_ARROW}.new`],
  ["called at once", "js", "(«»function () {}());\n", "((() => {})());\n"],
  ["beside an operator", "js", "const a = b || «»function () {};\n", "const a = b || (() => {});\n"],
  ["a member of it", "js", "const a = «»function () {}.length;\n", "const a = (() => {}).length;\n"],
  [
    "its constant's name",
    "js",
    "const a = «»function a(b) { return b && a(b - 1); };\n",
    "const a = (b) => b && a(b - 1);\n",
  ],
  ["another name", "js", "const a = «»function b() {};\n", `${TO_ARROW}.name`],
  ["a variable's name", "js", "let a = «»function a() {};\n", `${TO_ARROW}.name`],
  ["a comment", "js", "f(«»function /* why */ () {});\n", `${TO_ARROW}.comment`],
  ["a generator", "js", "f(«»function* () {});\n", `${TO_ARROW}.place`],
  ["a method", "js", "class A { «»a() {} }\n", `${TO_ARROW}.place`],
  ["in the body", "js", "f(function () { «»a; });\n", `${TO_ARROW}.place`],
  [
    "a declaration",
    "ts",
    "import a from 'a';\n«»function f(b) { a(b); }\n",
    "import a from 'a';\nconst f = (b) => { a(b); };\n",
  ],
  [
    "one that others see",
    "ts",
    "export async «»function f(): Promise<void> {}\n",
    "export const f = async (): Promise<void> => {};\n",
  ],
  [
    "no semicolons",
    "js",
    "import a from 'a'\n«»function f() {}\nf()\n",
    "import a from 'a'\nconst f = () => {}\nf()\n",
  ],
  [
    "what would go on",
    "js",
    "import a from 'a'\n«»function f() {}\n[1].map(a)\n",
    "import a from 'a'\nconst f = () => {};\n[1].map(a)\n",
  ],
  ["the default", "ts", "export default «»function f() {}\n", `${TO_ARROW}.default`],
  ["the default without a name", "ts", "export default «»function () {}\n", `${TO_ARROW}.hoisted`],
  ["a script", "js", "«»function f() {}\n", `${TO_ARROW}.script`],
  [
    "Node's modules",
    "js",
    "const a = require('a');\n«»function f() {}\nmodule.exports = f;\n",
    "const a = require('a');\nconst f = () => {};\nmodule.exports = f;\n",
  ],
  ["used above", "js", "module.exports = { f };\n«»function f() {}\n", `${TO_ARROW}.hoisted`],
  [
    "exported above",
    "js",
    "export { f };\ng();\n«»function f() {}\n",
    "export { f };\ng();\nconst f = () => {};\n",
  ],
  [
    "overloads",
    "ts",
    "export function f(a: 1): 1;\nexport «»function f(a) { return a; }\n",
    `${TO_ARROW}.written`,
  ],
  ["what it asserts", "ts", "export «»function f(a): asserts a is string {}\n", `${TO_ARROW}.asserts`],
  ["its this", "ts", "export «»function f(this: A) {}\n", `${TO_ARROW}.this`],
  ["a capital", "js", "export «»function A() {}\n", `${TO_ARROW}.new`],
  [
    "an element",
    "tsx",
    "export «»function A() { return 1; }\nf(<A />);\n",
    "export const A = () => 1;\nf(<A />);\n",
  ],
  ["Python", "py", "«»def f():\n    pass\n", `${TO_ARROW}.language`],
];

const FUNCTIONS: readonly Row[] = [
  [
    "a constant",
    "ts",
    "export const f = «»(a: A): B => {\n  g(a);\n};\n",
    "export function f(a: A): B {\n  g(a);\n}\n",
  ],
  [
    "a value alone",
    "js",
    "import a from 'a';\n\tconst f = «»async a => a + 1;\n",
    "import a from 'a';\n\tasync function f(a) {\n\t\treturn a + 1;\n\t}\n",
  ],
  [
    "an object",
    "js",
    "export const f = «»() => ({ a: 1 });\n",
    "export function f() {\n  return ({ a: 1 });\n}\n",
  ],
  [
    "no semicolons",
    "js",
    "import 'a'\nexport const f = «»() => 1\n",
    "import 'a'\nexport function f() {\n  return 1\n}\n",
  ],
  ["an argument", "js", "f(«»a => a);\n", "f(function (a) { return a; });\n"],
  [
    "its type",
    "ts",
    "export const f: F = «»(a) => a;\n",
    "export const f: F = function (a) { return a; };\n",
  ],
  ["several", "ts", "export const f = «»() => {}, g = 1;\n", "export const f = function () {}, g = 1;\n"],
  [
    "one in a block",
    "ts",
    "import 'a';\n{ const f = «»() => {}; f(); }\n",
    "import 'a';\n{ const f = function () {}; f(); }\n",
  ],
  ["a statement", "js", "«»() => 1;\n", "(function () { return 1; });\n"],
  ["the default", "js", "export default «»() => {};\n", "export default (function () {});\n"],
  ["called at once", "js", "(«»() => 1)();\n", "(function () { return 1; })();\n"],
  ["a comment", "js", "f(«»() => /* one */ 1);\n", `${TO_FUNCTION}.comment`],
  ["a comment in its constant", "js", "export const f /* f */ = «»() => 1;\n", `${TO_FUNCTION}.comment`],
  ["a script", "js", "const f = «»() => {};\n", `${TO_FUNCTION}.script`],
  ["this", "js", "f(«»() => this);\n", `${TO_FUNCTION}.this`],
  ["arguments", "js", "f(«»() => () => arguments);\n", `${TO_FUNCTION}.this`],
  [
    "what is written again",
    "ts",
    "import 'a';\nlet f = «»() => 1;\nf = g;\n",
    "import 'a';\nlet f = function () { return 1; };\nf = g;\n",
  ],
];

const PROGRAMS: readonly (readonly [string, Program])[] = [
  [
    TO_ARROW,
    [
      "mjs",
      "this",
      "const o = { n: 1, f: «»function () { return this.n; } };\nconsole.log(o.f());\n",
      `${TO_ARROW}.this`,
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "this in an arrow function",
      "const o = { n: 1, f: «»function () { return (() => this.n)(); } };\nconsole.log(o.f());\n",
      `${TO_ARROW}.this`,
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "this of another",
      "const f = «»function () { return { n: 1, g() { return this.n; } }; };\nconsole.log(f().g());\n",
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "this in a name",
      "const o = { n: 'x', f: «»function () { return { [this.n]() { return 1; } }; } };\nconsole.log(o.f().x());\n",
      `${TO_ARROW}.this`,
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "arguments",
      "const f = «»function () { return arguments.length; };\nconsole.log(f(1, 2));\n",
      `${TO_ARROW}.this`,
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "what is made",
      "const f = «»function () {};\nconsole.log(new f() instanceof f);\n",
      `${TO_ARROW}.new`,
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "new.target",
      "const f = «»function () { return new.target; };\nconsole.log(f());\n",
      `${TO_ARROW}.this`,
    ],
  ],
  [TO_ARROW, ["mjs", "its name", "const f = «»function () {};\nconsole.log(f.name);\n"]],
  [
    TO_ARROW,
    [
      "mjs",
      "a declared one's name",
      "import 'node:fs';\n«»function f(a, b) {}\nconsole.log(f.name, f.length);\n",
    ],
  ],
  [
    TO_ARROW,
    ["mjs", "a call above", "console.log(f());\n«»function f() { return 1; }\n", `${TO_ARROW}.hoisted`],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "a call by one below",
      "g();\n«»function f() { return 1; }\nfunction g() { console.log(f()); }\n",
      `${TO_ARROW}.hoisted`,
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "a call by one that is called by one",
      "const h = () => g();\nh();\n«»function f() { return 1; }\nfunction g() { console.log(f()); }\n",
      `${TO_ARROW}.hoisted`,
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "a call by one that is called below",
      "console.log(0);\n«»function f() { return 1; }\nfunction g() { console.log(f()); }\ng();\n",
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "functions that call each other",
      "console.log(0);\n«»function f(n) { return n && g(n - 1); }\nfunction g(n) { return n && f(n - 1); }\nconsole.log(f(4));\n",
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "a member of it",
      "import 'node:fs';\n«»function f() {}\nf.n = 1;\nconsole.log(f.n, f.hasOwnProperty('n'));\n",
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "its prototype",
      "import 'node:fs';\n«»function f() {}\nconsole.log(typeof f.prototype);\n",
      `${TO_ARROW}.new`,
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "one that is written",
      "import 'node:fs';\n«»function f() { return 1; }\nf = () => 2;\nconsole.log(f());\n",
      `${TO_ARROW}.written`,
    ],
  ],
  [
    TO_ARROW,
    [
      "cjs",
      "two parameters of a name",
      "const f = «»function (a, a) { return a; };\nconsole.log(f(1, 2));\n",
      `${TO_ARROW}.twice`,
    ],
  ],
  [
    TO_ARROW,
    [
      "mjs",
      "eval",
      "const f = «»function () { return eval('arguments').length; };\nconsole.log(f(1));\n",
      `${TO_ARROW}.this`,
    ],
  ],
  [
    TO_FUNCTION,
    [
      "mjs",
      "this",
      "class A { n = 1; f = «»() => this.n; }\nconst { f } = new A();\nconsole.log(f());\n",
      `${TO_FUNCTION}.this`,
    ],
  ],
  [
    TO_FUNCTION,
    [
      "mjs",
      "arguments",
      "function f() { return («»() => arguments.length)(); }\nconsole.log(f(1, 2));\n",
      `${TO_FUNCTION}.this`,
    ],
  ],
  [
    TO_FUNCTION,
    [
      "mjs",
      "super",
      "class A { f() { return 1; } }\nclass B extends A { f() { const g = «»() => super.f(); return g(); } }\nconsole.log(new B().f());\n",
      `${TO_FUNCTION}.this`,
    ],
  ],
  [
    TO_FUNCTION,
    ["mjs", "its name", "import 'node:fs';\nconst f = «»(a) => a;\nconsole.log(f.name, f(1));\n"],
  ],
  [
    TO_FUNCTION,
    [
      "mjs",
      "the name of the default",
      "import f from './main.mjs';\nexport default «»(a) => a;\nconsole.log(f.name, f(1));\n",
    ],
  ],
  [
    TO_FUNCTION,
    [
      "mjs",
      "each turn's own",
      "const all = [];\nfor (const i of [1, 2]) {\n  const f = «»() => i;\n  all.push(f);\n}\nconsole.log(all.map((g) => g()).join());\n",
    ],
  ],
  [
    TO_FUNCTION,
    ["mjs", "a var", "import 'node:fs';\nconsole.log(typeof f);\nvar f = «»() => 1;\nconsole.log(f());\n"],
  ],
];

describe(TO_ARROW, () => rewritten(parse, TO_ARROW, ARROWS));
describe(TO_FUNCTION, () => rewritten(parse, TO_FUNCTION, FUNCTIONS));

describe("functions in another form", () => {
  for (const [id, program] of PROGRAMS) reran(parse, id, [program]);

  it("come back as they were", () => {
    const texts = [
      "export async function f(a) {\n  // a\n  await a();\n}\n",
      "import a from 'a';\na((b) => ({ b }));\n",
      "import a from 'a';\na((b) => (b, a));\n",
      "import a from 'a';\n(a || (() => {}))();\n",
    ];
    const [named, argument, sequence, value] = texts;
    const there = [
      [named, "function f", TO_ARROW, "(a) =>", TO_FUNCTION],
      [argument, "(b)", TO_FUNCTION, "function", TO_ARROW],
      [sequence, "(b) =>", TO_FUNCTION, "function", TO_ARROW],
      [value, "() =>", TO_FUNCTION, "function", TO_ARROW],
    ] as const;
    for (const [text = "", at, first, then, second] of there) {
      const once = after(parse, first, "/p/a.ts", text.replace(at, `«»${at}`));
      assert.notEqual(once, text);
      const back = after(parse, second, "/p/a.ts", once.replace(then, `«»${then}`));
      assert.equal(back.replaceAll("((()", "(()").replaceAll("}))", "})"), text.replaceAll("}))", "})"));
    }
  });
});
