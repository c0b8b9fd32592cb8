import { type Trap, trapContract } from "./java-trap.ts";
import { withParser } from "./marked.ts";

const parse = withParser("java");

/** A class with a method `g` of that result and body, which `main` calls and prints. */
function method(result: string, body: string): string {
  return `public class Main {\n  static ${result} g(int a) {\n${body}\n  }\n  public static void main(String[] args) {\n    for (int i = -1; i < 3; i++) System.out.println(g(i));\n  }\n}\n`;
}

const BRANCHES: readonly Trap[] = [
  ["invert-if", "both cases", "int a = next();\n«if» (a > 1) {\n  p(1);\n} else {\n  p(2);\n}"],
  [
    "invert-if",
    "a number that is none",
    "double a = 0.0 / next(), b = a / 0 * 0;\n«if» (b < 1) {\n  p(1);\n} else {\n  p(2);\n}",
  ],
  [
    "invert-if",
    "objects of numbers",
    "Integer a = 1000, b = 1000;\n«if» (a == b || a < b) {\n  p(1);\n} else {\n  p(2);\n}",
  ],
  [
    "invert-if",
    "what a pattern finds",
    "Object o = 1;\n«if» (o instanceof Integer i) {\n  p(i);\n} else {\n  p(2);\n}",
    "invert-if.place",
  ],
  [
    "invert-if",
    "short circuits",
    "String s = null;\n«if» (s == null || s.isEmpty() && next() > 0) {\n  p(1);\n} else {\n  p(calls);\n}",
  ],
  [
    "invert-if",
    "a chain",
    "int a = 1;\n«if» (a > 1) {\n  p(1);\n} else if (a > 0) {\n  p(2);\n}",
    "invert-if.chain",
  ],
  ["invert-if", "an else without braces", "int a = 1;\n«if» (a > 1) p(1); else p(2);"],
  [
    "invert-if",
    "an else that would be another's",
    "int a = 1;\n«if» (a > 1) { if (a > 2) p(1); } else p(2);",
  ],
  ["convert-if-to-guard", "the end of a method", "int a = next();\n«if» (a > 1) {\n  p(1);\n  p(2);\n}"],
  [
    "convert-if-to-guard",
    "the end of a method with a value",
    method(
      "int",
      "    if (a > 1) {\n      return 1;\n    }\n    «if» (a < 1) {\n      a++;\n    }\n    return a;",
    ),
    "convert-if-to-guard.end",
  ],
  [
    "convert-if-to-guard",
    "an else that leaves",
    method("int", "    «if» (a > 1) {\n      a++;\n    } else {\n      return 1;\n    }\n    return a;"),
  ],
  [
    "convert-if-to-guard",
    "the end of a lambda",
    "Runnable r = () -> {\n  «if» (next() > 0) {\n    p(1);\n  }\n};\nr.run();",
    "convert-if-to-guard.end",
  ],
  [
    "convert-if-to-guard",
    "the end of a loop",
    "for (int i = 0; i < 3; i++) {\n  «if» (i != 1) {\n    p(i);\n  }\n}",
  ],
  [
    "convert-if-to-guard",
    "a name that is declared on",
    method(
      "int",
      "    «if» (a > 1) {\n      int b = 2;\n      a += b;\n    } else {\n      return 1;\n    }\n    int b = 3;\n    return a + b;",
    ),
    "convert-if-to-guard.names",
  ],
  [
    "convert-if-to-ternary",
    "two values",
    method("int", "    «if» (a > 1) {\n      return 1;\n    } else {\n      return a;\n    }"),
  ],
  [
    "convert-if-to-ternary",
    "numbers of two types",
    method("Object", "    «if» (a > 1) {\n      return 1;\n    } else {\n      return 2.0;\n    }"),
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "a character and a number",
    method(
      "Object",
      "    char c = 'x';\n    «if» (a > 1) {\n      return c;\n    } else {\n      return a;\n    }",
    ),
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "an object that may not be there",
    method(
      "Integer",
      "    Integer none = null;\n    «if» (a > 1) {\n      return 1;\n    } else {\n      return none;\n    }",
    ),
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "a long and a float for a double",
    method(
      "double",
      "    long b = 16777217;\n    float c = 1;\n    «if» (a > 1) {\n      return b;\n    } else {\n      return c;\n    }",
    ),
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "lists",
    method(
      "java.util.List<Integer>",
      "    «if» (a > 1) {\n      return java.util.List.of();\n    } else {\n      return java.util.List.of(a);\n    }",
    ),
  ],
  [
    "convert-if-to-ternary",
    "a type parameter",
    "public class Main { static <T> T g(T a, T b, boolean c) {\n «if» (c) {\n return a;\n } else {\n return b;\n }\n} public static void main(String[] args) { System.out.println(Main.<Object>g(1, 2.0, true)); } }",
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "what is added to a text",
    "String s = \"a\";\n«if» (next() > 0) {\n  s += 'b';\n} else {\n  s += 1;\n}\np(s);",
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "an element whose place changes",
    "int[] a = { 0, 0 };\nint i = 0;\n«if» (i++ == 0) {\n  a[i] = 1;\n} else {\n  a[i] = 2;\n}\np(a[0] + a[1] * 10);",
    "convert-if-to-ternary.order",
  ],
  ["convert-ternary-to-if", "two numbers", "int a = next();\nint b = «a > 0 ? 1 : 2»;\np(b);"],
  [
    "convert-ternary-to-if",
    "a final one",
    "int a = next();\nfinal long b = «a > 0 ? 1 : 2»;\nSupplier<Long> s = () -> b;\np(s.get());",
  ],
  [
    "convert-ternary-to-if",
    "numbers of two types",
    "Object b = «next() > 0 ? 1 : 2.0»;\np(b);",
    "convert-ternary-to-if.type",
  ],
  [
    "convert-ternary-to-if",
    "a constant",
    "final int b = «true ? 1 : 2»;\nbyte c = b;\np(c);",
    "convert-ternary-to-if.place",
  ],
  ["convert-ternary-to-if", "var", "var b = «next() > 0 ? 1 : 2»;\np(b);", "convert-ternary-to-if.place"],
  [
    "convert-ternary-to-if",
    "what a pattern finds",
    "Object o = 1;\nint b = «o instanceof Integer i ? i : 2»;\np(b);",
    "convert-ternary-to-if.place",
  ],
];

