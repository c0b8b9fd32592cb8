import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { marked, withParser } from "./marked.ts";

const parse = withParser("c-sharp");
const { done, table } = marked(parse, "/p/A.cs");

/** A method `F` of a class with that body, and what else stands in the class. */
function of(body: string, members = ""): string {
  return `class A {\n  void F(int a, string s) {\n    ${body}\n  }\n${members}}\n`;
}

describe("variables of C#", () => {
  table("extract-variable", "v", [
    ["is var where its type is its own", of("P(«G().H()».I());"), of("var v = G().H();\n    P(v.I());")],
    ["keeps a constant one", of("P(«2 * 3»);"), of("const int v = 2 * 3;\n    P(v);")],
    ["has the type of its target", of("T t = «null»;"), of("T v = null;\n    T t = v;")],
    ["has no type in a lambda's argument", of("P(«x => x»);"), "extract-variable.place"],
    ["may be a group of methods", of("P(«x.Y»);"), "extract-variable.place"],
    ["is a value as an operand", of("P(«x.Y» + 1);"), of("var v = x.Y;\n    P(v + 1);")],
    ["may be a type of that name", of("P(«C».D);", "  C C;\n"), "extract-variable.place"],
    ["may be void", of("«G()»;"), "extract-variable.place"],
    ["has a name that is there with a sign", of("int @v = 1;\n    P(«a * 2» + @v);"), "name.taken"],
    [
      "is declared before a function that is called before it",
      of("P(L());\n    int L() => «a * 3» + 1;"),
      of("var v = a * 3;\n    P(L());\n    int L() => v + 1;"),
    ],
    [
      "in a function of its own",
      of("int L() { return «a * 3»; }"),
      of("int L() { var v = a * 3; return v; }"),
    ],
    ["is not waited for elsewhere", of("Func<Task> f = async () => «await G()»;"), "extract-variable.lazy"],
  ]);
  it("are extracted wherever they are the same, but not in a function that may have run before", () => {
    const text = of("P(«a * 2»);\n    Q(a * 2);\n    int L() => a * 2;");
    assert.equal(
      done("extract-variable", text, "v", "/p/A.cs", true),
      of("var v = a * 2;\n    P(v);\n    Q(v);\n    int L() => a * 2;"),
    );
  });
  it("are not made of what is of another type there", () => {
    const text = of("T b = «null»;\n    U c = null;\n    T d = null;");
    assert.equal(
      done("extract-variable", text, "v", "/p/A.cs", true),
      of("T v = null;\n    T b = v;\n    U c = null;\n    T d = v;"),
    );
  });
  it("are not made of texts that differ in blanks", () => {
    const text = of('P(«" "»);\n    P("");\n    P(" ");');
    assert.equal(
      done("extract-variable", text, "v", "/p/A.cs", true),
      of('const string v = " ";\n    P(v);\n    P("");\n    P(v);'),
    );
  });
  table("inline-variable", undefined, [
    ["in parentheses where it needs them", of("int «b» = a + 1;\n    P(b * 2);"), of("P((a + 1) * 2);")],
    ["with its name in a tuple", of("var «b» = G();\n    P((b, 2));"), of("P((b: G(), 2));")],
    ["not of another type", of("long «b» = a;\n    P(b);"), "inline-variable.place"],
    ["where the same type is wanted", of("T «b» = G();\n    T c = b;"), of("T c = G();")],
    [
      "not what another function writes",
      of("int «b» = 1; L(); P(b); void L() { b = 2; }"),
      "inline-variable.written",
    ],
    ["not by another name", of("int «b» = 1;\n    ref int c = ref b;\n    P(b);"), "inline-variable.written"],
    ["not what is closed", of("using var «b» = G();\n    P(b);"), "inline-variable.kind"],
  ]);
});

