// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";
import { afterAll } from "./several.ts";
import { typeErrors } from "./type-checked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python", "go");
const ID = "introduce-parameter-object";

const WRITTEN: readonly Row[] = [
  [
    "all of them",
    "js",
    "function «»f(a, b) { return a - b; }\nf(1, b);\n",
    "function f({ a, b }) { return a - b; }\nf({ a: 1, b });\n",
  ],
  [
    "those that are selected",
    "js",
    "const f = (a, «b, c = 1», ...d) => a;\nf(1);\nf(1, 2);\nf(1, 2, 3, 4);\n",
    "const f = (a, { b, c = 1 }, ...d) => a;\nf(1, {});\nf(1, { b: 2 });\nf(1, { b: 2, c: 3 }, 4);\n",
  ],
  [
    "what is left out before them",
    "js",
    "function f(a = 1, «b, c») {}\nf();\n",
    "function f(a = 1, { b, c }) {}\nf(undefined, {});\n",
  ],
  [
    "calls in each other, with comments",
    "js",
    "function «f»(a, b) {}\nf(\n  f(1, 2), // x\n  3,\n);\n",
    "function f({ a, b }) {}\nf(\n  { a: f({ a: 1, b: 2 }), // x\n  b: 3 },\n);\n",
  ],
  [
    "types",
    "ts",
    "function «f»(a: string, b?: number, c = 0) { return a; }\nf('', 1, 2);\nf('');\n",
    "function f({ a, b, c = 0 }: { a: string; b?: number; c?: number }) { return a; }\nf({ a: '', b: 1, c: 2 });\nf({ a: '' });\n",
  ],
  [
    "many, in lines of their own",
    "ts",
    "export function «f»(first: string, second: number = 1, third: readonly string[] = [f('', 2)]): string {\n\treturn first;\n}\n",
    "export function f({\n\tfirst,\n\tsecond = 1,\n\tthird = [f({ first: '', second: 2 })],\n}: {\n\tfirst: string;\n\tsecond?: number;\n\tthird?: readonly string[];\n}): string {\n\treturn first;\n}\n",
  ],
  [
    "what may be given without a value",
    "ts",
    "function «f»(a: string, b?: () => void) {}\ndeclare const g: undefined;\nf('', g);\n",
    "function f({ a, b }: { a: string; b?: (() => void) | undefined }) {}\ndeclare const g: undefined;\nf({ a: '', b: g });\n",
  ],
  [
    "defaults that show their types",
    "ts",
    "function «f»(a = -1, b = 1n, c = `x`) {}\nf(2);\n",
    "function f({ a = -1, b = 1n, c = `x` }: { a?: number; b?: bigint; c?: string }) {}\nf({ a: 2 });\n",
  ],
  [
    "what only looks at them",
    "ts",
    "function «f»(a: string | number, b: number) { return a === b; }\nf(1, 2);\n",
    "function f({ a, b }: { a: string | number; b: number }) { return a === b; }\nf({ a: 1, b: 2 });\n",
  ],
  [
    "what is said of them, with types in types",
    "js",
    "/**\n * @param {{ x: { y: 1 } }} a one\n * @param {1} b two\n */\nfunction «f»(a, b) {}\n",
    "/**\n * @param {Object} options\n * @param {{ x: { y: 1 } }} options.a one\n * @param {1} options.b two\n */\nfunction f({ a, b }) {}\n",
  ],
  [
    "what is said of them",
    "js",
    "/**\n * @param {number} a one\n * @param {number} [b] two\n */\nfunction «f»(a, b) {}\n",
    "/**\n * @param {Object} options\n * @param {number} options.a one\n * @param {number} [options.b] two\n */\nfunction f({ a, b }) {}\n",
  ],
];

