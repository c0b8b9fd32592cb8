// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { withParser } from "./marked.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "sort-imports";

const NAMES: readonly Row[] = [
  ["names", "ts", "import { «»c, type B, a as z } from 'x';\n", "import { a as z, type B, c } from 'x';\n"],
  [
    "names in lines",
    "ts",
    "import d, {\n  «»b,\n  a,\n} from 'x';\nimport { d, c } from 'y';\n",
    "import d, {\n  a,\n  b,\n} from 'x';\nimport { c, d } from 'y';\n",
  ],
  [
    "names with comments",
    "ts",
    "import {\n  «»c, // c\n  // about b\n  b, /* b */\n  a // a\n} from 'x';\n",
    "import {\n  a, // a\n  // about b\n  b, /* b */\n  c // c\n} from 'x';\n",
  ],
  ["comments between", "ts", "import { «»b, /* a */ a } from 'x';\n", `${ID}.comment`],
  ["statements, which stay", "ts", "import «»b from './b';\nimport a from './a';\n", `${ID}.sorted`],
  ["no import", "ts", "«»a();\n", `${ID}.place`],
  [
    "the selected one",
    "ts",
    "import { b, a } from 'x';\n«import { d, c } from 'y';»\n",
    "import { b, a } from 'x';\nimport { c, d } from 'y';\n",
  ],
  [
    "Python's names",
    "py",
    "from typing import «»cast, List, Any, TYPE_CHECKING\n",
    "from typing import TYPE_CHECKING, Any, List, cast\n",
  ],
  [
    "Python's own",
    "py",
    "import sys  # s\n# about os\nimport «»os\nfrom abc import b, A\n\nimport ast\n",
    "# about os\nimport os\nimport sys  # s\nfrom abc import A, b\n\nimport ast\n",
  ],
  [
    "modules of others",
    "py",
    "from m import «»b, a\nfrom .n import d, c\nimport z\nimport y\n",
    `${ID}.sorted`,
  ],
  [
    "a name that is imported twice",
    "py",
    "import «»json\nfrom ast import a\nfrom abc import a\nimport csv\n",
    `${ID}.sorted`,
  ],
  ["what acts", "py", "import sys\nimport «»readline\nimport os\n", `${ID}.sorted`],
  ["what is held", "py", "import «»sys  # isort: skip\nimport os\n", `${ID}.sorted`],
  [
    "what is tried",
    "py",
    "try:\n    import sys\n    import «»os\nexcept ImportError:\n    pass\n",
    `${ID}.place`,
  ],
];

const STATEMENTS: readonly Row[] = [
  [
    "statements",
    "ts",
    "// of the file\nimport { z, a } from './b'; // b\n// about a\nimport «»a from '../a';\nimport fs from 'node:fs';\nimport 'x';\nimport d from 'd';\nimport c from 'c';\n",
    "// of the file\nimport fs from 'node:fs';\n// about a\nimport a from '../a';\nimport { a, z } from './b'; // b\nimport 'x';\nimport c from 'c';\nimport d from 'd';\n",
  ],
  ["blocks", "ts", "import «»b from 'b';\n\nimport a from 'a';\n", `${ID}.sorted`],
  [
    "Python's groups",
    "py",
    '"""Doc."""\nfrom .m import c, b\nimport z.y\nimport os\n# about us\nfrom .. import a\n\nfrom typing import «»Any\nfrom __future__ import annotations\nimport sys\n\nx()\n',
    '"""Doc."""\nfrom __future__ import annotations\n\nimport os\nimport sys\nfrom typing import Any\n\nimport z.y\n\n# about us\nfrom .. import a\nfrom .m import b, c\n\nx()\n',
  ],
  ["a loose comment", "py", "import sys\n\n# A\n\nimport «»os\n", `${ID}.sorted`],
  ["a name that is imported twice", "py", "from m import a\nfrom k import «»a\n", `${ID}.twice`],
  ["stars", "py", "import z\nfrom m import *\nimport «»a\n", `${ID}.sorted`],
];

const PROGRAMS: readonly Program[] = [
  ["mjs", "names", "import { «»sep, join } from 'node:path';\nconsole.log(join('a', 'b') === `a${sep}b`);\n"],
  [
    "py",
    "names and modules",
    "import sys\nimport «»os\nfrom os.path import sep, join\nprint(join('a', 'b') == f'a{sep}b', sys.maxsize > 0, os.sep == sep)\n",
  ],
];

describe(ID, () => {
  describe("what does not matter", () => rewritten(parse, ID, NAMES));
  describe("statements, where that is asked for", () =>
    rewritten(parse, ID, STATEMENTS, { scope: "statements" }));
  describe("programs", () => reran(parse, ID, PROGRAMS));

  it("warns where modules are evaluated in another order, and then only", () => {
    const warnings = (text: string) => {
      const request = { file: { path: "/p/a.ts", text }, from: 0, to: 0, others: [] };
      const plan = planned(ID, request, { scope: "statements" }, parse);
      return plan.kind === "plan" ? plan.warnings.length : plan.code;
    };
    const texts = ["import b from 'b';\nimport a from 'a';\n", "import { b, a } from 'b';\n"];
    assert.deepEqual(texts.map(warnings), [1, 0]);
  });
});
