import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { bindGo } from "../../src/syntax/scopes/go.ts";
import { withParser } from "../refactor/marked.ts";

const parse = withParser("go");

/** Which uses of the name at `«…»` mean the same thing: their lines, and the access where it is no read. */
function uses(marked: string): string {
  const at = marked.indexOf("«");
  const text = marked.replace(/[«»]/g, "");
  const root = parse("go", text);
  assert.ok(root);
  const bindings = bindGo(root, text);
  const binding = bindings.all.find((it) => it.declarations.some((node) => node.from === at));
  const lineOf = (offset: number) => text.slice(0, offset).split("\n").length;
  return (binding?.references ?? [])
    .map(({ node, access }) => `${lineOf(node.from)}${access === "read" ? "" : ` ${access}`}`)
    .join(", ");
}

describe("names in Go", () => {
  for (const [what, text, expected] of [
    [
      "counts from behind its declaration on",
      "package p\nfunc f(x int) {\n{ «x» := x\nuse(x) }\nuse(x) }",
      "4",
    ],
    [
      "is given a value by := in its own block",
      "package p\nfunc f() {\n«a», b := g()\nb, c := g()\na, d := g() }",
      "5 write",
    ],
    [
      "is declared anew by := further in",
      "package p\nfunc f() {\n«a», b := g()\n{ a, c := g()\nuse(a) }\nuse(a) }",
      "6",
    ],
    [
      "of a parameter is of the body's block",
      "package p\nfunc f(«a» int) {\na, b := g()\nuse(a) }",
      "3 write, 4",
    ],
    [
      "of the head of an if is seen in all its branches",
      "package p\nfunc f() {\nif «v» := g(); v {\n} else if v {\nuse(v) }\nuse(v) }",
      "3, 4, 5",
    ],
    [
      "of a loop is seen in its head and body",
      "package p\nfunc f() {\nfor «i» := 0; i < 3; i++ {\nuse(i) }\nuse(i) }",
      "3, 3 update, 4",
    ],
    [
      "of a range is declared by := only",
      "package p\nfunc f() {\nvar «k» int\nfor k = range m {\nuse(k) } }",
      "4 write, 5",
    ],
    [
      "of a type switch is seen in its cases",
      "package p\nfunc f(x any) {\nswitch «t» := x.(type) {\ncase int:\nuse(t)\ndefault:\nuse(t) } }",
      "5, 7",
    ],
    [
      "of a case is seen in that case",
      "package p\nfunc f() {\nselect {\ncase «v» := <-c:\nuse(v)\ncase <-d:\nuse(v) } }",
      "5",
    ],
    ["at the top is seen before it stands there", "package p\nfunc f() {\nuse(a) }\nvar «a» = 1", "3"],
    [
      "of a type parameter is seen in the function",
      "package p\nfunc f[«T» any, S []T](a T) T {\nvar b T\n}\nvar c T",
      "2, 2, 2, 3",
    ],
    ["of a type is declared by the receiver, too", "package p\nfunc (l *L[«T»]) f() T {\nvar a T }", "2, 3"],
    ["of a label is its own kind of name", "package p\nfunc f() {\n«a»:\nfor {\nuse(a)\nbreak a } }", "6"],
    [
      "of a field is none",
      "package p\ntype T struct{ a int }\nfunc f(«a» int) {\nuse(T{a: 1}, t.a)\nuse(T{a: a}) }",
      "5",
    ],
    [
      "as a key of a map is a value",
      "package p\nfunc f(«a» int) {\nuse(map[int]int{a: 1})\nuse([]T{{a: 1}}) }\ntype T struct{ a int }",
      "3",
    ],
    [
      "is changed through its address",
      "package p\nfunc f() {\nvar «a» t\nuse(&a)\na.m()\nuse(a.b)\na.b = 1\na[0]++\nuse(a[1:]) }",
      "4 update, 5 update, 6, 7 update, 8 update, 9 update",
    ],
    [
      "within a pointer is not changed itself",
      "package p\nfunc f() {\n«a» := g()\n*a = 1\n(*a).b = 2 }",
      "4, 5",
    ],
    ["of an import is one of the file", 'package p\nimport «m» "math"\nvar a = m.Pi', "3"],
  ] as const)
    it(`${what}: ${text.replace(/\s+/g, " ")}`, () => assert.equal(uses(text), expected));

  it("tells what nobody can see", () => {
    const hidden = (text: string) => {
      const root = parse("go", text);
      return root && bindGo(root, text).opaque.map((it) => [...(it.names ?? ["*"])].join());
    };
    assert.deepEqual(hidden('package p\nimport . "math"'), ["*"]);
    assert.deepEqual(hidden('package p\nimport "C"'), ["*"]);
    assert.deepEqual(hidden("package p\nvar a = T{b: 1}"), ["b"]);
    assert.deepEqual(hidden("package p\n//go:linkname f runtime.f\nfunc f()"), ["f"]);
  });
});
