import type { Cases } from "./cases.ts";

const f = (body: string) => `package a\n\nfunc f(x int) {\n${body}\n}\n`;

/** What is found in Go. */
export const go: Cases = {
  language: "Go",
  path: "a.go",
  counted: [
    ["else and else-if", f("if a { b() } else if c { d() } else { e() }"), [3], [3]],
    ["logical operators, rows of equal ones once", f("if a && b || c { d() }"), [4], [3]],
    ["loops, the deeper one more", f("for { for i := range b { if c { d() } } }"), [4], [6]],
    ["each case, a switch once", f("switch x { case 1: a(); case 2, 3: b(); default: c() }"), [3], [1]],
    ["what is in a case, deeper", f("switch { case x > 1: if a { b() } }"), [3], [3]],
    [
      "types and channels like values",
      f("switch y := x.(type) { case int: a(y) }\nselect { case <-c: b(); default: d() }"),
      [3],
      [2],
    ],
    ["jumps to labels", f("L:\nfor { if a { continue L }\n if b { break }\n goto L }"), [4], [7]],
    [
      "a function within by itself, but deeper in the one around",
      f("defer func() { if a { b() } }()\nif c { d() }"),
      [2, 2],
      [3],
    ],
    [
      "a call of itself",
      "package a\n\nfunc f(x int) int { if x > 1 { return f(x - 1) }; return 0 }\n",
      [2],
      [2],
    ],
    [
      "no call of another's method of that name",
      "package a\n\nfunc (t T) f(x T) int { if a { return x.f(x) }; return 0 }\n",
      [2],
      [1],
    ],
  ],
  looked: [
    ["long-function", "one with four lines", f("a()\n// why\n\nb()"), ["f 4"]],
    ["long-function", "one that is longer by its comments", f("a() // why\n// and\n\n// so on\n"), []],
    ["long-function", "one with three", f("a()\n// why\n"), []],
    ["deep-nesting", "three in each other", f("for { if a { switch b { case 1: c() } } }"), ["switch 3"]],
    ["deep-nesting", "a chain of conditions", f("if a { b() } else if c { if d { e() } }"), []],
    ["long-parameter-list", "three names of one type", "package a\n\nfunc f(a, b, c int) {}\n", ["f 3"]],
    ["long-parameter-list", "the receiver", "package a\n\nfunc (t *T) f(a int, b ...string) {}\n", []],
    ["long-parameter-list", "what a callback gets", f("g(func(a, b, c int) {})"), []],
    ["cyclomatic-complexity", "over the limit", f("if a && b && c { d() }"), ["f 4"]],
    ["cyclomatic-complexity", "at the limit", f("if a && b { d() }"), []],
    [
      "cyclomatic-complexity",
      "what is just a large switch",
      f("switch x { case 1: a(); case 2: b(); case 3: c(); case 4: d() }"),
      [],
    ],
    ["cognitive-complexity", "over the limit", f("if a { if b { c() } }\nif d { e() }"), ["f 4"]],
    ["cognitive-complexity", "at the limit", f("if a { if b { c() } }"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("if a && b || c && !(d || e) { g() }"),
      ["a && b || c && !(d || e) 4"],
    ],
    ["complex-condition", "three", f("if a && b || c && d { g() }"), []],
    ["unreachable-code", "what stands behind a return", f("return\na()"), ["a()"]],
    [
      "unreachable-code",
      "what stands behind both ways of a condition",
      f("if a { return } else { panic(b); return }\nc()"),
      ["c()"],
    ],
    [
      "unreachable-code",
      "a switch of types behind a return",
      f("return\nswitch x.(type) { case int: a() }"),
      ["switch x.(type) { case int: a() }"],
    ],
    ["unreachable-code", "what a label leads to", f("goto end\nend:\na()"), []],
    ["unreachable-code", "a case behind another", f("switch x { case 1: return; case 2: a() }"), []],
    ["magic-number", "a factor, or a limit", f("g(x * 65)\nif days > 17 { h() }"), ["65", "17"]],
    [
      "magic-number",
      "a number with a name, a unit or a length",
      f("const limit = 65 * 3\ny := 65 * x\ng(65 * time.Second, len(a) == 65, T{w: 65 * x})"),
      [],
    ],
    [
      "feature-envy",
      "a method about another object's data",
      "package a\n\nfunc (t T) f(b *B) int { b.save(); return b.x + b.y + b.z + t.k }\n",
      ["f 3"],
    ],
    [
      "feature-envy",
      "one that is as much about its own",
      "package a\n\nfunc (t T) f(b *B) int { b.save(); return b.x + b.y + b.z + t.x + t.y }\n",
      [],
    ],
    [
      "feature-envy",
      "a function",
      "package a\n\nfunc f(b *B) int { b.save(); return b.x + b.y + b.z }\n",
      [],
    ],
  ],
};
