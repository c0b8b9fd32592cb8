import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { Options } from "../../src/refactor/refactoring.ts";
import { hasJava, printedByJava } from "./java-programs.ts";
import { withParser } from "./marked.ts";
import { after } from "./rerun.ts";

const parse = withParser("java");

/** What is done, what the trap is, the program with its marks or what stands in its `main`, the code of the refusal where it is refused. */
type Trap = readonly [string, string, string, string?];

/** `p` prints; `next` counts its calls. */
function program(text: string): string {
  if (/\bclass Main\b/.test(text)) return text;
  return `import java.util.*;
import java.util.function.*;
public class Main {
  static int calls;
  static int next() { return ++calls; }
  static void p(Object it) { System.out.println(it); }
  static void q(long it) { System.out.println("long " + it); }
  static void q(int it) { System.out.println("int " + it); }
  static void q(Object it) { System.out.println("object " + it); }
  public static void main(String[] args) throws Exception {
    ${text}
  }
}
`;
}

const VARIABLES: readonly Trap[] = [
  [
    "extract-variable",
    "the right side of &&",
    "String s = null; p(s != null && «s.length() > 0»);",
    "extract-variable.lazy",
  ],
  [
    "extract-variable",
    "a branch of a choice",
    "int a = 0; p(a == 0 ? 0 : «10 / a»);",
    "extract-variable.lazy",
  ],
  [
    "extract-variable",
    "a condition of a loop",
    "int i = 0; while («next() < 3») i++; p(i);",
    "extract-variable.lazy",
  ],
  [
    "extract-variable",
    "the step of a loop",
    "for (int i = 0; i < 9; i += «next()») p(i);",
    "extract-variable.lazy",
  ],
  ["extract-variable", "after another call", "p(next() + «next() * 10»);", "extract-variable.order"],
  ["extract-variable", "behind i++", "int i = 1; p(i++ + «i * 10»);", "extract-variable.order"],
  ["extract-variable", "before i++", "int i = 1; p(«i * 10» + i++);"],
  [
    "extract-variable",
    "what else if asks",
    "int a = 1; if (a == 2) p(0); else if («next() == 1») p(1);",
    "extract-variable.row",
  ],
  [
    "extract-variable",
    "in a lambda",
    "Supplier<Integer> f = () -> «next() + 1»; p(f.get()); p(f.get());",
    "extract-variable.lazy",
  ],
  [
    "extract-variable",
    "a constant in a lambda",
    "Function<Integer, Integer> f = x -> x + «2 * 3»; p(f.apply(1));",
  ],
  [
    "extract-variable",
    "of another declared with it",
    "int a = next(), b = «a + 1»; p(b);",
    "extract-variable.place",
  ],
  ["extract-variable", "a constant for a byte", "byte b = «5»; p(b);"],
  ["extract-variable", "a part of a constant text", 'final String a = «"x"» + "y"; p(a == "xy");'],
  ["extract-variable", "a char and a number", "char c = 'a'; p(«c + 1»); p((char) (c + 1));"],
  ["extract-variable", "whole numbers that overflow", "int a = Integer.MAX_VALUE; long b = «a + 1»; p(b);"],
  ["extract-variable", "a whole division in a double", "int a = 7; double b = «a / 2»; p(b);"],
  [
    "extract-variable",
    "what is made by <>",
    "List<String> l = new ArrayList<>(«List.of()»); p(l);",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "a lambda as an argument",
    "p(List.of(1, 2).stream().map(«x -> x + 1»).toList());",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "a lambda that is returned as such",
    "Supplier<Integer> f = «() -> next()»; p(f.get());",
  ],
  ["extract-variable", "null", "String s = «null»; p(s);"],
  ["extract-variable", "a conditional of numbers", "Object o = «true ? 1 : 2.0»; p(o);"],
  [
    "extract-variable",
    "what a pattern names",
    'Object o = "ab"; if («o instanceof String s» && s.length() == 2) p(s);',
    "extract-variable.place",
  ],
  ["extract-variable", "an overload by int", "short a = 1; q(«a + a»);"],
  [
    "extract-variable",
    "an assertion",
    "int a = 1; assert «next() == 1» : a; p(calls);",
    "extract-variable.lazy",
  ],
  [
    "extract-variable",
    "the argument of this()",
    "public class Main { Main(int a) { System.out.println(a); } Main() { this(«1 + 2»); } public static void main(String[] args) { new Main(); } }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "a case",
    "switch (2) { case «1 + 1»: p(2); break; default: p(0); }",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "the right side of an arrow",
    "int a = switch (next()) { case 1 -> «calls + 1»; default -> 0; }; p(a);",
    "extract-variable.row",
  ],
  [
    "extract-variable",
    "a resource",
    'class R implements AutoCloseable { R(int a) { p(a); } public void close() { p("closed"); } } try (R r = new R(«next()»)) { p(1); }',
    "extract-variable.lazy",
  ],
  ["extract-variable", "a type before a dot", "p(«Math».abs(-1));", "extract-variable.place"],
  [
    "extract-variable",
    "an assignment's target",
    "int[] a = { 1 }; «a[0]» = 2; p(a[0]);",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "a condition that gives values",
    "int s; int[] a = { 1 }; int i = next(); if («i < 0 || (s = a[0]) == 0») p(0); else p(s);",
    "extract-variable.place",
  ],
  [
    "extract-variable",
    "a field's value",
    "public class Main { int a = «1 + 2»; public static void main(String[] args) { System.out.println(new Main().a); } }",
    "extract-variable.row",
  ],
  ["extract-variable", "a text block", 'String s = «"""\n      a\n        b"""».trim(); p(s);'],
  ["extract-variable", "System.out is the same", "System.out.println(«next() + 1»);"],
  [
    "extract-variable",
    "a field before a call that changes it",
    'public class Main { static StringBuilder b = new StringBuilder("a"); static String f() { b = new StringBuilder("c"); return "d"; } public static void main(String[] args) { System.out.println(b.append(«f()»)); } }',
    "extract-variable.order",
  ],
];

