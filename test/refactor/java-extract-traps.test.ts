import { type Trap, trapContract } from "./java-trap.ts";
import { withParser } from "./marked.ts";

const parse = withParser("java");

const EXTRACTED: readonly Trap[] = [
  ["extract-function f", "one value behind it", "int a = 1; «int b = a + 1; a = b * 2;» p(a);"],
  [
    "extract-function f",
    "two values behind it",
    "int a = 1; «int b = a + 1; a = b * 2;» p(a + b);",
    "extract-function.outputs",
  ],
  ["extract-function f", "a value only perhaps given", "int a = 1; «if (args.length == 0) a = 2;» p(a);"],
  ["extract-function f", "a value given anew", "int a; «a = next(); p(a);» p(a);"],
  ["extract-function f", "in a loop", "int a = 0; for (int i = 0; i < 3; i++) { «a += i; p(i);» } p(a);"],
  [
    "extract-function f",
    "a loop that is gone on with",
    "for (int i = 0; i < 3; i++) { «if (i == 1) continue;» p(i); }",
    "extract-function.jump",
  ],
  [
    "extract-function f",
    "a labelled loop",
    "a: for (int i = 0; i < 3; i++) { «for (;;) { if (i == 1) continue a; break; }» p(i); }",
    "extract-function.jump",
  ],
  [
    "extract-function f",
    "a switch of its own",
    "int a = 1; «switch (a) { case 1: p(1); break; default: p(2); }»",
  ],
  [
    "extract-function f",
    "a switch around it",
    "int a = 1; switch (a) { case 1: { «p(1); break;» } default: p(2); }",
    "extract-function.jump",
  ],
  [
    "extract-function f",
    "a return, or not",
    "«if (args.length == 0) return;» p(1);",
    "extract-function.return",
  ],
  [
    "extract-function f",
    "a return in all cases",
    "public class Main { static int g(int a) { «if (a == 0) return 1; else return 2;» } public static void main(String[] args) { System.out.println(g(0) + g(1)); } }",
  ],
  [
    "extract-function f",
    "what always fails",
    'public class Main { static int g(int a) { if (a > 0) { «throw new IllegalStateException("a" + a);» } return a; } public static void main(String[] args) { System.out.println(g(0)); try { g(1); } catch (RuntimeException it) { System.out.println(it.getMessage()); } } }',
  ],
  ["extract-function f", "what its method may throw", "«Thread.sleep(1); p(1);» p(2);"],
  [
    "extract-function f",
    "what is caught around it",
    "try { «Thread.sleep(1); p(1);» } catch (InterruptedException it) { p(2); }",
    "extract-function.throws",
  ],
  [
    "extract-function f",
    "a type that is written nowhere",
    "var a = List.of(1); «p(a.get(0) + 1); p(2);»",
    "extract-function.type",
  ],
  [
    "extract-function f",
    "a type parameter of its method",
    "public class Main { static <T> void g(T a) { «T b = a; System.out.println(b);» } public static void main(String[] args) { g(1); } }",
    "extract-function.type",
  ],
  [
    "extract-function f",
    "a local class",
    "class L { int a = 1; } «L l = new L(); p(l.a);»",
    "extract-function.type",
  ],
  ["extract-function f", "a captured value", "int a = 1; «Supplier<Integer> s = () -> a + 1; p(s.get());»"],
  [
    "extract-function f",
    "a method of that name",
    "public class Main { static int f(int a) { return 5; } public static void main(String[] args) { «int a = 1; System.out.println(f(a));» } }",
    "name.taken",
  ],
  [
    "extract-function f",
    "a final field that is filled",
    "public class Main { final int a; Main() { «a = 1; System.out.println(2);» } public static void main(String[] args) { System.out.println(new Main().a); } }",
    "extract-function.constructor",
  ],
  [
    "extract-function f",
    "a field that is written",
    "public class Main { int a; int g() { «a = 1; this.a += 2;» return a; } public static void main(String[] args) { System.out.println(new Main().g()); } }",
  ],
  [
    "extract-function f",
    "this of a class without a name",
    'public class Main { int a = 1; Object g() { return new Object() { int a = 2; @Override public String toString() { «int b = this.a + 1; System.out.println(b);» return "x"; } }; } public static void main(String[] args) { System.out.println(new Main().g()); } }',
  ],
  ["extract-function f", "a constant", "byte b = «1 + 2»; p(b);", "extract-function.constant"],
  ["extract-function f", "a sum of shorts", "short a = 1; q(«a + a»);"],
  ["extract-function f", "a whole division", "int a = 7; double b = «a / 2»; p(b);"],
  ["extract-function f", "the right side of &&", "String s = null; p(s != null && «s.length() > 0»);"],
  ["extract-function f", "an overload", "int a = 1; q(«a == 1 ? a : 2»);"],
  ["extract-function f", "an i++", "int i = 1; p(«i++ + 1»); p(i);", "extract-function.value"],
  [
    "extract-function f",
    "a text block",
    'String a = "x"; «String b = """\n      a\n        b"""; p(a + b);»',
  ],
  [
    "extract-function f",
    "a component of a record",
    "public class Main { record R(int a) { R { «a = a + 1; System.out.println(a);» } } public static void main(String[] args) { System.out.println(new R(1)); } }",
    "extract-function.home",
  ],
  [
    "extract-function f",
    "what is thrown again",
    "try { p(1 / (args.length)); } catch (Exception it) { «p(1); throw it;» }",
    "extract-function.throws",
  ],
];

trapContract("methods are extracted", EXTRACTED, parse);
