import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const [SPLIT, MERGE] = ["split-declaration", "merge-declarations"];

const SPLITS: readonly Row[] = [
  ["two", "ts", "«»let a = 1, b: number;\n", "let a = 1;\nlet b: number;\n"],
  ["no semicolons", "js", "{\n\t«»const a = 1, b = 2\n}\n", "{\n\tconst a = 1\n\tconst b = 2\n}\n"],
  [
    "those that others see",
    "ts",
    "export «»const a = 1,\r\n  b = 2;\r\n",
    "export const a = 1;\r\nexport const b = 2;\r\n",
  ],
  ["patterns", "js", "«»var { a, b } = c, [d] = e;\n", "var { a, b } = c;\nvar [d] = e;\n"],
  [
    "comments",
    "js",
    "// all\n«»let a = 1, // first\n    // second\n    b = {\n      c: 1,\n    }, /* third */ d = `\n`; // end\n",
    "// all\nlet a = 1; // first\n// second\nlet b = {\n  c: 1,\n};\n/* third */ let d = `\n`; // end\n",
  ],
  ["one", "js", "«»let a = [1, 2];\n", `${SPLIT}.place`],
  ["the head of a loop", "js", "for («»let a = 1, b = 2; ; ) c();\n", `${SPLIT}.place`],
  ["in a function in it", "js", "let a = () => { «»b(); }, c;\n", `${SPLIT}.place`],
  ["Python", "py", "«»a, b = 1, c.d\n", "a = 1\nb = c.d\n"],
  ["Python's exchange", "py", "«»a, b = b, a\n", `${SPLIT}.order`],
  ["Python's calls", "py", "«»a, b = 1, f()\n", `${SPLIT}.order`],
  ["a call first", "py", "«»a, b = f(), 1\n", "a = f()\nb = 1\n"],
  ["what may fail", "py", "«»a, b = 1, c / d\n", `${SPLIT}.order`],
  ["stars", "py", "«»a, *b = 1, 2\n", `${SPLIT}.place`],
  ["members", "py", "«»a.b, c = 1, 2\n", `${SPLIT}.place`],
  ["one value", "py", "«»a, b = c\n", `${SPLIT}.place`],
  ["a line with more", "py", "«»a, b = 1, 2; c()\n", `${SPLIT}.lines`],
];

const MERGES: readonly Row[] = [
  ["two", "ts", "«»let a = 1;\nlet b: number;\n", "let a = 1, b: number;\n"],
  [
    "three that are selected",
    "js",
    "«const a = 1\nconst b = 2\n\nconst c = 3\n»d()\n",
    "const a = 1, b = 2, c = 3\nd()\n",
  ],
  [
    "those that others see",
    "ts",
    "export «»const a = 1;\nexport const b = 2;\n",
    "export const a = 1, b = 2;\n",
  ],
  [
    "lines",
    "js",
    "«»let a = {\n  b: 1,\n};\nlet c = {\n  d: 1,\n};\n",
    "let a = {\n  b: 1,\n},\n  c = {\n    d: 1,\n  };\n",
  ],
  ["an end that is missing", "js", "«»let a = 1;\nlet b = 2\n", "let a = 1, b = 2;\n"],
  ["other words", "js", "«»let a = 1;\nconst b = 2;\n", `${MERGE}.kind`],
  ["one that others see", "ts", "export «»let a = 1;\nlet b = 2;\n", `${MERGE}.kind`],
  ["a comment", "js", "«»let a = 1; // a\nlet b = 2;\n", `${MERGE}.comment`],
  ["something between", "js", "«»let a = 1;\nf();\nlet b = 2;\n", `${MERGE}.place`],
  ["Python", "py", "«»a = 1\nb = 2, 3\n", "a, b = 1, (2, 3)\n"],
  ["what uses the first", "py", "«»a = 1\nb = a\n", `${MERGE}.order`],
  ["a comment in Python", "py", "«»a = 1\n# b\nb = 2\n", `${MERGE}.comment`],
  ["a comment behind in Python", "py", "«»a = 1  # a\nb = 2\n", `${MERGE}.comment`],
  ["an annotation", "py", "«»a: int = 1\nb = 2\n", `${MERGE}.place`],
];

const PROGRAMS: readonly (readonly [string, Program])[] = [
  [
    SPLIT,
    [
      "mjs",
      "values that use those before",
      "«»const a = 1, b = a + 1, f = () => c, c = b + 1;\nconsole.log(a, b, f());\n",
    ],
  ],
  [
    SPLIT,
    [
      "py",
      "a call that sees",
      "a = 0\ndef f():\n    return a\n«»a, b = 1, f()\nprint(a, b)\n",
      `${SPLIT}.order`,
    ],
  ],
  [SPLIT, ["py", "a call that sees nothing yet", "def f():\n    return 5\n«»a, b = f(), 1\nprint(a, b)\n"]],
  [
    SPLIT,
    [
      "py",
      "what fails",
      "a = 0\ntry:\n    «»a, b = 1, 1 / 0\nexcept ZeroDivisionError:\n    print(a)\n",
      `${SPLIT}.order`,
    ],
  ],
  [MERGE, ["mjs", "values that use those before", "«const a = 1;\nconst b = a + 1;»\nconsole.log(a, b);\n"]],
  [
    MERGE,
    [
      "py",
      "a call that sees",
      "a = 0\ndef f():\n    return a\n«a = 1\nb = f()\n»print(a, b)\n",
      `${MERGE}.order`,
    ],
  ],
  [MERGE, ["py", "the same name twice", "«a = 1\na = 2\n»print(a)\n", `${MERGE}.order`]],
];

describe(SPLIT, () => rewritten(parse, SPLIT, SPLITS));
describe(MERGE, () => rewritten(parse, MERGE, MERGES));

describe("declarations apart and together", () => {
  for (const [id, program] of PROGRAMS) reran(parse, id, [program]);

  it("come back as they were", () => {
    for (const [extension, text] of [
      ["ts", "let a = 1, b: number;\n"],
      ["ts", "\texport const a = 1, b = 2;\n"],
      ["js", "{\n  let a = {\n    b: 1,\n  },\n    c = {\n      d: `\n`,\n    };\n}\n"],
      ["py", "a, b = 1, (2, 3)\n"],
    ] as const) {
      const path = `/p/a.${extension}`;
      const at = Math.max(0, text.search(/let|const|a,/));
      const marked = (it: string) => `${it.slice(0, at)}«»${it.slice(at)}`;
      const once = after(parse, SPLIT, path, marked(text));
      assert.notEqual(once, text);
      assert.equal(after(parse, MERGE, path, marked(once)), text);
    }
  });
});
