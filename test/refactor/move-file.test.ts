import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { offersAt, planned } from "../../src/refactor/engine.ts";
import { withParser } from "./marked.ts";
import { printed } from "./printed.ts";
import { afterAll, type Files, unmarked } from "./several.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "move-file";

/** The program after what is marked has moved, or the code of the refusal. */
function moved(files: Files, to: string): Files | string {
  return afterAll(ID, files, { to: `/p/${to}` }, parse);
}

/** What it is about, the new path, the files before and after; and what they are after the way back. */
const MOVES: readonly (readonly [string, string, Files, Files])[] = [
  [
    "another name",
    "b.ts",
    { "a.ts": "«»export const a = 1;\n", "c.ts": 'import { a } from "./a";\nexport * from "./a";\n' },
    { "b.ts": "«»export const a = 1;\n", "c.ts": 'import { a } from "./b";\nexport * from "./b";\n' },
  ],
  [
    "another folder, with what it imports itself",
    "lib/deep/a.ts",
    {
      "a.ts":
        '«»import { c } from "./c";\nimport "./d.css";\nimport e from "../e.js";\nimport f from "fs";\n',
      "c.ts": 'import "./a";\n',
      "x/y.ts": 'import a = require("../a");\n',
    },
    {
      "lib/deep/a.ts":
        '«»import { c } from "../../c";\nimport "../../d.css";\nimport e from "../../../e.js";\nimport f from "fs";\n',
      "c.ts": 'import "./lib/deep/a";\n',
      "x/y.ts": 'import a = require("../lib/deep/a");\n',
    },
  ],
  [
    "endings as they are written",
    "b.ts",
    { "a.ts": "«»export {};\n", "c.ts": 'import "./a.js";\nimport "./a.ts";\nimport "./a";\n' },
    { "b.ts": "«»export {};\n", "c.ts": 'import "./b.js";\nimport "./b.ts";\nimport "./b";\n' },
  ],
  [
    "a file that stands for its folder",
    "e/index.tsx",
    {
      "d/index.tsx": '«»import "./x";\nimport "..";\n',
      "c.ts": 'import "./d";\nimport "./d/index";\n',
      "d/x.ts": 'import ".";\n',
    },
    {
      "e/index.tsx": '«»import "../d/x";\nimport "../";\n',
      "c.ts": 'import "./e";\nimport "./e/index";\n',
      "d/x.ts": 'import "../e";\n',
    },
  ],
  [
    "what is loaded later, and required",
    "b.cjs",
    {
      "a.cjs": "«»exports.a = 1;\n",
      "c.cjs": "const { a } = require('./a.cjs');\nimport('./a.cjs').then(f);\nrequire.resolve('./a.cjs');\n",
    },
    {
      "b.cjs": "«»exports.a = 1;\n",
      "c.cjs": "const { a } = require('./b.cjs');\nimport('./b.cjs').then(f);\nrequire.resolve('./b.cjs');\n",
    },
  ],
];

const REFUSED: readonly (readonly [string, string, Files, string])[] = [
  ["a file that is there", "b.ts", { "a.ts": "«»export {};\n", "b.ts": "export {};\n" }, "taken"],
  ["itself", "a.ts", { "a.ts": "«»export {};\n" }, "target"],
  ["other capitals only", "A.ts", { "a.ts": "«»export {};\n" }, "target"],
  ["another ending", "a.tsx", { "a.ts": "«»export {};\n" }, "kind"],
  ["a declaration file", "b.d.ts", { "a.d.ts": "«»export {};\n" }, "kind"],
  ["where it lies", "b/a.js", { "a.js": "«»console.log(import.meta.url);\n" }, "place"],
  ["its folder", "b/a.js", { "a.js": "«»console.log(__dirname);\n" }, "place"],
  ["its name", "b.js", { "a.js": "«»console.log(__filename);\n" }, "place"],
  [
    "a reference of the compiler",
    "b/a.ts",
    { "a.ts": '«»/// <reference path="./q.d.ts" />\nexport {};\n' },
    "place",
  ],
  [
    "an import of what is not there yet",
    "b.ts",
    { "a.ts": "«»export {};\n", "c.ts": 'import "./b";\n' },
    "confused",
  ],
  [
    "a file and a folder of one name",
    "e/index.ts",
    { "d/index.ts": "«»export {};\n", "d.ts": "export {};\n", "c.ts": 'import "./d";\n' },
    "confused",
  ],
  ["a file that imports itself", "b.ts", { "a.ts": '«»import "./a";\n' }, "path"],
  ["Python", "b.py", { "a.py": "«»import os\n" }, "language"],
];

