import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { withChanges } from "../../src/text/changes.ts";
import { marked, withParser } from "./marked.ts";

const parse = withParser("go");
const { table, done } = marked(parse, "/p/a.go");

/** The texts of a package after a rename of what is marked in the first one, or the code of the refusal. */
function renamed(name: string, files: Readonly<Record<string, string>>, options: Options = {}): unknown {
  const [[path = "", text = ""] = [], ...more] = Object.entries(files);
  const [from, end] = [text.indexOf("«"), text.indexOf("»") - 1];
  const others = more.map(([at, it]) => ({ path: at, text: it }));
  const request = { file: { path, text: text.replace(/[«»]/g, "") }, from, to: end, others };
  const plan = planned("rename", request, { name, ...options }, parse);
  if (plan.kind === "refused") return plan.code;
  return plan.files.map((it) => withChanges(it.before ?? "", it.changes));
}

describe("names of a package of Go", () => {
  const used = "package p\nfunc g() int { return old() }\n";
  for (const [what, others, expected] of [
    [
      "follow in its other files",
      { "/p/b.go": used },
      ["package p\nfunc fresh() {}\n", "package p\nfunc g() int { return fresh() }\n"],
    ],
    [
      "are others in other packages",
      { "/q/b.go": "package q\nfunc old() {}\n" },
      ["package p\nfunc fresh() {}\n"],
    ],
    [
      "are others in a test from outside",
      { "/p/b_test.go": "package p_test\nfunc old() {}\n" },
      ["package p\nfunc fresh() {}\n"],
    ],
    [
      "are not hidden by names there",
      { "/p/b.go": "package p\nfunc g(fresh int) { old() }\n" },
      "rename.captured",
    ],
    ["are not taken from what is there", { "/p/b.go": "package p\nvar fresh = 1\n" }, "name.taken"],
    [
      "are not taken from imports there",
      { "/p/b.go": 'package p\nimport "x/fresh"\nvar a = fresh.A\n' },
      "name.taken",
    ],
    ["are not declared for two systems", { "/p/b.go": "package p\nfunc old() {}\n" }, "rename.twice"],
    ["may be keys there", { "/p/b.go": "package p\nvar a = T{old: 1}\n" }, "rename.unseen"],
    [
      "are not named where everything is imported",
      { "/p/b.go": 'package p\nimport . "m"\nvar a = old\n' },
      "rename.unseen",
    ],
  ] as const)
    it(what, () =>
      assert.deepEqual(renamed("fresh", { "/p/a.go": "package p\nfunc «old»() {}\n", ...others }), expected),
    );

  it("that others may use are not changed where these do", () => {
    const files = {
      "/p/a.go": "package p\nfunc «Old»() {}\n",
      "/q/b.go": 'package q\nimport "p"\nvar a = p.Old()\n',
    };
    assert.equal(renamed("Fresh", files), "rename.outside");
  });

  it("want to know the files that have either name", () => {
    const file = { path: "/p/a.go", text: "package p\nfunc old() {}\n" };
    const plan = planned("rename", { file, from: 15, to: 18 }, { name: "fresh" }, parse);
    assert.ok(plan.kind === "refused" && plan.lacks === "others");
    assert.deepEqual(plan.sought?.words, ["old", "fresh"]);
  });

  it("are asked for a new constant, too", () => {
    const file = { path: "/p/a.go", text: "package p\nfunc f() int { return 60 * 24 }\n" };
    const at = { from: 32, to: 39, others: [{ path: "/p/b.go", text: "package p\nvar day = 1\n" }] };
    const plan = planned("extract-constant", { file, ...at }, { name: "day" }, parse);
    assert.equal(plan.kind === "refused" && plan.code, "name.taken");
  });
});

