import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { offersAt, planned } from "../../src/refactor/engine.ts";
import { withParser } from "./marked.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const [IMPORT, REQUIRE] = ["convert-require-to-import", "convert-import-to-require"];
const MADE =
  'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\n';

const IMPORTED: readonly Row[] = [
  [
    "a module of Node's",
    "mjs",
    `${MADE}const fs = «»require("node:fs");\n`,
    `${MADE}import fs from "node:fs";\n`,
  ],
  [
    "members of one",
    "mjs",
    `${MADE}const { join, sep: s } = require('path')«»\n`,
    `${MADE}import { join, sep as s } from 'path'\n`,
  ],
  [
    "where somebody puts files together",
    "js",
    'import a from "a";\n«const fs = require("fs");\nconst b = require("b");»\n',
    'import a from "a";\nimport fs from "fs";\nconst b = require("b");\n',
  ],
  [
    "where the compiler makes calls of imports",
    "ts",
    'import a = require("a");\nconst b = «»require("./b");\na(b);\n',
    'import a = require("a");\nimport b = require("./b");\na(b);\n',
  ],
  ["in TypeScript for Node", "cts", 'const «b» = require("b");\nb();\n', 'import b = require("b");\nb();\n'],
];

const NOT_IMPORTED: readonly Row[] = [
  ["a file that is no ES module", "js", 'const fs = «»require("fs");\n', `${IMPORT}.kind`],
  ["one of Node's other kind", "cjs", 'const fs = «»require("fs");\n', `${IMPORT}.kind`],
  ["one that has no require", "mjs", 'import "a";\nconst fs = «»require("fs");\n', `${IMPORT}.require`],
  [
    "a require of its own",
    "js",
    'import "a";\nconst require = (a) => a;\nconst fs = «»require("fs");\n',
    `${IMPORT}.require`,
  ],
  ["TypeScript that says nothing", "ts", 'import "a";\nconst fs = «»require("fs");\n', `${IMPORT}.kind`],
  ["a package", "js", 'import "a";\nconst b = «»require("b");\n', `${IMPORT}.module`],
  ["a file", "js", 'import "a";\nconst b = «»require("./b.cjs");\n', `${IMPORT}.module`],
  ["what is not known of it", "js", 'import "a";\nconst { b } = «»require("fs");\n', `${IMPORT}.member`],
  ["a default", "js", 'import "a";\nconst { join = 1 } = «»require("path");\n', `${IMPORT}.pattern`],
  ["what is taken of it", "js", 'import "a";\nconst p = «»require("fs").promises;\n', `${IMPORT}.place`],
  ["a name that changes", "js", 'import "a";\nlet fs = «»require("fs");\nfs = 1;\n', `${IMPORT}.written`],
  ["what runs before", "js", 'import "a";\nb();\nconst fs = «»require("fs");\n', `${IMPORT}.order`],
  [
    "one that is exchanged",
    "js",
    'import "a";\njest.mock("fs");\nconst fs = «»require("fs");\n',
    `${IMPORT}.exchanged`,
  ],
  [
    "one that is exchanged later",
    "js",
    'import "a";\nconst fs = «»require("fs");\njest.mock("node:fs");\n',
    `${IMPORT}.exchanged`,
  ],
  [
    "a function's own",
    "js",
    'import "a";\nfunction f() { const fs = «»require("fs"); }\n',
    `${IMPORT}.place`,
  ],
  ["what the compiler would leave out", "cts", 'const «b» = require("b");\n', `${IMPORT}.unused`],
  ["Python", "py", "import «a»\n", `${IMPORT}.language`],
];

const REQUIRED: readonly Row[] = [
  [
    "where somebody puts files together",
    "js",
    'import a from "a";\nimport «fs» from "fs";\nrequire("b");\n',
    'import a from "a";\nconst fs = require("fs");\nrequire("b");\n',
  ],
  [
    "behind what makes require",
    "mjs",
    `import { join as j } «»from "node:path";\n${MADE}`,
    `${MADE.slice(0, -1)}\nconst { join: j } = require("node:path");\n`,
  ],
  [
    "a whole module that is only read",
    "js",
    'import * as fs «»from "fs";\nexport const a = () => fs.readFileSync("a");\nrequire("b");\n',
    'const fs = require("fs");\nexport const a = () => fs.readFileSync("a");\nrequire("b");\n',
  ],
  [
    "in TypeScript",
    "cts",
    'import * as fs «»from "fs";\nfs.statSync("");\n',
    'import fs = require("fs");\nfs.statSync("");\n',
  ],
];

