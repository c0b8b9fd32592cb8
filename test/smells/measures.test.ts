import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { look, shownIn } from "./look.ts";

type Case = readonly [what: string, path: string, text: string, expected: readonly string[]];

/** Each code with the places that are found in it, and the numbers measured there. */
function table(smell: string, limits: Readonly<Record<string, number>>, cases: readonly Case[]): void {
  describe(smell, () => {
    for (const [what, path, text, expected] of cases)
      it(`${expected.length === 0 ? "is not" : "is"} ${what}`, async () => {
        const found = await look(path, text, smell, { limits, ignored: [] });
        assert.deepEqual(found.map(shownIn(text)), expected);
      });
  });
}

table("long-function", { functionLines: 3 }, [
  ["a function with four lines", "a.js", "function f() {\n  a();\n  b();\n}\n", ["f 4"]],
  ["one that is longer by blanks and comments only", "a.js", "function f() {\n\n  // so\n  a();\n}\n", []],
  [
    "one that is longer by its inner functions only",
    "a.js",
    "function f() {\n  g();\n  function g() {\n    a();\n  }}\n",
    [],
  ],
  ["a function that a variable holds", "a.ts", "const f = () => {\n  a();\n  b();\n};\n", ["f 4"]],
  ["a text over many lines", "a.js", "function f() {\n  a(`1\n2\n3`);\n}\n", ["f 5"]],
  ["documentation in Python", "a.py", 'def f():\n    """One\n    two\n    three"""\n    a()\n', []],
  [
    "a method in Python",
    "a.py",
    "class A:\n    def f(self):\n        a()\n        b()\n        c()\n",
    ["f 4"],
  ],
]);

table("deep-nesting", { nestingDepth: 2 }, [
  [
    "a loop in a condition in a loop",
    "a.js",
    "function f() { for (;;) { if (a) { while (b) c(); } } }",
    ["while 3"],
  ],
  [
    "a condition behind another",
    "a.js",
    "function f() { if (a) b(); else if (c) d(); else if (e) { if (g) h(); } }",
    [],
  ],
  ["what a function within does", "a.js", "function f() { if (a) { if (b) c(() => { if (d) e(); }); } }", []],
  [
    "a try in a with in a loop in a loop",
    "a.py",
    "def f():\n  for a in b:\n    for c in d:\n      with e:\n        try: g()\n        except E: pass\n",
    ["try 3"],
  ],
]);

table("long-parameter-list", { parameters: 2 }, [
  ["three parameters", "a.js", "function f(a, b = 1, ...c) {}", ["f 3"]],
  ["one object of three", "a.js", "function f({ a, b, c }) {}", []],
  ["a callback, whose caller chose them", "a.js", "g(function (a, b, c) {}); h((a, b, c) => 1);", []],
  [
    "members that a constructor declares",
    "a.ts",
    "class A { constructor(private a: A, readonly b: B, public c: C) {} }",
    [],
  ],
  [
    "a signature without a body",
    "a.ts",
    "interface I { f(a: A, b: B, c: C): void }\ndeclare function g(a: A, b: B, c: C): void;",
    [],
  ],
  ["an override", "a.ts", "class A extends B { override f(a: A, b: B, c: C) {} }", []],
  [
    "parameters of a method besides itself",
    "a.py",
    "class A:\n  def f(self, a, b): pass\n  def g(self, a, b, c): pass\n",
    ["g 3"],
  ],
  ["what is given by name", "a.py", "def f(a, *, b, c, d): pass\ndef g(a, *args, b, c, **more): pass\n", []],
]);

table("complex-condition", {}, [
  ["four operators, mixed", "a.js", "if (a && b || c && !(d || e)) f();", ["a && b || c && !(d || e) 4"]],
  ["a row of equal ones", "a.js", "if (a || b || c || d || e || f) g();", []],
  ["three", "a.js", "if (a && b || c && d) e();", []],
  ["operators of an argument", "a.js", "if (a && b || f(c && d || e)) g();", []],
  [
    "and, or and not in Python",
    "a.py",
    "x = a and b or not (c and d) or e\n",
    ["a and b or not (c and d) or e 4"],
  ],
]);

