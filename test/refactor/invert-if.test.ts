import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { withParser } from "./marked.ts";
import { after, rerun } from "./rerun.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");

/** What is inverted, the file's ending, the text with a cursor, what comes of it. */
type Row = readonly [string, string, string, string];

const CONDITIONS: readonly (readonly [string, string, string])[] = [
  ["ts", "a", "!a"],
  ["ts", "!a", "a"],
  ["ts", "!!a", "!a"],
  ["ts", "a === b", "a !== b"],
  ["ts", "a != null", "a == null"],
  ["ts", "a < b", "!(a < b)"],
  ["ts", "!(a < b)", "a < b"],
  ["ts", "a instanceof B", "!(a instanceof B)"],
  ["ts", "a && b", "!a || !b"],
  ["ts", "a && b || c", "(!a || !b) && !c"],
  ["ts", "a && (b || c)", "!a || (!b && !c)"],
  ["ts", "!a || (!b && !c)", "a && (b || c)"],
  ["ts", "a < b && c", "!(a < b) || !c"],
  ["ts", "!(a < b) || !c", "a < b && c"],
  ["ts", "!(a && b) || c", "(a && b) && !c"],
  ["ts", "a ?? b", "!(a ?? b)"],
  ["ts", "(a ?? b) && c", "!(a ?? b) || !c"],
  ["ts", "(a = f())", "!(a = f())"],
  ["ts", "a = f()", "!(a = f())"],
  ["ts", "a ? b : c", "!(a ? b : c)"],
  ["ts", "a /* first */ && b", "!a /* first */ || !b"],
  ["ts", "/* why */ !a", "/* why */ a"],
  ["ts", "!(/* why */ a)", "(/* why */ a)"],
  ["ts", "a as boolean", "!(a as boolean)"],
  ["ts", "a!", "!a!"],
  ["ts", "typeof a === 'string'", "typeof a !== 'string'"],
  ["py", "a", "not a"],
  ["py", "not a", "a"],
  ["py", "a < b", "not a < b"],
  ["py", "not a < b", "a < b"],
  ["py", "a < b < c", "not a < b < c"],
  ["py", "a == b", "not a == b"],
  ["py", "not a == b", "a == b"],
  ["py", "a is None", "a is not None"],
  ["py", "a is not None", "a is None"],
  ["py", "a in b", "a not in b"],
  ["py", "a not in b", "a in b"],
  ["py", "a is b is c", "not a is b is c"],
  ["py", "a and b", "not a or not b"],
  ["py", "a and b or c", "(not a or not b) and not c"],
  ["py", "(a)and(b)", "not (a)or not (b)"],
  ["py", "(n := f())", "not (n := f())"],
  ["py", "not (n := f())", "(n := f())"],
  ["py", "not (a\n        and b)", "(a\n        and b)"],
  ["py", "a if b else c", "not (a if b else c)"],
  ["py", "a \\\n    and b \\\n    and c", "not a \\\n    or not b \\\n    or not c"],
  ["py", "lambda: 1", "not (lambda: 1)"],
];

