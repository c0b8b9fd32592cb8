import type { Cases } from "./cases.ts";

const f = (body: string) => `fun f(x: Int) {\n${body}\n}\n`;

/** What is found in Kotlin. */
export const kotlin: Cases = {
  language: "Kotlin",
  path: "a.kt",
  counted: [
    ["else and else-if", f("if (a) b() else /* why */ if (c) { d() } else /* so */ { e() }"), [3], [3]],
    ["conditions within conditions", f("if (a) { if (b) c() else d() } else { if (e) g() }"), [4], [7]],
    ["logical operators, rows of equal ones once", f("if (a && b && !(c || d)) e()"), [5], [3]],
    ["loops", f("for (a in b) { while (c) d() }\ndo { e() } while (g)"), [4], [4]],
    [
      "each branch of a when, a when once",
      f("when (x) {\n 1, 2 -> a()\n in 3..4 -> { if (b) c() }\n else -> d()\n}"),
      [4],
      [3],
    ],
    ["catches, not tries", f("try { a() } catch (e: E) { if (b) c() } finally { d() }"), [3], [3]],
    ["lambdas as part of what is around, but deeper", f("if (a) b()\nc.forEach { if (it) d() }"), [3], [3]],
    ["no elvis and no safe call", f("a?.b() ?: return"), [1], []],
  ],
  looked: [
    ["long-function", "one with four lines", f("  a()\n  b()"), ["f 4"]],
    ["long-function", "one with three", f("  a()\n  // why"), []],
    [
      "deep-nesting",
      "three in each other",
      f("try { for (a in b) { if (c) d() } } finally { e() }"),
      ["if 3"],
    ],
    ["deep-nesting", "a chain of conditions", f("if (a) b() else if (c) { if (d) e() }"), []],
    [
      "long-parameter-list",
      "three parameters",
      "class A { fun f(a: Int, b: Int = 1, vararg c: Int) {} }",
      ["f 3"],
    ],
    [
      "long-parameter-list",
      "an override, a lambda, members",
      "class A(val a: Int, val b: Int, val c: Int) { override fun f(a: Int, b: Int, c: Int) { g { d, e, h -> 1 } } }",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("if (a && b && c) d()"), ["f 4"]],
    ["cyclomatic-complexity", "at the limit", f("if (a && b) d()"), []],
    [
      "cyclomatic-complexity",
      "what is just a large switch",
      f("when (x) {\n 1 -> a()\n 2 -> b()\n 3 -> c()\n 4 -> d()\n}"),
      [],
    ],
    ["cognitive-complexity", "over the limit", f("if (a) { if (b) c() }\nif (d) e()"), ["f 4"]],
    ["cognitive-complexity", "at the limit", f("if (a) { if (b) c() }"), []],
    [
      "complex-condition",
      "four operators, mixed",
      "fun f() = a && b || c && !(d || e)\n",
      ["a && b || c && !(d || e) 4"],
    ],
    ["complex-condition", "three", "fun f() = a && b || c && d\n", []],
    ["unreachable-code", "what stands behind a return", f("return\na()"), ["a()"]],
    [
      "unreachable-code",
      "what stands behind a lambda that returns",
      f("b.forEach { return@forEach }\na()"),
      [],
    ],
    ["magic-number", "an operand", f("if (x > 65L || y * 6.5f < z) a()"), ["65L", "6.5f"]],
    ["magic-number", "a number with a name", f("val y = 65 * x\nif (s.length == 65) a(w = 65 * x)"), []],
    [
      "large-class",
      "one with three methods",
      "class A { fun a() {}\n fun b() {}\n private fun c() = 1\n}",
      ["A 3"],
    ],
    [
      "large-class",
      "an object with two and what is overridden",
      'object A { fun a() {}\n fun b() {}\n override fun toString() = ""\n val c: Int get() = 1\n}',
      [],
    ],
  ],
};
