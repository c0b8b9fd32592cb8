import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { offersAt } from "../../src/refactor/engine.ts";
import { withParser } from "./marked.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "replace-magic-number";

const ONE: readonly Row[] = [
  [
    "what it is compared with",
    "ts",
    "function f(a) {\n  return a.lineWidth > «»80;\n}\n",
    "const LINE_WIDTH = 80;\nfunction f(a) {\n  return a.lineWidth > LINE_WIDTH;\n}\n",
  ],
  [
    "what it is given to",
    "js",
    "import 'a'\nsetTimeout(b, 50«»00)\n",
    "import 'a'\nconst TIMEOUT = 5000\nsetTimeout(b, TIMEOUT)\n",
  ],
  ["what says nothing", "js", "f([«»7]);\n", "const NUMBER = 7;\nf([NUMBER]);\n"],
  ["the others stay", "js", "f(a < «»9, a > 9);\n", "const NUMBER = 9;\nf(a < NUMBER, a > 9);\n"],
  ["one that has a name", "js", "const a = «»9;\n", `${ID}.place`],
  ["a key", "js", "f({ «»9: a });\n", `${ID}.fixed`],
  ["a type", "ts", "let a: «»9;\n", `${ID}.fixed`],
  ["an enumeration", "ts", "enum A { B = «»9 }\n", `${ID}.fixed`],
  ["no number", "js", "f(«»a);\n", `${ID}.place`],
  [
    "Python",
    "py",
    "import m\ndef f(line_width):\n    return line_width > «»80\n",
    "import m\nLINE_WIDTH = 80\ndef f(line_width):\n    return line_width > LINE_WIDTH\n",
  ],
  ["a keyword of Python", "py", "f(max_size=«»10)\n", "MAX_SIZE = 10\nf(max_size=MAX_SIZE)\n"],
  ["a case", "py", "match a:\n    case «»80:\n        pass\n", `${ID}.fixed`],
];

const ALL: readonly Row[] = [
  [
    "those that mean the same",
    "ts",
    "const a = b.width * 80;\nfunction f(c, width) {\n  return [width > «»80, c > 80, c.width < 80, 80];\n}\n",
    "const WIDTH = 80;\nconst a = b.width * WIDTH;\nfunction f(c, width) {\n  return [width > WIDTH, c > 80, c.width < WIDTH, 80];\n}\n",
  ],
  [
    "what is called before",
    "js",
    "import 'a';\ng();\nconst b = f(60«»0);\nfunction g() { return f(600); }\n",
    "import 'a';\nconst NUMBER = 600;\ng();\nconst b = f(NUMBER);\nfunction g() { return f(NUMBER); }\n",
  ],
  [
    "Python",
    "py",
    "def f(size):\n    return size > «»9\nx = size() - 9\n",
    "SIZE = 9\ndef f(size):\n    return size > SIZE\nx = size() - SIZE\n",
  ],
];

const PROGRAMS: readonly Program[] = [
  [
    "mjs",
    "what is called before",
    "g();\nconst b = f(«»600);\nfunction g() { console.log(f(600)); }\nfunction f(a) { return a; }\nconsole.log(b);\n",
  ],
  ["mjs", "powers and members", "const a = 3;\nconsole.log((-a) ** «»3, 3..toFixed(1), a ** 3);\n"],
  ["py", "defaults", "def f(size=«»9):\n    return size - 9\nprint(f())\n"],
];

describe(ID, () => {
  describe("one place", () => rewritten(parse, ID, ONE));
  describe("all that mean the same", () => rewritten(parse, ID, ALL, { replaceAll: true }));
  describe("with a name", () =>
    rewritten(
      parse,
      ID,
      [["a name that is taken", "js", "function f(A) { return A > «»9; }\n", "name.taken"]],
      { name: "A" },
    ));
  describe("programs", () => reran(parse, ID, PROGRAMS, { replaceAll: true }));

  it("is not offered for numbers that everybody knows", () => {
    const offered = (text: string) => {
      const made = offersAt({ file: { path: "/p/a.ts", text }, from: 2, to: 2 }, parse);
      return made.kind === "offers" && made.offers.some((one) => one.id === ID);
    };
    assert.deepEqual(["f(80);", "f(1);", "f(2.0);", "f(a);"].map(offered), [true, false, false, false]);
  });
});
