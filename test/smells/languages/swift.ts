import type { Cases } from "./cases.ts";

const f = (body: string) => `func f(x: Int) {\n${body}\n}\n`;

/** What is found in Swift. */
export const swift: Cases = {
  language: "Swift",
  path: "a.swift",
  counted: [
    ["else and else-if", f("if a { b() } else if let c = d { e() } else { g() }"), [3], [3]],
    ["conditions within conditions", f("if a { if b { c() } else { d() } } else { if e { g() } }"), [4], [7]],
    [
      "guards like conditions",
      f("guard let a = b else { return }\nfor c in d { guard e else { continue } }"),
      [4],
      [4],
    ],
    ["logical operators, rows of equal ones once", f("if a && b && !(c || d) { e() }"), [5], [3]],
    ["rows of comparisons", f("if a == 1 && b > 2 && c != d || e { g() }"), [5], [3]],
    [
      "loops and jumps to labels",
      f("l: for a in b where c { while d { continue l } }\nrepeat { e() } while g"),
      [5],
      [5],
    ],
    [
      "each case, a switch once",
      f("switch x {\ncase 1, 2: a()\ncase let n where n > 3: if b { c() }\ndefault: d()\n}"),
      [4],
      [3],
    ],
    ["catches, not do", f("do { try a() } catch E.a { if b { c() } } catch { d() }"), [4], [4]],
    ["choices, not ??", f("return a ?? (b ? c : d)"), [2], [1]],
    [
      "closures as part of what is around, but deeper",
      f("if a { b() }\nc.forEach { d in if d { e() } }"),
      [3],
      [3],
    ],
    ["properties that are computed", "struct A { var b: Int { if c { return 1 }; return 2 } }", [2], [1]],
  ],
  looked: [
    ["long-function", "one with four lines", f("  a()\n  b()"), ["f 4"]],
    ["long-function", "one with three", f("  a()\n  // why"), []],
    [
      "long-function",
      "a property that is computed",
      "struct A {\n  var b: Int {\n    c()\n    d()\n    return e\n  }\n}\n",
      ["b 5"],
    ],
    ["deep-nesting", "three in each other", f("do { for a in b { if c { d() } } } catch { e() }"), ["if 3"]],
    ["deep-nesting", "a chain of conditions", f("if a { b() } else if c { if d { e() } }"), []],
    [
      "long-parameter-list",
      "three without a label",
      "func f(_ a: Int, _ b: Int = 1, _ c: Int...) {}\nfunc g() {}\n",
      ["f 3"],
    ],
    [
      "long-parameter-list",
      "those with one, or an override",
      "func f(a: Int, with b: Int, _ c: Int) { g() }\nclass A { override func f(_ a: Int, _ b: Int, _ c: Int) { g() } }\n",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("if a && b && c { d() }"), ["f 4"]],
    ["cyclomatic-complexity", "at the limit", f("if a && b { d() }"), []],
    [
      "cyclomatic-complexity",
      "what is just a large switch",
      f("switch x {\ncase 1: a()\ncase 2: b()\ncase 3: c()\ncase 4: d()\n}"),
      [],
    ],
    ["cognitive-complexity", "over the limit", f("if a { if b { c() } }\nif d { e() }"), ["f 4"]],
    ["cognitive-complexity", "at the limit", f("if a { if b { c() } }"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("return a && b || c && !(d || e)"),
      ["a && b || c && !(d || e) 4"],
    ],
    ["complex-condition", "three", f("return a && b || c && d"), []],
    ["unreachable-code", "what stands behind a return", f("throw a\nb()"), ["b()"]],
    ["unreachable-code", "what a return gives in the next line", f("if a { return }\nreturn\n  b"), []],
    [
      "unreachable-code",
      "what directives leave out",
      f("#if os(macOS)\nreturn a\n#else\nreturn b\n#endif"),
      [],
    ],
    ["magic-number", "an operand", f("if x > 65 { a(y * 6.5) }"), ["65", "6.5"]],
    ["magic-number", "a number with a name", f("let y = 65 * x\nif s.count == 65 { a(w: 65 * x) }"), []],
    [
      "large-class",
      "a type with three methods",
      "struct A { func a() { b() }\n static func c() { d() }\n init(e: Int) { g() } }\n",
      ["A 3"],
    ],
    [
      "large-class",
      "one with properties and what is overridden",
      "class A { func a() { b() }\n func c() { d() }\n override func e() { g() }\n var h: Int { return 1 } }\n",
      [],
    ],
  ],
};
