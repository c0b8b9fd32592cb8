import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { marked, withParser } from "./marked.ts";

const parse = withParser("typescript", "python");
const { table } = marked(parse, "/p/a.ts");

describe("names that an enumeration, a namespace or a constructor hides", () => {
  table("rename", "b", [
    [
      "leave others of the file alone: members of an enumeration",
      "enum E { x, y = x }\nconst «a» = 1;\nf(a);",
      "enum E { x, y = x }\nconst b = 1;\nf(b);",
    ],
    ["are members of an enumeration", "const «x» = 1;\nenum E { x, y = x }", "opaque"],
    ["are members of an enumeration in quotes", "const «x» = 1;\nenum E { 'x', y = x }", "opaque"],
    ["are members of an enumeration of the new name", "const «a» = 1;\nenum E { b, y = a }", "opaque"],
    [
      "are members of an enumeration's other part",
      "enum E { x }\nconst «x» = 1;\nenum E { y = x }",
      "opaque",
    ],
    ["are not the enumeration's own", "enum «E» { x }\nf(E.x);", "enum b { x }\nf(b.x);"],
    [
      "leave others of the file alone: a namespace's",
      "namespace N { export const x = 1; }\nfunction «a»() { return N.x; }\na();",
      "namespace N { export const x = 1; }\nfunction b() { return N.x; }\nb();",
    ],
    ["are what a namespace declares", "namespace N { export const «x» = 1; }\nf(N.x);", "opaque"],
    [
      "are what another part of the namespace uses",
      "const «x» = 1;\nnamespace N { export const x = 2; }\nnamespace N { f(x); }",
      "opaque",
    ],
    [
      "are what a namespace calls it",
      "namespace N { const y = 1; export { y as x }; }\nconst «x» = 1;",
      "opaque",
    ],
    [
      "leave others of the file alone: a constructor's",
      "class C { constructor(private x: number) {} }\nfunction «a»() {}\na();",
      "class C { constructor(private x: number) {} }\nfunction b() {}\nb();",
    ],
    ["are a constructor's members", "class C { constructor(private «x»: number) {} }", "opaque"],
  ]);

  table("extract-variable", "v", [
    ["stay in an enumeration", "const a = 1;\nenum E { x = a + «2» }", "extract-variable.place"],
    [
      "let a namespace have a variable of its own",
      "namespace N {\n  f(«1 + 2»);\n}",
      "namespace N {\n  const v = 1 + 2;\n  f(v);\n}",
    ],
    [
      "let others of the file be extracted",
      "enum E { x }\nf(«1 + 2»);",
      "enum E { x }\nconst v = 1 + 2;\nf(v);",
    ],
  ]);

  table("extract-function", "g", [
    [
      "stay in their namespace",
      "namespace N {\n  export const x = 1;\n  «f(x);»\n}",
      "namespace N {\n  export const x = 1;\n  g();\n\n  function g() {\n    f(x);\n  }\n}",
    ],
  ]);

  table("inline-variable", undefined, [
    [
      "are not put where they would mean a member",
      "const x = 1;\nconst «y» = x;\nenum E { x, z = y }",
      "opaque",
    ],
  ]);

  it("are those that another file adds to this one", () => {
    const file = { path: "/p/a.ts", text: "export interface A { x: number }" };
    const others = [
      { path: "/p/b.ts", text: 'export {};\ndeclare module "./a" { interface A { y: number } }' },
    ];
    const plan = planned("rename", { file, from: 17, to: 18, others }, { name: "B" }, parse);
    assert.equal(plan.kind === "refused" && plan.code, "rename.augmented");
  });
});

describe("names in quotes of Python", () => {
  const python = marked(parse, "/p/a.py");
  python.table("rename", "b", [
    [
      "leave others of the file alone",
      'def f(x: "List[int]"): pass\ndef «a»(): pass\na()\n',
      'def f(x: "List[int]"): pass\ndef b(): pass\nb()\n',
    ],
    ["are those that they say", 'class «A»: pass\ndef f(x: "list[A]"): pass\n', "opaque"],
  ]);
});