const REFUSED: readonly Row[] = [
  ["one parameter", "js", "function «f»(a) {}\n", `${ID}.few`],
  ["half a parameter", "js", "function f(aa, «b, c»c) {}\n", `${ID}.selection`],
  ["patterns", "js", "function «f»(a, { b }) {}\n", `${ID}.pattern`],
  ["what is handed around", "js", "function «f»(a, b) {}\n[].map(f);\n", "change-signature.value"],
  ["a list given", "js", "function «f»(a, b) {}\nf(...c);\n", "change-signature.value"],
  ["more than it takes", "js", "function «f»(a, b) {}\nf(1, 2, 3);\n", `${ID}.arguments`],
  ["functions that would get a name", "js", "function «f»(a, b) {}\nf(1, () => 2);\n", `${ID}.named`],
  ["a directive", "js", "function «f»(a, b) { 'use strict'; }\n", `${ID}.directive`],
  ["eval", "js", "function «f»(a, b) { eval('b'); }\n", "opaque"],
  ["a method", "js", "class A { «f»(a, b) {} }\n", "change-signature.name"],
  [
    "overloads",
    "ts",
    "function f(a: 1, b: 1): 1;\nfunction «f»(a: 1, b: 1) { return a; }\n",
    "change-signature.written",
  ],
  ["a type that is not written", "ts", "function «f»(a, b: 1) {}\n", `${ID}.type`],
  ["a type of the call", "ts", "function «f»<T>(a: T, b: 1) {}\n", `${ID}.type`],
  ["a type of another parameter", "ts", "function «f»(a: 1, b: typeof a) {}\n", `${ID}.type`],
  [
    "what it says of a parameter",
    "ts",
    "function «f»(a: unknown, b: 1): a is 1 { return true; }\n",
    `${ID}.predicate`,
  ],
  [
    "what it says of a parameter by its result",
    "ts",
    "function «f»(a: string | 1, b: 1) { return typeof a === 'string'; }\nconst g = (a: string | 1) => f(a, 1) && a.length;\n",
    `${ID}.predicate`,
  ],
  [
    "what its comment says of all of it",
    "js",
    "/** @type {(a: number, b: number) => number} */\nconst «f» = (a, b) => a - b;\n",
    `${ID}.comment`,
  ],
  [
    "what its comment says of a parameter",
    "js",
    "/** @returns {a is string} */\nfunction «f»(a, b) { return typeof a === 'string'; }\n",
    `${ID}.comment`,
  ],
  ["what may be left out before it", "ts", "function f(a?: 1, «b?: 1, c?: 1») {}\n", `${ID}.optional`],
];

const PYTHON: readonly Row[] = [
  [
    "all that is given by place",
    "py",
    "def «f»(a, b=1, **c):\n    return a\nf(1, 2)\nf(1)\nf(b=1, a=2, d=3)\nf(f(1), b := 2)\n",
    "def f(*, a, b=1, **c):\n    return a\nf(a=1, b=2)\nf(a=1)\nf(b=1, a=2, d=3)\nf(a=f(a=1), b=(b := 2))\n",
  ],
  [
    "those that are selected",
    "py",
    "def f(a, /, «b: int, c: int = 2»):\n    return a\nf(1, 2, c=3)\n",
    "def f(a, /, *, b: int, c: int = 2):\n    return a\nf(1, b=2, c=3)\n",
  ],
];

const NOT_PYTHON: readonly Row[] = [
  [
    "what a text tries out",
    "py",
    'def «f»(a, b):\n    """\n    >>> f(1, 2)\n    3\n    """\n',
    "change-signature.doctest",
  ],
  ["what stands before others", "py", "def f(«a, b», c): pass\n", `${ID}.kind`],
  ["what is given by name already", "py", "def «f»(a, b, *, c): pass\n", `${ID}.kind`],
  ["the rest", "py", "def «f»(a, b, *c): pass\n", `${ID}.kind`],
  ["what is given by its place only", "py", "def «f»(a, /, b): pass\n", `${ID}.kind`],
  ["a class's own names", "py", "def «f»(a, __b): pass\n", `${ID}.name`],
  ["a list given", "py", "def «f»(a, b): pass\nf(*c)\n", "change-signature.value"],
  ["values one by one", "py", "def «f»(a, b=1): pass\nf(c for c in d)\n", "change-signature.value"],
  ["more than it takes", "py", "def «f»(a, b): pass\nf(1, 2, 3)\n", `${ID}.arguments`],
  ["one that is given twice", "py", "def «f»(a, b): pass\nf(1, a=3)\n", `${ID}.arguments`],
  ["Go", "go", "package a\nfunc «f»(a int, b int) {}\n", `${ID}.language`],
];