describe("names of C#", () => {
  table("rename", "b", [
    [
      "a parameter",
      "class A {\n  private int F(int «a») { return a + this.a; }\n  int a;\n}\n",
      "class A {\n  private int F(int b) { return b + this.a; }\n  int a;\n}\n",
    ],
    [
      "a private field",
      "class A {\n  private int «a»;\n  int F(int a) { return a + this.a; }\n}\n",
      "class A {\n  private int b;\n  int F(int a) { return a + this.b; }\n}\n",
    ],
    [
      "a member that is private without a word, and that of another object",
      "class A {\n  int «a»;\n  bool F(A o) { return o.a == a && new A { a = 1 }.a == 2; }\n}\n",
      "class A {\n  int b;\n  bool F(A o) { return o.b == b && new A { b = 1 }.b == 2; }\n}\n",
    ],
    [
      "a member of something",
      "class A {\n  int «a»;\n  int F(dynamic o) { return o.a; }\n}\n",
      "rename.member",
    ],
    ["a member in a pattern", "class A {\n  int «a»;\n  bool F(A o) => o is { a: 1 };\n}\n", "rename.member"],
    ["a member of a partial class", "partial class A {\n  private int «a»;\n}\n", "rename.visible"],
    ["a member that others see", "class A {\n  internal int «a»;\n}\n", "rename.visible"],
    ["a member of an interface", "interface A {\n  int «a»();\n}\n", "rename.visible"],
    ["one that is found by its name", 'class A {\n  int «a»;\n  void F() { G("a"); }\n}\n', "rename.text"],
    [
      "one that is found by its name, which is a keyword elsewhere",
      'class A {\n  int «@event»;\n  void F() { G("event"); }\n}\n',
      "rename.text",
    ],
    [
      "a parameter that an attribute names",
      'class A {\n  [B("event")]\n  void F(int «@event») { }\n}\n',
      "rename.annotated",
    ],
    ["one that the language calls", "class A {\n  void «@Dispose»() { }\n}\n", "rename.special"],
    [
      "to a name that is there with a sign",
      of("int @b = 1;\n    int «x» = 2;\n    P(x + @b);"),
      "name.taken",
    ],
    ["one with an attribute", "class A {\n  [B] int «a»;\n}\n", "rename.annotated"],
    ["one of a class with an attribute", "[Serializable]\nclass A {\n  int «a»;\n}\n", "rename.annotated"],
    ["one that may have overloads", "class A : C {\n  void «a»() { }\n}\n", "rename.overload"],
    ["one that is called like its type", "class A {\n  C «C»;\n}\n", "rename.type"],
    [
      "a variable that a list's first values write",
      of("int «x» = 1; int[] c = { x = 2, x };"),
      of("int b = 1; int[] c = { b = 2, b };"),
    ],
    [
      "a member in what is made anew, within what is made",
      "class A {\n  int «a»;\n  C F(D o) => new C { E = o with { a = 1 } };\n}\n",
      "rename.member",
    ],
    ["a variable that is called like its type", of("C «C» = null; G(C.D);"), "rename.type"],
    [
      "what directives begin",
      of("#if X\n    using (var «x» = G())\n#else\n    using (var x = H())\n#endif\n    { G(x); }"),
      "opaque",
    ],
    ["a class", "class «A» { }\n", "rename.visible"],
    ["a component of a record", "record A(int «a»);\n", "rename.component"],
    ["a parameter of a lambda", of("G(«x» => x + a);"), of("G(b => b + a);")],
    ["a label", of("«o»: G();\n    goto o;"), of("b: G();\n    goto b;")],
    [
      "a local function with its calls",
      of("«L»(1);\n    void L(int x) { }"),
      of("b(1);\n    void b(int x) { }"),
    ],
    [
      "a parameter that is given by its name",
      of("L(x: 1);\n    void L(int «x») { }"),
      of("L(b: 1);\n    void L(int b) { }"),
    ],
    [
      "a parameter of a method, given by its name",
      of("G(x: 1);", "  private void G(int «x») { }\n"),
      of("G(b: 1);", "  private void G(int b) { }\n"),
    ],
    [
      "a parameter that another may have, too",
      of("G(x: 1);", "  void G(int «x») { }\n  void G(string x) { }\n"),
      "rename.argument",
    ],
    [
      "a parameter that another object's method may have",
      of("o.G(x: 1);", "  void G(int «x») { }\n"),
      "rename.argument",
    ],
    [
      "a type parameter",
      "class A {\n  «T» F<T>(T a) where T : C => a;\n}\n".replace("«T» F<T>", "T F<«T»>"),
      "class A {\n  b F<b>(b a) where b : C => a;\n}\n",
    ],
    ["a type parameter of a part", "partial class A<«T»> { }\n", "rename.visible"],
    [
      "a variable of a query",
      of("var q = from «x» in s where x > 0 select x;"),
      of("var q = from b in s where b > 0 select b;"),
    ],
    ["a variable that names a member", of("var «x» = 1; G(new { x });"), "rename.member"],
    [
      "a variable that names a part of a tuple",
      of("var «x» = 1; G((x, 2));"),
      of("var b = 1; G((b, 2));").replace("(b, 2)", "(x: b, 2)"),
    ],
    [
      "a pattern's variable",
      of("if (!(s is T «x»)) return;\n    G(x);"),
      of("if (!(s is T b)) return;\n    G(b);"),
    ],
    ["to a name that is declared within", of("int «x» = 1; { int b = 2; }"), "rename.taken"],
    ["to a name that a lambda has", of("int «x» = 1; G(b => b);"), "rename.taken"],
    ["to a name that a field has", of("int «x» = b;", "  int b;\n"), "rename.captures"],
    ["to a name from elsewhere", of("int «x» = b.C;"), "rename.captures"],
    ["an alias", "using «C» = D.E;\nclass A { C c; }\n", "rename.import"],
    ["between directives", of("int «x» = 1;\n#if X\n    G(x);\n#endif"), "opaque"],
    [
      "beside directives",
      of("int «x» = 1;\n#if X\n    G();\n#endif\n    G(x);"),
      of("int b = 1;\n#if X\n    G();\n#endif\n    G(b);"),
    ],
    [
      "what directives open",
      of("int «x» = 1;\n#if X\n    {\n#endif\n    G(x);\n#if X\n    }\n#endif"),
      "opaque",
    ],
    [
      "a setter's field",
      "class A {\n  int «value»;\n  int B { get => value; set => this.value = value; }\n}\n",
      "class A {\n  int b;\n  int B { get => b; set => this.b = value; }\n}\n",
    ],
  ]);
  for (const [what, text, expected] of [
    ["of nameof", of("G(nameof(«a»));").replace("«a»", "a").replace("int a", "int «a»"), /nameof/],
    ["of calls from elsewhere", "public class A {\n  public void F(int «a») { }\n}\n", /other files/],
  ] as const)
    it(`warns ${what}`, () => {
      const plain = text.replace(/[«»]/g, "");
      const request = {
        file: { path: "/p/A.cs", text: plain },
        from: text.indexOf("«"),
        to: text.indexOf("»") - 1,
        others: [],
      };
      const plan = planned("rename", request, { name: "b" }, parse);
      assert.match(plan.kind === "plan" ? plan.warnings.join() : plan.code, expected);
    });
  it("leaves to who knows types what other files see", () => {
    const text = "class A {\n  public int B;\n}\n";
    const from = text.indexOf("B");
    const request = { file: { path: "/p/A.cs", text }, from, to: from + 1, others: [] };
    const plan = planned("rename", request, { name: "C" }, parse);
    assert.deepEqual(plan.kind === "refused" && [plan.lacks, plan.from], ["types", from]);
  });
  it("is a method with all its overloads", () => {
    const text = 'class A {\n  void «f»(int a) { f("c"); }\n  void f(string s) { this.f(1); G(f); }\n}\n';
    assert.equal(done("rename", text, "g"), text.replace(/[«»]/g, "").replace(/\bf\b/g, "g"));
  });
});

