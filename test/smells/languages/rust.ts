import type { Cases } from "./cases.ts";

const f = (body: string) => `fn f(x: i32) {\n${body}\n}\n`;

/** What is found in Rust. */
export const rust: Cases = {
  language: "Rust",
  path: "a.rs",
  counted: [
    ["else and else-if", f("if a { b() } else if let Some(c) = d { e() } else { g() }"), [3], [3]],
    ["logical operators, rows of equal ones once", f("if a && b || c { d() }"), [4], [3]],
    [
      "loops and jumps to labels",
      f("'l: loop { while let Some(a) = b { for c in d { continue 'l; } } break; }"),
      [4],
      [7],
    ],
    [
      "each arm but the last resort, a match once",
      f("match x { 1 | 2 => a(), n if n > 3 => { if b { c() } } _ => d() }"),
      [5],
      [3],
    ],
    ["no question mark", f("a()?.b()?;"), [1], []],
    [
      "closures by themselves, but deeper in what is around",
      f("let g = |a| if a { b() };\nif c { d() }"),
      [2, 2],
      [3],
    ],
    ["a call of itself", "fn f(x: i32) -> i32 { if x > 1 { f(x - 1) } else { 0 } }", [2], [3]],
  ],
  looked: [
    ["long-function", "one with four lines", f("a();\nb();"), ["f 4"]],
    ["long-function", "one with three", f("a();\n// why"), []],
    ["deep-nesting", "three in each other", f("for a in b { if c { match d { _ => e() } } }"), ["match 3"]],
    ["deep-nesting", "a chain of conditions", f("if a { b() } else if c { if d { e() } }"), []],
    ["long-parameter-list", "three parameters", "fn f(a: u8, b: u8, c: u8) {}", ["f 3"]],
    [
      "long-parameter-list",
      "itself, a closure, or what a trait asks for",
      "impl A { fn f(&self, a: u8, b: u8) { g(|c, d, e| 1) } }\nimpl T for A { fn h(a: u8, b: u8, c: u8) {} }",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("if a && b && c { d() }"), ["f 4"]],
    ["cyclomatic-complexity", "at the limit", f("if a && b { d() }"), []],
    [
      "cyclomatic-complexity",
      "what is just a large switch",
      f("match x { 1 => a(), 2 => b(), 3 => c(), 4 => d(), _ => e() }"),
      [],
    ],
    ["cognitive-complexity", "over the limit", f("if a { if b { c() } }\nif d { e() }"), ["f 4"]],
    ["cognitive-complexity", "at the limit", f("if a { if b { c() } }"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("a && b || c && !(d || e)"),
      ["a && b || c && !(d || e) 4"],
    ],
    ["complex-condition", "three", f("a && b || c && d"), []],
    ["unreachable-code", "what stands behind a return", f("return;\na();"), ["a();"]],
    [
      "unreachable-code",
      "what stands behind both ways of a condition",
      f("if a { return 1; } else { return 2 }\nb();"),
      ["b();"],
    ],
    [
      "unreachable-code",
      "what may be compiled instead",
      f("#[cfg(unix)]\n{ return 1; }\n#[cfg(windows)]\n{ return 2; }\na()"),
      [],
    ],
    ["unreachable-code", "what follows a block that is broken off", f("'a: { break 'a; }\nb();"), []],
    [
      "unreachable-code",
      "what is declared all the same",
      f("return;\nimpl A {}\nconst B: u8 = 1;\nuse c::d;"),
      [],
    ],
    ["magic-number", "an operand", f("if x > 65u8 { a(x * 6.5) }"), ["65u8", "6.5"]],
    [
      "magic-number",
      "a number with a name",
      f("const LIMIT: u8 = 65 * 3;\nlet y = 65 * x;\nif a.len() == 65 { b(C { w: 65 * x }) }"),
      [],
    ],
    [
      "magic-number",
      "a number in tests",
      "#[cfg(test)]\nmod tests {\n    fn f() { if x > 65 { a() } }\n}\n",
      [],
    ],
    [
      "large-class",
      "an implementation with three methods",
      "impl A { fn a() {} fn b() {} fn c() {} }",
      ["A 3"],
    ],
    [
      "large-class",
      "one with two, or of a trait",
      "impl A { fn a() {} fn b() {} }\nimpl T for A { fn a() {} fn b() {} fn c() {} }",
      [],
    ],
    [
      "feature-envy",
      "a method about another object's data",
      "impl A { fn f(&self, b: &B) -> u8 { b.save(); b.x + b.y + b.z + self.k } }",
      ["f 3"],
    ],
    [
      "feature-envy",
      "one that is as much about its own",
      "impl A { fn f(&self, b: &B) -> u8 { b.save(); b.x + b.y + b.z + self.x + self.y } }",
      [],
    ],
  ],
};