table("large-class", { classMethods: 2, classLines: 8 }, [
  ["a class with three methods", "a.js", "class A { a() {} b() {} c() {} }", ["A 3"]],
  [
    "one with accessors",
    "a.js",
    "class A { a() {} get b() { return 1; } set b(it) {} get c() { return 1; } }",
    [],
  ],
  [
    "a long one with few methods",
    "a.ts",
    "class A {\n a = 1;\n b = 1;\n c = 1;\n d = 1;\n e = 1;\n f() {\n  return 1;\n }\n}\n",
    ["A 10"],
  ],
  [
    "one with special methods, properties and tests",
    "a.py",
    "class A:\n  def __init__(self): pass\n  @property\n  def a(self): pass\n  def test_b(self): pass\n  def c(self): pass\n  def d(self): pass\n",
    [],
  ],
  [
    "one with three methods in Python",
    "a.py",
    "class A:\n  def a(self): pass\n  @staticmethod\n  def b(): pass\n  def c(self): pass\n",
    ["A 3"],
  ],
]);

table("feature-envy", { enviedMembers: 2 }, [
  [
    "a method about another object's data",
    "a.js",
    "class A { f(b) { b.save(); return b.x + b.y + b.z + this.k; } }",
    ["f 3"],
  ],
  [
    "one that is as much about its own",
    "a.js",
    "class A { f(b) { b.save(); return b.x + b.y + b.z + this.x + this.y + this.z; } }",
    [],
  ],
  ["one about a mere record", "a.js", "class A { f(b) { return b.x + b.y + b.z; } }", []],
  [
    "what makes an object of another",
    "a.js",
    "class A { constructor(b) { b.save(); this.x = b.x + b.y + b.z; } }",
    [],
  ],
  ["a function", "a.js", "function f(b) { b.save(); return b.x + b.y + b.z; }", []],
  [
    "a method in Python",
    "a.py",
    "class A:\n  def f(self, b):\n    b.save()\n    return b.x + b.y + b.z\n",
    ["f 3"],
  ],
]);

table("magic-number", {}, [
  ["a number that is compared with", "a.js", "if (age > 65) retire();", ["65"]],
  ["one of several places", "a.js", "if (age > 65 || days * 65 > all) retire();", ["65"]],
  ["a factor", "a.py", "area = f(r * 6.5)\n", ["6.5"]],
  [
    "a number with a name",
    "a.ts",
    "const LIMIT = 65; const all = 65 * hours; f({ width: 17 * em });\nenum E { A = 65 }",
    [],
  ],
  ["a default", "a.py", "def f(a=65, b=65 * k): pass\ng(timeout=17 * s)\n", []],
  ["an argument, or an element", "a.js", "pad(65); const a = b[65];", []],
  ["a number that everybody knows", "a.js", "f(a * 1000, b % 2, c / 60, d * 1024, e - 1, g * 360);", []],
  ["a length", "a.js", "if (parts.length === 6) f();", []],
  ["a place close by", "a.js", "f(at + 6);", []],
  ["a length in Python", "a.py", "if len(parts) == 6: f()\n", []],
  ["what a comment in its line may explain", "a.py", "if years > 65:  # retired\n    f()\n", []],
  ["bits", "a.js", "if (a === 0x4f || b === 0b1010011) f();", []],
  ["a number in a test", "test/a.js", "if (age > 65) retire();", []],
  ["a number in a test of Java", "src/AgeTest.java", "class A { boolean b = age > 65; }", []],
  [
    "a number in a class that is no test",
    "src/Latest.java",
    "class A { boolean b(int age) { return age > 65; } }",
    ["65"],
  ],
]);