const INLINED: readonly Trap[] = [
  ["inline-variable", "a long of an int", "long «a» = 1; p(a << 40);", "inline-variable.place"],
  ["inline-variable", "an int that is a long's", "int «a» = 2147483647; long b = a + 1; p(b);"],
  ["inline-variable", "a double of whole numbers", "double «a» = 1; p(a / 2);", "inline-variable.place"],
  ["inline-variable", "a byte", "byte «a» = (byte) 300; p(a + 1);"],
  ["inline-variable", "a byte of an int", "byte «a» = 10; q(a);", "inline-variable.place"],
  ["inline-variable", "a float", "float «a» = 1; p(a / 3);", "inline-variable.place"],
  [
    "inline-variable",
    "an object of a number",
    "Integer «a» = 1000; Integer b = 1000; p(a == b);",
    "inline-variable.place",
  ],
  [
    "inline-variable",
    "an object that is compared twice",
    "Integer «a» = 1000; Object b = a; Object c = a; p(b == c);",
    "inline-variable.place",
  ],
  [
    "inline-variable",
    "a text that is compared",
    'String «a» = "x"; p((a + "y") == "xy");',
    "inline-variable.place",
  ],
  [
    "inline-variable",
    "a final text that is compared",
    'final String «a» = "x"; p((a + "y") == "xy");',
    "inline-variable.place",
  ],
  ["inline-variable", "a char beside a number", "char «a» = 'a'; p(a + 1);"],
  ["inline-variable", "a sum beside a text", 'int «a» = 1 + 2; p("a" + a);'],
  ["inline-variable", "a difference", "int b = 1, c = 2; int «a» = b - c; p(5 - a);"],
  ["inline-variable", "a negative number", "int «a» = -1; p(5 -a); p(-a);"],
  ["inline-variable", "a choice", "boolean b = true; int «a» = b ? 1 : 2; p(a + 1);"],
  [
    "inline-variable",
    "what is written meanwhile",
    "int b = 1; int «a» = b + 1; b = 5; p(a);",
    "inline.changed",
  ],
  [
    "inline-variable",
    "what a field was",
    "public class Main { static int f = 1; static void g() { f = 2; } public static void main(String[] args) { int «a» = f; g(); System.out.println(a); } }",
    "inline.changed",
  ],
  ["inline-variable", "what does something, twice", "int «a» = next(); p(a + a);", "inline.repeated"],
  [
    "inline-variable",
    "what does something, behind another",
    "int «a» = next(); p(next() + a);",
    "inline.fails",
  ],
  [
    "inline-variable",
    "what does something, in a branch",
    "int «a» = next(); if (args.length > 0) p(a); p(calls);",
    "inline.fails",
  ],
  [
    "inline-variable",
    "what does something, in a lambda",
    "int «a» = next(); Supplier<Integer> f = () -> a; p(f.get()); p(f.get());",
    "inline.repeated",
  ],
  [
    "inline-variable",
    "a new thing, twice",
    "StringBuilder «a» = new StringBuilder(); a.append(1); p(a);",
    "inline.repeated",
  ],
  [
    "inline-variable",
    "a division, in a branch",
    "int b = 0; int «a» = 1; p(b); int c = b == 0 ? 0 : a / b; p(c);",
  ],
  [
    "inline-variable",
    "what fails, into a branch",
    "int b = 0; try { int «a» = 1 / b; if (b > 0) p(a); p(2); } catch (ArithmeticException it) { p(3); }",
    "inline.fails",
  ],
  [
    "inline-variable",
    "a condition that is known",
    "boolean «a» = true; int i = 0; while (a) { if (i++ > 2) break; } p(i);",
    "inline-variable.place",
  ],
  ["inline-variable", "var of a known type", "var «a» = 1 + 1; q(a);"],
  [
    "inline-variable",
    "var of <>",
    "var «a» = new ArrayList<>(); List<Object> b = new ArrayList<>(a); p(b);",
    "inline-variable.place",
  ],
  ["inline-variable", "a lambda", "Supplier<Integer> «f» = () -> 1; p(f.get());", "inline-variable.place"],
  ["inline-variable", "an array of its own", "int[] «a» = { 1, 2 }; p(a.length);", "inline-variable.kind"],
  [
    "inline-variable",
    "what is returned as such",
    "public class Main { static long f() { long «a» = 1; return a; } public static void main(String[] args) { System.out.println(f()); } }",
  ],
  [
    "inline-variable",
    "an object for its interface",
    'CharSequence «a» = "ab"; q(a); p(a.length());',
    "inline-variable.place",
  ],
  [
    "inline-variable",
    "a name that a lambda has for itself",
    "int b = 1; int «a» = b; class L { int f(int b) { return a; } } p(new L().f(5));",
    "inline.captured",
  ],
  ["inline-variable", "a shift", "int «a» = 1 + 1; p(a << 2);"],
  [
    "inline-variable",
    "a resource",
    "StringBuilder s = new StringBuilder(); AutoCloseable «a» = () -> s.append(1); try (a) { s.append(0); } p(s);",
    "inline-variable.place",
  ],
];

