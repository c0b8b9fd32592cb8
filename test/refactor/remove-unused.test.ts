import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { offersAt } from "../../src/refactor/engine.ts";
import { withParser } from "./marked.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "remove-unused";

const IMPORTS: readonly Row[] = [
  ["one of several", "ts", "import { a, «»b, c } from 'x';\na(c);\n", "import { a, c } from 'x';\na(c);\n"],
  ["the last", "ts", "import { a, b as «»c } from 'x';\na();\n", "import { a } from 'x';\na();\n"],
  ["all but one", "ts", "«»import d, { a, b, c } from 'x';\nc();\n", "import { c } from 'x';\nc();\n"],
  ["all that are named", "ts", "«»import d, { a, b } from 'x';\nd();\n", "import d from 'x';\nd();\n"],
  ["a type that is used", "ts", "import { «»A, b } from 'x';\nlet c: A;\n", `${ID}.place`],
  ["what is used as a type", "ts", "import «»a from 'x';\nlet c: typeof a;\n", `${ID}.place`],
  ["what is handed on", "ts", "import { «»a } from 'x';\nexport { a };\n", `${ID}.place`],
  ["a whole one", "ts", "import 'a';\nimport { «»b } from 'x';\nc();\n", "import 'a';\nc();\n"],
  ["types alone", "ts", "import type { «»A } from './x';\nexport {};\n", "export {};\n"],
  ["a file of JavaScript", "js", "import «»a from './x.js';\nb();\n", "import './x.js';\nb();\n"],
  ["a package", "js", "import * as «»a from 'x';\nb();\n", "b();\n"],
  ["what it does", "js", "«»import 'x';\nb();\n", `${ID}.used`],
  ["a comment", "js", "import a from 'x'; // why\n«»import b from 'x'; // why\na();\n", `${ID}.comment`],
  ["a comment within", "js", "import { a, /* b */ «»b } from 'x';\na();\n", `${ID}.comment`],
  ["elements", "tsx", "import «»React from 'react';\nf(<a />);\n", `${ID}.jsx`],
  ["a type in a comment", "js", "import { «»A } from './x.js';\n/** @type {A} */\nlet a;\n", `${ID}.told`],
  [
    "prose",
    "js",
    "import { «»a, b } from './x.js';\n// a is not used\nb();\n",
    "import { b } from './x.js';\n// a is not used\nb();\n",
  ],
  ["code that is not seen", "js", "import { «»a, b } from './x.js';\nb(eval('a'));\n", "opaque"],
  ["Python", "py", "import os, «»sys\nos.x()\n", "import os\nos.x()\n"],
  ["a whole one of Python", "py", "«»from os import (\n    path,\n    sep,\n)\nx()\n", "x()\n"],
  ["what a file offers", "py", "from m import «»a\n__all__ = ['a']\nx()\n", `${ID}.place`],
  ["what is to stay", "py", "import «»os  # noqa: F401\nx()\n", `${ID}.kept`],
  ["what is for others", "py", "from m import a as «»a\nx()\n", `${ID}.kept`],
  ["a part of a package", "py", "import «»os.path\nx()\n", `${ID}.kept`],
  ["what is tried", "py", "try:\n    import «»os\nexcept ImportError:\n    x()\n", `${ID}.kept`],
  ["what acts", "py", "import «»readline\ninput()\n", `${ID}.effect`],
  ["a fixture", "py", "from m import «»db\ndef test_a(db):\n    x(db)\n", `${ID}.told`],
  ["an annotation", "py", "from m import «»A\ndef f(a: 'A'):\n    x()\n", `${ID}.place`],
  ["a type in a comment of Python", "py", "from m import «»A\nx = y()  # type: A\n", `${ID}.told`],
  ["the only statement", "py", "if z:\n    import «»os\nx()\n", `${ID}.only`],
  [
    "an example that is run",
    "py",
    'from m import «»a\ndef f():\n    """\n    >>> a(1)\n    """\n',
    `${ID}.told`,
  ],
  [
    "documentation",
    "py",
    'from m import «»a, b\ndef f():\n    """Does not use a."""\n    b()\n',
    'from m import b\ndef f():\n    """Does not use a."""\n    b()\n',
  ],
];