describe("variables of Go", () => {
  table("extract-variable", "fresh", [
    [
      "a variable",
      "package p\nfunc f(a int) int {\n\treturn «a * 2» + 1\n}\n",
      "package p\nfunc f(a int) int {\n\tfresh := a * 2\n\treturn fresh + 1\n}\n",
    ],
    [
      "a constant without a type stays one",
      "package p\nfunc f() float64 {\n\treturn «3» / 2.0\n}\n",
      "package p\nfunc f() float64 {\n\tconst fresh = 3\n\treturn fresh / 2.0\n}\n",
    ],
    [
      "the only value of a call",
      "package p\nfunc f() {\n\tprintln(«g()»)\n}\nfunc g() int { return 1 }\n",
      "package p\nfunc f() {\n\tfresh := g()\n\tprintln(fresh)\n}\nfunc g() int { return 1 }\n",
    ],
    [
      "the head of an if, before it",
      "package p\nfunc f(a []int) {\n\tif x := «len(a) + 1»; x > 1 {\n\t}\n}\n",
      "package p\nfunc f(a []int) {\n\tfresh := len(a) + 1\n\tif x := fresh; x > 1 {\n\t}\n}\n",
    ],
    [
      "what is a loop's range",
      "package p\nfunc f() {\n\tfor range «g()» {\n\t}\n}\n",
      "package p\nfunc f() {\n\tfresh := g()\n\tfor range fresh {\n\t}\n}\n",
    ],
    [
      "at the top",
      "package p\nvar a = g(«[]int{1}»)\n",
      "package p\nvar fresh = []int{1}\nvar a = g(fresh)\n",
    ],
    ["a name of another file", "package p\nfunc f() int {\n\treturn «limit»\n}\n", "extract-variable.place"],
    ["nil", "package p\nfunc f() error {\n\treturn «nil»\n}\n", "extract-variable.place"],
    ["a method's struct", "package p\nfunc f(a *T) {\n\ta.m(«a.b».c())\n}\n", "extract-variable.place"],
  ]);
  table("inline-variable", undefined, [
    [
      "a call that comes next",
      "package p\nfunc f() int {\n\t«a» := g()\n\treturn a + 1\n}\n",
      "package p\nfunc f() int {\n\treturn g() + 1\n}\n",
    ],
    [
      "a text that is given to a function",
      'package p\nfunc f() {\n\t«a» := "x"\n\tprint(a, h.M(a))\n}\n',
      "inline-variable.place",
    ],
    [
      "a text that is given to a method",
      'package p\nfunc f(h H) {\n\t«a» := "x"\n\th.M(a)\n}\n',
      'package p\nfunc f(h H) {\n\th.M("x")\n}\n',
    ],
    [
      "a variable with the type that it has",
      "package p\nfunc f(h H) {\n\tvar «a» int = 5\n\th.M(a)\n}\n",
      "package p\nfunc f(h H) {\n\th.M(5)\n}\n",
    ],
    [
      "a variable of several",
      "package p\nfunc f() int {\n\t«a», b := 1, 2\n\treturn a + b\n}\n",
      "inline-variable.kind",
    ],
    ["a constant of a list", "package p\nconst (\n\t«a» = 1\n\tb\n)\nvar c = a\n", "inline-variable.kind"],
  ]);
  it("are replaced wherever they are equal", () => {
    const text = "package p\nfunc f(a int) int {\n\tb := «a + 1»\n\treturn b * (a + 1)\n}\n";
    const expected =
      "package p\nfunc f(a int) int {\n\tfresh := a + 1\n\tb := fresh\n\treturn b * (fresh)\n}\n";
    assert.equal(done("extract-variable", text, "fresh", "/p/a.go", true), expected);
  });
});

describe("forms of Go", () => {
  table("invert-if", undefined, [
    [
      "both cases",
      "package p\nfunc f(a int) {\n\t«if» a == 1 {\n\t\tg()\n\t} else {\n\t\th()\n\t}\n}\n",
      "package p\nfunc f(a int) {\n\tif a != 1 {\n\t\th()\n\t} else {\n\t\tg()\n\t}\n}\n",
    ],
    [
      "what stands behind",
      "package p\nfunc f(a bool) {\n\t«if» !a {\n\t\treturn\n\t}\n\tg()\n}\n",
      "package p\nfunc f(a bool) {\n\tif a {\n\t\tg()\n\t}\n}\n",
    ],
  ]);
  table("convert-if-to-guard", undefined, [
    [
      "the last statement",
      "package p\nfunc f(a bool) {\n\t«if» a {\n\t\tg(`x\n  y`)\n\t\th()\n\t}\n}\n",
      "package p\nfunc f(a bool) {\n\tif !a {\n\t\treturn\n\t}\n\tg(`x\n  y`)\n\th()\n}\n",
    ],
  ]);
  table("sort-imports", undefined, [
    [
      "each group by itself",
      'package p\n\nimport (\n\t«»"os"\n\tb "fmt"\n\n\t"z/B"\n\t"z/a"\n\t"a/b" // why\n)\n',
      'package p\n\nimport (\n\tb "fmt"\n\t"os"\n\n\t"a/b" // why\n\t"z/B"\n\t"z/a"\n)\n',
    ],
    ["code of C stays", 'package p\n\n// int a;\nimport «»"C"\nimport "fmt"\n', "sort-imports.sorted"],
  ]);
});