const OTHERS: readonly Trap[] = [
  ["split-declaration", "arrays among them", "int «a» = next(), b[] = { 1, 2 }, c = a + b[1];\np(a + c);"],
  [
    "split-declaration",
    "of a loop",
    "for (int «i» = 0, j = 1; i < 2; i++) p(i + j);",
    "split-declaration.place",
  ],
  ["merge-declarations", "one that uses another", "«int a = next();\nint b = a + 1;»\np(a + b);"],
  [
    "merge-declarations",
    "of two types",
    "«int a = next();\nlong b = a + 1;»\np(a + b);",
    "merge-declarations.kind",
  ],
  ["merge-declarations", "var", "«var a = next();\nvar b = a + 1;»\np(a + b);", "merge-declarations.place"],
  ["remove-unused", "a pure value", "int «a» = 1 + 2;\np(1);"],
  ["remove-unused", "what does something", "int «a» = next();\np(calls);", "remove-unused.effect"],
  ["remove-unused", "what fails", "int b = 0;\nint «a» = 1 / b;\np(1);", "remove-unused.effect"],
  ["remove-unused", "what is only written", "int «a»;\na = next();\np(calls);", "remove-unused.place"],
  [
    "remove-unused",
    "a private field",
    "public class Main {\n  private int «a» = 1;\n  public static void main(String[] args) {\n    System.out.println(2);\n  }\n}",
  ],
  [
    "remove-unused",
    "a field of another object",
    "public class Main {\n  private int «a» = 1;\n  public static void main(String[] args) {\n    System.out.println(new Main().a);\n  }\n}",
    "remove-unused.used",
  ],
  [
    "remove-unused",
    "a field that others see",
    "public class Main {\n  int «a» = 1;\n  public static void main(String[] args) {\n    System.out.println(2);\n  }\n}",
    "remove-unused.seen",
  ],
  [
    "remove-unused",
    "an import",
    "import java.util.«List»;\nimport java.util.Map;\npublic class Main {\n  public static void main(String[] args) {\n    System.out.println(Map.of());\n  }\n}",
  ],
  [
    "remove-unused",
    "an import of documentation",
    "import java.util.«List»;\n/** A {@link List}. */\npublic class Main {\n  public static void main(String[] args) {\n    System.out.println(2);\n  }\n}",
    "remove-unused.told",
  ],
  [
    "sort-imports",
    "of both kinds",
    'import static java.lang.Math.max;\n«»import java.util.Map;\nimport java.util.List;\npublic class Main {\n  public static void main(String[] args) {\n    System.out.println(max(1, 2) + "" + Map.of() + List.of());\n  }\n}',
  ],
  ["wrap-with-try", "what may be thrown", "«Thread.sleep(1);\np(1);»"],
  ["wrap-with-try", "a value that is given", "int a;\n«a = next();»\np(a);"],
  ["wrap-with-try", "what is used behind it", "«int a = next();»\np(a);", "wrap-with-try.names"],
  ["wrap-with-try", "a return", method("int", "    «if (a > 1) {\n      return 1;\n    }\n    return a;»")],
  ["extract-constant A", "a number", "byte a = «5»;\np(a);"],
  ["extract-constant A", "a text that is compared", 'String a = «"x"»;\np(a == "x");'],
  [
    "extract-constant A",
    "a number beside its sign",
    "int a = -«2147483648»;\np(a);",
    "extract-constant.place",
  ],
  ["extract-constant A", "a value of names", "int a = 1;\np(«a + 1»);", "extract-constant.value"],
  ["extract-constant A", "a sum of texts", 'p(«"a" + "b"» == "ab");'],
  ["extract-constant A", "a name that is taken", "int A = 1;\np(«5» + A);", "name.taken"],
  [
    "extract-constant A",
    "in an interface",
    "public class Main { interface I { default int f() { return «5»; } } public static void main(String[] args) { System.out.println(new I() { }.f()); } }",
    "extract-constant.scope",
  ],
  [
    "extract-constant A",
    "in a field's value that is needed before",
    "public class Main { static int b = f(); static int f() { return «7»; } public static void main(String[] args) { System.out.println(b); } }",
  ],
  ["extract-constant A", "a whole number for a double", "double a = 7 / «2»;\np(a);"],
  ["replace-magic-number A", "a number", "int a = next() * «60»;\np(a);"],
  [
    "replace-magic-number A",
    "a case",
    "switch (next()) { case «1»: p(1); break; default: p(2); }",
    "replace-magic-number.fixed",
  ],
];

trapContract("branches change places", BRANCHES, parse);
trapContract("forms are changed", OTHERS, parse);