const VARIABLES: readonly Row[] = [
  [
    "a constant",
    "ts",
    "function f() {\n  // b\n  const «»a = 1;\n  b();\n}\n",
    "function f() {\n  // b\n  b();\n}\n",
  ],
  [
    "one of several",
    "ts",
    "function f() {\n  let a = 1, «»b, c = 2;\n  d(a, c);\n}\n",
    "function f() {\n  let a = 1, c = 2;\n  d(a, c);\n}\n",
  ],
  [
    "one that is taken out",
    "ts",
    "function f(g) {\n  const { a, b: «»c, d } = g;\n  h(a, d);\n}\n",
    "function f(g) {\n  const { a, d } = g;\n  h(a, d);\n}\n",
  ],
  ["what is left of others", "ts", "function f(g) {\n  const { «»a, ...b } = g;\n  h(b);\n}\n", `${ID}.form`],
  ["one of a list", "ts", "function f(g) {\n  const [«»a, b] = g;\n  h(b);\n}\n", `${ID}.form`],
  ["a call", "ts", "function f() {\n  const «»a = b();\n}\n", `${ID}.effect`],
  ["what is written", "ts", "function f() {\n  let «»a = 1;\n  a = 2;\n}\n", `${ID}.place`],
  ["a loop's", "ts", "function f(b) {\n  for (const «»a of b) c();\n}\n", `${ID}.form`],
  ["what others see", "ts", "export const «»a = 1;\n", `${ID}.exported`],
  ["a script's", "js", "var «»a = 1;\n", `${ID}.script`],
  ["Python", "py", "def f(b):\n    «»a = b.c\n    d()\n", "def f(b):\n    d()\n"],
  ["all that a function has", "py", "def f():\n    «»a = 1\n", "def f():\n    pass\n"],
  ["Python's call", "py", "def f():\n    «»a = b()\n    c()\n", `${ID}.effect`],
  ["what may fail", "py", "def f(b, c):\n    «»a = b / c\n    d()\n", `${ID}.effect`],
  ["a member of a class", "py", "class A:\n    «»a = 1\n    b = 2\n", `${ID}.form`],
  ["the top of a file", "py", "«»A = 1\nb()\n", `${ID}.exported`],
  ["what is looked up", "py", "def f():\n    «»a = 1\n    return locals()\n", "opaque"],
];

const PARAMETERS: readonly Row[] = [
  [
    "with its arguments",
    "ts",
    "import 'x';\nfunction f(a, «»b, c) { return a + c; }\nf(1, 2, 3);\n",
    "import 'x';\nfunction f(a, c) { return a + c; }\nf(1, 3);\n",
  ],
  [
    "a call that acts",
    "ts",
    "import 'x';\nfunction f(a, «»b) { return a; }\nf(1, g());\n",
    "change-signature.effect",
  ],
  [
    "one that is handed around",
    "ts",
    "import 'x';\nfunction f(«»a, b) { return b; }\ng(f);\n",
    "change-signature.value",
  ],
  [
    "part of a pattern",
    "ts",
    "import 'x';\nfunction f({ «»a, b }) { return b; }\nf({});\n",
    `${ID}.parameter`,
  ],
  ["Python", "py", "def _f(a, «»b=1):\n    return a\n_f(1, b=2)\n", "def _f(a):\n    return a\n_f(1)\n"],
  ["what takes the rest", "py", "def _f(a, *«»b):\n    return a\n_f(1)\n", `${ID}.parameter`],
];

const PROGRAMS: readonly Program[] = [
  ["mjs", "what a file does", "import { «»readFileSync } from 'node:fs';\nconsole.log(1);\n"],
  [
    "mjs",
    "a value that is read",
    "const o = { get a() { console.log('read'); return 1; } };\nconst «»b = o.c();\n",
    `${ID}.effect`,
  ],
  ["py", "the rest", "import «»os, sys\nprint(sys.maxsize > 0)\n"],
];

describe(ID, () => {
  describe("imports", () => rewritten(parse, ID, IMPORTS));
  describe("variables", () => rewritten(parse, ID, VARIABLES));
  describe("parameters", () => rewritten(parse, ID, PARAMETERS));
  it("is offered at the name only, and only where nothing uses it", () => {
    const offered = (text: string) => {
      const file = { path: "/p/a.ts", text: text.replace("|", "") };
      const made = offersAt({ file, from: text.indexOf("|"), to: text.indexOf("|") }, parse);
      return made.kind === "offers" && made.offers.some((one) => one.id === ID);
    };
    assert.deepEqual(
      [
        "const |a = 1;\n",
        "const a =| 1;\nf(a);\n",
        "const |a = 1;\nf(a);\n",
        "import { |a } from 'a';\n",
      ].map(offered),
      [true, false, false, true],
    );
  });
  describe("programs", () => reran(parse, ID, PROGRAMS));
});
