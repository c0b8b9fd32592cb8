import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { printed } from "./printed.ts";
import { afterAll, type Files, unmarked } from "./several.ts";

const parse = withParser("javascript", "typescript", "tsx");
const [NAMED, DEFAULT] = ["convert-default-export-to-named", "convert-named-export-to-default"];

/** Programs with a default export, and with a named one in its place. */
const BOTH: readonly (readonly [string, Files, Files])[] = [
  [
    "a function",
    { "a.mjs": "export default function «»f() {}\n", "b.mjs": "import f from './a.mjs';\nf();\n" },
    { "a.mjs": "export function «»f() {}\n", "b.mjs": "import { f } from './a.mjs';\nf();\n" },
  ],
  [
    "a constant, other names and another name",
    {
      "a.ts": "export const n = 1;\nconst a = 2;\nexport default «»a;\n",
      "b.ts":
        'import d, { n } from "./a";\nimport type t from "./a";\nexport { default as x } from "./a";\nexport { default } from "./a.js";\nd(n);\n',
      "c.ts": 'import * as all from "./a";\nall.default(all.n);\n',
    },
    {
      "a.ts": "export const n = 1;\nexport const «»a = 2;\n",
      "b.ts":
        'import { a as d, n } from "./a";\nimport type { a as t } from "./a";\nexport { a as x } from "./a";\nexport { a as default } from "./a.js";\nd(n);\n',
      "c.ts": 'import * as all from "./a";\nall.a(all.n);\n',
    },
  ],
  [
    "a class, and a list of several lines",
    {
      "a/index.ts": "export default abstract class «»A {}\n",
      "b.ts": 'import A, {\n  n,\n  m,\n} from "./a";\n',
    },
    { "a/index.ts": "export abstract class «»A {}\n", "b.ts": 'import {\n  A,\n  n,\n  m,\n} from "./a";\n' },
  ],
  [
    "an interface",
    { "a.ts": "export default interface «»A {}\n", "b.ts": 'import type A from "./a";\n' },
    { "a.ts": "export interface «»A {}\n", "b.ts": 'import type { A } from "./a";\n' },
  ],
];

const REFUSED: readonly (readonly [string, string, Files, string])[] = [
  [NAMED, "no name", { "a.js": "export default «»function () {}\n" }, `${NAMED}.place`],
  [NAMED, "a value", { "a.js": "const a = 1;\nexport default «»a + 1;\n" }, `${NAMED}.place`],
  [
    NAMED,
    "a variable that changes",
    { "a.js": "let a = 1;\na = 2;\nexport default «»a;\n" },
    `${NAMED}.written`,
  ],
  [NAMED, "an import", { "a.js": "import a from './q.js';\nexport default «»a;\n" }, `${NAMED}.name`],
  [NAMED, "one of several", { "a.js": "const a = 1, b = 2;\nexport default «»a;\n" }, `${NAMED}.kind`],
  [
    NAMED,
    "a name that is taken",
    { "a.js": "const b = 1;\nexport { b as a };\nexport default function «»a() {}\n" },
    `${NAMED}.taken`,
  ],
  [
    NAMED,
    "all of another file",
    { "a.js": "export * from './b.js';\nexport default function «»a() {}\n" },
    `${NAMED}.all`,
  ],
  [
    NAMED,
    "a file that exports all",
    { "a.js": "export default function «»a() {}\n", "b.js": "export * from './a.js';\n" },
    `${NAMED}.all`,
  ],
  [
    NAMED,
    "a file that is loaded later",
    { "a.js": "export default function «»a() {}\n", "b.js": "import('./a.js').then((m) => m.default());\n" },
    `${NAMED}.loaded`,
  ],
  [
    NAMED,
    "a file that is required",
    { "a.js": "export default function «»a() {}\n", "b.js": "require('./a').default();\n" },
    `${NAMED}.loaded`,
  ],
  [
    NAMED,
    "a mock",
    { "a.js": "export default function «»a() {}\n", "b.js": "vi.mock('./a.js', () => ({ default: 1 }));\n" },
    `${NAMED}.loaded`,
  ],
  [
    NAMED,
    "import with require",
    { "a.ts": "export default function «»a() {}\n", "b.ts": "import a = require('./a');\n" },
    `${NAMED}.loaded`,
  ],
  [
    NAMED,
    "an alias",
    { "a.js": "export default function «»a() {}\n", "b.js": "import a from '@/lib/a';\n" },
    `${NAMED}.package`,
  ],
  [
    NAMED,
    "a whole file",
    { "a.js": "export default function «»a() {}\n", "b.js": "import * as all from './a.js';\nf(all);\n" },
    `${NAMED}.namespace`,
  ],
  [
    NAMED,
    "a whole file beside it",
    {
      "a.js": "export default function «»a() {}\n",
      "b.js": "import d, * as all from './a.js';\nf(d, all.n);\n",
    },
    `${NAMED}.namespace`,
  ],
  [
    NAMED,
    "a comment",
    { "a.js": "export default function «»a() {}\n", "b.js": "import d /* it */ from './a.js';\n" },
    `${NAMED}.comment`,
  ],
  [
    NAMED,
    "a value and a type",
    { "a.ts": "interface a {}\nconst a = 1;\nexport default «»a;\n" },
    `${NAMED}.companion`,
  ],
  [
    DEFAULT,
    "a default that is there",
    { "a.js": "export function «»a() {}\nexport default 1;\n" },
    `${DEFAULT}.taken`,
  ],
  [
    DEFAULT,
    "a default in a list",
    { "a.js": "export function «»a() {}\nconst b = 1;\nexport { b as default };\n" },
    `${DEFAULT}.taken`,
  ],
  [DEFAULT, "an enumeration", { "a.ts": "export enum «»A { B }\n" }, `${DEFAULT}.kind`],
  [DEFAULT, "a type", { "a.ts": "export type «»A = string;\n" }, `${DEFAULT}.kind`],
  [
    DEFAULT,
    "overloads",
    {
      "a.ts":
        "export function «»a(b: string): void;\nexport function a(b: number): void;\nexport function a(b: unknown) {}\n",
    },
    `${DEFAULT}.written`,
  ],
  [DEFAULT, "two names", { "a.js": "export const «»a = 1, b = 2;\n" }, `${DEFAULT}.place`],
  [DEFAULT, "a pattern", { "a.js": "export const { «»a } = b;\n" }, `${DEFAULT}.place`],
  [DEFAULT, "a variable that changes", { "a.js": "export let «»a = 1;\na = 2;\n" }, `${DEFAULT}.written`],
  [
    DEFAULT,
    "a type beside others",
    {
      "a.ts": "export interface «»A {}\nexport const b = 1;\n",
      "b.ts": 'import { type A, b } from "./a";\n',
    },
    `${DEFAULT}.type`,
  ],
  [
    DEFAULT,
    "two imports of one statement",
    { "a.js": "export function «»a() {}\n", "b.js": "import { a, a as b } from './a.js';\n" },
    `${DEFAULT}.twice`,
  ],
];