/** What Node prints of the file that begins with "run" stays. */
const PROGRAMS: readonly (readonly [string, string, Files])[] = [
  [
    "modules that import each other",
    "lib/a.mjs",
    {
      "run.mjs":
        "import { a } from './a.mjs';\nimport { b } from './b.mjs';\nconsole.log(a(), b());\nawait import('./a.mjs').then((m) => console.log(Object.keys(m)));\n",
      "a.mjs": "«»import { b } from './b.mjs';\nexport const a = () => b();\n",
      "b.mjs": "import * as all from './a.mjs';\nexport const b = () => Object.keys(all);\n",
    },
  ],
  [
    "modules of Node with an index",
    "lib/index.js",
    {
      "run.cjs": "console.log(require('./d'), require('./d/index'));\n",
      "d/index.js": "«»exports.x = require('./x').x + require('..').y;\n",
      "d/x.js": "exports.x = 1;\n",
      "index.js": "exports.y = 2;\n",
    },
  ],
  [
    "the same folder",
    "b.cjs",
    {
      "run.cjs": "console.log(require('./a.cjs')(require('node:path').basename));\n",
      "a.cjs": "«»const { n } = require('./n.cjs');\nmodule.exports = (f) => [n, f(__dirname).length > 0];\n",
      "n.cjs": "exports.n = 1;\n",
    },
  ],
];

describe("files that move", () => {
  for (const [what, to, files, after] of MOVES)
    it(`are imported from there: ${what}`, () => assert.deepEqual(moved(files, to), unmarked(after)));
  it("come back", () => {
    for (const [, , files, after] of MOVES.slice(0, 3)) {
      const from = Object.keys(files).find((it) => files[it]?.includes("«")) ?? "";
      assert.deepEqual(moved(after, from), unmarked(files));
    }
  });
  for (const [what, to, files, code] of REFUSED)
    it(`are left for ${what}`, () => assert.equal(moved(files, to), `${ID}.${code}`));
  for (const [what, to, files] of PROGRAMS)
    it(`do what they did: ${what}`, () => {
      const after = moved(files, to);
      assert.ok(typeof after !== "string", String(after));
      const run = Object.keys(files).find((it) => it.startsWith("run")) ?? "";
      assert.equal(printed(after, run), printed(unmarked(files), run));
    });

  it("are warned of where a text or an alias may be about them", () => {
    const others = [
      ["t.ts", 'jest.mock("./a");\n'],
      ["u.ts", 'import "@/lib/a";\nimport "a-b";\n'],
    ] as const;
    const file = { path: "/p/a.ts", text: 'const x = "./q.json";\n' };
    const request = {
      file,
      from: 0,
      to: 0,
      others: others.map(([path, text]) => ({ path: `/p/${path}`, text })),
    };
    const plan = planned(ID, request, { to: "/p/b/a.ts" }, parse);
    assert.ok(plan.kind === "plan");
    assert.deepEqual(
      plan.warnings.map((it) => /^"[^"]*"(?: in "[^"]*")?|^No file/.exec(it)?.[0]),
      ['"./q.json"', '"./a" in "/p/t.ts"', '"@/lib/a" in "/p/u.ts"', "No file"],
    );
  });

  it("are offered at imports and between statements", () => {
    const text = 'import "./b";\n\nexport function f() {}\n';
    const isOffered = (from: number) => {
      const found = offersAt({ file: { path: "/p/a.ts", text }, from, to: from }, parse);
      return found.kind === "offers" && found.offers.some((it) => it.id === ID && it.target === "/p/a.ts");
    };
    assert.deepEqual([0, 5, 14, 20, text.indexOf("f()"), text.length - 2].map(isOffered), [
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
