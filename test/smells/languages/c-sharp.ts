import type { Cases } from "./cases.ts";

const f = (body: string) => `class A {\n  void F(int x) {\n${body}\n  }\n}\n`;

/** What is found in C#. */
export const cSharp: Cases = {
  language: "C#",
  path: "A.cs",
  counted: [
    ["else and else-if", f("if (a) B(); else if (c) D(); else E();"), [3], [3]],
    ["logical operators, rows of equal ones once", f("if (a && b && !(c || d)) E();"), [5], [3]],
    [
      "loops and jumps",
      f("foreach (var a in b) { while (c) { if (d) goto end; } }\ndo E(); while (g);\nend: H();"),
      [5],
      [8],
    ],
    [
      "each label of a switch, a switch once",
      f("switch (x) { case 1: case 2 when a: B(); break; default: C(); break; }"),
      [4],
      [1],
    ],
    ["a switch that is a value", f("var y = x switch { 1 => a ? 2 : 3, > 4 => 5, _ => 6 };"), [4], [3]],
    ["catches, not tries", f("try { A(); } catch (E e) when (b) { if (c) D(); } finally { G(); }"), [4], [3]],
    ["choices, not ?? and ?.", f("return a?.B() ?? (c ? d : e);"), [2], [1]],
    [
      "functions within by themselves, but deeper in what is around",
      f("G(h => h ? 1 : 2);\nint I() { if (j) K(); return 1; }\nif (l) M();"),
      [2, 2, 2],
      [5],
    ],
    [
      "accessors by themselves",
      "class A { int B { get { if (c) D(); return e; } set => f = value; } }",
      [2, 1],
      [1],
    ],
  ],
  looked: [
    ["long-function", "one with four lines", f("  A();\n  B();"), ["F 4"]],
    ["long-function", "one with three", f("  A();\n  // why"), []],
    [
      "deep-nesting",
      "three in each other",
      f("try { foreach (var a in b) { if (c) D(); } } finally { E(); }"),
      ["if 3"],
    ],
    ["deep-nesting", "a chain of conditions", f("if (a) B(); else if (c) { if (d) E(); }"), []],
    [
      "long-parameter-list",
      "three parameters",
      "class A { A(int a, int b = 1, params int[] c) {} }",
      ["A 3"],
    ],
    [
      "long-parameter-list",
      "an override, a lambda, a method without a body",
      "class A { override void F(int a, int b, int c) { G((d, e, h) => 1); } abstract void I(int a, int b, int c); }",
      [],
    ],
    [
      "long-parameter-list",
      "what is extended",
      "static class A { static void F(this B a, int b, int c) {} }",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("if (a && b && c) D();"), ["F 4"]],
    ["cyclomatic-complexity", "at the limit", f("if (a && b) D();"), []],
    [
      "cyclomatic-complexity",
      "what is just a large switch",
      f("switch (x) { case 1: A(); break; case 2: B(); break; case 3: case 4: D(); break; }"),
      [],
    ],
    ["cognitive-complexity", "over the limit", f("if (a) { if (b) C(); }\nif (d) E();"), ["F 4"]],
    ["cognitive-complexity", "at the limit", f("if (a) { if (b) C(); }"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("return a && b || c && !(d || e);"),
      ["a && b || c && !(d || e) 4"],
    ],
    ["complex-condition", "three", f("return a && b || c && d;"), []],
    ["unreachable-code", "what stands behind a return", f("return;\nA();"), ["A();"]],
    ["unreachable-code", "what directives leave out", f("#if DEBUG\nreturn;\n#else\nA();\n#endif\nB();"), []],
    [
      "unreachable-code",
      "what a label leads to, or a function",
      f("goto end;\nend: A();\nreturn;\nint B() { return 1; }"),
      [],
    ],
    [
      "complex-condition",
      "decided before the program runs",
      "#if (A && B) || (C && !D) || E\nclass A {}\n#endif\n",
      [],
    ],
    ["unreachable-code", "a yield that makes an iterator", f("throw a;\nyield return 1;"), []],
    ["magic-number", "an operand", f("if (x > 65L || y * 6.5m < z) A();"), ["65L", "6.5m"]],
    [
      "magic-number",
      "a number with a name",
      f("const int Y = 65 * 3; var z = 65 * x;\nif (s.Length > 65) A(w: 65 * x);"),
      [],
    ],
    [
      "large-class",
      "one with three methods",
      "class A { void B() {} static int C() => 1; private void D() {} }",
      ["A 3"],
    ],
    [
      "large-class",
      "one with properties, overrides and tests",
      "class A { void B() {} void C() {} int D { get; set; } public override string ToString() => e; [Fact] void F() {} }",
      [],
    ],
  ],
};