/** What Node prints of the file "run.mjs" stays. */
const PROGRAMS: readonly (readonly [string, string, Files])[] = [
  [
    NAMED,
    "functions that files which import each other call",
    {
      "run.mjs": "import f, { g } from './a.mjs';\nconsole.log(f.name, g());\n",
      "a.mjs":
        "import { h } from './b.mjs';\nexport default function «»f() { return 1; }\nexport const g = () => h;\n",
      "b.mjs": "import d from './a.mjs';\nexport const h = d();\n",
    },
  ],
  [
    NAMED,
    "a class that is handed on",
    {
      "run.mjs": "import * as all from './b.mjs';\nconsole.log(all.B.name, Object.keys(all));\n",
      "a.mjs": "class A {}\n\nexport default «»A;\n",
      "b.mjs": "export { default as B } from './a.mjs';\n",
    },
  ],
  [
    DEFAULT,
    "a constant",
    {
      "run.mjs":
        "import { n, a as b } from './a.mjs';\nimport * as all from './a.mjs';\nconsole.log(n, b, all.a);\n",
      "a.mjs": "export const «»a = { b: 1 };\nexport const n = a.b;\n",
    },
  ],
  [
    DEFAULT,
    "a class",
    {
      "run.mjs": "import { A } from './a.mjs';\nconsole.log(new A() instanceof A, A.name);\n",
      "a.mjs": "export class «»A {}\n",
    },
  ],
];

describe("exports with and without names", () => {
  for (const [what, unnamed, named] of BOTH) {
    it(`get a name: ${what}`, () => assert.deepEqual(afterAll(NAMED, unnamed, {}, parse), unmarked(named)));
    it(`become the default: ${what}`, () =>
      assert.deepEqual(afterAll(DEFAULT, named, {}, parse), unmarked(unnamed)));
  }
  for (const [id, what, files, code] of REFUSED)
    it(`${id} refuses ${what}`, () => assert.equal(afterAll(id, files, {}, parse), code));
  for (const [id, what, files] of PROGRAMS)
    it(`${id} keeps what is printed: ${what}`, () => {
      const after = afterAll(id, files, {}, parse);
      assert.ok(typeof after !== "string", String(after));
      assert.notDeepEqual(after, unmarked(files));
      assert.equal(printed(after, "run.mjs"), printed(unmarked(files), "run.mjs"));
    });
});
