import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { offersAt, planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { marked, withParser } from "./marked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const { table } = marked(parse, "/p/a.ts");

describe("extract-constant", () => {
  table("extract-constant", "N", [
    [
      "declares it before the outermost statement",
      "const a = 2;\nfunction f() {\n  return g(«a * 3»);\n}\n",
      "const a = 2;\nconst N = a * 3;\nfunction f() {\n  return g(N);\n}\n",
    ],
    ["takes what a function gives back", "const f = () => «2 + 1»;", "const N = 2 + 1;\nconst f = () => N;"],
    ["takes a field's value", "class C {\n  x = «1»;\n}", "const N = 1;\nclass C {\n  x = N;\n}"],
    ["takes a parameter's value", "function f(x = «2 + 1») {}", "const N = 2 + 1;\nfunction f(x = N) {}"],
    [
      "leaves a comment with its statement",
      "g();\n\n/** About f. */\nfunction f() {\n  return «1»;\n}",
      "const N = 1;\ng();\n\n/** About f. */\nfunction f() {\n  return N;\n}",
    ],
    [
      "stands before what calls the function that has it",
      "const a = 1;\nf();\nfunction f() {\n  return «a + 1»;\n}",
      "const a = 1;\nconst N = a + 1;\nf();\nfunction f() {\n  return N;\n}",
    ],
    [
      "does not stand before what it is made of",
      "f();\nconst a = 1;\nfunction f() {\n  return «a + 1»;\n}",
      "f();\nconst a = 1;\nfunction f() {\n  const N = a + 1;\n  return N;\n}",
    ],
    [
      "takes what changes for its own block only",
      "let a = 1;\nfunction f() {\n  return «a + 1»;\n}\na = 2;",
      "let a = 1;\nfunction f() {\n  const N = a + 1;\n  return N;\n}\na = 2;",
    ],
    ["takes nothing that is made anew", "const f = () => «[]»;", "extract-constant.value"],
    [
      "takes nothing of another function",
      "const f = function () { return g(() => «this»); };",
      "extract-constant.value",
    ],
    [
      "takes nothing that an import may change",
      'import { a } from "./m";\nconst f = () => «a + 1»;',
      "extract-constant.value",
    ],
    ["takes no parameter's name", "type F = («row»: number) => void;", "extract-constant.place"],
    ["takes no parameter's name", "const f = («row») => 1;", "extract-constant.place"],
    ["takes no parameter's name", "const f = «row» => 1;", "extract-constant.selection"],
    ["takes no name that nobody declares", "const f = () => «a + 1»;", "extract-constant.value"],
    [
      "takes no name of a loop's last turn",
      "const fs = [];\nfor (var i of l) { var j = i; fs.push(() => «j + 1»); }",
      "extract-constant.value",
    ],
  ]);

  for (const [scope, expected] of [
    ["file", "const N = 1 + 2;\nfunction f() {\n  function g() {\n    return 1 + N;\n  }\n}"],
    ["enclosing", "function f() {\n  function g() {\n    const N = 1 + 2;\n    return 1 + N;\n  }\n}"],
    ["function f", "function f() {\n  const N = 1 + 2;\n  function g() {\n    return 1 + N;\n  }\n}"],
    ["function h", "extract-constant.scope"],
    ["class", "extract-constant.scope"],
  ] as const)
    it(`declares it in the scope "${scope}"`, () => {
      const text = "function f() {\n  function g() {\n    return 1 + (1 + 2);\n  }\n}";
      const from = text.indexOf("(1 + 2)");
      const request = { file: { path: "/p/a.js", text }, from, to: from + 7, others: [] };
      const plan = planned("extract-constant", request, { name: "N", scope }, parse);
      const after = plan.kind === "refused" ? plan.code : withChanges(text, plan.files[0]?.changes ?? []);
      assert.equal(after.replace(/\(1 \+ 2\)/, "1 + 2"), expected);
    });

  it("is offered where the file can have it, and else it is a variable", () => {
    const offered = (text: string, selected: string) => {
      const from = text.indexOf(selected);
      const request = { file: { path: "/p/a.ts", text }, from, to: from + selected.length };
      const made = offersAt(request, parse);
      return made.kind === "offers"
        ? made.offers.map((it) => it.id).filter((it) => /variable|constant/.test(it))
        : [];
    };
    assert.deepEqual(offered("f(1 + 2);", "1 + 2"), ["extract-constant", "extract-variable"]);
    assert.deepEqual(offered("f(a());", "a()"), ["extract-variable"]);
  });

  const python = marked(parse, "/p/a.py");
  python.table("extract-constant", "N", [
    [
      "takes a value of Python",
      "A = 2\ndef f():\n    return «A * 3»\n",
      "A = 2\nN = A * 3\ndef f():\n    return N\n",
    ],
    ["takes no list of Python", "def f():\n    return g(lambda: «[1]»)\n", "extract-constant.value"],
  ]);
});

describe("extract-variable", () => {
  table("extract-variable", "v", [
    [
      "leaves a comment with its statement",
      "{\n  g();\n  // What f is about.\n  f(«a + 1»);\n}",
      "{\n  g();\n  const v = a + 1;\n  // What f is about.\n  f(v);\n}",
    ],
    [
      "leaves what the file begins with",
      "// @ts-check\nf(«a + 1»);",
      "// @ts-check\nconst v = a + 1;\nf(v);",
    ],
    [
      "takes nothing that an import says",
      'import a from "b" with { type: «"json"» };',
      "extract-variable.place",
    ],
    ["takes no name of an export", 'export * as «n» from "./n";', "extract-variable.place"],
    [
      "takes out of a function what lasts",
      "const f = () => «2 + 1»;",
      "const v = 2 + 1;\nconst f = () => v;",
    ],
    [
      "takes before a statement without braces what lasts",
      "if (a) f(«'b'»);",
      "const v = 'b';\nif (a) f(v);",
    ],
    ["takes a statement with its end", "«a.f();»", "const v = a.f();"],
    ["takes a member of that name from its object", "f(«o.v», 1);", "const { v } = o;\nf(v, 1);"],
    ["takes a value under a key of that name", "f({ v: «1 + 2» });", "const v = 1 + 2;\nf({ v });"],
  ]);
  table("extract-variable", undefined, [
    ["is called as the key is", "f({ count: «1 + 2» });", "const count = 1 + 2;\nf({ count });"],
    ["takes what begins at the cursor", "f(«»'a', 1);", "const value = 'a';\nf(value, 1);"],
    ["takes the call whose function the cursor is on", "f(«»g(1), 1);", "const g2 = g(1);\nf(g2, 1);"],
    ["takes what is made whose class the cursor is on", "f(new «»C());", "const c = new C();\nf(c);"],
  ]);

  const jsx = marked(parse, "/p/a.tsx");
  jsx.table("extract-variable", "v", [
    [
      "takes a child of an element",
      "function F() {\n  return <div>{x}«<span>a</span>»</div>;\n}",
      "function F() {\n  const v = <span>a</span>;\n  return <div>{x}{v}</div>;\n}",
    ],
    ["moves no child before what acts", "f(<div>{g()}«<span>{h()}</span>»</div>);", "extract-variable.order"],
  ]);
});

describe("rename", () => {
  table("rename", "b", [
    [
      "takes the parameter in the comment of its function",
      "/**\n * @param {number} a - an a\n * @param [a] a\n */\nfunction f(«a») {\n  return a;\n}",
      "/**\n * @param {number} b - an a\n * @param [b] a\n */\nfunction f(b) {\n  return b;\n}",
    ],
    [
      "takes it above an arrow function that is exported",
      "/** @param a what */\nexport const f = («a») => a;",
      "/** @param b what */\nexport const f = (b) => b;",
    ],
    [
      "leaves the comment of another function",
      "/** @param a what */\nfunction g(a) {}\nfunction f(«a») {}",
      "/** @param a what */\nfunction g(a) {}\nfunction f(b) {}",
    ],
  ]);
});