const RENAMED: readonly Trap[] = [
  ["rename b", "a local that another one is", "int «a» = 1; int b = 2; p(a + b);", "rename.taken"],
  [
    "rename b",
    "around a lambda's parameter",
    "int «a» = 1; Function<Integer, Integer> f = b -> b + 1; p(f.apply(a));",
    "rename.taken",
  ],
  ["rename b", "within a loop's", "for (int b = 0; b < 1; b++) { int «a» = 2; p(a); }", "rename.taken"],
  ["rename b", "beside a loop's", "for (int b = 0; b < 1; b++) p(b); int «a» = 2; p(a);"],
  [
    "rename b",
    "a field that a local hides",
    "public class Main { private static int «a» = 1; public static void main(String[] args) { int b = 2; System.out.println(a + b); } }",
    "rename.captured",
  ],
  [
    "rename b",
    "a local over a field",
    "public class Main { private static int b = 1; public static void main(String[] args) { int «a» = 2; System.out.println(a + b); } }",
    "rename.captures",
  ],
  [
    "rename b",
    "a field and a local of its name",
    "public class Main { private int «a» = 1; int f(int a) { return a + this.a; } public static void main(String[] args) { System.out.println(new Main().f(2)); } }",
  ],
  [
    "rename b",
    "a field of another object",
    "public class Main { private int «a» = 1; int f(Main o) { return o.a + a; } public static void main(String[] args) { System.out.println(new Main().f(new Main())); } }",
  ],
  [
    "rename b",
    "a field of who knows what",
    "public class Main { private int «a» = 1; Main me() { return this; } public static void main(String[] args) { var o = new Main().me(); System.out.println(o.a); } }",
    "rename.member",
  ],
  [
    "rename b",
    "a method and a field of its name",
    "public class Main { private static int a = 1; private static int «a»() { return 2; } public static void main(String[] args) { System.out.println(a() + a); } }",
  ],
  [
    "rename b",
    "a method that is called by another name",
    "public class Main { private int «a»() { return 2; } public static void main(String[] args) { Main m = new Main(); java.util.function.Supplier<Integer> f = m::a; System.out.println(m.a() + f.get()); } }",
  ],
  [
    "rename b",
    "overloads",
    'public class Main { private static int «a»(int i) { return i; } private static int a(String s) { return 7; } public static void main(String[] args) { System.out.println(a(1) + a("")); } }',
  ],
  [
    "rename b",
    "a method that overloads what is inherited",
    "public class Main { static class B { int a(long i) { return 1; } } static class C extends B { private int «a»(int i) { return 2; } int f() { return a(1); } } public static void main(String[] args) { System.out.println(new C().f()); } }",
    "rename.overload",
  ],
  [
    "rename b",
    "what is seen by others",
    "public class Main { int «a» = 1; public static void main(String[] args) { System.out.println(new Main().a); } }",
    "rename.visible",
  ],
  [
    "rename b",
    "a component of a record",
    "public class Main { record R(int «a») { } public static void main(String[] args) { System.out.println(new R(1)); } }",
    "rename.component",
  ],
  [
    "rename b",
    "a label around one",
    "«a»: for (int i = 0; i < 3; i++) { for (;;) { if (i == 1) continue a; break; } p(i); }",
  ],
  [
    "rename b",
    "a label within another",
    "b: for (int i = 0; i < 3; i++) { «a»: for (;;) { if (i == 1) continue b; break a; } p(i); }",
    "rename.taken",
  ],
  [
    "rename b",
    "a local of a class without a name",
    "int «a» = 1; Runnable r = new Runnable() { int b = 5; public void run() { p(a + b); } }; r.run();",
    "rename.captured",
  ],
  [
    "rename b",
    "what an unknown class may have",
    "int «a» = 1; Thread t = new Thread() { public void run() { p(a); } }; t.run();",
    "opaque",
  ],
  [
    "rename B",
    "a type's parameter",
    "public class Main { static <«A»> A f(A a) { A b = a; return b; } public static void main(String[] args) { System.out.println(f(1)); } }",
  ],
  [
    "rename String",
    "a type's parameter over a type",
    "public class Main { static <«A»> String f(A a) { return a.toString(); } public static void main(String[] args) { System.out.println(f(1)); } }",
    "rename.captures",
  ],
  [
    "rename B",
    "a class with its constructor",
    "public class Main { private static class «A» { A(int i) { System.out.println(i); } } public static void main(String[] args) { new A(1); Main.A o = new Main.A(2); } }",
  ],
  [
    "rename Math",
    "a class that hides another",
    "public class Main { private static class «A» { } public static void main(String[] args) { System.out.println(Math.abs(-1) + new A().toString().length() * 0); } }",
    "rename.captures",
  ],
  ["rename b", "a pattern's name", 'Object o = "ab"; if (o instanceof String «a» && a.length() == 2) p(a);'],
  [
    "rename b",
    "a field where a pattern has not matched",
    'public class Main { static String a = "field"; static void f(Object o) { if (o instanceof String «a») System.out.println(a); else System.out.println(a); } public static void main(String[] args) { f("x"); f(1); } }',
    "opaque",
  ],
  [
    "rename b",
    "a field before a local of its name",
    "public class Main { static int a = 1; public static void main(String[] args) { int c = a; int «a» = 2; System.out.println(a + c); } }",
    "opaque",
  ],
  [
    "rename b",
    "what catches",
    'try { throw new Exception("x"); } catch (Exception «a») { p(a.getMessage()); }',
  ],
  [
    "rename b",
    "a variable of a resource",
    'try (java.io.StringReader «a» = new java.io.StringReader("x")) { p(a.read()); }',
  ],
  [
    "rename b",
    "a parameter of any number",
    "public class Main { static int f(int... «a») { return a.length + a[0]; } public static void main(String[] args) { System.out.println(f(1, 2)); } }",
  ],
  [
    "rename b",
    "what a compact constructor has",
    "public class Main { record R(int a) { R { int «c» = a; a = c + 1; } } public static void main(String[] args) { System.out.println(new R(1)); } }",
  ],
  [
    "rename Integer",
    "a variable that hides a type",
    "int «a» = 1; p(Integer.valueOf(a));",
    "rename.captures",
  ],
];