describe("constants of C#", () => {
  table("extract-constant", "C", [
    [
      "a member of the class",
      of("P(«60»);"),
      `class A {\n  private const int C = 60;\n${of("P(C);").slice("class A {\n".length)}`,
    ],
    ["not in an interface", "interface I {\n  int F() => «60» + 1;\n}\n", "extract-constant.scope"],
    [
      "not in a part of a class",
      "partial class A {\n  int F() => «60» + 1;\n}\n",
      "extract-constant.partial",
    ],
  ]);
  it("is named after what it is about", () => {
    assert.match(
      done("replace-magic-number", of("P(maxWidth * «60»);")),
      /private const int MAX_WIDTH = 60;.*maxWidth \* MAX_WIDTH/s,
    );
  });
});

describe("forms of C#", () => {
  table("invert-if", undefined, [
    [
      "nothing",
      of("«if» (s is null) { G(); } else { H(); }"),
      of("if (!(s is null)) { H(); } else { G(); }"),
    ],
    [
      "what is not so",
      of("«if» (!(s is not null)) { G(); } else { H(); }"),
      of("if (s is not null) { H(); } else { G(); }"),
    ],
    [
      "whole numbers",
      of("«if» (a < 1 && s != null) G(); else H();"),
      of("if (a >= 1 || s == null) H(); else G();"),
    ],
    [
      "numbers of which it is not known",
      of("«if» (b.C < 1) G(); else H();"),
      of("if (!(b.C < 1)) H(); else G();"),
    ],
  ]);
  table("convert-if-to-guard", undefined, [
    [
      "what is waited for",
      "class A {\n  async Task F(int a) {\n    «if» (a > 1) {\n      await G();\n    }\n  }\n}\n",
      "class A {\n  async Task F(int a) {\n    if (a <= 1) {\n      return;\n    }\n    await G();\n  }\n}\n",
    ],
    [
      "what is closed at the end",
      of("«if» (a > 1) return; else {\n      using var b = G();\n    }\n    H();"),
      "convert-if-to-guard.place",
    ],
  ]);
  table("wrap-with-try", undefined, [
    [
      "with what goes on as it is",
      `using System;\n${of("«G();»")}`,
      `using System;\n${of("try {\n      G();\n    } catch (Exception) {\n      throw;\n    }")}`,
    ],
    ["what is closed at the end", of("«using var b = G();»"), "wrap-with-try.statement"],
    [
      "with lines of a text as they are",
      of('«G(@"a\n    b", $@"c\n    d");»'),
      of('try {\n      G(@"a\n    b", $@"c\n    d");\n    } catch (System.Exception) {\n      throw;\n    }'),
    ],
  ]);
  table("sort-imports", undefined, [
    [
      "by kind and name",
      "using B;\n«»using static C.D;\nusing System.Text;\nusing A = E;\nusing System;\nglobal using Z;\n",
      "global using Z;\nusing System;\nusing System.Text;\nusing B;\nusing static C.D;\nusing A = E;\n",
    ],
    ["not over directives", "«»using B;\n#if X\nusing A;\n#endif\n", "sort-imports.sorted"],
  ]);
  table("remove-unused", undefined, [
    ["an alias", "using «A» = B.C;\nclass D { }\n", "remove-unused.form"],
    ["a using", "using «B»;\nclass D { }\n", "remove-unused.place"],
    [
      "a local that is used between directives",
      of("int «b» = 1;\n#if X\n    G(b);\n#endif"),
      "remove-unused.place",
    ],
  ]);
});