const TRAPS: readonly Program[] = [
  [
    "py",
    "lines that go on",
    "def «f»(a, \\\n    b, c=0):\n    return (a, b, c)\nprint(f(1, \\\n    2), f( \\\n    1, 2, c=3))\n",
  ],
  [
    "py",
    "arguments that print",
    "def v(n):\n    print(n)\n    return n\ndef f(a, «b=v(0), c=2»):\n    return (a, b, c)\nprint(f(v(1), v(2), v(3)), f(v(1), c=v(2)), f(f(1, 2), (x := 5)), x)\n",
  ],
  [
    "py",
    "values one by one, in signs",
    "def «f»(a, b=1):\n    return list(a)\nprint(f((i for i in range(3)), 2))\n",
  ],
  [
    "py",
    "a function in a class",
    "def «f»(a, b):\n    return a - b\nclass C:\n    c = f(5, 3)\n    def d(self):\n        return f(1, 2)\nprint(C.c, C().d())\n",
  ],
  [
    "js",
    "arguments that log",
    "const v = (n) => { console.log(n); return n; };\nfunction «f»(a, b, c) { return [a, b, c].join(); }\nconsole.log(f(v(1), v(2), v(3)));\n",
  ],
  [
    "js",
    "arguments that log, some of them",
    "const v = (n) => { console.log(n); return n; };\nfunction f(a, «b, c») { return [a, b, c].join(); }\nconsole.log(f(v(1), v(2), v(3)), f(v(4)), f());\n",
  ],
  [
    "js",
    "defaults",
    "const v = (n) => { console.log(n); return n; };\nfunction «f»(a = v(1), b = a + v(2)) { return [a, b].join(); }\nconsole.log(f(), f(undefined, 5), f(7), f(null));\n",
  ],
  [
    "js",
    "a default of another that uses them",
    "function f(«a, b = 2», c = a + b) { return [a, b, c].join(); }\nconsole.log(f(1), f(1, 1), f(1, 1, 1));\n",
  ],
  [
    "js",
    "arguments",
    "function «f»(a, b) { return arguments.length; }\nconsole.log(f(1, 2));\n",
    "change-signature.arguments",
  ],
  ["js", "how many there are", "function «f»(a, b) {}\nconsole.log(f.length);\n", "change-signature.value"],
  [
    "js",
    "parameters that change",
    "function «f»(a, b) { const g = () => a; a = b; b = 5; return [g(), b].join(); }\nconsole.log(f(1, 2));\n",
  ],
  [
    "js",
    "var of the same name",
    "function «f»(a, b = 1) { var a; var b = b; return [a, b].join(); }\nconsole.log(f(1), f(1, 2));\n",
    "opaque",
  ],
  [
    "js",
    "a function of the same name",
    "function «f»(a, b) { return typeof a; function a() {} }\nconsole.log(f(1, 2));\n",
  ],
  [
    "js",
    "calls of its own",
    "function «f»(n, all = []) { return n === 0 ? all.join() : f(n - 1, [...all, n]); }\nconsole.log(f(3));\n",
  ],
  ["js", "a call before it", "console.log(f(1, 2));\nfunction «f»(a, b) { return a + b; }\n"],
  ["js", "a generator", "function* «f»(a, b) { yield a; yield b; }\nconsole.log([...f(1, 2)].join());\n"],
  [
    "js",
    "an async function that fails",
    "async function «f»(a, b) { throw new Error(a + b); }\nf(1, 2).catch((it) => console.log(it.message));\n",
  ],
  [
    "js",
    "the name of a function that is given",
    "function «f»(a, b) { return b.name; }\nconsole.log(JSON.stringify(f(1, () => 2)));\n",
    `${ID}.named`,
  ],
  [
    "js",
    "the name of a class that is given",
    "function «f»(a, b) { return b.name; }\nconsole.log(JSON.stringify(f(1, (class {}))));\n",
    `${ID}.named`,
  ],
  [
    "js",
    "__proto__",
    "function «f»(a, __proto__) { return __proto__; }\nconsole.log(f(1, null), f(1, 2));\n",
    `${ID}.name`,
  ],
  [
    "js",
    "a name that every object has",
    "function «f»(a, constructor) { return typeof constructor; }\nconsole.log(f(1), f(1, 2));\n",
    `${ID}.name`,
  ],
  [
    "js",
    "names of the language in other places",
    "function «f»(async, of, get) { return [async, of, get].join(); }\nconsole.log(f(1, 2, 3));\n",
  ],
  [
    "js",
    "new",
    "function «F»(a, b) { this.c = a + b; }\nconsole.log(new F(1, 2).c);\n",
    "change-signature.value",
  ],
  [
    "js",
    "an optional call",
    "const «f» = (a, b) => a + b;\nconsole.log(f?.(1, 2));\n",
    "change-signature.value",
  ],
  ["js", "a sequence", "const «f» = (a, b) => a + b;\nconsole.log(f((1, 2), (3, 4)), f(1 ? 2 : 3, 4));\n"],
];

describe(ID, () => {
  describe("makes one of", () => rewritten(parse, ID, [...WRITTEN, ...PYTHON]));
  describe("refuses", () => rewritten(parse, ID, [...REFUSED, ...NOT_PYTHON]));
  describe("keeps what is printed", () => reran(parse, ID, TRAPS));

  it("changes calls in other files", () => {
    const files = {
      "a.js": "export function «f»(a, b) {}\n",
      "b.js": "import { f as g } from './a.js';\nconst a = 1;\ng(a, 2);\n",
    };
    assert.deepEqual(afterAll(ID, files, {}, parse), {
      "a.js": "export function f({ a, b }) {}\n",
      "b.js": "import { f as g } from './a.js';\nconst a = 1;\ng({ a, b: 2 });\n",
    });
  });

  it("brings TypeScript no error", () => {
    const text =
      "type A = { x: 1 };\nexport function «f»(a: A, b?: A | null, c: readonly string[] = []): string { return `${a.x}${b?.x}${c.length}`; }\nexport const n = (o: A | undefined) => f({ x: 1 }, o, ['']) + f({ x: 1 });\n";
    const made = after(parse, ID, "/p/a.ts", text);
    assert.deepEqual(typeErrors(made), [], made);
  });
});
