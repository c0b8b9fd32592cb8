import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { hasGo, printedByGo } from "./built.ts";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";

const parse = withParser("go");

/** The refactoring, what it is about, the program with its marks, the code of the refusal; "same" where it prints the same after. */
type Trap = readonly [string, string, string, string?];

const NEW = { name: "fresh" };

const TRAPS: readonly Trap[] = [
  [
    "rename",
    "a variable that is declared only in part",
    "func main() { a, «err» := f(); b, err := f(); println(a, b, err) }\nfunc f() (int, int) { return 1, 2 }",
  ],
  [
    "rename",
    "a variable whose value has its outer namesake",
    "func main() { x := 1; { «x» := x + 1; println(x) }; println(x) }",
  ],
  [
    "rename",
    "a name used before its inner namesake is declared",
    "func main() { «fresh2» := 1; { println(fresh2); fresh := 2; println(fresh) } }",
    "rename.captured",
  ],
  [
    "rename",
    "the variable of a type switch",
    "func main() { var v interface{} = 3; switch «t» := v.(type) { case int: println(t + 1); case string: println(t) } }",
  ],
  [
    "rename",
    "a key that is a field, and one that is a variable",
    "type P struct{ x int }\nfunc main() { «x» := 2; p := P{x: x}; m := map[int]int{x: x}; println(p.x, len(m), m[2]) }",
  ],
  [
    "rename",
    "a label",
    "func main() {\n«loop»:\n\tfor i := 0; i < 3; i++ { for { if i == 1 { break loop }; println(i); continue loop } }\n}",
  ],
  [
    "rename",
    "a label named as a variable",
    "func main() {\n\tloop := 1\n«loop»:\n\tfor { println(loop); break loop }\n}",
  ],
  [
    "rename",
    "a type parameter",
    "func max[«T» int | string](a, b T) T { if a > b { return a }; return b }\nfunc main() { println(max(1, 2)) }",
  ],
  [
    "rename",
    "a type parameter of a receiver",
    "type L[T any] struct{ v T }\nfunc (l L[«T»]) get() T { return l.v }\nfunc main() { println(L[int]{v: 3}.get()) }",
  ],
  [
    "rename",
    "a type that gives a field its name",
    "type «base» struct{ n int }\ntype t struct{ base }\nfunc main() { println(t{base{1}}.base.n) }",
    "rename.field",
  ],
  ["rename", "the function the program begins with", "func «main»() { println(1) }", "rename.entry"],
  [
    "rename",
    "a function used before it is declared",
    "func main() { println(f()) }\nfunc «f»() int { return 3 }",
  ],
  [
    "rename",
    "a result that is returned by its name",
    "func f() («n» int) { defer func() { n++ }(); n = 2; return }\nfunc main() { println(f()) }",
  ],
  [
    "rename",
    "a parameter named as its type",
    "type fresh int\nfunc f(«a» fresh) int { var b fresh = a; return int(b) }\nfunc main() { println(f(3)) }",
    "rename.captures",
  ],
  [
    "extract-variable",
    "a number that has its type from where it stands",
    "func main() { var f float64 = «3»; println(int(f / 2 * 10)) }",
  ],
  [
    "extract-variable",
    "a shift that has its type from where it stands",
    "func main() { n := 40; var a int64 = «1 << n»; println(a) }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "what the head of its statement declares",
    "func f() (int, bool) { return 2, true }\nfunc main() { if v, ok := f(); ok && «v+1» > 2 { println(v) } }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "the right side of a condition",
    "func main() { var p *int; if p != nil && «*p» > 1 { println(1) }; println(2) }",
    "extract-variable.lazy",
  ],
  [
    "extract-variable",
    "the condition of a loop",
    "func main() { s := []int{1, 2}; for len(s) > «len(s)-1» { s = nil; println(len(s)) ; break } }",
    "extract-variable.lazy",
  ],
  [
    "extract-variable",
    "a struct a method of which changes it",
    "type c struct{ n int }\nfunc (a *c) inc() { a.n++ }\ntype d struct{ c c }\nfunc main() { var x d; «x.c».inc(); println(x.c.n) }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "a struct whose member is given a value",
    "type c struct{ n int }\ntype d struct{ c c }\nfunc main() { var x d; «x.c».n = 3; println(x.c.n) }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "an array of which a slice is made",
    "type d struct{ a [2]int }\nfunc main() { var x d; s := «x.a»[:]; s[0] = 5; println(x.a[0]) }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "what an address is taken of",
    "func main() { a := []int{1}; p := &«a[0]»; *p = 4; println(a[0]) }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "a call of several values",
    "func two() (int, int) { return 1, 2 }\nfunc add(a, b int) int { return a + b }\nfunc main() { println(add(«two()»)) }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "an element and whether it is there",
    'func main() { m := map[string]int{}; v, ok := «m["a"]»; println(v, ok) }',
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "the value of a case",
    'func f() int { println("f"); return 2 }\nfunc main() { switch 1 { case 1: println(1); case «f()»: println(2) } }',
    "extract-variable.lazy",
  ],
  [
    "extract-variable",
    "a call after another one",
    "var n int\nfunc f() int { n++; return n }\nfunc main() { println(f()*10 + «f()») }",
    "extract-variable.order",
  ],
  [
    "extract-variable",
    "a variable that a call before it changes",
    "func main() { n := 1; f := func() int { n = 5; return 1 }; println(f() + «n*2») }",
    "extract-variable.order",
  ],
  [
    "extract-variable",
    "a constant of a switch",
    'func main() { switch x := 3; x { case «1 + 2»: println("three") } }',
  ],
  [
    "extract-variable",
    "a comparison of a type of its own",
    "type B bool\nfunc f(b B) B { return b }\nfunc main() { a := 1; println(bool(f(«a < 2»))) }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "a call that is deferred",
    'func f() int { println("f"); return 1 }\nfunc main() { defer println(«f()»); println("main") }',
  ],
  [
    "extract-variable",
    "a function over which a jump goes",
    "func main() {\n\ti := 0\nagain:\n\tprintln(«i*2»)\n\tif i++; i < 3 { goto again }\n}",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "the type of a slice that is made",
    "func main() { a := make(«[]int», 2); println(len(a)) }",
    "extract-variable.selection",
  ],
  [
    "extract-variable",
    "the size of an array",
    "func main() { n := [«2 + 1»]int{}; println(len(n)) }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "one of counted constants",
    "const (\n\ta = iota * «2»\n\tb\n)\nfunc main() { println(a, b) }",
    "extract-variable.place",
  ],
  [
    "inline-variable",
    "a whole number that is divided",
    "func main() { «n» := 5; f := float64(n / 2); println(int(f * 10)) }",
    "inline-variable.place",
  ],
  [
    "inline-variable",
    "a constant that takes its type from where it stands",
    "func main() { const «n» = 5; var f float64 = n / 2.0; println(int(f * 10)) }",
  ],
  [
    "inline-variable",
    "a variable of a wider type",
    "func main() { var «x» interface{} = 1; println(x == interface{}(1)) }",
    "inline-variable.place",
  ],
  [
    "inline-variable",
    "a shift",
    "func main() { s := 40; «n» := 1 << s; println(uint64(n) > 1) }",
    "inline-variable.place",
  ],
  [
    "inline-variable",
    "a variable that is changed through its address",
    "func main() { a := 1; p := &a; «b» := a; *p = 2; println(b) }",
    "inline.changed",
  ],
  [
    "inline-variable",
    "an element that is changed in between",
    "func main() { a := []int{1}; «b» := a[0]; a[0] = 2; println(b) }",
    "inline.fails",
  ],
  [
    "inline-variable",
    "a variable of which the address is taken",
    "func main() { «a» := f(); p := &a; println(*p) }\nfunc f() int { return 3 }",
    "inline-variable.written",
  ],
  [
    "inline-variable",
    "a struct that is copied",
    "type t struct{ n int }\nfunc main() { a := t{1}; «b» := a; a.n = 2; println(b.n) }",
    "inline.changed",
  ],
  [
    "inline-variable",
    "a struct a method of which changes it",
    "type t struct{ n int }\nfunc (x *t) inc() int { x.n++; return x.n }\nfunc main() { «a» := t{1}; println(a.inc(), a.inc()) }",
    "inline-variable.written",
  ],
  [
    "inline-variable",
    "a literal in the head of a condition",
    'type t struct{ n int }\nfunc main() { «a» := t{1}; if a == (t{1}) { println("is") } }',
  ],
  [
    "inline-variable",
    "a pointer to a literal whose member is asked for",
    "type t struct{ n int }\nfunc main() { «a» := &t{1}; println(a.n) }",
  ],
  [
    "inline-variable",
    "a negative number behind a minus",
    "func main() { x := 3; «a» := -x; println(7 - a) }",
  ],
  ["inline-variable", "a sum in a product", "func main() { x := 3; «a» := x + 1; println(2 * a) }"],
  [
    "inline-variable",
    "a name that is another one further in",
    "func main() { x := 3; «a» := x + 1; { x := 10; println(a, x) } }",
    "inline.captured",
  ],
  [
    "inline-variable",
    "a call that a loop would repeat",
    'func f() int { println("f"); return 1 }\nfunc main() { «a» := f(); for i := 0; i < 2; i++ { println(a) } }',
    "inline.repeated",
  ],
  [
    "inline-variable",
    "a variable of the package that a function changes",
    "var n = 1\nfunc f() { n = 2 }\nfunc main() { «a» := n; f(); println(a) }",
    "inline.changed",
  ],
  [
    "inline-variable",
    "a variable that a closure changes",
    "func main() { n := 1; f := func() { n++ }; «a» := n; f(); println(a) }",
    "inline.changed",
  ],
  [
    "inline-variable",
    "one map for two uses",
    "func main() { «m» := map[int]int{}; m[1] = 2; println(len(m)) }",
    "inline-variable.written",
  ],
  [
    "invert-if",
    "numbers that are none",
    'func f(x float64) string { if «x» < 1 { return "less" } else { return "more" } }\nfunc main() { z := 0.0; println(f(z/z), f(0)) }',
  ],
  [
    "invert-if",
    "a head that declares something",
    "func f() (int, bool) { return 1, false }\nfunc main() { if v, «ok» := f(); ok { println(1) } else { println(v) } }",
    "invert-if.place",
  ],
  [
    "convert-if-to-guard",
    "a function that gives something",
    "func f(a bool) (n int) { \n\tn = 1\n\tif «a» {\n\t\tn = 2\n\t}\n\treturn\n}\nfunc main() { println(f(true), f(false)) }",
    "convert-if-to-guard.end",
  ],
  [
    "convert-if-to-guard",
    "the last statement of a loop",
    "func main() {\n\tfor i := 0; i < 3; i++ {\n\t\tif «i» != 1 {\n\t\t\tprintln(i)\n\t\t}\n\t}\n}",
  ],
  [
    "convert-if-to-guard",
    "a case that hides a name",
    "func main() {\n\terr := 1\n\tfor i := 0; i < 2; i++ {\n\t\tif «i» == 1 {\n\t\t\terr := 2\n\t\t\tprintln(err)\n\t\t}\n\t}\n\tprintln(err)\n}",
    "convert-if-to-guard.names",
  ],
  ["extract-constant", "a number of a call", "func main() { println(«60 * 24»*2) }"],
  ["extract-constant", "a variable's value", "func main() { n := 2; println(«n * 24») }"],
  [
    "replace-magic-number",
    "a number of another type",
    "func main() { var f float64 = 1; println(int(f * «365» / 2)) }",
  ],
];

describe("programs of Go in which something seems to be possible", () => {
  const texts = TRAPS.map(([, , text]) => `package main\n\n${text}\n`);
  let made: readonly string[] = [];
  let printed: readonly string[] = [];
  before(function () {
    this.timeout(200_000);
    made = TRAPS.map(([id], index) => after(parse, id, "/p/main.go", texts[index] ?? "", NEW));
    const plain = texts.map((it) => it.replace(/[«»]/g, ""));
    // What is refused has to be a program all the same.
    const changed = made.map((it, index) => (isCode(it) ? (plain[index] ?? "") : it));
    if (hasGo) printed = printedByGo([...plain, ...changed]);
  });
  for (const [index, [id, what, , expected = "same"]] of TRAPS.entries())
    it(`${id}: ${what}`, () => {
      const text = made[index] ?? "";
      assert.equal(isCode(text) ? text : "same", expected, text);
      if (!hasGo) return;
      assert.doesNotMatch(printed[index] ?? "", /does not compile/);
      assert.equal(printed[TRAPS.length + index], printed[index], text);
    });
});

function isCode(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}