describe("methods of C#", () => {
  table("extract-function", "X", [
    [
      "with what it is given and gives, as the file sets braces",
      "class A\n{\n  void F(int a)\n  {\n    int b = 1;\n    «b += a;\n    P(b);»\n    P(b);\n  }\n}\n",
      "class A\n{\n  void F(int a)\n  {\n    int b = 1;\n    b = X(b, a);\n    P(b);\n  }\n\n  private int X(int b, int a)\n  {\n    b += a;\n    P(b);\n    return b;\n  }\n}\n",
    ],
    ["not what is waited for", of("«await G();\n    P(a);»"), "extract-function.bound"],
    ["not of a function in a method", of("L();\n    void L() { «P(a);» }"), "extract-function.home"],
    ["not with one", of("void L() { }\n    «L();»"), "extract-function.type"],
    ["not with a directive", of("«P(a);\n#pragma warning disable\n    P(a);»"), "extract-function.bound"],
    ["not of a part of an array", of("var n = new int[3];\n    P(«n[1..2]»);"), "extract-function.type"],
    [
      "not of what may be a part of an array",
      of("var n = new int[3];\n    P(«n[G()]»);"),
      "extract-function.type",
    ],
    [
      "of what an array has at its end",
      of("var n = new int[3];\n    P(«n[^1]»);"),
      of("var n = new int[3];\n    P(X(n));", "\n  private int X(int[] n) {\n    return n[^1];\n  }\n"),
    ],
    [
      "not for another constructor",
      "class A {\n  A(int a) : this(«a + 1», a) { }\n}\n",
      "extract-function.home",
    ],
  ]);
  it("serves no places with other texts", () => {
    const text = of(
      '«P($"a\\n{a:X}" + "b");»\n    P($"c\\n{a:X}" + "b");\n    P($"a\\n{a:Y}" + "b");\n    P($"a\\n{a:X}" + "d");',
    );
    const made = done("extract-function", text, "X", "/p/A.cs", true);
    assert.equal(made.match(/X\(a\);/g)?.length, 1, made);
  });
  for (const name of ["X", "v"])
    it(`serves no place where another type is wanted, named "${name}"`, () => {
      const text = of("int b = 1;\n    «b = G(a);»\n    P(b);\n    long c = 1;\n    c = G(a);\n    P(c);");
      const made = done("extract-function", text, name, "/p/A.cs", true);
      assert.match(made, /c = G\(a\);/);
    });
  it("serves other places where types are the same only", () => {
    const text = of(
      "int b = 1;\n    long c = 2;\n    P(«a * 2»);\n    P(b * 2);\n    P(c * 2);",
      "  static int S(int a) { return a * 2; }\n",
    );
    assert.equal(
      done("extract-function", text, "X", "/p/A.cs", true),
      of(
        "int b = 1;\n    long c = 2;\n    P(X(a));\n    P(X(b));\n    P(c * 2);",
        "\n  private int X(int a) {\n    return a * 2;\n  }\n  static int S(int a) { return a * 2; }\n",
      ),
    );
  });
});
