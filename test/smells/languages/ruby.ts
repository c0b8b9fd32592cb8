import type { Cases } from "./cases.ts";

const f = (body: string) => `def f(x)\n${body}\nend\n`;

/** What is found in Ruby. */
export const ruby: Cases = {
  language: "Ruby",
  path: "a.rb",
  counted: [
    [
      "a call of itself, and not of another's method of that name",
      f("f(x - 1) if x > 1").concat("def g(x) = x.g(1)\n"),
      [2, 1],
      [2],
    ],
    ["else and elsif", f("if a then b elsif c then d else e end"), [3], [3]],
    ["unless, and conditions behind", f("unless a then b else c end\nd if e\nreturn unless g"), [4], [4]],
    ["logical operators, as words too", f("b if a && c and not (d or e)"), [5], [4]],
    ["loops", f("while a\n until b\n  c if d\n end\nend\nfor e in g do h end\ni while j"), [6], [8]],
    ["each when, a case once", f("case x\nwhen 1, 2 then a\nwhen 3\n b if c\nelse\n d if e\nend"), [5], [5]],
    ["patterns like values", f("case x\nin {a: 1} if b then c\nin _ then d\nend"), [4], [1]],
    [
      "rescue, not begin, else and ensure",
      f("begin\n a\nrescue E => e\n b if c\nelse\n d\nensure\n g\nend\nrescue F\nh"),
      [4],
      [4],
    ],
    ["choices", f("a ? b : c"), [2], [1]],
    [
      "blocks as part of what is around, but deeper",
      f("a if b\nc.each { |d| e if d }\ng do h if i end"),
      [4],
      [5],
    ],
  ],
  looked: [
    ["long-function", "one with four lines", f("  a\n  # why\n\n  b"), ["f 4"]],
    ["long-function", "one with three", f("  a\n  # why"), []],
    ["deep-nesting", "three in each other", f("while a\n if b\n  c unless d\n end\nend"), ["c 3"]],
    ["deep-nesting", "a chain of conditions", f("if a then b elsif c then (d if e) end"), []],
    ["long-parameter-list", "three parameters", "def f(a, b = 1, *c) = 1\n", ["f 3"]],
    [
      "long-parameter-list",
      "what is given by name, or a block",
      "def f(a, b, c:, d: 1, **e, &g)\n h\nend\n",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("a if b && c && d"), ["f 4"]],
    ["cyclomatic-complexity", "at the limit", f("a if b && c"), []],
    [
      "cyclomatic-complexity",
      "what is just a large switch",
      f("case x\nwhen 1 then a\nwhen 2 then b\nwhen 3 then c\nwhen 4 then d\nend"),
      [],
    ],
    ["cognitive-complexity", "over the limit", f("if a then (b if c) end\nd if e"), ["f 4"]],
    ["cognitive-complexity", "at the limit", f("if a then (b if c) end"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("a && b || c && !(d || e)"),
      ["a && b || c && !(d || e) 4"],
    ],
    ["complex-condition", "three", f("a && b || c && d"), []],
    ["unreachable-code", "what stands behind a return", f("return\na"), ["a"]],
    ["unreachable-code", "what stands behind a return that may not be", f("return if a\nb"), []],
    [
      "unreachable-code",
      "a text that a return gives, or rescue and ensure",
      f("return <<~X\n a\nX\nrescue E\nb\nensure\nc"),
      [],
    ],
    ["unreachable-code", "what stands before rescue", f("return\na\nrescue E\nb"), ["a"]],
    ["magic-number", "an operand", f("a if x > 65 || y * 6.5 < z"), ["65", "6.5"]],
    [
      "magic-number",
      "a number with a name",
      "A = 65 * 3\nb = 65 * c\nd(e: 65 * b) if s.size > 65\ndef f(g = 65 * h) = 1\n",
      [],
    ],
    [
      "large-class",
      "one with three methods",
      "class A\n def a = 1\n def self.b = 1\n def c\n  d\n end\nend\n",
      ["A 3"],
    ],
    ["large-class", "one with tests", "class A\n def a = 1\n def b = 1\n def test_c = 1\nend\n", []],
  ],
};