for (const [what, traps] of [
  ["variables are extracted", VARIABLES],
  ["variables are inlined", INLINED],
  ["names are changed", RENAMED],
] as const)
  describe(`traps of Java where ${what}`, () => {
    let made: readonly string[] = [];
    let printed: readonly string[] = [];
    before(function () {
      this.timeout(60_000);
      const texts = traps.map(([, , text]) => program(text));
      made = traps.map(([how], at) => {
        const [id = "", name, scope] = how.split(" ");
        const options: Options = { ...(name && { name }), ...(scope && { scope }) };
        return after(parse, id, "/p/Main.java", texts[at] ?? "", options);
      });
      if (hasJava) printed = printedByJava([...texts.map((it) => it.replace(/[«»]/g, "")), ...made]);
    });
    traps.forEach(([how, about, , expected], at) => {
      it(`${how}: ${about}`, () => {
        const text = made[at] ?? "";
        const isRefused = /^[\w.-]+$/.test(text);
        if (expected !== undefined || isRefused) assert.equal(text, expected);
        const [was, is] = [printed[at], printed[at + traps.length]];
        if (hasJava) assert.doesNotMatch(was ?? "", /^(does not compile|failed)/);
        if (hasJava && !isRefused) assert.equal(is, was, text);
      });
    });
  });
