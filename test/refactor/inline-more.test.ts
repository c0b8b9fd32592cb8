import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { marked, withParser } from "./marked.ts";
import { printed } from "./printed.ts";
import { type Program, reran } from "./rewritten.ts";

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

describe("inline-function of what is taken apart", () => {
  table("inline-function", undefined, [
    [
      "takes it by its keys",
      "function «f»({ a, b: c }) {\n  log(a, c);\n}\nf({ b: 1, a: 2 });\n",
      "log(2, 1);\n",
    ],
    [
      "takes a short key",
      "const «f» = ({ a }) => a + 1;\nconst a = 2;\nlog(f({ a }));\n",
      "const a = 2;\nlog(a + 1);\n",
    ],
    ["takes its default", "function «f»({ a, b = 1 }) {\n  log(a, b);\n}\nf({ a: 2 });\n", "log(2, 1);\n"],
    ["drops what nobody takes", "function «f»({ a }) {\n  log(a);\n}\nf({ a: 2, b: c });\n", "log(2);\n"],
    ["takes it from a list", "function «f»([a, b]) {\n  log(b, a);\n}\nf([1, 2]);\n", "log(2, 1);\n"],
    ["takes members", "const «f» = ({ a, b: c }) => a + c;\nlog(f(o));\n", "log(o.a + o.b);\n"],
    [
      "makes variables of members",
      "function «f»({ a }) {\n  log(a, a);\n}\nf(o);\n",
      "const { a } = o;\nlog(a, a);\n",
    ],
    [
      "makes none of another name",
      "function «f»({ b: a }) {\n  log(a, a);\n}\nf(o);\n",
      "inline-function.arguments",
    ],
    [
      "drops nothing that does something",
      "function «f»({ a }) {\n  log(a);\n}\nf({ a: 2, b: c() });\n",
      "inline-function.arguments",
    ],
    [
      "sees what it is not given",
      "function «f»({ a }) {\n  log(a);\n}\nf({ b: 2 });\n",
      "inline-function.arguments",
    ],
    [
      "sees what all objects have",
      "function «f»({ toString = 1 }) {\n  log(toString);\n}\nf({});\n",
      "inline-function.arguments",
    ],
    [
      "sees what may be undefined",
      "function «f»({ a = 1 }) {\n  log(a);\n}\nf({ a: b });\n",
      "inline-function.arguments",
    ],
    [
      "takes no more objects apart",
      "function «f»({ a }) {\n  log(a);\n}\nf({ ...b });\n",
      "inline-function.arguments",
    ],
    [
      "takes nothing further in",
      "function «f»({ a: { b } }) {\n  log(b);\n}\nf({ a: { b: 1 } });\n",
      "inline-function.arguments",
    ],
    [
      "takes no list from what may be none",
      "function «f»([a]) {\n  log(a);\n}\nf(b);\n",
      "inline-function.arguments",
    ],
    [
      "takes nothing that another argument may change",
      "function «f»({ a }, b) {\n  log(a, b);\n}\nf(o, g());\n",
      "inline-function.arguments",
    ],
  ]);
});

describe("inline-function of what waits", () => {
  table("inline-function", undefined, [
    [
      "waits in its place",
      "async function «f»(a) {\n  await g(a);\n}\nasync function h() {\n  await f(1);\n}\n",
      "async function h() {\n  await g(1);\n}\n",
    ],
    [
      "gives back what it waited for",
      "const «f» = async (a) => await g(a);\nasync function h() {\n  return 1 + (await f(2));\n}\n",
      "async function h() {\n  return 1 + (await g(2));\n}\n",
    ],
    [
      "does the rest behind it",
      "async function «f»(a) {\n  const b = await g(a);\n  log(b);\n}\nasync function h() {\n  await f(1);\n  log(2);\n}\n",
      "async function h() {\n  const b = await g(1);\n  log(b);\n  log(2);\n}\n",
    ],
    [
      "leaves what is not waited for",
      "async function «f»() {\n  await g();\n}\nf();\n",
      "inline-function.waits",
    ],
    [
      "leaves what may not wait",
      "async function «f»() {\n  log(1);\n}\nasync function h() {\n  await f();\n}\n",
      "inline-function.bound",
    ],
    [
      "leaves what waits in one case",
      "async function «f»(a) {\n  if (a) await g();\n}\nasync function h() {\n  await f();\n}\n",
      "inline-function.bound",
    ],
    [
      "leaves what may give back a promise",
      "async function «f»() {\n  await g();\n  return k();\n}\nasync function h() {\n  await f();\n}\n",
      "inline-function.bound",
    ],
    [
      "leaves a function in it that waits",
      "async function «f»() {\n  await g(async () => 1);\n}\nasync function h() {\n  await f();\n}\n",
      "inline-function.bound",
    ],
  ]);
});

describe("a function that is inlined prints the same", () => {
  const PROGRAMS: readonly Program[] = [
    [
      "mjs",
      "keys in another order",
      "const n = (x) => (console.log(x), x);\nconst f = ({ a, b }) => a - b;\nconsole.log(«f»({ b: n(1), a: n(3) }));\n",
    ],
    [
      "mjs",
      "members that are changed within",
      "const o = { a: 1 };\nfunction «f»({ a }) {\n  o.a = 2;\n  console.log(a);\n}\nf(o);\n",
    ],
    [
      "mjs",
      "members of what is another within",
      "let o = { a: 1 };\nfunction «f»({ a }) {\n  o = { a: 3 };\n  console.log(a);\n}\nf(o);\n",
    ],
    [
      "mjs",
      "members that a later argument changes",
      "const o = { a: 1 };\nconst f = ({ a }, b) => a + b;\nconsole.log(«f»(o, (o.a = 5)));\n",
      "inline-function.arguments",
    ],
    [
      "mjs",
      "a name that is one of the call",
      "const a = 7;\nconst f = ({ a }) => a + 1;\nconsole.log(«f»({ a: a * 2 }));\n",
    ],
    [
      "mjs",
      "a value used twice",
      "let i = 0;\nconst f = ({ a }) => a + a;\nconsole.log(«f»({ a: ++i }), i);\n",
    ],
    [
      "mjs",
      "a list with a hole",
      "const f = ([a, , b]) => [a, b];\nconsole.log(«f»([1, 2, 3]));\n",
      "inline-function.arguments",
    ],
    [
      "mjs",
      "what comes behind a function that waits",
      "const g = async () => console.log(1);\nasync function «f»() {\n  await g();\n  console.log(2);\n}\nasync function h() {\n  await f();\n  console.log(3);\n}\nh();\nconsole.log(4);\n",
    ],
    [
      "mjs",
      "a failure that is caught",
      'const g = async () => { throw new Error("no"); };\nasync function «f»() {\n  await g();\n}\nasync function h() {\n  try {\n    await f();\n  } catch (e) {\n    console.log(e.message);\n  }\n}\nh();\n',
    ],
    [
      "mjs",
      "a call behind what it may change",
      "let n = 1;\nasync function f() {\n  await 0;\n  n = 2;\n}\nasync function h() {\n  console.log(n, await «f»());\n}\nh();\n",
      "inline-function.order",
    ],
  ];
  reran(parse, "inline-function", PROGRAMS);
});