const ROWS: readonly Row[] = [
  ["both", "ts", "«»if (a) b(); else c();\n", "if (!a) c(); else b();\n"],
  ["no semicolon", "js", "«»if (a) b()\nelse c()\n", "if (!a) c()\nelse b()\n"],
  ["an end that is missing", "js", "«»if (a) b(); else c()", "if (!a) c(); else b();"],
  ["what would go on", "js", "«»if (a) b()\nelse c();\n[d].e();\n", "if (!a) c();\nelse b();\n[d].e();\n"],
  ["close together", "js", "«»if(a){b()}else c()", "if(!a)c();else {b()}"],
  ["closer together", "js", "«»if(a)b();else{c()}", "if(!a){c()}else b();"],
  ["a mixture", "ts", "«»if (a) b(); else { c(); }\n", "if (!a) { c(); } else b();\n"],
  [
    "comments in branches",
    "ts",
    "«if» (a) { // yes\n\tb();\n\t// done\n} else { // no\n\tc();\n}\n",
    "if (!a) { // no\n\tc();\n} else { // yes\n\tb();\n\t// done\n}\n",
  ],
  ["a comment behind", "ts", "«»if (a) b(); else c(); // c\n", "invert-if.comment"],
  ["a comment between", "ts", "«»if (a) { b(); }\n// or\nelse { c(); }\n", "invert-if.comment"],
  ["one for a tool", "ts", "«»if (a) { // eslint-disable-line\n b(); } else { c(); }\n", "invert-if.comment"],
  [
    "what is not counted",
    "ts",
    "/* istanbul ignore else */\n«»if (a) { b(); } else { c(); }\n",
    "invert-if.comment",
  ],
  ["a chain", "ts", "«»if (a) b(); else if (c) d(); else e();\n", "invert-if.chain"],
  [
    "the end of a chain",
    "ts",
    "if (a) b(); else «»if (c) d(); else e();\n",
    "if (a) b(); else if (!c) e(); else d();\n",
  ],
  ["an if without braces", "ts", "«»if (a) b(); else for (;;) if (c) d();\n", "invert-if.braces"],
  ["nothing else", "ts", "«»if (a) b();\n", "invert-if.alone"],
  ["at else", "ts", "if (a) b(); «else» c();\n", "if (!a) c(); else b();\n"],
  ["in a branch", "ts", "if (a) b(«»); else c();\n", "invert-if.place"],
  [
    "an early exit",
    "ts",
    "function f(a) {\n  «»if (!a) {\n    return 1;\n  }\n\n  // then\n  b();\n  return `\n`;\n}\n",
    "function f(a) {\n  if (a) {\n    // then\n    b();\n    return `\n`;\n  }\n\n  return 1;\n}\n",
  ],
  [
    "an early exit without braces",
    "js",
    "function f(a) {\n  «»if (a) return 1\n  return b()\n}\n",
    "function f(a) {\n  if (!a) {\n    return b()\n  }\n  return 1\n}\n",
  ],
  [
    "the end of a function",
    "ts",
    "function f(a) {\r\n\t«»if (a) return;\r\n\tb();\r\n\tc();\r\n}\r\n",
    "function f(a) {\r\n\tif (!a) {\r\n\t\tb();\r\n\t\tc();\r\n\t}\r\n}\r\n",
  ],
  [
    "the end of a turn",
    "ts",
    "for (const a of b) {\n    «»if (a === 1) continue;\n    c(a);\n}\n",
    "for (const a of b) {\n    if (a !== 1) {\n        c(a);\n    }\n}\n",
  ],
  [
    "a rest that goes on",
    "ts",
    "function f(a) {\n  «»if (a) {\n    return 1;\n  }\n  b();\n}\n",
    "invert-if.goes-on",
  ],
  ["one line", "ts", "function f(a) { «»if (a) return; b(); }\n", "invert-if.lines"],
  [
    "a name of the rest",
    "ts",
    "function f(a) {\n  «»if (a) {\n    return () => b;\n  }\n  const b = 1;\n  return () => b;\n}\n",
    "invert-if.names",
  ],
  [
    "names of a case",
    "ts",
    "function f(a) {\n  «»if (a) {\n    const b = 1;\n    return b;\n  }\n  return 2;\n}\n",
    "function f(a) {\n  if (!a) {\n    return 2;\n  }\n  const b = 1;\n  return b;\n}\n",
  ],
  [
    "names of a case that are others' too",
    "ts",
    "function f(a, b) {\n  «»if (a) {\n    const b = 1;\n    return b;\n  }\n  return 2;\n}\n",
    "invert-if.names",
  ],
  [
    "a function that is called above",
    "ts",
    "function f(a) {\n  g();\n  «»if (a) return;\n  function g() {}\n  h();\n}\n",
    "verify.binding",
  ],
  ["Python", "py", "«»if a:\n    b()\nelse:\n    c()\n", "if not a:\n    c()\nelse:\n    b()\n"],
  [
    "comments in Python",
    "py",
    "«»if a:  # yes\n    b()  # b\n    # done\nelse:  # no\n    c()  # c\n    # over\nd()\n",
    "if not a:  # no\n    c()  # c\n    # over\nelse:  # yes\n    b()  # b\n    # done\nd()\n",
  ],
  ["a comment between in Python", "py", "«»if a:\n    b()\n# or\nelse:\n    c()\n", "invert-if.comment"],
  ["one for a tool in Python", "py", "«»if a:  # noqa: E1\n    b()\nelse:\n    c()\n", "invert-if.comment"],
  ["one line in Python", "py", "«»if a: b()\nelse:\n    c()\n", "if not a:\n    c()\nelse: b()\n"],
  ["a chain in Python", "py", "«»if a:\n    b()\nelif c:\n    d()\nelse:\n    e()\n", "invert-if.chain"],
  [
    "the end of a chain in Python",
    "py",
    "if a:\n    b()\n«elif» c:\n    d()\nelse:\n    e()\n",
    "if a:\n    b()\nelif not c:\n    e()\nelse:\n    d()\n",
  ],
  ["no blank", "py", "«»if(a):\n    b()\nelse:\n    c()\n", "if not (a):\n    c()\nelse:\n    b()\n"],
  [
    "an early exit in Python",
    "py",
    'def f(a):\n    «»if not a:\n        # why\n        raise E()\n\n    b()\n    return """\nx"""\n    # end\n',
    'def f(a):\n    if a:\n        b()\n        return """\nx"""\n        # end\n\n    # why\n    raise E()\n',
  ],
  [
    "the end of a turn in Python",
    "py",
    "for a in b:\n  «»if a is None: continue\n  c(a)\n",
    "for a in b:\n  if a is not None:\n    c(a)\n",
  ],
];

