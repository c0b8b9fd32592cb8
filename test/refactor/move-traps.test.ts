import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { type MovedProgram, outcome } from "./several.ts";

const parse = withParser("javascript", "typescript", "tsx");

/** Programs whose names lead to the wrong thing if a move is not careful. */
const PROGRAMS: readonly MovedProgram[] = [
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
    "move-symbol.all",
    "a target that has the name from another file",
    "b.mjs",
    {
      "a.mjs": "export const «x» = 1;\nexport const y = 1;\n",
      "z.mjs": "export const x = 5;\n",
      "b.mjs": 'export * from "./z.mjs";\n',
      "run.mjs":
        'import { x } from "./b.mjs";\nimport { x as q, y } from "./a.mjs";\nconsole.log(x, q, y);\n',
    },
  ],
  [
    "moved",
    "what the target exports from the old file",
    "b.mjs",
    {
      "b.mjs": 'export { C } from "./a.mjs";\n',
      "a.mjs": "export const «C» = 1;\nexport const d = () => C;\n",
      "run.mjs": 'import { C } from "./b.mjs";\nimport { d } from "./a.mjs";\nconsole.log(C, d());\n',
    },
  ],
  [
    "move-symbol.taken",
    "what the target imports and exports",
    "b.mjs",
    {
      "b.mjs": 'import { C } from "./a.mjs";\nexport { C };\n',
      "a.mjs": "export const «C» = 1;\n",
      "run.mjs": 'import { C } from "./b.mjs";\nconsole.log(C);\n',
    },
  ],
  [
    "moved",
    "types and values under one import",
    "b.ts",
    {
      "a.ts": "export class «C» { n = 1 }\nexport const z = 1;\n",
      "run.ts": 'import { type C, z } from "./a.ts";\nconst c: C = { n: z };\nconsole.log(c);\n',
      "run2.ts":
        'import type { C } from "./a.ts";\nimport { C as D } from "./a.ts";\nconst c: C = new D();\nconsole.log(c);\n',
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
];

describe("a program of several files prints what it printed before a move", () => {
  for (const program of PROGRAMS)
    it(`${program[1]}: ${program[0]}`, () => assert.equal(outcome(program, parse), program[0]));
});
