import type { Cases } from "./cases.ts";

const f = (body: string) => `class A {\n  void f(int x) {\n${body}\n  }\n}\n`;

/** The white paper's own examples, their names made short. */
const OVERRIDDEN = `if (t.isUnknown()) return u;
for (S s : symbols) {
  if (s.isKind(MTH) && !s.isStatic()) {
    if (canOverride(s)) {
      if (o == null) { if (!found) { found = true; } }
      else if (o) { return s; }
    }
  }
}
if (found) { return u; }
return null;`;
const ADD_VERSION = `while (true) {
  try {
    synchronized (this) {
      if (frst != null) {
        if (frst.v() > e.v()) { throw new R(); }
        if (txn.isActive()) {
          for (E e = frst; e != null; e = e.previous()) {
            if (depends == TIMED_OUT) { throw new W(v); }
            if (depends != 0 && depends != ABORTED) { throw new R(); }
          }
        }
      }
      break;
    }
  } catch (W re) {
    try { if (d != 0 && d != ABORTED) { throw new R(); } }
    catch (I ie) { throw new P(ie); }
  } catch (I ie) { throw new P(ie); }
}`;

/** What is found in Java. */
export const java: Cases = {
  language: "Java",
  path: "A.java",
  counted: [
    ["overriddenSymbolFrom, as the white paper does", f(OVERRIDDEN), [10], [19]],
    ["addVersion, as the white paper does", f(ADD_VERSION), [14], [35]],
    ["else and else-if", f("if (a) b(); else if (c) d(); else /* why */ e(); // so"), [3], [3]],
    ["an else that is a loop", f("if (a) b(); else for (;;) { if (c) d(); }"), [4], [7]],
    ["logical operators, rows of equal ones once", f("if (a && b && !(c || d)) e();"), [5], [3]],
    [
      "loops and a jump to a label",
      f("L: for (;;) { for (int i : b) { if (c) continue L; break; } }\ndo { d(); } while (e);"),
      [5],
      [8],
    ],
    [
      "each label of a switch, a switch once",
      f("switch (x) { case 1: case 2: a(); break; default: b(); }"),
      [3],
      [1],
    ],
    [
      "a switch that is a value",
      f("int y = switch (x) { case 1, 2 -> 3; case 4 -> { if (a) b(); yield 5; } default -> 6; };"),
      [4],
      [3],
    ],
    [
      "catches, not tries",
      f("try (var a = b()) { if (c) d(); } catch (E | F e) { if (g) h(); } finally { i(); }"),
      [4],
      [4],
    ],
    ["choices and lambdas", f("g(y -> y ? 1 : 2);\nif (a) b();"), [2, 2], [3]],
    [
      "what a class within does for itself",
      f("if (a) b();\nclass B { void g() { if (c) d(); } }"),
      [2, 2],
      [1, 1],
    ],
  ],
  looked: [
    ["long-function", "one with four lines", f("  a();\n  b();"), ["f 4"]],
    ["long-function", "one with three", f("  a();\n  // why"), []],
    ["deep-nesting", "three in each other", f("try { for (;;) { if (a) b(); } } finally { c(); }"), ["if 3"]],
    ["deep-nesting", "two", f("try { for (;;) { a(); } } catch (E e) { if (a) b(); }"), []],
    ["long-parameter-list", "three parameters", "class A { A(int a, int b, int... c) {} }", ["A 3"]],
    [
      "long-parameter-list",
      "an override, a lambda, a method without a body",
      "class A { @Override void f(int a, int b, int c) { g((d, e, h) -> 1); } abstract void i(int a, int b, int c); }",
      [],
    ],
    ["cyclomatic-complexity", "over the limit", f("if (a && b && c) d();"), ["f 4"]],
    ["cyclomatic-complexity", "at the limit", f("if (a && b) d();"), []],
    [
      "cyclomatic-complexity",
      "what is just a large switch",
      f("switch (x) { case 1: a(); case 2: b(); case 3: c(); case 4: d(); }"),
      [],
    ],
    ["cognitive-complexity", "over the limit", f("if (a) { if (b) c(); }\nif (d) e();"), ["f 4"]],
    ["cognitive-complexity", "at the limit", f("if (a) { if (b) c(); }"), []],
    [
      "complex-condition",
      "four operators, mixed",
      f("return a && b || c && (d || e);"),
      ["a && b || c && (d || e) 4"],
    ],
    ["complex-condition", "three", f("return a && b || c && d;"), []],
    ["magic-number", "what is compared with", f("if (x > 65L || y * 6.5f < z) a();"), ["65L", "6.5f"]],
    [
      "magic-number",
      "a number with a name",
      f("final int LIMIT = 65 * 3;\nif (s.length() > 65) a();\nb = 65 * c;\nint[] d = new int[65 * 3];"),
      [],
    ],
    ["large-class", "one with three methods", "class A { void a() {} void b() {} void c() {} }", ["A 3"]],
    [
      "large-class",
      "one with accessors, overrides and tests",
      "class A { void a() {} void b() {} int getC() { return c; } void setC(int it) { c = it; } @Override public int hashCode() { return 1; } @Test void d() {} }",
      [],
    ],
    [
      "feature-envy",
      "a method about another object's data",
      "class A { int f(B b) { b.save(); return b.getX() + b.y + b.isZ() + k; } }",
      ["f 3"],
    ],
    [
      "feature-envy",
      "one that is as much about its own",
      "class A { int x; int f(B b) { b.save(); return b.getX() + b.y + b.z + x + this.y + z(); } }",
      [],
    ],
    [
      "feature-envy",
      "a static method, or what makes an object",
      "class A { static int f(B b) { b.save(); return b.x + b.y + b.z; } A(B b) { b.save(); x = b.x + b.y + b.z; } }",
      [],
    ],
    [
      "feature-envy",
      "one about a mere record",
      "class A { int f(B b) { return b.getX() + b.getY() + b.getZ(); } }",
      [],
    ],
    [
      "unused-import",
      "what nothing names",
      "import a.B;\nimport static a.C.d;\nimport a.e.*;\nclass A {}\n",
      ["B", "d"],
    ],
    ["unused-import", "what documentation names", "import a.B;\n/** See {@link B}. */\nclass A {}\n", []],
    [
      "unused-import",
      "an annotation, or part of a type",
      "import a.B;\nimport a.C;\n@B class A { Map<String, C.D> e; }\n",
      [],
    ],
    ["unused-name", "a local variable", f("int a = 1;\nint b = 1;\nb = 2;\nint c = 1;\nd(c);"), ["a", "b"]],
    [
      "unused-name",
      "a private member",
      "class A { private int b = 1; private void c() {} private static class D {} }",
      ["b", "c", "D"],
    ],
    [
      "unused-name",
      "what others see, or may",
      "class A { int b; @Inject private int c; private static final long serialVersionUID = 1; private void readObject(ObjectInputStream d) {} }",
      [],
    ],
    [
      "unused-name",
      "what is used through another object",
      "class A { private int b; boolean c(A d) { return d.b == 1; } }",
      [],
    ],
    [
      "unused-name",
      "a member that annotations or native code may reach",
      "@Data class A { private int b; }\nclass C { native void d(); private int e; }",
      [],
    ],
    [
      "unused-name",
      "what a loop, a resource or a catch names",
      f("for (int a : b) c();\ntry (var d = e()) {} catch (E g) {}"),
      [],
    ],
  ],
};