const NOT_REQUIRED: readonly Row[] = [
  ["a file without require", "js", 'import «fs» from "fs";\nexport {};\n', `${REQUIRE}.require`],
  [
    "a file that may have one",
    "js",
    'import «fs» from "fs";\nif (typeof require === "function") require("a");\nexport {};\n',
    `${REQUIRE}.require`,
  ],
  ["the last import", "js", 'import «fs» from "fs";\nrequire("a");\n', `${REQUIRE}.kind`],
  ["a package", "js", 'import «b» from "b";\nrequire("a");\nexport {};\n', `${REQUIRE}.module`],
  ["two things", "js", 'import «fs», { rm } from "fs";\nrequire("a");\nexport {};\n', `${REQUIRE}.clause`],
  ["nothing", "js", 'import «"fs"»;\nrequire("a");\nexport {};\n', `${REQUIRE}.clause`],
  ["types", "cts", 'import «type» { Stats } from "fs";\n', `${REQUIRE}.clause`],
  ["names, in TypeScript", "cts", 'import { «rm» } from "fs";\n', `${REQUIRE}.clause`],
  [
    "a module that is handed around",
    "js",
    'import * as «fs» from "fs";\nf(fs);\nrequire("a");\nexport {};\n',
    `${REQUIRE}.whole`,
  ],
  [
    "what the module may not have",
    "js",
    'import * as «fs» from "fs";\nfs.default;\nrequire("a");\nexport {};\n',
    `${REQUIRE}.whole`,
  ],
  [
    "what runs before",
    "js",
    'import "a";\nf();\nimport «fs» from "fs";\nrequire("b");\n',
    `${REQUIRE}.order`,
  ],
];

const TO_IMPORT: readonly Program[] = [
  [
    "mjs",
    "a module",
    `${MADE}const p = «»require("path");\nconsole.log(p === require("node:path"), p.join("a", "b"));\n`,
  ],
  [
    "mjs",
    "its members",
    `${MADE}const { join, posix: { sep } } = «»require("path");\nconsole.log(join("a", sep));\n`,
    `${IMPORT}.pattern`,
  ],
  [
    "mjs",
    "one that is a function",
    `${MADE}const a = «»require("assert");\na(true);\nconsole.log(a.ok === a);\n`,
  ],
  [
    "mjs",
    "one that has a function in its place before",
    `${MADE}process.exit = 1;\nconst { sep } = «»require("path");\nconsole.log(sep);\n`,
    `${IMPORT}.order`,
  ],
  [
    "mjs",
    "one that is also loaded by a call of import",
    `${MADE}const path = «»require("path");\nconsole.log((await import("path")).default === path);\n`,
  ],
  [
    "mjs",
    "a class",
    `${MADE}const E = «»require("events");\nclass A extends E {}\nnew A().on("a", console.log).emit("a", 1);\n`,
  ],
];

const TO_REQUIRE: readonly Program[] = [
  [
    "mjs",
    "a module",
    `import «p» from "path";\n${MADE}console.log(p.join("a", "b"), f());\nfunction f() { return p.sep; }\n`,
  ],
  ["mjs", "a namespace", `import * as «p» from "path";\n${MADE}console.log(p.join("a", "b"));\n`],
  [
    "mjs",
    "a line that would go on",
    `import «p» from "path"\n${MADE};(function () { console.log(p.sep) })()\n`.replace(
      "url);\n;(",
      "url);\n(",
    ),
  ],
  [
    "mjs",
    "keys of a namespace",
    `import * as «p» from "path";\n${MADE}console.log(Object.keys(p).length);\n`,
    `${REQUIRE}.whole`,
  ],
  [
    "mjs",
    "what is used before there is a require",
    `import «p» from "path";\nconsole.log(p.sep);\n${MADE}`,
    `${REQUIRE}.order`,
  ],
];

describe(IMPORT, () => {
  describe("imports", () => rewritten(parse, IMPORT, IMPORTED));
  describe("refuses", () => rewritten(parse, IMPORT, NOT_IMPORTED));
  describe("keeps what is printed", () => reran(parse, IMPORT, TO_IMPORT));

  it("warns of types that are told then", () => {
    const text = 'const b = require("b");\nb();\n';
    const plan = planned(IMPORT, { file: { path: "/p/a.cts", text }, from: 0, to: 0, others: [] }, {}, parse);
    assert.equal(plan.kind === "plan" && plan.warnings.length, 1);
  });
});

describe(REQUIRE, () => {
  describe("requires", () => rewritten(parse, REQUIRE, REQUIRED));
  describe("refuses", () => rewritten(parse, REQUIRE, NOT_REQUIRED));
  describe("keeps what is printed", () => reran(parse, REQUIRE, TO_REQUIRE));
});

describe("what loads a module", () => {
  for (const [id, path, before, word] of [
    [IMPORT, "/p/a.mjs", MADE, "const fs = require('fs');"],
    [REQUIRE, "/p/a.mjs", "", `import fs from 'fs';\n${MADE}`],
    [REQUIRE, "/p/a.js", "", "import fs from 'fs';\nimport b from 'b';\nconst c = require('c');\n"],
    [undefined, "/p/a.mjs", "", "import fs from 'fs';\nimport b from 'b';\n"],
  ] as const)
    it(`is offered ${id ?? "nothing"} for ${before}${word}`, () => {
      const made = offersAt(
        { file: { path, text: before + word }, from: before.length + 7, to: before.length + 7 },
        parse,
      );
      const all = made.kind === "offers" ? made.offers.map((it) => it.id) : [];
      assert.deepEqual(
        all.filter((it) => it === IMPORT || it === REQUIRE),
        id === undefined ? [] : [id],
      );
    });
});
