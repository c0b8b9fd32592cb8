import type { Cases } from "./cases.ts";

const f = (body: string) => `int A::f(int x) const {\n${body}\n}\n`;

/** What is found in C++. */
export const cpp: Cases = {
  language: "C++",
  path: "a.cpp",
  counted: [
    ["else and else-if", f("if (a) b(); else if (c) d(); else e();"), [3], [3]],
    ["logical operators, as words too", f("if (a && b and !(c or d)) e();"), [5], [4]],
    [
      "loops over a range, and others",
      f("for (auto a : b) { while (c) d(); }\ndo e(); while (g);"),
      [4],
      [4],
    ],
    [
      "each case, a switch once",
      f("switch (x) { case 1: case 2: if (a) b(); break; default: c(); }"),
      [4],
      [3],
    ],
    ["catches, not tries", f("try { a(); } catch (E &e) { if (b) c(); } catch (...) { }"), [4], [4]],
    [
      "lambdas by themselves, but deeper in what is around",
      f("g([&](int q) { if (q) h(); });\nif (c) d();"),
      [2, 2],
      [3],
    ],
  ],
  looked: [
    ["long-function", "one with four lines", f("a();\nb();"), ["A::f 4"]],
    ["long-function", "one with three", f("a();\n// why"), []],
    [
      "deep-nesting",
      "three in each other",
      f("try { for (auto a : b) { if (c) d(); } } catch (...) {}"),
      ["if 3"],
    ],
    ["deep-nesting", "what a lambda does", f("for (;;) { if (a) g([] { if (b) c(); }); }"), []],
    [
      "long-parameter-list",
      "three parameters",
      "template <class T> auto f(T &&a, int b = 1, T... c) -> int { return 1; }",
      ["f 3"],
    ],
    [
      "long-parameter-list",
      "an override, or a lambda that is handed on",
      "struct A : B { void f(int a, int b, int c) override { g([](int d, int e, int h) {}); } };",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("if (a && b && c) d();"), ["A::f 4"]],
    ["cyclomatic-complexity", "at the limit", f("if (a && b) d();"), []],
    ["cognitive-complexity", "over the limit", f("if (a) { if (b) c(); }\nif (d) e();"), ["A::f 4"]],
    ["cognitive-complexity", "at the limit", f("if (a) { if (b) c(); }"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("return a && b || c && !(d || e);"),
      ["a && b || c && !(d || e) 4"],
    ],
    ["complex-condition", "three", f("return a && b || c && d;"), []],
    ["unreachable-code", "what stands behind a throw", f("throw 1;\na();"), ["a();"]],
    ["unreachable-code", "what a label leads to", f("goto end;\nend: a();"), []],
    ["magic-number", "an operand", f("if (x > 65 || y * 6.5 < z) a();"), ["65", "6.5"]],
    [
      "magic-number",
      "a number with a name",
      f("constexpr int y = 65 * 3; auto z = 65 * x;\nif (s.size() > 65) d();"),
      [],
    ],
    [
      "large-class",
      "one with three methods, written or declared",
      "class A { void a() {} int *b(int c) const; template <class T> void d(T e) {} int g; };",
      ["A 3"],
    ],
    [
      "large-class",
      "one with what is overridden, copied or left to the compiler",
      "class A { A() = default; A(const A &) = delete; A &operator=(A a); void a() override; void b(); void c(); int (*d)(int); };",
      [],
    ],
  ],
};
