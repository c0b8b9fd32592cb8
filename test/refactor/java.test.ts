import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { marked, withParser } from "./marked.ts";

const parse = withParser("java");
const { done, table } = marked(parse, "/p/A.java");

/** A method `f` of a class with that body, and what else stands in the class. */
function of(body: string, members = ""): string {
  return `class A {\n  void f(int a, String s) {\n    ${body}\n  }\n${members}}\n`;
}

describe("variables of Java", () => {
  table("extract-variable", "v", [
    ["has a written type", of("p(«a + 1L»);"), of("long v = a + 1L;\n    p(v);")],
    ["keeps a constant one", of("p(«2 * 3»);"), of("final int v = 2 * 3;\n    p(v);")],
    ["is var where nothing is expected", of("p(«g().h()».i());"), of("var v = g().h();\n    p(v.i());")],
    ["has the type of its target", of("T t = «g()»;"), of("T v = g();\n    T t = v;")],
    [
      "has what a method of the class gives",
      of("p(«g()»);", "  int g() { return 1; }\n"),
      of("int v = g();\n    p(v);", "  int g() { return 1; }\n"),
    ],
    ["may be generic", of("p(«g()»);"), "extract-variable.place"],
    ["may be void", of("«g()»;"), "extract-variable.place"],
    ["is a text's", of("p(«s.trim()»);"), of("String v = s.trim();\n    p(v);")],
  ]);
  it("are not made of what is of another type there", () => {
    const text = of("T b = «null»;\n    U c = null;\n    T d = null;");
    const made = done("extract-variable", text, "v", "/p/A.java", true);
    assert.equal(made, of("T v = null;\n    T b = v;\n    U c = null;\n    T d = v;"));
  });
  it("are extracted wherever they are the same", () => {
    const all = done("extract-variable", of("p(«a * 2»);\n    q(a * 2);"), "v", "/p/A.java", true);
    assert.equal(all, of("int v = a * 2;\n    p(v);\n    q(v);"));
  });
  table("inline-variable", undefined, [
    ["in parentheses where it needs them", of("int «b» = a + 1;\n    p(b * 2);"), of("p((a + 1) * 2);")],
    ["with its sign apart", of("int «b» = -a;\n    p(1 - b);"), of("p(1 - (-a));")],
    ["not of another type", of("long «b» = a;\n    p(b);"), "inline-variable.place"],
    ["where the same type is wanted", of("T «b» = g();\n    T c = b;"), of("T c = g();")],
  ]);
});

describe("names of Java", () => {
  table("rename", "b", [
    [
      "a parameter",
      "class A {\n  int f(int «a») { return a + this.a; }\n  int a;\n}\n",
      "class A {\n  int f(int b) { return b + this.a; }\n  int a;\n}\n",
    ],
    [
      "a private field",
      "class A {\n  private int «a»;\n  int f(int a) { return a + this.a; }\n}\n",
      "class A {\n  private int b;\n  int f(int a) { return a + this.b; }\n}\n",
    ],
    ["a parameter of a lambda", of("g(«x» -> x + a);"), of("g(b -> b + a);")],
    ["a label", of("«o»: for (;;) { break o; }"), of("b: for (;;) { break b; }")],
    ["an imported one", "import a.«B»;\nclass A {\n  B b;\n}\n", "rename.import"],
    ["one with an annotation", "class A {\n  @Inject private int «a»;\n}\n", "rename.annotated"],
    [
      "a case",
      "class A {\n  private static final int «a» = 1;\n  void f(int i) { switch (i) { case a: } }\n}\n",
      "opaque",
    ],
  ]);
  it("is a method with all its overloads", () => {
    const text =
      "class A {\n  private void «f»(int a) { f(s); }\n  private void f(String s) { this.f(1); }\n}\n";
    assert.equal(done("rename", text, "g"), text.replace(/[«»]/g, "").replace(/\bf\b/g, "g"));
  });
});

describe("methods of Java", () => {
  table("extract-function", "g", [
    [
      "with what it is given and gives",
      of("int b = 1;\n    «b += a;\n    p(b);»\n    p(b);"),
      of(
        "int b = 1;\n    b = g(b, a);\n    p(b);",
        "\n  private int g(int b, int a) {\n    b += a;\n    p(b);\n    return b;\n  }\n",
      ),
    ],
    [
      "static, of what may be thrown",
      "class A {\n  static void f() throws E {\n    «p(1);»\n  }\n}\n",
      "class A {\n  static void f() throws E {\n    g();\n  }\n\n  private static void g() throws E {\n    p(1);\n  }\n}\n",
    ],
    [
      "of an expression",
      of("p(«a + 1» > 2);"),
      of("p(g(a) > 2);", "\n  private int g(int a) {\n    return a + 1;\n  }\n"),
    ],
    ["beside one of its name", of("«p(a);»", "  void g() { }\n"), "name.taken"],
  ]);
  it("serves other places where types are the same only", () => {
    const text = of("int b = 1;\n    long c = 2;\n    p(«a * 2»);\n    p(b * 2);\n    p(c * 2);");
    const method = "\n  private int g(int a) {\n    return a * 2;\n  }\n";
    assert.equal(
      done("extract-function", text, "g", "/p/A.java", true),
      of("int b = 1;\n    long c = 2;\n    p(g(a));\n    p(g(b));\n    p(c * 2);", method),
    );
  });
  it("warns of what the class extends", () => {
    const text = "class A extends B {\n  void f() {\n    p(1);\n  }\n}\n";
    const from = text.indexOf("p(1)");
    const request = { file: { path: "/p/A.java", text }, from, to: from + 5, others: [] };
    const plan = planned("extract-function", request, { name: "g" }, parse);
    assert.match(plan.kind === "plan" ? plan.warnings.join() : plan.code, /extends was not looked at/);
  });
});

describe("constants of Java", () => {
  table("extract-constant", "C", [
    [
      "a field of the class",
      of("p(«60»);"),
      `class A {\n  private static final int C = 60;\n${of("p(C);").slice("class A {\n".length)}`,
    ],
    [
      "not in an interface",
      "interface I {\n  default int f() { return «60»; }\n}\n",
      "extract-constant.scope",
    ],
  ]);
  it("is named after what it is about", () => {
    assert.match(
      done("replace-magic-number", of("p(maxWidth * «60»);")),
      /private static final int MAX_WIDTH = 60;.*maxWidth \* MAX_WIDTH/s,
    );
  });
});
