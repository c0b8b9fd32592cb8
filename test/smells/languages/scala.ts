import type { Cases } from "./cases.ts";

const f = (body: string) => `object A {\n  def f(x: Int): Unit = {\n${body}\n  }\n}\n`;

/** What is found in Scala. */
export const scala: Cases = {
  language: "Scala",
  path: "A.scala",
  counted: [
    ["else and else-if", f("if (a) b() else if (c) { d() } else { e() }"), [3], [3]],
    ["logical operators, rows of equal ones once", f("if (a && b && !(c || d)) e()"), [5], [3]],
    ["loops and what they pass over", f("for (a <- b if c) { while (d) e() }"), [4], [3]],
    [
      "each case but the last resort, a match once",
      f("x match { case 1 | 2 => a()\n case n if n > 3 => if (b) c()\n case _ => d() }"),
      [5],
      [3],
    ],
    [
      "each case of a catch, not tries",
      f("try a() catch { case e: E => b()\n case g: G => if (c) d() } finally { h() }"),
      [4],
      [3],
    ],
    [
      "lambdas as part of what is around, but deeper",
      f("if (a) b()\nc.foreach { d => if (d) e() }"),
      [3],
      [3],
    ],
    [
      "functions within by themselves, but deeper in what is around",
      f("def g() = if (a) b()\nif (c) d()"),
      [2, 2],
      [3],
    ],
    ["no words that are methods", f("a and b or c"), [1], []],
  ],
  looked: [
    ["long-function", "one with four lines", f("    a()\n    b()"), ["f 4"]],
    ["long-function", "one with three", f("    a()\n    // why"), []],
    [
      "deep-nesting",
      "three in each other",
      f("try { for (a <- b) { if (c) d() } } finally { e() }"),
      ["if 3"],
    ],
    ["deep-nesting", "a chain of conditions", f("if (a) b() else if (c) { if (d) e() }"), []],
    [
      "long-parameter-list",
      "three parameters in two lists",
      "class A { def f(a: Int, b: Int = 1)(c: Int) = 1 }\n",
      ["f 3"],
    ],
    [
      "long-parameter-list",
      "an override, or what is found by its type",
      "class A { override def f(a: Int, b: Int, c: Int) = 1\n def g(a: Int, b: Int)(implicit c: C) = 1 }\n",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("if (a && b && c) d()"), ["f 4"]],
    ["cyclomatic-complexity", "at the limit", f("if (a && b) d()"), []],
    [
      "cyclomatic-complexity",
      "what is just a large switch",
      f("x match { case 1 => a()\n case 2 => b()\n case 3 => c()\n case 4 => d() }"),
      [],
    ],
    ["cognitive-complexity", "over the limit", f("if (a) { if (b) c() }\nif (d) e()"), ["f 4"]],
    ["cognitive-complexity", "at the limit", f("if (a) { if (b) c() }"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("a && b || c && !(d || e)"),
      ["a && b || c && !(d || e) 4"],
    ],
    ["complex-condition", "three", f("a && b || c && d"), []],
    ["unreachable-code", "what stands behind a throw", f("throw new E\na()"), ["a()"]],
    ["unreachable-code", "what stands behind a condition that may not leave", f("if (a) return\nb()"), []],
    ["magic-number", "an operand", f("if (x > 65L) a(y * 6.5)"), ["65L", "6.5"]],
    ["magic-number", "a number with a name", f("val y = 65 * x\nif (s.length == 65) a(w = 65 * x)"), []],
    [
      "large-class",
      "one with three methods",
      "class A { def a = 1\n def b() = 1\n private def c() { d() } }\n",
      ["A 3"],
    ],
    [
      "large-class",
      "an object with two and what is overridden",
      "object A { def a = 1\n def b = 1\n override def toString = c\n val d = 1 }\n",
      [],
    ],
  ],
};
