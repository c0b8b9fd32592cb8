import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { printed } from "./printed.ts";
import { afterMove, type Files, unmarked } from "./several.ts";

const parse = withParser("javascript", "typescript", "tsx");

/** What the move leads to ("moved" or the code of the refusal), what it is about, the target, the files; all whose names begin with "run" are run. */
const PROGRAMS: readonly (readonly [string, string, string | undefined, Files])[] = [
  [
    "moved",
    "a function that both files use",
    "b.mjs",
    {
      "a.mjs":
        "export function «f»() { return g() + 1; }\nfunction g() { return 1; }\nexport const h = () => f() + g();\n",
      "run.mjs": 'import { f, h } from "./a.mjs";\nconsole.log(f(), h());\n',
    },
  ],
  [
    "moved",
    "functions that call each other across the files while they are loaded",
    "b.mjs",
    {
      "a.mjs":
        "export function «f»() { return g() + 1; }\nfunction g() { return 1; }\nconsole.log(f());\nexport {};\n",
      "run.mjs": 'import { f } from "./a.mjs";\nconsole.log(f());\n',
      "run2.mjs": 'import "./a.mjs";\n',
    },
  ],
  [
    "move-symbol.cycle",
    "a function kept in a constant that is called while the old file is loaded",
    "b.mjs",
    {
      "a.mjs": "export const «f» = () => g() + 1;\nfunction g() { return 1; }\nconsole.log(f());\n",
      "run.mjs": 'import { f } from "./a.mjs";\nconsole.log(f());\n',
    },
  ],
  [
    "moved",
    "the same, which nobody else imports",
    "b.mjs",
    {
      "a.mjs":
        "const «f» = () => g() + 1;\nfunction g() { return 1; }\nexport const x = f();\nconsole.log(x);\n",
      "run.mjs": 'import { x } from "./a.mjs";\nconsole.log(x);\n',
    },
  ],
  [
    "move-symbol.cycle",
    "a class whose base stays",
    "b.mjs",
    {
      "a.mjs": "class A { a = 1; }\nexport class «B» extends A {}\nexport const make = () => new B();\n",
      "run.mjs": 'import { make } from "./a.mjs";\nconsole.log(make().a);\n',
    },
  ],
  [
    "moved",
    "a class whose base stays, which is not used there",
    "b.mjs",
    {
      "a.mjs": "export class A { a = 1; }\nexport class «B» extends A {}\n",
      "run.mjs": 'import { A, B } from "./a.mjs";\nconsole.log(new B().a, new A().a);\n',
    },
  ],
  [
    "move-symbol.order",
    "a target that says something when it is loaded",
    "b.mjs",
    {
      "a.mjs": 'export function «f»() { return 1; }\nconsole.log("a", f());\n',
      "b.mjs": 'export const b = 1;\nconsole.log("b");\n',
      "run.mjs": 'import "./a.mjs";\n',
    },
  ],
  [
    "move-symbol.order",
    "an old file that says something when it is loaded, for those who import the moved name only",
    "b.mjs",
    {
      "a.mjs": 'export function «f»() { return 1; }\nconsole.log("a");\n',
      "run.mjs": 'import { f } from "./a.mjs";\nconsole.log(f());\n',
    },
  ],
  [
    "moved",
    "an import of the moved code that says something",
    "b.mjs",
    {
      "a.mjs":
        'import { q } from "./q.mjs";\nimport { r } from "./r.mjs";\nexport function «f»() { return q; }\nexport const s = () => [f(), r];\n',
      "q.mjs": 'console.log("q");\nexport const q = 1;\n',
      "r.mjs": 'console.log("r");\nexport const r = 1;\n',
      "run.mjs": 'import { s } from "./a.mjs";\nconsole.log(s());\n',
    },
  ],
  [
    "move-symbol.order",
    "imports of the moved code that say something, and one between them",
    "b.mjs",
    {
      "a.mjs":
        'import { q } from "./q.mjs";\nimport { r } from "./r.mjs";\nimport { t } from "./t.mjs";\nexport function «f»() { return q + t; }\nexport const s = () => [f(), r];\n',
      "q.mjs": 'console.log("q");\nexport const q = 1;\n',
      "r.mjs": 'console.log("r");\nexport const r = 1;\n',
      "t.mjs": 'console.log("t");\nexport const t = 1;\n',
      "run.mjs": 'import { s } from "./a.mjs";\nconsole.log(s());\n',
    },
  ],
  [
    "move-symbol.order",
    "imports that say something, and nobody who needs the moved code",
    "b.mjs",
    {
      "a.mjs": 'import { q } from "./q.mjs";\nfunction «f»() { return q; }\nexport const s = 1;\n',
      "q.mjs": 'console.log("q");\nexport const q = 1;\n',
      "run.mjs": 'import { s } from "./a.mjs";\nconsole.log(s);\n',
    },
  ],
  [
    "moved",
    "tables that are written out",
    "b.mjs",
    {
      "run.mjs":
        'const «TABLE» = { words: new Set("a b".split(" ")), list: [..."c d".split(" "), /x/g], get n() { return 1; }, f() { return 2; } };\nconsole.log(TABLE, TABLE.n, TABLE.f());\nexport {};\n',
    },
  ],
  [
    "move-symbol.effect",
    "a list made of what may change",
    "b.mjs",
    { "run.mjs": "const a = [1];\na.push(2);\nconst «b» = [...a];\nconsole.log(b);\nexport {};\n" },
  ],
  [
    "move-symbol.effect",
    "a key that is computed",
    "b.mjs",
    {
      "run.mjs":
        'const k = () => { console.log("k"); return "k"; };\nconsole.log(1);\nexport const «b» = { [k()]() {} };\nconsole.log(b);\n',
    },
  ],
  [
    "moved",
    "an import that both need",
    "b.mjs",
    {
      "a.mjs":
        'import { q } from "./q.mjs";\nimport { r } from "./r.mjs";\nexport function «f»() { return q; }\nexport const s = () => [f(), r, q];\n',
      "q.mjs": 'console.log("q");\nexport const q = 1;\n',
      "r.mjs": 'console.log("r");\nexport const r = 1;\n',
      "run.mjs": 'import { s } from "./a.mjs";\nconsole.log(s());\n',
    },
  ],
  [
    "move-symbol.assigned",
    "a variable that what stays counts up",
    "b.mjs",
    { "run.mjs": "let «n» = 0;\nexport function up() { n++; }\nup();\nconsole.log(n);\n" },
  ],
  [
    "move-symbol.assigned",
    "a function that counts up what stays",
    "b.mjs",
    { "run.mjs": "let n = 0;\nexport function «up»() { n++; }\nup();\nconsole.log(n);\n" },
  ],
  [
    "moved",
    "a variable with all who change it",
    "b.mjs",
    { "run.mjs": "«let n = 0;\nfunction up() { n++; }»\nup();\nconsole.log(n);\nexport {};\n" },
  ],
  [
    "move-symbol.effect",
    "a value that is computed",
    "b.mjs",
    { "run.mjs": 'console.log("first");\nexport const «x» = log();\nfunction log() { console.log("x"); }\n' },
  ],
  [
    "move-symbol.effect",
    "a value that is read",
    "b.mjs",
    { "run.mjs": "globalThis.a = 1;\nexport const «x» = globalThis.a;\nconsole.log(x);\n" },
  ],
  [
    "move-symbol.effect",
    "a value made of a variable",
    "b.mjs",
    { "run.mjs": "let a = 1;\na = 2;\nexport const «x» = a;\nconsole.log(x);\n" },
  ],
  [
    "move-symbol.effect",
    "a class that runs something",
    "b.mjs",
    { "run.mjs": 'console.log("first");\nexport class «A» { static { console.log("A"); } }\n' },
  ],
  [
    "move-symbol.effect",
    "a class with a computed static member",
    "b.mjs",
    {
      "run.mjs":
        "let n = 0;\nconst next = () => ++n;\nnext();\nexport class «A» { static id = next(); }\nconsole.log(A.id);\n",
    },
  ],
  [
    "moved",
    "a class with plain members",
    "b.mjs",
    {
      "run.mjs":
        'let n = 0;\nconst next = () => ++n;\nnext();\nexport class «A» { static kind = "a"; id = next(); }\nconsole.log(A.kind, new A().id);\n',
    },
  ],
  [
    "moved",
    "a store",
    "b.mjs",
    { "run.mjs": "const «seen» = new Map();\nseen.set(1, 2);\nconsole.log(seen);\nexport {};\n" },
  ],
  [
    "move-symbol.effect",
    "a store filled from what stays",
    "b.mjs",
    {
      "run.mjs":
        'const Map = class { constructor() { console.log("made"); } };\nconst «seen» = new Map();\nconsole.log(seen);\nexport {};\n',
    },
  ],
  [
    "move-symbol.taken",
    "a name that the target has",
    "b.mjs",
    {
      "run.mjs": 'import { b } from "./b.mjs";\nexport const «x» = 1;\nconsole.log(x, b);\n',
      "b.mjs": "const x = 2;\nexport const b = x;\n",
    },
  ],
  [
    "move-symbol.taken",
    "a needed name that is another in the target",
    "b.mjs",
    {
      "run.mjs":
        'import { b } from "./b.mjs";\nconst k = 1;\nexport const «x» = () => k;\nconsole.log(x(), b);\n',
      "b.mjs": "const k = 2;\nexport const b = k;\n",
    },
  ],
  [
    "move-symbol.captured",
    "a global that the target has its own of",
    "b.mjs",
    {
      "run.mjs": "export const «x» = () => String(1);\nconsole.log(x());\n",
      "b.mjs": "function String() { return 2; }\nexport const b = String();\n",
    },
  ],
  [
    "move-symbol.captured",
    "a name that the target uses of the world",
    "b.mjs",
    {
      "run.mjs":
        'import { b } from "./b.mjs";\nexport function «String»() { return 2; }\nconsole.log(b(), String());\n',
      "b.mjs": "export const b = () => String(1);\n",
    },
  ],
  [
    "move-symbol.namespace",
    "a member of the whole file",
    "b.mjs",
    { "a.mjs": "export const «x» = 1;\n", "run.mjs": 'import * as a from "./a.mjs";\nconsole.log(a.x);\n' },
  ],
  [
    "move-symbol.namespace",
    "the whole file as a value",
    "b.mjs",
    {
      "a.mjs": "export const «x» = 1;\n",
      "run.mjs": 'import * as a from "./a.mjs";\nconsole.log(Object.keys(a));\n',
    },
  ],
  [
    "move-symbol.namespace",
    "the whole target as a value",
    "b.mjs",
    {
      "a.mjs": "export const «x» = 1;\nexport const y = 1;\n",
      "b.mjs": "export const z = 1;\n",
      "run.mjs":
        'import * as b from "./b.mjs";\nimport { x } from "./a.mjs";\nconsole.log(Object.keys(b), x);\n',
    },
  ],
  [
    "moved",
    "another member of the whole file",
    "b.mjs",
    {
      "a.mjs": "export const «x» = 1;\nexport const y = 2;\n",
      "run.mjs": 'import * as a from "./a.mjs";\nconsole.log(a.y);\n',
    },
  ],
  [
    "move-symbol.loaded",
    "a file that is loaded later",
    "b.mjs",
    {
      "a.mjs": "export const «x» = 1;\n",
      "run.mjs": 'const { x } = await import("./a.mjs");\nconsole.log(x);\n',
    },
  ],
  [
    "moved",
    "names that are exported further, also by another name",
    "b.mjs",
    {
      "a.mjs": "export const «x» = 1;\nexport const y = 2;\n",
      "c.mjs": 'export { x, y, x as z } from "./a.mjs";\n',
      "run.mjs": 'import { x, y, z } from "./c.mjs";\nconsole.log(x, y, z);\n',
    },
  ],
  [
    "moved",
    "all that is exported further",
    "b.mjs",
    {
      "a.mjs": "export const «x» = 1;\nexport const y = 2;\n",
      "c.mjs": 'export * from "./a.mjs";\n',
      "run.mjs": 'import { x, y } from "./c.mjs";\nconsole.log(x, y);\n',
    },
  ],
  [
    "moved",
    "all of both files exported further",
    "b.mjs",
    {
      "a.mjs": "export const «x» = 1;\nexport const y = 2;\n",
      "b.mjs": "export const z = 3;\n",
      "c.mjs": 'export * from "./a.mjs";\nexport * from "./b.mjs";\n',
      "run.mjs": 'import { x, y, z } from "./c.mjs";\nconsole.log(x, y, z);\n',
    },
  ],
  [
    "move-symbol.all",
    "all of two files with the same name",
    "b.mjs",
    {
      "a.mjs": "export const y = 2;\nconst k = 4;\nexport const «f» = () => k;\n",
      "d.mjs": "export const k = 3;\n",
      "c.mjs": 'export * from "./a.mjs";\nexport * from "./d.mjs";\n',
      "run.mjs": 'import { f, k } from "./c.mjs";\nconsole.log(f(), k);\n',
    },
  ],
  [
    "moved",
    "what is exported in a list and by another name",
    "b.mjs",
    {
      "a.mjs": "const «x» = 1;\nconst y = () => x;\nexport { x as z, y };\n",
      "run.mjs": 'import { z, y } from "./a.mjs";\nconsole.log(z, y());\n',
    },
  ],
  [
    "moved",
    "what is used under another name",
    "b.mjs",
    {
      "a.mjs": "export const «x» = 1;\nexport const y = 2;\n",
      "run.mjs": 'import { x as one, y } from "./a.mjs";\nconst x = 5;\nconsole.log(one, y, x);\n',
    },
  ],
  [
    "moved",
    "what the target has imported",
    "run.mjs",
    {
      "a.mjs": "export const «x» = 1;\nexport const y = 2;\n",
      "run.mjs": 'import { x, y } from "./a.mjs";\nconst z = x + y;\nconsole.log(x, y, z);\n',
    },
  ],
  [
    "moved",
    "code that uses what the target has",
    "b.mjs",
    {
      "run.mjs": 'import { one } from "./b.mjs";\nexport const «two» = () => one + 1;\nconsole.log(two());\n',
      "b.mjs": "export const one = 1;\n",
    },
  ],
  [
    "moved",
    "into another folder",
    "lib/deep/b.mjs",
    {
      "a.mjs":
        'import { q } from "./sub/q.mjs";\nimport { r } from "./lib/r.mjs";\nexport const «f» = () => [q, r, s];\nexport const s = 3;\n',
      "sub/q.mjs": "export const q = 1;\n",
      "lib/r.mjs": "export const r = 2;\n",
      "run.mjs": 'import { f } from "./a.mjs";\nconsole.log(f());\n',
    },
  ],
  [
    "move-symbol.bound",
    "what is about the place of the file",
    "lib/b.mjs",
    {
      "run.mjs": 'export const «f» = () => import("./q.mjs");\nconsole.log((await f()).q);\n',
      "q.mjs": "export const q = 1;\n",
    },
  ],
  [
    "move-symbol.bound",
    "the address of the file",
    "b.mjs",
    { "run.mjs": "export const «f» = () => import.meta.url.slice(-7);\nconsole.log(f());\n" },
  ],
  [
    "moved",
    "types and what has them",
    "b.ts",
    {
      "a.ts":
        'import type { Q } from "./q.ts";\n«export interface P { q: Q }\nexport const p = (q: Q): P => ({ q });»\nexport function r(it: P): Q { return it.q; }\n',
      "q.ts": "export type Q = number;\n",
      "run.ts": 'import { p, r, type P } from "./a.ts";\nconst it: P = p(1);\nconsole.log(it, r(it));\n',
    },
  ],
  [
    "moved",
    "a type that is needed of the old file",
    "b.ts",
    {
      "a.ts": "interface P { a: number }\nexport const «f» = (p: P) => p.a;\nexport const g: P = { a: 1 };\n",
      "run.ts": 'import { f, g } from "./a.ts";\nconsole.log(f(g));\n',
    },
  ],
  [
    "moved",
    "overloads",
    "b.ts",
    {
      "q.ts": "export const q = 1;\n",
      "run.ts":
        "import { q } from './q.ts';\nexport function f(a: number): number;\nexport function «f»(a: string): string;\nexport function f(a: unknown): unknown { return a; }\nconsole.log(f(1), f('a'), q);\n",
    },
  ],
  [
    "move-symbol.default",
    "a default export",
    "b.mjs",
    {
      "a.mjs": "export default function «f»() { return 1; }\n",
      "run.mjs": 'import f from "./a.mjs";\nconsole.log(f());\n',
    },
  ],
  [
    "move-symbol.script",
    "a script",
    "b.js",
    { "run.js": "function «f»() { return 1; }\nconsole.log(f());\n" },
  ],
  [
    "move-symbol.script",
    "a module of Node's own kind",
    "b.js",
    {
      "run.js":
        "const fs = require('fs');\nfunction «f»() { return 1; }\nmodule.exports = { f };\nconsole.log(f(), typeof fs);\n",
    },
  ],
  [
    "moved",
    "what else imports the target first",
    "b.mjs",
    {
      "a.mjs":
        'import { b } from "./b.mjs";\nexport const «x» = () => 1;\nexport const y = () => x() + b();\n',
      "b.mjs": "export const b = () => 2;\n",
      "run.mjs":
        'import { b } from "./b.mjs";\nimport { x, y } from "./a.mjs";\nconsole.log(b(), x(), y());\n',
    },
  ],
  [
    "move-symbol.order",
    "what a third file uses while both are loaded",
    "b.mjs",
    {
      "a.mjs":
        'export const «x» = () => k() + 1;\nexport function k() { return 1; }\nexport { c } from "./c.mjs";\n',
      "c.mjs": 'import { k } from "./a.mjs";\nexport const c = 1;\nconsole.log(k());\n',
      "d.mjs": 'import { x } from "./a.mjs";\nexport const d = x();\nconsole.log(d);\n',
      "b.mjs": 'import { d } from "./d.mjs";\nexport const e = () => d;\n',
      "run.mjs": 'import { d } from "./d.mjs";\nconsole.log(d);\n',
    },
  ],
];

describe("a program of several files prints what it printed before a move", () => {
  for (const [expected, what, to, files] of PROGRAMS)
    it(`${what}: ${expected}`, () => {
      const after = afterMove(files, to, parse);
      assert.equal(
        typeof after === "string" ? after : "moved",
        expected,
        JSON.stringify(after, undefined, 1),
      );
      if (typeof after === "string") return;
      const before = unmarked(files);
      for (const entry of Object.keys(before).filter((it) => it.startsWith("run")))
        assert.equal(printed(after, entry), printed(before, entry), JSON.stringify(after, undefined, 1));
    });
});
