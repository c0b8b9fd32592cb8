import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { offersAt, planned } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { withChanges } from "../../src/text/changes.ts";
import { marked, withParser } from "./marked.ts";
import { type Row, reran, rewritten } from "./rewritten.ts";

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

const CLASS: Options = { name: "n", scope: "class" };
const FIELDS: readonly Row[] = [
  [
    "before the methods",
    "ts",
    "class C {\n  a = 1;\n  m() {\n    return «2 + 1»;\n  }\n}\n",
    "class C {\n  a = 1;\n  private readonly n = 2 + 1;\n  m() {\n    return this.n;\n  }\n}\n",
  ],
  [
    "before fields that may ask for it",
    "ts",
    "class C {\n  a = this.m();\n  m() {\n    return «2»;\n  }\n}\n",
    "class C {\n  private readonly n = 2;\n  a = this.m();\n  m() {\n    return this.n;\n  }\n}\n",
  ],
  [
    "of what another field has, the moment before",
    "ts",
    "class C {\n  a = 1;\n  b = f(«this.a»);\n}\n",
    "class C {\n  a = 1;\n  private readonly n = this.a;\n  b = f(this.n);\n}\n",
  ],
  [
    "in JavaScript",
    "mjs",
    "class C {\n  m() {\n    return () => «2»;\n  }\n}\n",
    "class C {\n  n = 2;\n  m() {\n    return () => this.n;\n  }\n}\n",
  ],
  [
    "not of what a method is given",
    "ts",
    "class C {\n  m(a: number) {\n    return «a + 1»;\n  }\n}\n",
    "extract-constant.value",
  ],
  [
    "not of what an object is asked for",
    "ts",
    "class C {\n  m() {\n    return «this.a»;\n  }\n}\n",
    "extract-constant.value",
  ],
  [
    "not for the class itself",
    "ts",
    "class C {\n  static m() {\n    return «2»;\n  }\n}\n",
    "extract-constant.scope",
  ],
  [
    "not for a function in a method",
    "ts",
    "class C {\n  m() {\n    return function () { return «2»; };\n  }\n}\n",
    "extract-constant.scope",
  ],
  [
    "not where it extends another",
    "ts",
    "class C extends B {\n  m() {\n    return «2»;\n  }\n}\n",
    "extract-constant.extends",
  ],
  [
    "where it implements another",
    "ts",
    "class C implements B {\n  m() {\n    return «2»;\n  }\n}\n",
    "class C implements B {\n  private readonly n = 2;\n  m() {\n    return this.n;\n  }\n}\n",
  ],
  ["not with a name that a member has", "ts", "class C {\n  n() {\n    return «2»;\n  }\n}\n", "name.taken"],
  [
    "not with decorators",
    "ts",
    "@d class C {\n  m() {\n    return «2»;\n  }\n}\n",
    "extract-constant.decorator",
  ],
];

describe("extract-constant makes a field", () => {
  rewritten(parse, "extract-constant", FIELDS, CLASS);
  reran(
    parse,
    "extract-constant",
    [
      [
        "mjs",
        "a field that asks before",
        "class C { a = this.m(); m() { return «2 + 1»; } }\nconsole.log(new C().a);\n",
      ],
      [
        "mjs",
        "a value of the file",
        "const k = 2;\nclass C { m() { return «k + 1»; } }\nconsole.log(new C().m());\n",
      ],
      [
        "mjs",
        "a value that is not there yet",
        "class C { m() { return «k + 1»; } }\nconst c = new C();\nconst k = 2;\nconsole.log(c.m());\n",
        "extract-constant.value",
      ],
      [
        "mjs",
        "a value that changes",
        "let k = 2;\nclass C { m() { return «k + 1»; } }\nconst c = new C();\nk = 3;\nconsole.log(c.m());\n",
        "extract-constant.value",
      ],
      [
        "mjs",
        "a field that changes what is asked for",
        "let i = 0;\nclass C { a = [i++, «this.b»]; b = 1; }\nconsole.log(new C().a);\n",
        "extract-constant.value",
      ],
      [
        "mjs",
        "a field's function that is called later",
        "class C { b = 1; a = () => «this.b»; }\nconst c = new C();\nc.b = 2;\nconsole.log(c.a());\n",
        "extract-constant.value",
      ],
      [
        "mjs",
        "a name that is another in the method",
        "const k = 1;\nclass C { m(k) { return «k»; } }\nconsole.log(new C().m(2));\n",
        "extract-constant.value",
      ],
      ["mjs", "a constructor", "class C { constructor() { this.a = «1 + 2»; } }\nconsole.log(new C().a);\n"],
      [
        "mjs",
        "what is made anew",
        "class C { m() { return «[]»; } }\nconst c = new C();\nconsole.log(c.m() === c.m());\n",
        "extract-constant.value",
      ],
    ],
    CLASS,
  );
});