const PROGRAMS: readonly (readonly [string, string, string])[] = [
  [
    "mjs",
    "what is no number",
    "for (const a of [1, NaN]) { «»if (a < 2) { console.log(1); } else { console.log(2); } }\n",
  ],
  [
    "mjs",
    "the order of what is asked",
    "const f = (x) => (console.log(x), x > 1);\nfor (const a of [0, 2]) { «»if (f(a) && f(a + 1) || f(3)) console.log('y'); else console.log('n'); }\n",
  ],
  [
    "mjs",
    "leaving both",
    "function f(a) {\n  «»if (a > 1) {\n    console.log('big');\n    return 'b';\n  }\n  const b = a + 1;\n  return b;\n}\nconsole.log(f(1), f(2), f(NaN));\n",
  ],
  [
    "py",
    "comparisons of their own",
    "class A:\n    def __eq__(self, o): return True\n    def __ne__(self, o): return True\n«»if A() == 1:\n    print('eq')\nelse:\n    print('ne')\n",
  ],
  [
    "py",
    "what is no number in Python",
    "for a in [1.0, float('nan')]:\n    «»if a < 2:\n        print('less')\n    else:\n        print('not')\n",
  ],
  [
    "py",
    "truth that counts",
    "class T:\n    n = 0\n    def __bool__(self):\n        T.n += 1\n        return T.n % 2 == 0\nfor i in range(3):\n    «»if T() and T() or T():\n        print('y', T.n)\n    else:\n        print('n', T.n)\n",
  ],
];

describe("invert-if", () => {
  describe("negates conditions", () => {
    for (const [extension, condition, expected] of CONDITIONS)
      it(condition, () => {
        const around = (it: string) =>
          extension === "py" ? `if ${it}:\n    y()\nelse:\n    n()\n` : `if (${it}) y(); else n();\n`;
        const made = after(parse, "invert-if", `/p/a.${extension}`, `«»${around(condition)}`);
        const swapped = around(expected)
          .replace(/\by\b/, "z")
          .replace(/\bn\(\)/, "y()")
          .replace("z()", "n()");
        assert.equal(made, swapped);
      });
  });

  describe("turns branches and what stands behind around", () => {
    for (const [what, extension, text, expected] of ROWS)
      it(what, () => assert.equal(after(parse, "invert-if", `/p/a.${extension}`, text), expected));
  });

  it("inverts back", () => {
    for (const [what, extension, text] of ROWS) {
      const path = `/p/a.${extension}`;
      const once = after(parse, "invert-if", path, text);
      if (/^[\w.-]+$/.test(once) || /braces|no blank|end|would go|close|turn|at else/.test(what)) continue;
      const at = text.replace("»", "").indexOf("«");
      const marked = (it: string) => `${it.slice(0, at)}«»${it.slice(at)}`;
      assert.equal(after(parse, "invert-if", path, marked(once)), text.replace(/[«»]/g, ""), what);
    }
  });

  describe("leaves what a program prints as it is", () => {
    for (const [extension, what, program] of PROGRAMS)
      it(what, () => assert.equal(rerun(parse, "invert-if", extension, program), "same"));
  });
});
