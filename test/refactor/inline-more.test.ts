import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { marked, withParser } from "./marked.ts";
import { printed } from "./printed.ts";

const parse = withParser("javascript", "typescript");
const { done, table } = marked(parse, "/p/a.mjs");

describe("inline-variable of what a pattern takes out of an object", () => {
  table("inline-variable", undefined, [
    ["takes the member", "const { «a» } = o;\nf(a);", "f(o.a);"],
    ["takes it by its key", "const { k: «a» } = o.p;\nf(a, a);", "f(o.p.k, o.p.k);"],
    ["takes what the key at the cursor names", "const { «k»: a } = o.p;\nf(a, k);", "f(o.p.k, k);"],
    ["takes it from further in", "const { b: { «a» } } = o;\nf(a);", "f(o.b.a);"],
    ["leaves the others, before", "const { x, «a» } = o;\nf(a, x);", "const { x } = o;\nf(o.a, x);"],
    ["leaves the others, behind", "const { «a», x } = o;\nf(a, x);", "const { x } = o;\nf(o.a, x);"],
    [
      "leaves the others, further in",
      "const { b: { «a», x } } = o;\nf(a, x);",
      "const { b: { x } } = o;\nf(o.b.a, x);",
    ],
    [
      "takes out what is left empty",
      "const { b: { «a» }, x } = o;\nf(a, x);",
      "const { x } = o;\nf(o.b.a, x);",
    ],
    ["leaves other variables", "const n = 1, { «a» } = o;\nf(a, n);", "const n = 1;\nf(o.a, n);"],
    ["keeps a key", "const { «a» } = o;\nf({ a });", "f({ a: o.a });"],
    ["takes an object that has to be in parentheses", "const { «a» } = x || y;\nf(a);", "f((x || y).a);"],
    ["calls nothing twice", "const { «a», x } = o();\nf(a, x);", "inline-variable.kind"],
    ["moves a call that is the next thing", "const { «a» } = o();\nf(a);", "f(o().a);"],
    ["takes no default", "const { «a» = 1 } = o;\nf(a);", "inline-variable.kind"],
    ["takes nothing from a rest", "const { «a», ...r } = o;\nf(a, r);", "inline-variable.kind"],
    [
      "leaves what a rest is not given",
      "const { b: { «a» }, ...r } = o;\nf(a, r);",
      "const { b, ...r } = o;\nf(o.b.a, r);",
    ],
    [
      "leaves it without a name that is another's",
      "const { b: { «a» }, ...r } = o;\nf(a, r, b);",
      "const { b: {}, ...r } = o;\nf(o.b.a, r, b);",
    ],
    [
      "leaves a rest further out",
      "const { c: { b: { «a» }, d }, ...r } = o;\nf(a, d, r);",
      "const { c: { d }, ...r } = o;\nf(o.c.b.a, d, r);",
    ],
    ["takes nothing from a list", "const [«a»] = o;\nf(a);", "inline-variable.kind"],
    ["takes no key that is computed", "const { [k]: «a» } = o;\nf(a);", "inline-variable.kind"],
    ["makes no method of it", "const { «a» } = o;\na(1);", "inline-variable.place"],
    ["sees that the object may change", "const { «a» } = o;\ng();\nf(a);", "inline.changed"],
    ["sees that the object is another", "let o = p;\nconst { «a» } = o;\no = q;\nf(a);", "inline.changed"],
    [
      "sees another object of that name",
      "const { «a» } = o;\nfunction h(o) { return a; }",
      "inline.captured",
    ],
    ["takes a declaration that is selected in part", "«const h = '1»';\nf(h);", "f('1');"],
    ["takes none of several that are selected", "«const h = 1, i» = 2;\nf(h, i);", "inline-variable.name"],
    ["keeps statements apart", "g()\nconst «a» = 1;\n[a].map(f);", "inline.semicolon"],
    ["takes a declaration that is selected whole", "«const h = 1;»\nf(h);", "f(1);"],
  ]);

  const PROGRAMS = [
    "const o = { a: 1, b: { c: 2 } };\nconst { «a», b: { c } } = o;\nconsole.log(a, c);\n",
    "const o = { a: 1, b: { c: 2 } };\nconst { a, b: { «c» } } = o;\nconsole.log([a, c], { c });\n",
    "const o = { b: { a: 1, x: 2 }, c: 3 };\nconst { b: { «a» }, ...r } = o;\nconsole.log(a, r);\n",
    "const n = { k: [3] };\nfunction f() {\n  const { «k» } = n;\n  return k.map((it) => it + 1);\n}\nconsole.log(f());\n",
  ];
  for (const text of PROGRAMS)
    it(`prints the same: ${text.replace(/\s+/g, " ")}`, () => {
      const after = done("inline-variable", text);
      assert.match(after, /\n/, after);
      assert.equal(
        printed({ "a.mjs": after }, "a.mjs"),
        printed({ "a.mjs": text.replace(/[«»]/g, "") }, "a.mjs"),
      );
    });
});

describe("inline-function of parameters with defaults", () => {
  table("inline-function", undefined, [
    ["takes what is given", 'function «f»(n = "a") {\n  log(n);\n}\nf("b");\n', 'log("b");\n'],
    ["takes the default", 'function «f»(n = "a") {\n  log(n);\n}\nf();\n', 'log("a");\n'],
    [
      "sees what may be undefined",
      'function «f»(n = "a") {\n  log(n);\n}\nf(x);\n',
      "inline-function.arguments",
    ],
    [
      "sees a default of another parameter",
      "function «f»(a, n = a) {\n  log(n);\n}\nf(1);\n",
      "inline-function.parameter",
    ],
  ]);
});
