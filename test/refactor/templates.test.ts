// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";
import { type Program, type Row, reran, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const [TO_TEMPLATE, TO_SUM] = ["convert-concatenation-to-template", "convert-template-to-concatenation"];

const TEMPLATES: readonly Row[] = [
  ["a number", "ts", "f((a: number) => 'a «»' + a);\n", "f((a: number) => `a ${a}`);\n"],
  [
    "sums before it",
    "ts",
    "f((a: number, b: number) => a «»+ b + 'x' + a + b);\n",
    "f((a: number, b: number) => `${a + b}x${a}${b}`);\n",
  ],
  [
    "parentheses",
    "ts",
    "f((a: number, b: number) => 'x' «»+ (a + b));\n",
    "f((a: number, b: number) => `x${a + b}`);\n",
  ],
  ["texts alone", "js", "f('a' «»+ \"b\" + `c`);\n", "f(`abc`);\n"],
  ["signs", "js", "f('`${' «»+ \"\\\\${\" + '$' + '{' + '\\'\\n');\n", "f(`\\`\\${\\\\\\${\\${'\\n`);\n"],
  ["a template", "js", "f(`a${b}` «»+ typeof c);\n", "f(`a${b}${typeof c}`);\n"],
  ["a constant", "js", "const a = 1;\nf(a «»+ 'px');\n", "const a = 1;\nf(`${a}px`);\n"],
  ["what nobody knows", "js", "f(a «»+ 'px');\n", `${TO_TEMPLATE}.type`],
  ["numbers", "js", "f(1 «»+ 2);\n", `${TO_TEMPLATE}.text`],
  [
    "what a function gives",
    "ts",
    "function g(): number { return 1; }\nf('a' «»+ g());\n",
    "function g(): number { return 1; }\nf(`a${g()}`);\n",
  ],
  ["a choice", "js", "f('a' «»+ (b ? 'c' : 1));\n", "f(`a${b ? 'c' : 1}`);\n"],
  ["an octal", "js", "f('\\0' «»+ '1');\n", `${TO_TEMPLATE}.escape`],
  ["a comment", "js", "f('a' «»/* b */ + 'c');\n", `${TO_TEMPLATE}.comment`],
  ["an enumeration", "ts", "enum A { B = 'a' «»+ 'b' }\n", `${TO_TEMPLATE}.compiler`],
  ["one that begins a line", "js", "const a = b\n'x' «»+ 'y'\n", `${TO_TEMPLATE}.semicolon`],
  [
    "Python",
    "py",
    "def f(a: str):\n    return'x{' «»+ a + \"'y\"\n",
    "def f(a: str):\n    return f'x{{{a}\\'y'\n",
  ],
  [
    "Python's methods",
    "py",
    'def f(a: str):\n    return a.upper() «»+ f"{a}!" + str(1)\n',
    'def f(a: str):\n    return f"{a.upper()}{a}!{str(1)}"\n',
  ],
  ["what nobody knows in Python", "py", "def f(a):\n    return 'x' «»+ a\n", `${TO_TEMPLATE}.type`],
  ["bytes", "py", "a = b'x' «»+ b'y'\n", `${TO_TEMPLATE}.type`],
  ["a raw text", "py", "a = r'\\d' «»+ 'y'\n", `${TO_TEMPLATE}.text`],
  ["quotes in a value", "py", "a = 'x' «»+ str('y')\n", `${TO_TEMPLATE}.value`],
  ["a named sign", "py", "a = '\\N{DASH}' «»+ str(1)\n", `${TO_TEMPLATE}.text`],
  ["documentation", "py", "'a' «»+ 'b'\n", `${TO_TEMPLATE}.place`],
];

const SUMS: readonly Row[] = [
  ["a number", "ts", "f((a: number) => `a «»${a}`);\n", 'f((a: number) => "a " + a);\n'],
  [
    "the file's quotes",
    "ts",
    "g('');\nf((a: number) => `'«»${a}'`);\n",
    "g('');\nf((a: number) => '\\'' + a + '\\'');\n",
  ],
  [
    "values alone",
    "ts",
    "f((a: number, b: number) => `«»${a}${b}`);\n",
    'f((a: number, b: number) => "" + a + b);\n',
  ],
  [
    "a value first",
    "ts",
    "f((a: number, b: number) => `«»${a + b}x${a + b}${-a}`);\n",
    'f((a: number, b: number) => a + b + "x" + (a + b) + (-a));\n',
  ],
  ["a member of it", "ts", "f((a: number) => `«»a${a}`.length);\n", 'f((a: number) => ("a" + a).length);\n'],
  ["lines", "js", "f(`«»a\n\\`b\\${`);\n", 'f("a\\n`b${");\n'],
  ["what nobody knows", "js", "f(`«»a${b}`);\n", `${TO_SUM}.type`],
  ["one that a function takes", "js", "f`«»a`;\n", `${TO_SUM}.place`],
  ["a directive", "js", "`«»use strict`;\n", `${TO_SUM}.directive`],
  [
    "Python",
    "py",
    'def f(a: str):\n    return f"«»x{{{a}\'y"\n',
    'def f(a: str):\n    return "x{" + a + "\'y"\n',
  ],
  [
    "a member in Python",
    "py",
    "def f(a: str):\n    return f'«»x{a}'.upper()\n",
    "def f(a: str):\n    return ('x' + a).upper()\n",
  ],
  ["a format", "py", "def f(a: str):\n    return f'«»x{a:>3}'\n", `${TO_SUM}.type`],
  ["a conversion", "py", "def f(a: str):\n    return f'«»x{a!r}'\n", `${TO_SUM}.type`],
  ["a number in Python", "py", "def f(a: int):\n    return f'«»x{a}'\n", `${TO_SUM}.type`],
  ["a raw one", "py", "def f(a: str):\n    return rf'«»\\d{a}'\n", `${TO_SUM}.place`],
];

const PROGRAMS: readonly (readonly [string, Program])[] = [
  [
    TO_TEMPLATE,
    [
      "mjs",
      "what is one text here and another there",
      "const o = { valueOf: () => 1, toString: () => 't' };\nconsole.log('x' «»+ o);\n",
      `${TO_TEMPLATE}.type`,
    ],
  ],
  [
    TO_TEMPLATE,
    [
      "mjs",
      "a symbol",
      "const s = Symbol('s');\ntry { console.log('x' «»+ s); } catch (e) { console.log(e.message); }\n",
      `${TO_TEMPLATE}.type`,
    ],
  ],
  [TO_TEMPLATE, ["mjs", "numbers first", "const a = 1, b = 2;\nconsole.log(a «»+ b + 'x' + a + b + -0);\n"]],
  [
    TO_TEMPLATE,
    ["mjs", "nothing and truth", "console.log('x' «»+ null + undefined + true + 1n + (1 < 2) + typeof 1);\n"],
  ],
  [
    TO_TEMPLATE,
    [
      "mjs",
      "escapes",
      "console.log('`' «»+ \"$\" + '{' + '\\x41\\u{42}\\\\' + '${1}' + \"\\\n\" + '\\0');\n",
    ],
  ],
  [TO_TEMPLATE, ["py", "braces and quotes", "a = 'q'\nprint('{' «»+ a + \"}'\\\"\\n\" + '\\t{}')\n"]],
  [
    TO_SUM,
    [
      "mjs",
      "what is one text here and another there",
      "const o = { valueOf: () => 1, toString: () => 't' };\nconsole.log(`«»x${o}`);\n",
      `${TO_SUM}.type`,
    ],
  ],
  [TO_SUM, ["mjs", "numbers", "const a = 1, b = 2;\nconsole.log(`«»${a}${b}`, `x${a + b}`);\n"]],
  [
    TO_SUM,
    ["mjs", "signs and lines", "const a = 1;\nconsole.log(`«»'\"\\`\\${\n\\\n${a ? 'y' : 'n'}\\u{42}`);\n"],
  ],
  [TO_SUM, ["py", "braces and quotes", "a = 'q'\nprint(f'«»{{{a}}}\\'\"\\n{a.upper()}')\n"]],
];

describe(TO_TEMPLATE, () => rewritten(parse, TO_TEMPLATE, TEMPLATES));
describe(TO_SUM, () => rewritten(parse, TO_SUM, SUMS));

describe("texts in another form", () => {
  for (const [id, program] of PROGRAMS) reran(parse, id, [program]);

  it("come back as they were", () => {
    const rows = [
      ["ts", 'f((a: number) => "a" + a + "`${");\n', '"a', "`a"],
      ["ts", 'f((a: number) => a + "a" + (a + 1));\n', "a +", "`${"],
      ["py", "def f(a: str):\n    return 'x{' + a + '}'\n", "'x", "f'"],
    ] as const;
    for (const [extension, text, sum, template] of rows) {
      const path = `/p/a.${extension}`;
      const once = after(parse, TO_TEMPLATE, path, text.replace(sum, `«»${sum}`));
      assert.equal(after(parse, TO_SUM, path, once.replace(template, `«»${template}`)), text);
    }
  });
});
