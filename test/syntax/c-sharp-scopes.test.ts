import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { bindCSharp } from "../../src/syntax/scopes/c-sharp.ts";
import { withParser } from "../refactor/marked.ts";

const parse = withParser("c-sharp");

/** Which uses of the name at `«…»` mean the same thing: their lines, and the access where it is no read. */
function uses(marked: string): string {
  const at = marked.indexOf("«");
  const text = marked.replace(/[«»]/g, "");
  const root = parse("c-sharp", text);
  assert.ok(root && !root.hasError, "it has an error");
  const binding = bindCSharp(root, text).all.find((it) => it.declarations.some((node) => node.from === at));
  const lineOf = (offset: number) => text.slice(0, offset).split("\n").length;
  return (binding?.references ?? [])
    .map(({ node, access }) => `${lineOf(node.from)}${access === "read" ? "" : ` ${access}`}`)
    .join(", ");
}

/** A method with that body. */
const f = (body: string) => `class A { void F(int p) {\n${body} } int a; }`;

describe("names in C#", () => {
  for (const [what, text, expected] of [
    ["of a block is not seen outside", f("{ int «x» = 1;\nG(x); }\n{ int x = 2; G(x); }"), "3"],
    ["of a pattern is seen behind its if", f("if (!(o is int «i»)) return;\nG(i);"), "3"],
    ["of a pattern in a loop is seen in it", f("while (o is int «i»)\nG(i);\nG(i);"), "3"],
    ["that is filled is seen behind its statement", f("F(out var «x»);\nG(x);"), "3"],
    ["of a branch without braces is seen in it", f("if (b) F(out var «x»,\nx);\nG(x);"), "3"],
    [
      "of a case is seen in its section",
      f("switch (o) { case int «i» when i > 0:\nG(i); break; default:\nG(i); break; }"),
      "2, 3",
    ],
    [
      "of a section is seen in all",
      f("switch (o) { case 1: int «i» = 0; break; case 2:\ni = 1; break; }"),
      "3 write",
    ],
    ["of an arm is seen in it", f("var q = o switch { int «i» =>\ni, _ =>\ni };"), "3"],
    ["of a tuple is written", f("var («a1», b) = c; (a1, b) =\n(b, a1);\na1++;"), "2 write, 3, 4 update"],
    ["of a lambda is seen in it", f("G(«x» =>\nx); G((int x) => x);"), "3"],
    ["of a function in a method is seen before it", f("L();\nint «L»() => 1;"), "2"],
    ["of a query is seen behind", f("var q = from «x» in xs where x > 0\nselect x;"), "2, 3"],
    ["of a query ends where it goes on", f("var q = from «a» in xs select a into b select\na + b;"), "2"],
    ["of what goes on in a query is seen there", f("var q = from x in xs select x into «b» select\nb;"), "3"],
    [
      "of a group is seen behind",
      f("var q = from x in xs join y in ys on x equals y into «g»\nselect g;"),
      "3",
    ],
    ["of a label is known in its block", f("«a»: G();\n{ goto a; }"), "3"],
    ["of a field is seen by this", "class A { int «a»; int G(int a) { return a +\nthis.a + b.a; } }", "2"],
    ["of a field is not that of what is made", "class A { int «a»; A G() => new A { a = 1,\nb = a }; }", "2"],
    ["of a field is not an argument's", "class A { int «a»; void G() { F(a: 1);\nF(a); } }", "2"],
    [
      "value is a setter's own",
      "class A { int «value»; int B { set { this.value = value;\nvar l = x => value; } } int C => value; }",
      "1 write, 2",
    ],
    [
      "of a parameter is seen in what another constructor is given",
      "class A { A(int «p») : this(p,\np) { } }",
      "1, 2",
    ],
    ["of many is one", "class A { void G(params int[] «p») {\np[0]++; } }", "2"],
    [
      "of a type parameter is seen in its method",
      "class A { T G<«T»>(T a) where T : B {\nT b; } T c; }",
      "1, 1, 1, 2",
    ],
    ["of a class is seen as a type and before a dot", "class «A» { A b;\nint c = A.D; }", "1, 2"],
    [
      "is changed by what it is handed to",
      f("int «x» = 1; G(ref x,\nout x); x ??= 2; x += 1;"),
      "2 update, 3 write, 3 update, 3 update",
    ],
    ["of a loop is seen in it", f("foreach (var «i» in i)\nG(i);\nG(i);"), "3"],
    ["of a parameter is seen through the file's class", "record R(int «A»);\nclass B { }", ""],
  ] as const)
    it(`${what}: ${text.replace(/\s+/g, " ")}`, () => assert.equal(uses(text), expected));

  it("tells what nobody can see", () => {
    const hidden = (text: string) => {
      const root = parse("c-sharp", text);
      return root && bindCSharp(root, text).opaque.map((it) => [...(it.names ?? ["*"])].join());
    };
    assert.deepEqual(hidden("class A { int a; class B : C { int d() { return a; } } }"), ["a"]);
    assert.deepEqual(hidden("class A { int a; class B : IDisposable { int d() { return a; } } }"), []);
    assert.deepEqual(hidden("class A { int a; partial class B { int d() { return a; } } }"), ["a"]);
    assert.deepEqual(hidden("class A { int a; struct B : C { int d() { return a; } } }"), []);
    assert.deepEqual(hidden("class A { int a; class C { int a; } class B : C { int d() { return a; } } }"), [
      "a",
    ]);
    assert.deepEqual(hidden(f("#if X\nint b = p;\n#endif\nG();")), ["b", "p"]);
    assert.deepEqual(hidden(f("ref int b = ref p;")), ["p", "b", "p"]);
    assert.deepEqual(hidden(f("int b; int @b2 = b; int b2;")), ["@b2,b2"]);
    assert.deepEqual(hidden(f("lock (o is A b) { }")), ["b"]);
  });
});
