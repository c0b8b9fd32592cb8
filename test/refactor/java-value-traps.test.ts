import { type Trap, trapContract } from "./java-trap.ts";
import { withParser } from "./marked.ts";

const parse = withParser("java");

const TRAPS: readonly Trap[] = [
  [
    "remove-unused",
    "an unboxed null",
    "Integer n = null;\ntry {\nint «a» = n;\np(1);\n} catch (NullPointerException it) {\np(2);\n}",
    "remove-unused.effect",
  ],
  [
    "remove-unused",
    "a field by reflection",
    "public class Main {\nprivate static int «a» = 1;\npublic static void main(String[] args) throws Exception {\nSystem.out.println(Main.class.getDeclaredFields().length);\n}\n }",
    "remove-unused.seen",
  ],
  [
    "remove-unused",
    "a field by name",
    'public class Main {\nprivate static int «a» = 1;\npublic static void main(String[] args) throws Exception {\nSystem.out.println(Main.class.getDeclaredField("a").getName());\n}\n }',
    "remove-unused.seen",
  ],
  [
    "remove-unused",
    "array initializer unboxes",
    "Integer n = null;\ntry {\nint[] «a» = {\nn };\np(1);\n} catch (NullPointerException it) {\np(2);\n}",
    "remove-unused.effect",
  ],
  [
    "remove-unused",
    "bound method ref of null",
    "String s = null;\ntry {\nSupplier<Integer> «a» = s::length;\np(1);\n} catch (NullPointerException it) {\np(2);\n}",
    "remove-unused.effect",
  ],
  [
    "remove-unused",
    "a local whose class is loaded",
    'public class Main {\nstatic class L {\nstatic int x = f();\nstatic int f() {\nSystem.out.println("loaded");\nreturn 1;\n}\n}\npublic static void main(String[] args) throws Exception {\nint «a» = L.x;\nSystem.out.println(2);\n}\n }',
    "remove-unused.effect",
  ],
  [
    "remove-unused",
    "negative array",
    "int n = -1;\ntry {\nint[] «a» = new int[n];\np(1);\n} catch (NegativeArraySizeException it) {\np(2);\n}",
    "remove-unused.effect",
  ],
  [
    "remove-unused",
    "checked exception only source",
    'try {\nObject «a» = Class.forName("x");\np(1);\n} catch (ClassNotFoundException it) {\np(2);\n}',
    "remove-unused.effect",
  ],
  ["remove-unused", "definite assignment lost", "int b;\nint «a» = (b = 1);\np(b);", "remove-unused.effect"],
  [
    "remove-unused",
    "an import used qualified nested",
    'import java.util.«Map»;\npublic class Main {\n public static void main(String[] args) throws Exception {\nMap.Entry<String,Integer> e = Map.entry("a",1);\nSystem.out.println(e);\n}\n}',
    "remove-unused.place",
  ],
  [
    "extract-constant N",
    "const divides by zero",
    "try {\np(«1 / 0»);\n} catch (ArithmeticException it) {\np(2);\n}",
    "extract-constant.value",
  ],
  [
    "extract-constant N",
    "in an enum's argument",
    "public class Main {\nenum E {\nA(«5»);\nfinal int v;\nE(int v) {\nthis.v = v;\n}\n}\npublic static void main(String[] args) throws Exception {\nSystem.out.println(E.A.v);\n}\n }",
  ],
  [
    "extract-constant N",
    "nested class with inherited name",
    "public class Main {\ninterface I {\nint N = 1;\n}\nenum E implements I {\nA(«5»);\nfinal int v;\nE(int v) {\nthis.v = v;\n}\n}\npublic static void main(String[] args) throws Exception {\nSystem.out.println(E.A.v);\n}\n }",
    "name.taken",
  ],
  [
    "extract-constant N",
    "a loop that never ends",
    "public class Main {\nstatic int f() { while («true») {\nif (System.nanoTime() > 0) return 1;\n}\n}\npublic static void main(String[] args) throws Exception {\nSystem.out.println(f());\n}\n }",
  ],
  ["extract-constant N", "char to byte", "byte b = «'a'»;\np(b);"],
  [
    "convert-if-to-ternary",
    "int to byte consts",
    'public class Main {\nstatic byte g(int a) {\n«if» (a > 0) {\nreturn 2;\n} else {\nreturn 1;\n}\n}\nstatic int calls;\nstatic int next() {\nreturn ++calls;\n}\n public static void main(String[] args) throws Exception {\nfor (int i = -1; i < 4; i++) System.out.println(g(i) + " " + calls);\n}\n }',
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "null and int for Object",
    'public class Main {\nstatic Object g(int a) {\n«if» (a > 0) {\nreturn null;\n} else {\nreturn 1;\n}\n}\nstatic int calls;\nstatic int next() {\nreturn ++calls;\n}\n public static void main(String[] args) throws Exception {\nfor (int i = -1; i < 4; i++) System.out.println(g(i) + " " + calls);\n}\n }',
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "a final local",
    "final int b;\n«if» (next() > 0) {\nb = 1;\n} else {\nb = 2;\n}\nSupplier<Integer> s = () -> b;\np(s.get());",
  ],
  [
    "convert-if-to-ternary",
    "return of anonymous class's method",
    "public class Main {\nstatic int g() {\njava.util.function.Supplier<Object> s = new java.util.function.Supplier<>() {\npublic Object get() {\n«if» (System.nanoTime() != 0) {\nreturn 1;\n} else {\nreturn 2.0;\n}\n} };\nSystem.out.println(s.get());\nreturn 1;\n}\npublic static void main(String[] args) throws Exception {\ng();\n}\n }",
    "convert-if-to-ternary.type",
  ],
  [
    "convert-if-to-ternary",
    "Long and Integer to long",
    'public class Main {\nstatic long g(int a) {\nLong c = 5L;\nInteger d = null;\n«if» (a > 3) {\nreturn d;\n} else {\nreturn c;\n}\n}\nstatic int calls;\nstatic int next() {\nreturn ++calls;\n}\n public static void main(String[] args) throws Exception {\nfor (int i = -1; i < 4; i++) System.out.println(g(i) + " " + calls);\n}\n }',
  ],
  [
    "convert-if-to-ternary",
    "generics inferred from both branches",
    'public class Main {\nstatic java.util.List<Number> g(int a) {\n«if» (a > 0) {\nreturn java.util.Arrays.asList(1, 2.5);\n} else {\nreturn java.util.Collections.emptyList();\n}\n}\nstatic int calls;\nstatic int next() {\nreturn ++calls;\n}\n public static void main(String[] args) throws Exception {\nfor (int i = -1; i < 4; i++) System.out.println(g(i) + " " + calls);\n}\n }',
  ],
  [
    "convert-ternary-to-if",
    "int and Integer null",
    "Integer n = null;\nInteger b = null;\ntry {\nb = «next() > 5 ? 1 : n»;\n} catch (NullPointerException e) {\np(3);\n}\np(b);",
    "convert-ternary-to-if.type",
  ],
  [
    "convert-ternary-to-if",
    "captured by lambda",
    "int b = «next() > 0 ? 1 : 2»;\nRunnable r = () -> p(b);\nr.run();",
  ],
  [
    "convert-ternary-to-if",
    "char and constant 98 to char",
    "char b = «next() > 0 ? 'a' : 98»;\np(b);",
    "convert-ternary-to-if.type",
  ],
  [
    "convert-if-to-guard",
    "in labelled loop",
    "public class Main {\n public static void main(String[] args) throws Exception {\nx: for (int i = 0; i < 3; i++) {\nfor (int j = 0; j < 3; j++) {\n«if» (j != i) {\nif (j == 2) continue x;\nSystem.out.println(i + j);\n}\n}\n}\n}\n }",
  ],
  [
    "convert-if-to-guard",
    "in finally",
    'public class Main {\nstatic void g(int a) {\ntry {\nthrow new RuntimeException("x");\n} finally {\n«if» (a > 0) {\nSystem.out.println(a);\n}\n}\n}\npublic static void main(String[] args) throws Exception {\ntry {\ng(1);\n} catch (RuntimeException e) {\nSystem.out.println(e);\n}\ntry {\ng(0);\n} catch (RuntimeException e) {\nSystem.out.println(e);\n}\n}\n }',
    "convert-if-to-guard.end",
  ],
  [
    "convert-if-to-guard",
    "in switch rule in loop",
    "public class Main {\n public static void main(String[] args) throws Exception {\nfor (int i = 0; i < 3; i++) {\nswitch (i) {\ncase 1 -> {\n«if» (i > 0) {\nSystem.out.println(i);\n}\n}\ndefault -> System.out.println(9);\n}\n}\n}\n }",
    "convert-if-to-guard.end",
  ],
  [
    "convert-if-to-guard",
    "else declares, later lambda param of that name",
    'public class Main {\nstatic int g(int a) {\n«if» (a > 0) {\nreturn 1;\n} else {\nint b = 2;\nnext();\n}\njava.util.function.IntUnaryOperator f = b -> b + 1;\nreturn f.applyAsInt(1);\n}\nstatic int calls;\nstatic int next() {\nreturn ++calls;\n}\n public static void main(String[] args) throws Exception {\nfor (int i = -1; i < 4; i++) System.out.println(g(i) + " " + calls);\n}\n }',
    "convert-if-to-guard.names",
  ],
  [
    "convert-if-to-guard",
    "in instance initializer",
    "public class Main {\nint a = 1;\n{\n«if» (a > 0) {\nSystem.out.println(a);\n}\n}\npublic static void main(String[] args) throws Exception {\nnew Main();\n}\n }",
    "convert-if-to-guard.end",
  ],
  [
    "invert-if",
    "definite assignment through ||",
    'public class Main {\nstatic int g(int a) {\nint b;\n«if» (a > 0 || (b = a) > 0) {\nreturn 1;\n} else {\nreturn b;\n}\n}\nstatic int calls;\nstatic int next() {\nreturn ++calls;\n}\n public static void main(String[] args) throws Exception {\nfor (int i = -1; i < 4; i++) System.out.println(g(i) + " " + calls);\n}\n }',
  ],
  [
    "invert-if",
    "Double boxed NaN",
    'public class Main {\nstatic int g(int a) {\nDouble c = Double.NaN;\n«if» (c >= 0) {\nreturn 1;\n} else {\nreturn 2;\n}\n}\nstatic int calls;\nstatic int next() {\nreturn ++calls;\n}\n public static void main(String[] args) throws Exception {\nfor (int i = -1; i < 4; i++) System.out.println(g(i) + " " + calls);\n}\n }',
  ],
  [
    "invert-if",
    "negated pattern",
    'public class Main {\nstatic int g(int a) {\nObject o = a > 0 ? (Object) 1 : "a";\n«if» (!(o instanceof Integer i)) {\nreturn 1;\n} else {\nreturn i;\n}\n}\nstatic int calls;\nstatic int next() {\nreturn ++calls;\n}\n public static void main(String[] args) throws Exception {\nfor (int i = -1; i < 4; i++) System.out.println(g(i) + " " + calls);\n}\n }',
    "invert-if.place",
  ],
  [
    "invert-if",
    "nested dangling inner",
    "public class Main {\nstatic void g(int a) {\nif (a > 0) «if» (a > 1) System.out.println(1); else System.out.println(2);\n}\npublic static void main(String[] args) throws Exception {\ng(1);\ng(2);\ng(0);\n}\n }",
  ],
  ["wrap-with-try", "a name exception is taken", "int exception = 1;\n«p(exception);»\np(2);"],
  [
    "wrap-with-try",
    "lambda param exception",
    "Consumer<Integer> c = exception -> {\n«p(exception);»\n};\nc.accept(1);",
  ],
  [
    "wrap-with-try",
    "definite assignment used later, int a declared outside",
    "int a;\n«if (next() > 0) {\na = 1;\n} else {\na = 2;\n}»\np(a);",
  ],
  [
    "wrap-with-try",
    "pattern scoping",
    'public class Main {\nstatic void g(Object o) {\n«if (!(o instanceof String s)) return;»\nSystem.out.println(s);\n}\npublic static void main(String[] args) throws Exception {\ng("a");\n}\n }',
    "verify.binding",
  ],
  [
    "wrap-with-try",
    "in callable lambda",
    "java.util.concurrent.Callable<Integer> r = () -> {\n«Thread.sleep(1);\nreturn 1;»\n};\np(r.call());",
  ],
  [
    "rename b",
    "private field asked by reflection",
    'public class Main {\nprivate int «a» = 1;\npublic static void main(String[] args) throws Exception {\nSystem.out.println(Main.class.getDeclaredField("a").getName());\n}\n }',
    "rename.text",
  ],
  [
    "rename b",
    "class name as text",
    "public class Main {\nprivate static class «A» {\n}\npublic static void main(String[] args) throws Exception {\nSystem.out.println(A.class.getSimpleName());\n}\n }",
    "rename.text",
  ],
  [
    "rename b",
    "super field",
    "public class Main {\nstatic class A {\nprivate int «a» = 1;\n}\nstatic class B extends A {\nint a = 2;\nint f() {\nreturn super.hashCode() * 0 + a + ((A) this).a;\n}\n}\npublic static void main(String[] args) throws Exception {\nSystem.out.println(new B().f());\n}\n }",
  ],
  [
    "rename b",
    "varargs overload",
    "public class Main {\nprivate static int «a»(int... x) {\nreturn 1;\n}\nprivate static int b(int x) {\nreturn 2;\n}\npublic static void main(String[] args) throws Exception {\nSystem.out.println(a(3));\n}\n }",
    "rename.taken",
  ],
  [
    "inline-variable",
    "unboxing later",
    "Integer n = null;\ntry {\nint «a» = n;\np(1);\nint c = a;\n} catch (NullPointerException e) {\np(2);\n}",
    "inline.fails",
  ],
  [
    "inline-variable",
    "unboxing into branch",
    "Integer n = null;\ntry {\nint «a» = n;\nif (next() > 5) {\nint c = a;\np(c);\n}\n} catch (NullPointerException e) {\np(2);\n}",
    "inline.fails",
  ],
  [
    "inline-variable",
    "list.remove int vs Object",
    "List<Integer> l = new ArrayList<>(List.of(5, 6, 1));\nInteger «a» = 1;\nl.remove(a);\np(l);",
    "inline-variable.place",
  ],
  [
    "inline-variable",
    "overload by Integer",
    'public class Main {\nstatic void q(long it) {\nSystem.out.println("long");\n}\nstatic void q(int it) {\nSystem.out.println("int");\n}\nstatic void q(char it) {\nSystem.out.println("char");\n}\nstatic void q(short it) {\nSystem.out.println("short");\n}\nstatic void q(double it) {\nSystem.out.println("double");\n}\nstatic void q(Object it) {\nSystem.out.println("object");\n}\nstatic void q(Integer it) {\nSystem.out.println("Integer");\n}\nstatic void q(int... it) {\nSystem.out.println("ints");\n}\nstatic void q(CharSequence it) {\nSystem.out.println("cs");\n}\nstatic void q(String it) {\nSystem.out.println("s");\n}\n public static void main(String[] args) throws Exception {\nInteger «a» = 1;\nq(a);\n}\n }',
    "inline-variable.place",
  ],
  [
    "inline-variable",
    "static method of static type",
    "public class Main {\nstatic class A {\nstatic int f() {\nreturn 1;\n}\n}\nstatic class B extends A {\nstatic int f() {\nreturn 2;\n}\n}\npublic static void main(String[] args) throws Exception {\nA «a» = new B();\nSystem.out.println(a.f());\n}\n }",
    "inline-variable.place",
  ],
  [
    "inline-variable",
    "implicit this in local class",
    "public class Main {\nint v = 3;\nint f() {\nreturn v;\n}\nvoid g() {\nint «t» = v;\nclass L {\nint v = 9;\nint h() {\nreturn t;\n}\n}\nSystem.out.println(new L().h());\n}\npublic static void main(String[] args) throws Exception {\nnew Main().g();\n}\n }",
    "inline.captured",
  ],
  [
    "inline-variable",
    "varargs array as Object",
    'Object «a» = new Object[] {1, 2};\np(String.format("%s", a).startsWith("[L"));',
    "inline-variable.place",
  ],
];

trapContract("values are there, and of a type", TRAPS, parse);
