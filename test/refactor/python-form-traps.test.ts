// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { rerun } from "./rerun.ts";
import type { Program } from "./rewritten.ts";

const parse = withParser("python");
const [TEMPLATE, SUM] = ["convert-concatenation-to-template", "convert-template-to-concatenation"];
const [TERNARY, IF, GUARD] = ["convert-if-to-ternary", "convert-ternary-to-if", "convert-if-to-guard"];
const [INVERT, REMOVE, SORT] = ["invert-if", "remove-unused", "sort-imports"];
const [SPLIT, MERGE] = ["split-declaration", "merge-declarations"];

const ASKED = "class C:\n    def __eq__(self, o): return a\na = 1; c = C()\n";
const TOLD =
  "class C:\n    def __bool__(self):\n        global a\n        a = 10\n        return True\na = 1; c = C()\n";

/** Python that looks so. */
const PYTHON: readonly (readonly [string, Program])[] = [
  [
    TEMPLATE,
    [
      "py",
      "a name that is written by its text",
      "a = 'x'\nglobals()['a'] = 1\ntry: print('x' «»+ a)\nexcept TypeError: print('n')\n",
      `${TEMPLATE}.type`,
    ],
  ],
  [
    TEMPLATE,
    [
      "py",
      "quotes of another text",
      "def f(a: str):\n    return 'a' «»+ f\"{a + 'x'}\"\nprint(f('q'))\n",
      `${TEMPLATE}.value`,
    ],
  ],
  [
    TEMPLATE,
    [
      "py",
      "None for a text",
      "def f(a: str = None):\n    try:\n        return a «»+ 'b'\n    except TypeError: return 'no'\nprint(f())\n",
      `${TEMPLATE}.type`,
    ],
  ],
  [
    SUM,
    ["py", "None for a text", "def f(d: str = None):\n    return f'{d}x«»'\nprint(f())\n", `${SUM}.type`],
  ],
  [
    INVERT,
    [
      "py",
      "global in a branch",
      "def f(a):\n    «»if a:\n        global z\n        z = 4\n    else:\n        z = 3\n    return z\nprint(f(0), f(1), z)\n",
      `${INVERT}.braces`,
    ],
  ],
  [
    INVERT,
    [
      "py",
      "global before the rest",
      "def f(a):\n    «»if a:\n        global z\n        return 4\n    z = 3\n    return z\nprint(f(0), f(1), z)\n",
      `${INVERT}.fixed`,
    ],
  ],
  [
    GUARD,
    [
      "py",
      "global behind it",
      "def f(a):\n    «»if a:\n        print(1)\n    else:\n        global z\n        return 4\n    z = 3\n    return z\nprint(f(1), f(0), z)\n",
      `${GUARD}.fixed`,
    ],
  ],
  [IF, ["py", "a bracket behind the word", "def f(a):\n    «»return(1)if a else 2\nprint(f(0), f(1))\n"]],
  [
    TERNARY,
    [
      "py",
      "a truth that changes it",
      `${TOLD}«»if c:\n    a += 1\nelse:\n    a += 2\nprint(a)\n`,
      `${TERNARY}.order`,
    ],
  ],
  [IF, ["py", "a truth that changes it", `${TOLD}«»a += 1 if c else 2\nprint(a)\n`, `${IF}.order`]],
  [SPLIT, ["py", "an operator of a class", `${ASKED}«»a, b = 2, c == 1\nprint(a, b)\n`, `${SPLIT}.order`]],
  [MERGE, ["py", "an operator of a class", `${ASKED}«»a = 2\nb = c == 1\nprint(a, b)\n`, `${MERGE}.order`]],
  [
    SPLIT,
    [
      "py",
      "what has no hash",
      "try:\n    «»a, b = 1, {[]}\nexcept TypeError: pass\nprint('a' in globals())\n",
      `${SPLIT}.order`,
    ],
  ],
  [
    "wrap-with-try",
    [
      "py",
      "another Exception",
      "class Exception: pass\ntry:\n«    raise ValueError(1)»\nexcept ValueError as e: print(e)\n",
      "wrap-with-try.statement",
    ],
  ],
  [
    REMOVE,
    [
      "py",
      "a text that would be documentation",
      "import «»os\n'doc'\nprint(__doc__)\n",
      `${REMOVE}.directive`,
    ],
  ],
  [
    REMOVE,
    [
      "py",
      "a module of a package",
      "import xml\nimport xml.etree.ElementTree as «»ET\nprint(xml.etree)\n",
      `${REMOVE}.kept`,
    ],
  ],
  [
    REMOVE,
    [
      "py",
      "a module as a name of a package",
      "import concurrent as c\nfrom concurrent import «»futures\nprint(c.futures.__name__)\n",
      `${REMOVE}.kept`,
    ],
  ],
  [REMOVE, ["py", "a member that is no module", "import os\nfrom os import «»sep\nprint(os.sep)\n"]],
  ...[
    ["==", "x == 1", "__eq__(s, o)"],
    ["a truth", "1 if x else 2", "__bool__(s)"],
    ["a text", "f'{x}'", "__str__(s)"],
    ["a hash", "{x: 1}", "__hash__(s)"],
  ].map(
    ([what = "", value = "", method = ""]) =>
      [
        REMOVE,
        [
          "py",
          `${what} of a class`,
          `def f(x):\n    «»u = ${value}\nclass C:\n    def ${method}: raise KeyError\ntry: f(C())\nexcept KeyError: print(1)\n`,
          `${REMOVE}.effect`,
        ],
      ] as const,
  ),
  [
    SORT,
    [
      "py",
      "one name for two",
      "from os.path import «»join as x, dirname as x\nprint(x('a/b'))\n",
      `${SORT}.sorted`,
    ],
  ],
  [
    SORT,
    [
      "py",
      "a package and another thing",
      "import «»xml.sax\nimport xml.dom as xml\nprint(xml.__name__)\n",
      `${SORT}.sorted`,
    ],
  ],
];

describe("traps of forms in Python", () => {
  for (const [id, [extension, what, program, expected = "same"]] of PYTHON)
    it(`${extension}: ${id}: ${what}`, () => assert.equal(rerun(parse, id, extension, program), expected));
});
