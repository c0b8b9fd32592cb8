// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { rerun } from "./rerun.ts";
import { type Program, type Row, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "python");
const [TEMPLATE, SUM] = ["convert-concatenation-to-template", "convert-template-to-concatenation"];
const [TERNARY, IF, GUARD] = ["convert-if-to-ternary", "convert-ternary-to-if", "convert-if-to-guard"];
const [ARROW, FUNCTION] = ["convert-function-to-arrow", "convert-arrow-to-function"];
const [INVERT, REMOVE] = ["invert-if", "remove-unused"];

/** JavaScript that looks as if it could be written otherwise. */
const SCRIPTS: readonly (readonly [string, Program])[] = [
  [
    TEMPLATE,
    [
      "js",
      "a name that eval writes",
      "let a = 1;\neval('a = { valueOf: () => 1 }');\nconsole.log('x' «»+ a);\n",
      `${TEMPLATE}.type`,
    ],
  ],
  [TEMPLATE, ["js", "a var before its value", "console.log(a «»+ 1);\nvar a = 'x';\n", `${TEMPLATE}.text`]],
  [
    TEMPLATE,
    [
      "js",
      "a var that a function reads",
      "const f = () => 1 + a «»+ 2;\nconsole.log(f());\nvar a = 'x';\n",
      `${TEMPLATE}.text`,
    ],
  ],
  [SUM, ["js", "a var before its value", "console.log(`${a}${1}«»`);\nvar a = 'x';\n"]],
  [
    TEMPLATE,
    [
      "js",
      "a chain that ends early",
      "const a = undefined;\nconsole.log(a?.b.trim() «»+ 1);\n",
      `${TEMPLATE}.text`,
    ],
  ],
  [
    SUM,
    [
      "js",
      "a chain that ends early",
      "const a = undefined;\nconsole.log(`«»${a?.b.trim()}${1}`);\n",
      `${SUM}.type`,
    ],
  ],
  [SUM, ["js", "a word before it", "function f() { const a = 'q'; return`${a}b«»`; }\nconsole.log(f());\n"]],
  [SUM, ["js", "an operator's word before it", "const a = 'q';\nconsole.log(typeof`${a}«»`);\n"]],
  [
    INVERT,
    [
      "js",
      "a line behind it",
      "let a = 2;\nconst z = () => (console.log('z'), z);\n«»if (a) z()\nelse { z() }\n(z)('q')\n",
    ],
  ],
  [
    INVERT,
    [
      "js",
      "an object at the end",
      "let a = 0, b;\n«»if (a) b = {}\nelse { b = 1 }\n[1].forEach(() => console.log(b))\n",
    ],
  ],
  [INVERT, ["js", "an object in a line", "let a = 0, b;\n«»if (a) { b = 1 } else b = {}\nconsole.log(b)\n"]],
  [
    GUARD,
    [
      "js",
      "a line behind it",
      "function f(a) {\n  «»if (a) {\n    return console.log(1)\n  } else {\n    console.log(2)\n  }\n  [3].forEach(x => console.log(x))\n}\nf(0); f(1);\n",
      `${GUARD}.semicolon`,
    ],
  ],
  [
    TERNARY,
    [
      "js",
      "a bracket behind the word",
      "function f(a) { «»if (a) return(1); else return(2); }\nconsole.log(f(0), f(1));\n",
    ],
  ],
  [
    IF,
    ["js", "a bracket behind the word", "function f(a) {\n  «»return(a)?1:2;\n}\nconsole.log(f(0), f(1));\n"],
  ],
  [ARROW, ["js", "an object of it", "console.log(typeof new (function «»() {})());\n", `${ARROW}.new`]],
  [
    ARROW,
    ["js", "a class above", "class B extends (function «»() {}) {}\nconsole.log(new B());\n", `${ARROW}.new`],
  ],
  [ARROW, ["js", "its prototype", "console.log(typeof (function «»() {}).prototype);\n", `${ARROW}.new`]],
  [
    ARROW,
    [
      "js",
      "an object of a member",
      "var o = { f: function «»(a) { return a } }\nconsole.log(new o.f);\n",
      `${ARROW}.new`,
    ],
  ],
  [
    ARROW,
    [
      "js",
      "eval in brackets",
      "var f = function «»(a) { return (eval)('arguments.length') }\nconsole.log(f());\n",
      `${ARROW}.this`,
    ],
  ],
  [
    FUNCTION,
    [
      "js",
      "a line behind it",
      "let o = {}\no.f = «»() => {}\n(o.f)\nconsole.log(typeof o.f)\n",
      `${FUNCTION}.semicolon`,
    ],
  ],
  [
    FUNCTION,
    [
      "mts",
      "a line behind a comment",
      "const f: () => any = «»() => { return 1 } // one\n(console.log(5))\nconsole.log(typeof f)\n",
      `${FUNCTION}.semicolon`,
    ],
  ],
  [
    REMOVE,
    [
      "js",
      "lines that would be one",
      "const z = () => z;\nfunction f() {\n  z()\n  let «»u = 1;\n  [1].forEach(x => console.log(x))\n}\nf()\n",
      `${REMOVE}.semicolon`,
    ],
  ],
  [
    REMOVE,
    [
      "mjs",
      "an import between lines",
      "const z = () => z;\nz()\nimport «»u from 'node:fs';\n(() => console.log(1))()\n",
      `${REMOVE}.semicolon`,
    ],
  ],
  [
    REMOVE,
    [
      "js",
      "a text that would be a directive",
      "function f() {\n  let «»u = 1;\n  'use strict'; return this\n}\nconsole.log(typeof f.call(1))\n",
      `${REMOVE}.directive`,
    ],
  ],
];

const COMMENTS: readonly Row[] = [
  [
    "a comment at the sign",
    "js",
    "«»if (!/* c */ a) b();\nelse c();\n",
    "if (!!/* c */ a) c();\nelse b();\n",
  ],
  [
    "a comment at the sign",
    "py",
    "«»if not (  # c\n  a):\n    b()\nelse:\n    c()\n",
    "if (  # c\n  a):\n    c()\nelse:\n    b()\n",
  ],
];

describe("traps of forms", () => {
  for (const [id, [extension, what, program, expected = "same"]] of SCRIPTS)
    it(`${extension}: ${id}: ${what}`, () => assert.equal(rerun(parse, id, extension, program), expected));
  rewritten(parse, INVERT, COMMENTS);
});
