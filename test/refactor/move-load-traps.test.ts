import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { type MovedProgram, outcome } from "./several.ts";

const parse = withParser("javascript", "typescript", "tsx");

/** Programs in which it matters when a file is loaded. */
const PROGRAMS: readonly MovedProgram[] = [
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
    "move-symbol.cycle",
    "a class whose base stays",
    "b.mjs",
    {
      "a.mjs": "class A { a = 1; }\nexport class «B» extends A {}\nexport const make = () => new B();\n",
      "run.mjs": 'import { make } from "./a.mjs";\nconsole.log(make().a);\n',
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
    "move-symbol.cycle",
    "a table of values that stay",
    "b.mjs",
    {
      "a.mjs":
        "export const one = () => 1;\nexport const «table» = { one };\nexport const go = () => table.one();\n",
      "run.mjs": 'import { go } from "./a.mjs";\nconsole.log(go());\n',
    },
  ],
  [
    "move-symbol.cycle",
    "the same, used while it is loaded",
    "index.mjs",
    {
      "index.mjs": 'export * from "./a.mjs";\n',
      "a.mjs": "export const «x» = () => 1;\nexport const y = x();\nconsole.log(y);\n",
      "run.mjs": 'import { x, y } from "./index.mjs";\nconsole.log(x(), y);\n',
    },
  ],
  [
    "move-symbol.order",
    "a target that changes what a third file has",
    "b.mjs",
    {
      "st.mjs": "export const s = { n: 0 };\n",
      "b.mjs": 'import { s } from "./st.mjs";\ns.n++;\nexport const b = 1;\n',
      "a.mjs": 'import { s } from "./st.mjs";\nexport const «f» = () => s.n;\nconsole.log(f());\n',
      "run.mjs": 'import "./a.mjs";\nimport "./b.mjs";\n',
    },
  ],
  [
    "move-symbol.cycle",
    "a class whose base imports it",
    "b.mjs",
    {
      "a.mjs":
        'import { Base } from "./base.mjs";\nexport class «E» extends Base {}\nexport const e = () => new E();\n',
      "base.mjs": 'import { e } from "./a.mjs";\nexport class Base { x = 1; }\nexport const m = () => e();\n',
      "run.mjs": 'import { m } from "./base.mjs";\nconsole.log(m().x);\n',
    },
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
    "move-symbol.effect",
    "a store filled from what stays",
    "b.mjs",
    {
      "run.mjs":
        'const Map = class { constructor() { console.log("made"); } };\nconst «seen» = new Map();\nconsole.log(seen);\nexport {};\n',
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
    "moved",
    "a class whose base stays, which is not used there",
    "b.mjs",
    {
      "a.mjs": "export class A { a = 1; }\nexport class «B» extends A {}\n",
      "run.mjs": 'import { A, B } from "./a.mjs";\nconsole.log(new B().a, new A().a);\n',
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
    "moved",
    "tables that are written out",
    "b.mjs",
    {
      "run.mjs":
        'const «TABLE» = { words: new Set("a b".split(" ")), list: [..."c d".split(" "), /x/g], get n() { return 1; }, f() { return 2; } };\nconsole.log(TABLE, TABLE.n, TABLE.f());\nexport {};\n',
    },
  ],
  [
    "moved",
    "a table of functions that stay",
    "b.mjs",
    {
      "a.mjs":
        "export function one() { return 1; }\nexport const «table» = { one };\nexport const go = () => table.one();\n",
      "run.mjs": 'import { go } from "./a.mjs";\nconsole.log(go());\n',
      "run2.mjs": 'import { table } from "./a.mjs";\nconsole.log(table.one());\n',
    },
  ],
  [
    "moved",
    "files that import each other through a third",
    "b.mjs",
    {
      "index.mjs": 'export * from "./a.mjs";\nexport * from "./c.mjs";\n',
      "a.mjs":
        'import { c } from "./index.mjs";\nexport const «x» = () => c() + 1;\nexport const y = () => x();\n',
      "c.mjs": 'import { y } from "./index.mjs";\nexport const c = () => 1;\nexport const d = () => y();\n',
      "run.mjs": 'import { x, d } from "./index.mjs";\nconsole.log(x(), d());\n',
    },
  ],
  [
    "moved",
    "into the file that exports all of the old one",
    "index.mjs",
    {
      "index.mjs": 'export * from "./a.mjs";\n',
      "a.mjs": "export const «x» = () => 1;\nexport const y = () => x();\n",
      "run.mjs": 'import { x, y } from "./index.mjs";\nconsole.log(x(), y());\n',
    },
  ],
  [
    "moved",
    "an old file that others load for what it does",
    "b.mjs",
    {
      "a.mjs": 'console.log("side");\nexport const «C» = 1;\n',
      "run.mjs": 'import "./a.mjs";\nimport { C } from "./a.mjs";\nconsole.log(C);\n',
    },
  ],
  [
    "moved",
    "a value that the target reads while it is loaded",
    "b.mjs",
    {
      "b.mjs": 'import { C } from "./a.mjs";\nexport let t = C + 1;\n',
      "a.mjs": "export const «C» = 1;\n",
      "run.mjs": 'import { t } from "./b.mjs";\nimport { C } from "./a.mjs";\nconsole.log(t, C);\n',
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
    "move-symbol.order",
    "a module imported for a type that says something all the same",
    "b.ts",
    {
      "a.ts":
        'import { Q } from "./q.ts";\nimport { r } from "./r.ts";\nimport { T } from "./t.ts";\nexport const «f» = (q: Q, t: T): number => q.n + t.n;\nexport const s = () => [f({ n: 1 }, { n: 2 }), r];\n',
      "q.ts": 'console.log("q");\nexport class Q { n = 1 }\n',
      "r.ts": 'console.log("r");\nexport const r = 1;\n',
      "t.ts": 'console.log("t");\nexport class T { n = 1 }\n',
      "run.ts": 'import { s } from "./a.ts";\nconsole.log(s());\n',
    },
  ],
];

describe("a program whose files do something when they are loaded prints the same after a move", () => {
  for (const program of PROGRAMS)
    it(`${program[1]}: ${program[0]}`, () => assert.equal(outcome(program, parse), program[0]));
});
